import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { userAgentOf } from '../../../src/cli/house.ts'
import { candidateFeeds } from '../../../src/core/discover.ts'
import { readFeed } from '../../../src/core/feed.ts'
import type { PersonId } from '../../../src/core/model.ts'
import { discoverFeed } from '../../../src/flow/discover.ts'
import type { Reader } from '../../../src/flow/ports.ts'
import type { Page } from '../../web/web.ts'
import { publish, rssOf } from '../news.ts'
import { BELTRAN, CORVO, DAY, HOUR, INTERVAL, MINUTE, source, T0, useStage } from '../stage.ts'
import { asked, feedOf, many, NEXT, news, withWeb } from './polled.ts'

const stage = useStage()
const FEED = 'tide.example/feed'

/** T0 is a Tuesday, 12:00 UTC. The wait after one poll of a feed that has no interval of its own, and jitter's share. */
describe('rule 5: the next poll', () => {
  const { intervalMs: _interval, ...patient } = source('tide')
  const head = (more: string) => rssOf('tide', many(80)).replace('<item>', `${more}<item>`)
  const waitAfter = async (page: Page) => {
    await stage.feeds(patient)
    stage.strings.set(FEED, page)
    await stage.gather()
    return (await feedOf(stage)).nextPollAt - stage.now
  }

  it.each([
    ['nothing said: the interval', '', {}, INTERVAL],
    ['ttl', '<ttl>30</ttl>', {}, 30 * MINUTE],
    ['max-age', '', { 'cache-control': 'public, max-age=2400' }, 40 * MINUTE],
    ['Expires', '', { expires: new Date(T0 + 50 * MINUTE).toUTCString() }, 50 * MINUTE],
    ['the longest of them', '<ttl>30</ttl>', { 'cache-control': 'max-age=3600' }, HOUR],
    ['less than our interval', '<ttl>1</ttl>', { 'cache-control': 'max-age=0' }, INTERVAL],
    ['a day at the most', '<ttl>1440</ttl>', { 'cache-control': 'max-age=31536000' }, DAY],
    [
      'sy:updatePeriod',
      '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>',
      {},
      HOUR,
    ],
    [
      'nonsense',
      '<ttl>soon</ttl><skipHours><hour>99</hour></skipHours>',
      { 'cache-control': 'max-age=never', expires: '0' },
      INTERVAL,
    ],
  ])('rule 5: %s', async (...[, more, headers, waitMs]) => {
    const wait = await waitAfter({ headers, body: head(more) })
    expect(wait).toBeGreaterThanOrEqual(waitMs)
    expect(wait).toBeLessThanOrEqual(Math.min(waitMs * 1.1 + 1, DAY))
  })

  it.each([
    ['skipHours', '<skipHours><hour>12</hour><hour>13</hour></skipHours>', T0 + 2 * HOUR],
    ['skipDays', '<skipDays><day>Tuesday</day><day>Wednesday</day></skipDays>', T0 + 36 * HOUR],
    ['both', '<skipHours><hour>0</hour></skipHours><skipDays><day>Tuesday</day></skipDays>', T0 + 13 * HOUR],
  ])('rule 5: %s are a floor, and those who wait do not come together', async (...[, more, at]) => {
    const wait = await waitAfter(head(more))
    expect(wait).toBeGreaterThanOrEqual(at - T0)
    expect(wait).toBeLessThanOrEqual(at - T0 + 5 * MINUTE)
  })

  it('rule 5: a feed that speaks seldom is asked less often, and a busy one at the interval', async () => {
    const seldom = await waitAfter(rssOf('tide', many(10, 'n', DAY)))
    expect(seldom).toBeGreaterThanOrEqual(HOUR)
    stage.strings.set('gull.example/feed', rssOf('gull', many(80)))
    const { intervalMs: _own, ...gull } = source('gull')
    await stage.feeds(patient, gull)
    await stage.gather()
    expect((await feedOf(stage, 'gull')).nextPollAt - stage.now).toBeLessThanOrEqual(INTERVAL * 1.1)
  })

  it('rule 5: survives a restart, and a poll that finds nothing new', async () => {
    const wait = await waitAfter({ headers: { etag: '"one"' }, body: head('<ttl>60</ttl>') })
    await stage.reopen()
    stage.now += wait - 1
    await stage.gather()
    expect(asked(stage)).toHaveLength(1)
    stage.now += 1
    await stage.gather()
    expect(await feedOf(stage)).toMatchObject({ last: { kind: 'unchanged' } })
    expect((await feedOf(stage)).nextPollAt - stage.now).toBeGreaterThanOrEqual(HOUR)
  })

  it('rule 5: feeds that were asked together are spread', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `feed${n}`)
    await stage.feeds(...names.map((name) => source(name)))
    for (const name of names) publish(stage, name, many(3))
    await stage.gather()
    const times = new Set((await stage.store.allFeeds()).map(({ nextPollAt }) => nextPollAt))
    expect(times.size).toBe(names.length)
    expect([...times].every((at) => at >= T0 + INTERVAL && at <= T0 + INTERVAL * 1.1)).toBe(true)
  })
})

