/** When to poll, when to try again, when a list is due. Times in, times out. */
import type { FeedWishes } from './feed/wishes.ts'
import type { Subscription } from './model.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** DELIVERY.md: 1 s, 5 s, 30 s, 2 min, 10 min, 30 min, then hourly. */
const RETRY_STEPS_MS = [1_000, 5_000, 30_000, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS] as const
/** A tenth: many that failed together do not come back together. */
const JITTER_SHARE = 0.1

/** @param attempts - tries so far, 1 after the first
 *  @param seed - names what is retried; the same seed and count give the same wait */
export function retryAfterMs(attempts: number, seed: string): number {
  const step = RETRY_STEPS_MS[Math.max(0, attempts - 1)] ?? HOUR_MS
  return Math.round(step * (1 + JITTER_SHARE * fraction(`${seed}|${attempts}`)))
}

/** In [0, 1), the same for the same seed: chance has no place in core, and a test can tell the outcome. FNV-1a, stirred by the end of
 *  MurmurHash3, since FNV's high bits hardly know the last letters. */
export function fraction(seed: string): number {
  let bits = 0x811c9dc5
  for (let at = 0; at < seed.length; at++) bits = Math.imul(bits ^ seed.charCodeAt(at), 0x01000193)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
}

/** What decides a feed's next poll. */
export type Pace = FeedWishes &
  Readonly<{
    feedId: string
    /** The operator's or the default interval: never asked more often. */
    intervalMs: number
    /** Failures in a row, this one included; 0 after a success. */
    failures: number
    /** See `itemsAWeek`: for the adaptive pace. */
    itemsLastWeek?: number
    maxAgeMs?: number
    expiresAt?: number
    /** 429 and 503: binding. */
    retryAfterMs?: number
  }>

/** Publishers who ask for more than a day are asked daily all the same: news is not worth less a wait than that. */
const POLL_MS_MAX = DAY_MS
/** Adaptive pace: a feed of one item an hour need not be asked each minute. */
const WEEK_MS = 7 * DAY_MS
/** A Retry-After is obeyed, up to this: a typing error must not silence a feed for a year. */
const RETRY_AFTER_MS_MAX = 2 * DAY_MS

/** FEEDS.md, Polling 4 and 5: the interval, stretched by what the publisher asks, by the feed's own cadence, and doubled a failure. */
export function nextPollAt(pace: Pace, now: number): number {
  const jitter = 1 + JITTER_SHARE * fraction(`${pace.feedId}|${Math.floor(now / 1000)}`)
  return pastSkips(pace, now + Math.round(waitMs(pace, now, jitter)))
}

/** Never again of its own accord: the last instant that a date can name (ECMAScript, 21.4.1.1). */
export const NEVER_AT = 8_640_000_000_000_000

/** The first instant from `at` on that is in no hour and no day to be skipped. Where all are, nobody meant it. */
function pastSkips({ feedId, skipHours, skipDays }: Pace, at: number): number {
  if (skipHours === undefined && skipDays === undefined) return at // as most
  const hours = new Set(skipHours)
  const days = new Set(skipDays)
  for (let hour = Math.floor(at / HOUR_MS), tries = 0; tries < WEEK_HOURS; hour++, tries++) {
    const skipped = hours.has(hour % 24) || days.has((Math.floor(hour / 24) + EPOCH_WEEKDAY) % 7)
    // Those who skip the same night do not come at its end together.
    if (!skipped) return Math.max(at, tries === 0 ? 0 : hour * HOUR_MS + Math.floor(SKIP_SPREAD_MS * fraction(feedId)))
  }
  return at
}
const WEEK_HOURS = 7 * 24
const EPOCH_WEEKDAY = 4 // 1 January 1970 was a Thursday
const SKIP_SPREAD_MS = 5 * MINUTE_MS

function waitMs(pace: Pace, now: number, jitter: number): number {
  const { intervalMs, failures, retryAfterMs, expiresAt } = pace
  if (retryAfterMs !== undefined) return Math.max(intervalMs, Math.min(retryAfterMs, RETRY_AFTER_MS_MAX)) * jitter
  if (failures > 0) return Math.min(intervalMs * 2 ** Math.min(failures, 16) * jitter, POLL_MS_MAX)
  const wishes = [pace.ttlMs ?? 0, pace.maxAgeMs ?? 0, expiresAt === undefined ? 0 : expiresAt - now, cadenceMs(pace)]
  return Math.min(Math.max(intervalMs, ...wishes) * jitter, POLL_MS_MAX)
}

