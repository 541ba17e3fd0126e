/** What the end of a poll makes of a feed: when it is asked next, under which address, and what of its document is handed to the store. */
import { admit } from '../core/admit.ts'
import { cadenceOf, isSilent } from '../core/cadence.ts'
import { saneDate } from '../core/dates.ts'
import type { FeedDocument } from '../core/feed/document.ts'
import type { FeedWishes } from '../core/feed/wishes.ts'
import type { FeedReading } from '../core/feed.ts'
import { itemAliases, itemKey, textHash } from '../core/identity.ts'
import type { Feed, Item, PollOutcome } from '../core/model.ts'
import { itemsAWeek, NEVER_AT, nextPollAt } from '../core/schedule.ts'
import type { ListedItem, Poll, SeenItem } from './ports/store.ts'
import type { Announced, Download, Freshness, ReaderLoss } from './ports.ts'

/** A permanent move is believed after a week (FEEDS.md, Polling 3). */
const MOVED_TRUST_MS = 7 * 24 * 60 * 60_000
/** Answers of an address that is no more; where it had said whither it moved, that is believed now. */
const DEAD_STATUSES: ReadonlySet<number | undefined> = new Set([404, 410])
/** A host that cannot be found or reached for so long is dead as well: a shorter fault may be the network's, or ours. */
const DEAD_HOST_MS = 24 * 60 * 60_000

type Polled = Readonly<{
  feed: Feed
  download: Download
  reading: FeedReading | ReaderLoss | undefined
  /** Whose marks the reading knew. */
  before?: readonly ListedItem[]
  startedAt: number
}>

/** What a poll's end means for the feed. One branch an outcome; nothing here touches the world.
 *  @param intervalMs - how often a feed without an interval of its own is asked */
export function pollOf(polled: Polled, intervalMs: number, now: number): Poll {
  const { feed, download, reading, before = [], startedAt } = polled
  const interval = feed.intervalMs ?? intervalMs
  const at = { at: now, tookMs: now - startedAt }
  if (download.kind === 'unchanged') {
    const pace = { feedId: feed.id, intervalMs: interval, failures: 0, ...feed.pace, ...freshnessOf(download) }
    return quiet({
      ...heard(movedStill(recovered(feed), download.movedTo), now),
      ...validatorsOf(download, feed),
      failures: 0,
      lastSuccessAt: now,
      nextPollAt: nextPollAt(pace, now),
      last: { kind: 'unchanged', ...at, status: 304, newItems: 0 },
    })
  }
  // Nobody asked it: its host told another of our requests to wait. No failure of the feed's, and no news of it.
  if (download.kind === 'failed' && download.reason === 'held')
    return quiet({ ...feed, nextPollAt: heldUntil(polled, interval, now) })
  if (download.kind === 'fetched' && reading?.kind === 'read') {
    const entries = entriesOf(reading.feed, before, feed.listed)
    // A feed that had items and now has none is broken, not empty; its cursor is not moved.
    if (entries.times.length > 0 || !feed.listed)
      return fetchedPoll({ feed, download, document: reading.feed, entries }, { interval, ...at })
  }
  return failedPoll(polled, interval, now)
}

function failedPoll({ feed, download, reading, startedAt }: Polled, interval: number, now: number): Poll {
  const failures = feed.failures + 1
  const failure = failureOf(download, reading)
  const next = isDead(feed, download, now) ? movedOn(feed) : feed
  const hasMoved = next.url !== feed.url
  const wait =
    download.kind === 'failed' && download.retryAfterMs !== undefined ? { retryAfterMs: download.retryAfterMs } : {}
  const gone = failure.kind === 'gone' && !hasMoved
  const tries = hasMoved ? 0 : failures // a new address is not asked late for the old one's faults
  return quiet({
    ...next,
    failures,
    failingSince: feed.failingSince ?? now,
    nextPollAt: gone ? NEVER_AT : nextPollAt({ feedId: feed.id, intervalMs: interval, failures: tries, ...wait }, now),
    last: { ...failure, ...(hasMoved ? { kind: 'failed' } : {}), at: now, tookMs: now - startedAt },
  })
}

