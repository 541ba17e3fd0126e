/** What is past its keeping goes, a part at a time; copies and checks. */
import { setImmediate as breath } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Store } from '../../flow/ports/store.ts'
import { type ArticleRow, deleteArticle } from './article-rows.ts'
import type { Copying } from './copy.ts'
import { type Marker, writeMarker } from './marker.ts'
import { forgetServer } from './servers.ts'
import type { Database, Sql } from './sql.ts'

const DAY_MS = 86_400_000
/** What left: an item its feed, a server us, a feed its last server (FEEDS.md, Polling 10; SECURITY.md, P6). */
const LEFT_MS = 30 * DAY_MS
/** Deliveries that are over; articles may go earlier or later, by the operator's choice. */
const DELIVERY_MS = 90 * DAY_MS
/** An article takes 3 ms to forget, with its words and its index: commands and sendings go on between batches. */
const BATCH_ROWS = 20

type Keep = Parameters<Store['sweep']>[0]
type Swept = Readonly<{ articles: number; items: number }>

export function housekeepingMethods(
  database: Database,
  file: Readonly<{ from: string; now(): number }>,
): Pick<Store, 'sweep' | 'check' | 'backup'> {
  return {
    async sweep(keep, now) {
      await countOn(database, file.from)
      return sweep(database, keep, now)
    },
    check: () => database.read(check),
    backup: (path) => backUp(path, file),
  }
}

/** Counts on, in the database and beside it: a copy made by hand before this moment is told from what is here now. */
async function countOn({ write }: Database, path: string): Promise<void> {
  const marker = await write((sql) => sql.first<Marker>('update identity set opens = opens + 1 returning id, opens'))
  if (marker) writeMarker(path, marker)
}

async function sweep({ write }: Database, { articleMs }: Keep, now: number): Promise<Swept> {
  await write((sql) => sweepServers(sql, now))
  await write((sql) => sweepFeeds(sql, now))
  const articles = await inBatches(() => write((sql) => sweepArticles(sql, now - articleMs)))
  const items = await inBatches(() => write((sql) => sweepItems(sql, now - LEFT_MS)))
  // Before its delivery: what is missing from the deliveries of a day that is kept is lost.
  await inBatches(() => write((sql) => sweepJournal(sql, now - DELIVERY_MS)))
  await inBatches(() => write((sql) => sweepDeliveries(sql, now - DELIVERY_MS)))
  await write((sql) => sweepRest(sql, now))
  return { articles, items }
}

async function inBatches(batch: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const gone = await batch()
    total += gone
    if (gone < BATCH_ROWS) return total
    await breath()
  }
}

function sweepServers(sql: Sql, now: number): void {
  const left = sql.all<{ id: string }>('select id from servers where left_at <= :before', { before: now - LEFT_MS })
  for (const { id } of left) forgetServer(sql, id)
}

/** A feed that nobody lists or added any more: its 30 days begin when that is first noticed. */
function sweepFeeds(sql: Sql, now: number): void {
  sql.run(
    `update feeds set left_at = :now where left_at is null and listed = 0
       and not exists (select 1 from feed_servers fs where fs.feed_id = feeds.id)`,
    { now },
  )
  const gone = sql.all<{ id: string }>('select id from feeds where left_at <= :before', { before: now - LEFT_MS })
  for (const { id } of gone) {
    sql.run('delete from item_aliases where feed_id = :id', { id })
    sql.run('delete from items where feed_id = :id', { id })
    sql.run('delete from article_feeds where feed_id = :id and common = 0', { id })
    sql.run('delete from feeds where id = :id', { id })
  }
}

/** Those past their time, and those that no feed brings to anybody's eyes any more. */
function sweepArticles(sql: Sql, before: number): number {
  const rows = sql.all<ArticleRow>(
    `select * from articles a where a.arrived_at <= :before
       or (a.common = 0 and not exists (select 1 from article_feeds af where af.n = a.n)) order by a.n limit ${BATCH_ROWS}`,
    { before },
  )
  for (const row of rows) deleteArticle(sql, row)
  for (const id of new Set(rows.map((row) => row.story_id)))
    sql.run('delete from stories where id = :id and not exists (select 1 from articles where story_id = :id)', { id })
  return rows.length
}

function sweepItems(sql: Sql, before: number): number {
  const rows = sql.all<{ seq: number }>(`select seq from items where left_at <= :before limit ${BATCH_ROWS}`, {
    before,
  })
  for (const { seq } of rows) {
    sql.run('delete from item_aliases where seq = :seq', { seq })
    sql.run('delete from items where seq = :seq', { seq })
  }
  return rows.length
}

/** What waits in its queue stays, however old it is. What was held for so long is no news any more. */
function sweepDeliveries(sql: Sql, before: number): number {
  const rows = sql.all<{ seq: number }>(
    `select seq from deliveries where created_at <= :before and coalesce(sent_at, 0) <= :before
       and (state in ('sent', 'held', 'dead', 'deleted') or (state = 'folded' and digest_id is not null)) limit ${BATCH_ROWS}`,
    { before },
  )
  for (const { seq } of rows) {
    sql.run('delete from delivery_subscriptions where seq = :seq', { seq })
    sql.run('delete from deliveries where seq = :seq', { seq })
  }
  return rows.length
}

function sweepJournal(sql: Sql, before: number): number {
  return sql.run(
    `delete from journal where (target, subject, part) in
       (select target, subject, part from journal where at <= :before limit ${BATCH_ROWS})`,
    { before },
  )
}

function sweepRest(sql: Sql, now: number): void {
  sql.run("delete from term_counts where articles <= 0 and term <> ''")
  // Whatever was planned before an older copy's return is gone by then, and so are its channels' waiting ones.
  const old = { before: now - DELIVERY_MS }
  sql.run('delete from restores where at <= :before', old)
  sql.run('delete from posted where at <= :before', old)
  sql.run('delete from mutes where until_at <= :now', { now })
  sql.run('delete from cache where expires_at <= :now', { now })
  sql.run(
    `delete from lanes where due_at is null and (lease is null or lease_until <= :now)
       and not exists (select 1 from deliveries d where d.target = lanes.target)`,
    { now },
  )
}

function check(sql: Sql): string {
  const [row] = sql.all<Record<string, unknown>>('pragma quick_check(1)')
  return String(Object.values(row ?? {})[0])
}

/** In a thread of its own: a copy of a big database and its check take minutes, and nothing here waits for them. */
function backUp(path: string, { from, now }: Readonly<{ from: string; now(): number }>): Promise<void> {
  const workerData = { from, to: path, now: now() } satisfies Copying
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./copy-worker.ts', import.meta.url), { workerData, execArgv: [] })
    worker.once('message', (wrong: unknown) => (wrong === '' ? resolve() : reject(new Error(String(wrong)))))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`Cannot back up to "${path}": the copying ended with ${code}`)))
  })
}
