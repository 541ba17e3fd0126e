import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type FeedReading, readFeed } from '../../src/core/feed.ts'
import { itemAliases, itemKey } from '../../src/core/identity.ts'
import { cpuMs } from '../fakes/cpu.ts'

const MEGABYTE = 1_000_000
const TIME_MS_MAX = 1_000 // FEEDS.md: no input of 1 MB or less above 1 s

const read = (bytes: Uint8Array | string): Promise<FeedReading> =>
  readFeed(Buffer.from(bytes), { url: 'https://news.example/feed.xml' })

async function timed(bytes: Uint8Array | string): Promise<{ reading: FeedReading; tookMs: number }> {
  const started = cpuMs()
  const reading = await read(bytes)
  return { reading, tookMs: cpuMs() - started }
}

const wrap = (inner: string) =>
  `<rss version="2.0"><channel><title>F</title><item><title>T</title>${inner}<link>https://a.example/1</link></item></channel></rss>`

describe('a megabyte of one thing takes under a second, wherever it stands', () => {
  const pieces = [
    '<',
    '<!',
    '<!--',
    '<![CDATA[',
    '<?',
    '<a ',
    '<a b="',
    `<a b='<c d="`,
    '</a ',
    '</a>',
    '<b><i></b>',
    '&',
    '&lt;',
    '&amp;lt;',
    '&#60;',
    '<!DOCTYPE x [',
    '<!DOCTYPE x [>',
    'a="b" ',
  ]
  const more = [
    '<item>',
    '<link>',
    '<category>x</category>',
    '<enclosure url="https://a/b"/>',
    '<x xmlns:b="c"/>',
    '<a xml:base="x">',
    ' x',
    'a@b (',
    ']]&gt;',
    '&lt;a href="/x"&gt;',
    '&lt;script&gt;',
  ]
  test.each([...pieces, ...more])('%j', async (piece) => {
    const much = piece.repeat(MEGABYTE / piece.length)
    const places = [
      much,
      wrap(`<description>${much}</description>`),
      wrap(`<description><![CDATA[${much}]]></description>`),
      wrap(`<author>${much}</author>`),
      `<rss><channel><item ${much}`,
    ]
    for (const place of places) expect((await timed(place.slice(0, MEGABYTE))).tookMs).toBeLessThan(TIME_MS_MAX)
  })
})

test('a search that found nothing is not made again: 5 MB of declarations without end', async () => {
  expect((await timed('<!DOCTYPE x [>'.repeat(350_000))).tookMs).toBeLessThan(2 * TIME_MS_MAX)
})

describe('whatever is done to a feed, the reader answers, and with sound values', () => {
  const golden = new URL('../golden/feeds/', import.meta.url)
  const fixtures = readdirSync(golden).filter((name) => !name.endsWith('.expected.json'))

  test.each(fixtures)('%s cut at every percent', async (name) => {
    const bytes = readFileSync(new URL(name, golden))
    for (let percent = 0; percent <= 100; percent++)
      sound(await read(bytes.subarray(0, (bytes.length * percent) / 100)))
  })

  test.each(fixtures)('%s with 300 random wounds', async (name) => {
    const original = readFileSync(new URL(name, golden))
    const random = randomOf(name.length)
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(original)
      for (let n = 0; n < 1 + (round % 8); n++)
        bytes[random(bytes.length)] = WOUNDS[random(WOUNDS.length)] ?? random(256)
      const [from, length] = [random(bytes.length), round % 3 === 0 ? random(200) : 0]
      sound(await read(Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)])))
    }
  })

  const WOUNDS = [...Buffer.from('<>&"\'/[]! \0;:{}'), 0xff, 0xc3, 0x80]
  /** A linear congruential generator: the same wounds every time. */
  function randomOf(start: number): (below: number) => number {
    let state = start
    return (below) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      return Math.floor((state / 2 ** 31) * below)
    }
  }
})

/** What every reading must hold. */
function sound(reading: FeedReading): void {
  const text = JSON.stringify(reading)
  expect(text.isWellFormed()).toBe(true)
  expect(text).not.toMatch(/\\u0000|javascript:/)
  if (reading.kind === 'refused') return
  for (const item of reading.feed.items) {
    for (const url of [item.url, item.image ?? '', ...item.enclosures.map((one) => one.url)])
      expect(url).toMatch(/^(?:https?:\/\/|$)/i)
    expect([item.publishedAt, item.updatedAt].every((at) => at === undefined || Number.isSafeInteger(at))).toBe(true)
    expect(item.title).not.toMatch(/[\n\r]/)
    expect(itemKey(item)).toMatch(/^[gltx][\w-]{22}$/)
  }
}

type Attack = {
  id: string
  kind: string
  file?: string
  must: {
    outcome?: string
    notContains?: string
    titleIs?: string
    wellFormed?: boolean
    stories?: number
    maxMs: number
  }
  expect: string
}
const attacks = new URL('../../../shared/attacks/', import.meta.url)
const manifest = new URL('manifest.json', attacks)
const cases: Attack[] = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).cases : []
const files = cases.filter(({ kind, file }) => file !== undefined && (kind === 'feed' || kind === 'date'))

describe.skipIf(files.length === 0)('hostile feeds kept beside the project (skipped where they are not)', () => {
  test.each(files)('$id', async ({ file = '', must, expect: words }) => {
    const { reading, tookMs } = await timed(readFileSync(new URL(file, attacks)))
    sound(reading)
    expect(tookMs).toBeLessThan(must.maxMs)
    if (must.outcome === 'parsed') expect(reading.kind).toBe('read')
    if (must.outcome === 'clear-error') expect(reading.kind).toBe('refused')
    const items = reading.kind === 'read' ? reading.feed.items : []
    if (must.notContains) expect(JSON.stringify(reading)).not.toContain(must.notContains)
    if (must.titleIs) expect(items.map(({ title }) => title)).toContain(must.titleIs)
    if (words.includes('OK-LAST read') && must.outcome === 'parsed') expect(items.at(-1)?.title).toContain('OK-LAST')
    if (must.stories === 1) {
      const [first] = items.map((item) => new Set([itemKey(item), ...itemAliases(item)]))
      expect(items.every((item) => [itemKey(item), ...itemAliases(item)].some((name) => first?.has(name)))).toBe(true)
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
