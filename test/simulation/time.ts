/** Time that only the simulation turns: what is due next happens next, and everything that it sets off happens before the one after. */

export type Time = Readonly<{
  /** True time, epoch milliseconds: the far side's. Ours may be off (`plan.ts`, jumps). */
  now(): number
  /** Calls `run` at that moment, or now where it is past. @returns what takes it back */
  at(moment: number, run: () => void): () => void
  sleep(ms: number): Promise<void>
  /** Lives on until `moment`, or until nothing is left to happen. */
  runTo(moment: number): Promise<void>
}>

type Timer = { moment: number; n: number; run: (() => void) | undefined }

export function createTime(startAt: number): Time {
  let now = startAt
  let made = 0
  const heap: Timer[] = []
  const at = (moment: number, run: () => void) => {
    const timer: Timer = { moment: Math.max(now, moment), n: made++, run }
    push(heap, timer)
    return () => {
      timer.run = undefined
    }
  }
  return {
    now: () => now,
    at,
    sleep: (ms) => new Promise((resolve) => at(now + ms, resolve)),
    async runTo(moment) {
      await new Promise(setImmediate)
      for (let next = heap[0]; next && next.moment <= moment; next = heap[0]) {
        pop(heap)
        if (!next.run) continue
        now = next.moment
        next.run()
        // Everything that waits for a promise goes on before this returns.
        await new Promise(setImmediate)
      }
      now = Math.max(now, moment)
    },
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.moment < b.moment || (a.moment === b.moment && a.n < b.n)

function push(heap: Timer[], timer: Timer): void {
  let at = heap.push(timer) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent]
    if (!above || !isBefore(timer, above)) break
    heap[at] = above
    at = parent
  }
  heap[at] = timer
}

function pop(heap: Timer[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let at = 0
  for (;;) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]]
    if (!left) break
    const [least, child] = right && isBefore(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1]
    if (!isBefore(least, last)) break
    heap[at] = least
    at = child
  }
  heap[at] = last
}
