/** What the operator's panel shows: plain data, made from the bot's store, read by the page as it is. */
import type { Feed } from '../../core/model.ts'
import { NEVER_AT } from '../../core/schedule.ts'
import { failureText, feedName } from '../../flow/followed.ts'
import type { DeliveryRow, Store } from '../../flow/ports/store.ts'
import type { LoopName } from '../../flow/ports.ts'
import type { DeliveryStatus, FeedStatus, OperatorStatus } from './page/wire.ts'

/** As many as a panel can show; the rest is in /feeds and /status. */
const FEED_ROWS_MAX = 200
const DELIVERY_ROWS_MAX = 20
const TROUBLED_ROWS_MAX = 20

export type StatusWorld = Readonly<{
  store: Pick<Store, 'allFeeds' | 'status' | 'deliveries' | 'troubled'>
  now(): number
  /** When each loop last did something, and how long it took; where the composition root counts it. */
  loops?: Readonly<Partial<Record<LoopName, Readonly<{ lastAt?: number; lastTookMs?: number }>>>>
}>

export async function operatorStatus({ store, now, loops = {} }: StatusWorld): Promise<OperatorStatus> {
  const at = now()
  const [status, feeds, latest, troubled] = await Promise.all([
    store.status('operator', at),
    store.allFeeds(),
    store.deliveries(DELIVERY_ROWS_MAX),
    store.troubled({ limit: TROUBLED_ROWS_MAX }),
  ])
  // What can be sent again must not scroll away behind what went well.
  const rows = [...new Map([...troubled, ...latest].map((row) => [row.delivery.id, row])).values()]
  const { deliveries: counts, feedToCardP95Ms } = status
  const waiting: Record<LoopName, number> = {
    gather: feeds.filter(({ nextPollAt }) => nextPollAt <= at).length,
    read: status.itemsWaiting,
    deliver: counts.queued + counts.sending + counts.unsure,
  }
  return {
    feeds: feeds.length,
    feedsUp: feeds.filter(({ failures, last }) => last && failures === 0).length,
    storiesToday: status.storiesToday,
    posted: counts.sent,
    ...(feedToCardP95Ms === undefined ? {} : { feedToCardP95Ms }),
    feedRows: byInterest(feeds).slice(0, FEED_ROWS_MAX).map(feedStatus),
    loops: (['gather', 'read', 'deliver'] as const).map((name) => ({ name, waiting: waiting[name], ...loops[name] })),
    deliveries: rows.map(deliveryStatus),
    counts,
  }
}

/** What broke lately, then what works, then what never worked: a machine without a network has many of those. */
function byInterest(feeds: readonly Feed[]): readonly Feed[] {
  const rank = ({ failures, lastSuccessAt, last }: Feed): number =>
    lastSuccessAt === undefined ? (last ? 2 : 3) : failures > 0 ? 0 : 1
  return feeds.toSorted((a, b) => rank(a) - rank(b) || feedName(a).localeCompare(feedName(b), 'en'))
}

function feedStatus(feed: Feed): FeedStatus {
  const { last, failures, nextPollAt } = feed
  return {
    name: feedName(feed),
    mood: last ? (failures > 0 ? 'bad' : 'good') : 'waiting',
    said: saidOf(feed),
    ...(failures > 0 && nextPollAt < NEVER_AT ? { nextAt: nextPollAt } : {}),
    ...(last ? { lastAt: last.at, tookMs: last.tookMs } : {}),
  }
}

function saidOf(feed: Feed): string {
  const gaps = feed.gaps ? ` · ${feed.gaps.count} gap${feed.gaps.count === 1 ? '' : 's'}` : ''
  return `${outcomeOf(feed)}${feed.silent ? ' · silent' : ''}${gaps}`
}

function outcomeOf(feed: Feed): string {
  const { last } = feed
  switch (last?.kind) {
    case 'unchanged':
      return '304 unchanged'
    case 'fetched':
      return `${last.status ?? 200} ok${last.newItems ? ` · ${last.newItems} new` : ''}`
    case 'gone':
      return `${last.status ?? 410} gone`
    case 'failed':
    case undefined:
      return failureText(feed)
  }
}

function deliveryStatus({ delivery, title }: DeliveryRow): DeliveryStatus {
  const { id, state, createdAt } = delivery
  return {
    id,
    title,
    state,
    ...(state === 'sent' ? { tookMs: delivery.sentAt - createdAt } : {}),
    ...(state === 'dead' || state === 'held' ? { reason: delivery.reason } : {}),
  }
}
