/** The three loops and the ticks around them, started and stopped together. */
import { createTicks } from '../edge/clock/ticks.ts'
import { measuredChat } from '../edge/metrics/measured.ts'
import { createRewriter } from '../edge/summary/rewriter.ts'
import { type DeliverWorld, deliverStep } from '../flow/deliver.ts'
import { digestStep } from '../flow/digest.ts'
import { gatherStep } from '../flow/gather.ts'
import { type Loop, runLoop } from '../flow/loop.ts'
import { point } from '../flow/points.ts'
import type { LoopName, Rewriter, Ticks } from '../flow/ports.ts'
import { createTopics, readStep } from '../flow/read.ts'
import { readBackStep } from '../flow/read-back.ts'
import { createTries } from '../flow/tries.ts'
import { backUpDaily } from './backup.ts'
import type { House } from './house.ts'

/** CARD.md, D5: what is in flight at SIGTERM has so long. */
const FINISH_MS = 10_000
/** The first polls of a new house are spread over a minute: a hundred sites at once would look like an attack from here, and be one there. */
export const FIRST_POLLS_MS = 60_000
/** A loop is as many workers as it takes, each on its own claim: a slow site holds up nobody else. The web keeps hosts apart. */
const GATHER_WORKERS = 16
const READ_WORKERS = 6
/** One delivery a lane; so many lanes at once. 45 a second are allowed, and a request takes 150 ms on a good day: half a second of them in
 *  flight keeps the pace on a bad one too (twelve fell to 0.64 of it at 400 ms). */
const DELIVER_WORKERS = 24
/** Channels read back at once after an older copy's return: each may take a minute, and delivery goes on beside them. */
const READ_BACK_WORKERS = 4
const DAY_MS = 24 * 60 * 60_000

/** What a loop did last, for health checks and the operator's panel. */
export type Turn = Readonly<{
  /** When a step last ended, whether there was work or not. */
  turnedAt: number
  /** Set while its steps fail: since when, and how. */
  failing?: Readonly<{ since: number; error: string }> | undefined
  /** When a step last did work, and how long it took. */
  lastAt?: number
  lastTookMs?: number
}>

export type Running = Readonly<{
  turns: ReadonlyMap<LoopName, Turn>
  /** The far side's clock showed this a moment ago. */
  hearTime(at: number): void
  /** Stops claiming, lets what is in flight finish, and returns. */
  stop(): Promise<void>
  /** Delivery alone stops: the far side takes nothing from us. */
  stopDelivery(): void
}>

type Step = (signal: AbortSignal) => Promise<number>

/** `chat` is undefined until the far side is known: then `wake` calls delivery. */
export type Far = Pick<DeliverWorld, 'onStop'> & Readonly<{ chat(): DeliverWorld['chat'] | undefined }>

