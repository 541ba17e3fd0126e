/** The port Ticks by node-cron. */
import cron, { type ScheduledTask } from 'node-cron'
import type { Log, Ticks } from '../../flow/ports.ts'

export function createTicks(log: Log): Ticks {
  const tasks: ScheduledTask[] = []
  return {
    every(name, expression, run) {
      const guarded = async (): Promise<void> => {
        try {
          await run()
        } catch (error) {
          log.error('tick failed', { name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
        }
      }
      tasks.push(cron.schedule(expression, guarded, { name, noOverlap: true }))
    },
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()))
    },
  }
}
