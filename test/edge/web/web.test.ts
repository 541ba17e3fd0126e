import { describe, expect, test } from 'vitest'
import { proxyProblem } from '../../../src/edge/web/web.ts'
import type { Page } from '../../web/web.ts'
import { bodyOf, FEED, get, useStage } from './stage.ts'

const stage = useStage()

describe('an answer', () => {
  test('comes with its bytes, type, validators and address', async () => {
    stage.strings.set('/feed', {
      body: FEED,
      headers: { 'content-type': 'text/xml', etag: 'W/"é ö"', 'last-modified': 'Mon, 05 Oct 2026 09:00:00 GMT' },
    })
    expect(await get(stage.open())).toEqual({
      kind: 'fetched',
      status: 200,
      bytes: Buffer.from(FEED),
      contentType: 'text/xml',
      etag: 'W/"é ö"',
      lastModified: 'Mon, 05 Oct 2026 09:00:00 GMT',
      url: 'http://herald.test/feed',
    })
  })

  test('is asked for with our name and without cookies or Referer, even after a redirect that sets one', async () => {
    stage.strings.set('/a', { status: 302, headers: { location: '/feed', 'set-cookie': 'a=b' } })
    stage.strings.set('/feed', FEED)
    await get(stage.open(), 'http://herald.test/a#part')
    expect(stage.strings.requests.map(({ path }) => path)).toEqual(['/a', '/feed'])
    for (const { headers } of stage.strings.requests) {
      expect(headers['user-agent']).toBe('Pullquote/0 (+test)')
      expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
    }
  })

  test('is unchanged when the validators still hold, byte for byte', async () => {
    const etag = '"\u00e9\u00ff-x"'
    stage.strings.set('/feed', { body: FEED, headers: { etag, 'cache-control': 'public, max-age=600' } })
    const web = stage.open()
    expect(await get(web, undefined, { etag })).toEqual({ kind: 'unchanged', etag, maxAgeMs: 600_000 })
    expect(bodyOf(await get(web, undefined, { etag: '"other"' }))).toBe(FEED)
  })

  test('without a question is no 304', async () => {
    stage.strings.set('/feed', { status: 304 })
    expect(await get(stage.open())).toEqual({ kind: 'failed', reason: 'status', status: 304 })
  })

  test.each(['"a"\r\nX-Evil: 1', '"a"\n', '"\u0000"', `"${'e'.repeat(2000)}"`, '"\u2603"', ''])(
    'is not asked for with a validator that no server could have sent: %j',
    async (etag) => {
      stage.strings.set('/feed', FEED)
      expect(bodyOf(await get(stage.open(), undefined, { etag, lastModified: etag }))).toBe(FEED)
      expect(stage.strings.requests[0]?.headers).not.toHaveProperty('if-none-match')
      expect(stage.strings.requests[0]?.headers).not.toHaveProperty('if-modified-since')
      expect(stage.strings.requests[0]?.headers).not.toHaveProperty('x-evil')
    },
  )

  test('does not hand on a validator over 1 kB', async () => {
    stage.strings.set('/feed', { body: FEED, headers: { etag: `"${'e'.repeat(1100)}"` } })
    expect(await get(stage.open())).not.toHaveProperty('etag')
  })

  test.each<[Record<string, string>, object]>([
    [{ 'cache-control': 'max-age=60' }, { maxAgeMs: 60_000 }],
    [{ 'cache-control': 'private, Max-Age="300", must-revalidate' }, { maxAgeMs: 300_000 }],
    [{ 'cache-control': 'max-age=31536000000' }, { maxAgeMs: 365 * 24 * 3_600_000 }],
    [{ 'cache-control': 's-maxage=60, max-age=-5' }, {}],
    [{ expires: 'Mon, 05 Oct 2026 12:00:00 GMT' }, { expiresAt: Date.UTC(2026, 9, 5, 12) }],
    [{ expires: '0' }, {}],
    [{ 'cache-control': 'max-age=60', expires: 'Mon, 05 Oct 2026 12:00:00 GMT' }, { maxAgeMs: 60_000 }],
  ])('says how long it is fresh: %j', async (headers, freshness) => {
    stage.strings.set('/feed', { body: '', headers })
    const { maxAgeMs, expiresAt } = (await get(stage.open())) as { maxAgeMs?: number; expiresAt?: number }
    expect({
      ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }).toEqual(freshness)
  })

  test.each<[string, number | undefined]>([
    ['120', 120_000],
    ['0', 0],
    ['-5', undefined],
    ['soon', undefined],
    ['99999999999999', 86_400_000],
    ['Mon, 05 Oct 2026 10:02:00 GMT', 120_000],
    ['Mon, 05 Oct 2026 09:00:00 GMT', undefined],
    ['Fri, 31 Dec 2099 23:59:59 GMT', 86_400_000],
    ['Fri, 31 Dec 99999 23:59:59 GMT', undefined],
  ])('with Retry-After %s waits that long', async (value, expected) => {
    stage.strings.set('/feed', { status: 503, headers: { 'retry-after': value } })
    const failed = { kind: 'failed', reason: 'status', status: 503 }
    expect(await get(stage.open())).toEqual(expected === undefined ? failed : { ...failed, retryAfterMs: expected })
  })

  test.each<[string, Page]>([
    ['a header', { status: 403, headers: { 'cf-mitigated': 'challenge' } }],
    ['a header on a 200', { status: 200, headers: { 'cf-mitigated': 'challenge' }, body: 'x' }],
    ['a page', { status: 403, body: '<html><title>Just a moment...</title>' }],
    ['a compressed page', { status: 503, coding: 'br', body: '<script src="/cdn-cgi/challenge-platform/x"></script>' }],
  ])('is named a challenge when %s says so', async (_what, page) => {
    stage.strings.set('/feed', page)
    expect(await get(stage.open())).toMatchObject({ kind: 'failed', reason: 'challenge' })
  })

  test.each([204, 206, 404, 410, 500, 999])('with status %i is a failure that says so', async (status) => {
    stage.strings.set('/feed', { status, ...(status === 204 ? {} : { body: 'about this' }) })
    expect(await get(stage.open())).toEqual({ kind: 'failed', reason: 'status', status })
  })
})

test.each([
  [{}, undefined],
  [{ NO_PROXY: 'x', HTTP_PROXY: '' }, undefined],
  [{ HTTPS_PROXY: 'http://user:word@proxy:3128' }, 'HTTPS_PROXY'],
  [{ http_proxy: 'http://proxy' }, 'http_proxy'],
  [{ ALL_PROXY: 'socks5://proxy' }, 'ALL_PROXY'],
])('a proxy variable is told by its name alone: %j', (env, name) => {
  const problem = proxyProblem(env)
  if (name === undefined) expect(problem).toBeUndefined()
  else expect(problem).toContain(`${name} is set`)
  expect(problem ?? '').not.toContain('word')
})
