import { readdirSync, readFileSync } from 'node:fs'
import { parseFeed } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { ATOM, feedOf, itemOf, read } from './feed-of.ts'

const golden = new URL('../golden/feeds/', import.meta.url)
const fixtures = readdirSync(golden).filter((name) => !name.endsWith('.expected.json'))

test.each(fixtures)('%s is read as its golden pair says', async (name) => {
  const { marks: _marks, ...feed } = await feedOf(readFileSync(new URL(name, golden)))
  const expected = new URL(`${name}.expected.json`, golden).pathname
  await expect(`${JSON.stringify(feed, null, 2)}\n`).toMatchFileSnapshot(expected)
})

type Other = {
  title?: unknown
  link?: string
  links?: { href?: string; rel?: string; type?: string }[]
  guid?: { value?: string }
  id?: unknown
  url?: string
} & Partial<Record<(typeof DATES)[number], string>>
/** The first that an item has is when it was published. */
const DATES = ['pubDate', 'published', 'date_published', 'updated'] as const
const textIn = (value: unknown) =>
  String((value as { value?: string } | undefined)?.value ?? value ?? '').replace(/<[^>]*>/g, '')

test.each(fixtures.filter((name) => name !== 'broken.xml'))(
  'another reader finds the same items, titles and dates in %s',
  async (name) => {
    const text = readFileSync(new URL(name, golden), 'utf8')
      .replace(/<!DOCTYPE[^>]*>\s*\]>/, '')
      .replaceAll('&org;', 'Saltmarsh Society')
    const [ours, theirs] = [await feedOf(text), parseFeed(text).feed as { items?: Other[]; entries?: Other[] }]
    const others = theirs.items ?? theirs.entries ?? []
    expect(ours.items.length).toBe(others.length)
    for (const [n, other] of others.entries()) {
      const item = ours.items[n]
      const link =
        other.link ??
        other.url ??
        other.links?.find(({ rel, type }) => (rel ?? 'alternate') === 'alternate' && type !== 'application/json')?.href
      const guid = other.guid?.value ?? other.id
      if (link) expect(item?.url.endsWith(link)).toBe(true)
      if (guid) expect(item?.guid).toBe(String(guid))
      const plain = (title: string) =>
        title.replaceAll('&amp;', '&').replaceAll('&#8217;', '’').replaceAll('&ndash;', '–')
      expect(item?.title).toBe(plain(textIn(other.title)))
      const date = DATES.map((name) => other[name]).find((one) => one !== undefined)
      const at = Date.parse(date ?? '')
      if (!Number.isNaN(at)) expect(item?.publishedAt).toBe(at)
    }
  },
)

describe('refusals name what came instead of a feed', () => {
  test.each([
    ['', 'empty'],
    [' \n\t ', 'empty'],
    ['<!doctype html><html><head><title>News</title></head><body><rss/></body></html>', 'html page'],
    [
      '<html><head><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x.js"></script>',
      'challenge page',
    ],
    ['<html><head><title>News</title><script src="/cdn-cgi/challenge-platform/x.js"></script>', 'html page'],
    ['<opml version="2.0"><body/></opml>', 'not a feed'],
    ['<urlset><url/></urlset>', 'not a feed'],
    ['plain words', 'not a feed'],
    ['<!doctype html><meta charset=utf-8><title>News</title><p>Hello', 'html page'],
    ['{"error":"not found"}', 'not a feed'],
    ['{"items": 3}', 'not a feed'],
    ['{', 'not a feed'],
    [`<rss><channel><item><description>${'<b>'.repeat(500)}`, 'too deep'],
  ])('%j', async (text, reason) => {
    expect(await read(text)).toEqual({ kind: 'refused', reason })
  })

  test('a feed labelled as a page is a feed all the same', async () => {
    expect((await read('<rss><channel><title>F</title></channel></rss>', 'text/html')).kind).toBe('read')
  })
})

