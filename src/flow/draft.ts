/** A subscription that somebody is about to make: read from what was typed, kept between the question and its answer. */
import { customId } from '../core/custom-id.ts'
import type { ChannelId, FeedId, Follows, Rhythm, Subscription, SubscriptionId, Topic } from '../core/model.ts'
import { nearest } from '../core/near.ts'
import { type Button, type FormField, type MessageReply, type Reply, refusal } from '../core/reply.ts'
import { cut, oneLine } from '../core/safe-text.ts'
import { problemText } from '../core/say/en/words.ts'
import { en } from '../core/say/en.ts'
import { parseTopic } from '../core/topic.ts'
import type { Asker, ChannelFact, World } from './command.ts'
import { feedName, findFeed, findTopic, typedName, unknownTopic, viewerOf } from './followed.ts'
import { keepHere, recallHere } from './remember.ts'

/** Plain data: it waits in the cache. */
export type Draft = Readonly<{
  follows: Follows
  sources?: readonly FeedId[]
  channelId: ChannelId
  rhythm: Rhythm
}>
export type DraftRead = Readonly<{ kind: 'draft'; draft: Draft } | { kind: 'refused'; reply: Reply }>

/** What was typed; it is kept where it could not be taken, so that mending it costs one field and not all of them. */
export type Typed = Readonly<{ topic: string; words: string; feed: string; channelId: ChannelId; rhythm?: Rhythm }>

/** A question that nobody answered for a day is asked anew. */
const DRAFT_MS = 24 * 60 * 60_000
const SUGGESTIONS_MAX = 2
/** A button's label with what was typed in it. */
const TYPED_CHARS_MAX = 40

type Reading = Readonly<{ asker: Asker; world: World }>

export async function readDraft(typed: Typed, asker: Asker, world: World): Promise<DraftRead> {
  const reading = { asker, world }
  const no = async (reply: Promise<Reply>): Promise<DraftRead> => ({ kind: 'refused', reply: await reply })
  if (typed.topic && typed.words) return no(bothRefusal(typed, reading))
  const feeds = typed.feed ? await world.store.feeds(viewerOf(asker)) : []
  const feed = typed.feed ? findFeed(typed.feed, feeds) : undefined
  if (typed.feed && !feed) return no(feedRefusal(typed, reading))
  const place = { channelId: typed.channelId, rhythm: typed.rhythm ?? 'each' }
  const only = feed ? { sources: [feed.id] } : {}
  if (typed.topic) {
    const topic = findTopic(typed.topic, world.topics)
    if (!topic) return no(topicRefusal(typed, reading))
    return { kind: 'draft', draft: { follows: { kind: 'topic', topicId: topic.id }, ...only, ...place } }
  }
  if (typed.words) {
    const parsed = readWords(typed.words)
    if (parsed.kind === 'refused') return no(offerRetyping(parsed.reply, typed, reading))
    return { kind: 'draft', draft: { follows: { kind: 'words', topic: parsed.topic }, ...only, ...place } }
  }
  if (feed) return { kind: 'draft', draft: { follows: { kind: 'feed', feedId: feed.id }, ...place } }
  return { kind: 'refused', reply: refusal(en.subscribe.nothing, en.subscribe.nothingWayOut) }
}

/** The keywords, or the sentence that says what is wrong with them. */
export function readWords(
  typed: string,
): Readonly<{ kind: 'topic'; topic: Topic } | { kind: 'refused'; reply: MessageReply }> {
  const parsed = parseTopic(typed)
  if (parsed.kind === 'topic') return parsed
  const [first] = parsed.problems
  return { kind: 'refused', reply: refusal(first ? problemText(first) : en.words.empty, en.words.wayOut) }
}

/** 25 keywords of 100 characters, with their signs, quotes and commas. */
export const WORDS_CHARS_MAX = 3_000

/** The field in which keywords are edited, wherever that is. */
export function wordsField(value: string): FormField {
  const { formLabel, formHint } = en.subscribe
  return {
    name: 'words',
    label: formLabel,
    value,
    placeholder: formHint,
    long: true,
    required: true,
    charsMax: WORDS_CHARS_MAX,
  }
}

export function recallTyped(name: string | undefined, asker: Asker, world: World): Promise<Typed | undefined> {
  return recallHere<Typed>({ kind: 'typed', name }, asker, world)
}

