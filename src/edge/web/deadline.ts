import { failure, type WebError } from './web-error.ts'

/** Tells those at work on a download when to stop. Not a signal: each download would make one, and
 *  most never look at it. */
export type Stop = Readonly<{
  /** Undefined while all is well. */
  reason(): WebError | undefined
  /** Calls `act` once, at the word. @returns forgets it */
  onStop(act: () => void): () => void
}>

/** The time of one download (S11): it runs while we work, not while we wait for our turn. */
export type Deadline = Stop &
  Readonly<{
    /** The same for those who know signals alone; its reason is the WebError. */
    signal(): AbortSignal
    /** Runs `work` against the clock. */
    run<T>(work: () => Promise<T>): Promise<T>
    stop(): void
    /** Forgets the caller's signal, which may live for as long as the process. */
    end(): void
  }>

/** Stops at the caller's word, at ours, or when the time is over. */
export function createDeadline(totalMs: number, caller: AbortSignal): Deadline {
  const acts = new Set<() => void>()
  let reason: WebError | undefined
  const stopFor = (why: WebError) => {
    reason ??= why
    for (const act of acts) {
      acts.delete(act)
      act()
    }
  }
  const stop = () => stopFor(failure('stopped', caller.reason))
  const onStop = (act: () => void) => {
    acts.add(act)
    return () => void acts.delete(act)
  }
  let leftMs = totalMs
  const forget = onAbort(caller, stop)
  if (caller.aborted) stop()
  return {
    reason: () => reason,
    onStop,
    signal() {
      const controller = new AbortController()
      if (reason) controller.abort(reason)
      else onStop(() => controller.abort(reason))
      return controller.signal
    },
    stop,
    async run(work) {
      const startedAt = performance.now()
      const timer = setTimeout(() => stopFor(failure('timeout')), Math.max(leftMs, 0))
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
