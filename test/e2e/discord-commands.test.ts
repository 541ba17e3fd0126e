/** Each command through discord.js: its answer, its empty state, its refusal; and what somebody forges. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/commands.ts'
import { type Answer, cardIn, type House, openHouse, type Room } from './discord-house.ts'
import { LARK } from './discord-press.ts'
import { idOf, textOf } from './discord-seen.ts'

const SLOW_MS = 120_000

let house: House
beforeAll(async () => {
  house = await openHouse()
  await house.start()
  const room = house.room()
  await subscribed(room)
  house.press.print('post', LARK)
  await cardIn(house, room.channelId, /runs aground/)
}, 60_000)
afterAll(async () => {
  const violations = [...house.standIn.violations]
  await house.close()
  expect(violations).toEqual([])
})

type Options = Readonly<Record<string, string>>
/** `forged`: rights are the bot's to check, whatever Discord showed to whom. */
function run(room: Room, line: string, { by, ...options }: Options = {}): Promise<Answer> {
  const [name = '', subcommand] = line.split(' ')
  const sub = subcommand === undefined ? {} : { subcommand }
  const { channelId, manager } = room
  return house.send({ kind: 'command', name, ...sub, options, channelId, by: by ?? manager, forged: true })
}

async function subscribed(room: Room): Promise<void> {
  const asked = await run(room, 'subscribe', { topic: 'sea' })
  const [message] = asked.messages
  await house.send({
    kind: 'button',
    messageId: String(message?.['id']),
    customId: idOf(message, 'subscribe:confirm'),
    by: room.manager,
  })
}

/** The sixth within ten seconds. */
async function tooFast(room: Room, name: string): Promise<Answer> {
  for (let count = 0; count < 5; count += 1) await run(room, name)
  return run(room, name)
}

const alone = (name: string): Promise<Answer> =>
  house.send({ kind: 'command', name, by: house.standIn.makeUser({ name: 'somebody' }).id, forged: true })

type Row = Readonly<
  Record<'answer' | 'empty' | 'refusal', readonly [ask: (room: Room) => Promise<Answer>, says: RegExp]>
>
/** What a member without Manage Server reads. */
const NOT_YOURS = /Manage Server/

const ROWS: Readonly<Record<string, Row>> = {
  subscribe: {
    answer: [(room) => run(room, 'subscribe', { topic: 'sea' }), /would have posted/],
    empty: [(room) => run(room, 'subscribe', { words: 'zanzibarcalm' }), /would have posted nothing/],
    refusal: [(room) => run(room, 'subscribe', { topic: 'sea', by: room.reader }), NOT_YOURS],
  },
  unsubscribe: {
    answer: [(room) => subscribed(room).then(() => run(room, 'unsubscribe')), /Which one shall stop/],
    empty: [(room) => run(room, 'unsubscribe'), /follows nothing yet/],
    refusal: [(room) => run(room, 'unsubscribe', { by: room.reader }), NOT_YOURS],
  },
  subscriptions: {
    answer: [(room) => subscribed(room).then(() => run(room, 'subscriptions')), /1 subscription/],
    empty: [(room) => run(room, 'subscriptions'), /follows nothing yet/],
    refusal: [(room) => run(room, 'subscriptions', { by: room.reader }), NOT_YOURS],
  },
  topics: {
    answer: [(room) => run(room, 'topics', { by: room.reader }), /Sea.*1 story/],
    empty: [(room) => run(room, 'topics'), /Chess.*0 stories/],
    refusal: [(room) => tooFast(room, 'topics'), /too fast/],
  },
  latest: {
    answer: [(room) => run(room, 'latest', { topic: 'sea', by: room.reader }), /runs aground/],
    empty: [(room) => run(room, 'latest', { topic: 'chess', by: room.reader }), /No story on/],
    refusal: [(room) => run(room, 'latest', { topic: 'seaa', by: room.reader }), /no topic/],
  },
  search: {
    answer: [(room) => run(room, 'search', { words: 'scraping', by: room.reader }), /runs aground/],
    empty: [(room) => run(room, 'search', { words: 'zanzibarcalm', by: room.reader }), /No story has/],
    refusal: [(room) => run(room, 'search', { words: '?', by: room.reader }), /nothing to look for/],
  },
  quotes: {
    answer: [(room) => run(room, 'quotes', { by: room.reader }), /long scraping sound/],
    empty: [(room) => run(room, 'quotes', { speaker: 'Nobody Atall', by: room.reader }), /No quotes by/],
    refusal: [(room) => run(room, 'quotes', { topic: 'seaa', by: room.reader }), /no topic/],
  },
  feeds: {
    answer: [(room) => run(room, 'feeds list', { by: room.reader }), /Skerry Post/],
    empty: [(room) => run(room, 'feeds remove', { feed: 'none such' }), /not added such a feed/],
    refusal: [(room) => run(room, 'feeds add', { url: 'https://example.org/', by: room.reader }), NOT_YOURS],
  },
  status: {
    answer: [(room) => run(room, 'status', { by: room.reader }), /feeds answer/],
    empty: [(room) => run(room, 'status'), /\*\*0\*\* posted/],
    refusal: [(room) => tooFast(room, 'status'), /too fast/],
  },
  privacy: {
    answer: [(room) => run(room, 'privacy', { by: room.reader }), /What I keep/],
    empty: [(room) => run(room, 'privacy', { by: room.reader }), /nothing/],
    refusal: [(room) => tooFast(room, 'privacy'), /too fast/],
  },
  help: {
    answer: [(room) => run(room, 'help', { by: room.reader }), /\/subscribe/],
    empty: [() => alone('help'), /\/subscribe/], // nothing of a server is needed
    refusal: [(room) => tooFast(room, 'help'), /too fast/],
  },
}

