import { DiscordAPIError, REST } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type StandIn, startStandIn } from './stand-in.ts'

const MINUTE_MS = 60_000
const QUIET = { allowed_mentions: { parse: [] } }

let standIn: StandIn
let rest: REST
let guildId = ''
let channelId = ''
let clock = Date.UTC(2026, 0, 1)

const restOf = (token: string): REST =>
  new REST({ api: standIn.apiUrl, retries: 0, timeout: 20_000, rejectOnRateLimit: () => true }).setToken(token)

beforeEach(async () => {
  standIn = await startStandIn({ now: () => clock, rateLimits: 'off' })
  rest = restOf(standIn.token)
  guildId = standIn.makeGuild().id
  channelId = standIn.makeChannel({ guildId }).id
})
afterEach(() => standIn.close())

type Posted = Readonly<{ id: string; channel_id: string; nonce?: string; content: string }>
const post = async (body: object, where = channelId): Promise<Posted> =>
  (await rest.post(Routes.channelMessages(where), { body: { ...QUIET, ...body } })) as Posted
const history = async (query: Readonly<Record<string, string>> = {}): Promise<readonly Posted[]> =>
  (await rest.get(Routes.channelMessages(channelId), { query: new URLSearchParams(query) })) as readonly Posted[]
const contents = (): readonly unknown[] => standIn.messages({ channelId }).map(({ content }) => content)

/** Discord's code, or what else was thrown. */
async function codeOf(asked: Promise<unknown>): Promise<unknown> {
  try {
    await asked
    return 'well'
  } catch (error) {
    return error instanceof DiscordAPIError ? `${error.status} ${error.code}` : error
  }
}

describe('a nonce that is enforced', () => {
  const once = { content: 'once', nonce: 'story-1', enforce_nonce: true }

  it('makes one message, whatever the channel and the content', async () => {
    const other = standIn.makeChannel({ guildId }).id
    const first = await post(once)
    const again = await post({ ...once, content: 'twice' }, other)
    expect(again).toMatchObject({ id: first.id, channel_id: channelId, content: 'once', nonce: 'story-1' })
    expect(contents()).toEqual(['once'])
    expect(standIn.messages({ channelId: other })).toEqual([])
  })

  it('makes another message when the window is over', async () => {
    const first = await post(once)
    clock += 4 * MINUTE_MS
    expect((await post(once)).id).not.toBe(first.id)
  })

  it('is refused for good when its message was deleted', async () => {
    const { id } = await post(once)
    await rest.delete(Routes.channelMessage(channelId, id))
    expect(await codeOf(post(once))).toBe('404 10008')
    clock += 4 * MINUTE_MS
    expect(await codeOf(post(once))).toBe('well')
  })

  it('means nothing where it is not enforced', async () => {
    await post({ content: 'one', nonce: 'n' })
    await post({ content: 'two', nonce: 'n' })
    expect(contents()).toEqual(['one', 'two'])
  })
})

describe('history', () => {
  it('never tells the nonce, and tells the components', async () => {
    const button = { type: 2, style: 1, label: 'Quotes', custom_id: 'v1:marker' }
    await post({ content: 'card', nonce: 'n', components: [{ type: 1, components: [button] }] })
    const [message] = await history()
    expect(message).not.toHaveProperty('nonce')
    expect(JSON.stringify(message)).toContain('v1:marker')
  })

  it('is paged from its newest, before, after and around an id', async () => {
    const ids: string[] = []
    for (const content of ['a', 'b', 'c', 'd', 'e']) ids.push((await post({ content })).id)
    const page = async (query: Readonly<Record<string, string>>): Promise<string> =>
      (await history(query)).map(({ content }) => content).join('')
    expect(await page({})).toBe('edcba')
    expect(await page({ limit: '2' })).toBe('ed')
    expect(await page({ before: ids[2] ?? '', limit: '1' })).toBe('b')
    expect(await page({ after: ids[1] ?? '', limit: '2' })).toBe('dc')
    expect(await page({ around: ids[2] ?? '', limit: '3' })).toBe('dcb')
    expect(await codeOf(history({ limit: '101' }))).toBe('400 50035')
  })

  it('is empty, and no error, without the permission to read it', async () => {
    const { id } = await post({ content: 'here' })
    standIn.setOverwrite({ channelId, id: guildId, deny: ['ReadMessageHistory'] })
    expect(await history()).toEqual([])
    expect(await codeOf(rest.get(Routes.channelMessage(channelId, id)))).toBe('403 50013')
  })

  it('keeps the words of others back from a bot without the intent, and in private does not', async () => {
    standIn.say({ channelId, content: 'secret' })
    expect(await history()).toMatchObject([{ content: '' }])
    const dm = (await rest.post(Routes.userChannels(), { body: { recipient_id: standIn.owner.id } })) as Posted
    standIn.say({ userId: standIn.owner.id, content: 'hello bot' })
    expect(await rest.get(Routes.channelMessages(dm.id))).toMatchObject([{ content: 'hello bot' }])
  })
})

