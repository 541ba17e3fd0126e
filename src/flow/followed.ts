/** What a subscription follows and where, in words; what the autocompletes propose. Shared by the commands. */
import type { Feed, FeedId, Follows, Subscription, SubscriptionId, Target, Topic } from '../core/model.ts'
import { nearest } from '../core/near.ts'
import { channel, plain, type Rich, rich, strong } from '../core/rich.ts'
import { cut, oneLine, shownHost } from '../core/safe-text.ts'
import { normalize } from '../core/words.ts'
import type { Asker, Choice, World } from './command.ts'
import type { Viewer } from './ports/store.ts'

/** Discord's limit for the name and value of a proposed answer. */
const CHOICE_CHARS_MAX = 100

/** A feed's name as people may see it: its title or its host, never its address. */
export function feedName(feed: Pick<Feed, 'title' | 'outlet' | 'url'>): string {
  return oneLine(feed.title) || oneLine(feed.outlet) || shownHost(feed.url)
}

/** Whose eyes a request has. */
export function viewerOf(asker: Asker): Viewer {
  return asker.serverId ? { serverId: asker.serverId } : {}
}

/** Why a feed fails, from fixed lists: "503", "timeout". */
export function failureText({ last }: Pick<Feed, 'last'>): string {
  return (
    [last?.status, last?.detail === 'status' ? undefined : last?.detail].filter(Boolean).join(' ') || 'not asked yet'
  )
}

export async function whatOf(
  follows: Follows,
  sources: readonly FeedId[] | undefined,
  { asker, world }: Readonly<{ asker: Asker; world: World }>,
): Promise<Rich> {
  const viewer = viewerOf(asker)
  const nameOf = async (id: FeedId): Promise<string> => {
    const feed = await world.store.feed(id, viewer)
    return feed ? feedName(feed) : '?'
  }
  const only = sources ? rich` in ${(await Promise.all(sources.map(nameOf))).join(', ')}` : []
  switch (follows.kind) {
    case 'topic': {
      const topic = world.topics.find(({ id }) => id === follows.topicId)
      return topic ? [...rich`${topic.emoji} ${strong(topic.name)}`, ...only] : [strong(follows.topicId)]
    }
    case 'words':
      return [strong(cut(oneLine(follows.topic.name), CHOICE_CHARS_MAX)), ...only]
    case 'feed':
      return rich`everything from ${strong(await nameOf(follows.feedId))}`
    case 'speaker':
      return rich`quotes by ${strong(follows.name)}`
    case 'story':
      return rich`one story`
  }
}

export function whereOf(target: Target): Rich {
  return target.kind === 'person' ? rich`your direct messages` : [channel(target.channelId)]
}

/** By id or name, as typed or as proposed. */
export function findTopic(typed: string, topics: readonly Topic[]): Topic | undefined {
  const wanted = normalize(typed).trim()
  return topics.find(({ id, name }) => id === typed || normalize(name) === wanted)
}

export function topicChoices(typed: string, topics: readonly Topic[]): readonly Choice[] {
  const wanted = normalize(typed).trim()
  const names = topics.filter(({ name }) => normalize(name).includes(wanted))
  const close = names.length > 0 ? names : topics.filter(({ name }) => nearest(typed, [name], 1).length > 0)
  return close.map(({ id, name, emoji }) => ({ name: `${emoji} ${name}`.trim(), value: id }))
}

/** By id, name or address. */
export function findFeed(typed: string, feeds: readonly Feed[]): Feed | undefined {
  const wanted = normalize(typed).trim()
  return feeds.find((feed) => feed.id === typed || feed.url === typed.trim() || normalize(feedName(feed)) === wanted)
}

export function feedChoices(typed: string, feeds: readonly Feed[]): readonly Choice[] {
  const wanted = normalize(typed).trim()
  const fitting = feeds.filter((feed) =>
    normalize(`${feedName(feed)} ${feed.outlet} ${shownHost(feed.url)}`).includes(wanted),
  )
  return fitting.map((feed) => ({ name: cut(feedName(feed), CHOICE_CHARS_MAX), value: feed.id }))
}

/** The server's subscriptions, each with its name: "🛡️ NATO → #alerts". */
export async function namedSubscriptions(
  asker: Asker,
  world: World,
): Promise<readonly Readonly<{ subscription: Subscription; what: Rich; where: Rich; label: string }>[]> {
  if (!asker.serverId) return []
  const all = await world.store.subscriptions(asker.serverId)
  return Promise.all(
    all.map(async (subscription) => {
      const what = await whatOf(subscription.follows, subscription.sources, { asker, world })
      const place =
        subscription.target.kind === 'person'
          ? undefined
          : await world.places.channel(subscription.target.channelId, asker)
      const label = cut(`${plain(what)} → #${place?.name ?? '?'}`, CHOICE_CHARS_MAX)
      return { subscription, what, where: whereOf(subscription.target), label }
    }),
  )
}

/** By id, with the server that it must belong to: foreign means not found. */
export async function findSubscription(
  id: string | undefined,
  asker: Asker,
  world: World,
): Promise<Subscription | undefined> {
  return asker.serverId && id ? world.store.subscription(id as SubscriptionId, asker.serverId) : undefined
}