async function keepTyped(typed: Typed, { asker, world }: Reading): Promise<string> {
  return keepHere({ kind: 'typed', value: typed, keptMs: DRAFT_MS }, asker, world)
}

async function bothRefusal(typed: Typed, reading: Reading): Promise<Reply> {
  const name = await keepTyped(typed, reading)
  return offering(refusal(en.subscribe.both), [
    { kind: 'press', label: en.subscribe.onlyTopic, style: 'secondary', id: customId('subscribe', 'asTopic', name) },
    { kind: 'press', label: en.subscribe.onlyWords, style: 'secondary', id: customId('subscribe', 'asWords', name) },
  ])
}

async function topicRefusal(typed: Typed, reading: Reading): Promise<Reply> {
  const name = await keepTyped(typed, reading)
  const reply = unknownTopic(typed.topic, reading.world.topics, (id) => customId('subscribe', 'asTopic', name, id))
  if (reply.kind !== 'message') return reply
  const close = reply.controls.flatMap((control) => (control.kind === 'buttons' ? control.buttons : []))
  const label = en.subscribe.asWords(cut(oneLine(typed.topic), TYPED_CHARS_MAX))
  return offering(reply, [
    ...close,
    { kind: 'press', label, emoji: '🔎', style: 'secondary', id: customId('subscribe', 'asWords', name) },
  ])
}

async function feedRefusal(typed: Typed, reading: Reading): Promise<Reply> {
  const feeds = await reading.world.store.feeds(viewerOf(reading.asker))
  const close = nearest(typed.feed, feeds.map(feedName), SUGGESTIONS_MAX)
  const what = en.subscribe.noFeed(typedName(typed.feed))
  if (close.length === 0) return refusal(what, en.subscribe.feedWayOut)
  const name = await keepTyped(typed, reading)
  const buttons = close.flatMap((label): Button[] => {
    const feed = feeds.find((one) => feedName(one) === label)
    return feed
      ? [{ kind: 'press', label, emoji: '📡', style: 'primary', id: customId('subscribe', 'asFeed', name, feed.id) }]
      : []
  })
  return offering(refusal(what, en.subscribe.didYouMean), buttons)
}

/** Under what is wrong with the keywords, a form that holds them as they were typed. */
export async function offerRetyping(reply: Reply, typed: Typed, reading: Reading): Promise<Reply> {
  const id = customId('subscribe', 'retype', await keepTyped(typed, reading))
  return offering(reply, [{ kind: 'press', label: en.subscribe.editWords, emoji: '✏️', style: 'primary', id }])
}

function offering(reply: Reply, buttons: readonly Button[]): Reply {
  return reply.kind === 'message' && buttons.length > 0 ? { ...reply, controls: [{ kind: 'buttons', buttons }] } : reply
}

/** @param name - of the draft that this one replaces */
export function keepDraft(draft: Draft, { asker, world, name }: Reading & { name?: string }): Promise<string> {
  return keepHere({ kind: 'draft', value: draft, keptMs: DRAFT_MS, ...(name ? { name } : {}) }, asker, world)
}

/** Undefined when it expired, or was made in another server. */
export function recallDraft(name: string | undefined, asker: Asker, world: World): Promise<Draft | undefined> {
  return recallHere<Draft>({ kind: 'draft', name }, asker, world)
}

/** The channel as the far side knows it, and whether a promise to post there can be kept. */
export type PlaceCheck = Readonly<
  | { kind: 'ready'; place: ChannelFact }
  | { kind: 'lacking'; missing: readonly string[] }
  | { kind: 'refused'; reply: Extract<Reply, { kind: 'message' }> }
>

export async function checkPlace(channelId: ChannelId, asker: Asker, world: World): Promise<PlaceCheck> {
  const noChannel = { kind: 'refused', reply: refusal(en.subscribe.noChannel, en.subscribe.noChannelWayOut) } as const
  const place = await world.places.channel(channelId, asker)
  if (!(place && asker.serverId)) return noChannel
  if (!place.mayAskerPost)
    return { kind: 'refused', reply: refusal(en.subscribe.youMayNotPost(channelId), en.subscribe.noChannelWayOut) }
  const target = { kind: place.kind, serverId: asker.serverId, channelId }
  const standing = await world.chat.check(target, AbortSignal.timeout(CHECK_MS))
  if (standing.kind === 'unknown target') return noChannel
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
