import { expect, test } from 'vitest'
import { readArticle } from '../../src/core/article.ts'
import type { FeedId, FeedSource, Quote } from '../../src/core/model.ts'
import { pullQuotes } from '../../src/core/quotes/pull.ts'
import { findQuotes } from '../../src/core/quotes.ts'
import { randomOf } from '../flow/random.ts'

// Texts that nobody wrote: all kinds of marks, clauses, names and breaks in any order. Whatever comes out stands in the text.

/** Whole numbers below a bound, the same on every run. */
function numbersFrom(seed: number): (below: number) => number {
  const random = randomOf(seed)
  return (below) => Math.floor(random() * below)
}

const PIECES = [
  ...[
    '“',
    '”',
    '"',
    '«',
    '»',
    '„',
    '‘',
    '’',
    "''",
    '``',
    "'",
    '「',
    '」',
    '『',
    '』',
    '‚',
    '‟',
    '＂',
    '(',
    ')',
    '[',
    ']',
  ],
  ...[
    '\n\n',
    '\n',
    ' ',
    ' ',
    ', ',
    '. ',
    '! ',
    '? ',
    '… ',
    ': ',
    '; ',
    ' — ',
    ' - ',
    '、',
    '。',
    '\t',
    '\u00a0',
    '\u200b',
  ],
  ...[
    'Ana Sol',
    'Mr. Marsh',
    'Sol’s',
    'Bo van der Marsh',
    'the Lum River Authority',
    'she',
    'he',
    'NATO',
    'spokeswoman Carla Pine',
  ],
  ...[
    ' said',
    ' told reporters',
    ' sagte',
    ' a déclaré',
    ' powiedział',
    ' сказал',
    ' заявила',
    ' dedi',
    ', according to ',
    ' called ',
  ],
  ...[
    'we will not wait for the river',
    'wir warten nicht',
    'мы не будем ждать',
    '山田首相は',
    'と述べた',
    '发言人林小雨表示：',
    'е',
    'İ',
    'ß',
  ],
  ...[
    '😀',
    '👩‍👩‍👧',
    'e\u0301',
    '\u202e',
    'https://t.co/abc',
    '— Ana Sol (@anasol) March 3, 2026',
    '— Ana Sol',
    'no',
    'The Long River',
  ],
]
function textOf(seed: number): string {
  const below = numbersFrom(seed)
  return Array.from({ length: 5 + below(120) }, () => PIECES[below(PIECES.length)]).join(below(3) === 0 ? '' : ' ')
}

function expectVerbatim(text: string, quotes: readonly Quote[], seed: number): void {
  let last = 0
  for (const { start, end, text: words, speaker, cue, setting } of quotes) {
    expect(text.slice(start, end), `seed ${seed}`).toBe(words)
    expect(words.trim(), `seed ${seed}`).not.toBe('')
    expect(words, `seed ${seed}`).not.toContain('\n')
    expect(start, `seed ${seed}: in order, none within another`).toBeGreaterThanOrEqual(last)
    last = end
    if (speaker) expect(speaker.name.trim(), `seed ${seed}`).not.toBe('')
    for (const named of [speaker?.role, cue, setting])
      if (named !== undefined) expect(named, `seed ${seed}`).not.toBe('')
    if (cue !== undefined) expect(text, `seed ${seed}`).toContain(cue)
  }
}

test('every quote stands in its text, in order, whatever the text', () => {
  let found = 0
  let named = 0
  for (let seed = 1; seed <= 3_000; seed++) {
    const text = textOf(seed)
    const paragraphs = text.split('\n\n').map((paragraph) => paragraph.trim())
    const quotes = findQuotes(text, seed % 2 === 0 ? paragraphs : [])
    expectVerbatim(text, quotes, seed)
    const pulled = pullQuotes(quotes, { max: 3, title: text.slice(0, 80), topic: ['river'] })
    for (const quote of pulled) expect(quotes, `seed ${seed}`).toContain(quote)
    for (const { speaker } of pulled) expect(speaker, `seed ${seed}`).toBeDefined()
    found += quotes.length
    named += quotes.filter(({ speaker }) => speaker).length
  }
  // The texts are no dead matter: they give thousands of quotes, and speakers to many.
  expect(found).toBeGreaterThan(3_000)
  expect(named).toBeGreaterThan(500)
})

test('every quote stands in its article, whatever the page', () => {
  const source: FeedSource = { id: 'x' as FeedId, url: 'https://x.example/f', title: '', outlet: 'X', kind: 'outlet' }
  const tags = ['p', 'blockquote', 'div', 'h2', 'li', 'figure', 'q', 'footer', 'cite', 'em']
  const url = 'https://x.example/a'
  const item = { title: 'T', url, guid: '', summary: '', content: '', author: '', categories: [], enclosures: [] }
  let found = 0
  for (let seed = 1; seed <= 400; seed++) {
    const below = numbersFrom(seed)
    const html = Array.from({ length: 2 + below(8) }, (_, n) => {
      const tag = tags[below(tags.length)] ?? 'p'
      return `<${tag}>${textOf(seed * 31 + n).replaceAll('<', '&lt;')}${below(4) === 0 ? '' : `</${tag}>`}`
    }).join('')
    const job = {
      page: { bytes: Buffer.from(`<html><article>${html}</article></html>`), url },
      item,
      source,
      firstSeenAt: 1,
    }
    const { text, quotes, summary } = readArticle(job)
    expectVerbatim(text, quotes, seed)
    for (const sentence of summary) expect(text, `seed ${seed}`).toContain(sentence)
    found += quotes.length
  }
  expect(found).toBeGreaterThan(1_000)
})
