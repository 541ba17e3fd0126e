/** Folded alerts become lists. */
import { deliveryOf } from '../../core/delivery.ts'
import type { DigestStory } from '../../core/digest.ts'
import type { Delivery, StoryId, Subscription } from '../../core/model.ts'
import type { DueDigest, Store } from '../../flow/ports/store.ts'
import { type DeliveryRow, deliveryIn, insertDelivery, refreshLane } from './delivery-rows.ts'
import { nounIn, readable } from './json.ts'
import { becomesPosted } from './read-backs.ts'
import type { Database, Sql } from './sql.ts'
import { storyFor } from './stories.ts'

type DigestMethods = Pick<Store, 'dueDigests' | 'keepDigest' | 'digestStories'>

export function digestMethods({ read, write }: Database): DigestMethods {
  return {
    dueDigests: (now) => read((sql) => dueDigests(sql, now)),
    keepDigest: (due, perPart, now) => write((sql) => keepDigest(sql, { due, perPart }, now)),
    digestStories: (delivery) => read((sql) => digestStories(sql, delivery)),
  }
}

/** Those of subscriptions that are paused, and of servers that we left, wait. */
function dueDigests(sql: Sql, now: number): readonly DueDigest[] {
  const rows = sql.all<{ body: string; due_at: number; count: number }>(
    `select s.body, d.due_at, count(*) count from deliveries d indexed by deliveries_folded join subscriptions s on s.id = d.digest_for
     where d.state = 'folded' and d.digest_id is null and d.due_at <= :now and s.paused = 0
       and not exists (select 1 from servers v where v.id = s.server_id and v.left_at is not null)
     group by d.digest_for, d.due_at order by d.due_at, s.seq`,
    { now },
  )
  return readable(rows, ({ body, due_at: dueAt, count }) => {
    const subscription = nounIn<Subscription>(body, 'id', 'target', 'follows')
    return subscription && { subscription, dueAt, rows: count }
  })
}

type Keeping = Readonly<{ due: DueDigest; perPart: number }>

function keepDigest(sql: Sql, { due, perPart }: Keeping, now: number): number {
  const { subscription, dueAt } = due
  const rows = sql.all<{ seq: number }>(
    `select seq from deliveries where state = 'folded' and digest_id is null and digest_for = :id and due_at = :due order by seq`,
    { id: subscription.id, due: dueAt },
  )
  const { id, serverId, target, style } = subscription
  const subject = { kind: 'digest', subscriptionId: id, dueAt } as const
  const alert = { target, subject, serverId, subscriptionIds: [id], matches: [], style, mentions: [] } as const
  let parts = 0
  // A list of this name may be out already, made before a late row came: its parts go on where that one ended.
  for (let at = 0, part = 0; at < rows.length; part++) {
    const delivery = deliveryOf({ alert: { ...alert, part }, state: 'queued', dueAt: now }, { now, revision: 0 })
    if (sql.first('select 1 from deliveries where id = :id', { id: delivery.id })) continue
    insertDelivery(sql, delivery, { now })
    becomesPosted(sql, delivery)
    for (const { seq } of rows.slice(at, at + perPart))
      sql.run('update deliveries set digest_id = :id where seq = :seq', { id: delivery.id, seq })
    refreshLaneOf(sql, delivery)
    at += perPart
    parts++
  }
  return parts
}

function refreshLaneOf(sql: Sql, { id }: Delivery): void {
  const row = sql.first<{ target: string }>('select target from deliveries where id = :id', { id })
  if (row) refreshLane(sql, row.target)
}

/** Stories that this server sees no more are left out. */
function digestStories(sql: Sql, { id, alert }: Delivery): readonly DigestStory[] {
  const rows = sql.all<DeliveryRow>('select * from deliveries where digest_id = :id order by seq', { id })
  return readable(rows, (row) => {
    const folded = deliveryIn(row)
    const story =
      row.story_id === null ? undefined : storyFor(sql, row.story_id as StoryId, { serverId: alert.serverId })
    if (!story || folded?.state !== 'folded') return undefined
    return { story, matches: folded.alert.matches, reason: folded.reason }
  })
}
