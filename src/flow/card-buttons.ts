/** The buttons on a card: its quotes, its sources, its menu. Pages answer the reader who asked; the shared card is never paged. */
import { headlineOf, quotesOf } from '../core/card.ts'
import { customId } from '../core/custom-id.ts'
import { followedTopic } from '../core/follow.ts'
import { spokenQuotes } from '../core/kept.ts'
import { articleLink, pager, paging, quoteBlock, storyBlock } from '../core/listing.ts'
import type { Article, Mute, Story, StoryId, Topic } from '../core/model.ts'
import { type Block, type Button, type Control, onlyYou, type Reply, refusal } from '../core/reply.ts'
import { ago, joined, type Rich, rich, strong } from '../core/rich.ts'
import { oneLine } from '../core/safe-text.ts'
import { en } from '../core/say/en.ts'
import { voices } from '../core/story/voices.ts'
import type { Pressable, PressRequest, World } from './command.ts'
import { matchedTopics, viewerOf } from './followed.ts'
import { topicOf } from './rehearse.ts'

const MUTE_MS = 24 * 60 * 60_000
/** Headlines as links: so many fit into one message whatever their addresses. */
const SOURCES_ROWS = 8
/** A select takes 25. */
const QUOTES_LISTED_MAX = 25
const TOPIC_BUTTONS_MAX = 3

export const cardButtons: Pressable = {
  name: 'card',
  inDirectMessages: true,
  presses: {
    open: {
      access: 'everyone',
      run: (press, world) => withStory(press.values[0], { press, world }, (story) => open(story, press, world)),
    },
    quotes: {
      access: 'everyone',
      run: (press, world) => withStory(press.args[0], { press, world }, async (story) => quotePage(story, press)),
    },
    sources: {
      access: 'everyone',
      run: (press, world) => withStory(press.args[0], { press, world }, async (story) => sources(story, press)),
    },
    menu: {
      access: 'manager',
      run: (press, world) => withStory(press.args[0], { press, world }, (story) => menu(story, press, world)),
    },
    muteSource: {
      access: 'manager',
      run: (press, world) =>
        withStory(press.args[0], { press, world }, async (story) => {
          const { id, outlet } = articleNamed(press.args[1], story)
          return mute({ what: { kind: 'source', outlet }, name: outlet, ref: id }, story, { press, world })
        }),
    },
    muteTopic: {
      access: 'manager',
      run: (press, world) =>
        withStory(press.args[0], { press, world }, async (story) => {
          const topic = (await topicsHere(press, world)).find(({ id }) => id === press.args[1])
          return topic
            ? mute({ what: { kind: 'topic', topicId: topic.id }, name: topic.name, ref: topic.id }, story, {
                press,
                world,
              })
            : refusal(en.topics.unknown)
        }),
    },
    unmute: { access: 'manager', run: unmute },
    wrong: {
      access: 'manager',
      run: (press, world) => withStory(press.args[0], { press, world }, (story) => hide(story, press, world)),
    },
  },
}

async function withStory(
  id: string | undefined,
  { press, world }: Pressed,
  run: (story: Story) => Promise<Reply>,
): Promise<Reply> {
  const story = id ? await world.store.story(id as StoryId, viewerOf(press.asker)) : undefined
  return story ? run(story) : refusal(en.cardMenu.storyGone, en.cardMenu.storyGoneWayOut)
}

async function topicsOf(story: Story, { asker }: PressRequest, world: World): Promise<readonly Topic[]> {
  return matchedTopics(await world.store.storyMatches(story.id, viewerOf(asker)), world.topics)
}

/** Shipped topics, and the words that this server follows: what may be muted here. */
async function topicsHere({ asker }: PressRequest, world: World): Promise<readonly Topic[]> {
  const all = asker.serverId ? await world.store.subscriptions(asker.serverId) : []
  return [...world.topics, ...all.flatMap(({ follows }) => followedTopic(follows))]
}

