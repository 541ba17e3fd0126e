/** Loop 1: due feeds are fetched and read, and what is unseen is kept. Keep before you speak; cursor last. */
import { admit } from '../core/admit.ts'
import { saneDate } from '../core/dates.ts'
import type { FeedReading } from '../core/feed.ts'
import { itemAliases, itemKey, textHash } from '../core/identity.ts'
import type { Feed, FeedDocument, PollOutcome } from '../core/model.ts'
import { itemsAWeek, nextPollAt } from '../core/schedule.ts'
import { tellOfTrouble } from './feed-notices.ts'
import type { Claimed, Poll, SeenItem, Store } from './ports/store.ts'
import type { Chance, Download, Freshness, Log, Now, Reader, ReaderLoss, Wake, Web } from './ports.ts'

export type GatherWorld = Readonly<{
  store: Store
  web: Web
  reader: Reader
  wake: Wake
  log: Log
  now: Now
  chance: Chance
  /** How often a feed without an interval of its own is asked. */
  intervalMs: number
}>

/** A download (15 s) behind others of the same host, and a reading (2 s). */
const LEASE_MS = 3 * 60_000
/** A server that says "unchanged" for ever may be wrong: once a day it is asked without validators. */
const UNCHANGED_TRUST_MS = 24 * 60 * 60_000
/** A permanent move is believed after a week (FEEDS.md, Polling 3). */
const MOVED_TRUST_MS = 7 * 24 * 60 * 60_000
/** Answers of an address that is no more; where it had said whither it moved, that is believed now. */
const DEAD_STATUSES: ReadonlySet<number | undefined> = new Set([404, 410])

/** Polls one due feed. @returns how many were polled */
export async function gatherStep(world: GatherWorld, signal: AbortSignal): Promise<number> {
  const claims = await world.store.claimFeeds({ lease: world.chance(), leaseMs: LEASE_MS, max: 1 }, world.now())
  for (const claim of claims) await pollFeed(claim, world, signal)
  return claims.length
}

async function pollFeed(claim: Claimed<Feed>, world: GatherWorld, signal: AbortSignal): Promise<void> {
  const feed = claim.work
  const startedAt = world.now()
  const trusting = feed.fetchedAt !== undefined && startedAt - feed.fetchedAt < UNCHANGED_TRUST_MS
  const validators = trusting
    ? { ...(feed.etag ? { etag: feed.etag } : {}), ...(feed.lastModified ? { lastModified: feed.lastModified } : {}) }
    : {}
  const download = await world.web.download({ url: feed.url, kind: 'feed', ...validators }, signal)
  // We were told to stop in the middle: the lease lapses, and the poll is repeated.
  if (signal.aborted) return
  const reading = download.kind === 'fetched' ? await world.reader.readFeed(pageOf(download), signal) : undefined
  if (reading?.kind === 'lost' && reading.reason === 'stopped') return
  const now = world.now()
  const poll = pollOf({ feed, download, reading, startedAt }, world.intervalMs, now)
  const kept = await world.store.keepPoll(claim, poll, now)
  const { last, failures } = poll.feed
  const facts = {
    feedId: feed.id,
    outcome: last?.kind,
    detail: last?.detail,
    status: last?.status,
    failures,
    tookMs: last?.tookMs,
  }
  if (kept.kind === 'lapsed') world.log.warn('poll lapsed', facts)
  else {
    // A hundred feeds say "nothing new" all day, and without a network all fail at once: how they do stands in /status.
    const level = kept.toRead > 0 || kept.gap ? 'info' : 'debug'
    world.log[level]('feed polled', { ...facts, fresh: kept.fresh, toRead: kept.toRead, gap: kept.gap })
  }
  if (kept.kind === 'lapsed') return
  if (kept.toRead > 0) world.wake.call('read')
  await tellOfTrouble({ before: feed, after: poll.feed }, world)
}

function pageOf(download: Extract<Download, { kind: 'fetched' }>) {
  const { bytes, url, contentType } = download
  return contentType === undefined ? { bytes, url } : { bytes, url, contentType }
}

type Polled = Readonly<{
  feed: Feed
  download: Download
  reading: FeedReading | ReaderLoss | undefined
  startedAt: number
}>

