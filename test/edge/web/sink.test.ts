import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { cpuMs } from '../../fakes/cpu.ts'
import { codingName, encode } from '../../web/web.ts'
import { bodyOf, FEED, get, useStage } from './stage.ts'

const stage = useStage()

describe('codings', () => {
  test.each(['gzip', 'br', 'deflate', 'deflateRaw', 'zstd'] as const)('%s is decoded', async (coding) => {
    stage.strings.set('/feed', { body: FEED, coding })
    expect(bodyOf(await get(stage.open()))).toBe(FEED)
  })

  test.each(['gzip', 'br', 'deflate', 'deflateRaw', 'zstd'] as const)('%s cut short is an error', async (coding) => {
    const long = Buffer.from(Array.from({ length: 5000 }, (_, n) => `${n * 7919}`).join())
    stage.strings.set('/feed', { body: long, coding, headers: { etag: '"a"' } })
    const web = stage.open()
    const whole = await get(web)
    expect(bodyOf(whole)).toBe(long.toString())
    const cut = encode(long, coding).subarray(0, -20)
    stage.strings.set('/cut', { body: cut, headers: { 'content-encoding': codingName(coding) } })
    expect(await get(web, 'http://herald.test/cut')).toEqual({ kind: 'failed', reason: 'broken encoding', status: 200 })
  })

  test.each(['gzip, gzip', 'x-evil', 'gzip'])('plain text labelled "%s" is an error', async (coding) => {
    stage.strings.set('/feed', { body: FEED, headers: { 'content-encoding': coding } })
    expect(await get(stage.open())).toEqual({ kind: 'failed', reason: 'broken encoding', status: 200 })
  })

  test('a body larger than its limit is stopped, raw, decoded or declared', async () => {
    const limits = { rawBytes: 50_000, feedBytes: 100_000, pageBytes: 20_000 }
    const web = stage.open({ limits })
    const [noise, zeros] = [Buffer.alloc(60_000, 'ab'), Buffer.alloc(200_000)]
    stage.strings.set('/raw', { body: noise, headers: { 'transfer-encoding': 'chunked' } })
    stage.strings.set('/declared', { body: 'x', headers: { 'content-length': '99999999999' } })
    stage.strings.set('/packed', {
      body: 'x',
      headers: { 'content-encoding': 'gzip', 'content-length': '99999999999' },
    })
    stage.strings.set('/bomb', { body: zeros, coding: 'gzip' })
    stage.strings.set('/page', { body: noise.subarray(0, 30_000), coding: 'br' })
    const tooLarge = { kind: 'failed', reason: 'too large', status: 200 }
    for (const path of ['raw', 'declared', 'packed', 'bomb'])
      expect(await get(web, `http://herald.test/${path}`)).toEqual(tooLarge)
    expect(await get(web, 'http://herald.test/page', { kind: 'page' })).toEqual(tooLarge)
    expect(await get(web, 'http://herald.test/page')).toMatchObject({ kind: 'fetched' })
  })

  test('a bomb costs neither memory nor the turn of others', async () => {
    const bomb = gzipSync(Buffer.alloc(400 * 1024 * 1024))
    stage.strings.set('/feed', { body: bomb, headers: { 'content-encoding': 'gzip' } })
    const web = stage.open()
    const before = process.memoryUsage().rss
    const startedAt = cpuMs()
    expect(await get(web)).toMatchObject({ reason: 'too large' })
    expect(cpuMs() - startedAt).toBeLessThan(2000)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })
})