const shown = (answer: Answer): string => textOf(answer.messages)

describe('each command', { timeout: SLOW_MS }, () => {
  it('has an answer, an empty state and a refusal here', () => {
    expect(Object.keys(ROWS).toSorted()).toEqual(commands.map(({ name }) => name).toSorted())
  })

  for (const [name, row] of Object.entries(ROWS)) {
    for (const state of ['empty', 'answer', 'refusal'] as const) {
      it(`/${name}: its ${state}`, async () => {
        const [ask, says] = row[state]
        const answer = await ask(house.room())
        expect(shown(answer)).toMatch(says)
        expect(answer.timedOut).toBe(false)
      })
    }
  }

  it('in a direct message says nothing of servers', async () => {
    expect(shown(await alone('status'))).not.toContain('posted')
    expect(shown(await alone('subscriptions'))).toContain('in a server only')
  })
})

it('/feeds import reads the list that was attached', { timeout: SLOW_MS }, async () => {
  const answer = await run(house.room(), 'feeds import', { file: house.press.feedUrl('post') })
  // A feed is no list of feeds; that it was fetched from where Discord said is what matters here.
  expect(shown(answer)).toContain('no list of feeds')
})

describe('what is forged', { timeout: SLOW_MS }, () => {
  it('is refused beside the message that the forger picked', async () => {
    const { channelId, manager: by } = house.room()
    const { id } = house.standIn.say({ channelId, by, content: 'hello' })
    const forged = [
      'v1:unsubscribe:undo:x',
      'v1:subscriptions:pause:foreign',
      'v1:card:constructor:x',
      'v2:card:menu',
      'x',
    ]
    for (const customId of forged) {
      const answer = await house.send({ kind: 'button', messageId: String(id), customId, by, forged: true })
      expect(answer.messages).toHaveLength(1)
      expect(answer.messages[0]).toMatchObject({ flags: 64 | 32_768 })
    }
    expect(house.standIn.messages({ channelId }).find((message) => message['id'] === id)).toMatchObject({
      content: 'hello',
    })
  })

  it("as another server's channel is not found", async () => {
    const answer = await run(house.room(), 'subscribe', { topic: 'sea', channel: house.room().channelId })
    expect(shown(answer)).toContain('not in this server')
  })
})
