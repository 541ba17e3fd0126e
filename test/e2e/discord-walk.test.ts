/** A day in a server, from the welcome to the restart: the real program, unpatched discord.js, and a Discord of our own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../stand-in/json.ts'
import { type Answer, cardIn, type House, openHouse, type Room } from './discord-house.ts'
import { COUNCIL, LARK, LARK_RETOLD } from './discord-press.ts'
import { idOf, messagesIn, pressablesOf, textOf } from './discord-seen.ts'

let house: House
/** Its channel gets the topic. */
let room: Room
let welcome: Json
let card: Json
const MESSAGE = 4
const UPDATE = 7
const PUT_COMMANDS = 'PUT /applications/{application_id}/commands'

beforeAll(async () => {
  house = await openHouse()
  await house.start()
  const { standIn } = house
  const guildId = standIn.makeGuild({ name: 'Newsroom', joined: false }).id
  const channelId = standIn.makeChannel({ guildId, name: 'news' }).id
  const reader = standIn.makeMember({ guildId, name: 'Rolf' }).userId
  room = { guildId, channelId, reader, manager: house.manager(guildId) }
}, 120_000)
afterAll(() => house.close())

const shown = (answer: Answer): string => textOf(answer.messages)
const press = (message: Json, start: string, by: string): Promise<Answer> =>
  house.send({ kind: 'button', messageId: String(message['id']), customId: idOf(message, start), by })
const choose = (message: Json, start: string, chosen: Readonly<{ values: readonly string[]; by: string }>) =>
  house.send({ kind: 'select', messageId: String(message['id']), customId: idOf(message, start), ...chosen })
/** The message that an answer is, as it stands now. */
const first = (answer: Answer): Json => house.standIn.answerOf(answer).messages[0] ?? {}