/** What a poll's end means for the feed. One branch an outcome; nothing here touches the world. */
function pollOf(polled: Polled, intervalMs: number, now: number): Poll {
  const { feed, download, reading, startedAt } = polled
  const interval = feed.intervalMs ?? intervalMs
  const at = { at: now, tookMs: now - startedAt }
  if (download.kind === 'unchanged') {
    const pace = { feedId: feed.id, intervalMs: interval, failures: 0, ...feed.pace, ...freshnessOf(download) }
    return quiet({
      ...recovered(feed, now),
      ...validatorsOf(download, feed),
      nextPollAt: nextPollAt(pace, now),
      last: { kind: 'unchanged', ...at, status: 304 },
    })
  }
  if (download.kind === 'fetched' && reading?.kind === 'read') {
    const items = seenItems(reading.feed)
    // A feed that had items and now has none is broken, not empty; its cursor is not moved.
    if (items.length > 0 || !feed.listed)
      return fetchedPoll({ feed, download, document: reading.feed, items }, { interval, ...at })
  }
  const failures = feed.failures + 1
  const failure = failureOf(download, reading)
  const wait =
    download.kind === 'failed' && download.retryAfterMs !== undefined ? { retryAfterMs: download.retryAfterMs } : {}
  return quiet({
    ...(DEAD_STATUSES.has(failure.status) ? movedOn(feed) : feed),
    failures,
    failingSince: feed.failingSince ?? now,
    nextPollAt: nextPollAt({ feedId: feed.id, intervalMs: interval, failures, ...wait }, now),
    last: { ...failure, ...at },
  })
}

function fetchedPoll(
  fetched: Readonly<{
    feed: Feed
    download: Extract<Download, { kind: 'fetched' }>
    document: FeedDocument
    items: readonly SeenItem[]
  }>,
  poll: Readonly<{ interval: number; at: number; tookMs: number }>,
): Poll {
  const { feed, download, document, items } = fetched
  const { at: now, tookMs } = poll
  const times = items.map(({ item }) => item.publishedAt)
  // A pace that the operator set for this very feed is not stretched by the feed's own.
  const itemsLastWeek = feed.intervalMs === undefined ? itemsAWeek(times, now) : undefined
  const wish = {
    ...(itemsLastWeek === undefined ? {} : { itemsLastWeek }),
    ...(document.ttlMs === undefined ? {} : { ttlMs: document.ttlMs }),
  }
  const pace = { feedId: feed.id, intervalMs: poll.interval, failures: 0, ...wish, ...freshnessOf(download) }
  const { etag: _etag, lastModified: _lastModified, ...unvalidated } = recovered(feed, now)
  return {
    feed: {
      ...moved(unvalidated, download.movedTo, now),
      // Both are replaced after every body: an old ETag beside a new Last-Modified would lie.
      ...(download.etag ? { etag: download.etag } : {}),
      ...(download.lastModified ? { lastModified: download.lastModified } : {}),
      firstPolledAt: feed.firstPolledAt ?? now,
      fetchedAt: now,
      listed: items.length,
      pace: wish,
      nextPollAt: nextPollAt(pace, now),
      last: { kind: 'fetched', at: now, tookMs, status: download.status },
    },
    items,
    admit: (unseen, known) =>
      admit(
        unseen.map(({ item }) => saneDate(item.publishedAt, now)),
        { ...known, now, intervalMs: poll.interval },
      ),
  }
}

function freshnessOf({ maxAgeMs, expiresAt }: Freshness): Freshness {
  return { ...(maxAgeMs === undefined ? {} : { maxAgeMs }), ...(expiresAt === undefined ? {} : { expiresAt }) }
}

function quiet(feed: Feed): Poll {
  return { feed, items: [], admit: () => [] }
}

function recovered(feed: Feed, now: number): Feed {
  const { failingSince: _failingSince, ...rest } = feed
  return { ...rest, failures: 0, lastSuccessAt: now }
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

/** An item listed twice in one document is seen once. */
function seenItems(document: FeedDocument): readonly SeenItem[] {
  const byKey = new Map<string, SeenItem>()
  for (const item of document.items) {
    const key = itemKey(item)
    if (!byKey.has(key)) byKey.set(key, { key, aliases: itemAliases(item), textHash: textHash(item), item })
  }
  return [...byKey.values()]
}