/** Those of the story that this channel follows: muting another one would do nothing. */
async function followedHere(story: Story, { asker }: PressRequest, world: World): Promise<readonly Topic[]> {
  const all = asker.serverId ? await world.store.subscriptions(asker.serverId) : []
  const here = all.filter(({ target }) => target.kind !== 'person' && target.channelId === asker.channelId)
  const matched = new Set((await world.store.storyMatches(story.id, viewerOf(asker))).map(({ topicId }) => topicId))
  const topics = here.flatMap(({ follows }) => topicOf({ follows }, world.topics) ?? [])
  return [...new Map(topics.map((topic) => [topic.id, topic])).values()].filter(({ id }) => matched.has(id))
}

/** The piece that a button was made for: another may lead the story by now. */
function articleNamed(id: string | undefined, { articles, lead }: Story): Article {
  return articles.find((article) => article.id === id) ?? lead
}

async function open(story: Story, press: PressRequest, world: World): Promise<Reply> {
  const topics = await topicsOf(story, press, world)
  const quotes = quotesOf(story)
  const more: Button[] = quotes.length > PULLED ? [quotesButton(story, quotes.length)] : []
  const source: Button = {
    kind: 'press',
    label: en.card.sources(voices(story).length),
    emoji: '📰',
    style: 'secondary',
    id: customId('card', 'sources', story.id),
  }
  const read: Button = { kind: 'link', label: en.card.read, url: story.lead.url }
  return onlyYou(
    [
      ...storyBlock(story, topics),
      ...quotes.slice(0, PULLED).map(({ quote, article }) => quoteBlock(quote, article, true)),
    ],
    {
      ...(topics[0] ? { color: topics[0].color } : {}),
      controls: [{ kind: 'buttons', buttons: [read, ...more, source] }],
    },
  )
}
/** As many as on a card. */
const PULLED = 2

function quotesButton(story: Story, count: number): Button {
  return {
    kind: 'press',
    label: en.card.quotes(count),
    emoji: '💬',
    style: 'secondary',
    id: customId('card', 'quotes', story.id, '0'),
  }
}

/** The first page is a new message; its own pager replaces it (a further argument tells them apart). */
function quotePage(story: Story, { args: [, wanted, which] }: PressRequest): Reply {
  const quotes = quotesOf(story)
  const how = which === undefined ? 'new' : 'update'
  if (quotes.length === 0) return { ...refusal(en.quotes.storyNone), tone: 'warning', how }
  const at = paging(wanted, quotes.length)
  return onlyYou(
    [
      { kind: 'title', text: en.quotes.storyTitle(quotes.length) },
      { kind: 'note', text: rich`${headlineOf(story.lead)}` },
      { kind: 'divider' },
      ...quotes.slice(at.from, at.to).map(({ quote, article }) => quoteBlock(quote, article, true)),
    ],
    { how, controls: pager(at, (to, name) => customId('card', 'quotes', story.id, String(to), name)) },
  )
}

/** Pages as quotes do. */
function sources(story: Story, { args: [, wanted, which] }: PressRequest): Reply {
  const rows = voices(story)
  const at = paging(wanted, rows.length, SOURCES_ROWS)
  const items = rows
    .slice(at.from, at.to)
    .map(
      ({ article, copyOf }): Rich =>
        joined([
          [strong(article.outlet)],
          articleLink(article),
          [ago(article.publishedAt)],
          ...(copyOf ? [en.cardMenu.copyOf(copyOf)] : []),
        ]),
    )
  return onlyYou(
    [
      { kind: 'title', text: en.cardMenu.sourcesTitle(rows.length) },
      { kind: 'note', text: rich`${headlineOf(story.lead)}` },
      { kind: 'bullets', items },
    ],
    {
      how: which === undefined ? 'new' : 'update',
      controls: pager(at, (to, name) => customId('card', 'sources', story.id, String(to), name)),
    },
  )
}

