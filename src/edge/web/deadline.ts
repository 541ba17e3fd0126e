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
  caller.addEventListener('abort', stop)
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
    end() {
      caller.removeEventListener('abort', stop)
    },
  }
}
