/** Subscriptions, the words that servers follow, and mutes. */
import { followKey, targetKey } from '../../core/follow.ts'
import type { Mute, ServerId, Subscription, SubscriptionId } from '../../core/model.ts'
import type { Store } from '../../flow/ports/store.ts'
import { type DeliveryRow, deliveryIn, refreshLane, updateDelivery } from './delivery-rows.ts'
import { followedRevision, followedWords, noteWords } from './followed-words.ts'
import { journalWithdrawn } from './journal.ts'
import { nounIn, readable } from './json.ts'
import type { Database, Sql } from './sql.ts'

type SubscriptionMethods = Pick<
  Store,
  | 'addSubscription'
  | 'changeSubscription'
  | 'removeSubscription'
  | 'subscriptions'
  | 'allSubscriptions'
  | 'subscription'
  | 'followedWords'
  | 'followedRevision'
  | 'addMute'
  | 'mutes'
  | 'removeMute'
>

export function subscriptionMethods({ read, write }: Database): SubscriptionMethods {
  return {
    addSubscription: (subscription, max) => write((sql) => addSubscription(sql, subscription, max)),
    changeSubscription: (subscription) => write((sql) => changeSubscription(sql, subscription)),
    removeSubscription: (id, serverId) => write((sql) => removeSubscription(sql, id, serverId)),
    subscriptions: (serverId) =>
      read((sql) =>
        readable(
          sql.all<Row>('select body from subscriptions where server_id = :server order by seq', { server: serverId }),
          subscriptionOf,
        ),
      ),
    allSubscriptions: () =>
      read((sql) =>
        readable(
          sql.all<Row>(
            `select body from subscriptions s
             where not exists (select 1 from servers v where v.id = s.server_id and v.left_at is not null) order by seq`,
          ),
          subscriptionOf,
        ),
      ),
    subscription: (id, serverId) => read((sql) => subscriptionFor(sql, id, serverId)),
    followedWords: (since) => read((sql) => followedWords(sql, since)),
    followedRevision: () => read(followedRevision),
    addMute: (mute) => write((sql) => addMute(sql, mute)),
    mutes: (serverId, now) =>
      read((sql) => {
        const rows = sql.all<Row>(
          'select body from mutes where server_id = :server and until_at > :now order by until_at',
          {
            server: serverId,
            now,
          },
        )
        return readable(rows, ({ body }) => nounIn<Mute>(body, 'what'))
      }),
    removeMute: (mute) =>
      write((sql) => {
        sql.run(
          'delete from mutes where server_id = :server and channel_id = :channel and what = :what',
          muteName(mute),
        )
      }),
  }
}

type Row = Readonly<{ body: string }>

function subscriptionOf({ body }: Row): Subscription | undefined {
  return nounIn<Subscription>(body, 'id', 'target', 'follows')
}

function subscriptionFor(sql: Sql, id: SubscriptionId, serverId: ServerId): Subscription | undefined {
  const row = sql.first<Row>('select body from subscriptions where id = :id and server_id = :server', {
    id,
    server: serverId,
  })
  return row && subscriptionOf(row)
}

/** One that stands there by its id, or that says the same to the same target, is there already. */
function addSubscription(sql: Sql, subscription: Subscription, max: number): 'added' | 'already' | 'full' {
  const bound = { target: targetKey(subscription.target), follow: followKey(subscription.follows) }
  const there = sql.first('select 1 from subscriptions where id = :id or (target = :target and follow_key = :follow)', {
    ...bound,
    id: subscription.id,
  })
  if (there) return 'already'
  const row = sql.first<{ count: number }>('select count(*) count from subscriptions where server_id = :server', {
    server: subscription.serverId,
  })
  if ((row?.count ?? 0) >= max) return 'full'
  sql.run(
    `insert into subscriptions (id, server_id, target, follow_key, paused, body)
     values (:id, :server, :target, :follow, :paused, :body)`,
    { id: subscription.id, server: subscription.serverId, ...bound, ...writable(subscription) },
  )
  noteWords(sql, subscription)
  return 'added'
}

function writable(subscription: Subscription): Readonly<{ paused: number; body: string }> {
  return { paused: subscription.pausedAt === undefined ? 0 : 1, body: JSON.stringify(subscription) }
}

/** False where it is not there, belongs to another server, or would say the same as another one. */
function changeSubscription(sql: Sql, subscription: Subscription): boolean {
  const before = subscriptionFor(sql, subscription.id, subscription.serverId)
  if (!before) return false
  const changed = sql.run(
    `update or ignore subscriptions set target = :target, follow_key = :follow, paused = :paused, body = :body where id = :id`,
    {
      id: subscription.id,
      target: targetKey(subscription.target),
      follow: followKey(subscription.follows),
      ...writable(subscription),
    },
  )
  if (changed === 0) return false
  noteWords(sql, before)
  noteWords(sql, subscription)
  return true
}

function removeSubscription(sql: Sql, id: SubscriptionId, serverId: ServerId): Subscription | undefined {
  const subscription = subscriptionFor(sql, id, serverId)
  if (!subscription) return undefined
  sql.run('delete from subscriptions where id = :id', { id })
  withdraw(sql, id)
  noteWords(sql, subscription)
  return subscription
}

/** What only it asked for and was not said yet is not said; what others asked for too is theirs. */
function withdraw(sql: Sql, id: SubscriptionId): void {
  const rows = sql.all<DeliveryRow>(
    `select d.* from delivery_subscriptions ds join deliveries d on d.seq = ds.seq
     where ds.subscription_id = :id and d.digest_id is null and d.state in ('queued', 'held', 'folded')`,
    { id },
  )
  for (const row of rows) {
    const delivery = deliveryIn(row)
    const others = delivery?.alert.subscriptionIds.filter((other) => other !== id) ?? []
    sql.run('delete from delivery_subscriptions where subscription_id = :id and seq = :seq', { id, seq: row.seq })
    if (delivery && others.length > 0)
      updateDelivery(sql, { ...delivery, alert: { ...delivery.alert, subscriptionIds: others } })
    else {
      journalWithdrawn(sql, row.seq)
      sql.run('delete from deliveries where seq = :seq', { seq: row.seq })
    }
  }
  for (const target of new Set(rows.map((row) => row.target))) refreshLane(sql, target)
}

function addMute(sql: Sql, mute: Mute): void {
  sql.run(
    `insert into mutes (server_id, channel_id, what, until_at, body) values (:server, :channel, :what, :until, :body)
     on conflict (server_id, channel_id, what) do update set until_at = excluded.until_at, body = excluded.body`,
    { ...muteName(mute), until: Math.ceil(mute.untilAt), body: JSON.stringify(mute) },
  )
}

function muteName({ serverId, channelId, what }: Mute): Readonly<{ server: string; channel: string; what: string }> {
  const name = what.kind === 'source' ? `source:${what.outlet}` : `topic:${what.topicId}`
  return { server: serverId, channel: channelId, what: name }
}
