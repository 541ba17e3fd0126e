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
  expect(pullQuotes(quotes, 3).map(({ text }) => text)).toEqual(texts)
})

test('Every voice comes before a second quote of one', () => {
  const quotes = [
    quote(`One. ${SENTENCE}`, 'Ana Sol'),
    quote(`Two. ${SENTENCE}`, 'Ana Sol'),
    quote(`Three. ${SENTENCE}`, 'Bo Marsh'),
  ]
  expect(pullQuotes(quotes, 2).map(({ speaker }) => speaker?.name)).toEqual(['Ana Sol', 'Bo Marsh'])
})

test('One that a card must cut comes last', () => {
  const wide = `Nobody ${'counterrevolutionarily '.repeat(12)}agrees.`
  const brief = 'The river does not wait for us.'
  expect(pullQuotes([quote(wide, 'Ana Sol'), quote(brief, 'Ana Sol')], 1)).toEqual([quote(brief, 'Ana Sol')])
})

test('An early one is preferred to a slightly better one far below', () => {
  const early = 'The river does not wait for us here.'
  const others = Array.from({ length: 8 }, () => quote('No.', 'Bo Marsh'))
  expect(pullQuotes([quote(early, 'Ana Sol'), ...others, quote(SENTENCE, 'Ana Sol')], 1)).toEqual([
    quote(early, 'Ana Sol'),
  ])
})

test('One that needs no cut is preferred', () => {
  expect(pullQuotes([quote(LONG, 'Ana Sol'), quote(SENTENCE, 'Ana Sol')], 1)).toEqual([quote(SENTENCE, 'Ana Sol')])
})

test('An earlier one is preferred where all else is equal', () => {
  expect(pullQuotes([quote(`One. ${SENTENCE}`, 'Ana Sol'), quote(`Two. ${SENTENCE}`, 'Ana Sol')], 1)[0]?.text).toMatch(
    /^One/,
  )
})

test('They stand in reading order, at most as many as were asked for', () => {
  const short = 'that the river waits for us'
  const quotes = [quote(short, 'Ana Sol'), quote(SENTENCE, 'Bo Marsh'), quote(SENTENCE, 'Carla Pine')]
  expect(pullQuotes(quotes, 3)).toEqual(quotes)
  expect(pullQuotes(quotes, 0)).toEqual([])
})
