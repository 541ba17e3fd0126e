import { describe, expect, test } from 'vitest'
import { feedOf, itemOf } from './feed-of.ts'

describe('relative links', () => {
  const XML_BASE = 'https://b.example/dir/'
  test.each([
    [
      'the feed’s own address',
      '<rss><channel><item><link>x</link></item></channel></rss>',
      'https://feeds.example/path/x',
    ],
    [
      'an address without scheme',
      '<rss><channel><item><link>//c.example/x</link></item></channel></rss>',
      'https://c.example/x',
    ],
    [
      'xml:base of the root',
      `<feed xml:base="${XML_BASE}"><entry><link href="x"/></entry></feed>`,
      'https://b.example/dir/x',
    ],
    [
      'xml:base within xml:base',
      `<feed xml:base="${XML_BASE}"><entry xml:base="sub/"><link href="x"/></entry></feed>`,
      'https://b.example/dir/sub/x',
    ],
    [
      'xml:base of a neighbour',
      `<feed><entry><title xml:base="${XML_BASE}">T</title><link href="x"/></entry></feed>`,
      'https://feeds.example/path/x',
    ],
    [
      'xml:base that is no web address',
      '<feed xml:base="file:///etc/"><entry><link href="x"/></entry></feed>',
      'https://feeds.example/path/x',
    ],
    ['an empty xml:base', '<feed xml:base=""><entry><link href="x"/></entry></feed>', 'https://feeds.example/path/x'],
    [
      'xml:base of a foreign element',
      `<feed><entry><y:z xmlns:y="urn:y" xml:base="${XML_BASE}"/><link href="x"/></entry></feed>`,
      'https://feeds.example/path/x',
    ],
  ])('stand on %s', async (_, text, url) => {
    expect((await feedOf(text)).items[0]?.url).toBe(url)
  })

  test('in a title stand on the same, and lead where nothing else does', async () => {
    const title = '<title>Seen at &lt;a href="x?a=1&amp;amp;b=2"&gt;the pier&lt;/a&gt;</title>'
    const [only, both] = [await itemOf(title), await itemOf(`${title}<link>/own</link>`)]
    expect(only).toMatchObject({
      title: 'Seen at the pier',
      titleHtml: 'Seen at <a href="https://feeds.example/path/x?a=1&amp;b=2">the pier</a>',
      url: 'https://feeds.example/path/x?a=1&b=2',
    })
    expect(both.url).toBe('https://feeds.example/own')
  })

  test.each([
    '<title>How to use &lt;b&gt;bold&lt;/b&gt;</title>',
    `<title>&lt;a href="/x"&gt;${'long '.repeat(300)}&lt;/a&gt;</title>`,
    '<title>&lt;a name="x"&gt;anchor&lt;/a&gt;</title>',
  ])('lead nowhere in %.60s', async (title) => {
    expect((await itemOf(title)).url).toBe('')
  })
})

describe('namespaces', () => {
  test.each([
    [
      'a prefix of the document’s own',
      '<d:creator xmlns:d="http://purl.org/dc/elements/1.1/">Ann</d:creator>',
      { author: 'Ann' },
    ],
    [
      'an address in other case, without its last mark',
      '<d:creator xmlns:d="HTTP://purl.org/DC/elements/1.1">Ann</d:creator>',
      { author: 'Ann' },
    ],
    ['a known prefix for something else', '<dc:creator xmlns:dc="urn:other">Ann</dc:creator>', { author: '' }],
    ['a foreign title beside ours', '<f:title xmlns:f="urn:f">No</f:title><title>Yes</title>', { title: 'Yes' }],
    [
      'ours inside a foreign element',
      '<f:x xmlns:f="urn:f"><title>No</title></f:x><title>Yes</title>',
      { title: 'Yes' },
    ],
    [
      'Atom’s elements in RSS',
      '<a:updated xmlns:a="http://www.w3.org/2005/Atom">2026-10-01</a:updated>',
      { updatedAt: Date.UTC(2026, 9, 1) },
    ],
    [
      'an item in a foreign element of an item',
      '<f:was xmlns:f="urn:f"><item><title>No</title></item></f:was><title>Yes</title>',
      { title: 'Yes' },
    ],
    [
      'an item of nothing in an item',
      '<title>Yes</title><item/><link>https://a.example/</link>',
      { url: 'https://a.example/' },
    ],
  ])('%s', async (_, inner, parts) => {
    const { items } = await feedOf(`<rss><channel><item>${inner}</item></channel></rss>`)
    expect(items.length).toBe(1)
    expect(items[0]).toMatchObject(parts)
  })
})
