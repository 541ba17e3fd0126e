import { lookup } from 'node:dns/promises'
import { type AddressRules, judgeAddress, parseCidrs } from '../../core/addresses.ts'
import type { Cache, Download, DownloadRequest, Log, Now, Web } from '../../flow/ports.ts'
import { announcedOf } from './announced.ts'
import { freshnessOf, headerOf, isChallenge, isSendable, mayBeChallenge, retryAfterMs, validatorsOf } from './answer.ts'
import { type Clients, createClients } from './clients.ts'
import { type ConnectorWorld, dialAny, type Judged } from './connector.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { type Answer, exchange, type Head } from './exchange.ts'
import { createHolds, type Holds } from './holds.ts'
import { WEB_LIMITS, type WebLimits } from './limits.ts'
import { createPace, type Pace, type Turn } from './pace.ts'
import { createRobots, type Manners, type Robots } from './robots.ts'
import type { SinkPlan } from './sink.ts'
import { failure, held, isStale, nameError, refusal, WebError } from './web-error.ts'

export type WebOptions = Readonly<{
  /** Names us and a contact. */
  userAgent: string
  /** Ranges in CIDR form that the operator allows although they are not public. */
  allowPrivate: readonly string[]
  /** The sample wire's exact origins. */
  exemptOrigins: readonly string[]
  now: Now
  /** Milliseconds that only ever grow; `performance.now` where missing. */
  elapsed?: Now
  /** Where robots.txt and the hosts that asked for patience are kept. Without it no robots.txt is asked. */
  cache?: Cache
  log?: Log
  /** The addresses of a name; tests play names. */
  resolve?: ConnectorWorld['resolve']
  /** Opens a socket to one of the judged addresses; tests lead it to loopback. */
  dial?: ConnectorWorld['dial']
  /** Between two requests to an origin. */
  hostGapMs?: number
  limits?: Partial<WebLimits>
  /** Certificates to trust besides the system's, PEM. */
  ca?: string
}>

const HOST_GAP_MS = 1_000 // FEEDS.md, Polling 6

/** The guarded downloader: every request but Discord's goes through here (FEEDS.md, "The guard").
 *  @throws Error that names a range of `allowPrivate` that cannot be read, or an unsendable User-Agent */
export function createWeb(options: WebOptions): Web & { close(): Promise<void> } {
  if (!isSendable(options.userAgent)) throw new Error('Cannot send the User-Agent: it is empty, too long, or no header')
  const limits = { ...WEB_LIMITS, ...options.limits }
  const rules = { allowPrivate: parseCidrs(options.allowPrivate), exemptOrigins: options.exemptOrigins }
  const closing = new AbortController()
  const running = new Set<Deadline>()
  const clients = createClients(
    {
      rules,
      resolve: options.resolve ?? resolveName,
      dial: options.dial ?? dialAny,
      connectMs: limits.connectMs,
      closing: closing.signal,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    },
    limits,
  )
  const gapMs = (origin: string) => (rules.exemptOrigins.includes(origin) ? 0 : (options.hostGapMs ?? HOST_GAP_MS))
  const pace = createPace({ gapMs, inFlightMax: limits.inFlight, waitingMax: limits.waiting })
  const { now, userAgent, cache, elapsed = () => performance.now() } = options
  const holds = createHolds({ now, elapsed, cache })
  const run = async (request: DownloadRequest, signal: AbortSignal): Promise<Download> => {
    const startedAt = performance.now()
    const deadline = createDeadline(limits.totalMs, signal)
    running.add(deadline)
    if (closing.signal.aborted) deadline.stop()
    const outcome = await download({ request, world, deadline })
    deadline.end()
    running.delete(deadline)
    options.log?.debug('download', { ...factsOf(outcome), tookMs: Math.round(performance.now() - startedAt) })
    return outcome
  }
  const product = /^[a-z_-]+/i.exec(userAgent)?.[0] ?? ''
  const fetch = (url: string, signal: AbortSignal) => run({ url, kind: 'robots' }, signal)
  const robots = cache && createRobots({ product, cache, now, fetch })
  const world: DownloadWorld = { clients, limits, now, pace, rules, userAgent, holds, ...(robots ? { robots } : {}) }
  return {
    download: run,
    async close() {
      closing.abort(failure('stopped'))
      for (const deadline of running) deadline.stop()
      await clients.close()
    },
  }
}

/** Our connections go to addresses that we judged ourselves, so that no proxy is ever asked: an operator who set one should know.
 *  @returns a sentence for the start-up (S14), without the value, which may hold a password; undefined where there is none */
