/** Deliveries: claimed a lane at a time, saved, retried. */
import { orphaned, requeued, savedOver } from '../../core/delivery.ts'
import type { Delivery, Target } from '../../core/model.ts'
import type { Claimed, DeliveryRow as ShownRow, Store } from '../../flow/ports/store.ts'
import { auditMethods } from './audit.ts'
import {
  type DeliveryRow,
  deliveryById,
  deliveryIn,
  refreshLane,
  updateDelivery,
  WAITS,
  WANTS_EDIT,
} from './delivery-rows.ts'
import { readable } from './json.ts'
import { placePlanned } from './planned.ts'
import { readBackMethods, UNREAD } from './read-backs.ts'
import type { Database, Sql } from './sql.ts'

type DeliveryMethods = Pick<
  Store,
  | 'claimDelivery'
  | 'saveDelivery'
  | 'claimReadBack'
  | 'keepReadBack'
  | 'audit'
  | 'troubled'
  | 'addDelivery'
  | 'deliveries'
  | 'retryDelivery'
  | 'releaseChannel'
  | 'heldTargets'
>

export function deliveryMethods(database: Database): DeliveryMethods {
  const { read, write, gather } = database
  return {
    ...readBackMethods(database),
    ...auditMethods(database, shown),
    claimDelivery: (terms, now) => gather((sql) => claimDelivery(sql, terms, now)),
    saveDelivery: (claimed, next, done) => write((sql) => saveDelivery(sql, { claimed, next }, done)),
    addDelivery: (planned, now) =>
      write((sql) => placePlanned(sql, planned, { now, revision: revisionOf(sql, planned.alert.subject) }) !== 'taken'),
    deliveries: (limit) =>
      read((sql) =>
        readable(
          sql.all<DeliveryRow>('select * from deliveries order by seq desc limit :limit', { limit }),
          shown(sql),
        ),
      ),
    retryDelivery: (id, now) => write((sql) => retryDelivery(sql, id, now)),
    releaseChannel: (channelId, now) => write((sql) => releaseChannel(sql, channelId, now)),
    heldTargets: () => read(heldTargets),
  }
}

type ClaimTerms = Parameters<Store['claimDelivery']>[0]

/** Each look that finds nothing has buried a damaged row or corrected a lane; the rest waits for the next claim. */
const LOOKS_MAX = 100

/** Lanes take turns: the longest due first, one that was just served after the others (`refreshLane`). Thousands may be due: the index gives
 *  the first, and only those that are held are passed over. */
function claimDelivery(sql: Sql, { lease, leaseMs }: ClaimTerms, now: number): Claimed<Delivery> | undefined {
  const until = now + leaseMs
  for (let look = 0; look < LOOKS_MAX; look++) {
    const lane = sql.first<{ target: string }>(
      `select target from lanes where due_at <= :now and (lease is null or lease_until <= :now) and not ${UNREAD}
       order by due_at, target limit 1`,
      { now },
    )
    if (!lane) return undefined
    const work = workOf(sql, lane.target, now)
    if (!work) continue
    sql.run('update lanes set lease = :lease, lease_until = :until, served_at = :now where target = :target', {
      target: lane.target,
      lease,
      until,
      now,
    })
    return { work, lease, until }
  }
  return undefined
}

/** The lane's head where it is due, else its edit. A row that cannot be read dies, and the lane is looked at again. */
function workOf(sql: Sql, target: string, now: number): Delivery | undefined {
  const head = sql.first<DeliveryRow>(
    `select * from deliveries where target = :target and ${WAITS} order by seq limit 1`,
    { target },
  )
  const row =
    head && head.due_at <= now
      ? head
      : sql.first<DeliveryRow>(
          `select * from deliveries where target = :target and ${WANTS_EDIT} and due_at <= :now order by due_at, seq limit 1`,
          { target, now },
        )
  const delivery = row && deliveryIn(row)
  if (row && !delivery)
    sql.run("update deliveries set state = 'dead', wanted = shown where seq = :seq", { seq: row.seq })
  if (!delivery) {
    refreshLane(sql, target)
    return undefined
  }
  if (delivery.state !== 'sending') return delivery
  const unsure = orphaned(delivery, now)
  updateDelivery(sql, unsure)
  return unsure
}

