import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FeedId, FeedSource, Item } from '../../../src/core/model.ts'
import { createReader } from '../../../src/edge/reader/reader.ts'
import { cpuMs } from '../../fakes/cpu.ts'

/** The real children, with the limits of tests that are not about them. */
let reader: ReturnType<typeof createReader>
beforeAll(async () => {
  reader = createReader({ timeoutMs: 10_000 })
  await reader.readFeed(documentOf('<rss/>'), never)
})
afterAll(() => reader.close())

const never = new AbortController().signal
const documentOf = (text: string | Uint8Array, url = 'https://herald.example/feed') => ({
  bytes: Buffer.from(text),
  url,
})
const SOURCE: FeedSource = {
  id: 'herald' as FeedId,
  url: 'https://herald.example/feed',
  title: 'Herald',
  outlet: 'Dry Dock Herald',
  kind: 'outlet',
}
const SENTENCE =
  'The harbour of Little Pell opened again on Monday after a winter of repairs, its keeper Ada Quill said. '
const item = (n: number, chars = 0) =>
  `<item><title>Little Pell, day ${n}</title><link>https://herald.example/${n}</link><description><![CDATA[<p>${SENTENCE.repeat(Math.ceil(chars / SENTENCE.length))}</p>]]></description></item>`
const feedOf = (items: readonly string[]) =>
  `<rss version="2.0"><channel><title>Herald</title>${items.join('')}</channel></rss>`

test('a feed, a page and a site are read as core reads them', async () => {
  const reading = await reader.readFeed(documentOf(feedOf([item(1, 200)])), never)
  expect(reading).toMatchObject({
    kind: 'read',
    feed: { title: 'Herald', items: [{ url: 'https://herald.example/1' }] },
  })
  const [first] = reading.kind === 'read' ? reading.feed.items : []
  const page = documentOf(`<html><article><p>${SENTENCE.repeat(5)}</p></article></html>`, 'https://herald.example/1')
  const article = await reader.readArticle({ page, item: first as Item, source: SOURCE, firstSeenAt: 1e12 }, never)
  expect(article).toMatchObject({
    kind: 'read',
    article: { outlet: 'Dry Dock Herald', from: 'page', publishedAt: 1e12 },
  })
  const site = documentOf('<link rel="alternate" type="application/rss+xml" href="/f.xml">', 'https://herald.example/')
  expect(await reader.candidateFeeds(site, never)).toMatchObject({
    kind: 'read',
    urls: expect.arrayContaining(['https://herald.example/f.xml']),
  })
  expect(await reader.readFeed(documentOf('<html><p>no feed'), never)).toEqual({ kind: 'refused', reason: 'html page' })
})

test('a page without words tells where else they are', async () => {
  const page = documentOf('<link rel="amphtml" href="/amp/1"><div></div>', 'https://herald.example/1')
  const item = {
    title: 'x',
    url: page.url,
    guid: '',
    summary: '',
    content: '',
    author: '',
    categories: [],
    enclosures: [],
  }
  expect(await reader.readArticle({ page, item, source: SOURCE, firstSeenAt: 1e12 }, never)).toMatchObject({
    kind: 'read',
    elsewhere: 'https://herald.example/amp/1',
  })
})

test('the largest feed and page keep us from nothing: our own loop goes on', async () => {
  const feed = documentOf(feedOf(Array.from({ length: 2000 }, (_, n) => item(n, 4500))).slice(0, 9_900_000))
  const page = documentOf(
    `<article>${`<p>${SENTENCE.repeat(4)}</p>`.repeat(4500)}</article>`,
    'https://herald.example/1',
  )
  const one: Item = {
    title: 'x',
    url: '',
    guid: '',
    summary: '',
    content: '',
    author: '',
    categories: [],
    enclosures: [],
  }
  const before = cpuMs()
  const [reading, article] = await Promise.all([
    reader.readFeed(feed, never),
    reader.readArticle({ page, item: one, source: SOURCE, firstSeenAt: 1e12 }, never),
  ])
  const usedMs = cpuMs() - before
  expect([reading.kind, article.kind]).toEqual(['read', 'read'])
  // To hand over and take back takes some 60 ms; doing it here takes 400 and more. How long the loop stands still is
  // told by `npm run bench:read`: a clock is no judge on a machine that does other things.
  expect(usedMs).toBeLessThan(250)
})

type Case = Readonly<{
  id: string
  kind: string
  file?: string
  value?: string
  why: string
  must: { outcome?: string; maxMs?: number; notContains?: string }
}>
const folder = resolve(import.meta.dirname, '../../../../shared/attacks')
const manifest = join(folder, 'manifest.json')
const cases: readonly Case[] = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).cases : []
const bytesOf = ({ file, value }: Case) =>
  file === undefined ? Buffer.from(value ?? '') : readFileSync(join(folder, file))

describe.skipIf(cases.length === 0)('hostile documents (skipped without ../shared/attacks)', () => {
  test.each(cases.filter(({ kind }) => kind === 'feed' || kind === 'html'))('$id: $why', async (hostile) => {
    const bytes = bytesOf(hostile)
    const before = process.memoryUsage().rss
    const item: Item = {
      title: 'T',
      url: 'https://herald.example/1',
      guid: '',
      summary: '',
      content: '',
      author: '',
      categories: [],
      enclosures: [],
    }
    const end =
      hostile.kind === 'feed'
        ? await reader.readFeed({ bytes, url: 'https://herald.example/feed' }, never)
        : await reader.readArticle(
            { page: { bytes, url: 'https://herald.example/1' }, item, source: SOURCE, firstSeenAt: 1e12 },
            never,
          )
    expect(end.kind).not.toBe('lost')
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(200)
    if (hostile.must.notContains !== undefined) expect(JSON.stringify(end)).not.toContain(hostile.must.notContains)
  })
})
