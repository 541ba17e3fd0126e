import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findQuotes } from '../../src/core/quotes.ts'
import { cpuMs } from '../fakes/cpu.ts'

// Every person, place and outlet is invented. A row is a short article and what must be found in it: words and speaker.
const TABLES = new URL('../fixtures/said/', import.meta.url)

type Said = readonly [text: string, speaker: string]
type Row = Readonly<{ kind: string; article: string; said: readonly Said[] }>

describe.each(readdirSync(TABLES))('%s', (name) => {
  const rows: readonly Row[] = JSON.parse(readFileSync(new URL(name, TABLES), 'utf8'))

  test.each(rows)('$kind', ({ article, said }) => {
    const quotes = findQuotes(article)
    expect(quotes.map(({ text, speaker }) => [text, speaker?.name ?? ''])).toEqual(said)
    for (const { text, start, end } of quotes) expect(article.slice(start, end)).toBe(text)
  })
})

test.each<[kind: string, text: string]>([
  ['clauses within marks', '«Это было, — сказал он. — Так, — сказал он. — '.repeat(4000)],
  ['dashes', '— Это было — сказал он — и ещё '.repeat(6000)],
  ['lines of speech', '— Это было так, — сказал он.\n'.repeat(7000)],
  ['an open mark', `«${'Это было, — '.repeat(15_000)}»`],
  ['turned clauses', '« Nous avons, raconte-t-elle. Puis, explique le maire, '.repeat(4000)],
  [
    'names',
    Array.from({ length: 6000 }, (_, i) => `Иван Петр${'аеиоу'.charAt(i % 5)}в${i}ый сказал «да, это так».`).join(' '),
  ],
  ['titles', '„Wir warten“, sagte der Minister Anna Berta Carla der von der '.repeat(3500)],
])('%s end in time', (_kind, text) => {
  const started = cpuMs()
  findQuotes(text)
  // Takes 20 to 400 ms alone; what is not linear takes minutes.
  expect(cpuMs() - started).toBeLessThan(8000)
})
