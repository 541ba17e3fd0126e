import { expect, test } from 'vitest'
import { cleanLink, itemAliases, itemKey, textHash } from '../../src/core/identity.ts'
import type { Item } from '../../src/core/model.ts'

const item = (parts: Partial<Item>): Item => ({
  title: '',
  url: '',
  guid: '',
  summary: '',
  content: '',
  author: '',
  categories: [],
  enclosures: [],
  ...parts,
})
const at = Date.UTC(2026, 9, 5, 10)
const TITLE = 'Harbour council delays the bridge vote'

test.each([
  [
    'the guid counts alone',
    { guid: 'a', url: 'https://a.example/1' },
    { guid: 'a', url: 'https://b.example/2', title: 'Other' },
    true,
  ],
  ['a guid is opaque', { guid: 'https://a.example/1' }, { guid: 'https://a.example/1?utm_source=x' }, false],
  ['a guid in other case is another', { guid: 'A1' }, { guid: 'a1' }, false],
  [
    'without guid the clean link counts',
    { url: 'https://a.example/1?utm_medium=rss' },
    { url: 'https://a.example/1#top', title: 'x' },
    true,
  ],
  [
    'without either, title and date',
    { title: TITLE, publishedAt: at },
    { title: TITLE, publishedAt: at, summary: 'x' },
    true,
  ],
  [
    'the same title on another date is another',
    { title: TITLE, publishedAt: at },
    { title: TITLE, publishedAt: at + 1 },
    false,
  ],
  ['with nothing else, the text', { summary: 'one' }, { summary: 'two' }, false],
])('key: %s', (...[, a, b, same]) => {
  expect(itemKey(item(a)) === itemKey(item(b))).toBe(same)
})

test('a guid and a link that read alike have different keys', () => {
  expect(itemKey(item({ guid: 'https://a.example/1' }))).not.toBe(itemKey(item({ url: 'https://a.example/1' })))
})

test.each([
  ['scheme and www', { url: 'http://www.a.example/x/' }, { url: 'https://a.example/x' }],
  ['mobile and AMP pages', { url: 'https://m.a.example/x/amp' }, { url: 'https://a.example/x/' }],
  [
    'tracking and a new guid',
    { guid: 'r1', url: 'https://a.example/x?utm_source=1' },
    { guid: 'r2', url: 'https://a.example/x?fbclid=2' },
  ],
  ['the order of parameters', { url: 'https://a.example/x?b=2&a=1' }, { url: 'https://a.example/x?a=1&b=2' }],
  ['a guid that is the address', { guid: 'https://a.example/x' }, { url: 'https://www.a.example/x' }],
  [
    'a host moved, the title stayed',
    { url: 'https://a.example/x', title: TITLE, publishedAt: at },
    { url: 'https://b.example/y', title: `${TITLE}!`, publishedAt: at + 60_000 },
  ],
])('aliases see through %s', (...[, a, b]) => {
  const other = new Set(itemAliases(item(b)))
  expect(itemAliases(item(a)).some((alias) => other.has(alias))).toBe(true)
})

test.each([
  ['another page', { url: 'https://a.example/x' }, { url: 'https://a.example/y' }],
  ['another id in the query', { url: 'https://a.example/?p=1' }, { url: 'https://a.example/?p=2' }],
  ['two items that link to the home page', { url: 'https://a.example/' }, { url: 'https://a.example/' }],
  [
    'a short title of every day',
    { title: 'Morning briefing', publishedAt: at },
    { title: 'Morning briefing', publishedAt: at + 1 },
  ],
  ['a title without a date', { title: TITLE }, { title: TITLE }],
])('aliases keep apart %s', (...[, a, b]) => {
  const other = new Set(itemAliases(item(b)))
  expect(itemAliases(item(a)).some((alias) => other.has(alias))).toBe(false)
})

test.each([
  ['https://a.example/x?utm_source=rss&id=7&fbclid=abc#comments', 'https://a.example/x?id=7'],
  ['https://a.example/x?utm_source=rss', 'https://a.example/x'],
  ['https://a.example/x?partner=rss&ref=main', 'https://a.example/x?ref=main'],
  ['https://a.example/x?at_medium=RSS&at_campaign=rss', 'https://a.example/x'],
  ['https://a.example/x?', 'https://a.example/x'],
  ['https://a.example/#!/story/1', 'https://a.example/#!/story/1'],
  ['https://a.example/x?q=a%20b&v', 'https://a.example/x?q=a%20b&v'],
  ['javascript:alert(1)', ''],
  ['not an address', ''],
])('clean link of %s', (url, clean) => {
  expect(cleanLink(url)).toBe(clean)
})

test('a changed text changes the hash and not the key', () => {
  const [a, b] = [item({ guid: 'a', summary: 'One dead' }), item({ guid: 'a', summary: 'Two dead' })]
  expect(itemKey(a)).toBe(itemKey(b))
  expect(textHash(a)).not.toBe(textHash(b))
})
