import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/commands.ts'
import { type Acts, type Answer, actsIn, type Newsroom, openNewsroom, until, words } from './newsroom.ts'

/** A bot, a Discord and three children on a slow machine. */
const SLOW_MS = 60_000
/** Discord gives three seconds; what takes over one is deferred. */
const FIRST_ANSWER_MS = 3_000

let room: Newsroom
beforeAll(async () => {
  room = await openNewsroom()
  const at = actsIn(room, room.place('News'))
  await at.subscribed('nato')
  room.turnWire(10_000)
  await until(() => at.cards().some((card) => JSON.stringify(card).includes('Also in')))
}, SLOW_MS)
afterAll(async () => {
  const violations = [...room.standIn.violations]
  await room.close()
  expect(violations).toEqual([])
}, SLOW_MS)

type Row = Readonly<Record<'answer' | 'empty' | 'refusal', readonly [ask: (at: Acts) => Promise<Answer>, says: RegExp]>>
/** What a member without Manage Server reads, whatever Discord showed them. */
const NOT_YOURS = /Manage Server/

const ROWS: Readonly<Record<string, Row>> = {
  subscribe: {
    answer: [(at) => at.run('subscribe', { topic: 'nato' }), /would have posted/],
    empty: [(at) => at.run('subscribe', { words: 'zanzibarcalm' }), /would have posted nothing/],
    refusal: [(at) => at.run('subscribe', { topic: 'nato' }, at.reader()), NOT_YOURS],
  },
  unsubscribe: {
    answer: [
      async (at) => {
        await at.subscribed('nato')
        return at.run('unsubscribe')
      },
      /Which one shall stop/,
    ],
    empty: [(at) => at.run('unsubscribe'), /follows nothing yet/],
    refusal: [(at) => at.run('unsubscribe', {}, at.reader()), NOT_YOURS],
  },
  subscriptions: {
    answer: [
      async (at) => {
        await at.subscribed('nato')
        return at.run('subscriptions')
      },
      /1 subscription/,
    ],
    empty: [(at) => at.run('subscriptions'), /follows nothing yet/],
    refusal: [(at) => at.run('subscriptions', {}, at.reader()), NOT_YOURS],
  },
  topics: {
    answer: [(at) => at.run('topics', {}, at.reader()), /NATO/],
    empty: [(at) => at.alone('topics'), /NATO/], // a shipped topic is always there: nothing of a server is needed
    refusal: [(at) => at.tooFast('topics'), /too fast/],
  },
  latest: {
    answer: [(at) => at.run('latest', { topic: 'nato' }, at.reader()), /Amber Watch/],
    empty: [(at) => at.run('latest', { topic: 'cyber' }, at.reader()), /No story on/],
    refusal: [(at) => at.run('latest', { topic: 'natto' }, at.reader()), /no topic/],
  },
  search: {
    answer: [(at) => at.run('search', { words: 'mines' }, at.reader()), /\*\*mines\*\*/],
    empty: [(at) => at.run('search', { words: 'zanzibarcalm' }, at.reader()), /No story has/],
    refusal: [(at) => at.run('search', { words: '?' }, at.reader()), /nothing to look for/],
  },
  quotes: {
    answer: [(at) => at.run('quotes', { speaker: 'Elin Sørdal' }, at.reader()), /sink a ferry/],
    empty: [(at) => at.run('quotes', { speaker: 'Elin Sordall' }, at.reader()), /Did you mean/],
    refusal: [(at) => at.run('quotes', { topic: 'natto' }, at.reader()), /no topic/],
  },
  feeds: {
    answer: [(at) => at.run('feeds list', {}, at.reader()), /Harbour Dispatch/],
    empty: [(at) => at.run('feeds remove', { feed: 'none such' }), /not added such a feed/],
    refusal: [(at) => at.run('feeds add', { url: 'https://example.org/' }, at.reader()), NOT_YOURS],
  },
  status: {
    answer: [(at) => at.run('status', {}, at.reader()), /feeds answer/],
    empty: [(at) => at.alone('status'), /0\*\* posted|\*\*0\*\*/],
    refusal: [(at) => at.tooFast('status'), /too fast/],
  },
  help: {
    answer: [(at) => at.run('help', {}, at.reader()), /\/subscribe/],
    empty: [(at) => at.alone('help'), /\/subscribe/], // nothing of a server is needed
    refusal: [(at) => at.tooFast('help'), /too fast/],
  },
}

describe('each command', { timeout: SLOW_MS }, () => {
  it('has an answer, an empty state and a refusal here', () => {
    expect(Object.keys(ROWS).toSorted()).toEqual(commands.map(({ name }) => name).toSorted())
  })

  for (const [name, row] of Object.entries(ROWS)) {
    for (const state of ['empty', 'answer', 'refusal'] as const) {
      it(`/${name}: its ${state}`, async () => {
        const at = actsIn(room, room.place(`${name} ${state}`))
        const [ask, says] = row[state]
        const answer = await ask(at)
        expect(words(answer)).toMatch(says)
        expect(answer.timedOut).toBe(false)
        expect(answer.ackMs ?? Number.POSITIVE_INFINITY).toBeLessThan(FIRST_ANSWER_MS)
      })
    }
  }
})
