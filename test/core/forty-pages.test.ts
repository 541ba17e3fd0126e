import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readPage } from '../../src/core/page.ts'
import { findQuotes } from '../../src/core/quotes.ts'
import { summarize } from '../../src/core/summary.ts'

// Written and committed before the code that reads them; every person, place and outlet is invented.
const PAGES = new URL('../fixtures/pages/', import.meta.url)

type Said = readonly [text: string, speaker: string]
type Row = Readonly<{ page: string; quotes: readonly Said[] }>

describe.each(readdirSync(PAGES))('Pages in %s', (language) => {
  const folder = new URL(`${language}/`, PAGES)
  const rows: readonly Row[] = JSON.parse(readFileSync(new URL('quotes.json', folder), 'utf8'))

  test.each(rows)('$page gives exactly the quotes and speakers of its table', ({ page, quotes }) => {
    const html = readFileSync(new URL(`${page}.html`, folder), 'utf8')
    const reading = readPage(html, { url: `https://paper.example/${language}/${page}` })
    const text = reading.kind === 'read' ? reading.page.text : reading.reason
    const found = findQuotes(text)
    expect(found.map((quote): Said => [quote.text, quote.speaker?.name ?? ''])).toEqual(quotes)
    for (const { start, end, text: words } of found) expect(text.slice(start, end)).toBe(words)
  })

  test.each(rows)('$page is summed up in its own sentences, in room for a card, without a question', ({ page }) => {
    const html = readFileSync(new URL(`${page}.html`, folder), 'utf8')
    const reading = readPage(html, { url: `https://paper.example/${language}/${page}` })
    const { text, title } = reading.kind === 'read' ? reading.page : { text: '', title: '' }
    const summary = summarize(text, { title })
    expect(summary.length).toBeGreaterThan(0)
    expect(summary.join(' ').length).toBeLessThanOrEqual(420)
    for (const sentence of summary) {
      expect(text).toContain(sentence)
      expect(sentence).not.toMatch(/\?$/)
    }
  })
})
