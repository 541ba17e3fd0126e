/** A delivery's row, and the lane that it stands in. */
import { subjectKey } from '../../core/delivery.ts'
import { targetKey } from '../../core/follow.ts'
import type { Alert, Delivery } from '../../core/model.ts'
import { journal } from './journal.ts'
import { nounIn } from './json.ts'
import type { Sql } from './sql.ts'

export type DeliveryRow = Readonly<{
  seq: number
  id: string
  target: string
  server_id: string
  story_id: string | null
  state: Delivery['state']
  due_at: number
  wanted: number
  shown: number
  digest_id: string | null
  body: string
}>

/** Undefined for a damaged row. Columns that are changed without the body are the truth. */
export function deliveryIn(row: DeliveryRow): Delivery | undefined {
  const body = nounIn<Delivery>(row.body, 'id', 'alert', 'state')
  if (!body) return undefined
  return dueIn({ ...body, wantedRevision: row.wanted }, row)
}

function dueIn(delivery: Delivery, { due_at: at, digest_id }: DeliveryRow): Delivery {
  switch (delivery.state) {
    case 'queued':
      return { ...delivery, dueAt: at }
    case 'sending':
      return { ...delivery, leaseUntil: at }
    case 'unsure':
      return { ...delivery, checkAt: at }
    case 'sent':
      return { ...delivery, editAt: at }
    case 'folded':
      return { ...delivery, digestAt: at, ...(digest_id === null ? {} : { digestId: digest_id as Delivery['id'] }) }
    case 'held':
    case 'dead':
    case 'deleted':
      return delivery
  }
}

export function deliveryById(sql: Sql, id: string): DeliveryRow | undefined {
  return sql.first<DeliveryRow>('select * from deliveries where id = :id', { id })
}

type Dated = Readonly<{ now: number; seenAt?: number }>

/** A new row; its name must be free. The lane is the caller's to refresh. */
export function insertDelivery(sql: Sql, delivery: Delivery, { now, seenAt }: Dated): void {
  const { alert } = delivery
  const { target, subject } = alert
  const story = subject.kind === 'card' || subject.kind === 'development' ? subject.storyId : null
  sql.run(
    `insert into deliveries (id, target, subject, part, server_id, channel_id, story_id, state, due_at, wanted, shown, created_at, seen_at, body)
     values (:id, :target, :subject, :part, :server, :channel, :story, 'queued', 0, :wanted, 0, :now, :seen, '')`,
    {
      id: delivery.id,
      target: targetKey(target),
      subject: subjectKey(subject),
      part: alert.part,
      server: alert.serverId,
      channel: target.kind === 'person' ? null : target.channelId,
      story,
      wanted: delivery.wantedRevision,
      now,
      seen: seenAt ?? null,
    },
  )
  updateDelivery(sql, delivery)
  journal(sql, alert, { said: 'planned', now })
}

/** Writes the body and all columns that follow from it. The lane is the caller's to refresh. */
export function updateDelivery(sql: Sql, delivery: Delivery): void {
  sql.run(
    `update deliveries set state = :state, due_at = :due, wanted = :wanted, shown = :shown, digest_id = :digest, digest_for = :for,
     sent_at = :sent, body = :body where id = :id`,
    {
      id: delivery.id,
      state: delivery.state,
      due: Math.ceil(dueAtOf(delivery)),
      wanted: delivery.wantedRevision,
      shown: 'begun' in delivery && delivery.begun ? delivery.begun.shownRevision : 0,
      digest: delivery.state === 'folded' ? (delivery.digestId ?? null) : null,
      for: delivery.state === 'folded' ? (delivery.alert.subscriptionIds[0] ?? null) : null,
      sent: delivery.state === 'sent' ? delivery.sentAt : null,
      body: JSON.stringify(delivery),
    },
  )
  linkSubscriptions(sql, delivery.id, delivery.alert)
}

function linkSubscriptions(sql: Sql, id: string, { subscriptionIds }: Alert): void {
  for (const subscription of subscriptionIds)
    sql.run(
      `insert or ignore into delivery_subscriptions (subscription_id, seq)
       select :subscription, seq from deliveries where id = :id`,
      { subscription, id },
    )
}

function dueAtOf(delivery: Delivery): number {
  switch (delivery.state) {
    case 'queued':
      return delivery.dueAt
    case 'sending':
      return delivery.leaseUntil
    case 'unsure':
      return delivery.checkAt
    case 'sent':
      return delivery.editAt
    case 'folded':
      return delivery.digestAt
    case 'held':
    case 'dead':
    case 'deleted':
      return 0
  }
}

/** What waits in a lane, oldest first; the first of them is its head. Held, dead, deleted and folded ones are not in the way. */
export const WAITS = "state in ('queued', 'sending', 'unsure')"
export const WANTS_EDIT = "state = 'sent' and wanted > shown"

/** Says again when the lane's head or its next edit is due, after anything in it changed; one that was served since waits behind all that were
 *  due by then. */
export function refreshLane(sql: Sql, target: string): void {
  const head = sql.first<{ due_at: number }>(
    `select due_at from deliveries where target = :target and ${WAITS} order by seq limit 1`,
    { target },
  )
  const edit = sql.first<{ due_at: number }>(
    `select due_at from deliveries where target = :target and ${WANTS_EDIT} order by due_at limit 1`,
    { target },
  )
  const dues = [head, edit].flatMap((row) => (row ? [row.due_at] : []))
  const due = dues.length === 0 ? null : Math.min(...dues)
  sql.run(
    `insert into lanes (target, due_at) values (:target, :due)
     on conflict (target) do update set due_at = max(excluded.due_at, served_at)`,
    { target, due },
  )
}
