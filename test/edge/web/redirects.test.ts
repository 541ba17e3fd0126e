import { describe, expect, test } from 'vitest'
import { type Page, PUBLIC_IP } from '../../web/web.ts'
import { bodyOf, FEED, get, useStage } from './stage.ts'

const stage = useStage()

describe('redirects', () => {
  const moved = (status: number, location: string): Page => ({ status, headers: { location } })

  test('name the new address only when every hop is permanent', async () => {
    stage.strings.set('/a', moved(301, '/b'))
    stage.strings.set('/b', moved(308, 'http://other.test/feed'))
    stage.strings.set('/t', moved(302, '/b'))
    stage.strings.set('/u', moved(301, '/t'))
    stage.strings.set('/feed', FEED)
    const web = stage.open()
    const to = { url: 'http://other.test/feed' }
    expect(await get(web, 'http://herald.test/a')).toMatchObject({ ...to, movedTo: to.url })
    for (const path of ['t', 'u']) {
      const download = await get(web, `http://herald.test/${path}`)
      expect(download).toMatchObject(to)
      expect(download).not.toHaveProperty('movedTo')
    }
  })

  test('are followed five times, not six', async () => {
    for (let n = 0; n < 7; n++) stage.strings.set(`/${n}`, moved(302, `/${n + 1}`))
    stage.strings.set('/7', FEED)
    const web = stage.open()
    expect(bodyOf(await get(web, 'http://herald.test/2'))).toBe(FEED)
    expect(await get(web, 'http://herald.test/1')).toEqual({ kind: 'refused', reason: 'too many redirects' })
    expect(stage.strings.count()).toBe(12)
  })

  test('that come back to an address end at once', async () => {
    stage.strings.set('/feed', moved(301, '/other'))
    stage.strings.set('/other', moved(301, '/feed'))
    expect(await get(stage.open())).toEqual({ kind: 'refused', reason: 'too many redirects' })
    expect(stage.strings.count()).toBe(2)
  })

  test.each([
    ['http://127.0.0.1:1/', 'private'],
    ['//169.254.169.254/', 'private'],
    ['http:\\\\10.0.0.1\\', 'private'],
    ['file:///etc/passwd', 'scheme'],
    ['http://a:b@herald.test/', 'credentials'],
    ['http://herald.test:22/', 'port'],
    ['http://printer.local/', 'name'],
    ['http://[', 'not an address'],
  ])('to %s are refused: %s', async (location, reason) => {
    stage.strings.set('/feed', moved(302, location))
    expect(await get(stage.open())).toEqual({ kind: 'refused', reason })
    expect(stage.strings.dialled).toEqual([`${PUBLIC_IP}:80`])
  })

  test('without Location are a failure', async () => {
    stage.strings.set('/feed', { status: 302 })
    expect(await get(stage.open())).toEqual({ kind: 'failed', reason: 'status', status: 302 })
  })

  test('may hold letters beyond ASCII', async () => {
    stage.strings.set('/feed', {
      raw: Buffer.from('HTTP/1.1 302 Found\r\nLocation: /caf\u00e9\r\nContent-Length: 0\r\n\r\n'),
    })
    stage.strings.set('/caf%C3%A9', FEED)
    expect(bodyOf(await get(stage.open()))).toBe(FEED)
  })
})
