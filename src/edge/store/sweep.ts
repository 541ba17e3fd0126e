/** What is past its keeping goes, a part at a time: commands and sendings go on between the parts, none of which takes 50 ms. */
import type { Store } from '../../flow/ports/store.ts'
import { type ArticleRow, deleteArticle } from './article-rows.ts'
import { forgetListing } from './listings.ts'
import { forgetDelivery, untilNothing } from './parts.ts'
import { forgetServer } from './servers.ts'
import type { Database, Sql } from './sql.ts'

const DAY_MS = 86_400_000
/** What left: an item its feed, a server us, a feed its last server (FEEDS.md, Polling 10; SECURITY.md, P6). */
const LEFT_MS = 30 * DAY_MS
/** Deliveries that are over, and their journal, where the operator does not say otherwise. */
const DELIVERY_MS = 90 * DAY_MS
/** An article takes 3 ms to forget, with its words and its index. */
const ARTICLES_A_PART = 10
/** A plain row takes some tens of microseconds, its indexes included. */
const ROWS_A_PART = 200

type Keep = Parameters<Store['sweep']>[0]
type Swept = Readonly<{ articles: number; items: number; deliveries: number }>

export async function sweep(
  database: Database,
  { articleMs, deliveryMs = DELIVERY_MS }: Keep,
  now: number,
): Promise<Swept> {
  const { write } = database
  const inParts = (part: (sql: Sql) => number): Promise<number> => untilNothing(() => write(part))
  const left = await write((sql) =>
    sql.all<{ id: string }>('select id from servers where left_at <= :before', { before: now - LEFT_MS }),
  )
  for (const { id } of left) await forgetServer(database, id, true)
  await sweepFeeds(database, now)
  const articles =
    (await inParts((sql) => sweepArticles(sql, now - articleMs))) + (await inParts((sql) => sweepUnseen(sql)))
  const items = await inParts((sql) => sweepItems(sql, now - LEFT_MS))
  // Before its delivery: what is missing from the deliveries of a day that is kept is lost.
  await inParts((sql) => sweepJournal(sql, now - deliveryMs))
  const deliveries = await inParts((sql) => sweepDeliveries(sql, now - deliveryMs))
  await inParts((sql) =>
    sql.run(`delete from cache where key in (select key from cache where expires_at <= :now limit ${ROWS_A_PART})`, {
      now,
    }),
  )
  await inParts((sql) =>
    sql.run(
      `delete from term_counts where term in (select term from term_counts where articles <= 0 and term <> '' limit ${ROWS_A_PART})`,
    ),
  )
  await write((sql) => sweepRest(sql, now, now - deliveryMs))
  return { articles, items, deliveries }
}

/** A feed that nobody lists or added any more: its 30 days begin when that is first noticed. */
async function sweepFeeds({ write }: Database, now: number): Promise<void> {
  const gone = await write((sql) => {
    sql.run(
      `update feeds set left_at = :now where left_at is null and listed = 0
         and not exists (select 1 from feed_servers fs where fs.feed_id = feeds.id)`,
      { now },
    )
    return sql.all<{ id: string }>('select id from feeds where left_at <= :before', { before: now - LEFT_MS })
  })
  for (const { id } of gone) {
    const own = { id, max: ROWS_A_PART }
    await untilNothing(() =>
      write((sql) => {
        forgetListing(sql, id) // it never names what is not kept
        return sql.run('delete from items where seq in (select seq from items where feed_id = :id limit :max)', own)
      }),
    )
    await untilNothing(() =>
      write((sql) =>
        sql.run(
          'delete from article_feeds where feed_id = :id and common = 0 and n in (select n from article_feeds where feed_id = :id and common = 0 limit :max)',
          own,
        ),
      ),
    )
    await write((sql) => sql.run('delete from feeds where id = :id', { id }))
  }
}

/** Those past their time. */
function sweepArticles(sql: Sql, before: number): number {
  return forgetArticles(
    sql,
    sql.all<ArticleRow>(
      `select * from articles where arrived_at <= :before order by arrived_at limit ${ARTICLES_A_PART}`,
      {
        before,
      },
    ),
  )
}

/** Those that no feed brings to anybody's eyes any more. */
function sweepUnseen(sql: Sql): number {
  return forgetArticles(
    sql,
    sql.all<ArticleRow>(
      `select * from articles a where a.common = 0 and not exists (select 1 from article_feeds af where af.n = a.n)
       order by a.n limit ${ARTICLES_A_PART}`,
    ),
  )
}

function forgetArticles(sql: Sql, rows: readonly ArticleRow[]): number {
  for (const row of rows) deleteArticle(sql, row)
  for (const id of new Set(rows.map((row) => row.story_id)))
    sql.run('delete from stories where id = :id and not exists (select 1 from articles where story_id = :id)', { id })
  return rows.length
}

function sweepItems(sql: Sql, before: number): number {
  return sql.run(
    `delete from items where seq in (select seq from items where left_at <= :before limit ${ROWS_A_PART})`,
    {
      before,
    },
  )
}

function sweepJournal(sql: Sql, before: number): number {
  return sql.run(
    `delete from journal where (target, subject, part) in
       (select target, subject, part from journal where at <= :before limit ${ROWS_A_PART})`,
    { before },
  )
}

/** What waits in its queue stays, however old it is. What was held for so long is no news any more. */
function sweepDeliveries(sql: Sql, before: number): number {
  const rows = sql.all<{ seq: number }>(
    `select seq from deliveries indexed by deliveries_created where created_at <= :before and coalesce(sent_at, 0) <= :before
       and (state in ('sent', 'held', 'dead', 'deleted') or (state = 'folded' and digest_id is not null)) limit ${ROWS_A_PART}`,
    { before },
  )
  for (const { seq } of rows) forgetDelivery(sql, seq)
  return rows.length
}

function sweepRest(sql: Sql, now: number, before: number): void {
  // Whatever was planned before an older copy's return is gone by then, and so are its channels' waiting ones.
  sql.run('delete from restores where at <= :before', { before })
  sql.run('delete from posted where at <= :before', { before })
  sql.run('delete from mutes where until_at <= :now', { now })
  sql.run(
    `delete from lanes where due_at is null and (lease is null or lease_until <= :now)
       and not exists (select 1 from deliveries d where d.target = lanes.target)`,
    { now },
  )
}