async function menu(story: Story, press: PressRequest, world: World): Promise<Reply> {
  const topics = (await followedHere(story, press, world)).slice(0, TOPIC_BUTTONS_MAX)
  const button = (label: string, verb: string, ...args: readonly string[]): Button => ({
    kind: 'press',
    label,
    emoji: '🔇',
    style: 'secondary',
    id: customId('card', verb, story.id, ...args),
  })
  const quotes = story.articles.flatMap((article) => spokenQuotes(article).map((quote) => ({ article, quote })))
  const options = quotes.slice(0, QUOTES_LISTED_MAX).map(({ article, quote }) => ({
    label: oneLine(quote.text),
    value: `${article.id}:${quote.start}`,
    description: `${quote.speaker.name} · ${article.outlet}`,
  }))
  const controls: Control[] = [
    {
      kind: 'buttons',
      buttons: [
        button(en.cardMenu.muteSource(story.lead.outlet), 'muteSource', story.lead.id),
        ...topics.map(({ id, name }) => button(en.cardMenu.muteTopic(name), 'muteTopic', id)),
      ],
    },
    ...(options.length > 0
      ? [
          {
            kind: 'select',
            id: customId('card', 'wrong', story.id),
            placeholder: en.cardMenu.wrongOption,
            options,
            min: 1,
            max: 1,
          } as const,
        ]
      : []),
  ]
  const blocks: Block[] = [
    { kind: 'title', text: en.cardMenu.menuTitle },
    { kind: 'note', text: rich`${headlineOf(story.lead)}` },
  ]
  return onlyYou(blocks, { controls })
}

type Pressed = Readonly<{ press: PressRequest; world: World }>

/** `ref` names it in a custom_id: a topic's id, or that of a piece by the source. */
type Muting = Readonly<{ what: Mute['what']; name: string; ref: string }>

async function mute({ what, name, ref }: Muting, story: Story, { press, world }: Pressed): Promise<Reply> {
  const { asker } = press
  if (!asker.serverId) return refusal(en.errors.serverOnly)
  const untilAt = world.now() + MUTE_MS
  await world.store.addMute({ serverId: asker.serverId, channelId: asker.channelId, what, untilAt })
  const id = customId('card', 'unmute', story.id, what.kind, ref)
  const undo: Button = { kind: 'press', label: en.cardMenu.unmute, emoji: '↩️', style: 'secondary', id }
  return onlyYou([{ kind: 'text', text: en.cardMenu.muted(name) }], {
    how: 'update',
    tone: 'good',
    controls: [{ kind: 'buttons', buttons: [undo] }],
  })
}

async function unmute(press: PressRequest, world: World): Promise<Reply> {
  const { asker, args } = press
  const [storyId, kind, ref] = args
  return withStory(storyId, { press, world }, async (story) => {
    const { serverId, channelId } = asker
    if (!serverId) return refusal(en.errors.serverOnly)
    const { outlet } = articleNamed(ref, story)
    const topic = (await topicsHere(press, world)).find(({ id }) => id === ref)
    if (kind === 'topic' && !topic) return refusal(en.topics.unknown)
    const what: Mute['what'] = kind === 'topic' && topic ? { kind, topicId: topic.id } : { kind: 'source', outlet }
    await world.store.removeMute({ serverId, channelId, what, untilAt: world.now() })
    const name = kind === 'topic' && topic ? topic.name : outlet
    return onlyYou([{ kind: 'text', text: en.cardMenu.unmuted(name) }], { how: 'update', tone: 'good' })
  })
}

async function hide(story: Story, press: PressRequest, world: World): Promise<Reply> {
  const [articleId, start] = (press.values[0] ?? '').split(':')
  const article = story.articles.find(({ id }) => id === articleId)
  const { serverId, personId } = press.asker
  if (!(article && serverId && start !== undefined && /^\d{1,9}$/.test(start))) return refusal(en.errors.unknownButton)
  const hidden = await world.store.hideQuote(
    { articleId: article.id, storyId: story.id, start: Number(start), serverId, personId },
    world.now(),
  )
  if (!hidden) return { ...refusal(en.cardMenu.quoteGone), tone: 'warning', how: 'update' }
  world.wake.call('deliver')
  return onlyYou([{ kind: 'text', text: en.cardMenu.hidden }], { how: 'update', tone: 'good' })
}
