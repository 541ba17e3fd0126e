/** The three loops and the ticks around them, started and stopped together. */
import { createTicks } from '../edge/clock/ticks.ts'
import { type DeliverWorld, deliverStep } from '../flow/deliver.ts'
import { digestStep } from '../flow/digest.ts'
import { gatherStep } from '../flow/gather.ts'
import { runLoop } from '../flow/loop.ts'
import type { LoopName } from '../flow/ports.ts'
import { createTopics, readStep } from '../flow/read.ts'
import type { House } from './house.ts'

/** CARD.md, D5: what is in flight at SIGTERM has so long. */
const FINISH_MS = 10_000
/** One delivery a lane; so many lanes at once. A request takes some 150 ms, and 45 a second are allowed. */
const DELIVER_WORKERS = 12
const DAY_MS = 24 * 60 * 60_000

export type Running = Readonly<{
  /** When each loop last ended a step, epoch ms: what the health check looks at. */
  turns: ReadonlyMap<LoopName, number>
  /** Stops claiming, lets what is in flight finish, and returns. */
  stop(): Promise<void>
  /** Delivery alone stops: the far side takes nothing from us. */
  stopDelivery(): void
}>

export function startLoops(house: House, far: Pick<DeliverWorld, 'chat' | 'onStop'>): Running {
  const { settings, store, web, reader, wake, log, now, chance } = house
  const stopping = new AbortController()
  const deliveryStopping = new AbortController()
  const deadline = new AbortController()
  const turns = new Map<LoopName, number>()
  const counted = (name: LoopName, step: (signal: AbortSignal) => Promise<number>) => ({
    name,
    wake,
    log,
    step: async (signal: AbortSignal): Promise<number> => {
      const done = await step(signal)
      turns.set(name, now())
      return done
    },
  })
  const gather = { store, web, reader, wake, log, now, chance, intervalMs: settings.feeds.intervalMinutes * 60_000 }
  const read = { store, web, reader, wake, log, now, chance, topics: createTopics(settings.topics) }
  const deliver = { store, log, now, chance, topics: settings.topics, ...far }
  const deliverySignal = AbortSignal.any([stopping.signal, deliveryStopping.signal])
  const loops = [
    runLoop(
      counted('gather', (signal) => gatherStep(gather, signal)),
      stopping.signal,
      deadline.signal,
    ),
    runLoop(
      counted('read', (signal) => readStep(read, signal)),
      stopping.signal,
      deadline.signal,
    ),
    ...Array.from({ length: DELIVER_WORKERS }, () =>
      runLoop(
        counted('deliver', (signal) => deliverStep(deliver, signal)),
        deliverySignal,
        deadline.signal,
      ),
    ),
  ]
  const ticks = createTicks(log)
  ticks.every('loops', '* * * * * *', async () => {
    for (const name of ['gather', 'read', 'deliver'] as const) wake.call(name)
  })
  ticks.every('digests', '*/10 * * * * *', async () => {
    await digestStep({ store, wake, log, now })
  })
  ticks.every('housekeeping', '0 17 * * * *', async () => {
    const swept = await store.sweep({ articleMs: settings.articles.keepDays * DAY_MS }, now())
    log.info('swept', swept)
  })
  return {
    turns,
    stopDelivery: () => deliveryStopping.abort(),
    async stop() {
      stopping.abort()
      await ticks.stop()
      const timer = setTimeout(() => deadline.abort(), FINISH_MS)
      await Promise.all(loops)
      clearTimeout(timer)
    },
  }
}