describe('titles are plain text on one line', () => {
  test.each([
    ['<title>AT&amp;T &amp;amp; R&amp;D</title>', 'AT&T & R&D'],
    ['<title>Said &lt;em&gt;again&lt;/em&gt;\n  and again</title>', 'Said again and again'],
    ['<title><![CDATA[Don&#8217;t]]></title>', 'Don’t'],
    ['<title>a &lt; b &lt;vote&gt;</title>', 'a < b <vote>'],
    ['<title>don&#146;t</title>', 'don’t'],
    ['<title>How to use &lt;div&gt;</title>', 'How to use <div>'],
    ['<title>One&lt;br&gt;two</title>', 'One two'],
    ['<title>Inline <b>markup</b>, <br>naked</title>', 'Inline markup, naked'],
    ['<title/><media:title>Only here</media:title>', 'Only here'],
  ])('%s', async (inner, title) => {
    expect((await itemOf(inner)).title).toBe(title)
  })

  test.each([
    ['<title type="text">Use &lt;b&gt; for bold</title>', 'Use <b> for bold'],
    ['<title type="html">Use &amp;lt;b&amp;gt;</title>', 'Use <b>'],
    ['<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Q&amp;A <i>now</i></div></title>', 'Q&A now'],
    ['<title mode="base64">U2FpZCA8Yj5ub3c8L2I+</title>', 'Said now'],
  ])('Atom: %s', async (inner, title) => {
    expect((await itemOf(inner, ATOM)).title).toBe(title)
  })
})

describe('summaries and contents', () => {
  test.each([
    [
      'relative links are made absolute',
      '<description>&lt;a href="x?a=1&amp;amp;b=2"&gt;y&lt;/a&gt;</description>',
      '<a href="https://feeds.example/path/x?a=1&amp;b=2">y</a>',
    ],
    [
      'links that run something are emptied',
      '<description>&lt;a href="java&amp;#10;script:x()"&gt;y&lt;/a&gt;</description>',
      '<a href="">y</a>',
    ],
    ['scripts are left out', '<description>a&lt;script&gt;alert("&lt;/b&gt;")&lt;/script&gt;b</description>', 'ab'],
    ['naked markup is kept in order', '<description>a <b>c</b> d &amp; e</description>', 'a <b>c</b> d &amp; e'],
    [
      'absolute ones stay as they are',
      "<description><![CDATA[<a href='https://a.example/?a=1&b=2'>y</a>]]></description>",
      "<a href='https://a.example/?a=1&b=2'>y</a>",
    ],
    ['paragraphs need no end', `<description>${'<p>x'.repeat(500)}</description>`, '<p>x</p>'.repeat(500)],
    ['a short content is its own summary', '<content:encoded>Short</content:encoded>', 'Short'],
  ])('%s', async (...[, inner, summary]) => {
    expect((await itemOf(inner)).summary).toBe(summary)
  })

  test('an item with two descriptions gives the second as its content', async () => {
    const item = await itemOf('<description>Short</description><itunes:summary>Long and whole</itunes:summary>')
    expect([item.summary, item.content]).toEqual(['Short', 'Long and whole'])
  })

  test('Atom’s plain text comes as HTML that says the same', async () => {
    expect((await itemOf('<summary type="text">3 &lt; 4</summary>', ATOM)).summary).toBe('3 &lt; 4')
  })

  test('a field over its limit is cut, not refused', async () => {
    for (const piece of ['word ', '<b>x</b>']) {
      const item = await itemOf(`<title>T</title><description>${piece.repeat(100_000)}</description>`)
      expect(item.title).toBe('T')
      expect(item.summary.length).toBeGreaterThan(200_000)
      expect(item.summary.length).toBeLessThan(300_010)
    }
  })
})

test('base64 that is no text is left out', async () => {
  expect((await itemOf('<content type="image/png">iVBORw0KGgo=</content>', ATOM)).content).toBe('')
})

