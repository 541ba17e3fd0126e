import { describe, expect, it } from 'vitest'
import type { FeedId } from '../../../src/core/model.ts'
import { createFakeCache } from '../../fakes/cache.ts'
import { makeCertificate } from '../../web/certificate.ts'
import { startWeb } from '../../web/web.ts'
import { publish, rssOf } from '../news.ts'
import { DAY, HOUR, MINUTE, source, T0, useStage } from '../stage.ts'
import { asked, feedOf, many, NEXT, news, withWeb } from './polled.ts'

const stage = useStage()
const FEED = 'tide.example/feed'
const sent = (name: string) => asked(stage).map(({ headers }) => headers[name])

describe('rule 1: validators', () => {
  it('rule 1: go back byte for byte, however odd they are', async () => {
    const headers = { etag: 'W/"æ\u00a0%22 no quotes', 'last-modified': 'yesterday, 25:61 sharp' }
    await stage.feeds(source('tide'))
    publish(stage, { feed: 'tide', headers }, many(3))
    await stage.walk()
    await stage.after(NEXT)
    expect(sent('if-none-match')).toEqual([undefined, headers.etag])
    expect(sent('if-modified-since')).toEqual([undefined, headers['last-modified']])
  })

  it('rule 1: are both replaced after every 200, also by nothing', async () => {
    await stage.feeds(source('tide'))
    publish(
      stage,
      { feed: 'tide', headers: { etag: '"one"', 'last-modified': 'Tue, 24 Nov 2026 10:00:00 GMT' } },
      many(3),
    )
    await stage.walk()
    publish(stage, { feed: 'tide', headers: { etag: '"two"' } }, many(4))
    await stage.after(NEXT)
    publish(stage, 'tide', many(5))
    await stage.after(NEXT)
    await stage.after(NEXT)
    expect(sent('if-none-match')).toEqual([undefined, '"one"', '"two"', undefined])
    expect(sent('if-modified-since')).toEqual([undefined, 'Tue, 24 Nov 2026 10:00:00 GMT', undefined, undefined])
  })

  it('rule 1: are not saved from a body that could not be read, so that its items come with the next', async () => {
    await stage.feeds(source('tide'))
    await stage.subscribe('a')
    publish(stage, { feed: 'tide', headers: { etag: '"one"' } }, [])
    await stage.walk()
    const good = rssOf('tide', [news('new')])
    stage.strings.set('tide.example/new', 'x')
    stage.strings.set(FEED, { headers: { etag: '"two"' }, body: good, coding: 'gzip', fault: 'truncate' })
    await stage.after(NEXT)
    stage.strings.set(FEED, { headers: { etag: '"two"' }, body: good })
    await stage.after(15 * MINUTE)
    expect(sent('if-none-match')).toEqual([undefined, '"one"', '"one"'])
    expect(stage.shown()).toHaveLength(1)
  })
})

describe('rule 2: stuck on 304', () => {
  it('rule 2: a server that says "unchanged" for days is asked unconditionally, once a day', async () => {
    await stage.feeds(source('tide'))
    await stage.subscribe('a')
    publish(stage, 'tide', [])
    const stuck = (body: string) =>
      stage.strings.set(FEED, ({ headers }) =>
        headers['if-none-match'] ? { status: 304 } : { headers: { etag: '"stuck"' }, body },
      )
    stuck(rssOf('tide', []))
    await stage.walk()
    stuck(rssOf('tide', [news('new', T0 + HOUR)]))
    for (let hour = 0; hour < 72; hour++) await stage.after(HOUR)
    expect(sent('if-none-match').filter((value) => value === undefined)).toHaveLength(1 + 3)
    expect(stage.shown()).toHaveLength(1)
  })
})

