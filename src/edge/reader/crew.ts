import type { Log } from '../../flow/ports.ts'
import { startWorker, type Worker, type WorkerLimits } from './worker.ts'

/** A number of children that are started, kept, and replaced when they die. The last of them waits until another is ready: a start takes most of a
 *  second of a core, and the first article is not to wait for two. */
export type Crew = Readonly<{
  /** One that is ready, and is ours until it is given back or killed. */
  take(): Worker | undefined
  giveBack(worker: Worker): void
  close(): Promise<void>
}>

export type CrewEvents = Readonly<{
  /** Somebody can be taken. */
  ready(): void
  /** None is left, and the last one could not even start. */
  lost(): void
}>

const RESTART_MS = 500 // after a child that could not start; doubled each time
const RESTART_MS_MAX = 30_000

export function createCrew(options: WorkerLimits & Readonly<{ size: number; log?: Log }>, events: CrewEvents): Crew {
  const workers = new Set<Worker>()
  const idle: Worker[] = []
  const restarts = new Set<NodeJS.Timeout>()
  let failedStarts = 0
  let closing = false
  let lastWaits = options.size > 1

  function start(): void {
    const worker = startWorker(options, options.log)
    workers.add(worker)
    introduce(workers)
    void worker.ready.then((started) => {
      if (!started) return
      failedStarts = 0
      idle.push(worker)
      events.ready()
      if (!lastWaits || closing) return
      lastWaits = false
      start()
    })
    void Promise.all([worker.ready, worker.exited]).then(([started]) => replace(worker, started))
  }

  function replace(worker: Worker, started: boolean): void {
    workers.delete(worker)
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
    introduce(workers)
    if (closing) return
    if (started) {
      start()
      return
    }
    if (workers.size === 0) events.lost()
    const delayMs = Math.min(RESTART_MS * 2 ** failedStarts++, RESTART_MS_MAX)
    const timer = setTimeout(() => {
      restarts.delete(timer)
      start()
    }, delayMs)
    restarts.add(timer)
  }

  for (let n = 0; n < options.size - (lastWaits ? 1 : 0); n++) start()
  return {
    take() {
      // The last to come back is the warmest; one may have died a moment ago.
      for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) if (worker.isAlive()) return worker
      return undefined
    },
    giveBack(worker) {
      idle.push(worker)
    },
    async close() {
      closing = true
      for (const timer of restarts) clearTimeout(timer)
      const all = [...workers]
      for (const worker of all) worker.kill()
      await Promise.all(all.map(({ exited }) => exited))
    },
  }
}

function introduce(workers: ReadonlySet<Worker>): void {
  for (const worker of workers) {
    const pids = [...workers].filter((other) => other !== worker).flatMap(({ pid }) => pid ?? [])
    worker.tell({ kind: 'siblings', pids })
  }
}
