/** At most so many requests a second, evenly: Discord allows 50 a bot, and replies to people need some of them. */
import { setTimeout as sleep } from 'node:timers/promises'

/** DISCORD.md, trap 5: two REST objects do not share the 50. */
export const DELIVERY_PER_SECOND = 45
/** DELIVERY.md: what was sent by the process before us may still count. */
export const START_WAIT_MS = 1_000
const SECOND_MS = 1_000

/** @returns resolves when the caller may send; rejects when `signal` aborts first */
export function createPace(
  perSecond: number = DELIVERY_PER_SECOND,
  startWaitMs: number = START_WAIT_MS,
): (signal: AbortSignal) => Promise<void> {
  const gapMs = 1_000 / perSecond
  const left: number[] = []
  let nextAt = performance.now() + startWaitMs
  return async (signal) => {
    const at = Math.max(performance.now(), nextAt)
    nextAt = at + gapMs
    let wait = at - performance.now()
    while (wait > 0) {
      await sleep(wait, undefined, { signal })
      // A busy moment wakes many at once: evenly meant, they would leave in a heap, and with those after it break the limit.
      wait = (left[0] ?? 0) + SECOND_MS - performance.now()
      if (left.length < perSecond) wait = 0
    }
    left.push(performance.now())
    if (left.length > perSecond) left.shift()
  }
}
