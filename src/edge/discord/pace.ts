/** At most so many requests a second, evenly: Discord allows 50 a bot, and replies to people need some of them. */
import { setTimeout as sleep } from 'node:timers/promises'

/** DISCORD.md, trap 5: two REST objects do not share the 50. */
export const DELIVERY_PER_SECOND = 45
/** DELIVERY.md: what was sent by the process before us may still count. */
export const START_WAIT_MS = 1_000
/** Discord's fifty, less one: what a person waits for may fill the second that delivery shares with it. */
const ALL_PER_SECOND = 49
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
  return createPaces(perSecond, startWaitMs).delivery
}

export type Paces = Readonly<{
  delivery: Pace
  /** For what a person waits for: it goes at once where the second has room, and delivery makes room for it. */
  urgent: Pace
}>

/** One count for both: Discord counts all that a bot asks, whichever of its clients asks it. */
export function createPaces(perSecond: number = DELIVERY_PER_SECOND, startWaitMs: number = START_WAIT_MS): Paces {
  const gapMs = SECOND_MS / perSecond
  const leftAt: number[] = []
  let leaving = 0
  let nextAt = performance.now() + startWaitMs
  /** 0 where one more may go. */
  const fullForMs = (max: number): number => {
    const now = performance.now()
    while (leftAt[0] !== undefined && leftAt[0] + SECOND_MS <= now) leftAt.shift()
    if (leftAt.length + leaving < max) return 0
    return leftAt[0] === undefined ? gapMs : leftAt[0] + SECOND_MS - now
  }
  const leave = (): Leave => {
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
  return {
    async delivery(signal) {
      const at = Math.max(performance.now(), nextAt)
      nextAt = at + gapMs
      let wait = at - performance.now()
      if (wait <= 0) wait = fullForMs(perSecond)
      for (; wait > 0; wait = fullForMs(perSecond)) await sleep(wait, undefined, { signal })
      return leave()
    },
    async urgent(signal) {
      const max = Math.max(perSecond, ALL_PER_SECOND)
      for (let wait = fullForMs(max); wait > 0; wait = fullForMs(max)) await sleep(wait, undefined, { signal })
      return leave()
    },
  }
}
