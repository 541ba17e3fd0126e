import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findQuotes } from '../../src/core/quotes.ts'

// The article lies beside the project and is never copied into it.
const SEED = new URL('../../../shared/seed/article.txt', import.meta.url)
const missing = !existsSync(SEED)
if (missing) console.warn('quotes-seed: ../shared/seed/article.txt is not there: skipped')

/** The page's paragraphs without its captions (printed twice, or credited in brackets) and its heading lines. */
function clean(page: string): string {
  const paragraphs = page.split(/\n+/).map((line) => line.trim())
  return paragraphs.filter((line) => /[.”]$/.test(line) && !/\(AFP Photo\)/.test(line)).join('\n\n')
}

test.skipIf(missing)('The seed article has ten quoted fragments by six speakers', () => {
  const quotes = findQuotes(clean(readFileSync(SEED, 'utf8')))
  const voices = quotes.map(({ speaker }) => speaker?.name.split(' ').at(-1))
  expect(voices).toEqual([
    'Rutte',
    'Rutte',
    'Rutte',
    'Rutte',
    'Macron',
    'Zakharova',
    'Putin',
    'Zelenskyy',
    'Macron',
    'Merz',
  ])
  expect(quotes.map(({ text }) => text)).not.toContain('coalition of the willing')
  expect(quotes.map(({ text }) => text)).not.toContain('reassurance force')
})

test.skipIf(missing)('The seed article gives its speakers their full names, roles and settings', () => {
  const quotes = findQuotes(clean(readFileSync(SEED, 'utf8')))
  expect(quotes.map(({ speaker, setting }) => [speaker?.name, speaker?.role, setting])).toEqual([
    ['Mark Rutte', 'NATO chief', 'to reporters in Prague'],
    ['Mark Rutte', 'NATO chief', 'to reporters in Prague'],
    ['Mark Rutte', 'NATO chief', undefined],
    ['Mark Rutte', 'NATO chief', undefined],
    ['Emmanuel Macron', 'French President', 'Wednesday'],
    ['Maria Zakharova', 'Foreign Ministry spokeswoman', 'Thursday'],
    ['Vladimir Putin', 'Russian President', undefined],
    ['Volodymyr Zelenskyy', 'Ukrainian President', 'Wednesday'],
    ['Emmanuel Macron', 'French President', 'last month'],
    ['Friedrich Merz', 'German Chancellor', undefined],
  ])
})
