/** What goes wrong in Discord, and what the real program makes of it. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Answer, cardIn, type House, openHouse, PATIENCE, type Room } from './discord-house.ts'
import { LARK } from './discord-press.ts'
import { idOf, messagesIn, textOf } from './discord-seen.ts'

/** Several starts of a process on a slow machine. */
const SLOW_MS = 120_000

let house: House
/** Whatever went wrong, the bot asked nothing that Discord forbids. */
async function end(): Promise<void> {
  const violations = [...house.standIn.violations]
  await house.close()
  expect(violations).toEqual([])
}

const shown = (answer: Answer): string => textOf(answer.messages)
const gatewayEvents = (wanted: string): number =>
  house.standIn.gatewayEvents().filter(({ kind }) => kind === wanted).length

/** The channel gets the topic, as a manager makes it so. */
async function subscribed({ channelId, guildId }: Omit<Room, 'manager' | 'reader'>, words = 'ferry'): Promise<string> {
  const by = house.manager(guildId)
  const asked = await house.send({ kind: 'command', name: 'subscribe', options: { words }, channelId, by })
  const customId = idOf(asked.messages[0], 'subscribe:confirm')
  const messageId = String(asked.messages[0]?.['id'])
  const done = await house.send({ kind: 'button', messageId, customId, by })
  expect(shown(done)).toContain('now gets')
  return by
}

/** In one channel after another: pieces of news of their own. */
function tell(name: string): RegExp {
  house.press.print('post', { name })
  return new RegExp(`\\[${name}\\\\?\\]`)
}

