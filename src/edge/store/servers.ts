/** Servers that come and go, small facts, and how the house stands. */

import { held } from '../../core/delivery.ts'
import type { DeliveryState } from '../../core/model.ts'
import type { Store, StoreStatus, Viewer } from '../../flow/ports/store.ts'
import { type DeliveryRow, deliveryIn, refreshLane, updateDelivery } from './delivery-rows.ts'
import { noteServersWords } from './followed-words.ts'
import { forgetDelivery, untilNothing } from './parts.ts'
import type { Bound, Database, Sql } from './sql.ts'
import { articleSeen, FEED_POLLED, serverOf } from './viewer.ts'

type ServerMethods = Pick<Store, 'joinServer' | 'leaveServer' | 'status' | 'recall' | 'remember'>

const DAY_MS = 86_400_000

export function serverMethods({ read, write }: Database): ServerMethods {
  return {
    joinServer: (id, now) => write((sql) => joinServer(sql, id, now)),
    leaveServer: (id, now) => write((sql) => leaveServer(sql, id, now)),
    status: (viewer, now) => read((sql) => statusFor(sql, viewer, now)),
    recall: (name) =>
      read(
        (sql) =>
          sql.first<{ value: string }>('select value from facts where name = :name', { name: `own ${name}` })?.value,
      ),
    remember: (name, value) =>
      write((sql) => {
        sql.run(
          'insert into facts (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value',
          {
            name: `own ${name}`,
            value,
          },
        )
      }),
  }
}

function joinServer(sql: Sql, id: string, now: number): 'new' | 'back' | 'known' {
  const row = sql.first<{ left_at: number | null }>('select left_at from servers where id = :id', { id })
  if (!row) {
    sql.run('insert into servers (id, joined_at) values (:id, :now)', { id, now })
    return 'new'
  }
  if (row.left_at === null) return 'known'
  sql.run('update servers set left_at = null where id = :id', { id })
  return 'back'
}

/** All that it asked for rests: nothing is polled for it alone, decided for it or sent to it. */
function leaveServer(sql: Sql, id: string, now: number): void {
  const left =
    'insert into servers (id, joined_at, left_at) values (:id, :now, :now) on conflict (id) do update set left_at = coalesce(left_at, :now)'
  sql.run(left, { id, now })
  const rows = sql.all<DeliveryRow>("select * from deliveries where server_id = :id and state = 'queued'", { id })
  for (const row of rows) {
    const delivery = deliveryIn(row)
    if (delivery?.state !== 'queued') continue
    updateDelivery(sql, held(delivery, 'Pullquote left the server', now))
  }
  for (const target of new Set(rows.map((row) => row.target))) refreshLane(sql, target)
}

const SENT_LOOKED_AT = 200
const PERCENTILE = 0.95

function statusFor(sql: Sql, viewer: Viewer | 'operator', now: number): StoreStatus {
  const all = viewer === 'operator'
  const bound = all ? {} : serverOf(viewer)
  const feeds = all
    ? FEED_POLLED
    : '(f.listed = 1 or exists (select 1 from feed_servers fs where fs.feed_id = f.id and fs.server_id = :server))'
  const article = (a: 'a' | 'b') => (all ? '1 = 1' : articleSeen(a))
  const own = all ? '1 = 1' : 'server_id = :server'
  const count = (text: string): number =>
    sql.first<{ count: number }>(`select count(*) count from ${text}`, bound)?.count ?? 0
  const p95 = feedToCard(sql, all, bound)
  return {
    feeds: count(`feeds f where ${feeds}`),
    feedsFailing: count(`feeds f where f.failures > 0 and ${feeds}`),
    itemsWaiting: count(`items i join feeds f on f.id = i.feed_id where i.state = 'waiting' and ${feeds}`),
    storiesToday:
      sql.first<{ count: number }>(
        `select count(distinct story_id) count from articles a indexed by articles_arrived where a.arrived_at >= :since and ${article('a')} and not exists
         (select 1 from articles b where b.story_id = a.story_id and b.arrived_at < :since and ${article('b')})`,
        { ...bound, since: Math.floor(now / DAY_MS) * DAY_MS },
      )?.count ?? 0,
    articles: count(`articles a where ${article('a')}`),
    deliveries: deliveryCounts(sql, own, bound),
    subscriptions: count(`subscriptions where ${own}`),
    ...(p95 === undefined ? {} : { feedToCardP95Ms: p95 }),
  }
}

function deliveryCounts(sql: Sql, own: string, bound: Bound): Readonly<Record<DeliveryState, number>> {
  const counts = { queued: 0, sending: 0, sent: 0, unsure: 0, held: 0, dead: 0, deleted: 0, folded: 0 }
  const rows = sql.all<{ state: DeliveryState; count: number }>(
    `select state, count(*) count from deliveries where ${own} group by state`,
    bound,
  )
  for (const { state, count } of rows) counts[state] = count
  return counts
}

function feedToCard(sql: Sql, all: boolean, bound: Bound): number | undefined {
  // One server's are found by it: among all that were sent they are few, and far apart.
  const own = all ? '' : 'and server_id = :server'
  const rows = sql.all<{ took: number }>(
    `select sent_at - seen_at took from (select sent_at, seen_at from deliveries indexed by deliveries_${all ? 'state' : 'server'}
       where state = 'sent' and seen_at is not null ${own} order by sent_at desc limit ${SENT_LOOKED_AT}) order by took`,
    bound,
  )
  return rows[Math.ceil(rows.length * PERCENTILE) - 1]?.took
}

/** All that a server left behind, in parts: what waits there waits no longer. What it shared with others stays theirs.
 *  @param isGone - it is not there any more itself */
export async function forgetServer({ write }: Database, id: string, isGone: boolean): Promise<number> {
  const deliveries = await untilNothing(() => write((sql) => forgetDeliveries(sql, id)))
  await untilNothing(() => write((sql) => forgetJournal(sql, id)))
  await write((sql) => {
    noteServersWords(sql, id)
    for (const table of ['subscriptions', 'feed_servers', 'mutes', 'hidden_quotes'])
      sql.run(`delete from ${table} where server_id = :id`, { id })
    if (isGone) sql.run('delete from servers where id = :id', { id })
  })
  return deliveries
}

/** A row takes some tens of microseconds, its indexes included. */
const ROWS_A_PART = 200

function forgetDeliveries(sql: Sql, id: string): number {
  const rows = sql.all<{ seq: number; target: string }>(
    `select seq, target from deliveries where server_id = :id limit ${ROWS_A_PART}`,
    { id },
  )
  for (const { seq } of rows) forgetDelivery(sql, seq)
  for (const target of new Set(rows.map((row) => row.target))) refreshLane(sql, target)
  return rows.length
}

function forgetJournal(sql: Sql, id: string): number {
  return sql.run(
    `delete from journal where (target, subject, part) in
       (select target, subject, part from journal where server_id = :id limit ${ROWS_A_PART})`,
    { id },
  )
}
