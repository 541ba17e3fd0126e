import { describe, expect, test } from 'vitest'
import { readArticle } from '../../src/core/article.ts'
import type { FeedId, FeedSource, Item } from '../../src/core/model.ts'

const SEEN_AT = Date.UTC(2026, 9, 5, 12)
const SOURCE: FeedSource = {
  id: 'herald' as FeedId,
  url: 'https://herald.example/feed?key=secret',
  title: 'Dry Dock Herald: News',
  outlet: 'Dry Dock Herald',
  kind: 'outlet',
}
const ITEM: Item = {
  title: 'Little Pell opens its harbour again',
  url: 'https://herald.example/2026/10/harbour?utm_source=rss',
  guid: '17',
  summary: '<p>The harbour of Little Pell is open again.</p>',
  content: '',
  author: '',
  publishedAt: Date.UTC(2026, 9, 5, 9),
  categories: [],
  enclosures: [],
}
const PARAGRAPHS = [
  'The harbour of Little Pell opened again on Monday after a winter of repairs, its keeper Ada Quill said at the quay.',
  '"All is well with the boats, and all will be well with the sea," Quill told a crowd of fishermen in the rain.',
  'The council of Little Pell had closed the harbour in March, when a storm broke the northern wall in two places.',
  'Repairs cost more than planned, and two of the five cranes will stay where they are until the spring, the council said.',
]
const html = (head = '', paragraphs = PARAGRAPHS) =>
  `<!doctype html><html lang="en"><head>${head}</head><body><article>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article></body></html>`
const pageOf = (text: string, url = 'https://herald.example/2026/10/harbour') => ({
  bytes: Buffer.from(text),
  url,
  contentType: 'text/html',
})
const read = (job: Partial<Parameters<typeof readArticle>[0]> = {}) =>
  readArticle({ item: ITEM, source: SOURCE, firstSeenAt: SEEN_AT, ...job })

test('a page gives its text, and what is found in it', () => {
  const article = read({
    page: pageOf(html('<meta name="author" content="Bo Tern"><meta property="og:image" content="/wall.jpg">')),
  })
  expect(article).toMatchObject({
    url: 'https://herald.example/2026/10/harbour',
    title: 'Little Pell opens its harbour again',
    outlet: 'Dry Dock Herald',
    author: 'Bo Tern',
    publishedAt: ITEM.publishedAt,
    text: PARAGRAPHS.join('\n\n'),
    language: 'en',
    image: 'https://herald.example/wall.jpg',
    from: 'page',
  })
  expect(article.id).toMatch(/^[\w-]{16}$/)
  expect(article.summary.length).toBeGreaterThan(0)
  for (const sentence of article.summary) expect(article.text).toContain(sentence)
  expect(article.quotes[0]).toMatchObject({
    text: 'All is well with the boats, and all will be well with the sea',
    speaker: { name: 'Ada Quill' },
  })
  for (const quote of article.quotes) expect(article.text.slice(quote.start, quote.end)).toBe(quote.text)
  expect(article.signature.terms.map(([term]) => term)).toContain('harbour')
})

describe("the feed's own words", () => {
  const content = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')

  test.each([
    ['there is no page', undefined],
    ['the page is refused', pageOf(html('', []))],
    ['the page says less', pageOf(html('', PARAGRAPHS.slice(0, 1)))],
    ['the page is a document of another kind', pageOf(`%PDF-1.7 ${PARAGRAPHS.join(' ').repeat(3)}`)],
    ['the download led to the front page', pageOf(html(), 'https://herald.example/')],
  ])('are read when %s', (_when, page) => {
    const article = read({ item: { ...ITEM, content }, ...(page && { page }) })
    expect(article).toMatchObject({ from: 'feed', text: PARAGRAPHS.join('\n\n') })
    expect(article.url).toBe('https://herald.example/2026/10/harbour')
    expect(article.quotes).toHaveLength(1)
  })

  test.each([
    ['the content before the summary', { content: '<p>All of it.</p>', summary: 'A part.' }, 'All of it.'],
    ['the summary without content', { content: ' ', summary: 'A &amp; B' }, 'A & B'],
    ['a line without a paragraph', { summary: 'One line<br><br>and another' }, 'One line\n\nand another'],
    ['no link that leads away', { summary: '<p>The harbour.</p><p>[<a href="/x">Read more</a>]</p>' }, 'The harbour.'],
    [
      'no line of the machine',
      {
        summary:
          '<p>The harbour.</p><p>The post <a href="/x">Harbour</a> appeared first on <a href="/">Herald</a>.</p>',
      },
      'The harbour.',
    ],
    ['nothing invisible', { summary: 'The har\u0007bour.' }, 'The harbour.'],
    ['one line of what no parser should get', { summary: `${'<b>'.repeat(1000)}The harbour.` }, 'The harbour.'],
    ['nothing', { summary: '' }, ''],
  ])('are %s', (_what, fields, text) => {
    expect(read({ item: { ...ITEM, ...fields } }).text).toBe(text)
  })
})

