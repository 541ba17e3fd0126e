/** Feeds: whose they are, and when they are due. */

import type { Feed, FeedId, FeedSource } from '../../core/model.ts'
import { firstPollAt, NEVER_AT } from '../../core/schedule.ts'
import type { Claimed, Store } from '../../flow/ports/store.ts'
import type { FeedLeases } from './feed-leases.ts'
import { createFeedQueue, type FeedQueue } from './feed-queue.ts'
import { type FeedRow, feedOf, saveFeed } from './feed-rows.ts'
import { readable } from './json.ts'
import { listingOf } from './listings.ts'
import { keepPoll, NOTHING_NEW, withoutNews } from './polls.ts'
import { isRoutine, type RoutinePolls } from './routine-polls.ts'
import type { Database, Sql } from './sql.ts'
import { FEED_POLLED, serverOf } from './viewer.ts'

type FeedMethods = Pick<
  Store,
  | 'keepCommonFeeds'
  | 'addFeed'
  | 'removeFeed'
  | 'feeds'
  | 'feed'
  | 'allFeeds'
  | 'claimFeeds'
  | 'listing'
  | 'pollSoon'
  | 'keepPoll'
>

/** What of polling stands in memory, for as long as the database is open. */
export type Polls = Readonly<{ leases: FeedLeases; routine: RoutinePolls }>

export function feedMethods(database: Database, polls: Polls): FeedMethods {
  const { read, write, look, changes } = database
  const queue = createFeedQueue(changes)
  const { routine } = polls
  const asItStands = (feed: Feed | undefined) => feed && routine.of(feed)
  const feedAt = (row: FeedRow) => asItStands(feedOf(row))
  /** What changes one feed: of thousands, the others are not read again. */
  const writeOne = async <Result>(id: FeedId, body: (sql: Sql) => Result): Promise<Result> => {
    const { result, committed } = await write((sql) => queue.ownWrite(() => body(sql)))
    await look((sql) => committed(id, () => asItStands(polledFeed(sql, id))))
    return result
  }
  return {
    ...pollMethods(database, { ...polls, queue }),
    keepCommonFeeds: (sources, now, spreadMs = 0) => write((sql) => keepCommonFeeds(sql, { sources, spreadMs }, now)),
    addFeed: (adding, now) => writeOne(adding.source.id, (sql) => addFeed(sql, adding, now)),
    removeFeed: (feedId, serverId) => writeOne(feedId, (sql) => removeFeed(sql, feedId, serverId)),
    feeds: (viewer) =>
      read((sql) =>
        readable(sql.all<FeedRow>(`select * from feeds f where ${FEED_SEEN} order by id`, serverOf(viewer)), feedAt),
      ),
    feed: (feedId, viewer) =>
      read((sql) => {
        const bound = { ...serverOf(viewer), feed: feedId }
        const row = sql.first<FeedRow>(`select * from feeds f where id = :feed and ${FEED_SEEN}`, bound)
        return row && feedAt(row)
      }),
    allFeeds: () =>
      read((sql) => readable(sql.all<FeedRow>(`select * from feeds f where ${FEED_POLLED} order by id`), feedAt)),
    pollSoon: (feedId, at) => writeOne(feedId, (sql) => pollSoon(sql, feedId, at)),
  }
}

/** A poll may wait so long for others to share its commit: asking took longer. */
const COMPANY_MS = 5

