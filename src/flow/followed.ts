/** What a subscription follows and where, in words; what the autocompletes propose. Shared by the commands. */
import type {
  ChannelId,
  Feed,
  FeedId,
  Follows,
  Subscription,
  SubscriptionId,
  Target,
  Topic,
  TopicId,
} from '../core/model.ts'
import { nearest } from '../core/near.ts'
import { type Button, type Reply, refusal } from '../core/reply.ts'
import { channel, plain, type Rich, rich, strong } from '../core/rich.ts'
import { cut, oneLine, shownHost } from '../core/safe-text.ts'
import { en } from '../core/say/en.ts'
import { normalize } from '../core/words.ts'
import type { Asker, Choice, World } from './command.ts'
import type { Viewer } from './ports/store.ts'

/** Discord's limit for the name and value of a proposed answer. */
export const CHOICE_CHARS_MAX = 100
/** A feed's title may be a paragraph; in a line with facts about it, its beginning is enough. */
const FEED_NAME_CHARS_MAX = 60
/** A channel's name is asked of the far side once in so long. */
const PLACE_NAME_MS = 60 * 60_000
/** A person waits while they are looked up; what is over it goes by its number this time. */
const PLACES_ASKED_MAX = 10

/** A feed's name as people may see it: its title or its host, never its address. */
export function feedName(feed: Pick<Feed, 'title' | 'outlet' | 'url'>): string {
  return cut(oneLine(feed.title) || oneLine(feed.outlet) || shownHost(feed.url), FEED_NAME_CHARS_MAX)
}

/** What somebody typed, as it may be said back: of an address only the host, for its query may hold a secret. */
export function typedName(typed: string): string {
  return /^\s*\S+:\/\//.test(typed) || typed.includes('?') ? shownHost(typed.trim()) || en.web.thatAddress : typed
}

/** Whose eyes a request has. */
export function viewerOf(asker: Asker): Viewer {
  return asker.serverId ? { serverId: asker.serverId } : {}
}

export async function whatOf(
  follows: Follows,
  sources: readonly FeedId[] | undefined,
  { asker, world }: Readonly<{ asker: Asker; world: World }>,
): Promise<Rich> {
  const viewer = viewerOf(asker)
  const nameOf = async (id: FeedId): Promise<string> => {
    const feed = await world.store.feed(id, viewer)
    return feed ? feedName(feed) : en.feeds.goneFeed
  }
  const only = sources ? en.subscribe.only(await Promise.all(sources.map(nameOf))) : []
  switch (follows.kind) {
    case 'topic': {
      const topic = world.topics.find(({ id }) => id === follows.topicId)
      return topic ? [...rich`${topic.emoji} ${strong(topic.name)}`, ...only] : [strong(follows.topicId), ...only]
    }
    case 'words':
      return [strong(cut(oneLine(follows.topic.name), CHOICE_CHARS_MAX)), ...only]
    case 'feed':
      return en.subscribe.everything(await nameOf(follows.feedId))
    case 'speaker':
      return en.subscribe.quotesBy(follows.name)
    case 'story':
      return en.subscribe.oneStory
  }
}

export function whereOf(target: Target): Rich {
  return target.kind === 'person' ? en.subscribe.yourMessages : [channel(target.channelId)]
}

/** By id or name, as typed or as proposed. */
export function findTopic(typed: string, topics: readonly Topic[]): Topic | undefined {
  const wanted = normalize(typed).trim()
  return topics.find(({ id, name }) => id === typed || normalize(name) === wanted)
}

/** The shipped topics that matches name, in their order. */
export function matchedTopics(
  matches: readonly Readonly<{ topicId: TopicId }>[],
  topics: readonly Topic[],
): readonly Topic[] {
  return topics.filter(({ id }) => matches.some(({ topicId }) => topicId === id))
}

/** No such topic: those that may have been meant, as buttons.
 *  @param idOf - the custom_id of what was asked, for another topic */
