/** At most so many requests a second, evenly: Discord allows 50 a bot, and replies to people need some of them. */
import { setTimeout as sleep } from 'node:timers/promises'

/** DISCORD.md, trap 5: two REST objects do not share the 50. */
export const DELIVERY_PER_SECOND = 45
/** DELIVERY.md: what was sent by the process before us may still count. */
export const START_WAIT_MS = 1_000
const SECOND_MS = 1_000

/** One request that may leave now. */
export type Leave = Readonly<{
  /** Its first byte goes out, or it is over: from now on it counts for a second. The first call counts. */
  left(): void
}>
export type Pace = (signal: AbortSignal) => Promise<Leave>

/** A request that was let go may wait for its connection, and leave in a heap with others when a busy moment is over. So those that have not
 *  left yet count as much as those of the last second: whenever one leaves, at most `perSecond` have left within the second before.
 *  @returns resolves when the caller may send; rejects when `signal` aborts first */
export function createPace(perSecond: number = DELIVERY_PER_SECOND, startWaitMs: number = START_WAIT_MS): Pace {
  const gapMs = SECOND_MS / perSecond
  const leftAt: number[] = []
  let leaving = 0
  let nextAt = performance.now() + startWaitMs
  /** 0 where one more may go. */
  const fullForMs = (): number => {
    const now = performance.now()
    while (leftAt[0] !== undefined && leftAt[0] + SECOND_MS <= now) leftAt.shift()
    if (leftAt.length + leaving < perSecond) return 0
    return leftAt[0] === undefined ? gapMs : leftAt[0] + SECOND_MS - now
  }
  return async (signal) => {
    const at = Math.max(performance.now(), nextAt)
    nextAt = at + gapMs
    let wait = at - performance.now()
    if (wait <= 0) wait = fullForMs()
    for (; wait > 0; wait = fullForMs()) await sleep(wait, undefined, { signal })
    leaving += 1
    let isLeaving = true
    return {
      left: () => {
        if (!isLeaving) return
        isLeaving = false
        leaving -= 1
        leftAt.push(performance.now())
      },
    }
  }
}
