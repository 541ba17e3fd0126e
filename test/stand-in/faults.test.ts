import { REST } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from './faults.ts'
import { type StandIn, type StandInOptions, startStandIn } from './stand-in.ts'

const QUIET = { allowed_mentions: { parse: [] } }

let standIn: StandIn
let rest: REST
let guildId = ''
let channelId = ''

async function open(options: StandInOptions = {}): Promise<void> {
  standIn = await startStandIn(options)
  rest = freshRest()
  guildId = standIn.makeGuild().id
  channelId = standIn.makeChannel({ guildId }).id
}
afterEach(() => standIn.close())

/** It knows of no limit, and gives up before a stall does. */
const freshRest = (): REST =>
  new REST({ api: standIn.apiUrl, retries: 0, timeout: 2_000, rejectOnRateLimit: () => true }).setToken(standIn.token)

const post = (content: string): Promise<unknown> =>
  rest.post(Routes.channelMessages(channelId), { body: { content, ...QUIET } })
const contents = (): readonly unknown[] => standIn.messages({ channelId }).map(({ content }) => content)
const goesWell = (): Promise<boolean> =>
  rest.get(Routes.user()).then(
    () => true,
    () => false,
  )

describe('faults', () => {
  beforeEach(() => open({ rateLimits: 'off' }))
  const creating = 'POST /channels/{channel_id}/messages'

  it.each<readonly [Fault, contents: readonly string[]]>([
    [{ kind: 'error', status: 503 }, []],
    [{ kind: 'error', when: 'after' }, ['x']],
    [{ kind: 'reset' }, []],
    [{ kind: 'reset', when: 'after' }, ['x']],
    [{ kind: 'stall' }, []],
    [{ kind: 'stall', when: 'after' }, ['x']],
    [{ kind: 'garbage', when: 'before' }, []],
    [{ kind: 'garbage' }, ['x']],
    [{ kind: 'cut' }, ['x']],
    [{ kind: 'limited', ms: 50 }, []],
    [{ kind: 'limited', ms: 50, global: true }, []],
  ])('%j strikes once, and leaves %j', async (fault, expected) => {
    standIn.addFaults({ rules: [{ ...fault, route: creating, count: 1 }] })
    await expect(post('x')).rejects.toThrow()
    expect(contents()).toEqual(expected)
    expect(standIn.requests({ route: creating })).toMatchObject([{ fault: expect.stringContaining(fault.kind) }])
    rest = freshRest()
    await post('well')
    expect(contents()).toEqual([...expected, 'well'])
  })

  it('by chance are the same for the same seed', async () => {
    const run = async (seed: number): Promise<string> => {
      await standIn.close()
      await open({ rateLimits: 'off', seed })
      standIn.addFaults({ rules: [{ kind: 'error', probability: 0.5 }] })
      for (let n = 0; n < 20; n++) await goesWell()
      return standIn.journal.map(({ fault }) => (fault ? 'x' : '.')).join('')
    }
    const first = await run(7)
    expect(first).toContain('x')
    expect(first).toContain('.')
    expect(await run(7)).toBe(first)
    expect(await run(8)).not.toBe(first)
  })

  it('strike after so many requests went well, and only on their route', async () => {
    standIn.addFaults({ rules: [{ kind: 'error', route: 'GET /users/*', skip: 2, count: 1 }] })
    await post('x')
    const run = [await goesWell(), await goesWell(), await goesWell(), await goesWell()]
    expect(run).toEqual([true, true, false, true])
  })

  it('may only delay', async () => {
    standIn.addFaults({ rules: [{ kind: 'delay', ms: 60, count: 1 }] })
    await post('late')
    expect(standIn.journal[0]?.tookMs).toBeGreaterThanOrEqual(59)
    expect(contents()).toEqual(['late'])
  })

  it('of all at once mean that Discord is down', async () => {
    standIn.goDown()
    expect(await goesWell()).toBe(false)
    standIn.comeBack()
    expect(await goesWell()).toBe(true)
  })
})

describe('rate limits', () => {
  const ask = (n: number): Promise<Response> =>
    fetch(`${standIn.apiUrl}/v10/channels/${channelId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${standIn.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: `${n}`, ...QUIET }),
    })

  it('take five messages a channel, say so in their headers, and refuse the sixth', async () => {
    await open()
    const left: (string | null)[] = []
    for (let n = 0; n < 5; n++) left.push((await ask(n)).headers.get('x-ratelimit-remaining'))
    expect(left).toEqual(['4', '3', '2', '1', '0'])
    const sixth = await ask(6)
    expect(sixth.status).toBe(429)
    expect(sixth.headers.get('x-ratelimit-scope')).toBe('user')
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(3)
    expect(await sixth.json()).toMatchObject({ global: false, retry_after: expect.any(Number) })
    expect(standIn.rates()).toMatchObject({ hits: 1, avoidable: 1 })
    expect(contents()).toHaveLength(5)
  })

  it('are never met by a client that reads the headers, in windows made short', async () => {
    await open({ rateLimits: { scale: 0.02 } })
    const patient = new REST({ api: standIn.apiUrl }).setToken(standIn.token)
    const posts = Array.from({ length: 12 }, (_, n) =>
      patient.post(Routes.channelMessages(channelId), { body: { content: `${n}`, ...QUIET } }),
    )
    await Promise.all(posts)
    expect(contents()).toHaveLength(12)
    expect(standIn.rates()).toMatchObject({ hits: 0, avoidable: 0 })
  })

  it('refuse the fifty-first request of a second, for all routes', async () => {
    await open()
    const channels = Array.from({ length: 60 }, () => standIn.makeChannel({ guildId }).id)
    const answers = await Promise.all(
      channels.map((id) =>
        fetch(`${standIn.apiUrl}/v10/channels/${id}`, { headers: { authorization: `Bot ${standIn.token}` } }),
      ),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBe(10)
    expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true')
    expect(standIn.rates()).toMatchObject({ hits: 10, global: 10 })
  })
})
