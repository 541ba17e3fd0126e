import { describe, expect, it } from 'vitest'
import type { Feed } from '../../src/core/model.ts'
import { type News, publish } from './news.ts'
import { DAY, HOUR, INTERVAL, MINUTE, type Stage, source, T0, useStage } from './stage.ts'

const stage = useStage()
/** Longer than any jitter. */
const NEXT = 6 * MINUTE
const news = (name: string, at = T0): News => ({ name, at })
const many = (count: number, salt = 'n') =>
  Array.from({ length: count }, (_, n) => news(`${salt}${n}`, T0 - n * MINUTE))

async function feed(name = 'tide', { store } = stage as Stage): Promise<Feed> {
  const found = (await store.allFeeds()).find(({ id }) => id === name)
  if (!found) throw new Error(`no feed "${name}"`)
  return found
}

describe('a feed that fails', () => {
  const failed = async (page: Parameters<Stage['strings']['set']>[1]) => {
    await stage.feeds(source('tide'))
    await stage.subscribe('a')
    publish(stage, { feed: 'tide', headers: { etag: '"one"' } }, [news('old', T0 - HOUR)])
    await stage.walk()
    stage.strings.set('tide.example/feed', page)
    await stage.after(NEXT)
  }

  it.each([
    ['an error', { status: 500, body: 'x' }, { kind: 'failed', status: 500, detail: 'status' }],
    ['nothing', '', { kind: 'failed', detail: 'empty' }],
    ['a page', '<!doctype html><html><body>Hello</body></html>', { kind: 'failed', detail: 'html page' }],
    [
      'no items where it had some',
      '<rss version="2.0"><channel><title>x</title></channel></rss>',
      { kind: 'failed', detail: 'empty' },
    ],
    ['half a body', { body: 'x'.repeat(1_000), coding: 'gzip', fault: 'truncate' }, { kind: 'failed' }],
  ] as const)('with %s is said to fail, keeps its validators, and is asked less often', async (...[, body, last]) => {
    await failed(body)
    expect(await feed()).toMatchObject({ failures: 1, failingSince: stage.now, etag: '"one"', last })
    expect((await feed()).nextPollAt - stage.now).toBeGreaterThanOrEqual(2 * INTERVAL)
    await stage.after(11 * MINUTE)
    expect((await feed()).nextPollAt - stage.now).toBeGreaterThanOrEqual(4 * INTERVAL)
    expect(await feed()).toMatchObject({ failures: 2, failingSince: stage.now - 11 * MINUTE })
  })

  it('recovers, and brings what it would have brought', async () => {
    await failed({ status: 503 })
    publish(stage, 'tide', [news('new'), news('old', T0 - HOUR)])
    await stage.after(15 * MINUTE)
    const now = await feed()
    expect(now).toMatchObject({ failures: 0, lastSuccessAt: stage.now, last: { kind: 'fetched', newItems: 1 } })
    expect(now.failingSince).toBeUndefined()
    expect(stage.shown()).toHaveLength(1)
  })

  it('is not asked before it said', async () => {
    await failed({ status: 429, headers: { 'retry-after': '7200' } })
    expect((await feed()).nextPollAt - stage.now).toBeGreaterThanOrEqual(2 * HOUR)
  })

  it('holds up no other feed', async () => {
    await stage.feeds(source('tide'), source('dead'), source('moor'))
    await stage.subscribe('a')
    for (const name of ['tide', 'moor']) publish(stage, name, [])
    stage.strings.set('dead.example/feed', { raw: 'garbage' })
    await stage.walk()
    for (const name of ['tide', 'moor']) publish(stage, name, [news(`new-${name}`)])
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(2)
    expect(await feed('dead')).toMatchObject({ failures: 1 })
  })

  it('is refused where its address leads inside, and says so in fixed words', async () => {
    await stage.feeds(source('tide', { url: 'http://10.0.0.7/feed?key=secret' }))
    await stage.walk()
    expect(await feed()).toMatchObject({ last: { kind: 'failed', detail: 'refused: private' } })
    expect(JSON.stringify(stage.logged)).not.toContain('secret')
  })
})

describe('a feed that moved', () => {
  const TO = 'http://new.example/feed'
  const moved = async (location: string, status = 301) => {
    await stage.feeds(source('tide'))
    publish(stage, 'new', many(3))
    stage.strings.set('tide.example/feed', { status, headers: { location } })
    await stage.walk()
  }

  it('is believed after a week of saying so', async () => {
    await moved(TO)
    expect(await feed()).toMatchObject({ url: 'http://tide.example/feed', moved: { url: TO, sinceAt: T0 } })
    for (let day = 0; day < 6; day++) await stage.after(DAY)
    expect((await feed()).url).toBe('http://tide.example/feed')
    await stage.after(DAY)
    expect(await feed()).toMatchObject({ url: TO })
    expect((await feed()).moved).toBeUndefined()
  })

  it('is not believed while it says so for the time being', async () => {
    await moved(TO, 302)
    await stage.after(8 * DAY)
    expect((await feed()).url).toBe('http://tide.example/feed')
    expect((await feed()).moved).toBeUndefined()
  })

  it('must start anew where it names another address', async () => {
    await moved(TO)
    publish(stage, 'other', many(3))
    stage.strings.set('tide.example/feed', { status: 301, headers: { location: 'http://other.example/feed' } })
    await stage.after(6 * DAY)
    expect((await feed()).moved).toMatchObject({ url: 'http://other.example/feed', sinceAt: stage.now })
    await stage.after(2 * DAY)
    expect((await feed()).url).toBe('http://tide.example/feed')
  })

  it('is believed when its old address dies', async () => {
    await moved(TO)
    stage.strings.set('tide.example/feed', { status: 404 })
    await stage.after(NEXT)
    expect(await feed()).toMatchObject({ url: TO, failures: 1 })
    await stage.after(12 * MINUTE)
    expect(await feed()).toMatchObject({ url: TO, failures: 0 })
  })
})
