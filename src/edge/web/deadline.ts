import { failure } from './web-error.ts'

/** The time of one download (S11): it runs while we work, not while we wait for our turn. */
export type Deadline = Readonly<{
  /** Aborts at the caller's word, at ours, or when the time is over; its reason is a WebError. */
  signal: AbortSignal
  /** Runs `work` against the clock. */
  run<T>(work: () => Promise<T>): Promise<T>
  stop(): void
  /** Forgets the caller's signal, which may live for as long as the process. */
  end(): void
}>

export function createDeadline(totalMs: number, caller: AbortSignal): Deadline {
  const controller = new AbortController()
  const stop = () => controller.abort(failure('stopped', caller.reason))
  let leftMs = totalMs
  const forget = onAbort(caller, stop)
  if (caller.aborted) stop()
  return {
    signal: controller.signal,
    stop,
    async run(work) {
      const startedAt = performance.now()
      const timer = setTimeout(() => controller.abort(failure('timeout')), Math.max(leftMs, 0))
      try {
        return await work()
      } finally {
        clearTimeout(timer)
        leftMs -= performance.now() - startedAt
      }
    },
    end: forget,
  }
}

/** What is to be done when a signal aborts. One signal goes with every download for as long as the process lives: a listener of its own for
 *  each would be looked for among all others when it goes. */
const acts = new WeakMap<AbortSignal, Set<() => void>>()

/** @returns forgets it */
function onAbort(signal: AbortSignal, act: () => void): () => void {
  const all = acts.get(signal) ?? listen(signal)
  all.add(act)
  return () => void all.delete(act)
}

function listen(signal: AbortSignal): Set<() => void> {
  const all = new Set<() => void>()
  acts.set(signal, all)
  signal.addEventListener('abort', () => {
    for (const act of all) act()
  })
  return all
}