describe('a day in a server', { timeout: 120_000 }, () => {
  it('welcomes a server that it joins, once', async () => {
    house.standIn.joinGuild({ guildId: room.guildId })
    welcome = await cardIn(house, room.channelId, /I’m Pullquote/)
    expect(messagesIn(house.standIn, room.channelId)).toHaveLength(1)
  })

  it('subscribes the channel to the topic that was chosen under the welcome', async () => {
    const { manager: by } = room
    const proposed = await choose(welcome, 'subscribe:welcome', { values: ['sea'], by })
    expect(proposed).toMatchObject({ callback: MESSAGE, messages: [{ flags: 64 | 32_768 }] })
    expect(shown(proposed)).toMatch(/Subscribe <#\d+> to/)
    const done = await press(first(proposed), 'subscribe:confirm', by)
    expect(done.callback).toBe(UPDATE)
    expect(shown(done)).toContain('now gets')
  })

  it('posts a card when an outlet brings an item', async () => {
    house.press.print('post', LARK)
    card = await cardIn(house, room.channelId, /runs aground off Skarholm/)
    expect(textOf(card)).toContain('Skerry Post')
    expect(textOf(card)).toContain('We heard a long scraping sound')
  })

  it("edits the card when a second outlet's article comes", async () => {
    house.press.print('herald', LARK_RETOLD)
    card = await cardIn(house, room.channelId, /Also in \*\*Norrvik Herald\*\*/)
    expect(messagesIn(house.standIn, room.channelId)).toHaveLength(2)
  })

  it('shows quotes and sources to the reader who asks, and to nobody else', async () => {
    const quotes = await press(card, 'card:quotes', room.reader)
    expect(shown(quotes)).toMatch(/Ingrid Aalto[\s\S]*Tove Rask/)
    const sources = await press(card, 'card:sources', room.reader)
    expect(shown(sources)).toMatch(/Skerry Post[\s\S]*Norrvik Herald/)
    expect([...quotes.messages, ...sources.messages]).toMatchObject([{ flags: 64 | 32_768 }, { flags: 64 | 32_768 }])
    expect(messagesIn(house.standIn, room.channelId)).toHaveLength(2)
  })

  it('opens the menu of a card for managers only, mutes and hears again', async () => {
    const by = house.manager(room.guildId)
    expect(shown(await press(card, 'card:menu', room.reader))).toContain('Manage Server')
    const menu = await press(card, 'card:menu', by)
    expect(shown(menu)).toContain('Mute Skerry Post for 24 h')
    const muted = await press(first(menu), 'card:muteSource', by)
    expect(muted).toMatchObject({ callback: UPDATE })
    expect(shown(muted)).toContain('is muted in this channel')
    expect(shown(await press(first(muted), 'card:unmute', by))).toContain('is heard again')
    const again = await press(card, 'card:menu', by)
    const topic = await press(first(again), 'card:muteTopic', by)
    expect(shown(topic)).toContain('**Sea** is muted')
    await press(first(topic), 'card:unmute', by)
  })

  it('pages quotes for the reader who asked', async () => {
    house.press.print('post', COUNCIL)
    const posted = await cardIn(house, room.channelId, /argues over the new ferry berth/)
    const page = await press(posted, 'card:quotes', room.reader)
    expect(shown(page)).toContain('1 / 2')
    const messageId = String(first(page)['id'])
    const next = await house.send({ kind: 'button', messageId, label: '▶', by: room.reader })
    expect(next.callback).toBe(UPDATE)
    expect(shown(next)).toMatch(/Ragna Tveiten[\s\S]*2 \/ 2/)
  })

  it('hides a quote that a manager calls wrong, and corrects the card', async () => {
    const by = house.manager(room.guildId)
    const posted = await cardIn(house, room.channelId, /argues over the new ferry berth/)
    const menu = first(await press(posted, 'card:menu', by))
    const wrong = pressablesOf(menu).find(({ id }) => id.startsWith('v1:card:wrong'))
    const chosen = await choose(menu, 'card:wrong', { values: wrong?.values.slice(0, 1) ?? [], by })
    expect(shown(chosen)).toContain('hidden in this server')
    await cardIn(house, room.channelId, /argues over the new ferry berth[\s\S]*\n6 quotes/)
  })

  it('answers "Who said what" in the menu of a card, and of no other message', async () => {
    const ask = (messageId: string): Promise<Answer> =>
      house.send({ kind: 'message command', name: 'Who said what', messageId, channelId: room.channelId })
    expect(shown(await ask(String(card['id'])))).toContain('Tove Rask')
    const { id } = house.standIn.say({ channelId: room.channelId, content: 'v1:card:sources:made-up' })
    const other = await ask(id)
    expect(other.messages).toMatchObject([{ flags: 64 | 32_768 }])
    expect(shown(other)).not.toContain('Tove Rask')
  })

  it('keeps every button that was ever sent working across a restart', async () => {
    const { standIn } = house
    const before = standIn.requests({ route: PUT_COMMANDS }).length
    const sent = everSent()
    expect(sent.length).toBeGreaterThan(25)
    expect((await house.stop()).code).toBe(0)
    const last = standIn.journal.at(-1)?.n ?? 0
    await house.start()
    const broken: string[] = []
    for (const { messageId, by, id, select, values } of sent) {
      const chosen = values[0] ?? (id.includes(':move:') ? room.channelId : 'sea')
      const where = { messageId, by, customId: id, forged: true } as const
      const answer = select
        ? await house.send({ kind: 'select', ...where, values: [chosen] })
        : await house.send({ kind: 'button', ...where })
      const text = shown(answer)
      const failed = answer.timedOut || /not one of mine|did not work|too fast/.test(text)
      if (failed) broken.push(`${id}: ${answer.timedOut ? 'no answer' : text}`)
    }
    expect(broken).toEqual([])
    expect(standIn.requests({ route: PUT_COMMANDS })).toHaveLength(before)
    expect(before).toBe(1)
    expect(standIn.requests({ after: last, route: 'POST /channels/{channel_id}/messages' })).toEqual([])
  }, 120_000)

  it('balances what the channel was told, on the command line beside the running bot', async () => {
    const { code, out, err } = await house.beside('audit', '--json', '--channel', room.channelId)
    expect([code, err]).toEqual([0, ''])
    // A welcome, the grounding and the ferry berth: what was pressed and edited in between is no message.
    expect(JSON.parse(out).balances).toMatchObject([
      { target: `channel:${room.channelId}`, seen: 3, fates: { posted: 3, waiting: 0, held: 0, dead: 0, lost: 0 } },
    ])
    expect((await house.beside('audit', '--day', '2020-01-01')).out).toContain('nothing was seen')
  })

  it('tells what it keeps of a server, and forgets it after a second press of a manager', async () => {
    const by = house.manager(room.guildId)
    const ask = (who: string) => house.send({ kind: 'command', name: 'privacy', channelId: room.channelId, by: who })
    expect(shown(await ask(room.reader))).toMatch(/Of this server[\s\S]*3 messages that I posted/)
    const kept = await ask(by)
    expect(kept.messages).toMatchObject([{ flags: 64 | 32_768 }])
    const sure = await press(first(kept), 'privacy:forgetServer', by)
    expect(sure.callback).toBe(UPDATE)
    expect(shown(await press(first(sure), 'privacy:forgotServer', by))).toContain('Nothing of this server is kept')
    expect(shown(await ask(by))).not.toContain('messages that I posted')
    const audit = await house.beside('audit', '--channel', room.channelId)
    expect([audit.code, audit.out]).toEqual([0, expect.stringContaining('nothing was seen')])
  })

  it('answered everything in time, and did nothing that Discord forbids', () => {
    expect(house.answers.filter(({ answer }) => answer.timedOut)).toEqual([])
    expect(house.standIn.violations).toEqual([])
  })
})

type Ever = Readonly<{ messageId: string; by: string; id: string; select: boolean; values: readonly string[] }>

/** Every custom_id in every message as it was shown, at any time. Answers are for whoever asked; the rest is pressed by managers, a few
 *  presses each, as people do. */
function everSent(): readonly Ever[] {
  const inAnswers = house.answers.flatMap(({ deed, answer }) =>
    answer.messages.map((message) => ({ message, by: deed.by ?? house.standIn.owner.id })),
  )
  const inChannel = messagesIn(house.standIn, room.channelId).map((message) => ({ message, by: undefined }))
  const all = [...inAnswers, ...inChannel].flatMap(({ message, by }) =>
    pressablesOf(message)
      .filter(({ disabled }) => !disabled)
      .map((one) => ({ ...one, messageId: String(message['id']), by: by ?? house.manager(room.guildId) })),
  )
  const seen = new Set<string>()
  return all.filter(({ id, messageId, by }) => {
    const key = `${id} ${messageId} ${by}`
    return seen.size < seen.add(key).size
  })
}