/** Spread like any other wait: a host's feeds do not come back together. */
function heldUntil({ feed, download }: Polled, intervalMs: number, now: number): number {
  const retryAfterMs = download.kind === 'failed' ? (download.retryAfterMs ?? 0) : 0
  return nextPollAt({ feedId: feed.id, intervalMs, failures: 0, retryAfterMs }, now)
}

function fetchedPoll(
  fetched: Readonly<{
    feed: Feed
    download: Extract<Download, { kind: 'fetched' }>
    document: FeedDocument
    entries: Entries
  }>,
  poll: Readonly<{ interval: number; at: number; tookMs: number }>,
): Poll {
  const { feed, download, document, entries } = fetched
  const { at: now, tookMs } = poll
  const { times, ...listed } = entries
  // A pace that the operator set for this very feed is not stretched by the feed's own.
  const weekly = itemsAWeek(times, now)
  const itemsLastWeek = feed.intervalMs === undefined ? weekly : undefined
  const wish = {
    ...(itemsLastWeek === undefined ? {} : { itemsLastWeek }),
    ...wishOf({ ...document, ...announcedIn(download) }),
  }
  const cadence = cadenceOf(times, now)
  const pace = { feedId: feed.id, intervalMs: poll.interval, failures: 0, ...wish, ...freshnessOf(download) }
  const { etag: _etag, lastModified: _lastModified, itemsAWeek: _weekly, ...unvalidated } = recovered(feed)
  return {
    feed: {
      ...heard({ ...moved(unvalidated, download.movedTo, now), ...(cadence ? { cadence } : {}) }, now),
      ...(weekly === undefined ? {} : { itemsAWeek: weekly }),
      // Both are replaced after every body: an old ETag beside a new Last-Modified would lie.
      ...(download.etag ? { etag: download.etag } : {}),
      ...(download.lastModified ? { lastModified: download.lastModified } : {}),
      firstPolledAt: feed.firstPolledAt ?? now,
      failures: 0,
      lastSuccessAt: now,
      fetchedAt: now,
      listed: times.length,
      pace: wish,
      nextPollAt: nextPollAt(pace, now),
      last: { kind: 'fetched', at: now, tookMs, status: download.status },
    },
    ...listed,
    admit: (unseen, known) =>
      admit(
        unseen.map(({ item }) => saneDate(item.publishedAt, now)),
        { ...known, now, intervalMs: poll.interval },
      ),
  }
}

/** What the answer's head says of the hub goes before what the document says (WebSub, 4). */
function announcedIn({ hub, self }: Announced): Announced {
  return { ...(hub === undefined ? {} : { hub }), ...(self === undefined ? {} : { self }) }
}

/** The publisher's wishes that stand in the document. */
function wishOf({ ttlMs, skipHours, skipDays, hub, self }: FeedWishes): FeedWishes {
  return {
    ...(ttlMs === undefined ? {} : { ttlMs }),
    ...(skipHours === undefined ? {} : { skipHours }),
    ...(skipDays === undefined ? {} : { skipDays }),
    ...(hub === undefined ? {} : { hub, ...(self === undefined ? {} : { self }) }),
  }
}

/** Notes since when it is silent. One that was so when it was added has not fallen silent under our eyes: 0. */
function heard(feed: Feed, now: number): Feed {
  const isStill = feed.cadence !== undefined && isSilent(feed.cadence, now)
  if (isStill === (feed.silent !== undefined)) return feed
  const { silent: _silent, ...rest } = feed
  return isStill ? { ...rest, silent: { sinceAt: feed.firstPolledAt === undefined ? 0 : now } } : rest
}

function freshnessOf({ maxAgeMs, expiresAt }: Freshness): Freshness {
  return { ...(maxAgeMs === undefined ? {} : { maxAgeMs }), ...(expiresAt === undefined ? {} : { expiresAt }) }
}

function quiet(feed: Feed): Poll {
  return { feed, items: [], admit: () => [] }
}

function recovered(feed: Feed): Feed {
  if (feed.failingSince === undefined) return feed
  const { failingSince: _failingSince, ...rest } = feed
  return rest
}

function validatorsOf(fresh: Readonly<{ etag?: string; lastModified?: string }>, feed: Feed) {
  const etag = fresh.etag ?? feed.etag
  const lastModified = fresh.lastModified ?? feed.lastModified
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) }
}

