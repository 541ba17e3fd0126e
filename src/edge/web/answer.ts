import { parseDate } from '../../core/dates.ts'
import type { Freshness } from '../../flow/ports.ts'
import type { Head, Headers } from './exchange.ts'

/** The first value of a header; a second one is somebody's mistake. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

/** ETag and Last-Modified, byte for byte, where they are of a size and of bytes that may be sent back. */
export function validatorsOf(headers: Headers): Readonly<{ etag?: string; lastModified?: string }> {
  const etag = headerOf(headers, 'etag')
  const lastModified = headerOf(headers, 'last-modified')
  return {
    ...(isSendable(etag) ? { etag } : {}),
    ...(isSendable(lastModified) ? { lastModified } : {}),
  }
}

/** A stored validator may have been changed by anybody since it came: line ends would write headers of their own. */
export function isSendable(value: string | undefined): value is string {
  return value !== undefined && value.length <= VALIDATOR_CHARS_MAX && VALIDATOR.test(value)
}
const VALIDATOR_CHARS_MAX = 1024 // real ones have under 200
const VALIDATOR = /^[\t\u0020-\u007e\u0080-\u00ff]+$/ // a field value (RFC 9110, 5.5)

/** How long the publisher means its answer to last. Max-age goes before Expires (RFC 9111, 5.3). */
export function freshnessOf(headers: Headers): Freshness {
  const maxAgeMs = maxAgeOf([headers['cache-control'] ?? []].flat().join(','))
  if (maxAgeMs !== undefined) return { maxAgeMs }
  const expiresAt = parseDate(headerOf(headers, 'expires') ?? '')
  return expiresAt === undefined ? {} : { expiresAt }
}

function maxAgeOf(cacheControl: string): number | undefined {
  const value = MAX_AGE.exec(cacheControl.slice(0, HEADER_CHARS_MAX))?.[1] ?? ''
  return secondsMs(value.trim().replaceAll('"', ''), AGE_MS_MAX)
}
const MAX_AGE = /(?:^|,)\s*max-age=([^,]*)/i // of several the first
const HEADER_CHARS_MAX = 1024
const AGE_MS_MAX = 365 * 24 * 60 * 60_000 // a year, the most that RFC 2616 let anybody promise

/** @returns the wait asked for by 429 and 503, in seconds or as a date; undefined where it is missing or nonsense */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headerOf(headers, 'retry-after')?.trim() ?? ''
  const inSeconds = secondsMs(value, RETRY_MS_MAX)
  if (inSeconds !== undefined) return inSeconds
  const at = /[a-z]/i.test(value) ? parseDate(value) : undefined
  return at === undefined || at <= now ? undefined : Math.min(at - now, RETRY_MS_MAX)
}
const RETRY_MS_MAX = 24 * 60 * 60_000 // the longest that we ever wait between polls

function secondsMs(text: string, most: number): number | undefined {
  return /^\d{1,20}$/.test(text) ? Math.min(Number(text) * 1000, most) : undefined
}

/** Whether the body must be looked at: by its status, with which gates stand before sites, or because the head says so. */
export function mayBeChallenge(head: Head): boolean {
  return GATE_STATUSES.has(head.status) || isMitigated(head)
}
const GATE_STATUSES: ReadonlySet<number> = new Set([403, 429, 503])

/** Cloudflare's "are you human": no fault of the feed's, and no wait helps (developers.cloudflare.com, "cf-mitigated"). */
export function isChallenge(head: Head, body: Uint8Array): boolean {
  if (isMitigated(head)) return true
  if (!GATE_STATUSES.has(head.status)) return false
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  return CHALLENGE_MARKS.some((mark) => text.includes(mark))
}

function isMitigated({ headers }: Head): boolean {
  return headerOf(headers, 'cf-mitigated')?.trim().toLowerCase() === 'challenge'
}
const CHALLENGE_MARKS = [
  '/cdn-cgi/challenge-platform/',
  '_cf_chl_opt',
  'cf-browser-verification',
  '<title>Just a moment...</title>',
]
