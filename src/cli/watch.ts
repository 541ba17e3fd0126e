/** What whoever watches the bot may ask it, on the status port. */
import { houseCollector, processCollector } from '../edge/metrics/collected.ts'
import { openStatusPage } from '../edge/status/status.ts'
import { turnsProblem } from './heartbeat.ts'
import type { House } from './house.ts'
import type { Running } from './loops.ts'

/** One bad second (a lock, a full disk that was mended) is no news. */
const FAILING_MS = 2_000

/** @param unready - what else keeps it from its work, in one line */
export async function watched(
  { settings, store, now, metrics, version }: House,
  { turns }: Pick<Running, 'turns'>,
  unready: () => string | undefined,
): Promise<Readonly<{ close(): Promise<void> }>> {
  if (settings.statusPort === undefined) return { close: async () => undefined }
  const own = processCollector()
  metrics.collect(houseCollector({ store, now, turns: () => turns, version }))
  metrics.collect(own.collector)
  const page = await openStatusPage(settings.statusPort, {
    health: () => turnsProblem(turns, now()),
    ready: () => unready() ?? failingLoop(turns, now()),
    metrics: () => metrics.text(),
  })
  return {
    async close() {
      own.close()
      await page.close()
    },
  }
}

function failingLoop(turns: Running['turns'], now: number): string | undefined {
  for (const [name, { failing }] of turns)
    if (failing && now - failing.since >= FAILING_MS) return `The loop ${name} fails: ${failing.error.split('\n')[0]}`
  return undefined
}
