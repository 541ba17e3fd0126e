/** How often a feed speaks, told by its own document; whether it has fallen silent against that (FEEDS.md, Polling 12). */

/** @see cadenceOf */
export type Cadence = Readonly<{
  /** When its newest piece was written. */
  newestAt: number
  /** The longest pause between two of its listed pieces: nights, weekends and holidays are in it. */
  pauseMs: number
}>

/** What we know of a feed's ways. */
export type Habits = Readonly<{
  /** Told by its last document, whatever pace it is asked at: see `itemsAWeek`. */
  itemsAWeek?: number
  /** Told by its last document. */
  cadence?: Cadence
  /** It has fallen silent against its own cadence, noticed then; 0 where it was so when it came. */
  silent?: Readonly<{ sinceAt: number }>
  /** Polls that no longer met what the one before had seen: items may have been missed in between. */
  gaps?: Readonly<{ count: number; lastAt: number }>
}>

const ITEMS_MIN = 8 // with fewer, a pause is no habit
const PAUSES = 3 // a fortnight's holiday of a feed that pauses at weekends is nothing yet
const SILENCE_MS_MIN = 3 * 24 * 60 * 60_000 // a long weekend

/** @param times - publishedAt of the listed items, where they have one
 *  @returns undefined where too few are dated to tell */
export function cadenceOf(times: readonly (number | undefined)[], now: number): Cadence | undefined {
  const past = times.filter((at) => at !== undefined && at <= now).toSorted((a, b) => (a ?? 0) - (b ?? 0)) as number[]
  const newestAt = past.at(-1)
  if (newestAt === undefined || past.length < ITEMS_MIN) return undefined
  const pauses = past.map((at, n) => at - (past[n - 1] ?? at))
  return { newestAt, pauseMs: Math.max(...pauses) }
}

/** Whether nothing came for three of its longest pauses, and three days at the least. */
export function isSilent({ newestAt, pauseMs }: Cadence, now: number): boolean {
  return now - newestAt > Math.max(SILENCE_MS_MIN, PAUSES * pauseMs)
}
