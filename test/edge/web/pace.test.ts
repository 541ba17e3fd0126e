import { describe, expect, test } from 'vitest'
import { FEED, get, useStage } from './stage.ts'

const stage = useStage()

describe('pace', () => {
  test('one request in flight an origin, and a gap between two; other origins do not wait', async () => {
    stage.strings.set('/feed', { body: FEED, delayMs: 20 })
    const web = stage.open({ hostGapMs: 150 })
    const urls = ['http://a.test/feed', 'http://a.test/feed', 'http://a.test/feed', 'http://b.test/feed']
    const outcomes = await Promise.all(urls.map((url) => get(web, url)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['fetched', 'fetched', 'fetched', 'fetched'])
    const times = (host: string) => stage.strings.requests.filter((seen) => seen.host === host).map(({ at }) => at)
    const [first = 0, second = 0, third = 0] = times('a.test')
    expect(second - first).toBeGreaterThanOrEqual(150)
    expect(third - second).toBeGreaterThanOrEqual(150)
    expect(times('b.test')[0] ?? Number.POSITIVE_INFINITY).toBeLessThan(third)
    expect(stage.strings.connections()).toBe(2) // kept alive
  })

  test('waiting for our turn takes nothing from the time of the download', async () => {
    stage.strings.set('/feed', FEED)
    const web = stage.open({ hostGapMs: 400, limits: { totalMs: 250 } })
    const outcomes = await Promise.all([get(web), get(web)])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['fetched', 'fetched'])
  })

  test('one that gives up while it waits does not hold up those behind', async () => {
    stage.strings.set('/feed', { body: FEED, delayMs: 20 })
    const web = stage.open({ hostGapMs: 50 })
    const stop = new AbortController()
    const first = get(web)
    const second = web.download({ url: 'http://herald.test/feed', kind: 'feed' }, stop.signal)
    const third = get(web)
    stop.abort()
    expect(await second).toEqual({ kind: 'failed', reason: 'stopped' })
    expect([(await first).kind, (await third).kind]).toEqual(['fetched', 'fetched'])
    expect(stage.strings.count()).toBe(2)
  })

  test('no more in flight than the limit, and redirects between busy origins do not lock each other', async () => {
    let [now, most] = [0, 0]
    stage.strings.set('/feed', () => {
      most = Math.max(most, ++now)
      setTimeout(() => now--, 10)
      return { body: FEED, delayMs: 15 }
    })
    for (let n = 0; n < 20; n++)
      stage.strings.set(`h${n}.test/go`, { status: 302, headers: { location: `http://h${(n + 1) % 20}.test/feed` } })
    const web = stage.open({ limits: { inFlight: 3 } })
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => get(web, `http://h${n}.test/go`)))
    expect(outcomes.every(({ kind }) => kind === 'fetched')).toBe(true)
    expect(most).toBeLessThanOrEqual(3)
    expect(most).toBeGreaterThan(1)
  })

  test('one that gives up between two origins gives back its place once', async () => {
    let [now, most] = [0, 0]
    stage.strings.set('/feed', () => {
      most = Math.max(most, ++now)
      setTimeout(() => now--, 10)
      return { body: FEED, delayMs: 15 }
    })
    stage.strings.set('a.test/go', { status: 302, headers: { location: 'http://b.test/feed' } })
    stage.strings.set('b.test/hold', { fault: 'silence' })
    const web = stage.open({ limits: { inFlight: 2 } })
    const [stopHold, stopGo] = [new AbortController(), new AbortController()]
    const hold = web.download({ url: 'http://b.test/hold', kind: 'feed' }, stopHold.signal)
    const go = web.download({ url: 'http://a.test/go', kind: 'feed' }, stopGo.signal)
    await expect.poll(() => stage.strings.count('/go')).toBe(1)
    await get(web, 'http://a.test/missing') // by when the redirect waits for the busy origin
    stopGo.abort()
    expect(await go).toEqual({ kind: 'failed', reason: 'stopped' })
    stopHold.abort()
    await hold
    await Promise.all(Array.from({ length: 9 }, (_, n) => get(web, `http://h${n}.test/feed`)))
    expect(most).toBe(2)
  })

  test('old connections make room for new origins', async () => {
    stage.strings.set('/feed', FEED)
    const web = stage.open({ limits: { origins: 2 } })
    for (const host of ['a', 'b', 'c', 'a']) await get(web, `http://${host}.test/feed`)
    expect(stage.strings.connections()).toBe(4)
    await get(web, 'http://c.test/feed')
    expect(stage.strings.connections()).toBe(4)
  })

  test('more than can wait are turned away', async () => {
    stage.strings.set('/feed', { body: FEED, delayMs: 20 })
    const web = stage.open({ limits: { waiting: 2 } })
    const outcomes = await Promise.all([get(web), get(web), get(web), get(web)]) // one goes, two wait
    expect(outcomes.filter(({ kind }) => kind === 'failed')).toEqual([{ kind: 'failed', reason: 'stopped' }])
  })
})
