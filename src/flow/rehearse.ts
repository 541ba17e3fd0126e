/** What a subscription would have posted in the last 24 hours, before anybody saves it. */
import { createMatcher } from '../core/match.ts'
import type { Article, FeedId, Follows, Match, Story, StoryId, Topic } from '../core/model.ts'
import { topicQuery } from '../core/topic-query.ts'
import type { Store, Viewer } from './ports/store.ts'
import type { Now } from './ports.ts'

const DAY_MS = 24 * 60 * 60_000
const HOUR_MS = 60 * 60_000
/** Some 0.2 ms each with words; with a costly pattern, 4 ms (measured). */
const ARTICLES_MAX = 2_000
/** Matching is on the main thread: alerts and other answers come between two stretches. */
const STRETCH_MS = 10
/** The person waits, and patterns could take minutes over so many articles. */
const REHEARSAL_MS_MAX = 2_000

export type Rehearsed = Readonly<{ storyId: StoryId; article: Article; match?: Match }>
export type Rehearsal = Readonly<{
  /** One a story, by the first of its articles that matches; newest first. */
  cards: readonly Rehearsed[]
  articles: number
  /** So many were looked at, the newest, where there were more than that, or than there was time for. */
  only?: number
  busiest?: Readonly<{ hourAt: number; cards: number }>
}>

type Wanted = Readonly<{ follows: Follows; sources?: readonly FeedId[] }>
type Rehearsing = Readonly<{
  store: Store
  topics: readonly Topic[]
  viewer: Viewer
  now: Now
  /** How far back. */
  spanMs?: number
}>

export async function rehearse(wanted: Wanted, rehearsing: Rehearsing): Promise<Rehearsal> {
  const topic = topicOf(wanted, rehearsing.topics)
  // Keywords that are gone match nothing, not everything.
  if (!topic && wanted.follows.kind !== 'feed') return { cards: [], articles: 0 }
  const candidates = await candidatesFor(wanted, topic, rehearsing)
  const matcher = topic && createMatcher([topic])
  const time = stretches(rehearsing.now)
  const byStory = new Map<StoryId, Rehearsed>()
  let articles = 0
  let looked = 0
  for (const { article, storyId } of candidates) {
    if (!(await time.isLeft())) break
    looked += 1
    const [match] = matcher?.match(article) ?? []
    if (matcher && !match) continue
    articles += 1
    // Newest first: the last one seen is the first that would have been posted, and the card stands where it stands.
    byStory.delete(storyId)
    byStory.set(storyId, { storyId, article, ...(match ? { match } : {}) })
  }
  const cards = [...byStory.values()]
  const busiest = busiestHour(cards.map(({ article }) => article.publishedAt))
  const isCut = looked < candidates.length || looked >= ARTICLES_MAX
  return { cards, articles, ...(isCut ? { only: looked } : {}), ...(busiest ? { busiest } : {}) }
}

function candidatesFor(
  { follows, sources }: Wanted,
  topic: Topic | undefined,
  { store, viewer, now, spanMs = DAY_MS }: Rehearsing,
): ReturnType<Store['recentArticles']> {
  const query = topic && topicQuery(topic)
  const feedId = follows.kind === 'feed' ? follows.feedId : sources?.[0]
  const only = { ...(query ? { query } : {}), ...(feedId ? { feedId } : {}) }
  return store.recentArticles({ sinceAt: now() - spanMs, limit: ARTICLES_MAX, ...only }, viewer)
}

/** Time for long work on the main thread: a little at once, and not for ever. */
function stretches(now: Now): Readonly<{ isLeft(): Promise<boolean> }> {
  const startedAt = now()
  let since = startedAt
  return {
    async isLeft() {
      if (now() - startedAt >= REHEARSAL_MS_MAX) return false
      if (now() - since < STRETCH_MS) return true
      await new Promise((resolve) => setImmediate(resolve))
      since = now()
      return true
    },
  }
}

/** The keywords of what is followed, where it has some. */
export function topicOf({ follows }: Pick<Wanted, 'follows'>, topics: readonly Topic[]): Topic | undefined {
  if (follows.kind === 'words') return follows.topic
  return follows.kind === 'topic' ? topics.find(({ id }) => id === follows.topicId) : undefined
}

function busiestHour(times: readonly number[]): Rehearsal['busiest'] {
  const counts = new Map<number, number>()
  for (const at of times) {
    const hourAt = Math.floor(at / HOUR_MS) * HOUR_MS
    counts.set(hourAt, (counts.get(hourAt) ?? 0) + 1)
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1])
  return first && first[1] > 1 ? { hourAt: first[0], cards: first[1] } : undefined
}

/** The newest story that would be posted, however old, with what it matches: for "post the latest now". */
export async function latestFor(wanted: Wanted, at: Rehearsing): Promise<(Rehearsed & { story: Story }) | undefined> {
  const [newest] = (await rehearse(wanted, { ...at, spanMs: LATEST_MS })).cards
  const story = newest && (await at.store.story(newest.storyId, at.viewer))
  return newest && story && { ...newest, story }
}
/** Nobody wants an older one as a first card. */
const LATEST_MS = 7 * DAY_MS
