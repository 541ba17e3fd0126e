import { customId } from '../src/core/custom-id.ts'
import type { ChannelId, Rhythm } from '../src/core/model.ts'
import { onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Command, PressRequest, World } from '../src/flow/command.ts'
import { keepDraft, readDraft, readWords, recallDraft } from '../src/flow/draft.ts'
import { feedChoices, findSubscription, topicChoices, viewerOf } from '../src/flow/followed.ts'
import { confirmDraft, postLatest, propose } from '../src/flow/propose.ts'

const WORDS_CHARS_MAX = 2_600 // 25 keywords of 100 characters, and their commas
const UNDO_MS = 10 * 60_000 // CARD.md
const RHYTHMS: readonly Rhythm[] = ['each', 'hourly', 'daily']

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
    const read = await readDraft(
      { topic: text('topic'), words: text('words'), feed: text('feed'), channelId },
      asker,
      world,
    )
    return read.kind === 'draft' ? propose(read.draft, { asker, world, how: 'new' }) : read.reply
  },
  async complete({ asker, focused, typed }, world) {
    if (focused === 'topic') return topicChoices(typed, world.topics)
    return focused === 'feed' ? feedChoices(typed, await world.store.feeds(viewerOf(asker))) : []
  },
  presses: {
    /** "Follow in this channel", under a topic or a feed. */
    topic: {
      access: 'manager',
      run: (press, world) => fromHere(press, world, { topic: press.args[0] ?? '', feed: '' }),
    },
    feed: {
      access: 'manager',
      run: (press, world) => fromHere(press, world, { topic: '', feed: press.args[0] ?? '' }),
    },
    welcome: {
      access: 'manager',
      run: (press, world) => fromHere(press, world, { topic: press.values[0] ?? '', feed: '' }),
    },
    confirm: {
      access: 'manager',
      run: (press, world) => withDraft(press, world, (draft, name) => confirmDraft(draft, name, { ...press, world })),
    },
    again: {
      access: 'manager',
      run: (press, world) => withDraft(press, world, (draft) => propose(draft, { ...press, world, how: 'update' })),
    },
    all: {
      access: 'manager',
      run: (press, world) =>
        withDraft(press, world, (draft) => propose(draft, { ...press, world, how: 'update', all: true })),
    },
    rhythm: {
      access: 'manager',
      run: (press, world) =>
        withDraft(press, world, async (draft, name) => {
          const rhythm = RHYTHMS.find((one) => one === press.values[0]) ?? draft.rhythm
          await keepDraft({ ...draft, rhythm }, world, name)
          return propose({ ...draft, rhythm }, { ...press, world, how: 'update', name })
        }),
    },
    move: {
      access: 'manager',
      run: (press, world) =>
        withDraft(press, world, (draft) =>
          propose(
            { ...draft, channelId: (press.values[0] ?? draft.channelId) as ChannelId },
            { ...press, world, how: 'update' },
          ),
        ),
    },
    edit: {
      access: 'manager',
      run: (press, world) =>
        withDraft(press, world, async (draft, name) => {
          const value = draft.follows.kind === 'words' ? draft.follows.topic.name : ''
          const { formTitle, formLabel, formHint } = en.subscribe
          const field = {
            name: 'words',
            label: formLabel,
            value,
            placeholder: formHint,
            long: true,
            required: true,
            charsMax: WORDS_CHARS_MAX,
          }
          return { kind: 'form', id: customId('subscribe', 'edited', name), title: formTitle, fields: [field] }
        }),
    },
    edited: {
      access: 'manager',
      run: (press, world) =>
        withDraft(press, world, async (draft) => {
          const parsed = readWords(press.fields['words'] ?? '')
          if (parsed.kind === 'refused') return parsed.reply
          return propose(
            { ...draft, follows: { kind: 'words', topic: parsed.topic } },
            { ...press, world, how: 'update' },
          )
        }),
    },
    cancel: {
      access: 'manager',
      run: async () => onlyYou([{ kind: 'text', text: en.subscribe.cancelled }], { how: 'update' }),
    },
    undo: { access: 'manager', run: undo },
    latest: { access: 'manager', run: (press, world) => postLatest(press, world) },
  },
}

async function withDraft(
  press: PressRequest,
  world: World,
  run: (draft: NonNullable<Awaited<ReturnType<typeof recallDraft>>>, name: string) => Promise<Reply>,
): Promise<Reply> {
  const [name] = press.args
  const draft = await recallDraft(name, world)
  return draft && name ? run(draft, name) : { ...refusal(en.subscribe.tooOld), how: 'update' }
}

async function fromHere(
  press: PressRequest,
  world: World,
  follow: Readonly<{ topic: string; feed: string }>,
): Promise<Reply> {
  const { asker } = press
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
