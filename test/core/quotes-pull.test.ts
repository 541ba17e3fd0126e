import { expect, test } from 'vitest'
import type { Quote } from '../../src/core/model.ts'
import { pullQuotes } from '../../src/core/quotes/pull.ts'

const SENTENCE = 'The river does not wait for anybody in this town any more.'
const LONG = `${'The river rises and the river falls and nobody counts. '.repeat(6)}`.trim()

function quote(text: string, name?: string): Quote {
  return { text, start: 0, end: text.length, ...(name ? { speaker: { name } } : {}) }
}

test.each<[kind: string, quotes: readonly Quote[], texts: readonly string[]]>([
  ['no speaker', [quote(SENTENCE)], []],
  ['five words', [quote('The river does not wait.', 'Ana Sol')], []],
  ['six words', [quote('The river does not wait here.', 'Ana Sol')], ['The river does not wait here.']],
  ['too long, but the only one', [quote(LONG, 'Ana Sol')], [LONG]],
])('%s', (_kind, quotes, texts) => {
  expect(pullQuotes(quotes, { max: 3 }).map(({ text }) => text)).toEqual(texts)
})

test('Every voice comes before a second quote of one', () => {
  const quotes = [
    quote(SENTENCE, 'Ana Sol'),
    quote('Every wall of the harbour is older than its oldest fisherman.', 'Ana Sol'),
    quote('Nobody asked the council for another bridge before the winter.', 'Bo Marsh'),
  ]
  expect(pullQuotes(quotes, { max: 2 }).map(({ speaker }) => speaker?.name)).toEqual(['Ana Sol', 'Bo Marsh'])
})

test('One that a card must cut comes last', () => {
  const wide = `Nobody ${'counterrevolutionarily '.repeat(12)}agrees.`
  const brief = 'The river does not wait for us.'
  expect(pullQuotes([quote(wide, 'Ana Sol'), quote(brief, 'Ana Sol')], { max: 1 })).toEqual([quote(brief, 'Ana Sol')])
})

test('An early one is preferred to a slightly better one far below', () => {
  const early = 'The river does not wait for us here.'
  const others = Array.from({ length: 8 }, () => quote('No.', 'Bo Marsh'))
  expect(pullQuotes([quote(early, 'Ana Sol'), ...others, quote(SENTENCE, 'Ana Sol')], { max: 1 })).toEqual([
    quote(early, 'Ana Sol'),
  ])
})

test('One that needs no cut is preferred', () => {
  expect(pullQuotes([quote(LONG, 'Ana Sol'), quote(SENTENCE, 'Ana Sol')], { max: 1 })).toEqual([
    quote(SENTENCE, 'Ana Sol'),
  ])
})

test('An earlier one is preferred where all else is equal', () => {
  expect(
    pullQuotes([quote(`One. ${SENTENCE}`, 'Ana Sol'), quote(`Two. ${SENTENCE}`, 'Ana Sol')], { max: 1 })[0]?.text,
  ).toMatch(/^One/)
})

test('They stand in reading order, at most as many as were asked for', () => {
  const short = 'that the river waits for us'
  const other = 'Nobody asked the council for another bridge before the winter.'
  const quotes = [
    quote(short, 'Ana Sol'),
    quote(SENTENCE.replace('river', 'ferry'), 'Bo Marsh'),
    quote(other, 'Carla Pine'),
  ]
  expect(pullQuotes(quotes, { max: 3 })).toEqual(quotes)
  expect(pullQuotes(quotes, { max: 0 })).toEqual([])
})

const BRIDGE = 'Nobody asked the council for another bridge before the winter.'
const WALL = 'Every wall of the harbour is older than its oldest fisherman.'
const texts = (...[quotes, wish]: Parameters<typeof pullQuotes>) => pullQuotes(quotes, wish).map(({ text }) => text)

test('One that the headline says already comes last', () => {
  const quotes = [quote(BRIDGE, 'Ana Sol'), quote(WALL, 'Ana Sol')]
  expect(texts(quotes, { max: 1 })).toEqual([BRIDGE])
  expect(texts(quotes, { max: 1, title: 'Nobody asked for another bridge before winter, council told' })).toEqual([
    WALL,
  ])
})

test('One about what the article is about, or the reader follows, is preferred', () => {
  const quotes = [quote(BRIDGE, 'Ana Sol'), quote(WALL, 'Ana Sol')]
  expect(texts(quotes, { max: 1, about: ['harbour', 'wall'] })).toEqual([WALL])
  expect(texts(quotes, { max: 1, topic: ['harbour'] })).toEqual([WALL])
  expect(texts(quotes, { max: 1, topic: ['bridge', 'harbour'] })).toEqual([BRIDGE])
})

test('One that hangs on what was said before is passed over', () => {
  const quotes = [quote('It is older than the oldest fisherman of this harbour.', 'Ana Sol'), quote(BRIDGE, 'Ana Sol')]
  expect(texts(quotes, { max: 1 })).toEqual([BRIDGE])
})

test('A reply is preferred beside the claim', () => {
  const quotes = [
    quote(BRIDGE, 'Ana Sol'),
    quote(WALL, 'Bo Marsh'),
    { ...quote('The council was asked for another bridge twice in May.', 'Carla Pine'), cue: 'replied' },
  ]
  expect(texts(quotes, { max: 2 })).toEqual([BRIDGE, quotes[2]?.text])
  expect(texts(quotes.with(2, { ...quotes[2], cue: 'said' } as Quote), { max: 2 })).toEqual([BRIDGE, WALL])
})

test('The same words are shown once, and not at all where they stand already', () => {
  const again = quote('Nobody asked the council for another bridge.', 'Ana Sol')
  const quotes = [quote(BRIDGE, 'Ana Sol'), again, quote(WALL, 'Ana Sol')]
  expect(texts(quotes, { max: 3 })).toEqual([BRIDGE, WALL])
  expect(texts(quotes, { max: 3, besides: [quote(BRIDGE, 'Ana Sol')] })).toEqual([WALL])
})

test('Who speaks already on the card comes after others', () => {
  const quotes = [quote(BRIDGE, 'Ana Sol'), quote(WALL, 'Bo Marsh')]
  expect(texts(quotes, { max: 1, besides: [quote('No.', 'Ana Sol')] })).toEqual([WALL])
})
