/** Three ways to poll the same feeds, each in a process of its own so that its time and memory are its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FeedId } from '../../../src/core/model.ts'

/** Polls every feed once. */
export type Way = Readonly<{ round(): Promise<void>; close(): Promise<void> }>
export const WAYS = ['undici', 'parseURL', 'ours'] as const
export type WayName = (typeof WAYS)[number]

const WORKERS = 16 // as many as the gather loop has

export function openWay(name: WayName, urls: readonly string[]): Promise<Way> {
  switch (name) {
    case 'undici':
      return openUndici(urls)
    case 'parseURL':
      return openParseUrl(urls)
    case 'ours':
      return openOurs(urls)
  }
}

/** The least that a polite poll can be: the request with its validator, and the body. */
async function openUndici(urls: readonly string[]): Promise<Way> {
  const { Agent, request } = await import('undici')
  const agent = new Agent({ connections: 1 })
  const etags = new Map<string, string>()
  const poll = async (url: string) => {
    const etag = etags.get(url)
    const headers = { 'accept-encoding': 'gzip', ...(etag ? { 'if-none-match': etag } : {}) }
    const { headers: answered, body } = await request(url, { dispatcher: agent, headers })
    await body.arrayBuffer()
    etags.set(url, String(answered['etag']))
  }
  return { round: () => eachOf(urls, poll), close: () => agent.close() }
}

/** rss-parser by its own hand: no validators, no compression, a connection a poll, parsed in the same process. */
async function openParseUrl(urls: readonly string[]): Promise<Way> {
  const { default: Parser } = await import('rss-parser')
  const parser = new Parser()
  const poll = async (url: string) => void (await parser.parseURL(url))
  return { round: () => eachOf(urls, poll), close: async () => undefined }
}

/** The gather loop as the bot runs it: claims, guarded downloads, children that read, and a database on disk. */
async function openOurs(urls: readonly string[]): Promise<Way> {
  const [{ createReader }, { openStore }, { createWeb }, { createWake }, { gatherStep }] = await Promise.all([
    import('../../../src/edge/reader/reader.ts'),
    import('../../../src/edge/store/sqlite.ts'),
    import('../../../src/edge/web/web.ts'),
    import('../../../src/edge/clock/wake.ts'),
    import('../../../src/flow/gather.ts'),
  ])
  const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-poll-'))
  let clock = Date.UTC(2026, 10, 24)
  const now = () => clock
  const opened = await openStore({ path: path.join(folder, 'polls.sqlite'), now })
  if (opened.kind === 'refused') throw new Error(opened.message)
  const { store, cache } = opened
  const web = createWeb({
    userAgent: 'Pullquote/0 (bench)',
    allowPrivate: ['127.0.0.0/8'],
    exemptOrigins: [],
    now,
    cache,
    hostGapMs: 0,
  })
  const reader = createReader({ timeoutMs: 10_000 })
  const silent = () => undefined
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  let names = 0
  const chance = () => `lease-${names++}`
  const world = { store, web, reader, wake: createWake(), log, now, chance, intervalMs: INTERVAL_MS }
  const signal = new AbortController().signal
  await store.keepCommonFeeds(
    urls.map((url, n) => ({
      id: `f${n}` as FeedId,
      url,
      title: `Herald ${n}`,
      outlet: 'Herald',
      kind: 'outlet',
      intervalMs: INTERVAL_MS,
    })),
    now(),
  )
  const worker = async () => {
    while ((await gatherStep(world, signal)) > 0);
  }
  return {
    async round() {
      await Promise.all(Array.from({ length: WORKERS }, worker))
      await store.pollSoon('none' as FeedId, clock) // a write is done after all that was held back, which counts
      clock += 2 * INTERVAL_MS // past every jitter
    },
    async close() {
      await web.close()
      await reader.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
const INTERVAL_MS = 5 * 60_000

async function eachOf(urls: readonly string[], poll: (url: string) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) await poll(url)
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}
