import type { Log, ReaderLoss } from '../../flow/ports.ts'
import { createCrew } from './crew.ts'
import type { Job } from './job.ts'
import type { JobEnd, Worker, WorkerLimits } from './worker.ts'

type Waiting = { readonly job: Job; readonly signal: AbortSignal; settle(end: JobEnd): void }

/** Children that take jobs first come first served, one at a time each. */
export type Pool = Readonly<{
  run(job: Job, signal: AbortSignal): Promise<JobEnd>
  close(): Promise<void>
}>
export type PoolOptions = WorkerLimits & Readonly<{ children: number; log?: Log }>

const WAITING_MAX = 1_000 // jobs hold their bytes: more is somebody's endless loop
const SPARES = 1 // warm, so that the job after a killed one does not wait for a start
const RETIRE_SHARE = 0.9 // of the memory limit: what the last job left must not kill the next

/** Starts at once, with one child more than there may be jobs. */
export function createPool(options: PoolOptions): Pool {
  const waiting = new Set<Waiting>()
  const closing = new AbortController()
  const rssBytesMax = options.rssMaxMb * RETIRE_SHARE * 1024 * 1024
  let busy = 0

  function next(): void {
    for (const each of waiting) {
      const worker = busy < options.children ? crew.take() : undefined
      if (worker === undefined) return
      waiting.delete(each)
      void work(worker, each)
    }
  }

  async function work(worker: Worker, { job, signal, settle }: Waiting): Promise<void> {
    busy++
    const end = await worker.run(job, signal)
    busy--
    settle(end)
    if (end.kind === 'done' && (end.rssBytes ?? 0) <= rssBytesMax) crew.giveBack(worker)
    else worker.kill() // it has grown too large, or is still at what nobody waits for
    next()
  }

  const crew = createCrew(
    { ...options, size: options.children + SPARES },
    {
      ready: next,
      lost() {
        for (const each of waiting) each.settle({ kind: 'lost', reason: 'crashed' })
      },
    },
  )
  return {
    async run(job, signal) {
      if (closing.signal.aborted || signal.aborted || waiting.size >= WAITING_MAX) return stopped
      const { promise, resolve } = Promise.withResolvers<JobEnd>()
      const stop = new AbortController()
      const each: Waiting = {
        job,
        signal: stop.signal,
        settle(end) {
          waiting.delete(each)
          resolve(end)
        },
      }
      const onAbort = () => {
        stop.abort()
        if (waiting.has(each)) each.settle(stopped)
      }
      for (const source of [signal, closing.signal]) source.addEventListener('abort', onAbort)
      waiting.add(each)
      next()
      const end = await promise
      for (const source of [signal, closing.signal]) source.removeEventListener('abort', onAbort)
      return end
    },
    async close() {
      closing.abort()
      await crew.close()
    },
  }
}
const stopped: ReaderLoss = { kind: 'lost', reason: 'stopped' }
