/** A feed's row. */
import type { Feed } from '../../core/model.ts'
import { nounIn } from './json.ts'
import type { Sql } from './sql.ts'

export type FeedRow = Readonly<{ id: string; body: string; listed: number; next_poll_at: number }>

/** The feed as it stands in its row; undefined for a damaged one. Columns that are changed without the body are the truth. */
export function feedOf(row: FeedRow): Feed | undefined {
  const body = nounIn<Feed>(row.body, 'id', 'url')
  return body && { ...body, common: row.listed === 1, nextPollAt: row.next_poll_at }
}

/** Writes the row's body and the columns that are read from it. */
export function saveFeed(sql: Sql, feed: Feed): void {
  sql.run(
    `insert into feeds (id, body, listed, next_poll_at, failures) values (:id, :body, :listed, :next, :failures)
     on conflict (id) do update set body = excluded.body, listed = excluded.listed, next_poll_at = excluded.next_poll_at,
       failures = excluded.failures`,
    {
      id: feed.id,
      body: JSON.stringify(feed),
      listed: feed.common ? 1 : 0,
      next: Math.ceil(feed.nextPollAt),
      failures: feed.failures,
    },
  )
}

/** The same for a row that is there, whoever's it is. @returns false where it is no more */
export function updateFeed(sql: Sql, feed: Feed): boolean {
  return (
    sql.run('update feeds set body = :body, next_poll_at = :next, failures = :failures where id = :id', {
      id: feed.id,
      body: JSON.stringify(feed),
      next: Math.ceil(feed.nextPollAt),
      failures: feed.failures,
    }) === 1
  )
}
