/** The hostile addresses and answers of ../shared/attacks, where they are at hand: names are played, servers stand on loopback. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { isPublicIp, parseIp } from '../../../src/core/addresses.ts'
import { WEB_LIMITS } from '../../../src/edge/web/limits.ts'
import type { Download } from '../../../src/flow/ports.ts'
import { makeCertificate } from '../../web/certificate.ts'
import type { Page } from '../../web/web.ts'
import { get, useStage } from './stage.ts'

type Script = Readonly<{
  status?: number
  headers?: Record<string, string>
  body?: string
  bodyBase64?: string
  bodyFile?: string
  raw?: string
  then?: 'close' | 'reset'
  manyHeaders?: number
  delayHeadersMs?: number
}>
type Case = Readonly<{
  id: string
  kind: string
  value?: string
  why: string
  dns?: Record<string, string[][]>
  redirects?: string[]
  script?: Script
  must: Readonly<{ outcome: string; maxRssMB?: number; notContains?: string }>
}>

const folder = resolve(import.meta.dirname, '../../../../shared/attacks')
const manifest = join(folder, 'manifest.json')
const cases: readonly Case[] = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).cases : []
const absent = cases.length === 0
const FEED = '<rss version="2.0"><channel><title>Played</title></channel></rss>'
const stage = useStage()
/** Nothing hangs: a download ends by itself after 15 s, and two of them are made. */
const ENDS_MS = 60_000

describe.skipIf(absent)('hostile addresses (skipped without ../shared/attacks)', { timeout: ENDS_MS }, () => {
  test.each(cases.filter(({ kind }) => kind === 'url'))('$id: $why', async ({ value = '', dns, redirects, must }) => {
    const pair = makeCertificate(Object.keys(dns ?? {}))
    if (value.startsWith('https:')) await stage.restart({}, pair)
    const asked = new Map<string, number>()
    const web = stage.open({
      async resolve(host) {
        const answers = dns?.[host] ?? []
        const times = asked.get(host) ?? 0
        asked.set(host, times + 1)
        return answers[Math.min(times, answers.length - 1)] ?? []
      },
      hostGapMs: 1_000,
      ca: pair.cert,
    })
    playRedirects(redirects ?? [])
    const outcomes = [await get(web, value)]
    // A name that changes its answer is asked until it does, on connections of their own.
    const turns = Math.max(0, ...Object.values(dns ?? {}).map((answers) => answers.length - 1))
    for (let turn = 0; turn < turns; turn++) outcomes.push(await get(stage.open(namesFrom(dns, turn + 1)), value))
    // The witness: where connections were opened to, whatever the outcome says.
    expect(stage.strings.dialled.filter((met) => !isPublic(met))).toEqual([])
    if (must.outcome === 'allowed') expect(stage.strings.dialled).not.toEqual([])
    const last = outcomes.at(-1) as Download
    if (must.outcome === 'blocked') expect(last.kind).toBe('refused')
    else if (must.outcome === 'allowed') expect(last).toMatchObject({ kind: 'fetched' })
    else expect(['refused', 'failed']).toContain(last.kind)
  })
})

/** The name as it answers from the n-th question on. */
function namesFrom(dns: Case['dns'], turn: number) {
  return {
    resolve: async (host: string) => {
      const answers = dns?.[host] ?? []
      return answers[Math.min(turn, answers.length - 1)] ?? []
    },
  }
}

function playRedirects(targets: readonly string[]): void {
  for (const path of ['/', '/feed', '/feed.xml', '/final', '/%0d%0aHost:%20127.0.0.1', '/X-Evil:%201'])
    stage.strings.set(path, FEED)
  const paths = ['/r', ...targets.map((target) => URL.parse(target)?.pathname ?? '')]
  targets.forEach((location, at) => {
    const from = location.endsWith('/loop') ? '/loop' : (paths[at] ?? '')
    stage.strings.set(from, { status: 302, headers: { location } })
  })
}

function isPublic(dialled: string): boolean {
  const ip = parseIp(dialled.slice(0, dialled.lastIndexOf(':')))
  return ip !== undefined && isPublicIp(ip)
}

const SCALE = 20 // time limits and scripted delays, so that 10 s pass in half a second

describe.skipIf(absent)('hostile answers (skipped without ../shared/attacks)', { timeout: ENDS_MS }, () => {
  test.each(cases.filter(({ kind }) => kind === 'http'))('$id: $why', async ({ script = {}, must }) => {
    stage.strings.set('/feed', played(script))
    stage.strings.set('/new', FEED)
    const web = stage.open({ limits: { headersMs: 10_000 / SCALE, idleMs: 10_000 / SCALE } })
    const before = process.memoryUsage().rss
    const outcomes = [await get(web), await get(web)]
    expect(stage.strings.dialled.filter((met) => !isPublic(met))).toEqual([])
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(must.maxRssMB ?? 200)
    for (const outcome of outcomes) {
      if (must.outcome === 'clear-error') expect(outcome.kind).toBe('failed')
      if (outcome.kind === 'fetched') expect(outcome.bytes.length).toBeLessThanOrEqual(WEB_LIMITS.feedBytes)
      if (must.outcome === 'parsed') expect(outcome.kind).toBe('fetched')
      expect(JSON.stringify(outcome)).not.toContain(must.notContains ?? '\u0000')
      if (outcome.kind === 'fetched') expect(outcome.etag?.length ?? 0).toBeLessThanOrEqual(1024)
    }
  })

  test('what is left out for its size: a gzip bomb of 200 MB in one member', async () => {
    stage.strings.set('/feed', { body: gzipSync(Buffer.alloc(200e6)), headers: { 'content-encoding': 'gzip' } })
    expect(await get(stage.open())).toMatchObject({ kind: 'failed', reason: 'too large' })
  })
})

function played(script: Script): Page {
  if (script.raw !== undefined) return { raw: script.raw }
  if (script.delayHeadersMs !== undefined) return { delayMs: script.delayHeadersMs / SCALE, body: FEED }
  const many = Array.from({ length: script.manyHeaders ?? 0 }, (_, n) => [`x-h${n}`, 'v'] as const)
  const body =
    script.bodyFile !== undefined
      ? readFileSync(join(folder, script.bodyFile))
      : Buffer.from(script.bodyBase64 ?? script.body ?? '', script.bodyBase64 === undefined ? 'utf8' : 'base64')
  const fault =
    script.then === 'reset'
      ? { fault: 'reset' as const }
      : script.then === 'close'
        ? { fault: 'truncate' as const }
        : {}
  return { status: script.status ?? 200, headers: { ...script.headers, ...Object.fromEntries(many) }, body, ...fault }
}
