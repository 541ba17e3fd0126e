/** Invented stories for tests of what is shown. */
import type {
  Alert,
  ArticleId,
  ChannelId,
  FeedId,
  Match,
  Quote,
  RoleId,
  ServerId,
  Story,
  StoryArticle,
  StoryId,
  SubscriptionId,
  Topic,
  TopicId,
} from '../../src/core/model.ts'

export const NOW = Date.UTC(2026, 10, 24, 12)
/** As long as a delivery's nonce. */
export const MARKER = 'mark-mark-mark-mark-mark'

export function topic(name: string, more: Partial<Topic> = {}): Topic {
  return { id: name.toLowerCase() as TopicId, name, emoji: '🧭', color: 0x004990, any: [], all: [], none: [], ...more }
}

export function match(name: string, ...terms: readonly string[]): Match {
  return { topicId: name.toLowerCase() as TopicId, terms, sentence: 'A sentence.' }
}

export function quote(text: string, name?: string, more: Partial<Quote> = {}): Quote {
  return { text, start: 0, end: text.length, ...(name ? { speaker: { name } } : {}), ...more }
}

export function piece(outlet: string, more: Partial<StoryArticle> = {}): StoryArticle {
  return {
    id: `article-of-${outlet}` as ArticleId,
    url: 'https://post.example/ferry',
    title: `The ferry, told by ${outlet}`,
    outlet,
    publishedAt: NOW,
    arrivedAt: NOW,
    text: 'The ferry left.',
    language: 'en',
    summary: ['The ferry left Port Amaro.', 'It carried three hundred.'],
    quotes: [],
    from: 'page',
    signature: { terms: [], shingles: [] },
    feedIds: ['tide' as FeedId],
    ...more,
  }
}

export function story(...articles: readonly StoryArticle[]): Story {
  const [lead = piece('The Port Amaro Post')] = articles
  const shown = articles.length > 0 ? articles : [lead]
  return {
    id: 'story-of-16-chars' as StoryId,
    revision: 1,
    firstAt: NOW,
    lastAt: NOW + 60_000,
    lead,
    articles: shown,
  }
}

export function alertOf(more: Partial<Alert> = {}): Alert {
  return {
    target: { kind: 'channel', serverId: '1' as ServerId, channelId: '2' as ChannelId },
    subject: { kind: 'card', storyId: 'story-of-16-chars' as StoryId },
    part: 0,
    serverId: '1' as ServerId,
    subscriptionIds: ['s' as SubscriptionId],
    matches: [],
    style: 'full',
    mentions: [],
    ...more,
  }
}

export const role = (n: number): RoleId => `1000000000000000${n + 10}` as RoleId
