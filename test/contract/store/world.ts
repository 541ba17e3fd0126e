/** Invented feeds, outlets and people, and the short walk from a feed to a kept article. */
import type { Admission } from '../../../src/core/admit.ts'
import type { AlertContext, PlannedDelivery } from '../../../src/core/alert.ts'
import { targetKey } from '../../../src/core/follow.ts'
import type {
  Alert,
  Article,
  ArticleId,
  ChannelId,
  Feed,
  FeedId,
  FeedSource,
  Follows,
  Item,
  Match,
  MessageId,
  PersonId,
  Quote,
  SentMessage,
  ServerId,
  StoryId,
  Subscription,
  SubscriptionId,
  Target,
  Topic,
  TopicId,
} from '../../../src/core/model.ts'
import type { ArticleKeeping, ArticleKept, Claimed, KeptItem, SeenItem, Store } from '../../../src/flow/ports/store.ts'

/** A Tuesday morning. */
export const T0 = Date.UTC(2026, 10, 3, 9)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const BELTRAN = 'server-beltran' as ServerId
export const CORVO = 'server-corvo' as ServerId
export const PERSON = 'person-1' as PersonId
export const HARBOUR = { kind: 'channel', serverId: BELTRAN, channelId: 'harbour' as ChannelId } as const
export const MEADOW = { kind: 'channel', serverId: CORVO, channelId: 'meadow' as ChannelId } as const

export function source(id: string, more: Partial<FeedSource> = {}): FeedSource {
  return {
    id: id as FeedId,
    url: `https://${id}.example/feed.xml`,
    title: `The ${id}`,
    outlet: `The ${id}`,
    kind: 'outlet',
    ...more,
  }
}

export function item(name: string, more: Partial<Item> = {}): Item {
  return {
    title: `About ${name}`,
    url: `https://news.example/${name}`,
    guid: name,
    summary: '',
    content: '',
    author: '',
    categories: [],
    enclosures: [],
    ...more,
  }
}

export function seen(name: string, more: Partial<SeenItem> = {}): SeenItem {
  return { key: `guid:${name}`, aliases: [`link:${name}`], textHash: 'first', item: item(name), ...more }
}

/** A quote that truly stands in the text. */
export function quoteIn(text: string, words: string, name: string): Quote {
  const start = text.indexOf(words)
  return { text: words, start, end: start + words.length, speaker: { name } }
}

export function article(name: string, more: Partial<Article> = {}): Article {
  const text = more.text ?? `The ferry ${name} left Port Amaro. "The ${name} sails at dawn," said Ilse Varga.`
  return {
    id: `article-${name}` as ArticleId,
    url: `https://news.example/${name}`,
    title: `The ferry ${name}`,
    outlet: 'The Port Amaro Post',
    publishedAt: T0,
    text,
    language: 'en',
    summary: [],
    quotes: more.text === undefined ? [quoteIn(text, `The ${name} sails at dawn,`, 'Ilse Varga')] : [],
    from: 'page',
    signature: { terms: [['ferry', 2] as const, [name, 3] as const], shingles: [] },
    ...more,
  }
}

export function match(topic: string, ...terms: readonly string[]): Match {
  return { topicId: topic as TopicId, terms, sentence: `A sentence on ${terms.join(' and ')}.` }
}

export function words(text: string): Topic {
  const topic = { id: `words-${text}` as TopicId, name: text, emoji: '🔎', color: 0x5865f2 }
  return { ...topic, any: [{ kind: 'words', text }], all: [], none: [] }
}

export function subscription(name: string, more: Partial<Subscription> = {}): Subscription {
  return {
    id: name as SubscriptionId,
    serverId: more.target?.kind === 'channel' ? more.target.serverId : BELTRAN,
    target: HARBOUR,
    follows: { kind: 'topic', topicId: 'sea' as TopicId } satisfies Follows,
    style: 'full',
    rhythm: 'each',
    perDayMax: 10,
    createdAt: T0,
    createdBy: PERSON,
    ...more,
  }
}

/** One card a target for all who want it; `each` says what becomes of it. */
export function cards(now: number, more: Partial<Alert> = {}) {
  return ({ storyId, subscriptions }: AlertContext): readonly PlannedDelivery[] =>
    [...Map.groupBy(subscriptions, ({ target }) => targetKey(target)).values()].flatMap((group) => {
      const [first] = group
      if (!first) return []
      const alert = cardFor(storyId, first.target, {
        subscriptionIds: group.map(({ id }) => id),
        serverId: first.serverId,
      })
      return [{ alert: { ...alert, ...more }, state: 'queued', dueAt: now } as const]
    })
}

/** Folds for `digestAt` what `cards` would queue. */
export function folds(digestAt: number) {
  return (context: AlertContext): readonly PlannedDelivery[] =>
    cards(0)(context).map(({ alert }) => ({ alert, state: 'folded', reason: 'rhythm', digestAt }))
}

