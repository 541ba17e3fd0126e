import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPage } from '../../src/core/page.ts'
import { cpuMs } from '../fakes/cpu.ts'

const SHARED = new URL('../../../shared/', import.meta.url)
const source = { url: 'https://courier.example/news/ferry' }
const SENTENCE = 'The ferry sails again on Sunday, the harbour office said, as it did before the winter. '

test.each([
  ['a page without words', '<html><body><img src="a.jpg"></body></html>', 'no article text'],
  ['an empty page', '', 'no article text'],
  [
    'a bot protection’s page',
    '<title>Just a moment...</title><p>Checking your browser before you go on.</p>',
    'challenge page',
  ],
  ['a page of two million characters and more', `<p>${'a '.repeat(1_000_001)}`, 'too large'],
  ['elements without end', '<div>'.repeat(300), 'too deep'],
  ['37 kB of nested fonts and paragraphs', '<font><p>'.repeat(4_100), 'too deep'],
  ['more elements than any page has', '<br>'.repeat(20_001), 'too many elements'],
  ['a sea of ampersands', '&'.repeat(100_001), 'too many elements'],
  ['a sea of stray brackets', '< '.repeat(100_001), 'too many elements'],
])('%s is refused', (_, html, reason) => {
  expect(readPage(html, source)).toEqual({ kind: 'refused', reason })
})

test('text holds no control characters, and no mark of its own for line breaks', () => {
  const reading = readPage(`<p>${SENTENCE}\u0000&#0;&#1;&#8;<br>${SENTENCE}</p><p>${SENTENCE}2</p>`, source)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(reading.kind === 'read' && reading.page.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
})

const HOSTILE_MS = 8_000 // the worst takes 1.2 s on the machine at hand; children are killed at 2 s, slow machines have four times
test.each([
  ['boxes as deep as is allowed', ('<div>'.repeat(250) + SENTENCE + '</div>'.repeat(250)).repeat(79)],
  ['line breaks', 'a<br>'.repeat(19_000)],
  ['paragraphs that are links', `<p><a href="x">${SENTENCE}</a></p>`.repeat(9_000)],
  ['headings of related articles', '<h2>Related</h2><p>x</p>'.repeat(9_000)],
  ['the same line', '<p>same line</p>'.repeat(19_000)],
  ['credits', `<p>${'photo '.repeat(60)}</p>`.repeat(5_000)],
  ['bylines', `<p>By ${'A '.repeat(40)}</p>`.repeat(19_000)],
  ['dates', `<p>12${' '.repeat(70)}</p>`.repeat(19_000)],
  ['white space', ' '.repeat(1_900_000) + SENTENCE],
  ['one word', `<p>${'a'.repeat(1_900_000)}`],
  ['open quotes', '<a href="'.repeat(200_000)],
  ['attributes', `<a ${'b=c '.repeat(400_000)}>`],
  ['open comments', '<!--'.repeat(400_000)],
  ['end tags', '</p>'.repeat(400_000)],
  ['open drawings', '<svg>'.repeat(19_000) + SENTENCE],
  ['JSON nested deeply', `<script type="application/ld+json">${'['.repeat(190_000)}</script>`],
  ['marked authors', '<a itemprop="author" rel="author">x</a>'.repeat(19_000)],
])('%s without end are settled in bounded time', (_, html) => {
  const started = cpuMs()
  readPage(html, source)
  expect(cpuMs() - started).toBeLessThan(HOSTILE_MS)
})

const attacks = new URL('attacks/manifest.json', SHARED)
type Attack = Readonly<{
  id: string
  kind: string
  file: string
  must: Readonly<{ outcome: string; notContains?: string }>
}>
const html: readonly Attack[] = existsSync(attacks)
  ? JSON.parse(readFileSync(attacks, 'utf8')).cases.filter(({ kind }: Attack) => kind === 'html')
  : []
test.skipIf(html.length === 0)('every hostile page of the shared attacks is settled in time, and harmless', () => {
  for (const { id, file, must } of html) {
    const started = cpuMs()
    const reading = readPage(readFileSync(new URL(`attacks/${file}`, SHARED), 'utf8'), source)
    const shown = JSON.stringify(reading)
    expect(cpuMs() - started, id).toBeLessThan(HOSTILE_MS)
    if (must.outcome === 'parsed') expect(reading.kind, id).toBe('read')
    if (must.notContains !== undefined) expect(shown, id).not.toContain(must.notContains)
    expect(shown, id).not.toMatch(/169\.254|javascript:|\\u0000/)
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  expect(Object.hasOwn(globalThis, '__pwned')).toBe(false)
})
