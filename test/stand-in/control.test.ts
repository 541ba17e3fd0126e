import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { REST } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSchema, SHARED_SCHEMA } from './schema.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

let standIn: StandIn
let rest: REST

beforeEach(async () => {
  standIn = await startStandIn({ rateLimits: 'off' })
  rest = new REST({ api: standIn.apiUrl, retries: 0 }).setToken(standIn.token)
})
afterEach(() => standIn.close())

async function call(method: string, argument: unknown = {}): Promise<unknown> {
  const answer = await fetch(`${standIn.controlUrl}/${method}`, { method: 'POST', body: JSON.stringify(argument) })
  return answer.json()
}

describe('the control methods over HTTP', () => {
  it('are listed', async () => {
    const answer = await fetch(standIn.controlUrl)
    expect(await answer.json()).toMatchObject({ methods: expect.arrayContaining(['makeGuild', 'send', 'addFaults']) })
  })

  it('do the same as in a test', async () => {
    const { id: guildId } = (await call('makeGuild', { name: 'By curl' })) as { id: string }
    const { id: channelId } = (await call('makeChannel', { guildId, kind: 'text' })) as { id: string }
    await rest.post(Routes.channelMessages(channelId), { body: { content: 'Hi', allowed_mentions: { parse: [] } } })
    expect(await call('messages', { channelId })).toMatchObject([{ content: 'Hi' }])
    expect(await call('requests')).toMatchObject([{ route: 'POST /channels/{channel_id}/messages', status: 200 }])
    expect(await call('setPermissions', { guildId, permissions: ['Fly'] })).toEqual({
      error: 'Cannot set permissions: Discord has no "Fly"',
    })
  })

  it('cannot be called by a page in a browser', async () => {
    const foreign = await fetch(`${standIn.controlUrl}/goDown`, {
      method: 'POST',
      headers: { origin: 'http://evil.test' },
    })
    expect(foreign.status).toBe(403)
    expect((await fetch(`${standIn.controlUrl}/goDown`)).status).toBe(405)
    const renamed = request(`${standIn.controlUrl}/goDown`, { method: 'POST', headers: { host: 'evil.test' } }).end()
    expect(((await once(renamed, 'response')) as [IncomingMessage])[0].statusCode).toBe(403)
    await expect(rest.get(Routes.user())).resolves.toMatchObject({ id: standIn.botId })
  })
})

describe('the page', () => {
  it('shows what was said, as text', async () => {
    const { id: guildId } = standIn.makeGuild({ name: 'Newsroom' })
    const { id: channelId } = standIn.makeChannel({ guildId })
    standIn.say({ channelId, content: '<script>alert(1)</script>' })
    const page = await (await fetch(standIn.apiUrl.replace('/api', '/'))).text()
    expect(page).toContain('&lt;script>alert(1)')
    expect(page).not.toContain('<script>')
  })
})

describe.skipIf(!existsSync(SHARED_SCHEMA))("Discord's description, where it is there", () => {
  it('describes what the stand-in answers', async () => {
    await askForEverything()
    const schema = openSchema(undefined)
    const odd = standIn.journal.flatMap(({ route, status, answer }) =>
      (schema?.checkAnswer(route, status ?? 0, answer) ?? []).map(
        ({ path, message }) => `${route} ${path.join('.')}: ${message}`,
      ),
    )
    expect(odd).toEqual([])
    expect(standIn.violations).toEqual([])
    expect(standIn.journal.map(({ status }) => status)).not.toContain(404)
  })
})

/** One request of each kind that has a body in its answer. */
async function askForEverything(): Promise<void> {
  const { id: guildId } = standIn.makeGuild()
  const { id: channelId } = standIn.makeChannel({ guildId })
  const { id: forumId } = standIn.makeChannel({ guildId, kind: 'forum' })
  const { userId } = standIn.makeMember({ guildId })
  const button = { type: 2, style: 1, label: 'Go', custom_id: 'go' }
  const body = {
    embeds: [{ title: 'A title', color: 1, footer: { text: 'a footer' }, fields: [{ name: 'a', value: 'b' }] }],
    components: [{ type: 1, components: [button] }],
    allowed_mentions: { parse: [] },
  }
  const v2 = {
    flags: 32_768,
    components: [
      { type: 17, components: [{ type: 10, content: 'Text' }, { type: 14 }, { type: 1, components: [button] }] },
    ],
    allowed_mentions: { parse: [] },
  }
  const { id } = (await rest.post(Routes.channelMessages(channelId), { body })) as { id: string }
  await rest.post(Routes.channelMessages(channelId), { body: v2 })
  await rest.patch(Routes.channelMessage(channelId, id), { body })
  await rest.post(Routes.threads(forumId), { body: { name: 'A post', message: body } })
  const gets = [
    Routes.channelMessages(channelId),
    Routes.channelMessage(channelId, id),
    Routes.channel(channelId),
    Routes.channel(forumId),
    Routes.guild(guildId),
    Routes.guildChannels(guildId),
    Routes.guildRoles(guildId),
    Routes.guildMember(guildId, userId),
    Routes.guildActiveThreads(guildId),
    Routes.user(),
    Routes.user(userId),
    Routes.userGuilds(),
    Routes.gatewayBot(),
    Routes.currentApplication(),
    Routes.applicationCommands(standIn.applicationId),
  ]
  const commands = [{ name: 'help', description: 'Helps', options: [{ type: 3, name: 'about', description: 'What' }] }]
  await rest.put(Routes.applicationCommands(standIn.applicationId), { body: commands })
  await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })
  for (const route of gets) await rest.get(route)
}
