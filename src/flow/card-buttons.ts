/** The buttons on a card: its quotes, its sources, its menu. Pages answer the reader who asked; the shared card is never paged. */
import { headlineOf, quotesOf } from '../core/card.ts'
import { customId } from '../core/custom-id.ts'
import { pager, paging, quoteBlock, storyBlock } from '../core/listing.ts'
import type { Mute, Story, StoryId, Topic } from '../core/model.ts'
import { type Block, type Button, type Control, onlyYou, type Reply, refusal } from '../core/reply.ts'
import { ago, joined, type Rich, rich } from '../core/rich.ts'
import { cut, oneLine } from '../core/safe-text.ts'
import { en } from '../core/say/en.ts'
import { voices } from '../core/story/voices.ts'
import type { Pressable, PressRequest, World } from './command.ts'
import { viewerOf } from './followed.ts'

const MUTE_MS = 24 * 60 * 60_000
/** A container's 40 components hold so many lines with ease. */
const SOURCES_MAX = 20
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
      run: (press, world) => withStory(press.args[0], { press, world }, async (story) => sources(story)),
    },
    menu: {
      access: 'manager',
      run: (press, world) => withStory(press.args[0], { press, world }, (story) => menu(story, press, world)),
    },
    muteSource: {
      access: 'manager',
      run: (press, world) =>
        withStory(press.args[0], { press, world }, async (story) =>
          mute({ kind: 'source', outlet: story.lead.outlet }, story, { press, world }),
        ),
    },
    muteTopic: {
      access: 'manager',
      run: (press, world) =>
        withStory(press.args[0], { press, world }, async (story) => {
          const topic = world.topics.find(({ id }) => id === press.args[1])
          return topic
            ? mute({ kind: 'topic', topicId: topic.id }, story, { press, world })
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
  const matches = await world.store.storyMatches(story.id, viewerOf(asker))
  return world.topics.filter(({ id }) => matches.some(({ topicId }) => topicId === id))
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

/** The first page is a new message; its own pager replaces it (a fourth argument tells them apart). */
function quotePage(story: Story, { args: [, wanted, which] }: PressRequest): Reply {
  const quotes = quotesOf(story)
  const how = which === undefined ? 'new' : 'update'
  if (quotes.length === 0) return { ...refusal(en.quotes.storyNone), tone: 'warning', how }
  const shown = paging(wanted, quotes.length)
  return onlyYou(
    [
      { kind: 'title', text: en.quotes.storyTitle(quotes.length) },
      { kind: 'note', text: rich`${headlineOf(story.lead)}` },
      { kind: 'divider' },
      ...quotes.slice(shown.from, shown.to).map(({ quote, article }) => quoteBlock(quote, article, true)),
    ],
    { how, controls: pager(shown, (to, name) => customId('card', 'quotes', story.id, String(to), name)) },
  )
}

function sources(story: Story): Reply {
  const rows = voices(story)
  const items = rows.slice(0, SOURCES_MAX).map(({ article, copyOf }): Rich => {
    const link: Rich = [{ kind: 'link', text: cut(headlineOf(article), 110), url: article.url }]
    return joined([
      rich`${article.outlet}`,
      link,
      [ago(article.publishedAt)],
      ...(copyOf ? [en.cardMenu.copyOf(copyOf)] : []),
    ])
  })
  return onlyYou([
    { kind: 'title', text: en.cardMenu.sourcesTitle(rows.length) },
    { kind: 'bullets', items },
  ])
}

async function menu(story: Story, press: PressRequest, world: World): Promise<Reply> {
  const topics = (await topicsOf(story, press, world)).slice(0, TOPIC_BUTTONS_MAX)
  const button = (label: string, verb: string, ...args: readonly string[]): Button => ({
    kind: 'press',
    label,
    emoji: '🔇',
    style: 'secondary',
    id: customId('card', verb, story.id, ...args),
  })
  const quotes = story.articles.flatMap((article) =>
    article.quotes.flatMap((quote) => (quote.speaker ? [{ article, quote }] : [])),
  )
  const options = quotes.slice(0, QUOTES_LISTED_MAX).map(({ article, quote }) => ({
    label: oneLine(quote.text),
    value: `${article.id}:${quote.start}`,
    description: `${quote.speaker?.name ?? ''} · ${article.outlet}`,
  }))
  const controls: Control[] = [
    {
      kind: 'buttons',
      buttons: [
        button(en.cardMenu.muteSource(story.lead.outlet), 'muteSource'),
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

async function mute(what: Mute['what'], story: Story, { press, world }: Pressed): Promise<Reply> {
  const { asker } = press
  if (!asker.serverId) return refusal(en.errors.serverOnly)
  const untilAt = world.now() + MUTE_MS
  await world.store.addMute({ serverId: asker.serverId, channelId: asker.channelId, what, untilAt })
  const id = customId('card', 'unmute', story.id, what.kind, what.kind === 'topic' ? what.topicId : '-')
  const undo: Button = { kind: 'press', label: en.cardMenu.unmute, emoji: '↩️', style: 'secondary', id }
  return onlyYou([{ kind: 'text', text: en.cardMenu.muted(nameOf(what, world)) }], {
    how: 'update',
    tone: 'good',
    controls: [{ kind: 'buttons', buttons: [undo] }],
  })
}

function nameOf(what: Mute['what'], world: World): string {
  return what.kind === 'source'
    ? what.outlet
    : (world.topics.find(({ id }) => id === what.topicId)?.name ?? what.topicId)
}

async function unmute(press: PressRequest, world: World): Promise<Reply> {
  const { asker, args } = press
  const [storyId, kind, topicId] = args
  return withStory(storyId, { press, world }, async (story) => {
    if (!asker.serverId) return refusal(en.errors.serverOnly)
    const mutes = await world.store.mutes(asker.serverId, world.now())
    const found = mutes.find(({ channelId, what }) => {
      if (channelId !== asker.channelId) return false
      return what.kind === 'source'
        ? kind === 'source' && what.outlet === story.lead.outlet
        : kind === 'topic' && what.topicId === topicId
    })
    if (found) await world.store.removeMute(found)
    const what = found?.what ?? { kind: 'source', outlet: story.lead.outlet }
    return onlyYou([{ kind: 'text', text: en.cardMenu.unmuted(nameOf(what, world)) }], { how: 'update', tone: 'good' })
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
  world.wake.call('deliver')
  return onlyYou([{ kind: 'text', text: hidden ? en.cardMenu.hidden : en.cardMenu.alreadyHidden }], {
    how: 'update',
    tone: 'good',
  })
}
