/** Every button, select and form that the program sends, pressed in Discord: what it answers, and how it refuses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pressables } from '../../src/commands.ts'
import type { Json } from '../stand-in/json.ts'
import { type Answer, cardIn, type House, openHouse, type Room } from './discord-house.ts'
import { COUNCIL, LARK, LARK_RETOLD } from './discord-press.ts'
import { idOf, pressablesOf, textOf } from './discord-seen.ts'

const SLOW_MS = 120_000
const EPHEMERAL = 64
const FORM = 9
/** What is said instead of what was asked for. */
const REFUSED = /not one of mine|Manage Server|in a server only|did not work|too fast|too old|no such subscription/
let house: House
let newsroom: Room
const answered = new Set<string>()
const others = pressables.filter(({ name }) => name !== 'privacy') // which deletes: test/commands presses it
const verbs = others.flatMap(({ name, inDirectMessages, presses = {} }) =>
  Object.entries(presses).map(([verb, { access }]) => ({ id: `${name}:${verb}`, access, inDirectMessages })),
)

beforeAll(async () => {
  house = await openHouse()
  await house.start()
  newsroom = house.room()
  const me = person(newsroom)
  const asked = await me.run('subscribe', { topic: 'sea' })
  await me.press(asked, 'subscribe:confirm')
  house.press.print('post', LARK)
  house.press.print('post', COUNCIL)
  house.press.print('herald', LARK_RETOLD)
  for (const n of [1, 2, 3, 4, 5, 6]) house.press.print('herald', { name: `ship${n}` })
  await cardIn(house, newsroom.channelId, /Also in \*\*/)
  await cardIn(house, newsroom.channelId, /argues over the new ferry berth/)
  for (const n of [1, 2, 3, 4, 5, 6]) await cardIn(house, newsroom.channelId, new RegExp(`ship${n}`))
}, SLOW_MS * 2)
afterAll(async () => {
  const violations = [...house.standIn.violations]
  await house.close()
  expect(violations).toEqual([])
}, SLOW_MS)

const shown = ({ messages, modal }: Answer): string => textOf(modal ?? messages)
type Seen = Pick<Answer, 'messages'> & Partial<Answer>
const messageIdOf = ({ messages }: Seen): string => String(messages.at(-1)?.['id'])
/** The message that an answer is, as it stands now. */
const messageOf = ({ interactionId, messages }: Seen): Json =>
  (interactionId ? house.standIn.answerOf({ interactionId }).messages : messages).at(-1) ?? {}

/** A manager of their own, who presses what they see: a button that is not there is an error. */
function person({ guildId, channelId }: Pick<Room, 'guildId' | 'channelId'>, by = house.manager(guildId)) {
  const noted = (customId: string, answer: Answer): Answer => {
    if (!(answer.timedOut || REFUSED.test(shown(answer)))) answered.add(customId.split(':').slice(1, 3).join(':'))
    return answer
  }
  return {
    by,
    run: (name: string, options: Readonly<Record<string, string>> = {}, subcommand?: string): Promise<Answer> =>
      house.send({ kind: 'command', name, options, channelId, by, ...(subcommand ? { subcommand } : {}) }),
    async press(on: Seen, start: string): Promise<Answer> {
      const customId = idOf(messageOf(on), start)
      return noted(customId, await house.send({ kind: 'button', messageId: messageIdOf(on), customId, by }))
    },
    async choose(on: Seen, start: string, value?: string): Promise<Answer> {
      const customId = idOf(messageOf(on), start)
      const select = pressablesOf(messageOf(on)).find(({ id }) => id === customId)
      const values = [value ?? select?.values[0] ?? '']
      return noted(customId, await house.send({ kind: 'select', messageId: messageIdOf(on), customId, values, by }))
    },
    async fill(form: Answer, words: string): Promise<Answer> {
      expect(form.callback).toBe(FORM)
      const customId = String(form.modal?.['custom_id'])
      return noted(customId, await house.send({ kind: 'modal', openedBy: form.interactionId, fields: { words }, by }))
    },
    async forge(on: Seen, customId: string, values?: readonly string[]): Promise<Answer> {
      const where = { messageId: messageIdOf(on), customId, by, forged: true } as const
      const answer = await house.send(values ? { kind: 'select', ...where, values } : { kind: 'button', ...where })
      return noted(customId, answer)
    },
  }
}

