/** The port Wake inside one process: a call frees whoever waits, or the next who will. */
import type { LoopName, Wake } from '../../flow/ports.ts'

export function createWake(): Wake {
  const called = new Set<LoopName>()
  const sleepers = new Map<LoopName, Set<() => void>>()
  return {
    call(loop) {
      const waiting = sleepers.get(loop)
      if (!waiting || waiting.size === 0) called.add(loop)
      for (const wakeUp of waiting ?? []) wakeUp()
    },
    wait(loop, maxMs, signal) {
      if (called.delete(loop) || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const waiting = sleepers.get(loop) ?? new Set()
        sleepers.set(loop, waiting)
        const wakeUp = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', wakeUp)
          waiting.delete(wakeUp)
          resolve()
        }
        const timer = setTimeout(wakeUp, maxMs)
        signal.addEventListener('abort', wakeUp, { once: true })
        waiting.add(wakeUp)
      })
    },
  }
}
