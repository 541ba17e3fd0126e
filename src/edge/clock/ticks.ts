/** The port Ticks by node-cron. */
import cron, { type ScheduledTask } from 'node-cron'
import type { Log, Ticks } from '../../flow/ports.ts'

export function createTicks(log: Log): Ticks {
  const tasks: ScheduledTask[] = []
  const running = new Set<Promise<void>>()
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
      await Promise.all(tasks.map((task) => task.destroy()))
      // What they work on is closed after this.
      await Promise.all(running)
    },
  }
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
