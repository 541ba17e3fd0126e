import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/commands.ts'
import { type Acts, actsIn, idOf, type Newsroom, openNewsroom, until, words } from './newsroom.ts'

/** A bot, a Discord and three children on a slow machine. */
const SLOW_MS = 60_000

let room: Newsroom
let at: Acts
beforeAll(async () => {
  room = await openNewsroom()
}, SLOW_MS)
afterAll(async () => {
  const violations = [...room.standIn.violations]
  await room.close()
  expect(violations).toEqual([])
}, SLOW_MS)

/** What a member without Manage Server reads, whatever Discord showed them. */
const NOT_YOURS = /Manage Server/

describe('the walk in Discord', { timeout: SLOW_MS }, () => {
  beforeAll(() => {
    at = actsIn(room, room.place('Walk'))
  })

  it('greets a new server once, in a channel where it may', async () => {
    const guildId = room.standIn.makeGuild({ name: 'New', joined: false }).id
    const closed = room.standIn.makeChannel({ guildId, kind: 'text', name: 'closed' }).id
    room.standIn.setOverwrite({ channelId: closed, id: guildId, deny: ['SendMessages'] })
    const open = room.standIn.makeChannel({ guildId, kind: 'text', name: 'open' }).id
    room.standIn.joinGuild({ guildId })
    await until(() => room.standIn.messages({ channelId: open }).length > 0)
    expect(JSON.stringify(room.standIn.messages({ channelId: open }))).toContain('I’m Pullquote')
    expect(room.standIn.messages({ channelId: closed })).toEqual([])
  })

  it('registers its commands, one of them in a message’s menu', () => {
    const names = room.standIn.commands().map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining([...commands.map(({ name }) => name), 'Who said what']))
  })

  it('makes a card of an item, and lets a second outlet edit it', async () => {
    await at.subscribed('nato')
    room.turnWire(3_000)
    const [card] = await until(() => (at.cards().length > 0 ? at.cards() : undefined))
    const first = JSON.stringify(card)
    expect(first).toContain('Amber Watch')
    expect(first).toContain('Elin Sørdal')
    room.turnWire(10_000)
    const edited = await until(() => at.cards().find((one) => JSON.stringify(one).includes('Also in')))
    expect(JSON.stringify(edited)).toContain('The Meridian Post')
    expect(at.cards()).toHaveLength(1)
  })

  it('answers the card’s buttons, and those that were sent before a restart', async () => {
    const messageId = String(at.cards()[0]?.['id'])
    for (const restarted of [false, true]) {
      if (restarted) await room.restart()
      const quotes = await at.press(messageId, /quotes/, at.reader())
      expect(words(quotes)).toContain('sink a ferry')
      expect(words(await at.press(messageId, /sources/, at.reader()))).toContain('The Meridian Post')
      const menu = await at.press(messageId, '⋯', at.manager())
      expect(words(menu)).toMatch(/Mute Harbour Dispatch for 24 h/)
      expect(words(await at.press(messageId, '⋯', at.reader()))).toMatch(NOT_YOURS)
    }
    const who = await room.standIn.send({
      kind: 'message command',
      name: 'Who said what',
      channelId: at.channelId,
      messageId,
      by: at.reader(),
    })
    expect(words(who)).toContain('Elin Sørdal')
  })

  it('hides a quote that is said to be wrong, here only, and corrects the card', async () => {
    const messageId = String(at.cards()[0]?.['id'])
    const by = at.manager()
    const menu = await at.press(messageId, '⋯', by)
    const value =
      /"value":"([\w-]+:\d+)","description":"Elin/.exec(words(menu))?.[1] ??
      /"label":"We are not rehearsing[^}]*?"value":"([^"]+)"/.exec(words(menu))?.[1]
    const hidden = await room.standIn.send({ kind: 'select', messageId: idOf(menu), values: [value ?? ''], by })
    expect(words(hidden)).toContain('hidden in this server')
  })

  it('mutes an outlet, and undoes it', async () => {
    const by = at.manager()
    const menu = await at.press(String(at.cards()[0]?.['id']), '⋯', by)
    const muted = await room.standIn.send({
      kind: 'button',
      messageId: idOf(menu),
      label: 'Mute Harbour Dispatch for 24 h',
      by,
    })
    expect(words(muted)).toContain('is muted in this channel')
    const undone = await room.standIn.send({ kind: 'button', messageId: idOf(muted), label: 'Undo', by })
    expect(words(undone)).toContain('is heard again')
  })

  it('proposes topics and speakers while somebody types', async () => {
    const typing = (name: string, focused: string, typed: string) =>
      room.standIn.send({
        kind: 'autocomplete',
        name,
        focused,
        options: { [focused]: typed },
        channelId: at.channelId,
        by: at.manager(),
      })
    expect(words(await typing('subscribe', 'topic', 'na'))).toContain('NATO')
    expect(words(await typing('quotes', 'speaker', 'sor'))).toContain('Elin Sørdal')
    expect(words(await typing('unsubscribe', 'subscription', 'nato'))).toContain('#news')
  })

  it('edits, pauses, resumes, tests and removes a subscription, with Undo', async () => {
    const by = at.managerId
    const listed = await at.run('subscriptions')
    const owner = listed.interactionId
    expect(owner).not.toBe('')
    const shownTo = at.manager()
    const list = await room.standIn.send({
      kind: 'command',
      name: 'subscriptions',
      channelId: at.channelId,
      by: shownTo,
    })
    const value = /"value":"([\w-]+)"/.exec(words(list))?.[1] ?? ''
    const shown = await room.standIn.send({ kind: 'select', messageId: idOf(list), values: [value], by: shownTo })
    const messageId = idOf(shown)
    const act = (label: string) => room.standIn.send({ kind: 'button', messageId, label, by: shownTo })
    expect(words(await act('Pause'))).toContain('paused')
    expect(words(await act('Resume'))).not.toContain('paused')
    expect(words(await act('Send a test'))).toContain('on its way')
    await until(() => JSON.stringify(room.standIn.messages({ channelId: at.channelId })).includes('This is a test'))
    const removed = await act('Remove')
    expect(words(removed)).toContain('no longer gets')
    const undone = await room.standIn.send({ kind: 'button', messageId: idOf(removed), label: 'Undo', by: shownTo })
    expect(words(undone)).toContain('goes on as before')
    expect(by).toBe(at.managerId)
  })
})

describe('what is forged or foreign', { timeout: SLOW_MS }, () => {
  beforeAll(() => {
    at = actsIn(room, room.place('Forgery'))
  })

  it('is refused in one sentence only the asker sees', async () => {
    const elsewhere = room.place('Elsewhere')
    const messageId = String(room.standIn.say({ channelId: at.channelId, by: at.managerId, content: 'hello' }).id)
    const forged = (customId: string) =>
      room.standIn.send({ kind: 'button', messageId, customId, by: at.managerId, forged: true })
    for (const id of [
      'v1:card:menu:nostory:x',
      'v1:nobody:does',
      'v2:card:menu',
      'remove:1',
      'v1:subscriptions:pause:foreign',
      'v1:card:constructor:x',
    ]) {
      const answer = await forged(id)
      expect(answer.timedOut).toBe(false)
      expect(answer.messages).toHaveLength(1)
      expect(JSON.stringify(answer.messages[0])).toMatch(/"flags":\d+/)
    }
    const foreign = await room.standIn.send({
      kind: 'command',
      name: 'subscribe',
      options: { topic: 'nato', channel: elsewhere.channelId },
      channelId: at.channelId,
      by: at.manager(),
      forged: true,
    })
    expect(words(foreign)).toContain('not in this server')
    const mine = await room.standIn.send({
      kind: 'command',
      name: 'subscribe',
      options: { topic: 'nato' },
      channelId: at.channelId,
      by: at.manager(),
      userInstalled: true,
      forged: true,
    })
    expect(words(mine)).toContain('in a server only')
  })

  it('names the permission that is missing in the channel, and keeps the choices', async () => {
    room.standIn.setOverwrite({ channelId: at.channelId, id: at.guildId, deny: ['EmbedLinks'] })
    const by = at.manager()
    const asked = await room.standIn.send({
      kind: 'command',
      name: 'subscribe',
      options: { topic: 'nato' },
      channelId: at.channelId,
      by,
    })
    expect(words(asked)).toContain('Embed Links')
    room.standIn.setOverwrite({ channelId: at.channelId, id: at.guildId, allow: ['EmbedLinks'] })
    const again = await room.standIn.send({ kind: 'button', messageId: idOf(asked), label: 'Check again', by })
    expect(words(again)).toContain('would have posted')
  })
})

describe('trouble', { timeout: SLOW_MS }, () => {
  it('with the gateway stops no delivery', async () => {
    at = actsIn(room, room.place('Trouble'))
    await at.subscribed('ukraine')
    room.standIn.refuseIdentifies({ code: 4000 })
    room.standIn.refuseResumes({ count: 5 })
    room.standIn.dropGateway({ code: 'cut' })
    room.turnWire(20_000)
    await until(() => at.cards().some((card) => JSON.stringify(card).includes('Zelenivka')))
  })

  it('with the token ends the bot with 78, and nothing is sent again', async () => {
    room.turnWire(34_000)
    room.standIn.revokeToken()
    const { code, err } = await room.ended()
    expect(code).toBe(78)
    expect(err.trim().split('\n').at(-1)).toMatch(/does not accept the token/)
  })
})
