import { describe, expect, test } from 'vitest'
import { type Page, PUBLIC_IP } from '../../web/web.ts'
import { bodyOf, FEED, get, useStage } from './stage.ts'

const stage = useStage()

describe('faults', () => {
  test.each<[string, Page, string]>([
    ['the body ends early', { body: FEED, fault: 'truncate' }, 'protocol'],
    ['the connection is reset in the body', { body: FEED, fault: 'reset' }, 'protocol'],
    ['nothing more comes', { body: FEED, fault: 'stall' }, 'timeout'],
    ['no answer comes', { fault: 'silence' }, 'timeout'],
    ['the head is slow', { delayMs: 5_000, body: FEED }, 'timeout'],
    ['another protocol answers', { raw: 'SSH-2.0-Something\r\n' }, 'protocol'],
    ['the head is too long', { headers: { 'x-long': 'a'.repeat(20_000) } }, 'protocol'],
    ['the connection closes without an answer', { raw: '' }, 'unreachable'],
  ])('when %s, the download fails in time', async (_what, page, reason) => {
    stage.strings.set('/feed', page)
    const web = stage.open({ limits: { headersMs: 200, idleMs: 200, totalMs: 5_000 } })
    expect(await get(web)).toMatchObject({ kind: 'failed', reason })
  })

  test('a body that drips ends when the total is over', async () => {
    stage.strings.set('/feed', { raw: '' })
    stage.strings.set('/drip', { body: FEED, pauseMs: 10_000 })
    const web = stage.open({ limits: { totalMs: 300 } })
    expect(await get(web, 'http://herald.test/drip')).toMatchObject({ kind: 'failed', reason: 'timeout' })
  })

  test('a connection that never opens ends in time', async () => {
    const web = stage.open({ limits: { connectMs: 200 }, resolve: () => new Promise(() => undefined) })
    expect(await get(web)).toEqual({ kind: 'failed', reason: 'timeout' })
  })

  test('names that do not resolve, and ports where nobody listens, are told apart', async () => {
    const missing = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    expect(await get(stage.open({ resolve: async () => [] }))).toEqual({ kind: 'failed', reason: 'unknown host' })
    expect(await get(stage.open({ resolve: () => Promise.reject(missing) }))).toEqual({
      kind: 'failed',
      reason: 'unknown host',
    })
    await stage.strings.close()
    expect(await get(stage.open())).toEqual({ kind: 'failed', reason: 'unreachable' })
  })

  test('a kept connection that was closed under us is asked again, once', async () => {
    let times = 0
    stage.strings.set('/feed', () => (++times === 2 ? { raw: '' } : FEED))
    const web = stage.open()
    expect(bodyOf(await get(web))).toBe(FEED)
    expect(bodyOf(await get(web))).toBe(FEED)
    expect(times).toBe(3)
  })

  test('an answer that nobody asked for is not taken for the next one', async () => {
    stage.strings.set('/feed', {
      raw: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL',
    })
    stage.strings.set('/next', FEED)
    const web = stage.open()
    await get(web)
    expect(bodyOf(await get(web, 'http://herald.test/next'))).toBe(FEED)
  })

  test('our word stops it, before and during', async () => {
    stage.strings.set('/feed', { fault: 'silence' })
    const web = stage.open()
    const stop = new AbortController()
    const waiting = web.download({ url: 'http://herald.test/feed', kind: 'feed' }, stop.signal)
    const behind = web.download({ url: 'http://herald.test/feed', kind: 'feed' }, stop.signal)
    stop.abort()
    const stopped = { kind: 'failed', reason: 'stopped' }
    expect(await Promise.all([waiting, behind])).toEqual([stopped, stopped])
    expect(await web.download({ url: 'http://herald.test/feed', kind: 'feed' }, stop.signal)).toEqual(stopped)
  })

  test('stopped while the connection opens, nothing is sent', async () => {
    stage.strings.set('/feed', FEED)
    const { promise, resolve } = Promise.withResolvers<readonly string[]>()
    const asked = Promise.withResolvers<void>()
    const web = stage.open({
      resolve() {
        asked.resolve()
        return promise
      },
    })
    const stop = new AbortController()
    const download = web.download({ url: 'http://herald.test/feed', kind: 'feed' }, stop.signal)
    await asked.promise
    stop.abort()
    expect(await download).toEqual({ kind: 'failed', reason: 'stopped' })
    resolve([PUBLIC_IP])
    expect(bodyOf(await get(web, 'http://herald.test/feed?next'))).toBe(FEED)
    expect(stage.strings.requests.map(({ path }) => path)).toEqual(['/feed?next'])
  })

  test('closing stops all that is in flight, and what comes later', async () => {
    stage.strings.set('/feed', { fault: 'silence' })
    const web = stage.open()
    const waiting = [get(web), get(web), get(web, 'http://other.test/feed')]
    await web.close()
    for (const outcome of [...(await Promise.all(waiting)), await get(web)])
      expect(outcome).toEqual({ kind: 'failed', reason: 'stopped' })
  })
})