describe('the title', () => {
  const titled = (feed: string, page: string, outlet = SOURCE.outlet) =>
    read({
      item: { ...ITEM, title: feed },
      source: { ...SOURCE, outlet },
      page: pageOf(html(`<meta property="og:title" content="${page}">`)),
    }).title

  test.each([
    [
      "the page's, where it is the same piece",
      'Little Pell opens its…',
      'Little Pell opens its harbour again',
      'Little Pell opens its harbour again',
    ],
    [
      "the feed's, where it is another",
      'Little Pell opens its harbour',
      'Subscribe to read on',
      'Little Pell opens its harbour',
    ],
    [
      "the feed's, where the page says much less",
      'Live: the harbour of Little Pell opens',
      'Live',
      'Live: the harbour of Little Pell opens',
    ],
    ["never the site's name", 'The harbour opens', 'Dry Dock Herald', 'The harbour opens'],
    [
      "without the site's name behind",
      'The harbour opens - Dry Dock Herald',
      'The harbour opens | herald.example',
      'The harbour opens',
    ],
    [
      "without the site's name before",
      'Dry Dock Herald: the harbour',
      'Herald – The harbour opens for Dry Dock boats',
      'The harbour opens for Dry Dock boats',
    ],
    ["the page's, where the feed has none", '', 'The harbour opens', 'The harbour opens'],
    ['on one line', 'The\nharbour\u202e opens', 'x', 'The harbour opens'],
  ])('is %s', (...row) => {
    const [, feed, page, title] = row
    expect(titled(feed, page)).toBe(title)
  })

  test('is the first sentence of a piece that has none', () => {
    expect(read({ item: { ...ITEM, title: '', summary: 'The wall stands. The boats are in.' } }).title).toBe(
      'The wall stands.',
    )
  })
})

describe('the address', () => {
  test('is the canonical one of the same site', () => {
    const canonical = (href: string) => read({ page: pageOf(html(`<link rel="canonical" href="${href}">`)) }).url
    expect(canonical('/harbour-opens?utm_medium=x')).toBe('https://herald.example/harbour-opens')
    expect(canonical('https://evil.example/harbour')).toBe('https://herald.example/2026/10/harbour')
    expect(canonical('javascript:alert(1)')).toBe('https://herald.example/2026/10/harbour')
  })

  test('makes the id, whatever feed or tracking it came by', () => {
    const other = { ...ITEM, url: 'https://herald.example/2026/10/harbour?fbclid=1', guid: '99' }
    expect(read({ item: other, source: { ...SOURCE, id: 'other' as FeedId } }).id).toBe(read().id)
    expect(read({ item: { ...ITEM, url: 'https://herald.example/2026/10/wall' } }).id).not.toBe(read().id)
  })

  test("of a piece without one is empty, and never the feed's own", () => {
    const [one, other] = ['1', '2'].map((guid) => read({ item: { ...ITEM, url: 'javascript:alert(1)', guid } }))
    expect(one?.url).toBe('')
    expect(one?.id).not.toBe(other?.id)
  })
})

test.each([
  ["the feed's", ITEM.publishedAt, '2026-10-04T08:00:00Z', ITEM.publishedAt],
  ["the page's, where the feed has none", undefined, '2026-10-04T08:00:00Z', Date.UTC(2026, 9, 4, 8)],
  [
    "the page's, where the feed's cannot be true",
    Date.UTC(2036, 0, 1),
    '2026-10-04T08:00:00Z',
    Date.UTC(2026, 9, 4, 8),
  ],
  ['when it was first seen, where none can be true', 0, '2036-10-04T08:00:00Z', SEEN_AT],
])('the date is %s', (...row) => {
  const [, publishedAt, ofPage, expected] = row
  const { publishedAt: _given, ...bare } = ITEM
  const item = publishedAt === undefined ? bare : { ...bare, publishedAt }
  const page = pageOf(html(`<meta property="article:published_time" content="${ofPage}">`))
  expect(read({ item, page }).publishedAt).toBe(expected)
})

test("the author is the feed's before the page's, and the image http(s) only", () => {
  const page = pageOf(
    html('<meta name="author" content="Bo Tern"><meta property="og:image" content="data:image/png,x">'),
  )
  const article = read({ item: { ...ITEM, author: 'Cy\nFerry', image: 'https://herald.example/boat.jpg' }, page })
  expect(article).toMatchObject({ author: 'Cy Ferry', image: 'https://herald.example/boat.jpg' })
  expect(read({ item: { ...ITEM, image: 'javascript:x' } })).not.toHaveProperty('image')
  expect(read()).not.toHaveProperty('author')
})

test('a page is decoded by its own charset', () => {
  const latin = Buffer.from(
    html(
      '<meta charset="windows-1252">',
      PARAGRAPHS.map((text) => text.replaceAll('Pell', 'Péll')),
    ),
    'latin1',
  )
  expect(read({ page: { bytes: latin, url: 'https://herald.example/x' } }).text).toContain('Little Péll opened')
})

test('an endless text is cut at a paragraph', () => {
  const long = Array.from(
    { length: 4000 },
    (_, n) => `Paragraph ${n} tells that the harbour of Little Pell is open again, as it was on day ${n}.`,
  )
  const { text } = read({ page: pageOf(html('', long)) })
  expect(text.length).toBeLessThanOrEqual(200_000)
  expect(text.length).toBeGreaterThan(150_000)
  expect(text.endsWith('.')).toBe(true)
})
