import { describe, expect, test } from 'vitest'
import { ATOM, feedOf, itemOf, read } from './feed-of.ts'

const ATOM_03 = '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>|</entry></feed>'
const RDF =
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">|</rdf:RDF>'
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'

describe('Atom’s texts in all their forms', () => {
  test.each([
    [
      '1.0, no type: as it stands, for many mean HTML',
      '<content>A &lt;b&gt;word&lt;/b&gt;</content>',
      'A <b>word</b>',
      ATOM,
    ],
    [
      '1.0, html',
      '<content type="html">A &lt;b&gt;word&lt;/b&gt; &amp;amp; more</content>',
      'A <b>word</b> &amp; more',
      ATOM,
    ],
    ['1.0, html in CDATA', '<content type="html"><![CDATA[A <b>word</b>]]></content>', 'A <b>word</b>', ATOM],
    [
      '1.0, xhtml',
      `<content type="xhtml">${DIV}A <b>word</b>, <i>in</i> order</div></content>`,
      'A <b>word</b>, <i>in</i> order',
      ATOM,
    ],
    [
      '1.0, xhtml under a prefix',
      '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml">A <h:b>word</h:b></h:div></content>',
      'A <b>word</b>',
      ATOM,
    ],
    ['1.0, a media type of text', '<content type="text/plain">a &lt; b</content>', 'a &lt; b', ATOM],
    [
      '1.0, base64 of text',
      '<content type="application/octet-stream">QSA8Yj53b3JkPC9iPg==</content>',
      'A <b>word</b>',
      ATOM,
    ],
    [
      '0.3, escaped',
      '<content type="text/html" mode="escaped">A &lt;b&gt;word&lt;/b&gt;</content>',
      'A <b>word</b>',
      ATOM_03,
    ],
    [
      '0.3, xml',
      `<content type="application/xhtml+xml" mode="xml">${DIV}A <b>word</b></div></content>`,
      'A <b>word</b>',
      ATOM_03,
    ],
    ['0.3, base64', '<content type="text/html" mode="base64">QSA8Yj53b3JkPC9iPg==</content>', 'A <b>word</b>', ATOM_03],
  ])('%s', async (...[, inner, content, root]) => {
    const item = await itemOf(inner, root)
    expect(item.content.replace(/^<div>|<\/div>$/g, '')).toBe(content)
  })

  test.each([
    ['1.0', '<published>2026-10-01T10:00:00Z</published><updated>2026-10-02T10:00:00Z</updated>', ATOM],
    ['0.3', '<issued>2026-10-01T10:00:00Z</issued><modified>2026-10-02T10:00:00Z</modified>', ATOM_03],
    ['0.3 with created', '<created>2026-10-01T10:00:00Z</created><modified>2026-10-02T10:00:00Z</modified>', ATOM_03],
  ])('%s has two dates', async (_, inner, root) => {
    const { publishedAt, updatedAt } = await itemOf(inner, root)
    expect([publishedAt, updatedAt]).toEqual([Date.UTC(2026, 9, 1, 10), Date.UTC(2026, 9, 2, 10)])
  })

  test('a text that stands elsewhere gives its address', async () => {
    expect((await itemOf('<content type="video/mp4" src="/v.mp4"/>', ATOM)).url).toBe('https://feeds.example/v.mp4')
  })

  test('what the source of an aggregated entry says is not the entry’s', async () => {
    const source =
      '<source><title>Elsewhere</title><id>urn:e</id><link href="/e"/><updated>2020-01-01</updated></source>'
    const item = await itemOf(`${source}<title>Own</title><id>urn:own</id><link href="/own"/>`, ATOM)
    expect(item).toMatchObject({ title: 'Own', guid: 'urn:own', url: 'https://feeds.example/own' })
    expect(item.updatedAt).toBeUndefined()
  })

  test('an entry alone is a document too', async () => {
    const entry = '<a:entry xmlns:a="http://www.w3.org/2005/Atom"><a:title>Alone</a:title></a:entry>'
    expect((await feedOf(`<?xml version="1.0"?>\n<!-- x -->${entry}`)).items.map(({ title }) => title)).toEqual([
      'Alone',
    ])
    expect(await read('<dictionary><entry><title>Word</title></entry></dictionary>')).toEqual({
      kind: 'refused',
      reason: 'not a feed',
    })
  })
})

