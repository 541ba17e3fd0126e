/** Which feeds are due. Known in memory, with the table behind it: a claim neither asks the database nor reads a feed's text. */
import type { Feed, FeedId } from '../../core/model.ts'
import { type FeedRow, feedOf } from './feed-rows.ts'
import { readable } from './json.ts'
import { type Changes, type Sql, uncounted } from './sql.ts'
import { FEED_POLLED } from './viewer.ts'

export type FeedQueue = Readonly<{
  /** Reads the table where anybody else wrote to it since, in this program or in another.
   *  @param asItStands - the feed of a row, with what is not written yet */
  refresh(sql: Sql, asItStands: (feed: Feed) => Feed): void
  /** What becomes of a feed without its row. */
  become(feed: Feed): void
  /** The one that is longest due, and not held. What is due is handed out in sweeps, so that not all has to be passed over each time.
   *  @param endsAt - a sweep lasts no longer: where more is always due than can be asked, what lapsed behind it is found by the next one */
  next(isHeld: (id: FeedId) => boolean, endsAt: number, now: number): Feed | undefined
  /** To run inside a transaction that changes one feed and nothing else of what is polled.
   *  @returns to be called once it is committed: what becomes of the feed that is known; undefined where it is not polled (any more) */
  ownWrite<Result>(body: () => Result): Readonly<{ result: Result; committed(id: FeedId, become: Become): void }>
}>
type Become = (known: Feed | undefined) => Feed | undefined

export function createFeedQueue(changes: Changes): FeedQueue {
  const feeds = new Map<FeedId, Feed>()
  let read = { ours: -1, others: -1 }
  let sweep: FeedId[] = [] // the longest due stands last
  let sweepEndsAt = 0
  return {
    refresh(sql, asItStands) {
      const others = sql.first<{ data_version: number }>('pragma data_version')?.data_version ?? 0
      if (read.ours === changes.feeds && read.others === others) return
      const rows = sql.all<FeedRow>(`select * from feeds f where ${FEED_POLLED}`)
      feeds.clear()
      for (const feed of readable(rows, feedOf)) feeds.set(feed.id, asItStands(feed))
      read = { ours: changes.feeds, others }
      sweep = []
    },
    become(feed) {
      const known = feeds.get(feed.id)
      if (known) feeds.set(feed.id, known.common === feed.common ? feed : { ...feed, common: known.common })
    },
    next(isHeld, endsAt, now) {
      if (now >= sweepEndsAt || endsAt < sweepEndsAt) sweep = []
      for (let isAnew = false; ; isAnew = true) {
        for (let id = sweep.pop(); id !== undefined; id = sweep.pop()) {
          const feed = feeds.get(id)
          if (feed && feed.nextPollAt <= now && !isHeld(id)) return feed
        }
        if (isAnew) return undefined
        sweep = dueOf(feeds.values(), isHeld, now)
        sweepEndsAt = endsAt
      }
    },
    ownWrite(body) {
      const before = changes.feeds
      return {
        result: uncounted(changes, body),
        committed(id, become) {
          const feed = become(feeds.get(id))
          // Somebody wrote in between: the table knows better.
          if (changes.feeds !== before) read = { ours: -1, others: -1 }
          else if (feed) feeds.set(id, feed)
          else feeds.delete(id)
        },
      }
    },
  }
}

/** @returns the longest due last */
function dueOf(feeds: Iterable<Feed>, isHeld: (id: FeedId) => boolean, now: number): FeedId[] {
  const due: Feed[] = []
  for (const feed of feeds) if (feed.nextPollAt <= now && !isHeld(feed.id)) due.push(feed)
  return due.sort((a, b) => b.nextPollAt - a.nextPollAt || (a.id < b.id ? 1 : -1)).map(({ id }) => id)
}