export function cardFor(storyId: StoryId, target: Target, more: Partial<Alert> = {}): Alert {
  return {
    target,
    subject: { kind: 'card', storyId },
    part: 0,
    serverId: BELTRAN,
    subscriptionIds: [],
    matches: [],
    style: 'full',
    mentions: [],
    ...more,
  }
}

/** A notice needs no story: the shortest thing to deliver. */
export function notice(n: number, target: Target = HARBOUR, dueAt = T0): PlannedDelivery {
  const subject = { kind: 'notice', feedId: 'tide' as FeedId, event: 'down', n } as const
  const alert = { ...cardFor('' as StoryId, target), subject, notice: `Notice ${n}` }
  return { alert, state: 'queued', dueAt }
}

/** What is due first in the harbour has been sent at T0, as message 1. */
export async function sendNext(store: Store): Promise<SentMessage> {
  const claim = await store.claimDelivery({ lease: 'one', leaseMs: HOUR }, T0)
  if (claim?.work.state !== 'queued') throw new Error('Nothing is queued')
  const { dueAt: _dueAt, ...common } = claim.work
  const message = { channelId: HARBOUR.channelId, messageId: '1' as MessageId }
  const begun = { payload: '{}', firstAt: T0, lastAt: T0, shownRevision: 1 }
  await store.saveDelivery(
    claim,
    { ...common, state: 'sent', begun, sentAt: T0, message, editAt: T0, editAttempts: 0 },
    true,
  )
  return message
}

/** Claims this very feed; it must be due. Others that were claimed with it are given back. */
export async function claimFeed(store: Store, feedId: string, now: number): Promise<Claimed<Feed>> {
  const claims = await store.claimFeeds({ lease: `lease-${feedId}`, leaseMs: MINUTE, max: 100 }, now)
  const wanted = claims.find(({ work }) => work.id === feedId)
  for (const claim of claims)
    if (claim !== wanted) await store.keepPoll(claim, { feed: claim.work, items: [], admit: () => [] }, now)
  if (!wanted) throw new Error(`Feed "${feedId}" is not due`)
  return wanted
}

export type Polling = Readonly<{ feed: string; items: readonly SeenItem[]; admission?: Admission }>

/** One poll that fetched these items, all admitted alike; the feed stays due. */
export async function poll(store: Store, { feed, items, admission = { kind: 'alert' } }: Polling, now: number) {
  const claim = await claimFeed(store, feed, now)
  const firstPolledAt = claim.work.firstPolledAt ?? now
  return store.keepPoll(
    claim,
    {
      feed: { ...claim.work, firstPolledAt, lastSuccessAt: now, nextPollAt: now },
      items,
      admit: (unseen) => unseen.map(() => admission),
    },
    now,
  )
}

export async function claimItem(store: Store, name: string, now: number): Promise<Claimed<KeptItem>> {
  const claims = await store.claimItems({ lease: `lease-${name}`, leaseMs: MINUTE, max: 100 }, now)
  const wanted = claims.find(({ work }) => work.item.guid === name)
  for (const claim of claims) if (claim !== wanted) await store.putItemBack(claim, now)
  if (!wanted) throw new Error(`Item "${name}" does not wait`)
  return wanted
}

export function keeping(kept: Article, more: Partial<ArticleKeeping> = {}): ArticleKeeping {
  return {
    article: kept,
    matches: [match('sea', 'ferry')],
    followKeys: ['topic:sea'],
    lookUp: kept.signature.terms.map(([term]) => term),
    choose: () => ({ kind: 'new' }),
    alert: () => [],
    ...more,
  }
}

export type Brought = Exclude<ArticleKept, { kind: 'lapsed' }>
export type Bringing = Partial<ArticleKeeping> &
  Readonly<{ feed: string; name: string; joins?: StoryId; admission?: Admission; article?: Article }>

/** The whole walk of one piece: listed by its feed, read, kept. */
export async function bring(store: Store, bringing: Bringing, now: number): Promise<Brought> {
  const { feed, name, joins, admission, ...more } = bringing
  await poll(store, { feed, items: [seen(name)], ...(admission ? { admission } : {}) }, now)
  const claim = await claimItem(store, name, now)
  const choose: ArticleKeeping['choose'] = () =>
    joins ? { kind: 'joins', storyId: joins, similarity: 1 } : { kind: 'new' }
  const { article: kept = article(name), ...rest } = more
  const result = await store.keepArticle(
    claim,
    keeping(kept, { choose, followKeys: ['topic:sea', `feed:${feed}`], ...rest }),
    now,
  )
  if (result.kind === 'lapsed') throw new Error(`Reading of "${name}" lapsed`)
  return result
}

/** Feeds of config/, polled once so that what comes next is news. */
export async function commonFeeds(store: Store, ...ids: readonly string[]): Promise<void> {
  await store.keepCommonFeeds(
    ids.map((id) => source(id)),
    T0,
  )
}

export async function addFeed(store: Store, id: string, serverId: ServerId) {
  return store.addFeed({ source: source(id), serverId, personId: PERSON, max: 10 }, T0)
}
