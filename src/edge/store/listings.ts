/** What each feed's last document listed: its entries' marks, and which items they were. */
import type { ListedItem } from '../../flow/ports/store.ts'
import { fromJson } from './json.ts'
import type { Sql } from './sql.ts'

/** An archive's thousands are not worth a write of half a megabyte a poll: the newest stand first. */
const ENTRIES_MAX = 500

type Entry = readonly [mark: string, key: string, publishedAt?: number]

export function listingOf(sql: Sql, feedId: string): readonly ListedItem[] {
  const row = sql.first<{ body: string }>('select body from feed_listings where feed_id = :feed', { feed: feedId })
  const entries = row && fromJson<readonly Entry[]>(row.body)
  if (!Array.isArray(entries)) return []
  return entries
    .filter(Array.isArray)
    .map(([mark, key, publishedAt]) => (publishedAt === undefined ? { mark, key } : { mark, key, publishedAt }))
}

export function saveListing(sql: Sql, feedId: string, listing: readonly ListedItem[]): void {
  const entries = listing
    .slice(0, ENTRIES_MAX)
    .map(({ mark, key, publishedAt }): Entry => (publishedAt === undefined ? [mark, key] : [mark, key, publishedAt]))
  sql.run(
    'insert into feed_listings (feed_id, body) values (:feed, :body) on conflict (feed_id) do update set body = excluded.body',
    { feed: feedId, body: JSON.stringify(entries) },
  )
}

export function forgetListing(sql: Sql, feedId: string): void {
  sql.run('delete from feed_listings where feed_id = :feed', { feed: feedId })
}
