import { customId } from '../src/core/custom-id.ts'
import type { ChannelId } from '../src/core/model.ts'
import { onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import { topicWords } from '../src/core/topic-words.ts'
import type { Command, PressRequest, World } from '../src/flow/command.ts'
import {
  type Draft,
  offerRetyping,
  readDraft,
  readWords,
  recallDraft,
  recallTyped,
  type Typed,
  WORDS_CHARS_MAX,
  wordsField,
} from '../src/flow/draft.ts'
import { feedChoices, findSubscription, topicChoices, viewerOf } from '../src/flow/followed.ts'
import { confirmDraft, postLatest, propose, RHYTHMS } from '../src/flow/propose.ts'

const UNDO_MS = 10 * 60_000 // CARD.md

type Press = (press: PressRequest, world: World) => Promise<Reply>
const forManagers = (run: Press) => ({ access: 'manager', run }) as const

export const subscribe: Command = {
  name: 'subscribe',
  describe: en.subscribe.describe,
  access: 'manager',
  inDirectMessages: false,
  options: [
    { name: 'topic', describe: en.subscribe.topic, kind: 'text', completes: true, charsMax: 100 },
    { name: 'words', describe: en.subscribe.words, kind: 'text', charsMax: WORDS_CHARS_MAX },
    { name: 'feed', describe: en.subscribe.feed, kind: 'text', completes: true, charsMax: 2_048 },
    { name: 'channel', describe: en.subscribe.channel, kind: 'channel' },
  ],
  async run({ asker, options }, world) {
    const text = (name: string): string => String(options[name] ?? '').trim()
    const channelId = (text('channel') || asker.channelId) as ChannelId
    const typed = { topic: text('topic'), words: text('words'), feed: text('feed'), channelId }
    const read = await readDraft(typed, asker, world)
    return read.kind === 'draft' ? propose(read.draft, { asker, world, how: 'new' }) : read.reply
  },
  async complete({ asker, focused, typed }, world) {
    if (focused === 'topic') return topicChoices(typed, world.topics)
    return focused === 'feed' ? feedChoices(typed, await world.store.feeds(viewerOf(asker))) : []
  },
  presses: {
    /** "Follow in this channel", under a topic or a feed. */
    topic: forManagers((press, world) => fromHere(press, world, { topic: press.args[0] ?? '', feed: '' })),
    feed: forManagers((press, world) => fromHere(press, world, { topic: '', feed: press.args[0] ?? '' })),
    welcome: forManagers((press, world) => fromHere(press, world, { topic: press.values[0] ?? '', feed: '' })),
    /** What was typed and could not be taken, with one thing changed. */
    asTopic: forManagers((press, world) =>
      withTyped(press, world, (typed) => ({ ...typed, topic: press.args[1] ?? typed.topic, words: '' })),
    ),
    asWords: forManagers((press, world) =>
      withTyped(press, world, (typed) => ({ ...typed, topic: '', words: typed.words || typed.topic })),
    ),
    asFeed: forManagers((press, world) =>
      withTyped(press, world, (typed) => ({ ...typed, feed: press.args[1] ?? typed.feed })),
    ),
    retype: forManagers(retype),
    retyped: forManagers((press, world) =>
      withTyped(press, world, (typed) => ({ ...typed, words: (press.fields['words'] ?? '').trim() })),
    ),
    confirm: forManagers((press, world) =>
      withDraft(press, world, (draft, name) => confirmDraft(draft, name, { ...press, world })),
    ),
    again: forManagers((press, world) => withDraft(press, world, proposed(press, world))),
    all: forManagers((press, world) => withDraft(press, world, proposed(press, world, true))),
    rhythm: forManagers((press, world) =>
      withDraft(press, world, (draft, name) => {
        const rhythm = RHYTHMS.find((one) => one === press.values[0]) ?? draft.rhythm
        return proposed(press, world)({ ...draft, rhythm }, name)
      }),
    ),
    move: forManagers((press, world) =>
      withDraft(press, world, (draft, name) => {
        const channelId = (press.values[0] ?? draft.channelId) as ChannelId
        return proposed(press, world)({ ...draft, channelId }, name)
      }),
    ),
    edit: forManagers((press, world) =>
      withDraft(press, world, async (draft, name) => {
        const value = draft.follows.kind === 'words' ? topicWords(draft.follows.topic) : ''
        return wordsForm(customId('subscribe', 'edited', name), value)
      }),
    ),
    edited: forManagers((press, world) =>
      withDraft(press, world, (draft, name) => edited(draft, name, { press, world })),
    ),
    cancel: forManagers(async () => onlyYou([{ kind: 'text', text: en.subscribe.cancelled }], { how: 'update' })),
    undo: forManagers(undo),
    latest: forManagers(postLatest),
  },
}

async function withDraft(
  press: PressRequest,
  world: World,
  run: (draft: Draft, name: string) => Promise<Reply>,
): Promise<Reply> {
  const [name] = press.args
  const draft = await recallDraft(name, press.asker, world)
  return draft && name ? run(draft, name) : { ...refusal(en.subscribe.tooOld), how: 'update' }
}

function proposed({ asker }: PressRequest, world: World, all = false) {
  return (draft: Draft, name: string): Promise<Reply> => propose(draft, { asker, world, how: 'update', name, all })
}

async function withTyped(press: PressRequest, world: World, change: (typed: Typed) => Typed): Promise<Reply> {
  const { asker } = press
  const typed = await recallTyped(press.args[0], asker, world)
  if (!typed) return { ...refusal(en.subscribe.tooOld), how: 'update' }
  const read = await readDraft(change(typed), asker, world)
  if (read.kind === 'draft') return propose(read.draft, { asker, world, how: 'update' })
  return read.reply.kind === 'message' ? { ...read.reply, how: 'update' } : read.reply
}

async function retype(press: PressRequest, world: World): Promise<Reply> {
  const [name = ''] = press.args
  const typed = await recallTyped(name, press.asker, world)
  if (!typed) return { ...refusal(en.subscribe.tooOld), how: 'update' }
  return wordsForm(customId('subscribe', 'retyped', name), typed.words)
}

function wordsForm(id: string, value: string): Reply {
  return { kind: 'form', id, title: en.subscribe.formTitle, fields: [wordsField(value)] }
}

async function edited(
  draft: Draft,
  name: string,
  { press, world }: Readonly<{ press: PressRequest; world: World }>,
): Promise<Reply> {
  const { asker, fields } = press
  const { follows, channelId, rhythm } = draft
  const words = (fields['words'] ?? '').trim()
  const sources = follows.kind === 'feed' ? [follows.feedId] : draft.sources
  const parsed = readWords(words)
  if (parsed.kind === 'refused') {
    const typed = { topic: '', words, feed: sources?.[0] ?? '', channelId, rhythm }
    return offerRetyping(parsed.reply, typed, { asker, world })
  }
  const next: Draft = {
    channelId,
    rhythm,
    follows: { kind: 'words', topic: parsed.topic },
    ...(sources ? { sources } : {}),
  }
  return propose(next, { asker, world, how: 'update', name })
}

async function fromHere(
  { asker }: PressRequest,
  world: World,
  follow: Readonly<{ topic: string; feed: string }>,
): Promise<Reply> {
  const read = await readDraft({ ...follow, words: '', channelId: asker.channelId }, asker, world)
  return read.kind === 'draft' ? propose(read.draft, { asker, world, how: 'new' }) : read.reply
}

async function undo({ asker, args: [id] }: PressRequest, world: World): Promise<Reply> {
  const subscription = await findSubscription(id, asker, world)
  if (!(subscription && asker.serverId)) return { ...refusal(en.unsubscribe.unknown), how: 'update' }
  if (world.now() - subscription.createdAt > UNDO_MS) return refusal(en.subscribe.undoTooLate)
  await world.store.removeSubscription(subscription.id, asker.serverId)
  return onlyYou([{ kind: 'text', text: en.subscribe.undone }], { how: 'update' })
}
