/** What a poll brought: what is new, what changed, and what left the feed (FEEDS.md, Polling 9 and 10). */
import type { Admission } from '../../core/admit.ts'
import { itemIdOf } from '../../core/kept.ts'
import type { Feed, FeedId, Item } from '../../core/model.ts'
import type { Claimed, Poll, PollKept, SeenItem } from '../../flow/ports/store.ts'
import { type FeedRow, saveFeed, updateFeed } from './feed-rows.ts'
import { fromJson } from './json.ts'
import { forgetListing, saveListing } from './listings.ts'
import type { Sql } from './sql.ts'

/** A feed whose texts change at every poll (counters, advertisements) is not read for ever. */
export const REREADS_MAX = 3

type KnownRow = Readonly<{
  seq: number
  key: string
  text_hash: string
  state: string
  rereads: number
  left_at: number | null
}>

/** `feed`: as it is kept; missing where nothing was. */
export type PollSaved = Readonly<{ kept: PollKept; feed?: Feed }>
const LAPSED: PollSaved = { kept: { kind: 'lapsed' } }

/** Under a claim that holds (`FeedLeases`). @returns 'lapsed' where the feed is no more, or the items are not here that its document still lists */
export function keepPoll(sql: Sql, kept: Readonly<{ claimed: Claimed<Feed>; poll: Poll }>, now: number): PollSaved {
  const { claimed, poll } = kept
  const feedId = claimed.work.id
  const { items, still = [], listing = [] } = poll
  if (items.length === 0 && still.length === 0) return keepQuiet(sql, kept)
  const row = sql.first<Pick<FeedRow, 'listed'>>('select listed from feeds where id = :id', { id: feedId })
  if (!row) return LAPSED
  // config/ may have taken it in or out since it was claimed; all else is the poll's to say.
  const before = { ...claimed.work, common: row.listed === 1 }
  const seen = sortSeen(sql, { feed: before, items, still, now })
  if (seen === undefined) {
    // What it passed over is not here (anymore): it is read again, all of it.
    forgetListing(sql, feedId)
    return LAPSED
  }
  const overlap = items.length + still.length > seen.unseen.length
  const admissions = seen.unseen.length === 0 ? [] : poll.admit(seen.unseen, knownOf(before, overlap))
  const gap = !overlap && hasItems(sql, feedId)
  const toRead = insertUnseen(sql, { feedId, unseen: seen.unseen, admissions }, now)
  const revised = revise(sql, seen.changed)
  markListed(sql, { feedId, poll, returned: seen.returned }, now)
  saveListing(sql, feedId, listing)
  const fresh = seen.unseen.length
  const { last } = poll.feed
  const feed = {
    ...poll.feed,
    firstPolledAt: poll.feed.firstPolledAt ?? now,
    ...(last ? { last: { ...last, newItems: fresh } } : {}),
    ...(gap ? { gaps: { count: (before.gaps?.count ?? 0) + 1, lastAt: now } } : {}),
    common: before.common,
  }
  saveFeed(sql, feed)
  return { kept: { kind: 'kept', fresh, toRead, revised, gap }, feed }
}

/** Nothing was read: its time and its failures alone are kept. */
function keepQuiet(sql: Sql, { poll }: Parameters<typeof keepPoll>[1]): PollSaved {
  const feed = withoutNews(poll.feed)
  return updateFeed(sql, feed) ? { kept: NOTHING_NEW, feed } : LAPSED
}

/** As a poll leaves it that brought nothing. */
export function withoutNews(feed: Feed): Feed {
  const { last, nextPollAt } = feed
  if ((last === undefined || last.newItems === 0) && Number.isInteger(nextPollAt)) return feed
  return { ...feed, nextPollAt: Math.ceil(nextPollAt), ...(last ? { last: { ...last, newItems: 0 } } : {}) }
}
export const NOTHING_NEW: PollKept = { kind: 'kept', fresh: 0, toRead: 0, revised: 0, gap: false }

function hasItems(sql: Sql, feedId: FeedId): boolean {
  return sql.first('select 1 from items where feed_id = :feed limit 1', { feed: feedId }) !== undefined
}

function knownOf(before: Feed, overlap: boolean): Parameters<Poll['admit']>[1] {
  const last = before.lastSuccessAt === undefined ? {} : { lastSuccessAt: before.lastSuccessAt }
  return { firstPoll: before.firstPolledAt === undefined, overlap, ...last }
}

type Sorted = Readonly<{
  unseen: readonly SeenItem[]
  changed: readonly Readonly<{ row: KnownRow; item: SeenItem }>[]
  /** Of those that had left the feed. */
  returned: readonly KnownRow[]
}>

/** @returns undefined where fewer items are kept than `still` has */
function sortSeen(
  sql: Sql,
  {
    feed,
    items,
    still,
    now,
  }: Readonly<{ feed: Feed; items: readonly SeenItem[]; still: readonly string[]; now: number }>,
): Sorted | undefined {
  if (!hasAsMany(sql, feed.id, still.length)) return undefined
  const byKey = new Map(items.map((item) => [item.key, item]))
  const rows = sql.all<KnownRow>(
    `select seq, key, text_hash, state, rereads, left_at from items
     where feed_id = :feed and key in (select value from json_each(:keys))`,
    { feed: feed.id, keys: JSON.stringify([...byKey.keys()]) },
  )
  const returned = rows.filter((row) => row.left_at !== null)
  const changed = rows.flatMap((row) => {
    const item = byKey.get(row.key)
    byKey.delete(row.key)
    return item && item.textHash !== row.text_hash ? [{ row, item }] : []
  })
  const unseen = [...byKey.values()]
  // A feed that changed its guids looks new; its links tell that it is not.
  if (feed.firstPolledAt === undefined || unseen.length * 2 <= items.length + still.length)
    return { unseen, changed, returned }
  return { unseen: withoutRenamed(sql, { feedId: feed.id, unseen }, now), changed, returned }
}

