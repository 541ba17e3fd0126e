import { describe, expect, test } from 'vitest'
import { readArticle } from '../../src/core/article.ts'
import type { Article, FeedId, FeedSource } from '../../src/core/model.ts'
import { findQuotes } from '../../src/core/quotes.ts'

// Every person, account and outlet here is invented.

const SOURCE: FeedSource = {
  id: 'courier' as FeedId,
  url: 'https://courier.example/feed',
  title: 'Courier',
  outlet: 'Marlow Courier',
  kind: 'outlet',
}
const PLAIN =
  'The council of Marlow met on Monday to talk about the river, which has risen for a week, and about its walls. '
/** The quotes of an article whose middle holds this markup. */
function said(middle: string): readonly (readonly string[])[] {
  const article = articleOf(middle)
  for (const { text, start, end } of article.quotes) expect(article.text.slice(start, end)).toBe(text)
  return article.quotes.map(({ text, speaker, setting }) => [text, speaker?.name ?? '', setting ?? ''])
}

function articleOf(middle: string): Article {
  const html = `<html lang="en"><article><h1>River</h1>${`<p>${PLAIN}</p><p>${PLAIN} Still.</p>`}${middle}<p>${PLAIN} It ended at nine.</p></article></html>`
  const url = 'https://courier.example/river'
  const item = { title: 'River', url, guid: '', summary: '', content: '', author: '', categories: [], enclosures: [] }
  return readArticle({ page: { bytes: Buffer.from(html), url }, item, source: SOURCE, firstSeenAt: 1e12 })
}

const WORDS = 'We will not wait for the river, and it will not wait for us.'
const TWEET =
  '<a href="https://t.co/x">pic.twitter.com/x</a></p>&mdash; Ana Sol (@anasol) <a href="https://twitter.com/anasol/status/1">March 3, 2026</a></blockquote>'

describe('a block quotation', () => {
  test.each<[kind: string, middle: string, speaker: string]>([
    ['behind a colon', `<p>Mayor Ana Sol wrote to the council:</p><blockquote><p>${WORDS}</p></blockquote>`, 'Ana Sol'],
    [
      'behind a colon, of an organisation',
      `<p>The Lum River Authority said in a statement:</p><blockquote>${WORDS}</blockquote>`,
      'Lum River Authority',
    ],
    [
      'behind a colon, by a pronoun',
      `<p>Mary Sol left. She said:</p><blockquote><p>${WORDS}</p></blockquote>`,
      'Mary Sol',
    ],
    ['with a dash and a name', `<blockquote><p>${WORDS}</p><p>— Ana Sol</p></blockquote>`, 'Ana Sol'],
    [
      'with a dash, a name and an office',
      `<blockquote><p>${WORDS}</p><p>– Ana Sol, mayor of Lum</p></blockquote>`,
      'Ana Sol',
    ],
    ['with a footer', `<blockquote><p>${WORDS}</p><footer>— <cite>Ana Sol</cite></footer></blockquote>`, 'Ana Sol'],
    ['with a name alone', `<blockquote><p>${WORDS}</p><footer>Ana Sol</footer></blockquote>`, 'Ana Sol'],
    ['in a figure', `<figure><blockquote>${WORDS}</blockquote><figcaption>— Ana Sol</figcaption></figure>`, 'Ana Sol'],
  ])('%s', (_kind, middle, speaker) => {
    expect(said(middle)).toEqual([[WORDS, speaker, expect.any(String)]])
  })

  test('of several paragraphs is one voice’s', () => {
    const middle = `<p>Ana Sol wrote:</p><blockquote><p>${WORDS}</p><p>The walls are old.</p></blockquote>`
    expect(said(middle)).toEqual([
      [WORDS, 'Ana Sol', ''],
      ['The walls are old.', 'Ana Sol', ''],
    ])
  })

  test.each([
    ['that nobody is named for', `<blockquote><p>${WORDS}</p></blockquote>`],
    ['behind a full stop', `<p>Ana Sol wrote to the council.</p><blockquote><p>${WORDS}</p></blockquote>`],
    ['behind a colon that nobody speaks', `<p>These are the rules of Lum:</p><blockquote><p>${WORDS}</p></blockquote>`],
    ['that is a plain paragraph', `<p>Ana Sol wrote to the council:</p><p>${WORDS}</p>`],
  ])('%s is a paragraph like others', (_kind, middle) => {
    expect(said(middle)).toEqual([])
  })

  test('with marks of its own gives what they hold', () => {
    const middle = `<p>Ana Sol told the council:</p><blockquote><p>“${WORDS}”</p></blockquote>`
    expect(said(middle)).toEqual([[WORDS, 'Ana Sol', 'to the council']])
  })

  test('leaves what stands around it as it is', () => {
    const middle = `<p>“It rains,” Bo Marsh said.</p><blockquote><p>${WORDS}</p></blockquote><p>“We go,” Ana Sol said.</p>`
    expect(said(middle).map(([, speaker]) => speaker)).toEqual(['Bo Marsh', 'Ana Sol'])
  })
})

describe('a post that is shown in the article', () => {
  test.each<[kind: string, middle: string, said: readonly [text: string, speaker: string]]>([
    ['of a person', `<blockquote class="twitter-tweet"><p lang="en" dir="ltr">${WORDS} ${TWEET}`, [WORDS, 'Ana Sol']],
    [
      'of a ministry',
      `<blockquote class="twitter-tweet"><p>${WORDS}</p>— Lum Ministry of Ferries ⛴️ (@LumFerries) <a href="/x">March 3, 2026</a></blockquote>`,
      [WORDS, 'Lum Ministry of Ferries ⛴️'],
    ],
    [
      'with marks in it',
      `<blockquote class="twitter-tweet"><p>They said “no” to the walls of Lum. ${TWEET}`,
      ['They said “no” to the walls of Lum.', 'Ana Sol'],
    ],
    [
      'of another network',
      `<blockquote class="bluesky-embed"><p lang="en">${WORDS}<br><br><a href="/p">[image or embed]</a></p>&mdash; Ana Sol (<a href="/a">@ana.sky.example</a>) <a href="/p">March 3, 2026</a></blockquote>`,
      [WORDS, 'Ana Sol'],
    ],
  ])('%s is its author’s, and has its own date', (_kind, middle, quote) => {
    expect(said(middle)).toEqual([[...quote, 'March 3, 2026']])
  })
})

test('An article’s summary passes nobody’s post for the paper’s words', () => {
  const middle = `<blockquote class="twitter-tweet"><p>${WORDS} ${TWEET}`
  expect(articleOf(middle).text).toContain(WORDS)
  expect(articleOf(middle).summary).not.toContain(WORDS)
  expect(articleOf(`<p>${WORDS}</p>`).summary).toContain(WORDS)
})

test('A post in the feed’s own words is its author’s as well', () => {
  const url = 'https://courier.example/river'
  const content = `<p>${PLAIN}</p><blockquote class="twitter-tweet"><p>${WORDS} ${TWEET}`
  const item = { title: 'River', url, guid: '', summary: '', content, author: '', categories: [], enclosures: [] }
  const { from, quotes } = readArticle({ item, source: SOURCE, firstSeenAt: 1e12 })
  expect([from, quotes.map(({ text, speaker }) => [text, speaker?.name])]).toEqual(['feed', [[WORDS, 'Ana Sol']]])
})

test('Paragraphs that are called quotations and are not there change nothing', () => {
  expect(findQuotes('“It rains,” Bo Marsh said.', ['Something else.']).map(({ text }) => text)).toEqual(['It rains'])
})
