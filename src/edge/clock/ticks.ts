/** The port Ticks by node-cron. */
import cron, { type ScheduledTask } from 'node-cron'
import type { Log, Ticks } from '../../flow/ports.ts'

/** How often the clock is looked at, and what it may be put back unnoticed. */
const CLOCK_MS = 1_000

export function createTicks(log: Log): Ticks {
  const tasks: ScheduledTask[] = []
  const running = new Set<Promise<void>>()
  let ahead = aheadMs()
  // node-cron waits for the next moment by the clock that was: put back by an hour, it would be silent for an hour.
  const watch = setInterval(() => {
    const before = ahead
    ahead = aheadMs()
    if (before - ahead >= CLOCK_MS) for (const task of tasks) beginAnew(task)
  }, CLOCK_MS)
  return {
    every(name, expression, run) {
      const guarded = async (): Promise<void> => {
        try {
          await run()
        } catch (error) {
          log.error('tick failed', {
            name,
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          })
        }
      }
      const counted = async (): Promise<void> => {
        const one = guarded()
        running.add(one)
        await one
        running.delete(one)
      }
      tasks.push(cron.schedule(expression, counted, { name, noOverlap: true, logger: loggerOf(log) }))
    },
    async stop() {
      clearInterval(watch)
      await Promise.all(tasks.map((task) => task.destroy()))
      // What they work on is closed after this.
      await Promise.all(running)
    },
  }
}

function aheadMs(): number {
  return Date.now() - performance.now()
}

function beginAnew(task: ScheduledTask): void {
  void task.stop()
  void task.start()
}

/** Its own would print past our log; a tick that a busy moment missed is no news: the next one does the same. */
function loggerOf(log: Log) {
  const told = (text: string | Error): void => log.debug('ticks', { text: String(text) })
  return {
    info: told,
    warn: told,
    debug: told,
    error: (text: string | Error) => log.error('ticks', { error: String(text) }),
  }
}
