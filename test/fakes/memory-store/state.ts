/** All that the store in memory knows, and who sees what of it. */
import type { Admission } from '../../../src/core/admit.ts'
import { targetKey } from '../../../src/core/follow.ts'
import { quoteMark, storyOf } from '../../../src/core/kept.ts'
import type {
  Article,
  Delivery,
  Feed,
  FeedId,
  Item,
  Match,
  Mute,
  ServerId,
  StoryArticle,
  StoryId,
  Subscription,
} from '../../../src/core/model.ts'
import type { ListedItem, Viewer } from '../../../src/flow/ports/store.ts'

export type Lease = { lease?: string | undefined; until: number }
export type FeedRow = Lease & {
  feed: Feed
  listed: boolean
  configUrl?: string
  servers: Set<ServerId>
  leftAt?: number | undefined
}
export type ItemRow = Lease & {
  seq: number
  feedId: FeedId
  key: string
  aliases: readonly string[]
  textHash: string
  state: 'waiting' | 'skipped' | 'alias' | 'read' | 'lost'
  admission: Admission
  item: Item
  firstSeenAt: number
  leftAt?: number | undefined
  readAt: number
  attempts: number
  rereads: number
}
export type ArticleRow = {
  n: number
  article: Article
  storyId: StoryId
  /** Whether the feed was everyone's when it brought the piece. */
  feeds: Map<FeedId, boolean>
  matches: readonly Match[]
  arrivedAt: number
  /** `server|quote mark` */
  hidden: Set<string>
}
export type Lane = Lease & { servedAt: number }
export type DeliveryRow = { seq: number; delivery: Delivery; seenAt?: number | undefined }

export type State = {
  seq: number
  feeds: Map<FeedId, FeedRow>
  items: ItemRow[]
  listings: Map<FeedId, readonly ListedItem[]>
  articles: ArticleRow[]
  stories: Map<StoryId, { revision: number; lastAt: number }>
  subscriptions: Subscription[]
  /** Ids of words, with the revision at which they last changed. */
  wordTopics: Map<string, number>
  wordsRevision: number
  mutes: Mute[]
  deliveries: DeliveryRow[]
  lanes: Map<string, Lane>
  servers: Map<ServerId, { leftAt?: number | undefined }>
  facts: Map<string, string>
}

export function emptyState(): State {
  return {
    seq: 0,
    feeds: new Map(),
    items: [],
    listings: new Map(),
    articles: [],
    stories: new Map(),
    subscriptions: [],
    wordTopics: new Map(),
    wordsRevision: 0,
    mutes: [],
    deliveries: [],
    lanes: new Map(),
    servers: new Map(),
    facts: new Map(),
  }
}

export function isFree({ lease, until }: Lease, now: number): boolean {
  return lease === undefined || until <= now
}

export function isGone(state: State, server: ServerId): boolean {
  return state.servers.get(server)?.leftAt !== undefined
}

export function isPolled(state: State, { listed, servers }: FeedRow): boolean {
  return listed || [...servers].some((server) => !isGone(state, server))
}

export function feedSeen({ listed, servers }: FeedRow, { serverId }: Viewer): boolean {
  return listed || (serverId !== undefined && servers.has(serverId))
}

export function feedIn({ feed, listed }: FeedRow): Feed {
  return { ...feed, common: listed }
}

/** Those of the article's feeds that this viewer may know of; none means that the article is not for these eyes. */
export function seenFeeds(state: State, row: Pick<ArticleRow, 'feeds'>, { serverId }: Viewer): readonly FeedId[] {
  return [...row.feeds]
    .filter(([id, common]) => common || (serverId !== undefined && state.feeds.get(id)?.servers.has(serverId)))
    .map(([id]) => id)
    .sort()
}

export function seenArticle(state: State, row: ArticleRow, viewer: Viewer): StoryArticle | undefined {
  const feedIds = seenFeeds(state, row, viewer)
  if (feedIds.length === 0) return undefined
  const quotes = row.article.quotes.filter(({ text }) => !row.hidden.has(`${viewer.serverId}|${quoteMark(text)}`))
  return { ...row.article, quotes, feedIds, arrivedAt: row.arrivedAt }
}

/** A server's own words are told to servers that follow them, and to nobody else. */
export function seenMatches(state: State, matches: readonly Match[], { serverId }: Viewer): readonly Match[] {
  return matches
    .filter(
      ({ topicId }) =>
        !state.wordTopics.has(topicId) ||
        state.subscriptions.some(
          (own) => own.serverId === serverId && own.follows.kind === 'words' && own.follows.topic.id === topicId,
        ),
    )
    .toSorted((a, b) => (a.topicId < b.topicId ? -1 : 1))
}

export function laneOf({ delivery }: DeliveryRow): string {
  return targetKey(delivery.alert.target)
}

export function waits({ delivery: { state } }: DeliveryRow): boolean {
  return state === 'queued' || state === 'sending' || state === 'unsure'
}

export function dueAtOf({ delivery }: DeliveryRow): number {
  switch (delivery.state) {
    case 'queued':
      return delivery.dueAt
    case 'sending':
      return delivery.leaseUntil
    case 'unsure':
      return delivery.checkAt
    case 'sent':
      return delivery.editAt
    default:
      return Number.POSITIVE_INFINITY
  }
}

export function storyFor(state: State, id: StoryId, viewer: Viewer) {
  const story = state.stories.get(id)
  const rows = state.articles.filter((row) => row.storyId === id)
  const articles = rows.flatMap((row) => seenArticle(state, row, viewer) ?? [])
  return story && storyOf({ id, revision: story.revision }, articles)
}