describe('rule 3: addresses that move or die', () => {
  const moveTo = (location: string, status = 301) => stage.strings.set(FEED, { status, headers: { location } })
  const started = async () => {
    await stage.feeds(source('tide'))
    publish(stage, 'tide', many(3))
    publish(stage, 'moor', many(3))
    await stage.walk()
  }
  const url = async () => (await feedOf(stage)).url
  const NEW = 'http://moor.example/feed'

  it('rule 3: a permanent move is believed after seven days of saying so', async () => {
    await started()
    moveTo(NEW)
    await stage.after(NEXT)
    for (let day = 0; day < 6; day++) await stage.after(DAY)
    expect(await url()).toBe('http://tide.example/feed')
    await stage.after(DAY)
    expect(await url()).toBe(NEW)
    const before = asked(stage, 'tide.example').length
    await stage.after(NEXT)
    expect(asked(stage, 'tide.example')).toHaveLength(before)
  })

  it('rule 3: a chain is as permanent as its weakest hop', async () => {
    await started()
    moveTo('http://tide.example/hop')
    stage.strings.set('tide.example/hop', { status: 302, headers: { location: NEW } })
    for (let day = 0; day < 9; day++) await stage.after(DAY)
    expect(await url()).toBe('http://tide.example/feed')
  })

  it('rule 3: a move that is taken back begins anew', async () => {
    await started()
    moveTo(NEW)
    await stage.after(DAY)
    publish(stage, 'tide', many(3))
    await stage.after(DAY)
    moveTo(NEW)
    for (let day = 0; day < 6; day++) await stage.after(DAY)
    expect(await url()).toBe('http://tide.example/feed')
  })

  it('rule 3: a move is taken back by a 304 of the old address as well', async () => {
    await started()
    publish(stage, { feed: 'moor', headers: { etag: '"two"' } }, many(3))
    moveTo(NEW)
    await stage.after(NEXT)
    expect((await feedOf(stage)).moved?.url).toBe(NEW)
    publish(stage, { feed: 'tide', headers: { etag: '"two"' } }, many(3))
    await stage.after(NEXT)
    expect(await feedOf(stage)).toMatchObject({ last: { kind: 'unchanged' } })
    expect((await feedOf(stage)).moved).toBeUndefined()
  })

  it('rule 3: a move to what is no feed is not believed', async () => {
    await started()
    moveTo(NEW)
    stage.strings.set('moor.example/feed', '<!doctype html><p>Our new home</p>')
    for (let day = 0; day < 9; day++) await stage.after(DAY)
    expect(await url()).toBe('http://tide.example/feed')
    expect(await feedOf(stage)).toMatchObject({ last: { kind: 'failed', detail: 'html page' } })
  })

  it('rule 3: when the old address dies, the one that it pointed to is asked at once', async () => {
    await started()
    moveTo(NEW)
    await stage.after(NEXT)
    stage.strings.set(FEED, { status: 410 })
    await stage.after(NEXT)
    expect(await url()).toBe(NEW)
    await stage.after(NEXT)
    expect(await feedOf(stage)).toMatchObject({ failures: 0, last: { kind: 'fetched' } })
  })

  it('rule 3: when the new address dies, nothing moves', async () => {
    await started()
    moveTo(NEW)
    await stage.after(NEXT)
    stage.strings.set('moor.example/feed', { status: 404 })
    await stage.after(NEXT)
    expect(await url()).toBe('http://tide.example/feed')
  })

  it('rule 3: http to https of the same address is believed at once', async () => {
    const pair = makeCertificate(['tide.example'])
    const secure = await startWeb({ '/feed': rssOf('tide', many(3)) }, pair)
    await started()
    moveTo('https://tide.example/feed')
    const dial = (ips: readonly string[], port: number) => (port === 443 ? secure : stage.strings).dial(ips, port)
    await withWeb(stage, { dial, ca: pair.cert }, () => stage.after(NEXT))
    await secure.close()
    expect(await url()).toBe('https://tide.example/feed')
  })

  it('rule 3: 410 ends the asking, and is told once', async () => {
    await started()
    await stage.subscribe('f', { follows: { kind: 'feed', feedId: 'tide' as FeedId } })
    stage.strings.set(FEED, { status: 410 })
    await stage.after(NEXT)
    const before = asked(stage).length
    for (let day = 0; day < 30; day++) await stage.after(DAY)
    expect(asked(stage)).toHaveLength(before)
    expect(stage.shown().filter((text) => text.includes('gone for good'))).toHaveLength(1)
  })

  it('rule 3: 404 is asked ever more seldom, and not given up', async () => {
    await started()
    stage.strings.set(FEED, { status: 404 })
    const waits: number[] = []
    for (let n = 0; n < 12; n++) {
      await stage.after((await feedOf(stage)).nextPollAt - stage.now)
      waits.push(Math.round(((await feedOf(stage)).nextPollAt - stage.now) / MINUTE))
    }
    for (const [n, wait] of waits.entries()) {
      const doubled = Math.min(5 * 2 ** (n + 1), 24 * 60)
      expect(wait).toBeGreaterThanOrEqual(doubled)
      expect(wait).toBeLessThanOrEqual(Math.min(doubled * 1.1 + 1, 24 * 60))
    }
  })
})