describe('permissions', () => {
  const embed = { embeds: [{ title: 'A title' }] }

  it.each([
    [['ViewChannel'], '403 50001'],
    [['SendMessages'], '403 50013'],
    [['EmbedLinks'], '403 50013'],
    [['AddReactions'], 'well'],
  ])('without %j, posting an embed ends with %s', async (deny, expected) => {
    standIn.setOverwrite({ channelId, id: guildId, deny })
    expect(await codeOf(post(embed))).toBe(expected)
  })

  it('of a thread are those of its channel, but sending has a permission of its own', async () => {
    const thread = standIn.makeChannel({ guildId, kind: 'thread', parentId: channelId }).id
    standIn.setOverwrite({ channelId, id: guildId, deny: ['SendMessages'] })
    expect(await codeOf(post(embed, thread))).toBe('well')
    standIn.setOverwrite({ channelId, id: guildId, deny: ['SendMessagesInThreads'] })
    expect(await codeOf(post(embed, thread))).toBe('403 50013')
    expect(await codeOf(post(embed))).toBe('well')
    standIn.setOverwrite({ channelId, id: guildId, deny: ['ViewChannel'] })
    expect(await codeOf(post(embed, thread))).toBe('403 50001')
  })

  it('are those of this moment: a role that is given counts at once', async () => {
    standIn.setOverwrite({ channelId, id: guildId, deny: ['SendMessages'] })
    const { id } = standIn.makeRole({ guildId, permissions: ['Administrator'] })
    expect(await codeOf(post(embed))).toBe('403 50013')
    standIn.setRoles({ guildId, userId: standIn.botId, roleIds: [id] })
    expect(await codeOf(post(embed))).toBe('well')
  })

  it('are gone with the guild, and so is what it held', async () => {
    standIn.leaveGuild({ guildId })
    expect(await codeOf(post(embed))).toBe('403 50001')
    expect(await codeOf(rest.get(Routes.guild(guildId)))).toBe('404 10004')
  })

  it('of the bot do not reach the messages of others', async () => {
    const { id } = standIn.say({ channelId, content: 'mine' })
    expect(await codeOf(rest.patch(Routes.channelMessage(channelId, id), { body: { content: 'x', ...QUIET } }))).toBe(
      '403 50005',
    )
    expect(await codeOf(rest.delete(Routes.channelMessage(channelId, id)))).toBe('403 50013')
  })
})

describe('what is not there', () => {
  it('has its codes', async () => {
    const { id } = await post({ content: 'x' })
    standIn.deleteMessage({ channelId, messageId: id })
    expect(await codeOf(rest.patch(Routes.channelMessage(channelId, id), { body: { content: 'y', ...QUIET } }))).toBe(
      '404 10008',
    )
    standIn.deleteChannel({ channelId })
    expect(await codeOf(post({ content: 'x' }))).toBe('404 10003')
    expect(await codeOf(rest.get(Routes.guildMember(guildId, id)))).toBe('404 10007')
  })

  it('answers a wrong token, a revoked and a replaced one with 401', async () => {
    expect(await codeOf(restOf('wrong').get(Routes.user()))).toBe('401 0')
    const old = standIn.token
    standIn.resetToken()
    expect(await codeOf(restOf(old).get(Routes.user()))).toBe('401 0')
    expect(await codeOf(restOf(standIn.token).get(Routes.user()))).toBe('well')
    standIn.revokeToken()
    expect(await codeOf(restOf(standIn.token).get(Routes.user()))).toBe('401 0')
    expect(standIn.rates().invalidRequests).toBe(3)
  })

  it('is kept as a violation where the route itself is unknown, or an id is none', async () => {
    expect(await codeOf(rest.get('/nowhere'))).toBe('404 0')
    expect(await codeOf(rest.get(Routes.channel('123')))).toBe('400 50035')
    expect(standIn.violations.map(({ rule }) => rule)).toEqual(['route', 'id'])
  })
})

describe('other places', () => {
  it('takes private messages, until the person closes them', async () => {
    const dm = (await rest.post(Routes.userChannels(), { body: { recipient_id: standIn.owner.id } })) as Posted
    await post({ content: 'psst' }, dm.id)
    expect(standIn.messages({ userId: standIn.owner.id })).toMatchObject([{ content: 'psst' }])
    standIn.setPrivateMessages({ userId: standIn.owner.id, open: false })
    expect(await codeOf(post({ content: 'psst' }, dm.id))).toBe('403 50007')
  })

  it('makes a forum post whose first message has the id of its thread', async () => {
    const forum = standIn.makeChannel({ guildId, kind: 'forum' }).id
    const body = { name: 'A story', message: { content: 'first', ...QUIET } }
    const thread = (await rest.post(Routes.threads(forum), { body })) as Posted
    expect(standIn.messages({ channelId: thread.id })).toMatchObject([{ id: thread.id, content: 'first' }])
    expect(await rest.get(Routes.guildActiveThreads(guildId))).toMatchObject({
      threads: [{ id: thread.id, parent_id: forum, name: 'A story' }],
    })
    expect(await codeOf(post({ content: 'x' }, forum))).toBe('400 50008')
    standIn.setThread({ channelId: thread.id, archived: true, locked: true })
    expect(await codeOf(post({ content: 'x' }, thread.id))).toBe('400 50083')
    expect(await rest.get(Routes.guildActiveThreads(guildId))).toMatchObject({ threads: [] })
  })

  it('keeps the files of a message, and refuses too large ones', async () => {
    const files = [{ name: 'list.txt', data: Buffer.from('hello') }]
    const sent = await rest.post(Routes.channelMessages(channelId), { body: { content: 'see', ...QUIET }, files })
    expect(sent).toMatchObject({ content: 'see', attachments: [{ filename: 'list.txt', size: 5 }] })
    const large = [{ name: 'large.bin', data: Buffer.alloc(10 * 1024 * 1024 + 1) }]
    const asked = rest.post(Routes.channelMessages(channelId), { body: { ...QUIET }, files: large })
    expect(await codeOf(asked)).toBe('400 50035')
  })
})