describe('rule 6: one request', () => {
  it('rule 6: a URL is fetched once for all servers', async () => {
    for (const serverId of [BELTRAN, CORVO])
      await stage.store.addFeed({ source: source('tide'), serverId, personId: 'p' as PersonId, max: 9 }, T0)
    publish(stage, 'tide', many(3))
    await stage.walk()
    expect(asked(stage)).toHaveLength(1)
  })

  it('rule 6: a host has one in flight, with a pause between two, on one connection', async () => {
    const gapMs = 60
    let [flying, most] = [0, 0]
    const slow: Page = { delayMs: 20, body: rssOf('tide', []) }
    for (let n = 0; n < 4; n++)
      stage.strings.set(`tide.example/${n}`, () => {
        most = Math.max(most, ++flying)
        void sleep(20).then(() => flying--)
        return slow
      })
    const signal = new AbortController().signal
    await withWeb(stage, { hostGapMs: gapMs }, () =>
      Promise.all(
        [0, 1, 2, 3].map((n) => stage.web.download({ url: `http://tide.example/${n}`, kind: 'feed' }, signal)),
      ),
    )
    const times = stage.strings.requests.map(({ at }) => at)
    expect(most).toBe(1)
    for (let n = 1; n < times.length; n++) expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(gapMs)
    expect(stage.strings.connections()).toBe(1)
  })

  it('rule 6: no cookies and no Referer, but a name', async () => {
    await stage.feeds(source('tide'))
    stage.strings.set(FEED, { status: 302, headers: { location: '/real', 'set-cookie': 'who=me; Path=/' } })
    stage.strings.set('tide.example/real', { headers: { 'set-cookie': 'a=b' }, body: rssOf('tide', many(2)) })
    await stage.walk()
    await stage.after(NEXT)
    for (const { headers } of stage.strings.requests) {
      expect(headers).not.toHaveProperty('cookie')
      expect(headers).not.toHaveProperty('referer')
      expect(headers['user-agent']).toMatch(/^Pullquote\/\S+ \(.+\)$/)
    }
  })

  it('rule 6: the name holds the operator’s contact', () => {
    const web = { contact: 'ops@herald.example' }
    expect(userAgentOf({ web } as Parameters<typeof userAgentOf>[0])).toMatch(
      /^Pullquote\/[\d.]+ \(.*; ops@herald\.example\)$/,
    )
  })
})

describe('rule 7: bytes', () => {
  const body = rssOf('tide', [news('new')])
  const polled = async (page: Page) => {
    await stage.feeds(source('tide'))
    publish(stage, 'tide', [news('old', T0 - HOUR)])
    await stage.walk()
    stage.strings.set(FEED, page)
    await stage.after(NEXT)
    return feedOf(stage)
  }

  it.each(['gzip', 'br', 'deflate', 'zstd'] as const)('rule 7: %s is read', async (coding) => {
    expect((await polled({ body, coding })).last).toMatchObject({ kind: 'fetched', newItems: 1 })
  })

  it.each(['gzip', 'br'] as const)('rule 7: %s that is cut short is an error, and no half feed', async (coding) => {
    const { last, listed } = await polled({ body: rssOf('tide', many(40)), coding, fault: 'truncate' })
    expect([last?.kind, listed]).toEqual(['failed', 1])
  })

  it.each(['text/html; charset=utf-8', 'image/png', 'application/json'])(
    'rule 7: bytes judge, and not the label "%s"',
    async (type) => {
      expect((await polled({ headers: { 'content-type': type }, body })).last).toMatchObject({
        kind: 'fetched',
        newItems: 1,
      })
    },
  )

  it.each([
    ['by its header', { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: '<html></html>' }, 'challenge'],
    ['by its page, with an error', { status: 503, body: '<title>Just a moment...</title>' }, 'challenge'],
    [
      'by its page, as if all were well',
      '<html><title>Just a moment...</title><p>cf_chl_opt</p></html>',
      'challenge page',
    ],
  ])('rule 7: a Cloudflare challenge is named as such: %s', async (_how, page, detail) => {
    expect((await polled(page)).last).toMatchObject({ kind: 'failed', detail })
  })
})

describe('rule 8: discovery', () => {
  const reader: Pick<Reader, 'readFeed' | 'candidateFeeds'> = {
    readFeed: async (document) => readFeed(document.bytes, document),
    candidateFeeds: async ({ bytes, url }) => ({
      kind: 'read',
      urls: candidateFeeds(Buffer.from(bytes).toString(), url),
    }),
  }
  const discover = async (typed: string) => {
    const found = await discoverFeed(typed, { web: stage.web, reader: reader as Reader })
    return found.kind === 'found' ? found.source.url : found.reason
  }
  const body = rssOf('tide', many(2))
  const page = (head: string) =>
    `<!doctype html><html><head>${head}</head><body><p>Welcome to the tide</p></body></html>`
  const link = (href: string) => `<link rel="alternate" type="application/rss+xml" href="${href}">`

  it('rule 8: an address that is a feed is taken as it is', async () => {
    stage.strings.set(FEED, { headers: { 'content-type': 'text/html' }, body })
    expect(await discover('http://tide.example/feed')).toBe('http://tide.example/feed')
  })

  it('rule 8: links that lie are passed over, for parsing decides', async () => {
    stage.strings.set('tide.example/', page(`${link('/broken')}${link('/page')}${link('/good')}`))
    stage.strings.set('tide.example/broken', { status: 500 })
    stage.strings.set('tide.example/page', { headers: { 'content-type': 'application/rss+xml' }, body: page('') })
    stage.strings.set('tide.example/good', body)
    expect(await discover('http://tide.example/')).toBe('http://tide.example/good')
  })

  it('rule 8: a page that names none is tried at the usual paths', async () => {
    stage.strings.set('tide.example/', page(''))
    stage.strings.set(FEED, body)
    expect(await discover('http://tide.example/')).toBe('http://tide.example/feed')
  })

  it('rule 8: a page without any feed is said to be a page', async () => {
    stage.strings.set('tide.example/', page(''))
    expect(await discover('http://tide.example/')).toBe('html page')
  })
})
