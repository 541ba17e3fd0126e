/** After an older copy took the database's place: which channels are to be read back, and what was found there. */
import { foundListed, foundPosted, held, orphaned } from '../../core/delivery.ts'
import { targetKey } from '../../core/follow.ts'
import { linkMark } from '../../core/marks.ts'
import type { ChannelId, Delivery, DeliveryId, MessageId } from '../../core/model.ts'
import type { Claimed, ReadBack, ReadBackKept, Store } from '../../flow/ports/store.ts'
import type { PostedMark } from '../../flow/ports.ts'
import { type DeliveryRow, deliveryById, deliveryIn, refreshLane, updateDelivery, WAITS } from './delivery-rows.ts'
import { readable } from './json.ts'
import type { Database, Sql } from './sql.ts'

/** True for a lane whose channel was not read back since the last such return. */
export const UNREAD = '(generation < (select coalesce(max(r.generation), 0) from restores r))'

export function readBackMethods({ write, read }: Database): Pick<Store, 'claimReadBack' | 'keepReadBack'> {
  return {
    // Nearly always there is nothing: that is found out without a write.
    claimReadBack: async (terms, now) =>
      (await read((sql) => nextLane(sql, now))) ? write((sql) => claimReadBack(sql, terms, now)) : undefined,
    keepReadBack: (claimed, kept, now) => write((sql) => keepReadBack(sql, { claimed, kept }, now)),
  }
}

type Terms = Parameters<Store['claimReadBack']>[0]
type Lane = Readonly<{ target: string; generation: number; read_to: string | null; read_attempts: number }>

function nextLane(sql: Sql, now: number): Lane | undefined {
  if (!sql.first('select 1 from restores limit 1')) return undefined
  return sql.first<Lane>(
    `select target, generation, read_to, read_attempts from lanes
     where due_at <= :now and read_due_at <= :now and (lease is null or lease_until <= :now) and ${UNREAD}
     order by max(due_at, read_due_at), target limit 1`,
    { now },
  )
}

function claimReadBack(sql: Sql, { lease, leaseMs }: Terms, now: number): Claimed<ReadBack> | undefined {
  const lane = nextLane(sql, now)
  if (!lane) return undefined
  const rows = sql.all<DeliveryRow>(
    `select * from deliveries where target = :target and (${WAITS} or state = 'sent') order by seq desc limit ${ROWS_LOOKED_AT}`,
    { target: lane.target },
  )
  const [known] = readable(rows, deliveryIn)
  const restores = sql.all<{ at: number; after_id: string }>(
    'select at, after_id from restores where generation > :generation order by length(after_id), after_id',
    { generation: lane.generation },
  )
  const [first] = restores
  if (!known || !first) {
    // Only damaged rows: the claim of a delivery buries them.
    settleLane(sql, lane.target)
    return undefined
  }
  const until = now + leaseMs
  sql.run('update lanes set lease = :lease, lease_until = :until where target = :target', {
    target: lane.target,
    lease,
    until,
  })
  const work = {
    target: known.alert.target,
    afterId: (lane.read_to ?? first.after_id) as MessageId,
    until: Math.max(...restores.map(({ at }) => at)),
    attempts: lane.read_attempts,
  }
  return { work, lease, until }
}

/** Any of them tells where the lane leads; a damaged one is seldom alone. */
const ROWS_LOOKED_AT = 20

type Keeping = Readonly<{ claimed: Claimed<ReadBack>; kept: ReadBackKept }>

function keepReadBack(sql: Sql, { claimed, kept }: Keeping, now: number): number {
  const lane = sql.first<{ target: string }>('select target from lanes where lease = :lease', { lease: claimed.lease })
  if (!lane) return 0
  const { target } = lane
  const found = kept.kind === 'blind' ? 0 : keepPosted(sql, { target, posted: kept.posted }, now)
  switch (kept.kind) {
    case 'read':
      settleLane(sql, target)
      break
    case 'later':
      sql.run(
        'update lanes set read_to = :afterId, read_due_at = :dueAt, read_attempts = :attempts where target = :target',
        { target, afterId: kept.afterId, dueAt: Math.ceil(kept.dueAt), attempts: kept.attempts },
      )
      break
    case 'blind':
      holdLane(sql, { target, reason: kept.reason }, now)
      break
  }
  sql.run('update lanes set lease = null, lease_until = null where target = :target', { target })
  refreshLane(sql, target)
  return found
}

