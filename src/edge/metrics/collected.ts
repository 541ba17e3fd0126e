/** What is counted when somebody asks: queues, feeds, deliveries, and how the process does. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Store } from '../../flow/ports/store.ts'
import type { LoopName, Now } from '../../flow/ports.ts'
import type { Collector } from './metrics.ts'

export type House = Readonly<{
  store: Pick<Store, 'status' | 'allFeeds'>
  now: Now
  /** When each loop last ended a step. */
  turns(): ReadonlyMap<LoopName, Readonly<{ turnedAt: number }>>
  version: string
}>

/** Counting deliveries reads their index: often asked, it would cost more than it tells. */
const COUNTED_FOR_MS = 5_000

export function houseCollector({ store, now, turns, version }: House): Collector {
  let counted: Readonly<{ at: number; values: ReturnType<Collector> }> | undefined
  const count: Collector = async () => {
    const [status, feeds] = await Promise.all([store.status('operator', now()), store.allFeeds()])
    const { deliveries } = status
    const at = now()
    const queues: Readonly<Record<LoopName, number>> = {
      gather: feeds.filter(({ nextPollAt }) => nextPollAt <= at).length,
      read: status.itemsWaiting,
      deliver: deliveries.queued + deliveries.sending + deliveries.unsure,
    }
    const failing = feeds.filter(({ failures }) => failures > 0).length
    const waiting = feeds.filter(({ failures, lastSuccessAt }) => failures === 0 && lastSuccessAt === undefined).length
    const byState = { answering: feeds.length - failing - waiting, failing, waiting }
    return [
      { name: 'pullquote_queue', help: 'What each loop has before it.', values: labelled('loop', queues) },
      { name: 'pullquote_feeds', help: 'Feeds that are polled.', values: labelled('state', byState) },
      { name: 'pullquote_deliveries', help: 'Deliveries that are kept.', values: labelled('state', deliveries) },
      { name: 'pullquote_articles', help: 'Articles that are kept.', values: [{ value: status.articles }] },
      { name: 'pullquote_subscriptions', help: 'Subscriptions.', values: [{ value: status.subscriptions }] },
    ]
  }
  return async () => {
    if (!counted || now() - counted.at >= COUNTED_FOR_MS || now() < counted.at) counted = { at: now(), values: count() }
    const turned = [...turns()].map(([loop, { turnedAt }]) => [loop, turnedAt / 1_000] as const)
    return [
      ...(await counted.values),
      {
        name: 'pullquote_loop_last_turn_seconds',
        help: 'When each loop last ended a step, in seconds since 1970.',
        values: labelled('loop', Object.fromEntries(turned)),
      },
      { name: 'pullquote_info', help: 'The version.', values: [{ labels: { version }, value: 1 }] },
    ]
  }
}

function labelled(label: string, values: Readonly<Record<string, number>>) {
  return Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }))
}

const NANOSECONDS = 1e9
/** @returns a collector, and what ends its measuring */
export function processCollector(): Readonly<{ collector: Collector; close(): void }> {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const collector: Collector = async () => {
    const { rss, heapUsed } = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    const quantiles = [50, 99].map((percent) => ({
      labels: { quantile: String(percent / 100) },
      value: delay.percentile(percent) / NANOSECONDS,
    }))
    // Each scrape tells of the time since the last.
    delay.reset()
    return [
      {
        name: 'pullquote_event_loop_delay_seconds',
        help: 'Since the last scrape; 10 ms of it are the measuring itself.',
        values: quantiles,
      },
      {
        name: 'process_resident_memory_bytes',
        help: 'Memory of this process, its children not counted.',
        values: [{ value: rss }],
      },
      { name: 'nodejs_heap_used_bytes', help: 'Heap in use.', values: [{ value: heapUsed }] },
      {
        name: 'pullquote_cpu_seconds',
        help: 'Processor time used so far.',
        values: [{ value: (user + system) / 1e6 }],
      },
      { name: 'process_uptime_seconds', help: 'Since the start.', values: [{ value: process.uptime() }] },
    ]
  }
  return { collector, close: () => delay.disable() }
}