export function proxyProblem(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const name = PROXY_VARIABLES.flatMap((upper) => [upper, upper.toLowerCase()]).find((each) => env[each]?.trim())
  if (name === undefined) return undefined
  return `${name} is set, but Pullquote goes to feeds directly, since a proxy would undo its guard against inner addresses`
}
const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']

async function resolveName(host: string): Promise<readonly string[]> {
  const answers = await lookup(host, { all: true, order: 'verbatim' })
  return answers.map(({ address }) => address)
}

function factsOf(outcome: Download): Record<string, string | number | undefined> {
  switch (outcome.kind) {
    case 'fetched':
      return { kind: outcome.kind, status: outcome.status, bytes: outcome.bytes.length }
    case 'unchanged':
      return { kind: outcome.kind }
    case 'refused':
      return { kind: outcome.kind, reason: outcome.reason }
    case 'failed':
      return { kind: outcome.kind, reason: outcome.reason, status: outcome.status }
  }
}

type DownloadWorld = Readonly<{
  clients: Clients
  limits: WebLimits
  now: Now
  pace: Pace
  rules: AddressRules
  userAgent: string
  holds: Holds
  robots?: Robots
}>

type Walk = Readonly<{ request: DownloadRequest; world: DownloadWorld; deadline: Deadline }>

async function download(walk: Walk): Promise<Download> {
  const { holds } = walk.world
  try {
    await holds.ready()
    const end = await follow(walk)
    const outcome = outcomeOf(end, walk)
    if (outcome.kind === 'failed' && outcome.retryAfterMs !== undefined)
      await holds.hold(end.url.hostname, outcome.retryAfterMs)
    return outcome
  } catch (error) {
    return nameError(error).outcome
  }
}

type End = Readonly<{ answer: Answer; url: URL; hops: number; permanent: boolean }>

/** Follows redirects by hand (S9). Hops within one origin are one errand and do not wait for each other. */
async function follow(walk: Walk): Promise<End> {
  const { world } = walk
  let visited: Set<string> | undefined // most are led nowhere else
  const rules = walk.request.kind === 'list' ? { ...world.rules, namedOrigins: ATTACHMENTS } : world.rules
  let judged = judge(walk.request.url, rules)
  let permanent = true
  let turn: Turn | undefined
  let manners: Manners | undefined
  try {
    for (let hops = 0; ; hops++) {
      const { url } = judged
      if (turn?.origin !== url.origin) {
        turn?.leave(manners?.delayMs)
        turn = undefined // nobody holds one turn while waiting for another
        refuseHeld(url, world)
        manners = walk.request.robots && (await world.robots?.of(url.origin, walk.deadline.signal()))
        turn = await world.pace.enter(url.origin, walk.deadline)
      }
      refuseHeld(url, world) // somebody before us may just have been told to wait
      if (manners?.mayRead(`${url.pathname}${url.search}`) === false) throw refusal('robots')
      const answer = await askOnce(judged, walk)
      const location = REDIRECTS.has(answer.status) ? headerOf(answer.headers, 'location') : undefined
      if (location === undefined) return { answer, url, hops, permanent }
      visited ??= new Set()
      visited.add(url.href)
      judged = judge(Buffer.from(location, 'latin1').toString(), rules, url)
      // Without cookies an address that comes back will come back for ever.
      if (hops === world.limits.redirects || visited.has(judged.url.href)) throw refusal('too many redirects')
      permanent &&= PERMANENT.has(answer.status)
    }
  } finally {
    turn?.leave(manners?.delayMs)
  }
}

function refuseHeld({ hostname }: URL, { holds }: DownloadWorld): void {
  const leftMs = holds.leftMs(hostname)
  if (leftMs > 0) throw held(leftMs)
}
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const PERMANENT: ReadonlySet<number> = new Set([301, 308])

/** Where Discord keeps what people attach: the one place of theirs that a person may send us to, for a list of feeds. */
const ATTACHMENTS = ['https://cdn.discordapp.com', 'https://media.discordapp.net']

function judge(text: string, rules: AddressRules, base?: URL): Judged {
  const verdict = judgeAddress(text, rules, base)
  if (verdict.kind === 'refused') throw refusal(verdict.reason)
  return verdict
}

