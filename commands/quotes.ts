import { customId } from '../src/core/custom-id.ts'
import { pager, paging, quoteBlock } from '../src/core/listing.ts'
import type { Topic } from '../src/core/model.ts'
import { nearest } from '../src/core/near.ts'
import { type Button, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { findTopic, topicChoices, viewerOf } from '../src/flow/followed.ts'
import { recallText, rememberText } from '../src/flow/remember.ts'

/** Discord's limit for a proposed answer; a longer name is no name. */
const NAME_CHARS_MAX = 100
/** What `v1:quotes:page::39:first` and a topic's id of 40 characters leave of a custom_id. */
const PACKED_CHARS_MAX = 34
/** Two suggestions are read, five are not. */
const SUGGESTIONS_MAX = 3
/** How many names a typing error is compared with. */
const NAMES_COMPARED_MAX = 500

export const quotes: Command = {
  name: 'quotes',
  describe: en.quotes.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [
    { name: 'speaker', describe: en.quotes.speaker, kind: 'text', completes: true, charsMax: NAME_CHARS_MAX },
    { name: 'topic', describe: en.quotes.topic, kind: 'text', completes: true, charsMax: NAME_CHARS_MAX },
  ],
  async run({ asker, options }, world) {
    const speaker = String(options['speaker'] ?? '').trim()
    const typedTopic = String(options['topic'] ?? '').trim()
    const topic = typedTopic ? findTopic(typedTopic, world.topics) : undefined
    if (typedTopic && !topic) return refusal(en.subscribe.noTopic(typedTopic), en.subscribe.ownWords)
    return page({ speaker, topic }, { asker, world, wanted: '0', how: 'new' })
  },
  async complete({ asker, focused, typed }, world) {
    if (focused === 'topic') return topicChoices(typed, world.topics)
    const names = await world.store.speakers(typed, 25, viewerOf(asker))
    return names.map(({ name, quotes: count }) => ({
      name: `${name.slice(0, NAME_CHARS_MAX - 12)} · ${count}`,
      value: name.slice(0, NAME_CHARS_MAX),
    }))
  },
  presses: {
    page: {
      access: 'everyone',
      async run({ asker, args: [packed, topicId, wanted] }, world) {
        const speaker = await recallText(packed, world)
        if (speaker === undefined) return refusal(en.search.tooOld)
        const topic = world.topics.find(({ id }) => id === topicId)
        return page({ speaker, topic }, { asker, world, wanted, how: 'update' })
      },
    },
  },
}

type Wanted = Readonly<{ speaker: string; topic: Topic | undefined }>
type Asked = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

async function page({ speaker, topic }: Wanted, asked: Asked): Promise<Reply> {
  const { asker, world, wanted, how } = asked
  const viewer = viewerOf(asker)
  const only = { ...(speaker ? { speaker } : {}), ...(topic ? { topicId: topic.id } : {}) }
  const { total } = await world.store.quotes({ ...only, limit: 1 }, viewer)
  if (total === 0) return none(speaker, asked)
  const shown = paging(wanted, total)
  const { rows } = await world.store.quotes({ ...only, limit: shown.to - shown.from, offset: shown.from }, viewer)
  const packed = await rememberText(speaker, PACKED_CHARS_MAX, world)
  const name = speaker ? (rows[0]?.quote.speaker.name ?? speaker) : (topic?.name ?? en.quotes.everyone)
  const role = speaker ? rows.map(({ quote }) => quote.speaker.role).find(Boolean) : undefined
  return onlyYou(
    [
      { kind: 'title', text: en.quotes.title(name, total) },
      ...(role ? [{ kind: 'note', text: [{ kind: 'text', text: role }] } as const] : []),
      { kind: 'divider' },
      ...rows.map(({ quote, article }) => quoteBlock(quote, article, speaker === '')),
    ],
    {
      how,
      color: topic?.color ?? 0x9b7bff, // the violet of the mock-up: quotes, wherever they are listed
      controls: pager(shown, (to, which) => customId('quotes', 'page', packed, topic?.id ?? '-', String(to), which)),
    },
  )
}

async function none(speaker: string, { asker, world, how }: Asked): Promise<Reply> {
  if (!speaker) return { ...refusal(en.quotes.noneAtAll, en.quotes.noneWayOut), tone: 'warning', how }
  const known = await world.store.speakers('', NAMES_COMPARED_MAX, viewerOf(asker))
  const close = nearest(
    speaker,
    known.map(({ name }) => name),
    SUGGESTIONS_MAX,
  )
  const buttons = await Promise.all(
    close.map(async (name): Promise<Button> => {
      const count = known.find((one) => one.name === name)?.quotes ?? 0
      const id = customId('quotes', 'page', await rememberText(name, PACKED_CHARS_MAX, world), '-', '0', 'meant')
      return { kind: 'press', label: `${name} · ${count}`, style: 'primary', id }
    }),
  )
  const empty = refusal(en.quotes.none(speaker), close.length > 0 ? en.quotes.didYouMean : en.quotes.noneWayOut)
  return { ...empty, tone: 'warning', how, controls: buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [] }
}