/** How many items a feed brings a week, told by one document. Most feeds list the newest thirty or so: where all of them are younger
 *  than a week, they are a part of it.
 *  @param times - publishedAt of the listed items, where they have one
 *  @returns undefined where no date tells */
export function itemsAWeek(times: readonly (number | undefined)[], now: number): number | undefined {
  const past = times.filter((at) => at !== undefined).filter((at) => at <= now)
  if (past.length === 0) return undefined
  const recent = past.filter((at) => now - at < WEEK_MS)
  const spanMs = recent.length < past.length ? WEEK_MS : Math.max(HOUR_MS, now - Math.min(...past))
  return (recent.length * WEEK_MS) / spanMs
}

/** Half the mean gap of the week's items, but never over an hour: an alert may be late by that much at the most. */
function cadenceMs({ itemsLastWeek, intervalMs }: Pace): number {
  if (itemsLastWeek === undefined) return 0
  const gap = WEEK_MS / Math.max(1, itemsLastWeek) / 2
  return Math.min(gap, Math.max(HOUR_MS, intervalMs))
}

/** A new feed's first poll: soon, spread by its name over `spreadMs`. */
export function firstPollAt(feedId: string, spreadMs: number, now: number): number {
  return now + Math.floor(spreadMs * fraction(feedId))
}

/** Lists come at eight, when people read them. */
const DIGEST_MINUTE = 8 * 60

/** When a subscription's next list is due: the next full hour, or the next eight o'clock in its zone (UTC without one). */
export function digestDueAt({ rhythm, quietHours }: Pick<Subscription, 'rhythm' | 'quietHours'>, now: number): number {
  if (rhythm === 'hourly') return (Math.floor(now / HOUR_MS) + 1) * HOUR_MS
  return nextMinuteOfDay(DIGEST_MINUTE, quietHours?.zone ?? 'UTC', now)
}

/** The end of the quiet hours that `now` stands in, or undefined. */
export function quietUntil({ quietHours }: Pick<Subscription, 'quietHours'>, now: number): number | undefined {
  if (!quietHours) return undefined
  const { startMinute, endMinute, zone } = quietHours
  const minute = minuteOfDay(zone, now)
  const quiet =
    startMinute <= endMinute ? minute >= startMinute && minute < endMinute : minute >= startMinute || minute < endMinute
  return quiet ? nextMinuteOfDay(endMinute, zone, now) : undefined
}

/** The next instant at which a clock in `zone` shows `minute` of the day. Where a summer-time change skips it, the first one after. */
function nextMinuteOfDay(minute: number, zone: string, now: number): number {
  const start = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const ahead = (minute - minuteOfDay(zone, now) + 1_440) % 1_440 || 1_440
  const guess = start + ahead * MINUTE_MS
  // A change of the offset in between shifts the guess by an hour or less.
  const off = minutesUntil(minute, minuteOfDay(zone, guess))
  let at = Math.max(guess + off * MINUTE_MS, start + MINUTE_MS)
  // Ends at once, save where the minute is skipped: then where the clock stands past it, an hour on or two at the most.
  while (minutesUntil(minute, minuteOfDay(zone, at)) > 0) at += MINUTE_MS
  return at
}

/** Within half a day: negative when it is past. */
function minutesUntil(minute: number, from: number): number {
  return ((minute - from + 1_440 + 720) % 1_440) - 720
}

function minuteOfDay(zone: string, at: number): number {
  const parts = clockOf(zone).formatToParts(at)
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return read('hour') * 60 + read('minute')
}

/** Making a formatter costs a hundred times its use. Bounded: there are some 600 zones. */
const clocks = new Map<string, Intl.DateTimeFormat>()
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: isZone(zone) ? zone : 'UTC',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(zone, made)
  return made
}

/** Whether it is a time zone of the IANA database. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
