import { expect, test } from 'vitest'
import { elsewhereOf, withWordsOf } from '../../src/core/article/elsewhere.ts'
import { readArticle } from '../../src/core/article.ts'
import type { FeedId, FeedSource, Item } from '../../src/core/model.ts'

const SOURCE: FeedSource = {
  id: 'herald' as FeedId,
  url: 'https://herald.example/feed',
  title: 'Dry Dock Herald',
  outlet: 'Dry Dock Herald',
  kind: 'outlet',
}
const ITEM: Item = {
  title: 'Little Pell opens its harbour again',
  url: 'https://herald.example/harbour',
  guid: '17',
  summary: 'The harbour of Little Pell is open again.',
  content: '',
  author: '',
  categories: [],
  enclosures: [],
}
const WORDS = 'The harbour of Little Pell opened again on Monday after a winter of repairs, its keeper Ada Quill said. '

function readOf(html: string, more: Partial<Item> = {}, url = ITEM.url) {
  const job = { page: { bytes: Buffer.from(html), url }, item: { ...ITEM, ...more }, source: SOURCE, firstSeenAt: 1e12 }
  const article = readArticle(job)
  return { article, elsewhere: elsewhereOf(job, article) }
}
const pageOf = (head: string, text = '') => `<html><head>${head}</head><body><div id="app">${text}</div></body></html>`
const AMP = '<link rel="amphtml" href="/amp/harbour">'
const PRINT = '<link rel="alternate" media="print" href="/harbour?print=1">'

test.each<[kind: string, html: string, address: string | undefined]>([
  ['an AMP variant', pageOf(AMP), 'https://herald.example/amp/harbour'],
  [
    'one on its host for phones',
    pageOf('<link rel=amphtml href="https://amp.herald.example/h">'),
    'https://amp.herald.example/h',
  ],
  ['a page for printing', pageOf(PRINT), 'https://herald.example/harbour?print=1'],
  ['a page for printing, as it was once written', pageOf('<LINK REL="print" HREF="/p">'), 'https://herald.example/p'],
  ['both: AMP is the likelier to be whole', pageOf(PRINT + AMP), 'https://herald.example/amp/harbour'],
  [
    'AMP of another site, and one for printing',
    pageOf(`<link rel="amphtml" href="https://cdn.example/x">${PRINT}`),
    'https://herald.example/harbour?print=1',
  ],
  ['another site', pageOf('<link rel="amphtml" href="https://cdn.example/herald/harbour">'), undefined],
  ['an address inside', pageOf('<link rel="amphtml" href="http://169.254.169.254/latest">'), undefined],
  ['a script', pageOf('<link rel="amphtml" href="javascript:alert(1)">'), undefined],
  ['itself', pageOf('<link rel="amphtml" href="https://herald.example/harbour#amp">'), undefined],
  ['a style sheet for printing', pageOf('<link rel="stylesheet" media="print" href="/print.css">'), undefined],
  ['nothing', pageOf(''), undefined],
  ['the AMP variant, though the text is all there', pageOf(AMP, `<p>${WORDS.repeat(3)}</p>`), undefined],
  ['the AMP variant, beside one line of text', pageOf(AMP, `<p>${WORDS}</p>`), 'https://herald.example/amp/harbour'],
  ['half a tag', '<p>Little.</p><link rel="amphtml" href="', undefined],
])('a page that names %s', (_kind, html, address) => {
  expect(readOf(html).elsewhere).toBe(address)
})

test('a feed with the whole text needs no other page', () => {
  expect(readOf(pageOf(AMP), { content: `<p>${WORDS.repeat(12)}</p>` }).elsewhere).toBeUndefined()
})

test('the other page gives its words, and nothing else where the first has it', () => {
  const { article } = readOf(pageOf(AMP))
  const other = readOf(
    `<html><head><meta name="author" content="Bo Tern"><title>AMP</title></head><body><p>${WORDS.repeat(6)}</p></body></html>`,
    { summary: '' },
    'https://herald.example/amp/harbour',
  ).article
  const both = withWordsOf(article, other)
  expect(both).toMatchObject({ id: article.id, url: ITEM.url, title: ITEM.title, author: 'Bo Tern', from: 'page' })
  expect(both.text).toBe(other.text)
  expect(withWordsOf(other, article)).toBe(other)
  const nearly = [{ sentence: WORDS.trim(), insteadOf: 1, at: 1 }]
  expect(withWordsOf(article, { ...other, nearly }).nearly).toEqual(nearly)
  const { nearly: _none, ...plain } = other
  expect(withWordsOf({ ...article, nearly }, plain)).not.toHaveProperty('nearly')
})
