/** The three loops and the ticks around them, started and stopped together. */
import { createTicks } from '../edge/clock/ticks.ts'
import { type DeliverWorld, deliverStep } from '../flow/deliver.ts'
import { digestStep } from '../flow/digest.ts'
import { gatherStep } from '../flow/gather.ts'
import { type Loop, runLoop } from '../flow/loop.ts'
import type { LoopName } from '../flow/ports.ts'
import { createTopics, readStep } from '../flow/read.ts'
import type { House } from './house.ts'

/** CARD.md, D5: what is in flight at SIGTERM has so long. */
const FINISH_MS = 10_000
/** The first polls of a new house are spread over a minute: a hundred sites at once would look like an attack from here, and be one there. */
export const FIRST_POLLS_MS = 60_000
/** Feeds polled, and items read, at once: most of the time is waiting for a site. The web keeps hosts apart. */
const GATHER_WORKERS = 16
const READ_WORKERS = 6
/** One delivery a lane; so many lanes at once. A request takes some 150 ms, and 45 a second are allowed. */
const DELIVER_WORKERS = 12
const DAY_MS = 24 * 60 * 60_000

/** A loop is as many workers as it takes, each on its own claim: a slow site holds up nobody else. */
function workers(count: number, run: () => Promise<void>): readonly Promise<void>[] {
  return Array.from({ length: count }, run)
}

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
  const run = (loop: Loop, until: AbortSignal): Promise<void> => runLoop(loop, until, deadline.signal)
  const loops = [
    ...workers(GATHER_WORKERS, () =>
      run(
        counted('gather', (signal) => gatherStep(gather, signal)),
        stopping.signal,
      ),
    ),
    ...workers(READ_WORKERS, () =>
      run(
        counted('read', (signal) => readStep(read, signal)),
        stopping.signal,
      ),
    ),
    ...workers(DELIVER_WORKERS, () =>
      run(
        counted('deliver', (signal) => deliverStep(deliver, signal)),
        deliverySignal,
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
