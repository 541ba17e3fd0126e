import { describe, expect, test } from 'vitest'
import { ATOM, itemOf } from './feed-of.ts'

describe('the address of an item', () => {
  test.each([
    ['<link>https://a.example/?a=1&amp;b=2</link>', 'https://a.example/?a=1&b=2'],
    ['<link>\n https://A.example/x \n</link>', 'https://A.example/x'],
    ['<link>https://a.example/?a=1&amp;amp;b=2</link>', 'https://a.example/?a=1&b=2'],
    ['<link>/x?y#z</link>', 'https://feeds.example/x?y#z'],
    ['<link>www.a.example/x</link>', 'http://www.a.example/x'],
    ['<guid>https://a.example/g</guid>', 'https://a.example/g'],
    ['<guid isPermaLink="false">https://a.example/g</guid>', ''],
    ['<guid isPermaLink="true">https://a.example/g</guid><link>https://a.example/x</link>', 'https://a.example/x'],
    ['<link>javascript:alert(1)</link>', ''],
    ['<image><link>https://a.example/image</link></image><link>https://a.example/x</link>', 'https://a.example/x'],
    [
      '<x:link xmlns:x="urn:other">https://a.example/other</x:link><link>https://a.example/x</link>',
      'https://a.example/x',
    ],
    [
      '<feedburner:origLink>https://a.example/x</feedburner:origLink><link>https://proxy.example/~r/1</link>',
      'https://a.example/x',
    ],
  ])('RSS: %s', async (inner, url) => {
    expect((await itemOf(inner)).url).toBe(url)
  })

  test.each([
    ['<link rel="self" href="/self"/><link rel="alternate" type="text/html" href="/x"/>', 'https://feeds.example/x'],
    ['<link rel="enclosure" href="/e"/><link href="/x"/>', 'https://feeds.example/x'],
    ['<link rel="alternate" type="application/json" href="/j"/>', 'https://feeds.example/j'],
    ['<link>https://a.example/x</link>', 'https://a.example/x'],
    ['<id>https://a.example/x</id>', 'https://a.example/x'],
    ['<link rel="replies" href="/r"/><link rel="self" href="/s"/>', 'https://feeds.example/s'],
    ['<link xml:base="https://b.example/dir/" href="x"/>', 'https://b.example/dir/x'],
    ['<link xml:base="javascript:alert(1)" href="x"/>', 'https://feeds.example/path/x'],
  ])('Atom: %s', async (inner, url) => {
    expect((await itemOf(inner, ATOM)).url).toBe(url)
  })
})

describe('the picture of an item', () => {
  test.each([
    [
      '<media:content url="https://a.example/s.jpg" width="140"/><media:content url="https://a.example/l.jpg" width="460"/>',
      'https://a.example/l.jpg',
    ],
    [
      '<enclosure url="https://a.example/1.mp3" type="audio/mpeg"/><media:thumbnail url="/t.png"/>',
      'https://feeds.example/t.png',
    ],
    ['<enclosure url="https://a.example/p?id=1" type="image/png"/>', 'https://a.example/p?id=1'],
    ['<image><url>https://a.example/i.png</url></image>', 'https://a.example/i.png'],
    ['<itunes:image href="https://a.example/i.png"/>', 'https://a.example/i.png'],
    ['<media:thumbnail url="data:image/png;base64,AAAA"/>', undefined],
  ])('%s', async (inner, image) => {
    expect((await itemOf(inner)).image).toBe(image)
  })
})

describe('who wrote it', () => {
  test.each([
    ['<author>ann@a.example (Ann Example)</author>', 'Ann Example'],
    ['<author>Ann Example (ann@a.example)</author>', 'Ann Example'],
    ['<author>Ann Example &lt;ann@a.example&gt;</author>', 'Ann Example'],
    ['<author>ann@a.example</author>', 'ann@a.example'],
    ['<dc:creator><![CDATA[<a href="/ann">Ann Example</a>]]></dc:creator>', 'Ann Example'],
    ['<itunes:author>Ann &amp;amp; Bo</itunes:author>', 'Ann & Bo'],
    ['<author><name>Ann Example</name><email>ann@a.example</email></author>', 'Ann Example'],
    ['<author><email>ann@a.example</email></author>', 'ann@a.example'],
  ])('%s', async (inner, author) => {
    expect((await itemOf(inner)).author).toBe(author)
  })
})