test.each([
  ['an invented namespace', '<feed xmlns="urn:own"><entry><title>One</title></entry></feed>'],
  [
    'an invented prefix',
    '<r:rss xmlns:r="urn:own"><r:channel><r:item><r:title>One</r:title></r:item></r:channel></r:rss>',
  ],
  [
    'RSS 1.0 under a prefix',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://purl.org/rss/1.0/"><s:item><s:title>One</s:title><title xmlns="urn:x">no</title></s:item></rdf:RDF>',
  ],
  ['CDF in capitals', '<CHANNEL HREF="https://a.example/"><ITEM><TITLE>One</TITLE></ITEM></CHANNEL>'],
  ['no channel', '<rss><item><title>One</title></item></rss>'],
])('a feed of %s is read', async (...[, text]) => {
  expect((await feedOf(text)).items.map(({ title }) => title)).toEqual(['One'])
})

describe('damage', () => {
  test.each([
    ['a prefix nobody declared', '<dc:creator>Ann Example</dc:creator>', { author: 'Ann Example' }],
    [
      'an end tag in other case',
      '<title>One</Title><link>https://a.example/1</link>',
      { title: 'One', url: 'https://a.example/1' },
    ],
    ['a forgotten end tag', '<title>One<link>https://a.example/1</link>', { title: 'One', url: 'https://a.example/1' }],
    [
      'bare ampersands',
      '<title>R&D & more</title><link>https://a.example/?a=1&b=2</link>',
      { title: 'R&D & more', url: 'https://a.example/?a=1&b=2' },
    ],
    ['a < that opens nothing', '<title>a < b <c and d</title>', { title: 'a < b <c and d' }],
    ['HTML’s entities', '<title>caf&eacute;&nbsp;&hellip;</title>', { title: 'café …' }],
    ['a bad date', '<pubDate>yesterday</pubDate><title>One</title>', { title: 'One' }],
    [
      'an attribute without quotes',
      '<enclosure url=https://a.example/1.mp3 type=audio/mpeg length=5 />',
      { enclosures: [{ url: 'https://a.example/1.mp3', type: 'audio/mpeg', length: '5' }] },
    ],
    ['a NUL in a word', '<title>O\u0000ne</title>', { title: 'One' }],
  ])('%s', async (...[, inner, parts]) => {
    expect(await itemOf(inner)).toMatchObject(parts)
  })

  test('a bad date is no date', async () => {
    expect((await itemOf('<pubDate>yesterday</pubDate>')).publishedAt).toBeUndefined()
  })

  test('an item that the document was cut in is left out, unless it is all there is', async () => {
    const cut = '<rss><channel><item><title>One</title></item><item><title>Two</title><link>https://a.example/tw'
    expect((await feedOf(cut)).items.map(({ title }) => title)).toEqual(['One'])
    expect((await feedOf('<rss><channel><item><title>One</title><link>https://a.ex')).items).toMatchObject([
      { title: 'One', url: '' },
    ])
  })

  test('words before and after the feed do no harm', async () => {
    const channel = '<rss><channel><link>https://a.example/</link></channel></rss>'
    const feed = await feedOf(
      `<b>Notice</b>: line 3\n<?xml version="1.0"?>${channel}<script>x()</script><title>no</title>`,
    )
    expect([feed.link, feed.title]).toEqual(['https://a.example/', ''])
  })

  test('entities of the DOCTYPE are read when they are plain, and left alone when they are not', async () => {
    const declared = '<!ENTITY a "plain"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd"><!ENTITY % d "x">'
    const doctype = `<!DOCTYPE rss [${declared}<!ENTITY e 'last'>]>`
    const feed = await feedOf(`${doctype}<rss><channel><title>&a; &b; &c; %d; &e;</title></channel></rss>`)
    expect(feed.title).toBe('plain &b; &c; %d; last')
  })

  test('an item of countless fields keeps the first 500', async () => {
    const item = await itemOf(
      `<title>T</title>${'<media:content url="/x.jpg"/>'.repeat(600)}<link>https://a.example/1</link>`,
    )
    expect([item.title, item.url]).toEqual(['T', ''])
  })

  test('at most 5,000 items are read', async () => {
    const feed = await feedOf(`<rss><channel>${'<item><title>x</title></item>'.repeat(6_000)}</channel></rss>`)
    expect(feed.items.length).toBe(5_000)
  })
})