function pollMethods(
  { look, gather }: Database,
  { leases, queue, routine }: Polls & Readonly<{ queue: FeedQueue }>,
): Pick<Store, 'claimFeeds' | 'listing' | 'keepPoll'> {
  let isFull = false // or broken: the last poll could not be saved
  return {
    async claimFeeds(terms, now) {
      // Nobody is asked for what could not be saved.
      if (isFull || routine.isStuck()) {
        await gather((sql) => tryWriting(sql, terms.lease))
        isFull = false
        routine.again()
      }
      return look((sql) => {
        queue.refresh(sql, routine.of)
        return claimFeeds({ ...terms, leases, queue }, now)
      })
    },
    listing: (feedId) => look((sql) => listingOf(sql, feedId)),
    async keepPoll(claimed, poll, now) {
      const saver = Symbol()
      if (isRoutine(claimed.work, poll)) {
        if (!leases.begin(claimed, saver, now)) return { kind: 'lapsed' }
        const feed = withoutNews(poll.feed)
        routine.keep(feed)
        queue.become(feed)
        leases.end(claimed, saver, true)
        return NOTHING_NEW
      }
      try {
        if (routine.has(claimed.work.id)) void routine.write() // or it would be written over this one
        const { result, committed } = await gather(
          (sql) =>
            queue.ownWrite(() =>
              leases.begin(claimed, saver, now) ? keepPoll(sql, { claimed, poll }, now) : undefined,
            ),
          COMPANY_MS,
        )
        if (result?.feed) committed(claimed.work.id, asItsRow(result.feed))
        leases.end(claimed, saver, true)
        return result?.kept ?? { kind: 'lapsed' }
      } catch (error) {
        leases.end(claimed, saver, false)
        isFull = true
        throw error
      }
    },
  }
}

/** As its row says: whether it is everyone's stands in a column that no poll writes, and times are whole. */
function asItsRow(feed: Feed): (known: Feed | undefined) => Feed | undefined {
  return (known) => known && { ...feed, common: known.common, nextPollAt: Math.ceil(feed.nextPollAt) }
}

/** The column has no other use: a row that stays as it is would not be written. */
function tryWriting(sql: Sql, lease: string): void {
  sql.run('update feeds set lease = :lease where id = (select id from feeds limit 1)', { lease })
}

const FEED_SEEN = `(f.listed = 1 or exists (select 1 from feed_servers fs where fs.feed_id = f.id and fs.server_id = :server))`

function keepCommonFeeds(
  sql: Sql,
  { sources, spreadMs }: Readonly<{ sources: readonly FeedSource[]; spreadMs: number }>,
  now: number,
): void {
  const ids = JSON.stringify(sources.map(({ id }) => id))
  sql.run('update feeds set listed = 0 where listed = 1 and id not in (select value from json_each(:ids))', { ids })
  for (const source of sources) {
    const firstAt = source.intervalMs === undefined ? firstPollAt(source.id, spreadMs, now) : now
    keepCommonFeed(sql, source, firstAt)
  }
}

function keepCommonFeed(sql: Sql, source: FeedSource, firstAt: number): void {
  const row = sql.first<FeedRow & { config_url: string | null }>('select * from feeds where id = :id', {
    id: source.id,
  })
  const before = row && feedOf(row)
  if (!before) {
    // A damaged row begins anew, but not with the silence of a first poll: what the feed brought before is known.
    const isKnown = row && sql.first('select 1 from items where feed_id = :id limit 1', { id: source.id })
    saveFeed(sql, { ...newFeed(source, true, firstAt), ...(isKnown ? { firstPolledAt: firstAt } : {}) })
    sql.run('update feeds set config_url = :url where id = :id', { id: source.id, url: source.url })
    return
  }
  // An address that moved by redirects stays, until config/ itself says another one.
  const url = row?.config_url === source.url ? before.url : source.url
  const { etag: _etag, lastModified: _modified, moved: _moved, listed: _listed, ...anew } = stateOf(before)
  // Another address is another document: nothing that was said of the old one holds, and it is asked at once.
  const state = url === before.url ? stateOf(before) : { ...anew, failures: 0, nextPollAt: firstAt }
  // Taken out and put in again, one that was given up for gone is asked once more.
  const revived = row?.listed === 0 && state.nextPollAt >= NEVER_AT
  const nextPollAt = revived ? firstAt : state.nextPollAt
  saveFeed(sql, { ...source, ...state, nextPollAt, url, common: true })
  sql.run('update feeds set config_url = :url, left_at = null where id = :id', { id: source.id, url: source.url })
  // What one server had for itself is everyone's from now on.
  sql.run('update article_feeds set common = 1 where feed_id = :id and common = 0', { id: source.id })
  sql.run(
    'update articles set common = 1 where common = 0 and n in (select n from article_feeds where feed_id = :id)',
    { id: source.id },
  )
}