type Saving = Readonly<{ claimed: Claimed<Delivery>; next: Delivery }>

/** A lease that ran out still saves as long as nobody else took the lane: that a message was sent is worth knowing. */
function saveDelivery(sql: Sql, { claimed, next }: Saving, done: boolean): 'saved' | 'lapsed' {
  const row = deliveryById(sql, claimed.work.id)
  const before = row && deliveryIn(row)
  if (!row || !before || next.id !== row.id) return 'lapsed'
  const mine = sql.run('update lanes set lease = lease where target = :target and lease = :lease', {
    target: row.target,
    lease: claimed.lease,
  })
  if (mine === 0) return 'lapsed'
  updateDelivery(sql, savedOver(before, next))
  if (done) sql.run('update lanes set lease = null, lease_until = null where target = :target', { target: row.target })
  else if (next.state === 'sending')
    sql.run('update lanes set lease_until = :until where target = :target', {
      target: row.target,
      until: Math.ceil(next.leaseUntil),
    })
  refreshLane(sql, row.target)
  return 'saved'
}

function revisionOf(sql: Sql, subject: Delivery['alert']['subject']): number {
  if (subject.kind !== 'card' && subject.kind !== 'development') return 0
  return (
    sql.first<{ revision: number }>('select revision from stories where id = :id', { id: subject.storyId })?.revision ??
    0
  )
}

function retryDelivery(sql: Sql, id: string, now: number): boolean {
  const row = deliveryById(sql, id)
  const before = row && deliveryIn(row)
  if (!row || !before || (before.state !== 'dead' && before.state !== 'held')) return false
  updateDelivery(sql, requeued(before, now))
  refreshLane(sql, row.target)
  return true
}

function releaseChannel(sql: Sql, channelId: string, now: number): number {
  const rows = sql.all<DeliveryRow>(
    "select * from deliveries where channel_id = :channel and state = 'held' order by seq",
    {
      channel: channelId,
    },
  )
  const held = readable(rows, deliveryIn).filter((delivery) => delivery.state === 'held')
  for (const delivery of held) updateDelivery(sql, requeued(delivery, now))
  for (const target of new Set(rows.map((row) => row.target))) {
    // One that could not be read back is looked at again at once.
    sql.run('update lanes set read_due_at = 0 where target = :target', { target })
    refreshLane(sql, target)
  }
  return held.length
}

/** Not those of servers that we left: nobody there could give us rights. */
function heldTargets(sql: Sql): readonly Target[] {
  const rows = sql.all<DeliveryRow>(
    `select * from deliveries d where state = 'held'
       and seq = (select min(seq) from deliveries o where o.target = d.target and o.state = 'held')
       and not exists (select 1 from servers v where v.id = d.server_id and v.left_at is not null) order by seq`,
  )
  return readable(rows, (row) => deliveryIn(row)?.alert.target)
}

/** With a title for the operator: the headline of its story, or what it is. */
function shown(sql: Sql): (row: DeliveryRow) => ShownRow | undefined {
  return (row) => {
    const delivery = deliveryIn(row)
    return delivery && { delivery, title: titleOf(sql, row, delivery) }
  }
}

function titleOf(sql: Sql, row: DeliveryRow, { alert }: Delivery): string {
  const title = sql.first<{ title: string }>(
    `select a.title from articles a where a.story_id = :story and (a.common = 1 or exists (select 1 from article_feeds af
       join feed_servers fs on fs.feed_id = af.feed_id where af.n = a.n and fs.server_id = :server)) order by a.n limit 1`,
    { story: row.story_id, server: row.server_id },
  )
  return title?.title ?? alert.notice ?? alert.subject.kind
}
