import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openHubs } from '../../../src/edge/hubs/hubs.ts'
import { createWeb } from '../../../src/edge/web/web.ts'
import { answerHub, secretOf, takePush, type WebSubWorld, webSubStep } from '../../../src/flow/websub.ts'
import { createFakeCache } from '../../fakes/cache.ts'
import { DAY, MINUTE, source, useStage } from '../stage.ts'
import { type Hub, startHub } from './hub.ts'

const stage = useStage()
const never = new AbortController().signal
let hub: Hub
let world: WebSubWorld
let listener: Readonly<{ port: number; close(): Promise<void> }>
let web: ReturnType<typeof createWeb>
let called: number

/** The bot's own port and downloader, on the real loopback; its feed is polled once. */
beforeEach(async () => {
  hub = await startHub()
  const now = () => stage.now
  web = createWeb({
    userAgent: 'Pullquote/0 (+test)',
    allowPrivate: ['127.0.0.0/8'],
    exemptOrigins: [],
    now,
    hostGapMs: 0,
  })
  stage.web = web
  let names = 0
  called = 0
  const failures: unknown[] = []
  listener = await openHubs(
    { host: '127.0.0.1', port: 0 },
    {
      answer: (token, query) => answerHub(token, query, world),
      secret: (token) => secretOf(token, world),
      push: (token) => takePush(token, world),
    },
    (error) => void failures.push(error),
  )
  const { store } = stage
  world = {
    store,
    web,
    cache: createFakeCache(now),
    wake: { call: () => void called++, wait: async () => undefined },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    now,
    chance: () => `token-that-nobody-guesses-${names++}`,
    publicUrl: `http://127.0.0.1:${listener.port}/hubs/`,
  }
  await stage.feeds(source('tide', { url: hub.feedUrl }))
  await stage.gather()
})
afterEach(async () => {
  await listener.close()
  await web.close()
  await hub.close()
})

const step = () => webSubStep(world, never)
const subscribed = async () => {
  await step()
  return hub.ask()
}
/** What a hint led to: the polls that are due now. */
const polled = async () => {
  const before = hub.polls()
  await stage.gather()
  return hub.polls() - before
}

describe('rule 11: WebSub', () => {
  it('rule 11: what the answer’s own head says of hub and topic goes before the document', async () => {
    hub.announce('</hub?head>; rel="hub", </feed?head>; rel=self')
    await stage.after(6 * MINUTE)
    await stage.gather()
    await step()
    expect((await stage.store.allFeeds())[0]?.pace).toMatchObject({ hub: new URL('/hub?head', hub.feedUrl).href })
    expect(hub.forms.at(-1)?.get('hub.topic')).toBe(`${hub.feedUrl}?head`)
  })

  it('rule 11: subscribes at the hub that a feed names, for the topic that it gives itself, once', async () => {
    expect(await step()).toBe(1)
    expect(await step()).toBe(0)
    const [form] = hub.forms
    expect(Object.fromEntries(form ?? [])).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': `${hub.feedUrl}?self`,
      'hub.callback': `http://127.0.0.1:${listener.port}/hubs/token-that-nobody-guesses-0`,
      'hub.secret': 'token-that-nobody-guesses-1',
    })
  })

  it('rule 11: confirms what it asked for, by the challenge', async () => {
    const answer = await subscribed()
    expect([answer.status, await answer.text()]).toEqual([200, 'kelp-7'])
  })

  it.each([
    ['another topic', { 'hub.topic': 'http://127.0.0.1/else' }],
    ['an end that nobody asked for', { 'hub.mode': 'unsubscribe' }],
    ['no challenge', { 'hub.challenge': '' }],
    ['a challenge that is markup', { 'hub.challenge': '<script> x' }],
    ['no lease', { 'hub.lease_seconds': 'for ever' }],
  ])('rule 11: confirms nothing else: %s', async (_what, lies) => {
    await step()
    expect((await hub.ask(lies)).status).toBe(404)
  })

  it('rule 11: a signed push is a hint to poll, and nothing of it is read', async () => {
    await subscribed()
    expect(await polled()).toBe(0)
    expect((await hub.push('<feed>Forged news</feed>')).status).toBe(202)
    expect(called).toBe(1)
    expect(await polled()).toBe(1)
    expect(JSON.stringify(await stage.store.latest({ limit: 5 }, {}))).not.toContain('Forged')
  })

  it.each([
    ['another secret’s', `sha256=${'ab'.repeat(32)}`],
    ['of an unknown method', `md5=${'ab'.repeat(16)}`],
    ['cut short', 'sha256=abab'],
    ['missing', ''],
  ])('rule 11: a push whose signature is %s is passed over, and not told so', async (_what, signature) => {
    await subscribed()
    expect((await hub.push('x', { signature })).status).toBe(202)
    expect([called, await polled()]).toEqual([0, 0])
  })

  it('rule 11: a push to an address that was never given out finds nothing', async () => {
    await subscribed()
    const to = `${world.publicUrl}token-that-somebody-guessed`
    expect((await hub.push('x', { to })).status).toBe(404)
    expect((await fetch(to)).status).toBe(404)
    expect((await fetch(to, { method: 'DELETE' })).status).toBe(405)
    expect(called).toBe(0)
  })

  it('rule 11: a push of more than a feed may have is not read to its end', async () => {
    await subscribed()
    await hub.push('x'.repeat(6 * 1024 * 1024)).catch(() => undefined) // the connection may be closed under it
    expect(called).toBe(0)
  })

  it('rule 11: pushes that come thick and fast make one poll a minute', async () => {
    await subscribed()
    await hub.push('one')
    expect(await polled()).toBe(1)
    await hub.push('two')
    await hub.push('three')
    expect(await polled()).toBe(0)
    stage.now += MINUTE
    expect(await polled()).toBe(1)
  })

  it('rule 11: renews before the lease ends, under the same address', async () => {
    await subscribed()
    stage.now += 7 * DAY
    expect(await step()).toBe(0)
    stage.now += 1.5 * DAY
    expect(await step()).toBe(1)
    const [first, second] = hub.forms.map((form) => form.get('hub.callback'))
    expect(second).toBe(first)
    expect((await hub.push('still')).status).toBe(202)
    expect(called).toBe(1)
  })

  it('rule 11: asks a hub that does not confirm ever more seldom, and one that denies in a day', async () => {
    await step()
    for (const [minutes, asked] of [
      [9, 0],
      [2, 1],
      [11, 0],
      [10, 1],
    ] as const) {
      stage.now += minutes * MINUTE
      expect(await step()).toBe(asked)
    }
    expect((await hub.ask({ 'hub.mode': 'denied' })).status).toBe(200)
    stage.now += DAY - MINUTE
    expect(await step()).toBe(0)
    stage.now += 2 * MINUTE
    expect(await step()).toBe(1)
  })

  it('rule 11: tells the hub that a feed is gone when nobody wants it any more', async () => {
    await subscribed()
    await stage.feeds()
    expect((await hub.push('late')).status).toBe(410)
    expect(await step()).toBe(0)
  })
})