async function askOnce(judged: Judged, { request, world, deadline }: Walk): Promise<Answer> {
  const { url } = judged
  const asking = {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    headers: headersFor(request, world.userAgent),
    ...(request.form === undefined ? {} : { body: request.form }),
    plan: (head: Head) => planFor(head, request.kind, world.limits),
  }
  const line = world.clients.lineTo(judged)
  const isKept = line.answers > 0
  const pause = deadline.start()
  try {
    return await exchange(line, asking, deadline)
  } catch (error) {
    // A kept connection that the server has just closed is nobody's failure: asked once more, on a new one.
    const stale = error instanceof WebError && error.outcome.kind === 'failed' && error.outcome.status === undefined
    if (!isKept || !stale || !isStale(error)) throw error
    return await exchange(line, asking, deadline)
  } finally {
    pause()
  }
}

/** No cookies and no Referer (Polling 6). */
function headersFor(request: DownloadRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: ACCEPT[request.kind],
    'accept-encoding': 'gzip, br, zstd, deflate',
    ...(request.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(isSendable(request.etag) ? { 'if-none-match': request.etag } : {}),
    ...(isSendable(request.lastModified) ? { 'if-modified-since': request.lastModified } : {}),
  }
}
const ACCEPT = {
  feed: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
  page: 'text/html, application/xhtml+xml, */*;q=0.5',
  robots: 'text/plain, */*;q=0.5',
  hub: '*/*',
  list: 'text/x-opml, application/xml;q=0.9, */*;q=0.5',
} as const

const IGNORED_BYTES_MAX = 64 * 1024 // read to keep the connection; a longer one is cheaper to close
const CHALLENGE_BYTES_MAX = 256 * 1024 // the page that asks whether we are human has some 30 kB

/** @throws WebError where the head alone says that the body is too large */
function planFor(head: Head, kind: DownloadRequest['kind'], limits: WebLimits): SinkPlan {
  const coding = [head.headers['content-encoding'] ?? []].flat().join(',')
  if (mayBeChallenge(head))
    return { coding, rawBytesMax: CHALLENGE_BYTES_MAX, bytesMax: CHALLENGE_BYTES_MAX, whole: false }
  if (!CONTENT.has(head.status))
    return { coding: '', rawBytesMax: IGNORED_BYTES_MAX, bytesMax: IGNORED_BYTES_MAX, whole: false }
  if (isTransferCoded(head)) throw failure('broken encoding')
  if (kind === 'robots') return { coding, rawBytesMax: limits.robotsBytes, bytesMax: limits.robotsBytes, whole: false }
  const bytesMax = kind === 'feed' || kind === 'list' ? limits.feedBytes : limits.pageBytes
  const declared = Number(headerOf(head.headers, 'content-length') ?? 0)
  if (declared > limits.rawBytes || (coding === '' && declared > bytesMax)) throw failure('too large')
  return { coding, rawBytesMax: limits.rawBytes, bytesMax, whole: true }
}
/** Statuses whose body is what was asked for: 203 is a 200 that a middlebox has touched. */
const CONTENT: ReadonlySet<number> = new Set([200, 203])

/** A transfer coding but chunked is one that we did not ask for, and that undici would leave in the body. */
function isTransferCoded({ headers }: Head): boolean {
  const transfer = headerOf(headers, 'transfer-encoding')?.trim().toLowerCase()
  return transfer !== undefined && transfer !== 'chunked' && transfer !== 'identity'
}

function outcomeOf({ answer, url, hops, permanent }: End, { request, world }: Walk): Download {
  const { status, headers, bytes } = answer
  const redirected = hops > 0 ? { redirected: true as const } : {}
  if (isChallenge(answer, bytes)) return { kind: 'failed', reason: 'challenge', status, ...redirected }
  const asked = isSendable(request.etag) || isSendable(request.lastModified)
  // A 304 to a question without validators is an answer to nothing.
  const moved = hops > 0 && permanent ? { movedTo: url.href } : {}
  if (status === 304 && asked) return { kind: 'unchanged', ...validatorsOf(headers), ...freshnessOf(headers), ...moved }
  const taken = request.kind === 'hub' && status >= 200 && status < 300
  if (!(CONTENT.has(status) || taken)) {
    const wait = status === 429 || status === 503 ? retryAfterMs(headers, world.now()) : undefined
    const patience = wait === undefined ? {} : { retryAfterMs: wait }
    return { kind: 'failed', reason: 'status', status, ...redirected, ...patience }
  }
  const contentType = headerOf(headers, 'content-type')
  return {
    kind: 'fetched',
    status,
    bytes,
    url: url.href,
    ...(contentType === undefined ? {} : { contentType }),
    ...validatorsOf(headers),
    ...freshnessOf(headers),
    ...announcedOf(headers, request, url.href),
    ...moved,
  }
}