/** The same address over https is believed at once; any other after a week of saying so. */
function moved(feed: Feed, to: string | undefined, now: number): Feed {
  const { moved: before, ...still } = feed
  if (to === undefined || to === feed.url) return still
  if (to === feed.url.replace(/^http:/, 'https:')) return { ...still, url: to }
  const sinceAt = before?.url === to ? before.sinceAt : now
  return now - sinceAt >= MOVED_TRUST_MS ? { ...still, url: to } : { ...still, moved: { url: to, sinceAt } }
}

/** A poll that brought no body proves nothing of the new address, but one that no longer points there has taken it back. */
function movedStill(feed: Feed, to: string | undefined): Feed {
  if (feed.moved === undefined || feed.moved.url === to) return feed
  const { moved: _moved, ...rest } = feed
  return rest
}

/** Whether the feed's own address is dead, and not the one that it points to. */
function isDead({ failingSince }: Feed, download: Download, now: number): boolean {
  if (download.kind !== 'failed' || download.redirected) return false
  if (DEAD_STATUSES.has(download.status)) return true
  const unmet = download.reason === 'unknown host' || download.reason === 'unreachable'
  return unmet && failingSince !== undefined && now - failingSince >= DEAD_HOST_MS
}

/** The old address is dead: where it had said that it moved, it is asked from now on. */
function movedOn({ moved: to, ...feed }: Feed): Feed {
  return to ? { ...feed, url: to.url } : feed
}

/** `detail` comes from fixed lists: what a server said is never shown. */
function failureOf(download: Download, reading: Polled['reading']): Pick<PollOutcome, 'kind' | 'detail' | 'status'> {
  switch (download.kind) {
    case 'refused':
      return { kind: 'failed', detail: `refused: ${download.reason}` }
    case 'failed': {
      const status = download.status === undefined ? {} : { status: download.status }
      return { kind: download.status === 410 ? 'gone' : 'failed', detail: download.reason, ...status }
    }
    case 'unchanged':
    case 'fetched':
      if (reading === undefined || reading.kind === 'read') return { kind: 'failed', detail: 'empty' }
      return { kind: 'failed', detail: reading.reason }
  }
}

type Entries = Pick<Poll, 'items' | 'still' | 'left' | 'listing'> & Readonly<{ times: readonly (number | undefined)[] }>

/** An item listed twice in one document is seen once, as it stands first.
 *  @param before - the entries whose marks were known to the reading: their items are not in the document
 *  @param listed - how many there were before: `before` may be some of them, or none */
function entriesOf(document: FeedDocument, before: readonly ListedItem[], listed: number | undefined): Entries {
  const known = new Map(before.map((entry) => [entry.mark, entry]))
  const unread = document.items.values()
  const firsts = new Map<string, ListedItem>()
  const items: SeenItem[] = []
  const still: string[] = []
  for (const mark of document.marks ?? document.items.map(() => '')) {
    const same = known.get(mark)
    const item = same ? undefined : unread.next().value
    const key = same?.key ?? (item && itemKey(item))
    if (key === undefined || firsts.has(key)) continue
    if (same) still.push(key)
    if (item) items.push(seenItem(key, item))
    firsts.set(key, same ?? listedItem(mark, key, item?.publishedAt))
  }
  const listing = [...firsts.values()]
  return {
    times: listing.map(({ publishedAt }) => publishedAt),
    items,
    still,
    ...(before.length === listed ? { left: before.flatMap(({ key }) => (firsts.has(key) ? [] : key)) } : {}),
    // Without those that stand second: should they come to be first, they are a revision, and have to be read.
    ...(document.marks ? { listing } : {}),
  }
}

function listedItem(mark: string, key: string, publishedAt: number | undefined): ListedItem {
  return publishedAt === undefined ? { mark, key } : { mark, key, publishedAt }
}

/** Aliases are asked for only when an item is unseen, which few are. */
function seenItem(key: string, item: Item): SeenItem {
  return {
    key,
    get aliases() {
      return itemAliases(item)
    },
    textHash: textHash(item),
    item,
  }
}
