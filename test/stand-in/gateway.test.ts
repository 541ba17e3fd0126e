import { once } from 'node:events'
import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type StandIn, startStandIn } from './stand-in.ts'

const HEARTBEAT_MS = 120

let standIn: StandIn
let guildId = ''
const clients: Client[] = []

beforeEach(async () => {
  standIn = await startStandIn({ heartbeatMs: HEARTBEAT_MS })
  guildId = standIn.makeGuild().id
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.destroy()
  await standIn.close()
})

function createClient(intents: ClientOptions['intents'] = [GatewayIntentBits.Guilds]): Client {
  const client = new Client({
    intents,
    rest: { api: standIn.apiUrl },
    // discord.js waits 5 s between identifies, as Discord wants it; a test does not.
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) },
  })
  clients.push(client)
  return client
}

async function login(): Promise<Client> {
  const client = createClient()
  const ready = once(client, Events.ClientReady)
  await client.login(standIn.token)
  await ready
  return client
}

const kinds = (): readonly string[] =>
  standIn
    .gatewayEvents()
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'heartbeat')
const countOf = (kind: string): number => kinds().filter((one) => one === kind).length
/** What takes longer hangs. */
const patiently = { timeout: 30_000, interval: 10 }

describe('the gateway', () => {
  it('resumes a session whose line was cut, and sends what was missed', async () => {
    const client = await login()
    standIn.dropGateway({ code: 'cut' })
    const missed = standIn.makeChannel({ guildId, name: 'meanwhile' }).id
    await expect.poll(() => countOf('resumed'), patiently).toBe(1)
    await expect.poll(() => client.channels.cache.has(missed), patiently).toBe(true)
    expect(countOf('identify')).toBe(1)
  })

  it('goes silent as a zombie, which the client notices by the missing ACK', async () => {
    await login()
    standIn.zombie()
    await expect.poll(() => countOf('resumed'), patiently).toBe(1)
  })

  it('asks for a reconnect, and resumes', async () => {
    await login()
    standIn.askReconnect()
    await expect.poll(() => countOf('resumed'), patiently).toBe(1)
    expect(countOf('identify')).toBe(1)
  })

  it.each([
    ['an invalid session', (): void => standIn.invalidateSession()],
    [
      'a refused resume',
      (): void => {
        standIn.refuseResumes()
        standIn.dropGateway()
      },
    ],
  ])('makes the client identify anew after %s', async (_why, happen) => {
    const client = await login()
    // Until the client has heard it too: destroyed while it waits for READY, it never ends.
    const again = once(client, Events.ShardReady)
    happen()
    await again
    expect(countOf('ready')).toBe(2)
    expect(standIn.gatewayState().identifiesLeft).toBe(998)
  })

  it.each([4004, 4014])('closes with %i where it does not accept an identify', async (code) => {
    const client = createClient()
    standIn.refuseIdentifies({ code })
    const closed = once(client, Events.ShardDisconnect)
    await client.login(standIn.token).catch(() => undefined)
    expect(await closed).toMatchObject([{ code }, 0])
    expect(countOf('identify')).toBe(1)
  })

  it('does not allow intents that were not granted', async () => {
    const client = createClient([GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent])
    const closed = once(client, Events.ShardDisconnect)
    await client.login(standIn.token).catch(() => undefined)
    expect(await closed).toMatchObject([{ code: 4014 }, 0])
  })

  it('knows a wrong and a revoked token', async () => {
    await expect(createClient().login(`${standIn.token}x`)).rejects.toThrow('invalid token')
    const client = await login()
    const closed = once(client, Events.ShardDisconnect)
    standIn.revokeToken()
    expect(await closed).toMatchObject([{ code: 4004 }, 0])
    await expect(createClient().login(standIn.token)).rejects.toThrow('invalid token')
  })

  it('tells of guilds, channels and roles that come, change and go', async () => {
    const client = await login()
    const told: string[] = []
    client.on(Events.GuildCreate, ({ name }) => told.push(`joined ${name}`))
    client.on(Events.GuildDelete, ({ name }) => told.push(`left ${name}`))
    client.on(Events.ChannelUpdate, (_before, { id }) => told.push(`changed ${id}`))
    client.on(Events.ChannelDelete, ({ id }) => told.push(`gone ${id}`))
    client.on(Events.GuildRoleUpdate, (_before, { name }) => told.push(`role ${name}`))
    client.on(Events.GuildUnavailable, ({ name }) => told.push(`unavailable ${name}`))
    const channelId = standIn.makeChannel({ guildId }).id
    standIn.setOverwrite({ channelId, id: guildId, deny: ['SendMessages'] })
    standIn.setPermissions({ guildId, permissions: ['ViewChannel'] })
    standIn.deleteChannel({ channelId })
    standIn.setAvailable({ guildId, available: false })
    standIn.setAvailable({ guildId, available: true })
    standIn.makeGuild({ name: 'Second' })
    standIn.leaveGuild({ guildId })
    await expect
      .poll(() => told, patiently)
      .toEqual([
        `changed ${channelId}`,
        'role @everyone',
        `gone ${channelId}`,
        'unavailable Newsroom',
        'joined Second',
        'left Newsroom',
      ])
  })

  it('is out of reach while Discord is down, and takes the session up again', async () => {
    await login()
    standIn.goDown()
    await expect.poll(() => standIn.gatewayState().connected).toBe(0)
    standIn.comeBack()
    await expect.poll(() => standIn.gatewayState().connected, patiently).toBe(1)
  })
})
