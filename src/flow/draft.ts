/** A subscription that somebody is about to make: read from what was typed, kept between the question and its answer. */
import type { ChannelId, FeedId, Follows, Rhythm, Subscription, SubscriptionId, Topic } from '../core/model.ts'
import { nearest } from '../core/near.ts'
import { type Reply, refusal } from '../core/reply.ts'
import { problemText } from '../core/say/en/words.ts'
import { en } from '../core/say/en.ts'
import { parseTopic } from '../core/topic.ts'
import type { Asker, ChannelFact, World } from './command.ts'
import { feedName, findFeed, findTopic, typedName, viewerOf } from './followed.ts'

/** Plain data: it waits in the cache. */
export type Draft = Readonly<{
  follows: Follows
  sources?: readonly FeedId[]
  channelId: ChannelId
  rhythm: Rhythm
}>
export type DraftRead = Readonly<{ kind: 'draft'; draft: Draft } | { kind: 'refused'; reply: Reply }>

/** A question that nobody answered for a day is asked anew. */
const DRAFT_MS = 24 * 60 * 60_000
const SUGGESTIONS_MAX = 2

export type Typed = Readonly<{ topic: string; words: string; feed: string; channelId: ChannelId }>

export async function readDraft(typed: Typed, asker: Asker, world: World): Promise<DraftRead> {
  const no = (reply: Reply): DraftRead => ({ kind: 'refused', reply })
  if (typed.topic && typed.words) return no(refusal(en.subscribe.both))
  const feeds = typed.feed ? await world.store.feeds(viewerOf(asker)) : []
  const feed = typed.feed ? findFeed(typed.feed, feeds) : undefined
  if (typed.feed && !feed) {
    const close = nearest(typed.feed, feeds.map(feedName), SUGGESTIONS_MAX)
    return no(
      refusal(
        en.subscribe.noFeed(typedName(typed.feed)),
        close.length > 0 ? en.subscribe.didYouMean(close) : en.subscribe.feedWayOut,
      ),
    )
  }
  const place = { channelId: typed.channelId, rhythm: 'each' } as const
  const only = feed ? { sources: [feed.id] } : {}
  if (typed.topic) {
    const topic = findTopic(typed.topic, world.topics)
    return topic
      ? { kind: 'draft', draft: { follows: { kind: 'topic', topicId: topic.id }, ...only, ...place } }
      : no(unknownTopic(typed.topic, world.topics))
  }
  if (typed.words) {
    const parsed = readWords(typed.words)
    return parsed.kind === 'topic'
      ? { kind: 'draft', draft: { follows: { kind: 'words', topic: parsed.topic }, ...only, ...place } }
      : no(parsed.reply)
  }
  if (feed) return { kind: 'draft', draft: { follows: { kind: 'feed', feedId: feed.id }, ...place } }
  return no(refusal(en.subscribe.nothing, en.subscribe.nothingWayOut))
}

export function readWords(
  typed: string,
): Readonly<{ kind: 'topic'; topic: Topic } | { kind: 'refused'; reply: Reply }> {
  const parsed = parseTopic(typed)
  if (parsed.kind === 'topic') return parsed
  const [first] = parsed.problems
  return { kind: 'refused', reply: refusal(first ? problemText(first) : en.words.empty, en.words.wayOut) }
}

function unknownTopic(typed: string, topics: readonly Topic[]): Reply {
  const close = nearest(
    typed,
    topics.map(({ name }) => name),
    SUGGESTIONS_MAX,
  )
  return refusal(en.subscribe.noTopic(typed), close.length > 0 ? en.subscribe.didYouMean(close) : en.subscribe.ownWords)
}

export async function keepDraft(draft: Draft, { cache, chance }: World, name: string = chance()): Promise<string> {
  await cache.set(`draft:${name}`, draft, DRAFT_MS)
  return name
}

/** A draft was written by us: its shape is known. Undefined when it expired. */
export async function recallDraft(name: string | undefined, { cache }: World): Promise<Draft | undefined> {
  const kept = name ? await cache.get(`draft:${name}`) : undefined
  return typeof kept === 'object' && kept !== null && 'follows' in kept ? (kept as Draft) : undefined
}

/** The channel as the far side knows it, and whether a promise to post there can be kept. */
export type PlaceCheck = Readonly<
  | { kind: 'ready'; place: ChannelFact }
  | { kind: 'lacking'; missing: readonly string[] }
  | { kind: 'refused'; reply: Reply }
>

export async function checkPlace(channelId: ChannelId, asker: Asker, world: World): Promise<PlaceCheck> {
  const place = await world.places.channel(channelId, asker)
  if (!(place && asker.serverId)) return { kind: 'refused', reply: refusal(en.subscribe.noChannel) }
  if (!place.mayAskerPost) return { kind: 'refused', reply: refusal(en.subscribe.youMayNotPost(channelId)) }
  const target = { kind: place.kind, serverId: asker.serverId, channelId }
  const standing = await world.chat.check(target, AbortSignal.timeout(CHECK_MS))
  if (standing.kind === 'unknown target') return { kind: 'refused', reply: refusal(en.subscribe.noChannel) }
  return standing.kind === 'ready' ? { kind: 'ready', place } : { kind: 'lacking', missing: standing.missing }
}
/** The person waits. */
const CHECK_MS = 5_000

export function subscriptionOf(
  draft: Draft,
  place: ChannelFact,
  { asker, world }: Readonly<{ asker: Asker; world: World }>,
): Subscription | undefined {
  if (!asker.serverId) return undefined
  return {
    id: world.chance().slice(0, 12) as SubscriptionId,
    serverId: asker.serverId,
    target: { kind: place.kind, serverId: asker.serverId, channelId: place.id },
    follows: draft.follows,
    ...(draft.sources ? { sources: draft.sources } : {}),
    style: 'full',
    rhythm: draft.rhythm,
    perDayMax: world.limits.cardsPerDayMax,
    createdAt: world.now(),
    createdBy: asker.personId,
  }
}
