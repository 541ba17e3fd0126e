/** What a subscription would have posted in the last 24 hours, before anybody saves it. */
import { createMatcher } from '../core/match.ts'
import type { Article, FeedId, Follows, Story, StoryId, Topic } from '../core/model.ts'
import { topicQuery } from '../core/topic-query.ts'
import type { Store, Viewer } from './ports/store.ts'

const DAY_MS = 24 * 60 * 60_000
const HOUR_MS = 60 * 60_000
/** Matched on the main thread, some 0.2 ms each. */
export const REHEARSED_ARTICLES_MAX = 2_000

export type Rehearsal = Readonly<{
  /** Newest first. */
  cards: readonly Readonly<{ storyId: StoryId; article: Article; terms: readonly string[] }>[]
  articles: number
  /** Only the newest `REHEARSED_ARTICLES_MAX` candidates were looked at. */
  capped: boolean
  busiest?: Readonly<{ hourAt: number; cards: number }>
}>

export async function rehearse(
  wanted: Readonly<{ follows: Follows; sources?: readonly FeedId[] }>,
  { store, topics, viewer, now }: Readonly<{ store: Store; topics: readonly Topic[]; viewer: Viewer; now: number }>,
): Promise<Rehearsal> {
  const { follows, sources } = wanted
  const topic =
    follows.kind === 'words'
      ? follows.topic
      : follows.kind === 'topic'
        ? topics.find(({ id }) => id === follows.topicId)
        : undefined
  const feedId = follows.kind === 'feed' ? follows.feedId : sources?.length === 1 ? sources[0] : undefined
  const query = topic ? topicQuery(topic) : undefined
  const candidates = await store.recentArticles(
    {
      sinceAt: now - DAY_MS,
      limit: REHEARSED_ARTICLES_MAX,
      ...(query ? { query } : {}),
      ...(feedId ? { feedId } : {}),
    },
    viewer,
  )
  const matcher = topic ? createMatcher([topic]) : undefined
  const byStory = new Map<StoryId, { storyId: StoryId; article: Article; terms: readonly string[] }>()
  let articles = 0
  for (const { article, storyId } of candidates) {
    const [match] = matcher?.match(article) ?? []
    if (matcher && !match) continue
    articles += 1
    // Newest first: the last one seen is the first that would have been posted.
    byStory.set(storyId, { storyId, article, terms: match?.terms ?? [] })
  }
  const cards = [...byStory.values()]
  const busiest = busiestHour(cards.map(({ article }) => article.publishedAt))
  return { cards, articles, capped: candidates.length >= REHEARSED_ARTICLES_MAX, ...(busiest ? { busiest } : {}) }
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

/** Whether a story would be posted by the subscription: for "post the latest now". */
export async function latestFor(
  wanted: Readonly<{ follows: Follows; sources?: readonly FeedId[] }>,
  at: Readonly<{ store: Store; topics: readonly Topic[]; viewer: Viewer; now: number }>,
): Promise<Story | undefined> {
  const [newest] = (await rehearse(wanted, at)).cards
  return newest ? at.store.story(newest.storyId, at.viewer) : undefined
}