describe('rule 4: hosts that ask for patience', () => {
  const together = () => [source('tide'), source('moor', { url: 'http://tide.example/other' }), source('gull')]
  const paths = (host: string) => stage.strings.requests.filter((one) => one.host === host).map(({ path }) => path)

  it.each([
    ['seconds', 429, '7200'],
    ['a date', 503, new Date(T0 + 2 * HOUR + NEXT).toUTCString()],
  ])('rule 4: Retry-After in %s holds for the whole host, feeds and pages', async (_how, status, wait) => {
    await stage.feeds(...together())
    await stage.subscribe('a')
    publish(stage, 'tide', [])
    publish(stage, 'gull', [])
    stage.strings.set('tide.example/other', rssOf('tide', []))
    await stage.walk()
    // The other feed of the host points to the gull's news, and the gull's to a page of the held host.
    stage.strings.set(FEED, { status, headers: { 'retry-after': wait } })
    publish(stage, 'gull', [news('new', T0, { url: 'http://tide.example/page' })])
    const before = paths('tide.example').length
    await stage.after(NEXT)
    const met = paths('tide.example').slice(before)
    for (let n = 0; n < 6; n++) await stage.after(15 * MINUTE)
    expect(paths('tide.example').slice(before)).toEqual(met)
    expect(met.filter((path) => path === '/feed')).toHaveLength(1)
    expect(paths('gull.example').length).toBeGreaterThan(3)
    expect(stage.shown()).toHaveLength(1) // in the feed's own words, if the page came too late
    expect(await feedOf(stage, 'moor')).toMatchObject({ failures: 0 })
    await stage.after(2 * HOUR)
    expect(paths('tide.example').slice(before)).toContain('/other')
  })

  it('rule 4: Retry-After outlives a restart', async () => {
    await stage.feeds(source('tide'), source('moor', { url: 'http://tide.example/other' }))
    stage.strings.set(FEED, { status: 429, headers: { 'retry-after': '7200' } })
    stage.strings.set('tide.example/other', { status: 429, headers: { 'retry-after': '7200' } })
    const cache = createFakeCache(() => stage.now)
    await withWeb(stage, { cache }, () => stage.gather())
    expect(stage.strings.count()).toBe(1)
    await stage.reopen()
    stage.now += HOUR
    await withWeb(stage, { cache }, () => stage.gather())
    expect(stage.strings.count()).toBe(1)
    stage.now += 2 * HOUR
    await withWeb(stage, { cache }, () => stage.gather())
    expect(stage.strings.count()).toBe(2)
  })

  it('rule 4: without Retry-After the interval doubles, for the feed alone', async () => {
    await stage.feeds(source('tide'), source('moor', { url: 'http://tide.example/other' }))
    stage.strings.set(FEED, { status: 429 })
    stage.strings.set('tide.example/other', rssOf('tide', []))
    await stage.walk()
    const wait = (await feedOf(stage)).nextPollAt - stage.now
    expect(wait).toBeGreaterThanOrEqual(10 * MINUTE)
    expect(wait).toBeLessThan(11 * MINUTE)
    expect(await feedOf(stage, 'moor')).toMatchObject({ last: { kind: 'fetched' } })
  })
})
