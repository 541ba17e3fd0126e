import type { Stop } from './deadline.ts'
import { failure } from './web-error.ts'

/** Lets a number of callers in at a time, first come first served, with a pause after each that leaves. */
export type Gate = Readonly<{
  /** Enters if nobody would have to wait. */
  tryEnter(): boolean
  /** @throws WebError 'stopped' when it is told to stop */
  enter(stop: Stop): Promise<void>
  /** @param gapMs - a longer pause than the gate's own, this once */
  leave(gapMs?: number): void
  /** Nobody is in, waits, or would have to wait. */
  isIdle(): boolean
}>

export function createGate({ places, gapMs }: Readonly<{ places: number; gapMs: number }>): Gate {
  const waiting = new Set<() => void>()
  let free = places
  let openAt = 0 // on the monotonic clock, which nobody sets back
  let timer: NodeJS.Timeout | undefined

  /** Calls those who wait, as far as there are places. */
  function admit(): void {
    clearTimeout(timer)
    for (const call of waiting) {
      const waitMs = openAt - performance.now()
      if (free === 0) return
      if (waitMs > 0) {
        timer = setTimeout(admit, Math.ceil(waitMs))
        return
      }
      free--
      waiting.delete(call)
      call()
    }
  }

  const tryEnter = (): boolean => {
    if (waiting.size > 0 || free === 0 || openAt > performance.now()) return false
    free--
    return true
  }

  return {
    tryEnter,
    async enter(stop) {
      if (stop.reason()) throw failure('stopped')
      if (tryEnter()) return
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      // Out of the line in the same turn: a place given to somebody who has left would never come back.
      const forget = stop.onStop(() => {
        if (waiting.delete(resolve)) reject(failure('stopped'))
      })
      waiting.add(resolve)
      admit()
      try {
        await promise
      } finally {
        forget()
      }
    },
    leave(longerMs = 0) {
      free++
      openAt = performance.now() + Math.max(gapMs, longerMs)
      admit()
    },
    isIdle: () => free === places && waiting.size === 0 && openAt <= performance.now(),
  }
}
