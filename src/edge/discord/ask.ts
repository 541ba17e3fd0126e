/** The REST client of delivery: every request paced, without retries of its own, bounded in time, and counted when it is refused. */
import { REST, RESTEvents } from '@discordjs/rest'
import { hearTime, type OnTime } from './application.ts'
import { leaving } from './leaving.ts'
import { type Failure, failureOf } from './outcome.ts'
import { createPace, type Pace, START_WAIT_MS } from './pace.ts'
import { createRefusals } from './refusals.ts'
import { steadyLimits } from './steady.ts'

export type AskOptions = Readonly<{
  token: string
  apiUrl: string | undefined
  /** Tests shorten what they do not test. */
  startWaitMs?: number
  timeoutMs?: number
  /** See the setting: shortens the time limit of a request with the far side's windows. */
  timeShare?: number
  onTime?: OnTime
  /** Where others of this process ask Discord as well: one that counts them too. */
  pace?: Pace
}>

/** DELIVERY.md: what took longer is unsure. */
const TIMEOUT_MS = 15_000
/** However short the windows: a busy machine takes as long to answer itself. */
const TIMEOUT_MS_MIN = 500

export type Ask = (run: (rest: REST, signal: AbortSignal) => Promise<unknown>, signal: AbortSignal) => Promise<unknown>

export function createAsk(options: AskOptions): Ask {
  const rest = new REST({
    ...(options.apiUrl ? { api: options.apiUrl } : {}),
    version: '10',
    retries: 0,
    timeout: options.timeoutMs ?? Math.max(TIMEOUT_MS * (options.timeShare ?? 1), TIMEOUT_MS_MIN),
    // Our outbox waits, where it can be seen and stopped; a 429 inside would wait silently.
    rejectOnRateLimit: () => true,
  }).setToken(options.token)
  const pace = options.pace ?? createPace(undefined, options.startWaitMs ?? START_WAIT_MS * (options.timeShare ?? 1))
  const refusals = createRefusals(() => performance.now())
  rest.on(RESTEvents.Response, (_request, { status, headers }) =>
    refusals.count(status, headers.get('x-ratelimit-scope')),
  )
  if (options.onTime) hearTime(rest, options.onTime)
  const steady = steadyLimits(rest)
  return async (run, signal) => {
    const wait = refusals.waitMs()
    if (wait > 0) throw new Held(wait)
    const { left } = await pace(signal)
    steady()
    return leaving(() => run(rest, signal), left)
  }
}

/** Our own breaker is open: nothing left the house. */
class Held extends Error {
  readonly waitMs: number
  constructor(waitMs: number) {
    super('too many refusals')
    this.waitMs = waitMs
  }
}

/** What went wrong, whether it left the house or not. */
export function failed(error: unknown): Failure {
  return error instanceof Held
    ? { kind: 'notSent', afterMs: error.waitMs, attempt: false, reason: error.message }
    : failureOf(error)
}
