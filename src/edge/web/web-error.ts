import type { WebFailure, WebRefusal } from '../../flow/ports.ts'

/** An expected end of a download on its way up to the door, where it becomes an outcome. */
export class WebError extends Error {
  readonly outcome: WebOutcome
  constructor(outcome: WebOutcome, cause?: unknown) {
    super(`Cannot download: ${outcome.reason}`, { cause })
    this.outcome = outcome
  }
}
type WebOutcome = Readonly<
  | { kind: 'refused'; reason: WebRefusal }
  | { kind: 'failed'; reason: WebFailure; status?: number; retryAfterMs?: number }
>

export function refusal(reason: WebRefusal): WebError {
  return new WebError({ kind: 'refused', reason })
}

export function failure(reason: WebFailure, cause?: unknown): WebError {
  return new WebError({ kind: 'failed', reason }, cause)
}

/** Not asked, since its host told us to wait. */
export function held(retryAfterMs: number): WebError {
  return new WebError({ kind: 'failed', reason: 'held', retryAfterMs })
}

/** Names whatever a connection or an answer threw, from the fixed list that users may see (S13).
 *  @param status - of the answer that had begun, if one had */
export function nameError(error: unknown, status?: number): WebError {
  if (error instanceof WebError) {
    if (status === undefined || error.outcome.kind === 'refused') return error
    return new WebError({ ...error.outcome, status }, error)
  }
  const code = codeOf(error)
  const reason = status === undefined ? reasonOf(code) : TIMEOUTS.has(code) ? 'timeout' : 'protocol'
  return new WebError({ kind: 'failed', reason, ...(status === undefined ? {} : { status }) }, error)
}

/** A kept connection that the server closed while we were asking: it says nothing about the server. */
export function isStale(error: WebError): boolean {
  return STALE.has(codeOf(error.cause))
}

const TIMEOUTS: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
])
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EPIPE',
  'UND_ERR_SOCKET',
])
const UNKNOWN_HOST: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL', 'ENODATA'])
const STALE: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** Before an answer began. What is in no list is a TLS or HTTP fault, of which there are hundreds. */
function reasonOf(code: string): WebFailure {
  if (TIMEOUTS.has(code)) return 'timeout'
  if (UNREACHABLE.has(code)) return 'unreachable'
  return UNKNOWN_HOST.has(code) ? 'unknown host' : 'protocol'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
