import { expect, test } from 'vitest'
import { LISTED_MAX, readOpml, writeOpml } from '../../src/core/opml.ts'
import { cpuMs } from '../fakes/cpu.ts'

const OUTLINES = `<?xml version="1.0"?>
<opml version="1.1"><head><title>Harbours &amp; ferries</title></head><body>
  <outline text="Coast"><outline text="Ferries">
    <outline text="Skerry Post" title="The Skerry Post" type="rss" xmlUrl="https://skerry.example/feed?a=1&amp;b=2" htmlUrl="https://skerry.example/"/>
  </outline>
  <outline text="Quay Herald" xmlUrl="https://quay.example/rss"></outline></outline>
  <outline text="Skerry again" xmlUrl="https://skerry.example/feed?a=1&amp;b=2"/>
  <outline text="No feed" htmlUrl="https://none.example/"/>
  <outline xmlUrl="javascript:alert(1)"/>
</body></opml>`

test('reads outlines at any depth, with their folders; an address twice is one', () => {
  expect(readOpml(OUTLINES)).toEqual({
    kind: 'list',
    title: 'Harbours & ferries',
    more: 0,
    feeds: [
      { url: 'https://skerry.example/feed?a=1&b=2', title: 'The Skerry Post', folder: ['Coast', 'Ferries'] },
      { url: 'https://quay.example/rss', title: 'Quay Herald', folder: ['Coast'] },
      { url: 'javascript:alert(1)', title: '', folder: [] }, // said to be no address when it is tried
    ],
  })
})

test.each([
  ['attributes in any case', '<opml><outline XMLURL="https://a.example/f" TEXT="A"/></opml>', 1],
  ['a list that is cut off', '<opml><body><outline xmlUrl="https://a.example/f"/><outline xmlUrl="htt', 1],
  [
    'outlines that are never closed',
    `<opml>${'<outline text="x">'.repeat(50)}<outline xmlUrl="https://a.example"/>`,
    1,
  ],
  ['an empty list', '<opml><body/></opml>', 0],
  [
    'entities of its own, left as they are',
    '<!DOCTYPE opml [<!ENTITY x "y">]><opml><outline xmlUrl="https://a.example/&x;"/></opml>',
    1,
  ],
  [
    'lines of addresses',
    'Skerry Post https://a.example/feed\n# https://no.example\nfeed:https://b.example/rss\nwords\n',
    2,
  ],
])('reads %s', (_, text, count) => {
  const reading = readOpml(text)
  expect(reading.kind === 'list' && reading.feeds.length).toBe(count)
})

test.each([
  ['a page', '<html><body>outline</body></html>'],
  ['words', 'There is nothing here.'],
  ['nothing', ''],
])('says that %s is no list', (_, text) => {
  expect(readOpml(text)).toEqual({ kind: 'no list' })
})

test('counts what is beyond the most', () => {
  const many = Array.from({ length: LISTED_MAX + 7 }, (_, n) => `<outline xmlUrl="https://a.example/${n}"/>`)
  const reading = readOpml(`<opml>${many.join('')}</opml>`)
  expect(reading).toMatchObject({ kind: 'list', more: 7 })
})

test.each([['<outline '], ['<outline text="a">'], ['&amp;'], ['<opml'], ['xmlUrl="'], ['<!DOCTYPE x [']])(
  'a megabyte of %j is read in no time to speak of',
  (piece) => {
    const began = cpuMs()
    readOpml(`<opml>${piece.repeat(1_000_000 / piece.length)}`)
    expect(cpuMs() - began).toBeLessThan(2_000)
  },
)

test('what is written is read again, whatever stands in a name', () => {
  const feeds = [
    { url: 'https://a.example/?x=1&y="2"', title: 'Fish & <Ships> "daily"\u0007', language: 'en', category: 'outlet' },
    { url: 'https://b.example/', title: 'Поромний вісник' },
  ]
  const text = writeOpml(feeds, { title: 'Pullquote', madeAt: Date.UTC(2026, 10, 25) })
  expect(text).toContain('<dateCreated>Wed, 25 Nov 2026 00:00:00 GMT</dateCreated>')
  expect(readOpml(text)).toEqual({
    kind: 'list',
    title: 'Pullquote',
    more: 0,
    feeds: [
      { url: 'https://a.example/?x=1&y="2"', title: 'Fish & <Ships> "daily"', folder: [] },
      { url: 'https://b.example/', title: 'Поромний вісник', folder: [] },
    ],
  })
})
