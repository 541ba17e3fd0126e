/** What becomes of a feed's unseen items: read aloud, read silently, listed, or only marked as seen. */
import type { FoldReason } from './model.ts'

/** `alert` reads it aloud, `silent` reads it for search only, `fold` sends it to a digest, `skip` marks it seen and no more. */
export type Admission = Readonly<
  { kind: 'alert' } | { kind: 'silent' } | { kind: 'skip' } | { kind: 'fold'; reason: FoldReason }
>

/** `intervalMs`: how often the feed is asked. */
export type Known = Readonly<{ firstPoll: boolean; lastSuccessAt?: number; now: number; intervalMs: number }>

/** A first poll raises no alerts; its newest five are read, so that search, latest and rehearsal have something to say. */
const FIRST_READ_MAX = 5
/** Over 50 new items in a poll is a feed rewritten: the newest five speak, the rest comes as a list (DELIVERY.md). */
const FLOOD_ITEMS = 50
const FLOOD_ALERTS_MAX = 5
/** Silent for so long, we or the feed were down; one that is asked once a day is silent for a day. */
const DOWNTIME_MS = 2 * 60 * 60_000
const DOWNTIME_INTERVALS = 2
/** After a downtime so many speak one by one; more come as a list. */
const DOWNTIME_ALERTS_MAX = 5

/** @param times - of the unseen items in the feed's order: publishedAt, or undefined
 *  @returns one admission an item, in the same order */
export function admit(times: readonly (number | undefined)[], known: Known): readonly Admission[] {
  const ranks = ranksByTime(times)
  if (known.firstPoll) return ranks.map((rank) => ({ kind: rank < FIRST_READ_MAX ? 'silent' : 'skip' }))
  if (times.length > FLOOD_ITEMS) return ranks.map((rank) => spoken(rank < FLOOD_ALERTS_MAX, 'flood'))
  const patience = Math.max(DOWNTIME_MS, DOWNTIME_INTERVALS * known.intervalMs)
  const away = known.lastSuccessAt !== undefined && known.now - known.lastSuccessAt > patience
  if (away && times.length > DOWNTIME_ALERTS_MAX)
    return ranks.map((rank) => spoken(rank < DOWNTIME_ALERTS_MAX, 'downtime'))
  return ranks.map(() => ({ kind: 'alert' }))
}

function spoken(aloud: boolean, reason: FoldReason): Admission {
  return aloud ? { kind: 'alert' } : { kind: 'fold', reason }
}

/** 0 is the newest. Where a date is missing the feed's own order speaks: most feeds put the newest first. */
function ranksByTime(times: readonly (number | undefined)[]): readonly number[] {
  const order = times.map((at, index) => ({ at, index }))
  if (times.every((at) => at !== undefined)) order.sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || a.index - b.index)
  const ranks = new Array<number>(times.length).fill(0)
  order.forEach(({ index }, rank) => {
    ranks[index] = rank
  })
  return ranks
}
