import { CUSTOM_ID_CHARS_MAX, customId } from '../src/core/custom-id.ts'
import { speakerKey } from '../src/core/kept.ts'
import { PAGE_ROWS, pager, paging, quoteBlock } from '../src/core/listing.ts'
import type { Topic } from '../src/core/model.ts'
import { nearest } from '../src/core/near.ts'
import { isNamed } from '../src/core/people.ts'
import { type Button, onlyYou, type Reply, refusal } from '../src/core/reply.ts'
import { joined, rich } from '../src/core/rich.ts'
import { cut, oneLine } from '../src/core/safe-text.ts'
import { en } from '../src/core/say/en.ts'
import type { Asker, Command, World } from '../src/flow/command.ts'
import { CHOICE_CHARS_MAX, findTopic, topicChoices, unknownTopic, viewerOf } from '../src/flow/followed.ts'
import { recallText, rememberText } from '../src/flow/remember.ts'

/** Two suggestions are read, five are not. */
const SUGGESTIONS_MAX = 3
/** How many names a typing error is compared with. */
const NAMES_COMPARED_MAX = 500
/** Stands for "any topic" in a custom_id. */
const ANY = '-'
const VIOLET = 0x9b7bff // of the mock-up: quotes, wherever they are listed

export const quotes: Command = {
  name: 'quotes',
  describe: en.quotes.describe,
  access: 'everyone',
  inDirectMessages: true,
  options: [
    { name: 'speaker', describe: en.quotes.speaker, kind: 'text', completes: true, charsMax: CHOICE_CHARS_MAX },
    { name: 'topic', describe: en.quotes.topic, kind: 'text', completes: true, charsMax: CHOICE_CHARS_MAX },
  ],
  async run({ asker, options }, world) {
    const speaker = String(options['speaker'] ?? '').trim()
    const typedTopic = String(options['topic'] ?? '').trim()
    const topic = typedTopic ? findTopic(typedTopic, world.topics) : undefined
    if (typedTopic && !topic) {
      const packed = await rememberText(speaker, PACKED_CHARS_MAX, world)
      return unknownTopic(typedTopic, world.topics, (id) => customId('quotes', 'page', packed, id, '0'))
    }
    return page({ speaker, topic }, { asker, world, wanted: '0', how: 'new' })
  },
  async complete({ asker, focused, typed }, world) {
    if (focused === 'topic') return topicChoices(typed, world.topics)
    const names = await world.store.speakers(typed, 25, viewerOf(asker))
    return names.map(({ name, quotes: count }) => {
      const counted = ` · ${en.card.quotes(count)}`
      return {
        name: cut(oneLine(name), CHOICE_CHARS_MAX - counted.length) + counted,
        value: name.slice(0, CHOICE_CHARS_MAX).toWellFormed(),
      }
    })
  },
  presses: {
    page: {
      access: 'everyone',
      async run({ asker, args: [packed, topicId, wanted] }, world) {
        const speaker = await recallText(packed, world)
        if (speaker === undefined) return refusal(en.quotes.tooOld)
        const topic = world.topics.find(({ id }) => id === topicId)
        if (!topic && topicId !== ANY) return refusal(en.topics.unknown)
        return page({ speaker, topic }, { asker, world, wanted, how: 'update' })
      },
    },
  },
}

/** What the longest custom_id around a name leaves for it: a topic's id has 40 characters at the most. */
const PACKED_CHARS_MAX = CUSTOM_ID_CHARS_MAX - customId('quotes', 'page', '', 'x'.repeat(40), '99', 'first').length

type Wanted = Readonly<{ speaker: string; topic: Topic | undefined }>
type Asked = Readonly<{ asker: Asker; world: World; wanted: string | undefined; how: 'new' | 'update' }>

async function page(who: Wanted, asked: Asked): Promise<Reply> {
  const { speaker, topic } = who
  const { asker, world, wanted, how } = asked
  const viewer = viewerOf(asker)
  const only = { ...(speaker ? { speaker } : {}), ...(topic ? { topicId: topic.id } : {}) }
  const { total } = await world.store.quotes({ ...only, limit: 1 }, viewer)
  if (total === 0) return none(who, asked)
  const at = paging(wanted, total)
  const { rows } = await world.store.quotes({ ...only, limit: PAGE_ROWS, offset: at.from }, viewer)
  const packed = await rememberText(speaker, PACKED_CHARS_MAX, world)
  const one = speaker ? await oneSpeaker(speaker, asked) : undefined
  const role = one && rows.map(({ quote }) => quote.speaker.role).find(Boolean)
  const facts = [
    ...(role ? [rich`${role}`] : []),
    ...(topic && speaker ? [rich`${topic.emoji} ${topic.name}`] : []),
    en.card.quotes(total),
  ].map((fact) => (typeof fact === 'string' ? rich`${fact}` : fact))
  const named = topic ? `${topic.emoji} ${topic.name}` : en.quotes.everyone
  return onlyYou(
    [
      { kind: 'title', text: en.quotes.title(one ?? (speaker || named)) },
      { kind: 'note', text: joined(facts) },
      { kind: 'divider' },
      ...rows.map(({ quote, article }) => quoteBlock(quote, article, one === undefined)),
    ],
    {
      how,
      color: topic?.color ?? VIOLET,
      controls: pager(at, (to, which) => customId('quotes', 'page', packed, topic?.id ?? ANY, String(to), which)),
    },
  )
}

/** The name where all that was found is one person's. A surname may be shared: then every quote says whose it is. */
async function oneSpeaker(typed: string, { asker, world }: Asked): Promise<string | undefined> {
  const known = await world.store.speakers(typed, NAMES_COMPARED_MAX, viewerOf(asker))
  const [first, ...others] = known.filter(({ name }) => isNamed(name, typed))
  return others.length === 0 ? first?.name : undefined
}

async function none(who: Wanted, asked: Asked): Promise<Reply> {
  const { speaker, topic } = who
  const { asker, world, how } = asked
  if (!speaker) {
    const what = topic ? en.quotes.noneOn(topic.name) : en.quotes.noneAtAll
    return { ...refusal(what, en.quotes.noneWayOut), tone: 'warning', how }
  }
  const known = await world.store.speakers('', NAMES_COMPARED_MAX, viewerOf(asker))
  const names = known.map(({ name }) => name)
  const close = nearest(speaker, names, SUGGESTIONS_MAX)
  const buttons = await Promise.all(
    close.map(async (name): Promise<Button> => {
      const count = known.find((one) => one.name === name)?.quotes ?? 0
      const id = customId('quotes', 'page', await rememberText(name, PACKED_CHARS_MAX, world), ANY, '0', 'meant')
      return { kind: 'press', label: `${name} · ${count}`, style: 'primary', id }
    }),
  )
  const words = await rememberText(speaker, PACKED_CHARS_MAX, world)
  const instead: Button = {
    kind: 'press',
    label: en.quotes.searchInstead,
    emoji: '🔎',
    style: 'secondary',
    id: customId('search', 'page', words, '0'),
  }
  const what = topic ? en.quotes.noneByOn(speaker, topic.name) : en.quotes.none(speaker)
  const isKnown = close.some((name) => speakerKey(name) === speakerKey(speaker))
  const way = close.length === 0 ? en.quotes.noneWayOut : isKnown ? en.quotes.otherTopics : en.quotes.didYouMean
  return {
    ...refusal(what, way),
    tone: 'warning',
    how,
    controls: [{ kind: 'buttons', buttons: [...buttons, instead] }],
  }
}
