/** At most so many requests a second, evenly: Discord allows 50 a bot, and replies to people need some of them. */
import { setTimeout as sleep } from 'node:timers/promises'

/** DISCORD.md, trap 5: two REST objects do not share the 50. */
export const DELIVERY_PER_SECOND = 45
/** DELIVERY.md: what was sent by the process before us may still count. */
const START_WAIT_MS = 1_000

/** @returns resolves when the caller may send; rejects when `signal` aborts first */
export function createPace(
  perSecond: number = DELIVERY_PER_SECOND,
  startWaitMs: number = START_WAIT_MS,
): (signal: AbortSignal) => Promise<void> {
  const gapMs = 1_000 / perSecond
  let nextAt = performance.now() + startWaitMs
  return async (signal) => {
    const at = Math.max(performance.now(), nextAt)
    nextAt = at + gapMs
    const wait = at - performance.now()
    if (wait > 0) await sleep(wait, undefined, { signal })
  }
}
