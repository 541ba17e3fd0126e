import type { Log, ReaderLoss } from '../../flow/ports.ts'
import { createCrew } from './crew.ts'
import type { Job } from './job.ts'
import { createQueue, isSmall, type JobEnd, type Waiting } from './queue.ts'
import type { Worker, WorkerLimits } from './worker.ts'

/** Children that take jobs first come first served: one at a time each, or a few small feeds. */
export type Pool = Readonly<{
  run(job: Job, signal: AbortSignal): Promise<JobEnd>
  close(): Promise<void>
}>
export type PoolOptions = WorkerLimits & Readonly<{ children: number; log?: Log }>

const ASKED_MAX = 1_000 // jobs hold their bytes: more is somebody's endless loop
const SPARES = 1 // warm, so that the job after a killed one does not wait for a start
const RETIRE_SHARE = 0.9 // of the memory limit: what the last job left must not kill the next

/** Starts at once, with one child more than there may be jobs. */
export function createPool(options: PoolOptions): Pool {
  const queue = createQueue(next)
  const running = new Map<Waiting, Worker>()
  const rssBytesMax = options.rssMaxMb * RETIRE_SHARE * 1024 * 1024
  let asked = 0 // and not answered
  let busy = 0
  let isClosed = false

  function next(): void {
    while (busy < options.children) {
      const jobs = queue.next()
      const worker = jobs.length === 0 ? undefined : crew.take()
      if (worker === undefined) return
      for (const each of jobs) {
        queue.take(each)
        running.set(each, worker)
      }
      void work(worker, jobs)
    }
  }

  async function work(worker: Worker, jobs: readonly Waiting[]): Promise<void> {
    busy++
    const end = await worker.run(jobs.map(({ job }) => job))
    busy--
    if (end.kind === 'done' && (end.rssBytes ?? 0) <= rssBytesMax) crew.giveBack(worker)
    else worker.kill() // it has grown too large, or is still at what nobody waits for
    for (const [at, each] of jobs.entries()) {
      running.delete(each)
      if (end.kind === 'done') each.settle({ kind: 'done', value: end.values[at] })
      else if (each.isStopped) each.settle(STOPPED)
      else if (jobs.length === 1) each.settle(end)
      else queue.put(each, true)
    }
    next()
  }

  function stop(each: Waiting): void {
    each.isStopped = true
    if (queue.take(each)) each.settle(STOPPED)
    else running.get(each)?.stop()
  }

  const crew = createCrew(
    { ...options, size: options.children + SPARES },
    {
      ready: next,
      lost() {
        for (const each of queue.all()) if (queue.take(each)) each.settle({ kind: 'lost', reason: 'crashed' })
      },
    },
  )
  return {
    async run(job, signal) {
      if (isClosed || signal.aborted || asked >= ASKED_MAX) return STOPPED
      const { promise, resolve } = Promise.withResolvers<JobEnd>()
      const each: Waiting = { job, isSmall: isSmall(job), isStopped: false, settle: resolve }
      const onAbort = () => stop(each)
      signal.addEventListener('abort', onAbort)
      asked++
      queue.put(each)
      const end = await promise
      asked--
      signal.removeEventListener('abort', onAbort)
      return end
    },
    async close() {
      isClosed = true
      for (const each of [...queue.all(), ...running.keys()]) stop(each)
      await crew.close()
    },
  }
}
const STOPPED: ReaderLoss = { kind: 'lost', reason: 'stopped' }
