/** Loop 1: due feeds are fetched and read, and what is unseen is kept. Keep before you speak; cursor last. */
import type { Feed } from '../core/model.ts'
import { tellOfTrouble } from './feed-notices.ts'
import { point } from './points.ts'
import { pollOf } from './polled.ts'
import type { Claimed, ListedItem, PollKept, Store } from './ports/store.ts'
import type { Chance, Download, Log, Now, Reader, Wake, Web } from './ports.ts'

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

/** A claim is for a few at once. They are polled side by side; only those of one host wait for each other. */
const CLAIMS_MAX = 8

/** Polls a few due feeds. @returns how many were polled */
export async function gatherStep(world: GatherWorld, signal: AbortSignal): Promise<number> {
  const claims = await world.store.claimFeeds(
    { lease: world.chance(), leaseMs: LEASE_MS, max: CLAIMS_MAX },
    world.now(),
  )
  const ends = await Promise.allSettled(claims.map((claim) => pollFeed(claim, world, signal)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return claims.length
}

async function pollFeed(claim: Claimed<Feed>, world: GatherWorld, signal: AbortSignal): Promise<void> {
  point('gather claimed')
  const feed = claim.work
  const startedAt = world.now()
  const trusting = feed.fetchedAt !== undefined && startedAt - feed.fetchedAt < UNCHANGED_TRUST_MS
  const validators = trusting
    ? { ...(feed.etag ? { etag: feed.etag } : {}), ...(feed.lastModified ? { lastModified: feed.lastModified } : {}) }
    : {}
  const download = await world.web.download({ url: feed.url, kind: 'feed', ...validators }, signal)
  // We were told to stop in the middle: the lease lapses, and the poll is repeated.
  if (signal.aborted) return
  point('gather downloaded')
  // What stands there word for word as at the last poll is not read again.
  const before = download.kind === 'fetched' && feed.listed ? await world.store.listing(feed.id) : []
  const reading =
    download.kind === 'fetched' ? await world.reader.readFeed(documentOf(download, before), signal) : undefined
  if (reading?.kind === 'lost' && reading.reason === 'stopped') return
  point(feed.firstPolledAt === undefined ? 'first poll read' : 'gather read')
  const now = world.now()
  const poll = pollOf({ feed, download, reading, before, startedAt }, world.intervalMs, now)
  const kept = await world.store.keepPoll(claim, poll, now)
  point(feed.firstPolledAt === undefined ? 'first poll kept' : 'gather kept')
  logPoll(world.log, poll.feed, kept)
  if (kept.kind === 'lapsed') return
  if (kept.toRead > 0) world.wake.call('read')
  point('gather woke')
  await tellOfTrouble({ before: feed, after: poll.feed }, world)
}

function logPoll(log: Log, { id, last, failures }: Feed, kept: PollKept): void {
  const news = kept.kind === 'kept' ? kept : undefined
  // A hundred feeds say "nothing new" all day, and without a network all fail at once: how they do stands in /status.
  const level = news === undefined ? 'warn' : news.toRead > 0 || news.gap ? 'info' : 'debug'
  log[level](news === undefined ? 'poll lapsed' : 'feed polled', {
    feedId: id,
    outcome: last?.kind,
    detail: last?.detail,
    status: last?.status,
    failures,
    tookMs: last?.tookMs,
    fresh: news?.fresh,
    toRead: news?.toRead,
    gap: news?.gap,
  })
}

function documentOf(download: Extract<Download, { kind: 'fetched' }>, before: readonly ListedItem[]) {
  const { bytes, url, contentType } = download
  const known = before.map(({ mark }) => mark)
  return { bytes, url, known, ...(contentType === undefined ? {} : { contentType }) }
}