/** Where we stand with a feed, without what its source says of itself. */
function stateOf(feed: Feed): Omit<Feed, keyof FeedSource> {
  const { id: _i, url: _u, title: _t, outlet: _o, kind: _k, language: _l, country: _c, ...rest } = feed
  const { label: _label, intervalMs: _interval, ...state } = rest
  return state
}

function newFeed(source: FeedSource, common: boolean, now: number): Feed {
  return { ...source, common, failures: 0, nextPollAt: now }
}

type Adding = Parameters<Store['addFeed']>[0]

function addFeed(sql: Sql, { source, serverId, personId, max }: Adding, now: number): 'added' | 'already' | 'full' {
  const bound = { id: source.id, server: serverId }
  // A common feed is there for all, under whatever id config/ gave it.
  const common = sql.first('select 1 from feeds where listed = 1 and (id = :id or config_url = :url)', {
    id: source.id,
    url: source.url,
  })
  const own = sql.first('select 1 from feed_servers where feed_id = :id and server_id = :server', bound)
  // Added anew, a feed that was given up for gone is asked once more.
  reviveGone(sql, source.id, now)
  if (common || own) return 'already'
  const { count } = sql.first<{ count: number }>('select count(*) count from feed_servers where server_id = :server', {
    server: serverId,
  }) ?? { count: 0 }
  if (count >= max) return 'full'
  const there = sql.first('select 1 from feeds where id = :id', { id: source.id })
  if (!there) saveFeed(sql, newFeed(source, false, now))
  sql.run('update feeds set left_at = null where id = :id', { id: source.id })
  sql.run('insert into feed_servers (feed_id, server_id, person_id, added_at) values (:id, :server, :person, :now)', {
    ...bound,
    person: personId,
    now,
  })
  return 'added'
}

function reviveGone(sql: Sql, id: string, now: number): void {
  const row = sql.first<FeedRow>('select * from feeds where id = :id and next_poll_at >= :never', {
    id,
    never: NEVER_AT,
  })
  const feed = row && feedOf(row)
  if (feed) saveFeed(sql, { ...feed, nextPollAt: now })
}

function removeFeed(sql: Sql, feedId: string, serverId: string): boolean {
  const bound = { feed: feedId, server: serverId }
  if (sql.run('delete from feed_servers where feed_id = :feed and server_id = :server', bound) === 0) return false
  return true
}

function polledFeed(sql: Sql, id: FeedId): Feed | undefined {
  const row = sql.first<FeedRow>(`select * from feeds f where id = :id and ${FEED_POLLED}`, { id })
  return row && feedOf(row)
}

function pollSoon(sql: Sql, id: FeedId, at: number): boolean {
  const feed = polledFeed(sql, id)
  if (feed && feed.failures === 0 && feed.nextPollAt > at) saveFeed(sql, { ...feed, nextPollAt: at })
  return feed !== undefined
}

type Claiming = Parameters<Store['claimFeeds']>[0] & Readonly<{ leases: FeedLeases; queue: FeedQueue }>

function claimFeeds({ lease, leaseMs, max, leases, queue }: Claiming, now: number): readonly Claimed<Feed>[] {
  const held = leases.held(now)
  const until = now + leaseMs
  const claims: Claimed<Feed>[] = []
  while (claims.length < max) {
    const work = queue.next((id) => held.has(id), until, now)
    if (!work) break
    leases.take(work.id, { lease, until })
    claims.push({ work, lease, until })
  }
  return claims
}
