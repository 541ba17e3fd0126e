import { once } from 'node:events'
import { type DiscordAPIError, REST } from '@discordjs/rest'
import { Client, Events, GatewayDispatchEvents, GatewayIntentBits } from 'discord.js'
import { type APIInteraction, Routes } from 'discord-api-types/v10'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Deed } from './interactions/payload.ts'
import type { Answer } from './interactions.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

/** Discord's are 3 s; a test of what comes too late does not wait so long. */
const ANSWER_WITHIN_MS = 200
const quiet = { allowed_mentions: { parse: [] } }

let standIn: StandIn
let client: Client
let rest: REST
let channelId = ''
let guildId = ''

beforeAll(async () => {
  standIn = await startStandIn({ answerWithinMs: ANSWER_WITHIN_MS, rateLimits: 'off' })
  guildId = standIn.makeGuild().id
  channelId = standIn.makeChannel({ guildId }).id
  rest = new REST({ api: standIn.apiUrl, retries: 0 }).setToken(standIn.token)
  const option = { type: 3, name: 'words', description: 'Words', autocomplete: true }
  await rest.put(Routes.applicationCommands(standIn.applicationId), {
    body: [
      { name: 'find', description: 'Finds', options: [option], contexts: [0, 1] },
      { name: 'here', description: 'Not in private', contexts: [0] },
    ],
  })
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: standIn.apiUrl } })
  const ready = once(client, Events.ClientReady)
  await client.login(standIn.token)
  await ready
})
afterAll(async () => {
  await client.destroy()
  await standIn.close()
})
beforeEach(() => standIn.clearJournal())

type Asked = Readonly<{ interaction: APIInteraction; answer: Promise<Answer> }>

/** Does something, and gives what arrived at the bot, which does not answer by itself. */
async function ask(deed: Deed): Promise<Asked> {
  const arrived = new Promise<APIInteraction>((resolve) =>
    client.ws.once(GatewayDispatchEvents.InteractionCreate, resolve),
  )
  const answer = standIn.send(deed)
  return { interaction: await arrived, answer }
}

const find = (): Promise<Asked> => ask({ kind: 'command', name: 'find', channelId })

async function reply({ id, token }: APIInteraction, body: unknown): Promise<string> {
  const answer = rest.post(Routes.interactionCallback(id, token), { body, auth: false })
  return answer.then(() => 'well', codeOf)
}
const codeOf = ({ status, code }: DiscordAPIError): string => `${status} ${code}`
const original = ({ token }: APIInteraction) => Routes.webhookMessage(standIn.applicationId, token, '@original')

describe('an interaction', () => {
  it('that is not answered in time is lost, and a late answer refused', async () => {
    const { interaction, answer } = await find()
    expect(await answer).toMatchObject({ timedOut: true, messages: [] })
    expect(await reply(interaction, { type: 4, data: { content: 'late', ...quiet } })).toBe('404 10062')
  })

  it('is answered once, with a type that fits', async () => {
    const { interaction, answer } = await find()
    expect(await reply(interaction, { type: 7, data: { content: 'no message to update', ...quiet } })).toBe('400 50035')
    expect(await reply(interaction, { type: 4, data: { content: 'Hi', ...quiet } })).toBe('well')
    expect(await reply(interaction, { type: 4, data: { content: 'again', ...quiet } })).toBe('400 40060')
    expect(await answer).toMatchObject({ messages: [{ content: 'Hi' }] })
  })

  it('takes follow-ups, edits and deletes for fifteen minutes', async () => {
    const { interaction, answer } = await find()
    await reply(interaction, { type: 5, data: { flags: 64 } })
    const body = { content: 'filled in', ...quiet }
    await rest.patch(original(interaction), { body, auth: false })
    expect(await answer).toMatchObject({ callback: 5, messages: [{ content: 'filled in', flags: 64 }] })
    expect(await rest.get(original(interaction), { auth: false })).toMatchObject({ content: 'filled in' })
    await rest.delete(original(interaction), { auth: false })
    expect(await rest.get(original(interaction), { auth: false }).catch(codeOf)).toBe('404 10008')
    standIn.turnClock({ byMs: 16 * 60_000 })
    const late = rest.post(Routes.webhook(standIn.applicationId, interaction.token), { body, auth: false })
    expect(await late.catch(codeOf)).toBe('401 50027')
  })

  it('of somebody who types is answered with choices alone, at most 25', async () => {
    const typed = { channelId, kind: 'autocomplete', name: 'find', focused: 'words', options: { words: 'a' } } as const
    const { interaction, answer } = await ask(typed)
    const choices = Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` }))
    expect(await reply(interaction, { type: 4, data: { content: 'Hi', ...quiet } })).toBe('400 50035')
    expect(await reply(interaction, { type: 8, data: { choices } })).toBe('400 50035')
    expect(await reply(interaction, { type: 8, data: { choices: choices.slice(0, 25) } })).toBe('well')
    expect((await answer).choices).toHaveLength(25)
    expect(standIn.violations).not.toEqual([])
  })

  it('in private has no guild, and a command may not be there', async () => {
    const { interaction } = await ask({ kind: 'command', name: 'find' })
    expect(interaction).toMatchObject({ context: 1, user: { id: standIn.owner.id } })
    expect(interaction.guild_id).toBeUndefined()
    await expect(standIn.send({ kind: 'command', name: 'here' })).rejects.toThrow('its contexts are 0')
  })

  it('of a forger arrives as it was forged', async () => {
    const { userId: by } = standIn.makeMember({ guildId, name: 'Rolf' })
    const { id: messageId } = standIn.say({ channelId, content: 'Good morning', by })
    const { interaction } = await ask({ kind: 'button', messageId, customId: 'v1:forged', by, forged: true })
    expect(interaction).toMatchObject({ type: 3, data: { custom_id: 'v1:forged' }, member: { user: { id: by } } })
  })

  it('resolves the channels that were chosen in a select', async () => {
    const select = { type: 1, components: [{ type: 8, custom_id: 'where', min_values: 1, max_values: 2 }] }
    const body = { content: 'Where?', components: [select], ...quiet }
    const { id: messageId } = (await rest.post(Routes.channelMessages(channelId), { body })) as { id: string }
    const { interaction } = await ask({ kind: 'select', messageId, values: [channelId] })
    expect(interaction).toMatchObject({
      data: { component_type: 8, values: [channelId], resolved: { channels: { [channelId]: { name: 'news' } } } },
    })
    await expect(standIn.send({ kind: 'select', messageId, values: [] })).rejects.toThrow('it takes 1 to 2')
  })
})

describe('a mention', () => {
  it('pings a role where allowed_mentions names it, and the role lets itself be mentioned', async () => {
    const open = standIn.makeRole({ guildId, mentionable: true }).id
    const shut = standIn.makeRole({ guildId }).id
    const content = `<@&${open}> <@&${shut}> @everyone`
    const pings = async (allowed_mentions: unknown): Promise<unknown> => {
      const body = { content, ...(allowed_mentions ? { allowed_mentions } : {}) }
      const { mention_roles: roles } = (await rest.post(Routes.channelMessages(channelId), { body })) as Record<
        string,
        unknown
      >
      return roles
    }
    expect(await pings({ parse: [] })).toEqual([])
    expect(await pings({ parse: [], roles: [open, shut] })).toEqual([open])
    expect(standIn.violations).toEqual([])
    expect(await pings(undefined)).toEqual([open])
    expect(standIn.violations).toMatchObject([{ rule: 'mentions' }])
  })
})
