import { describe, expect, it } from 'vitest'
import { commands } from '../../src/commands.ts'
import type { Reply } from '../../src/core/reply.ts'
import type { Asker } from '../../src/flow/command.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { T0 } from '../contract/store/world.ts'
import { ALONE, buttonsOf, type House, MANAGER, messageOf, READER, textOf, useHouse } from './house.ts'
import { newsroom } from './newsroom.ts'

type Ask = (house: House) => Promise<Reply>
type Row = Readonly<Record<'answer' | 'empty' | 'refusal', readonly [ask: Ask, says: RegExp]>>

const run =
  (name: string, options = {}, by: Asker = MANAGER): Ask =>
  (house) =>
    house.run(name, options, by)
/** SECURITY.md Q2: five a person in ten seconds. */
const tooFast =
  (name: string): Ask =>
  async (house) => {
    house.stepMs = 0
    for (let n = 0; n < 5; n += 1) await house.run(name)
    return house.run(name)
  }
const afterSubscribing =
  (name: string): Ask =>
  async (house) => {
    await house.press([await house.run('subscribe', { topic: 'nato' }), 'Subscribe'])
    return house.run(name)
  }

/** What each command says with news in the house, with none, and to whom it refuses. One that is new fails until it has its row. */
const ROWS: Readonly<Record<string, Row>> = {
  subscribe: {
    answer: [
      run('subscribe', { topic: 'NATO' }),
      /would have posted 1 card \(2 articles, 1 merged as the same story\)/,
    ],
    empty: [run('subscribe', { words: 'zanzibarcalm' }), /would have posted nothing/],
    refusal: [run('subscribe', { topic: 'nato' }, READER), /Manage Server/],
  },
  unsubscribe: {
    answer: [afterSubscribing('unsubscribe'), /Which one shall stop/],
    empty: [run('unsubscribe'), /follows nothing yet\.\n\/subscribe starts/],
    refusal: [run('unsubscribe', {}, READER), /Manage Server/],
  },
  subscriptions: {
    answer: [afterSubscribing('subscriptions'), /1 subscription\n.*NATO → #harbour · every story, as it breaks/],
    empty: [run('subscriptions'), /follows nothing yet\.\n\/subscribe starts/],
    refusal: [run('subscriptions', {}, READER), /Manage Server/],
  },
  topics: {
    answer: [run('topics', {}, READER), /NATO · 1 story · known by \d+ names/],
    empty: [run('topics', {}, ALONE), /NATO · 0 stories/],
    refusal: [tooFast('topics'), /too fast/],
  },
  latest: {
    answer: [run('latest', {}, ALONE), /All topics · latest\n8 stories in the last 24 hours, 8 in all/],
    empty: [run('latest', { topic: 'nato' }), /No story on NATO yet\.\nFeeds are read/],
    refusal: [run('latest', { topic: 'Ukrane' }), /I know no topic Ukrane/],
  },
  search: {
    answer: [run('search', { words: 'fog' }, READER), /“fog” · 1 story/],
    empty: [run('search', { words: 'zeppelin' }), /No story has zeppelin\.\nTry fewer/],
    refusal: [run('search', { words: ' ?! ' }), /nothing to look for/],
  },
  quotes: {
    answer: [run('quotes', { speaker: 'Tomas Brandl' }, READER), /💬 Tomas Brandl\n2 quotes/],
    empty: [run('quotes'), /No quotes yet\.\n\/search/],
    refusal: [run('quotes', { topic: 'Ukrane' }), /I know no topic Ukrane/],
  },
  feeds: {
    answer: [run('feeds list', {}, READER), /3 feeds\nall of them answer/],
    empty: [run('feeds list'), /No feeds yet\.\n\/feeds add/],
    refusal: [run('feeds add', { url: 'https://herald.test/' }, READER), /Manage Server/],
  },
  status: {
    answer: [run('status', {}, READER), /2 of 3 feeds answer\n.*due now\n.*8 stories today, 9 articles searchable/],
    empty: [run('status', {}, ALONE), /No feeds yet: \/feeds add/],
    refusal: [tooFast('status'), /too fast/],
  },
  privacy: {
    answer: [run('privacy', {}, READER), /What I keep[\s\S]*Of this server/],
    empty: [run('privacy', {}, ALONE), /Of you\n.*nothing/],
    refusal: [tooFast('privacy'), /too fast/],
  },
  help: {
    answer: [run('help', {}, READER), /\/subscribe Get alerts[\s\S]*\/help What I can do/],
    empty: [run('help', {}, ALONE), /\/subscribe Get alerts/],
    refusal: [tooFast('help'), /too fast/],
  },
}
const NAMES = commands.map(({ name }) => name)

function rowOf(name: string): Row {
  const row = ROWS[name]
  if (!row) throw new Error(`No row for "/${name}"`)
  return row
}

describe('each command', () => {
  const house = useHouse(newsroom)

  it.each(NAMES)('/%s has an answer', async (name) => {
    const [ask, says] = rowOf(name).answer
    const reply = await ask(house)
    expect(textOf(reply)).toMatch(says)
    expect(messageOf(reply).to).toBe('you')
  })

  it.each(NAMES)('/%s refuses in a line that says what to do', async (name) => {
    const [ask, says] = rowOf(name).refusal
    const reply = await ask(house)
    expect(textOf(reply)).toMatch(says)
    expect(messageOf(reply)).toMatchObject({ to: 'you', tone: 'bad' })
  })

  it('has no row for a command that is gone', () => {
    expect(Object.keys(ROWS).sort()).toEqual([...NAMES].sort())
  })
})

describe('each command without news', () => {
  const house = useHouse(async (_store: Store) => T0)

  it.each(NAMES)('/%s has a way on', async (name) => {
    const [ask, says] = rowOf(name).empty
    const reply = await ask(house)
    const text = textOf(reply)
    expect(text).toMatch(says)
    expect(buttonsOf(reply).length > 0 || /\/[a-z]+/.test(text)).toBe(true)
  })
})