describe('RDF and RSS 1.0', () => {
  test.each([
    [
      'items beside the channel',
      RDF,
      '<channel><title>F</title><items><rdf:Seq><rdf:li rdf:resource="/1"/></rdf:Seq></items></channel><item rdf:about="urn:1"><title>One</title></item>',
    ],
    [
      'items inside the channel',
      RDF,
      '<channel><title>F</title><item rdf:about="urn:1"><title>One</title></item></channel>',
    ],
    [
      'an item with about and no prefix',
      RDF,
      '<channel><title>F</title></channel><item about="urn:1"><title>One</title></item>',
    ],
    [
      'a root without prefix or address',
      '<rdf>|</rdf>',
      '<channel><title>F</title></channel><item rdf:about="urn:1"><title>One</title></item>',
    ],
    [
      'RSS 0.9',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">|</rdf:RDF>',
      '<channel><title>F</title></channel><item><title>One</title><guid>urn:1</guid></item>',
    ],
    [
      'RSS 1.1',
      '<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">|</Channel>',
      '<title>F</title><items rdf:parseType="Collection"><item rdf:about="urn:1"><title>One</title></item></items>',
    ],
  ])('%s', async (_, root, inner) => {
    const feed = await feedOf(root.replace('|', inner))
    expect([feed.title, feed.items.map(({ title, guid }) => [title, guid])]).toEqual(['F', [['One', 'urn:1']]])
  })
})

describe('Media RSS, iTunes and enclosures', () => {
  const one = (url: string, type = '', length = '') => ({ url: `https://feeds.example${url}`, type, length })
  test.each([
    [
      'several enclosures',
      '<enclosure url="/1.mp3" type="audio/mpeg" length="5"/><enclosure url="/2.mp4" type="video/mp4" length="6"/>',
      [one('/1.mp3', 'audio/mpeg', '5'), one('/2.mp4', 'video/mp4', '6')],
    ],
    [
      'a medium for a type, a file’s size',
      '<media:content url="/v" medium="video" fileSize="9"/>',
      [one('/v', 'video/*', '9')],
    ],
    [
      'a group',
      '<media:group><media:content url="/a.mp4" type="video/mp4"/><media:content url="/b.webm" type="video/webm"/></media:group>',
      [one('/a.mp4', 'video/mp4'), one('/b.webm', 'video/webm')],
    ],
    [
      'an enclosure without an address',
      '<enclosure type="audio/mpeg" length="5"/><enclosure url="ftp://a.example/1"/>',
      [],
    ],
    [
      'fields inside a content',
      '<media:content url="/a.jpg" type="image/jpeg"><media:title>No</media:title></media:content>',
      [one('/a.jpg', 'image/jpeg')],
    ],
  ])('%s', async (_, inner, enclosures) => {
    expect((await itemOf(`<title>T</title>${inner}`)).enclosures).toEqual(enclosures)
  })

  test('Atom’s enclosures are links', async () => {
    const item = await itemOf(
      '<link rel="enclosure" href="/1.mp3" type="audio/mpeg" length="5"/><link href="/x"/>',
      ATOM,
    )
    expect([item.url, item.enclosures]).toEqual(['https://feeds.example/x', [one('/1.mp3', 'audio/mpeg', '5')]])
  })

  test.each([
    ['<itunes:summary>Long</itunes:summary>', { summary: 'Long' }],
    ['<description>Own</description><itunes:summary>Own</itunes:summary>', { summary: 'Own', content: '' }],
    [
      '<itunes:author>Ann</itunes:author><itunes:keywords>sea, coast</itunes:keywords>',
      { author: 'Ann', categories: ['sea', 'coast'] },
    ],
    [
      '<media:group><media:title>T</media:title><media:description>D</media:description><media:thumbnail url="/t.jpg"/></media:group>',
      { title: 'T', summary: 'D', image: 'https://feeds.example/t.jpg' },
    ],
    ['<media:keywords>a, b</media:keywords><category>c</category>', { categories: ['c', 'a', 'b'] }],
  ])('%s', async (inner, parts) => {
    expect(await itemOf(inner)).toMatchObject(parts)
  })
})