export function startLoops(house: House, { chat, onStop }: Far): Running {
  const { settings, store, web, reader, wake, log, now, chance, metrics } = house
  const stopping = new AbortController()
  const deliveryStopping = new AbortController()
  const deadline = new AbortController()
  const turns = new Map<LoopName, Turn>()
  const crew = (count: number, loop: Pick<Loop, 'name' | 'step'>, until: AbortSignal): readonly Promise<void>[] => {
    const step = counted(loop, turns, house)
    return Array.from({ length: count }, () => runLoop({ ...loop, step, wake, log }, until, deadline.signal))
  }
  const gather = { store, web, reader, wake, log, now, chance, intervalMs: settings.feeds.intervalMinutes * 60_000 }
  const read = {
    store,
    web,
    reader,
    wake,
    log,
    now,
    chance,
    topics: createTopics(settings.topics),
    ...rewriterOf(settings),
  }
  const { timeShare: share } = settings.delivery
  const tries = createTries(
    () => performance.now() / share,
    () => performance.now(),
  )
  const clocks = { metrics, now, elapsed: () => performance.now() }
  const deliver = { store, log, now, chance, tries, share, topics: settings.topics, onStop }
  /** Nothing is claimed for a far side that is not known yet. */
  const saying =
    (step: (world: DeliverWorld, signal: AbortSignal) => Promise<number>): Step =>
    async (signal) => {
      const known = chat()
      return known ? step({ ...deliver, chat: measuredChat(known, clocks) }, signal) : 0
    }
  const deliverySignal = AbortSignal.any([stopping.signal, deliveryStopping.signal])
  const loops = [
    ...crew(GATHER_WORKERS, { name: 'gather', step: (signal) => gatherStep(gather, signal) }, stopping.signal),
    ...crew(READ_WORKERS, { name: 'read', step: (signal) => readStep(read, signal) }, stopping.signal),
    ...crew(DELIVER_WORKERS, { name: 'deliver', step: saying(deliverStep) }, deliverySignal),
  ]
  const readBack = saying(readBackStep)
  for (let n = 0; n < READ_BACK_WORKERS; n++)
    loops.push(runLoop({ name: 'deliver', step: readBack, wake, log }, deliverySignal, deadline.signal))
  const ticks = startTicks(house)
  return {
    turns,
    hearTime: tries.hear,
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

/** The model that may put summaries in its own words, where the operator set one. */
function rewriterOf({ summaryEndpoint, summary }: House['settings']): Readonly<{ rewriter?: Rewriter }> {
  if (!summaryEndpoint) return {}
  return { rewriter: createRewriter({ ...summaryEndpoint, ...summary }, () => performance.now()) }
}

type Counted = Pick<Loop, 'name' | 'step'>

/** Notes how each step of a loop went, for health checks, the panel and the metrics. */
function counted({ name, step }: Counted, turns: Map<LoopName, Turn>, { now, metrics }: House): Step {
  const count = (outcome: 'failed' | 'worked' | 'idle'): void =>
    metrics.count('pullquote_loop_steps_total', { loop: name, outcome })
  return async (signal) => {
    const startedAt = now()
    const done = await step(signal).catch((error: unknown) => {
      const since = turns.get(name)?.failing?.since ?? now()
      const failing = { since, error: error instanceof Error ? error.message : String(error) }
      turns.set(name, { turnedAt: startedAt, ...turns.get(name), failing })
      count('failed')
      throw error
    })
    const at = now()
    count(done > 0 ? 'worked' : 'idle')
    if (done > 0) metrics.observe('pullquote_loop_step_seconds', { loop: name }, (at - startedAt) / 1_000)
    const did = done > 0 ? { lastAt: at, lastTookMs: at - startedAt } : {}
    turns.set(name, { ...turns.get(name), ...did, turnedAt: at, failing: undefined })
    return done
  }
}

/** What happens by the clock. */
function startTicks(house: House): Ticks {
  const { settings, store, wake, log, now } = house
  const ticks = createTicks(log)
  ticks.every('loops', '* * * * * *', async () => {
    for (const name of ['gather', 'read', 'deliver'] as const) wake.call(name)
  })
  ticks.every('digests', '*/10 * * * * *', async () => {
    await digestStep({ store, wake, log, now })
  })
  let failingBefore = -1
  ticks.every('feeds', '30 * * * * *', async () => {
    const feeds = await store.allFeeds()
    const failing = feeds.filter(({ failures }) => failures > 0).length
    if (failing === failingBefore) return
    failingBefore = failing
    log[failing > 0 ? 'warn' : 'info']('feeds', { polled: feeds.length, failing })
  })
  ticks.every('housekeeping', '0 17 * * * *', async () => {
    const { articles, delivery } = settings
    const keep = { articleMs: articles.keepDays * DAY_MS, deliveryMs: delivery.keepDays * DAY_MS }
    const swept = await store.sweep(keep, now())
    point('sweep done')
    log.info('swept', swept)
  })
  ticks.every('backup', '0 7 * * * *', () => backUpDaily(house))
  return ticks
}