/** What is listed is never swept, and a feed's listing goes with its items: this finds a feed whose items somebody else took. */
function hasAsMany(sql: Sql, feedId: FeedId, count: number): boolean {
  const found = sql.first<{ count: number }>(
    'select count(*) count from (select 1 from items where feed_id = :feed limit :count)',
    { feed: feedId, count },
  )
  return found?.count === count
}

type Renaming = Readonly<{ feedId: FeedId; unseen: readonly SeenItem[] }>

/** Those that were seen under another key are noted under the new one, and left out. */
function withoutRenamed(sql: Sql, { feedId, unseen }: Renaming, now: number): readonly SeenItem[] {
  const names = namesIn(sql, feedId)
  return unseen.filter((seen) => {
    const own = [seen.key, ...seen.aliases]
    if (!own.some((name) => names.has(name))) return true
    insertItem(sql, { feedId, seen, state: 'alias', admission: { kind: 'skip' } }, now)
    for (const name of own) names.add(name)
    return false
  })
}

/** All keys and aliases under which the feed's items are known. */
function namesIn(sql: Sql, feedId: FeedId): Set<string> {
  const rows = sql.all<{ key: string; aliases: string | null }>(
    'select key, aliases from items where feed_id = :feed',
    { feed: feedId },
  )
  return new Set(
    rows.flatMap(({ key, aliases }) => {
      const others = fromJson<readonly string[]>(aliases)
      return Array.isArray(others) ? [key, ...others] : key
    }),
  )
}

type Unseen = Readonly<{ feedId: FeedId; unseen: readonly SeenItem[]; admissions: readonly Admission[] }>

/** @returns how many are to be read */
function insertUnseen(sql: Sql, { feedId, unseen, admissions }: Unseen, now: number): number {
  let toRead = 0
  // Feeds list the newest first: from the end, so that of equal times the older one is read first.
  for (let at = unseen.length - 1; at >= 0; at--) {
    const seen = unseen[at]
    if (!seen) continue
    const admission = admissions[at] ?? { kind: 'skip' }
    const state = admission.kind === 'skip' ? 'skipped' : 'waiting'
    insertItem(sql, { feedId, seen, state, admission }, now)
    if (state === 'waiting') toRead++
  }
  return toRead
}

type NewItem = Readonly<{
  feedId: FeedId
  seen: SeenItem
  state: 'waiting' | 'skipped' | 'alias'
  admission: Admission
}>

function insertItem(sql: Sql, { feedId, seen, state, admission }: NewItem, now: number): void {
  const waits = state === 'waiting'
  sql.run(
    `insert into items (id, feed_id, key, aliases, text_hash, state, admission, body, host, first_seen_at, published_at)
     values (:id, :feed, :key, :aliases, :hash, :state, :admission, :body, :host, :now, :published)`,
    {
      id: itemIdOf(feedId, seen.key),
      feed: feedId,
      key: seen.key,
      aliases: JSON.stringify(seen.aliases),
      hash: seen.textHash,
      state,
      admission: waits ? JSON.stringify(admission) : null,
      body: waits ? JSON.stringify(seen.item) : null,
      host: hostOf(seen.item),
      now,
      published: Math.min(Math.trunc(seen.item.publishedAt ?? now), now),
    },
  )
}

function hostOf({ url }: Item): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

/** The same item with another text is read once more, silently: its card is edited, nobody is called again. */
function revise(sql: Sql, changed: Sorted['changed']): number {
  for (const { row, item } of changed) {
    const bound = { seq: row.seq, hash: item.textHash }
    const body = JSON.stringify(item.item)
    if (row.state === 'waiting')
      sql.run('update items set text_hash = :hash, body = :body where seq = :seq', { ...bound, body })
    else if (row.state === 'read' && row.rereads < REREADS_MAX)
      sql.run(
        `update items set text_hash = :hash, body = :body, state = 'waiting', admission = '{"kind":"silent"}',
         rereads = rereads + 1, read_at = 0, attempts = 0 where seq = :seq`,
        { ...bound, body },
      )
    else sql.run('update items set text_hash = :hash where seq = :seq', bound)
  }
  return changed.length
}

type Marking = Readonly<{ feedId: FeedId; poll: Poll; returned: readonly KnownRow[] }>

/** `left_at` starts the 30 days after which a key is forgotten. */
function markListed(sql: Sql, { feedId, poll, returned }: Marking, now: number): void {
  const { items, still = [], left } = poll
  if (left === undefined)
    sql.run(
      `update items set left_at = :now where feed_id = :feed and left_at is null and key not in (select value from json_each(:keys))`,
      { feed: feedId, keys: JSON.stringify([...items.map(({ key }) => key), ...still]), now },
    )
  else
    for (const key of left)
      sql.run('update items set left_at = :now where feed_id = :feed and key = :key and left_at is null', {
        feed: feedId,
        key,
        now,
      })
  for (const { seq } of returned) sql.run('update items set left_at = null where seq = :seq', { seq })
}
