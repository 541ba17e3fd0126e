import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readArticle } from '../../../src/core/article.ts'
import { readFeed } from '../../../src/core/feed.ts'
import type { Item } from '../../../src/core/model.ts'
import { OUTAGE, OUTLETS, PIECES } from '../../../src/edge/wire/pieces.ts'
import { startWire, type Wire } from '../../../src/edge/wire/wire.ts'

const T0 = Date.UTC(2026, 10, 24, 12)
let now = T0
let wire: Wire
beforeEach(async () => {
  now = T0
  wire = await startWire({ now: () => now })
})
afterEach(() => wire.close())

const urlOf = (outlet: string) => wire.sources.find(({ id }) => id === `wire-${outlet}`)?.url ?? ''
async function itemsOf(outlet: string): Promise<readonly Item[]> {
  const answer = await fetch(urlOf(outlet))
  const reading = await readFeed(await answer.bytes(), { url: urlOf(outlet) })
  if (reading.kind !== 'read') throw new Error(`Cannot read "${outlet}": ${reading.reason}`)
  return reading.feed.items
}

it('begins empty, and prints piece after piece, dated now', async () => {
  const [first] = PIECES
  if (!first) throw new Error('nothing to print')
  expect(await itemsOf(first.outlet)).toEqual([])
  now += first.afterMs
  expect(await itemsOf(first.outlet)).toMatchObject([{ title: first.title, publishedAt: T0 + first.afterMs }])
})

it('has pages that read as they were written, without their furniture', async () => {
  now += 24 * 3_600_000
  for (const outlet of OUTLETS) {
    const source = wire.sources.find(({ id }) => id === `wire-${outlet.id}`)
    const items = await itemsOf(outlet.id)
    expect(items.length).toBe(PIECES.filter((piece) => piece.outlet === outlet.id).length)
    for (const item of items) {
      const piece = PIECES.find(({ title }) => title === item.title)
      const page = { bytes: await (await fetch(item.url)).bytes(), url: item.url }
      if (!source || !piece) throw new Error(`"${item.title}" is not of the wire`)
      const article = readArticle({ page, item, source, firstSeenAt: now })
      expect(article).toMatchObject({ from: 'page', language: 'en', author: piece.author })
      expect(article.text.split('\n\n')).toHaveLength(piece.paragraphs.length)
      expect(article.text).not.toMatch(/newsletter|All rights reserved|Share on/)
      expect(article.image).toMatch(/\.png$/)
      expect(article.quotes.filter(({ speaker }) => speaker).length).toBeGreaterThan(0)
    }
  }
})

it('has pictures that are PNGs', async () => {
  now += 24 * 3_600_000
  const [item] = await itemsOf('harbour')
  const answer = await fetch(`${item?.url}.png`)
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect([...(await answer.bytes()).slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
})

it('answers 304 to whoever knows its feed', async () => {
  const etag = (await fetch(urlOf('harbour'))).headers.get('etag') ?? ''
  const again = await fetch(urlOf('harbour'), { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  now += 60_000
  expect((await fetch(urlOf('harbour'), { headers: { 'if-none-match': etag } })).status).toBe(200)
})

describe('the outage', () => {
  it.each([
    ['before it', OUTAGE.fromMs - 1, 200],
    ['as it begins', OUTAGE.fromMs, 503],
    ['as it ends', OUTAGE.toMs, 200],
  ])('%s', async (...[, afterMs, status]) => {
    now += afterMs
    expect((await fetch(urlOf(OUTAGE.outlet))).status).toBe(status)
  })
})

it.each(['/', '/x', '/x/harbour/feed.xml', '/%'])('has nothing at %s', async (path) => {
  expect((await fetch(`${wire.origin}${path}`)).status).toBe(404)
})

it('prints pieces of its own in every run, so that a second start shows cards again', async () => {
  now += 60_000
  const first = (await itemsOf('harbour')).map(({ guid }) => guid)
  await wire.close()
  wire = await startWire({ now: () => now })
  now += 60_000
  const second = (await itemsOf('harbour')).map(({ guid }) => guid)
  expect(first.length).toBeGreaterThan(0)
  expect(second.filter((guid) => first.includes(guid))).toEqual([])
})