describe('each button answers', { timeout: SLOW_MS }, () => {
  it('of a proposal: samples, rhythm, cancel', async () => {
    const me = person(house.room())
    const details = await me.choose(await me.run('topics'), 'topics:show', 'sea')
    const proposed = await me.press(details, 'subscribe:topic')
    expect(shown(await me.press(proposed, 'subscribe:all'))).toContain('ship1')
    expect(shown(await me.choose(proposed, 'subscribe:rhythm', 'daily'))).toContain('Subscribe <#')
    expect(shown(await me.press(proposed, 'subscribe:cancel'))).toContain('Nothing was subscribed')
    expect(shown(await me.press(details, 'latest:open'))).toContain('Sea · latest')
    await me.forge(details, 'v1:topics:page:0')
  })

  it('of a subscription that is made: words, the latest now, settings, undo', async () => {
    const room = house.room()
    const me = person(room)
    const both = { topic: 'sea', words: 'ferry' }
    expect(shown(await me.press(await me.run('subscribe', both), 'subscribe:asTopic'))).toContain('Subscribe <#')
    const proposed = await me.press(await me.run('subscribe', both), 'subscribe:asWords')
    const edited = await me.fill(await me.press(proposed, 'subscribe:edit'), 'ferry, rudder')
    expect(shown(edited)).toContain('`rudder`')
    const done = await me.press(edited, 'subscribe:confirm')
    expect(shown(await me.press(done, 'subscribe:latest'))).toContain('On its way')
    await cardIn(house, room.channelId, /./)
    expect(shown(await me.press(done, 'subscribe:undo'))).toContain('nothing is subscribed')
  })

  it('of what could not be taken as it was typed', async () => {
    const me = person(house.room())
    const wrong = await me.run('subscribe', { words: '-storm' })
    const retyped = await me.fill(await me.press(wrong, 'subscribe:retype'), 'storm')
    expect(shown(retyped)).toContain('`storm`')
    const near = await me.run('subscribe', { feed: 'Skerry Pots' })
    expect(shown(await me.press(near, 'subscribe:asFeed'))).toContain('Skerry Post')
    const { standIn } = house
    const { guildId } = newsroom
    const other = person(newsroom)
    const denied = standIn.makeChannel({ guildId, name: 'denied' }).id
    standIn.setOverwrite({ channelId: denied, id: guildId, deny: ['EmbedLinks'] })
    const lacking = await other.run('subscribe', { words: 'storm', channel: denied })
    expect(shown(lacking)).toContain('missing **Embed Links**')
    standIn.setOverwrite({ channelId: denied, id: guildId, allow: ['EmbedLinks'] })
    expect(shown(await other.press(lacking, 'subscribe:again'))).toContain('Subscribe <#')
    standIn.setOverwrite({ channelId: denied, id: guildId, deny: ['EmbedLinks'] })
    const again = await other.run('subscribe', { words: 'storm', channel: denied })
    expect(shown(await other.choose(again, 'subscribe:move', newsroom.channelId))).toContain('Subscribe <#')
  })

  it('of the settings of a subscription', async () => {
    const { standIn } = house
    const room = house.room()
    const me = person(room)
    const done = await me.press(await me.run('subscribe', { words: 'ferry' }), 'subscribe:confirm')
    const shownOne = await me.press(done, 'subscriptions:show')
    expect(shown(await me.press(shownOne, 'subscriptions:pause'))).toContain('paused')
    expect(shown(await me.press(shownOne, 'subscriptions:resume'))).not.toContain('paused')
    expect(shown(await me.choose(shownOne, 'subscriptions:rhythm', 'hourly'))).toContain('one list an hour')
    expect(shown(await me.choose(shownOne, 'subscriptions:style', 'compact'))).toContain('Saved')
    const elsewhere = standIn.makeChannel({ guildId: room.guildId, name: 'elsewhere' }).id
    expect(shown(await me.choose(shownOne, 'subscriptions:move', elsewhere))).toContain(elsewhere)
    expect(shown(await me.fill(await me.press(shownOne, 'subscriptions:edit'), 'rudder'))).toContain('rudder')
    expect(shown(await me.press(shownOne, 'subscriptions:test'))).toContain('on its way')
    await cardIn(house, elsewhere, /This is a test/)
    expect(shown(await me.press(shownOne, 'subscriptions:list'))).toContain('1 subscription')
    const other = person(room)
    const which = await other.run('unsubscribe')
    const removed = await other.choose(which, 'unsubscribe:chosen')
    expect(shown(removed)).toContain('no longer gets')
    expect(shown(await other.press(removed, 'unsubscribe:undo'))).toContain('goes on as before')
  })

  it('of feeds that a server adds', async () => {
    const room = house.room()
    const me = person(room)
    const added = await me.run('feeds', { url: house.press.feedUrl('gazette') }, 'add')
    expect(shown(await me.press(added, 'subscribe:feed'))).toContain('everything from **Lofthaven Gazette**')
    const removed = await me.run('feeds', { feed: 'Lofthaven Gazette' }, 'remove')
    expect(shown(removed)).toContain('no longer read')
    expect(shown(await me.press(removed, 'feeds:undo'))).toContain('Lofthaven Gazette')
    expect(shown(await me.forge(removed, 'v1:feeds:page:0:next'))).toContain('Norrvik Herald')
    expect(shown(await me.forge(removed, 'v1:feeds:open'))).toContain('Norrvik Herald')
    expect(shown(await me.forge(removed, 'v1:feeds:report:none:0:next'))).toContain('older than a day')
  })

  it('of lists and stories, and of a card', async () => {
    const { channelId, guildId } = newsroom
    const me = person(house.room())
    expect(shown(await me.press(await me.run('latest'), 'latest:page:-:1'))).toMatch(/2 \/ \d/)
    expect(shown(await me.press(await me.run('search', { words: 'ferry' }), 'search:page'))).toMatch(/2 \/ \d/)
    const quotes = await me.press(await me.run('quotes', { topic: 'sea' }), 'quotes:page')
    expect(shown(quotes)).toMatch(/2 \/ \d/)
    const found = await me.run('search', { words: 'berth dredging' })
    const story = await me.choose(found, 'card:open')
    expect(shown(story)).toContain('Lofthaven council')
    expect(shown(await me.press(story, 'card:quotes'))).toContain('7 quotes')
    expect(shown(await me.press(story, 'card:sources'))).toContain('Skerry Post')
    const manager = person({ channelId, guildId })
    const card = { messages: [await cardIn(house, channelId, /argues over the new ferry berth/)] }
    const menu = await manager.press(card, 'card:menu')
    const muted = await manager.press(menu, 'card:muteSource')
    expect(shown(muted)).toContain('muted')
    expect(shown(await manager.press(muted, 'card:unmute'))).toContain('heard again')
    const topic = await manager.press(await manager.press(card, 'card:menu'), 'card:muteTopic')
    await manager.press(topic, 'card:unmute')
    const wrong = await manager.choose(await manager.press(card, 'card:menu'), 'card:wrong')
    expect(shown(wrong)).toContain('hidden')
  })

  it('of the welcome, and of what went too fast', async () => {
    const { standIn } = house
    const guildId = standIn.makeGuild({ name: 'Newsroom', joined: false }).id
    const channelId = standIn.makeChannel({ guildId, name: 'news' }).id
    standIn.joinGuild({ guildId })
    const me = person({ guildId, channelId })
    const welcome = { messages: [await cardIn(house, channelId, /I’m Pullquote/)] }
    expect(shown(await me.choose(welcome, 'subscribe:welcome', 'sea'))).toContain('Subscribe <#')
    expect(shown(await me.press(welcome, 'help:dismiss'))).toContain('Dismissed')
    const asked = await Promise.all([1, 2, 3, 4, 5, 6].map(() => me.run('help')))
    const late = asked.filter((answer) => shown(answer).includes('too fast'))
    expect(late).toHaveLength(1)
    const again = await me.press(late[0] ?? { messages: [] }, 'again:command:help')
    expect(shown(again)).toContain('too fast')
    answered.add('again:command')
  })

  it('and none is left out', () => {
    expect(verbs.map(({ id }) => id).filter((id) => !answered.has(id))).toEqual([])
  })
})

