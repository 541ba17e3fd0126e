/** What the operator's panel shows: plain data, made from the bot's store, read by the page as it is. */
import { byTrouble, feedHealth, networkFault } from '../../core/feed-health.ts'
import type { Feed } from '../../core/model.ts'
import { en } from '../../core/say/en.ts'
import { feedName } from '../../flow/followed.ts'
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
  const network = networkFault(feeds)
  return {
    feeds: feeds.length,
    feedsUp: feeds.filter(({ failures, last }) => last && failures === 0).length,
    storiesToday: status.storiesToday,
    posted: counts.sent,
    ...(feedToCardP95Ms === undefined ? {} : { feedToCardP95Ms }),
    ...(network ? { network } : {}),
    feedRows: byInterest(feeds)
      .slice(0, FEED_ROWS_MAX)
      .map((feed) => feedStatus(feed, { at, cures: !network })),
    loops: (['gather', 'read', 'deliver'] as const).map((name) => ({ name, waiting: waiting[name], ...loops[name] })),
    deliveries: rows.map(deliveryStatus),
    counts,
  }
}

function byInterest(feeds: readonly Feed[]): readonly Feed[] {
  return feeds.toSorted((a, b) => byTrouble(a, b) || feedName(a).localeCompare(feedName(b), 'en'))
}

const MOODS = { waiting: 'waiting', well: 'good', silent: 'silent', failing: 'bad', gone: 'bad' } as const

function feedStatus(feed: Feed, { at, cures }: Readonly<{ at: number; cures: boolean }>): FeedStatus {
  const { mood, outcome, lastAt, tookMs, nextAt, itemsADay, sinceAt, cure } = feedHealth(feed, at)
  const gaps = feed.gaps ? ` · ${feed.gaps.count} gap${feed.gaps.count === 1 ? '' : 's'}` : ''
  return {
    name: feedName(feed),
    mood: MOODS[mood],
    said: `${outcome}${mood === 'silent' ? ' · silent' : ''}${gaps}`,
    ...(cure && cures ? { cure } : {}),
    ...(nextAt === undefined ? {} : { nextAt }),
    ...(itemsADay === undefined ? {} : { perDay: en.health.perDay(itemsADay) }),
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(tookMs === undefined ? {} : { tookMs }),
    ...(sinceAt === undefined ? {} : { sinceAt }),
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
