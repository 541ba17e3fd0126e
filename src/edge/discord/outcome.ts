/** What an answer of Discord means for a delivery (DELIVERY.md). Nobody else reads Discord's error codes. */
import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest'
import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import type { Outcome } from '../../core/model.ts'

/** Everything that can be wrong with a request, sorted by what is to be done about it. */
export type Failure = Exclude<Outcome, { kind: 'sent' }>

/** Discord's edge refuses an address that made too many bad requests, for an hour or so; it says so without a code of the API. */
const BANNED_WAIT_MS = 10 * 60_000
/** A failure before a byte left may be gone the next second; advance() stretches what repeats. */
const SOON_MS = 1_000

/** Errors of sockets that never reached Discord: nothing was posted. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** AutoMod and Discord's own filters refuse this text for good. */
const REFUSED_TEXT: ReadonlySet<number | string> = new Set([200_000, 200_001, 240_000])
const FORBIDDEN: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  50_024, // cannot act on a channel of this type
])

export function failureOf(error: unknown): Failure {
  if (error instanceof RateLimitError) {
    return {
      kind: 'notSent',
      afterMs: Math.max(error.retryAfter, error.timeToReset, 1),
      attempt: false,
      reason: error.global ? 'global rate limit' : 'rate limit',
    }
  }
  if (error instanceof DiscordAPIError) return apiFailure(error)
  if (error instanceof HTTPError) return statusFailure(error.status)
  const code = codeOf(error)
  if (code && BEFORE_SENDING.has(code))
    return { kind: 'notSent', afterMs: SOON_MS, attempt: true, reason: `Discord is out of reach (${code})` }
  // A time-out, a reset, an answer that is no JSON: it may have been posted.
  return { kind: 'unsure', reason: code ?? (error instanceof Error ? error.name : 'no answer') }
}

function apiFailure(error: DiscordAPIError): Failure {
  const reason = `${error.status} ${error.code}: ${error.message.slice(0, 200)}`
  if (error.status === 401) return { kind: 'stop', reason: 'Discord does not accept the token' }
  if (error.code === RESTJSONErrorCodes.UnknownMessage) return { kind: 'deleted' }
  if (REFUSED_TEXT.has(error.code)) return { kind: 'dead', reason }
  if (FORBIDDEN.has(error.code) || error.status === 404) return { kind: 'held', reason }
  if (error.status === 403) return { kind: 'held', reason }
  if (error.status === 429) return { kind: 'notSent', afterMs: BANNED_WAIT_MS, attempt: false, reason }
  if (error.status >= 500) return { kind: 'unsure', reason }
  return { kind: 'dead', reason }
}

/** Answers without a code of the API come from what stands before it. */
function statusFailure(status: number): Failure {
  const reason = `${status} without a code`
  if (status === 401) return { kind: 'stop', reason: 'Discord does not accept the token' }
  if (status === 403 || status === 429) return { kind: 'notSent', afterMs: BANNED_WAIT_MS, attempt: false, reason }
  if (status === 404) return { kind: 'held', reason }
  return status >= 500 ? { kind: 'unsure', reason } : { kind: 'dead', reason }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? undefined : codeOf(error.cause)
}
