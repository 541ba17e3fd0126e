import { itemIdOf } from '../../../src/core/kept.ts'
import type { Feed, FeedSource } from '../../../src/core/model.ts'
import { firstPollAt, NEVER_AT } from '../../../src/core/schedule.ts'
import type { Claimed, ClaimTerms, KeptItem, Poll, PollKept, SeenItem, Store } from '../../../src/flow/ports/store.ts'
import { type FeedRow, feedIn, feedSeen, type ItemRow, isFree, isPolled, type State } from './state.ts'

export const REREADS_MAX = 3
const ATTEMPTS_MAX = 100

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
  | 'claimItems'
  | 'putItemBack'
>

export function feedMethods(state: State): FeedMethods {
  const rows = () => [...state.feeds.values()].toSorted((a, b) => (a.feed.id < b.feed.id ? -1 : 1))
  return {
    async keepCommonFeeds(sources, now, spreadMs = 0) {
      for (const row of state.feeds.values()) {
        if (!row.listed && row.feed.nextPollAt >= NEVER_AT) row.feed = { ...row.feed, nextPollAt: now }
        row.listed = sources.some(({ id }) => id === row.feed.id)
      }
      for (const source of sources)
        keepCommonFeed(state, source, source.intervalMs === undefined ? firstPollAt(source.id, spreadMs, now) : now)
    },
    async addFeed({ source, serverId, max }, now) {
      const listed = rows().some((row) => row.listed && (row.feed.id === source.id || row.configUrl === source.url))
      const before = state.feeds.get(source.id)
      if (before && before.feed.nextPollAt >= NEVER_AT) before.feed = { ...before.feed, nextPollAt: now }
      if (listed || before?.servers.has(serverId)) return 'already'
      if (rows().filter(({ servers }) => servers.has(serverId)).length >= max) return 'full'
      const row = before ?? newRow(source, false, now)
      state.feeds.set(source.id, row)
      row.servers.add(serverId)
      row.leftAt = undefined
      return 'added'
    },
    removeFeed: async (feedId, serverId) => state.feeds.get(feedId)?.servers.delete(serverId) ?? false,
    feeds: async (viewer) =>
      rows()
        .filter((row) => feedSeen(row, viewer))
        .map(feedIn),
    async feed(feedId, viewer) {
      const row = state.feeds.get(feedId)
      return row && feedSeen(row, viewer) ? feedIn(row) : undefined
    },
    allFeeds: async () =>
      rows()
        .filter((row) => isPolled(state, row))
        .map(feedIn),
    async claimFeeds(terms, now) {
      const due = rows()
        .filter((row) => row.feed.nextPollAt <= now && isFree(row, now) && isPolled(state, row))
        .toSorted((a, b) => a.feed.nextPollAt - b.feed.nextPollAt)
      return due.slice(0, terms.max).map((row) => take(row, feedIn(row), { ...terms, now }))
    },
    async pollSoon(feedId, at) {
      const row = state.feeds.get(feedId)
      if (!(row && isPolled(state, row))) return false
      if (row.feed.failures === 0 && row.feed.nextPollAt > at) row.feed = { ...row.feed, nextPollAt: at }
      return true
    },
    listing: async (feedId) => state.listings.get(feedId) ?? [],
    keepPoll: async (claimed, poll, now) => keepPoll(state, { claimed, poll }, now),
    claimItems: async (terms, now) => claimItems(state, terms, now),
    async putItemBack(claimed, readAt) {
      const row = state.items.find((item) => idOf(item) === claimed.work.id && item.lease === claimed.lease)
      if (row) Object.assign(row, { readAt, attempts: row.attempts + 1, lease: undefined })
    },
  }
}

export function idOf({ feedId, key }: ItemRow) {
  return itemIdOf(feedId, key)
}

function take<Work>(
  row: { lease?: string | undefined; until: number },
  work: Work,
  terms: Omit<ClaimTerms, 'max'> & { now: number },
): Claimed<Work> {
  row.lease = terms.lease
  row.until = terms.now + terms.leaseMs
  return { work, lease: terms.lease, until: row.until }
}

function newRow(source: FeedSource, listed: boolean, now: number): FeedRow {
  const feed: Feed = { ...source, common: listed, failures: 0, nextPollAt: now }
  return { feed, listed, servers: new Set(), until: 0 }
}

