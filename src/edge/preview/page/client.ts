/** Talks to the preview's server. Its answers are trusted: they come from the house itself. */
import type { OperatorStatus, WireMessage } from './wire.ts'

const TIMEOUT_MS = 20_000
const token = document.querySelector<HTMLMetaElement>('meta[name="x-pullquote"]')?.content ?? ''
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** What the server said against it, in one line. */
export class Refused extends Error {}

export async function get<Answer>(path: string): Promise<Readonly<{ answer: Answer; headers: Headers }>> {
  const response = await asked(path, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  return { answer: (await response.json()) as Answer, headers: response.headers }
}

export async function post<Answer>(path: string, body: object, signal?: AbortSignal): Promise<Answer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const response = await asked(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-pullquote': token, 'x-pullquote-zone': zone },
    body: JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
  return (await response.json()) as Answer
}

async function asked(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new Refused('The preview does not answer. Is it still running?')
  })
  if (response.ok) return response
  const said: unknown = await response.json().catch(() => undefined)
  const error = typeof said === 'object' && said && 'error' in said ? said.error : undefined
  throw new Refused(typeof error === 'string' ? error : `The preview answered ${response.status}.`)
}

export type Heard = Readonly<{
  message(message: WireMessage): void
  edit(message: WireMessage): void
  status(status: OperatorStatus): void
  /** What was missed is too much or unknown: read the channel anew. */
  reset(): void
  connected(isConnected: boolean): void
}>

/** The browser comes back by itself after a break, with the last event's id. */
export function listen(afterChange: string, heard: Heard): void {
  const events = new EventSource(`/api/events?after=${encodeURIComponent(afterChange)}`)
  const on = <Data>(name: string, hear: (data: Data) => void) =>
    events.addEventListener(name, (event) => hear(JSON.parse((event as MessageEvent<string>).data) as Data))
  let started = ''
  on<Readonly<{ start: string }>>('hello', ({ start }) => {
    // The bot was started again: this page's token is an old one.
    if (started !== '' && started !== start) location.reload()
    started = start
  })
  on('message', heard.message)
  on('edit', heard.edit)
  on('status', heard.status)
  on('reset', heard.reset)
  events.addEventListener('open', () => heard.connected(true))
  events.addEventListener('error', () => heard.connected(false))
}
