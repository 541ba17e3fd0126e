import { expect, test } from 'vitest'
import { type Page, readPage } from '../../src/core/page.ts'

const SENTENCE = 'The ferry sails again on Sunday, the harbour office said, as it did before the winter. '
const url = 'https://www.courier.example/2026/03/ferry?from=feed#top'

/** @param page - the head, and behind a bar what stands in the body */
const read = (page: string): Page => {
  const [head = '', body = ''] = page.split('||')
  const reading = readPage(`<html><head>${head}</head><body>${body}<p>${SENTENCE.repeat(3)}</p></body></html>`, { url })
  if (reading.kind === 'refused') throw new Error(reading.reason)
  return reading.page
}
const ld = (thing: unknown) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`
const article = (fields: object) => ld({ '@context': 'https://schema.org', '@type': 'NewsArticle', ...fields })

test.each<[string, string, string]>([
  ['no claim: the page’s own, without fragment', '', 'https://www.courier.example/2026/03/ferry?from=feed'],
  [
    'a canonical link',
    '<link rel="canonical" href="https://www.courier.example/ferry">',
    'https://www.courier.example/ferry',
  ],
  ['a relative one', '<link href="/ferry" rel="shortlink canonical">', 'https://www.courier.example/ferry'],
  ['og:url', '<meta property="og:url" content="https://courier.example/ferry">', 'https://courier.example/ferry'],
  [
    'the desktop’s site',
    '<link rel=canonical href=https://m.courier.example/ferry>',
    'https://m.courier.example/ferry',
  ],
  [
    'plain http of a secure page',
    '<link rel="canonical" href="http://www.courier.example/ferry">',
    'https://www.courier.example/ferry',
  ],
  [
    'another site',
    '<link rel="canonical" href="https://other.example/ferry">',
    'https://www.courier.example/2026/03/ferry?from=feed',
  ],
  [
    'a host that ends alike',
    '<link rel="canonical" href="https://evilcourier.example/ferry">',
    'https://www.courier.example/2026/03/ferry?from=feed',
  ],
  [
    'another host of the domain',
    '<link rel="canonical" href="https://shop.courier.example/ferry">',
    'https://www.courier.example/2026/03/ferry?from=feed',
  ],
  [
    'the front page',
    '<link rel="canonical" href="https://www.courier.example/">',
    'https://www.courier.example/2026/03/ferry?from=feed',
  ],
  [
    'a script',
    '<link rel="canonical" href="javascript:alert(1)">',
    'https://www.courier.example/2026/03/ferry?from=feed',
  ],
  [
    'a name and password',
    '<link rel="canonical" href="https://a:b@www.courier.example/ferry">',
    'https://www.courier.example/2026/03/ferry?from=feed',
  ],
])('the address with %s', (_, head, expected) => {
  expect(read(head).url).toBe(expected)
})

test.each<[string, string, string]>([
  ['JSON-LD first', `${article({ headline: 'Ferry sails &amp; sings' })}<title>x</title>`, 'Ferry sails & sings'],
  ['Open Graph next', '<meta property="og:title" content="Ferry sails"><title>x</title>', 'Ferry sails'],
  ['the heading next', '<title>x</title>||<h1>Ferry <i>sails</i></h1>', 'Ferry sails'],
  ['the title at last', '<title>Ferry sails</title>', 'Ferry sails'],
  [
    'without the outlet',
    '<meta property="og:site_name" content="The Marlow Courier"><title>Ferry sails | The Marlow Courier</title>',
    'Ferry sails',
  ],
  ['without the host’s name', '<title>Ferry sails – Courier</title>', 'Ferry sails'],
  ['with a dash of its own', '<title>Ferry sails – at last</title>', 'Ferry sails – at last'],
  ['on one line, without tricks', '<meta property="og:title" content="Ferry\n\u202e sails">', 'Ferry sails'],
])('the title: %s', (_, page, expected) => {
  expect(read(page).title).toBe(expected)
})

test.each<[string, string, string | undefined]>([
  ['a person', article({ author: { '@type': 'Person', name: 'Ottoline Vance' } }), 'Ottoline Vance'],
  [
    'two persons',
    article({ author: [{ name: 'Ottoline Vance' }, { name: 'Ambrose Pettifer' }] }),
    'Ottoline Vance, Ambrose Pettifer',
  ],
  ['a text', article({ author: 'By Ottoline Vance' }), 'Ottoline Vance'],
  ['an organisation', article({ author: { '@type': 'Organization', name: 'Marlow Press Agency' } }), undefined],
  [
    'the outlet itself',
    `<meta property="og:site_name" content="Marlow Courier">${article({ author: 'MARLOW COURIER' })}`,
    undefined,
  ],
  ['an address', '<meta property="article:author" content="https://social.example/vance">', undefined],
  ['an e-mail', '<meta name="author" content="desk@courier.example">', undefined],
  ['nobody', '<meta name="author" content="admin">', undefined],
  ['a meta element', '<meta name="author" content="Ottoline Vance">', 'Ottoline Vance'],
  [
    'a person after an address',
    '<meta property="article:author" content="https://x.example/v"><meta name="byl" content="By Ottoline Vance">',
    'Ottoline Vance',
  ],
])('the author from %s', (_, head, expected) => {
  expect(read(head).author).toBe(expected)
})

test('the author from microdata', () => {
  const body = '<span itemprop="author" itemscope><a href="/v"><span itemprop="name">Ottoline Vance</span></a></span>'
  expect(read(`||${body}`).author).toBe('Ottoline Vance')
})

test.each<[string, string, string | undefined]>([
  ['JSON-LD', article({ datePublished: '2026-03-11T18:20:00+01:00' }), '2026-03-11T17:20:00Z'],
  ['a meta element', '<meta property="article:published_time" content="2026-03-11T17:20:00Z">', '2026-03-11T17:20:00Z'],
  ['<time>', '||<time datetime="2026-03-11T18:20+01:00">today</time>', '2026-03-11T17:20:00Z'],
  ['microdata', '||<meta itemprop="datePublished" content="2026-03-11T17:20:00Z">', '2026-03-11T17:20:00Z'],
  [
    'a day, and elsewhere its moment',
    `${article({ datePublished: '2026-03-11' })}<meta name="date" content="2026-03-11T18:20:00+01:00">`,
    '2026-03-11T17:20:00Z',
  ],
  [
    'a day, and elsewhere another',
    `${article({ datePublished: '2026-03-11' })}<meta name="date" content="2026-05-01T18:20:00+01:00">`,
    '2026-03-11T00:00:00Z',
  ],
  ['nonsense', article({ datePublished: 'soon' }), undefined],
])('the date from %s', (_, page, expected) => {
  expect(read(page).publishedAt).toBe(expected === undefined ? undefined : Date.parse(expected))
})

test.each<[string, string, string | undefined]>([
  ['Open Graph', '<meta property="og:image" content="/img/ferry.jpg">', 'https://www.courier.example/img/ferry.jpg'],
  ['JSON-LD', article({ image: [{ url: 'https://img.example/ferry.jpg' }] }), 'https://img.example/ferry.jpg'],
  ['a list of texts', article({ image: ['https://img.example/ferry.jpg', 'x'] }), 'https://img.example/ferry.jpg'],
  [
    'a logo, and a picture',
    '<meta property="og:image" content="/img/site-logo.png"><meta name="twitter:image" content="/ferry.jpg">',
    'https://www.courier.example/ferry.jpg',
  ],
  ['a placeholder', '<meta property="og:image" content="/img/placeholder.jpg">', undefined],
  ['a drawing', '<meta property="og:image" content="/img/ferry.svg">', undefined],
  ['data', '<meta property="og:image" content="data:image/png;base64,AAAA">', undefined],
  ['a file', '<meta property="og:image" content="file:///etc/passwd">', undefined],
])('the image from %s', (_, head, expected) => {
  expect(read(head).image).toBe(expected)
})

test.each<[string, string, string | undefined]>([
  ['<html lang="en-GB">', '', 'en'],
  ['<html lang="UK">', '', 'uk'],
  ['<html>', '<meta property="og:locale" content="de_AT">', 'de'],
  ['<html>', article({ inLanguage: 'fr-FR' }), 'fr'],
  ['<html lang="{{lang}}">', '', undefined],
])('the language of %s with "%s"', (root, head, expected) => {
  const reading = readPage(`${root}<head>${head}</head><p>${SENTENCE}</p>`, { url })
  expect(reading.kind === 'read' && reading.page.language).toBe(expected)
})

test.each<[string, string]>([
  [
    'in a graph',
    ld({
      '@graph': [
        { '@type': 'WebSite', name: 'x' },
        { '@type': 'Article', headline: 'Ferry sails' },
      ],
    }),
  ],
  ['in a list', ld([{ '@type': 'BreadcrumbList' }, { '@type': ['Article', 'NewsArticle'], headline: 'Ferry sails' }])],
  [
    'as a page’s main entity',
    ld({ '@type': 'WebPage', mainEntity: { '@type': 'ReportageNewsArticle', headline: 'Ferry sails' } }),
  ],
  [
    'with line ends in texts',
    `<script type='application/ld+json'>{"@type":"NewsArticle","headline":"Ferry\nsails"}</script>`,
  ],
  [
    'in CDATA',
    `<script type="application/ld+json">//<![CDATA[\n{"@type":"NewsArticle","headline":"Ferry sails"}\n//]]></script>`,
  ],
  [
    'behind a broken block',
    `<script type="application/ld+json">{"@type":</script>${article({ headline: 'Ferry sails' })}`,
  ],
  ['with a type as an address', ld({ '@type': 'http://schema.org/NewsArticle', headline: 'Ferry sails' })],
])('JSON-LD %s is read', (_, head) => {
  expect(read(head).title).toBe('Ferry sails')
})

test('of several articles the page’s own counts', () => {
  const other = { '@type': 'NewsArticle', headline: 'Herring are back', url: 'https://www.courier.example/herring' }
  const own = { '@type': 'NewsArticle', headline: 'Ferry sails', mainEntityOfPage: { '@id': url } }
  expect(read(ld([other, own])).title).toBe('Ferry sails')
})

test('hostile JSON-LD changes nothing outside', () => {
  const hostile =
    '<script type="application/ld+json">{"@type":"NewsArticle","__proto__":{"headline":"polluted","polluted":1},"constructor":{"prototype":{"polluted":1}},"author":{"__proto__":{"name":"Mallory"}}}</script>'
  const page = read(`${hostile}||<h1>Ferry sails</h1>`)
  expect(page.title).toBe('Ferry sails')
  expect(page.author).toBeUndefined()
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('values of the wrong type are as if they were not there', () => {
  const head = article({
    headline: 7,
    author: [null, 3, {}],
    datePublished: {},
    image: [[]],
    publisher: 5,
    inLanguage: [],
  })
  const { text: _, quoted: __, ...metadata } = read(head)
  expect(metadata).toEqual({ url: 'https://www.courier.example/2026/03/ferry?from=feed', title: '' })
})