function settleLane(sql: Sql, target: string): void {
  sql.run(
    `update lanes set generation = (select coalesce(max(generation), 0) from restores), read_to = null, read_due_at = 0,
     read_attempts = 0 where target = :target`,
    { target },
  )
}

/** Nothing is known of the channel, so nothing is said there until its history may be read. */
function holdLane(sql: Sql, { target, reason }: Readonly<{ target: string; reason: string }>, now: number): void {
  const rows = sql.all<DeliveryRow>(`select * from deliveries where target = :target and ${WAITS} order by seq`, {
    target,
  })
  for (const waiting of readable(rows, deliveryIn)) {
    const delivery = waiting.state === 'sending' ? orphaned(waiting, now) : waiting
    if (delivery.state === 'queued' || delivery.state === 'unsure') updateDelivery(sql, held(delivery, reason, now))
  }
  // Edits of what was sent before wait as well, but not for nothing to come.
  sql.run('update lanes set read_due_at = :at where target = :target', { target, at: now + BLIND_WAIT_MS })
}

/** Rights come back by hand; what is held is looked at every ten minutes anyway. */
const BLIND_WAIT_MS = 10 * 60_000

/** @returns how many rows became sent, or listed */
function keepPosted(sql: Sql, { target, posted }: Finding, now: number): number {
  let found = 0
  const keep = (id: string, { message }: PostedMark, digest: string | null): void => {
    sql.run(
      `insert into posted (id, channel_id, message_id, digest_id, at) values (:id, :channel, :message, :digest, :now)
       on conflict (id) do nothing`,
      { id, channel: message.channelId, message: message.messageId, digest, now },
    )
  }
  for (const one of posted) {
    keep(one.mark, one, null)
    for (const link of one.listed) keep(`${target}|${link}`, one, one.mark)
    const row = deliveryById(sql, one.mark)
    const before = row && deliveryIn(row)
    if (before && becomesPosted(sql, before)) found++
  }
  if (posted.every(({ listed }) => listed.length === 0)) return found
  const rows = sql.all<DeliveryRow>(
    `select * from deliveries where target = :target and subject >= 'card:' and subject < 'card;'
       and state in ('queued', 'held', 'folded')`,
    { target },
  )
  return found + readable(rows, deliveryIn).filter((before) => becomesPosted(sql, before)).length
}

type Finding = Readonly<{ target: string; posted: readonly PostedMark[] }>
type PostedRow = Readonly<{ channel_id: string; message_id: string; digest_id: string | null }>

/** A delivery that a reading back found on the far side is sent, or listed there, whatever this database thought of it.
 *  @returns whether it became so. The lane is the caller's to refresh */
export function becomesPosted(sql: Sql, before: Delivery): boolean {
  if (!sql.first('select 1 from posted limit 1')) return false
  const next = nextPosted(sql, before)
  if (!next) return false
  updateDelivery(sql, next)
  if (before.state === 'folded' && before.digestId) dropEmptyDigest(sql, before.digestId)
  return true
}

function nextPosted(sql: Sql, before: Delivery): Delivery | undefined {
  const row = sql.first<PostedRow>('select * from posted where id = :id', { id: before.id })
  if (row)
    return foundPosted(before, { channelId: row.channel_id as ChannelId, messageId: row.message_id as MessageId })
  const { subject, target } = before.alert
  if (subject.kind !== 'card') return undefined
  for (const { url } of sql.all<{ url: string | null }>(
    `select json_extract(body, '$.url') url from articles where story_id = :story and json_valid(body)`,
    { story: subject.storyId },
  )) {
    const mark = url === null ? undefined : linkMark(url)
    const listed =
      mark === undefined
        ? undefined
        : sql.first<PostedRow>('select * from posted where id = :id', { id: `${targetKey(target)}|${mark}` })
    if (listed?.digest_id) return foundListed(before, listed.digest_id as DeliveryId)
  }
  return undefined
}

/** A list that was made of nothing but what stands there already. */
function dropEmptyDigest(sql: Sql, id: string): void {
  const row = deliveryById(sql, id)
  if (row?.state !== 'queued' || sql.first('select 1 from deliveries where digest_id = :id', { id })) return
  sql.run('delete from delivery_subscriptions where seq = :seq', { seq: row.seq })
  sql.run('delete from deliveries where seq = :seq', { seq: row.seq })
}
