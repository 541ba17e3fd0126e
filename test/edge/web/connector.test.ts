import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../../web/certificate.ts'
import { PUBLIC_IP } from '../../web/web.ts'
import { bodyOf, FEED, get, useStage } from './stage.ts'

const stage = useStage()

describe('the guard at connect', () => {
  test('resolves once a connection, and never dials when one answer is inner', async () => {
    stage.strings.set('/feed', FEED)
    let asked = 0
    const web = stage.open({ resolve: async () => (++asked === 1 ? [PUBLIC_IP] : ['127.0.0.1']) })
    expect(await get(web)).toMatchObject({ kind: 'fetched' })
    expect(asked).toBe(1)
    expect(await get(stage.open({ resolve: async () => ['93.184.215.14', '::1'] }))).toEqual({
      kind: 'refused',
      reason: 'private',
    })
    expect(stage.strings.dialled).toEqual([`${PUBLIC_IP}:80`])
  })

  test('looks whom it met before it sends a byte', async () => {
    stage.strings.set('/feed', FEED)
    const web = stage.open({
      dial(ips, port) {
        const socket = stage.strings.dial(ips, port)
        Object.defineProperty(socket, 'remoteAddress', { value: '127.0.0.1' })
        return socket
      },
    })
    expect(await get(web)).toEqual({ kind: 'refused', reason: 'private' })
    expect(stage.strings.count()).toBe(0)
  })

  test('goes to the real address where it is allowed, and nowhere near it', async () => {
    stage.strings.set('/feed', FEED)
    const url = stage.strings.url('/feed')
    const ours = stage.openReal
    expect(await get(ours({}), url)).toEqual({ kind: 'refused', reason: 'private' })
    expect(await get(ours({ allowPrivate: ['127.0.0.2/32'] }), url)).toEqual({ kind: 'refused', reason: 'private' })
    expect(bodyOf(await get(ours({ allowPrivate: ['127.0.0.0/8'] }), url))).toBe(FEED)
    expect(bodyOf(await get(ours({ exemptOrigins: [stage.strings.origin] }), url))).toBe(FEED)
    expect(await get(ours({ exemptOrigins: ['http://127.0.0.1:1'] }), url)).toEqual({
      kind: 'refused',
      reason: 'private',
    })
    const named = `http://localhost:${stage.strings.port}/feed`
    expect(bodyOf(await get(ours({ allowPrivate: ['127.0.0.0/8', '::1'] }), named))).toBe(FEED)
    expect(await get(ours({}), named)).toMatchObject({ kind: 'refused' })
  })

  test('a range that cannot be read is told at creation', () => {
    expect(() => stage.open({ allowPrivate: ['10.0.0.1/8'] })).toThrow('10.0.0.1/8')
    expect(() => stage.open({ userAgent: 'a\r\nb' })).toThrow('User-Agent')
  })

  test('keeps the name for TLS, and refuses a certificate for another', async () => {
    const pair = makeCertificate(['herald.test'])
    await stage.restart({ '/feed': FEED }, pair)
    const web = stage.open({ ca: pair.cert })
    expect(bodyOf(await get(web, 'https://herald.test/feed'))).toBe(FEED)
    expect(await get(web, 'https://other.test/feed')).toEqual({ kind: 'failed', reason: 'protocol' })
    expect(await get(stage.open(), 'https://herald.test/feed')).toEqual({ kind: 'failed', reason: 'protocol' })
    expect(stage.strings.count()).toBe(1)
  })
})