export function unknownTopic(typed: string, topics: readonly Topic[], idOf: (topicId: TopicId) => string): Reply {
  const names = topics.map(({ name }) => name)
  const buttons = nearest(typed, names, SUGGESTIONS_MAX).flatMap((name): Button[] => {
    const topic = topics.find((one) => one.name === name)
    return topic ? [{ kind: 'press', label: name, emoji: topic.emoji, style: 'primary', id: idOf(topic.id) }] : []
  })
  const way = buttons.length > 0 ? en.subscribe.didYouMean : en.topics.unknownWayOut
  return {
    ...refusal(en.subscribe.noTopic(typed), way),
    controls: buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [],
  }
}
const SUGGESTIONS_MAX = 2

export function topicChoices(typed: string, topics: readonly Topic[]): readonly Choice[] {
  const wanted = normalize(typed).trim()
  const names = topics.filter(({ name }) => normalize(name).includes(wanted))
  const close = names.length > 0 ? names : topics.filter(({ name }) => nearest(typed, [name], 1).length > 0)
  return close.map(({ id, name, emoji }) => ({ name: cut(`${emoji} ${name}`.trim(), CHOICE_CHARS_MAX), value: id }))
}

/** By id, name or address. */
export function findFeed(typed: string, feeds: readonly Feed[]): Feed | undefined {
  const wanted = normalize(typed).trim()
  const isNamed = (feed: Feed): boolean =>
    [feedName(feed), feed.title, feed.outlet].some((name) => normalize(name).trim() === wanted)
  return feeds.find(({ id, url }) => id === typed || url === typed.trim()) ?? feeds.find(isNamed)
}

export function feedChoices(typed: string, feeds: readonly Feed[]): readonly Choice[] {
  const wanted = normalize(typed).trim()
  const fitting = feeds.filter((feed) =>
    normalize(`${feedName(feed)} ${feed.outlet} ${shownHost(feed.url)}`).includes(wanted),
  )
  return fitting.map((feed) => ({ name: cut(feedName(feed), CHOICE_CHARS_MAX), value: feed.id }))
}

export type NamedSubscription = Readonly<{ subscription: Subscription; what: Rich; where: Rich; label: string }>

/** The server's subscriptions, each with its name: "🧭 NATO → #alerts". */
export async function namedSubscriptions(asker: Asker, world: World): Promise<readonly NamedSubscription[]> {
  if (!asker.serverId) return []
  const all = await world.store.subscriptions(asker.serverId)
  const names = await placeNames(
    all.flatMap(({ target }) => (target.kind === 'person' ? [] : [target.channelId])),
    asker,
    world,
  )
  return Promise.all(
    all.map(async (subscription): Promise<NamedSubscription> => {
      const { follows, sources, target } = subscription
      const what = await whatOf(follows, sources, { asker, world })
      const place =
        target.kind === 'person' ? plain(en.subscribe.yourMessages) : `#${names.get(target.channelId) ?? '…'}`
      // The place is what tells two of one topic apart: the topic's name is cut instead.
      const room = CHOICE_CHARS_MAX - place.length - ARROW.length
      return { subscription, what, where: whereOf(target), label: `${cut(plain(what), room)}${ARROW}${place}` }
    }),
  )
}
const ARROW = ' → '

/** Names of channels, from memory where they were asked for lately. Not those that are gone, or would be too many to ask. */
async function placeNames(
  ids: readonly ChannelId[],
  asker: Asker,
  { cache, places }: World,
): Promise<ReadonlyMap<ChannelId, string>> {
  const names = new Map<ChannelId, string>()
  let asked = 0
  await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const key = `place:${asker.serverId}:${id}`
      const known = await cache.get(key)
      if (typeof known === 'string') return names.set(id, known)
      if (++asked > PLACES_ASKED_MAX) return undefined
      // A far side that does not answer costs a name, not the answer.
      const name = (await places.channel(id, asker).catch(() => undefined))?.name
      if (name === undefined) return undefined
      const shown = cut(oneLine(name), FEED_NAME_CHARS_MAX)
      await cache.set(key, shown, PLACE_NAME_MS)
      return names.set(id, shown)
    }),
  )
  return names
}

/** By id, with the server that it must belong to: foreign means not found. */
export async function findSubscription(
  id: string | undefined,
  asker: Asker,
  world: World,
): Promise<Subscription | undefined> {
  return asker.serverId && id ? world.store.subscription(id as SubscriptionId, asker.serverId) : undefined
}
