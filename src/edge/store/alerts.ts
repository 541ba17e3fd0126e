/** What is said about an article: decided by core inside the transaction that keeps it. */
import { type AlertContext, mutedIn } from '../../core/alert.ts'
import { targetKey } from '../../core/follow.ts'
import type { ArticleId, Mute, StoryId, Subscription, Target } from '../../core/model.ts'
import type { ArticleKeeping, KeptItem } from '../../flow/ports/store.ts'
import { type DeliveryRow, deliveryIn, WAITS } from './delivery-rows.ts'
import { journal } from './journal.ts'
import { nounIn, readable } from './json.ts'
import { placePlanned } from './planned.ts'
import type { Sql } from './sql.ts'
import { storyFor } from './stories.ts'
import { type Audience, isIn } from './viewer.ts'

const DAY_MS = 86_400_000

type Planning = Readonly<{
  keeping: ArticleKeeping
  /** Under which the article is kept. */
  articleId: ArticleId
  storyId: StoryId
  item: KeptItem
  before: Audience
  after: Audience
}>

/** @returns how many were queued, and how many folded */
export function planAlerts(sql: Sql, planning: Planning, now: number): Readonly<{ queued: number; folded: number }> {
  const { keeping, storyId, item } = planning
  const subscriptions = wanting(sql, planning)
  if (subscriptions.length === 0) return { queued: 0, folded: 0 }
  const counts = { queued: 0, folded: 0 }
  const revision = sql.first<{ revision: number }>('select revision from stories where id = :id', { id: storyId })
  const context = contextOf(sql, { storyId, subscriptions, articleId: planning.articleId }, now)
  for (const { target, serverId, reason } of mutedIn({ outlet: keeping.article.outlet, feedId: item.feed.id }, context))
    journal(sql, { target, serverId, subject: { kind: 'card', storyId }, part: 0 }, { said: 'muted', reason, now })
  for (const planned of keeping.alert(context)) {
    const dated = { now, revision: revision?.revision ?? 1, seenAt: item.firstSeenAt }
    const placed = placePlanned(sql, planned, dated)
    if (placed !== 'taken') counts[placed]++
  }
  return counts
}

/** Subscriptions of servers for which the article is new, and those that ask for this very feed. */
function wanting(sql: Sql, { keeping, storyId, item, before, after }: Planning): readonly Subscription[] {
  const feedId = item.feed.id
  const keys = JSON.stringify([...keeping.followKeys, `story:${storyId}`])
  const rows = sql.all<{ body: string }>(
    `select s.body from subscriptions s where s.follow_key in (select value from json_each(:keys)) and s.paused = 0
       and not exists (select 1 from servers v where v.id = s.server_id and v.left_at is not null)
     order by s.seq`,
    { keys },
  )
  return readable(rows, ({ body }) => nounIn<Subscription>(body, 'id', 'target', 'follows')).filter(
    ({ serverId, follows, sources }) => {
      if (!isIn(after, serverId)) return false
      const asksForFeed = (follows.kind === 'feed' && follows.feedId === feedId) || sources?.includes(feedId) === true
      return asksForFeed || !isIn(before, serverId)
    },
  )
}

type Deciding = Readonly<{ storyId: StoryId; subscriptions: readonly Subscription[]; articleId: ArticleId }>

function contextOf(sql: Sql, { storyId, subscriptions, articleId }: Deciding, now: number): AlertContext {
  const servers = JSON.stringify([...new Set(subscriptions.map(({ serverId }) => serverId))])
  const mutes = sql.all<{ body: string }>(
    'select body from mutes where until_at > :now and server_id in (select value from json_each(:servers))',
    { now, servers },
  )
  return {
    storyId,
    articleId,
    subscriptions,
    mutes: readable(mutes, ({ body }) => nounIn<Mute>(body, 'what')),
    cardsToday: (id) =>
      countOf(
        sql.first<Count>(
          `select count(*) count from delivery_subscriptions ds join deliveries d on d.seq = ds.seq
           where ds.subscription_id = :id and d.created_at >= :since and d.subject >= 'card:' and d.subject < 'card;'
             and d.state in ('queued', 'sending', 'unsure', 'sent')`,
          { id, since: Math.floor(now / DAY_MS) * DAY_MS },
        ),
      ),
    waiting: (target) =>
      countOf(
        sql.first<Count>(`select count(*) count from deliveries where target = :target and ${WAITS}`, {
          target: targetKey(target),
        }),
      ),
    earlier: (serverId) => (storyFor(sql, storyId, { serverId })?.articles ?? []).filter(({ id }) => id !== articleId),
    said: (target) => saidOf(sql, target, storyId),
  }
}

function saidOf(sql: Sql, target: Target, storyId: StoryId): ReturnType<AlertContext['said']> {
  const bound = { target: targetKey(target), story: storyId }
  const row = sql.first<DeliveryRow>(
    // By its name: without the plus all that was ever sent would be gone through.
    "select * from deliveries where target = :target and subject = 'card:' || :story and +state = 'sent'",
    bound,
  )
  const card = row && deliveryIn(row)
  const rows = sql.all<{ created_at: number }>(
    `select created_at from deliveries where target = :target
       and subject >= 'development:' || :story || ':' and subject < 'development:' || :story || ';'`,
    bound,
  )
  const lastAt = Math.max(0, ...rows.map((one) => one.created_at))
  const sent = card?.state === 'sent' ? { card: { at: card.sentAt, message: card.message } } : {}
  return { ...sent, developments: rows.length, lastAt }
}

type Count = Readonly<{ count: number }>
function countOf(row: Count | undefined): number {
  return row?.count ?? 0
}
