import { describe, expect, test } from 'vitest'
import { createFakeCache } from '../../fakes/cache.ts'
import { get, NOW, useStage } from './stage.ts'

const stage = useStage()
const HOUR = 3_600_000
const PAGE = '<html><body>Pier</body></html>'

describe('robots.txt', () => {
  const house = () => {
    const clock = { now: NOW }
    const now = () => clock.now
    const cache = createFakeCache(now)
    const open = () => stage.open({ now, cache })
    stage.strings.set('/pier', PAGE)
    return {
      clock,
      open,
      read: (web = open(), url = 'http://herald.test/pier') => get(web, url, { kind: 'page', robots: true }),
    }
  }
  const asked = () => stage.strings.count('/robots.txt')

  test('keeps us from a page, by the name that our User-Agent has', async () => {
    stage.strings.set('/robots.txt', 'User-agent: pullquote\nDisallow: /pier')
    expect(await house().read()).toEqual({ kind: 'refused', reason: 'robots' })
    expect(stage.strings.count('/pier')).toBe(0)
  })

  test('is asked once a day an origin, also across a restart', async () => {
    stage.strings.set('/robots.txt', 'User-agent: *\nDisallow: /quay')
    const { clock, open, read } = house()
    const web = open()
    await Promise.all([read(web), read(web), read(web)])
    await read(open())
    expect(asked()).toBe(1)
    clock.now += 25 * HOUR
    expect(await read()).toMatchObject({ kind: 'fetched' })
    expect(asked()).toBe(2)
  })

  test('is asked of each site that a redirect leads to', async () => {
    stage.strings.set('herald.test/pier', { status: 302, headers: { location: 'http://other.test/pier' } })
    stage.strings.set('other.test/robots.txt', 'User-agent: *\nDisallow: /')
    expect(await house().read()).toEqual({ kind: 'refused', reason: 'robots' })
    expect(stage.strings.requests.map(({ host, path }) => host + path)).toEqual([
      'herald.test/robots.txt',
      'herald.test/pier',
      'other.test/robots.txt',
    ])
  })

  test.each([
    ['is not there', { status: 404 }, 'fetched'],
    ['may not be read', { status: 403 }, 'fetched'],
    ['fails', { status: 500 }, 'refused'],
    ['does not come', { raw: 'garbage' }, 'refused'],
    ['leads round in a circle', { status: 302, headers: { location: '/robots.txt' } }, 'fetched'],
    ['is too long to be read whole', `User-agent: *\nDisallow: /pier\n${'# \n'.repeat(300_000)}`, 'refused'],
  ] as const)('that %s', async (_how, page, kind) => {
    stage.strings.set('/robots.txt', page)
    expect((await house().read()).kind).toBe(kind)
  })

  test('that fails is asked again within the hour, and what it said before holds until then', async () => {
    stage.strings.set('/robots.txt', 'User-agent: *\nDisallow: /quay')
    const { clock, read } = house()
    await read()
    stage.strings.set('/robots.txt', { status: 503 })
    clock.now += 25 * HOUR
    expect(await read()).toMatchObject({ kind: 'fetched' })
    clock.now += 2 * HOUR
    await read()
    expect(asked()).toBe(3)
  })

  test('is not asked for a feed, nor for a page that somebody asked us to open', async () => {
    stage.strings.set('/robots.txt', 'User-agent: *\nDisallow: /')
    const web = house().open()
    expect(await get(web, 'http://herald.test/pier')).toMatchObject({ kind: 'fetched' })
    expect(await get(web, 'http://herald.test/pier', { kind: 'page' })).toMatchObject({ kind: 'fetched' })
    expect(asked()).toBe(0)
  })

  test('spaces pages by its crawl delay', async () => {
    stage.strings.set('/robots.txt', 'User-agent: *\nCrawl-delay: 0.3')
    const { open, read } = house()
    const web = open()
    await Promise.all([read(web), read(web)])
    const [first, second] = stage.strings.requests.filter(({ path }) => path === '/pier').map(({ at }) => at)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(300)
  })
})