describe('a token that Discord does not accept', { timeout: SLOW_MS }, () => {
  afterEach(end, SLOW_MS)

  it('ends the start with one line and 78, after one request', async () => {
    house = await openHouse()
    const { code, err } = await house.run({ DISCORD_TOKEN: `${house.standIn.token}x` }).ended
    expect(code).toBe(78)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('Set DISCORD_TOKEN')
    expect(house.standIn.requests()).toHaveLength(1)
  })

  it('ends the bot with 78 when it is revoked, and after the refusal nothing is asked again', async () => {
    house = await openHouse()
    await house.start()
    const room = house.room()
    await subscribed(room)
    const program = house.program()
    house.standIn.revokeToken()
    house.press.print('post', LARK)
    const { code, err } = (await program?.ended) ?? {}
    expect(code).toBe(78)
    expect(err?.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('nothing is lost')
    // One refusal a client at the most: the gateway's, delivery's, and the last word to the owner.
    const refused = house.standIn.requests().filter(({ status }) => status === 401)
    expect(refused.length).toBeLessThanOrEqual(3)
    expect(messagesIn(house.standIn, room.channelId)).toEqual([])
  })
})

describe('a start without luck', { timeout: SLOW_MS }, () => {
  afterEach(end, SLOW_MS)

  it('still is one gateway where a greeting and the commands fail at the start', async () => {
    house = await openHouse()
    const { standIn } = house
    const guildId = standIn.makeGuild({ name: 'Newsroom' }).id
    const channelId = standIn.makeChannel({ guildId, name: 'news' }).id
    standIn.addFaults({ rules: [{ kind: 'error', when: 'before', route: 'GET /guilds/*' }] })
    standIn.addFaults({ rules: [{ kind: 'error', when: 'before', route: 'PUT /applications/*', count: 2 }] })
    await house.start()
    standIn.clearFaults()
    const by = house.manager(guildId)
    expect(shown(await house.send({ kind: 'command', name: 'help', channelId, by }))).toContain('Pullquote')
    expect(standIn.gatewayState().connected).toBe(1)
    expect(standIn.requests({ route: '/callback' })).toHaveLength(1)
    // Discord did not say whether the greeting may stand there: delivery finds out.
    await cardIn(house, channelId, /I’m Pullquote/)
  })
})

describe('a bot that is told to stop', { timeout: SLOW_MS }, () => {
  afterEach(end, SLOW_MS)

  it('ends while it looks for a gateway that is gone', async () => {
    house = await openHouse()
    await house.start()
    house.standIn.goDown()
    await vi.waitUntil(() => house.standIn.gatewayState().connected === 0, PATIENCE)
    expect(await house.stop()).toMatchObject({ code: 0 })
  })

  it('ends while it waits for Discord to say READY', async () => {
    house = await openHouse()
    house.standIn.ignoreIdentifies()
    house.run()
    await vi.waitUntil(() => gatewayEvents('identify') === 1, PATIENCE)
    expect(await house.stop()).toMatchObject({ code: 0 })
  })
})

describe('a bot that is up', { timeout: SLOW_MS }, () => {
  let holds = 0
  /** Discord has refused before the bot has written it down: what may be sent again in between is seen at its next look, minutes later. */
  const heldOnceMore = () => house.program()?.printed(new RegExp('"state":"held"[^]*'.repeat(++holds)))

  beforeAll(async () => {
    house = await openHouse()
    await house.start()
  }, SLOW_MS)
  afterAll(end, SLOW_MS)

  it('holds up no delivery, and comes back by itself', async () => {
    const room = house.room()
    await subscribed(room)
    const identified = gatewayEvents('identify')
    house.standIn.dropGateway({ code: 'cut' })
    await cardIn(house, room.channelId, tell('cut'))
    await vi.waitUntil(() => gatewayEvents('resumed') === 1, PATIENCE)
    const { channelId, reader: by } = room
    expect(shown(await house.send({ kind: 'command', name: 'help', channelId, by }))).toContain('Pullquote')
    expect(gatewayEvents('identify')).toBe(identified)
  })

  it('holds back what may not be sent, and sends it when the channel, a role or the bot’s own roles allow it', async () => {
    const { standIn } = house
    const room = house.room()
    const { channelId, guildId } = room
    await subscribed(room)
    const denied = { channelId, id: guildId, deny: ['SendMessages'] } as const
    const held = async (said: RegExp): Promise<void> => {
      const after = standIn.journal.at(-1)?.n ?? 0
      await vi.waitUntil(
        () => standIn.requests({ route: 'POST /channels/', after }).some(({ status }) => status === 403),
        PATIENCE,
      )
      await heldOnceMore()
      expect(messagesIn(standIn, channelId).filter((one) => said.test(textOf(one)))).toEqual([])
    }
    standIn.setOverwrite(denied)
    const one = tell('closed')
    await held(one)
    standIn.setOverwrite({ channelId, id: guildId, allow: ['SendMessages'] })
    await cardIn(house, channelId, one)

    standIn.setOverwrite(denied)
    const other = tell('role')
    await held(other)
    const role = standIn.makeRole({ guildId, permissions: ['Administrator'] })
    standIn.setRoles({ guildId, userId: standIn.botId, roleIds: [role.id] })
    await cardIn(house, channelId, other)
  })

  it('pauses the subscriptions of a channel that was deleted, and says so', async () => {
    const { standIn } = house
    const room = house.room()
    const { channelId, guildId } = room
    const gone = standIn.makeChannel({ guildId, name: 'gone' }).id
    const thread = standIn.makeChannel({ guildId, kind: 'thread', name: 'talk', parentId: channelId }).id
    for (const place of [gone, thread]) await subscribed({ ...room, channelId: place })
    for (const place of [gone, thread]) standIn.deleteChannel({ channelId: place })
    await vi.waitFor(async () => {
      const by = house.manager(guildId)
      const listed = await house.send({ kind: 'command', name: 'subscriptions', channelId, by })
      expect(shown(listed).match(/paused/g)).toHaveLength(2)
    }, PATIENCE)
    await subscribed(room)
    await cardIn(house, channelId, tell('after'))
    const isThere = ({ path }: Readonly<{ path: string }>) => path.includes(gone) || path.includes(thread)
    expect(standIn.requests({ route: 'POST /channels/' }).filter(isThere)).toEqual([])
  })

  it('sends nothing to a server that it left, and goes on when it comes back', async () => {
    const { standIn } = house
    const [room, left] = [house.room(), house.room()]
    await subscribed(room)
    await subscribed(left)
    standIn.leaveGuild({ guildId: left.guildId })
    await cardIn(house, room.channelId, tell('left'))
    expect(messagesIn(standIn, left.channelId)).toEqual([])
    standIn.joinGuild({ guildId: left.guildId })
    await cardIn(house, left.channelId, tell('back'))
  })

  it('posts to targets of every kind: text, announcements, thread, forum', async () => {
    const { standIn } = house
    const room = house.room()
    const { guildId } = room
    const make = (kind: 'announcement' | 'forum') => standIn.makeChannel({ guildId, kind, name: kind }).id
    const thread = standIn.makeChannel({ guildId, kind: 'thread', name: 'talk', parentId: room.channelId }).id
    const places = [room.channelId, make('announcement'), thread, make('forum')]
    for (const channelId of places) {
      const by = house.manager(guildId)
      const options = { words: 'ferry', channel: channelId }
      const asked = await house.send({ kind: 'command', name: 'subscribe', options, channelId: room.channelId, by })
      const customId = idOf(asked.messages[0], 'subscribe:confirm')
      await house.send({ kind: 'button', messageId: String(asked.messages[0]?.['id']), customId, by })
    }
    const said = tell('everywhere')
    for (const channelId of places) await cardIn(house, channelId, said)
  })

  it('posts in a thread that was shut when it is opened again', async () => {
    const { standIn } = house
    const room = house.room()
    const parentId = room.channelId
    const thread = standIn.makeChannel({ guildId: room.guildId, kind: 'thread', name: 'talk', parentId }).id
    await subscribed({ ...room, channelId: thread })
    standIn.setThread({ channelId: thread, archived: true, locked: true })
    const after = standIn.journal.at(-1)?.n ?? 0
    const said = tell('shut')
    const refused = () => standIn.requests({ route: 'POST /channels/', after }).some(({ code }) => code === 50_083)
    await vi.waitUntil(refused, PATIENCE)
    await heldOnceMore()
    standIn.setThread({ channelId: thread, archived: false })
    await cardIn(house, thread, said)
  })

  it('answers in private messages what needs no server, and says so of the rest', async () => {
    const by = house.standIn.makeUser({ name: 'Ute' }).id
    expect(shown(await house.send({ kind: 'command', name: 'help', by }))).toContain('Pullquote')
    expect(shown(await house.send({ kind: 'command', name: 'latest', by }))).toContain('Skerry Post')
    for (const name of ['subscribe', 'subscriptions', 'unsubscribe'])
      expect(shown(await house.send({ kind: 'command', name, by, forged: true }))).toContain('in a server only')
  })

  it('begins a session anew that Discord ended, and goes where it is asked to reconnect', async () => {
    const { standIn } = house
    const { channelId, reader: by } = house.room()
    const [begun, resumed] = [gatewayEvents('ready'), gatewayEvents('resumed')]
    standIn.askReconnect()
    await vi.waitUntil(() => gatewayEvents('resumed') > resumed, PATIENCE)
    standIn.invalidateSession()
    // Who introduced itself often within the hour waits longer: on a slow machine a resume may have failed before.
    await vi.waitUntil(() => gatewayEvents('ready') > begun, { ...PATIENCE, timeout: SLOW_MS - 10_000 })
    const help = () => house.send({ kind: 'command', name: 'help', channelId, by })
    expect(shown(await help())).toContain('Pullquote')
  })
})