function keepCommonFeed(state: State, source: FeedSource, firstAt: number): void {
  const row = state.feeds.get(source.id) ?? newRow(source, true, firstAt)
  const moved = row.configUrl === source.url ? row.feed.url : source.url
  const { etag, lastModified, moved: moving, ...rest } = row.feed
  const validators = {
    ...(etag ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
    ...(moving ? { moved: moving } : {}),
  }
  const feed = { ...rest, ...source, url: moved, ...(moved === row.feed.url ? validators : {}) }
  state.feeds.set(source.id, Object.assign(row, { feed, listed: true, configUrl: source.url, leftAt: undefined }))
  for (const article of state.articles) if (article.feeds.has(source.id)) article.feeds.set(source.id, true)
}

function keepPoll(
  state: State,
  { claimed, poll }: Readonly<{ claimed: Claimed<Feed>; poll: Poll }>,
  now: number,
): PollKept {
  const feedId = claimed.work.id
  const row = state.feeds.get(feedId)
  if (!row || row.lease !== claimed.lease || row.until <= now) return { kind: 'lapsed' }
  const mine = state.items.filter((item) => item.feedId === feedId)
  const known = new Map(mine.map((item) => [item.key, item]))
  const first = row.feed.firstPolledAt === undefined
  const { still = [], listing } = poll
  if (still.length > known.size) {
    state.listings.delete(feedId)
    row.lease = undefined
    return { kind: 'lapsed' }
  }
  if (listing) state.listings.set(feedId, listing)
  const listed = new Set([...poll.items.map(({ key }) => key), ...still])
  let unseen = poll.items.filter(({ key }) => !known.has(key))
  if (!first && unseen.length * 2 > listed.size)
    unseen = unseen.filter((item) => !renamed(state, { mine, item, feedId }, now))
  const overlap = listed.size > unseen.length
  const last = row.feed.lastSuccessAt === undefined ? {} : { lastSuccessAt: row.feed.lastSuccessAt }
  const admissions = unseen.length === 0 ? [] : poll.admit(unseen, { firstPoll: first, overlap, ...last })
  const fresh = unseen.map((seen, at) => newItem({ seen, feedId, admission: admissions[at] ?? { kind: 'skip' } }, now))
  for (const item of fresh.toReversed()) state.items.push(Object.assign(item, { seq: ++state.seq }))
  const changed = poll.items.flatMap((seen) =>
    known.get(seen.key)?.textHash === seen.textHash || !known.has(seen.key) ? [] : [seen],
  )
  for (const seen of changed) revise(known.get(seen.key), seen)
  for (const item of listed.size > 0 ? mine : []) item.leftAt = listed.has(item.key) ? undefined : (item.leftAt ?? now)
  const gap = mine.length > 0 && listed.size > 0 && !overlap
  row.feed = {
    ...poll.feed,
    ...(gap ? { gaps: { count: (row.feed.gaps?.count ?? 0) + 1, lastAt: now } } : {}),
    ...(listed.size > 0 ? { firstPolledAt: poll.feed.firstPolledAt ?? now } : {}),
    ...(poll.feed.last ? { last: { ...poll.feed.last, newItems: unseen.length } } : {}),
  }
  row.lease = undefined
  const toRead = fresh.filter((item) => item.state === 'waiting').length
  return { kind: 'kept', fresh: unseen.length, toRead, revised: changed.length, gap }
}

type Renaming = Readonly<{ mine: readonly ItemRow[]; item: SeenItem; feedId: ItemRow['feedId'] }>

function renamed(state: State, { mine, item, feedId }: Renaming, now: number): boolean {
  const names = [item.key, ...item.aliases]
  if (!mine.some(({ key, aliases }) => names.includes(key) || aliases.some((alias) => names.includes(alias))))
    return false
  const row = newItem({ seen: item, feedId, admission: { kind: 'skip' } }, now)
  state.items.push(Object.assign(row, { seq: ++state.seq, state: 'alias' }))
  return true
}

type Seen = Readonly<{ seen: SeenItem; feedId: ItemRow['feedId']; admission: ItemRow['admission'] }>

function newItem({ seen, feedId, admission }: Seen, now: number): ItemRow {
  const { item, key, aliases, textHash } = seen
  const state = admission.kind === 'skip' ? 'skipped' : 'waiting'
  return {
    seq: 0,
    feedId,
    key,
    aliases,
    textHash,
    state,
    admission,
    item,
    firstSeenAt: now,
    readAt: 0,
    attempts: 0,
    rereads: 0,
    until: 0,
  }
}

function revise(row: ItemRow | undefined, { textHash, item }: SeenItem): void {
  if (!row) return
  row.textHash = textHash
  if (row.state === 'waiting') row.item = item
  if (row.state !== 'read' || row.rereads >= REREADS_MAX) return
  Object.assign(row, {
    item,
    state: 'waiting',
    admission: { kind: 'silent' },
    rereads: row.rereads + 1,
    readAt: 0,
    attempts: 0,
  })
}

function claimItems(state: State, terms: ClaimTerms, now: number): readonly Claimed<KeptItem>[] {
  const host = ({ item: { url } }: ItemRow) => (URL.canParse(url) ? new URL(url).host : '')
  const at = ({ item: { publishedAt = now }, firstSeenAt }: ItemRow) => Math.min(publishedAt, firstSeenAt)
  const waiting = state.items
    .filter((row) => row.state === 'waiting')
    .toSorted((a, b) => a.firstSeenAt - b.firstSeenAt || at(a) - at(b) || a.seq - b.seq)
  const turns = Map.groupBy(
    waiting.filter((row) => !isFree(row, now)),
    host,
  )
  const counts = new Map([...turns].map(([name, rows]) => [name, rows.length]))
  const ready = waiting.flatMap((row) => {
    const feed = state.feeds.get(row.feedId)
    if (!isFree(row, now) || row.readAt > now || !feed || !isPolled(state, feed)) return []
    const turn = (counts.get(host(row)) ?? 0) + 1
    counts.set(host(row), turn)
    return [{ row, turn, feed }]
  })
  return ready
    .toSorted((a, b) => a.turn - b.turn)
    .slice(0, terms.max)
    .flatMap(({ row, feed }) => {
      if (row.lease !== undefined) row.attempts++
      if (row.attempts >= ATTEMPTS_MAX) {
        Object.assign(row, { state: 'lost', lease: undefined })
        return []
      }
      const { item, firstSeenAt, admission, attempts } = row
      return [
        take(row, { id: idOf(row), feed: feedIn(feed), item, firstSeenAt, admission, attempts }, { ...terms, now }),
      ]
    })
}