/** Presses each, fifteen a person, as the quota has it. */
async function pressAll(
  ids: readonly string[],
  room: Room,
  how: Readonly<{ member: () => string; userInstalled?: boolean; args?: string }>,
): Promise<readonly string[]> {
  const { id: messageId } = house.standIn.say({ channelId: room.channelId, content: 'hello' })
  const answers: string[] = []
  let by = ''
  for (const [n, id] of ids.entries()) {
    if (n % 10 === 0) by = how.member()
    const answer = await house.send({
      kind: 'button',
      messageId,
      customId: `v1:${id}${how.args ?? ''}`,
      by,
      forged: true,
      ...(how.userInstalled ? { userInstalled: true } : {}),
    })
    const flags = Number(answer.messages[0]?.['flags'] ?? 0)
    const isPrivate = answer.messages.length === 1 && (flags & EPHEMERAL) !== 0
    const says = answer.modal ? 'a form' : shown(answer).split('\n')[0]
    answers.push(`${id}: ${isPrivate || answer.modal ? says : `not one private answer: ${shown(answer)}`}`)
  }
  return answers
}

describe('each button refuses', { timeout: SLOW_MS }, () => {
  it('members without Manage Server, where it is for managers', async () => {
    const room = house.room()
    const ids = verbs.filter(({ access }) => access === 'manager').map(({ id }) => id)
    const member = () => house.standIn.makeMember({ guildId: room.guildId }).userId
    const answers = await pressAll(ids, room, { member })
    expect(ids.length).toBeGreaterThan(25)
    expect(answers.filter((answer) => !answer.includes('needs the Manage Server'))).toEqual([])
  })

  it('the app of a person, where it is about a server', async () => {
    const room = house.room()
    const ids = verbs.filter(({ inDirectMessages }) => !inDirectMessages).map(({ id }) => id)
    const answers = await pressAll(ids, room, { member: () => house.manager(room.guildId), userInstalled: true })
    expect(answers.filter((answer) => !answer.includes('in a server only'))).toEqual([])
  })

  it('arguments that nobody of us wrote, in one sentence', async () => {
    for (const args of ['', ':nothing:1:x', ':__proto__:constructor', `:${'9'.repeat(40)}:-1`]) {
      const room = house.room()
      const member = () => house.manager(room.guildId)
      const answers = await pressAll(
        verbs.map(({ id }) => id),
        room,
        { member, args },
      )
      expect(answers.filter((answer) => /not one private answer|did not work/.test(answer))).toEqual([])
    }
  })

  it("another server's subscription, draft and story", async () => {
    const mine = house.room()
    const me = person(mine)
    const proposed = await me.run('subscribe', { words: 'ferry' })
    const draft = idOf(proposed.messages[0], 'subscribe:confirm')
    const done = await me.press(proposed, 'subscribe:confirm')
    const one = idOf(done.messages[0], 'subscriptions:show').split(':')[3]
    const thief = person(house.room())
    const seen = await thief.run('help')
    for (const id of [
      draft,
      `v1:subscriptions:show:${one}`,
      `v1:unsubscribe:chosen:${one}`,
      `v1:subscribe:undo:${one}`,
    ])
      expect(shown(await thief.forge(seen, id))).toMatch(/no such subscription|too old/)
    expect(shown(await me.run('subscriptions'))).toContain('1 subscription')
  })

  it('proposals to whoever may not run the command, or is in no server', async () => {
    const room = house.room()
    const me = person(room)
    await me.press(await me.run('subscribe', { words: 'ferry' }), 'subscribe:confirm')
    const deed = { kind: 'autocomplete', name: 'unsubscribe', focused: 'subscription', forged: true } as const
    const ask = async (by: string, more: Readonly<{ userInstalled?: boolean }> = {}) =>
      (await house.send({ ...deed, ...more, channelId: room.channelId, by })).choices?.length
    expect(await ask(me.by)).toBe(1)
    expect(await ask(room.reader)).toBe(0)
    expect(await ask(me.by, { userInstalled: true })).toBe(0)
  })
})
