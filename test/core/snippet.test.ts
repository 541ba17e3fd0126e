import { describe, expect, it } from 'vitest'
import { plain, type Rich } from '../../src/core/rich.ts'
import { snippet } from '../../src/core/snippet.ts'

const TEXT =
  'The ferry left at dawn. A port authority spoke of new rules for the port. The captain portrayed it as routine.'
const marks = (text: Rich): readonly string[] =>
  text.filter(({ kind }) => kind === 'strong').map((part) => ('text' in part ? part.text : ''))

describe('snippet', () => {
  it('is the first sentence that holds most of the words', () => {
    expect(plain(snippet(TEXT, 'port rules'))).toBe('A port authority spoke of new rules for the port.')
  })

  it('marks whole words, unless a star was typed', () => {
    expect(marks(snippet(TEXT, 'port'))).toEqual(['port', 'port'])
    expect(marks(snippet(TEXT, 'captain portray*'))).toEqual(['captain portrayed'])
  })

  it('marks neighbours as one: two marks that touch would read as something else', () => {
    expect(marks(snippet('They talk of air defence, and of the air.', 'air defence'))).toEqual(['air defence', 'air'])
    expect(marks(snippet('東京都知事は語った。', '東京'))).toEqual(['東京'])
  })

  it('finds words whatever their case and accents, as they are spelt', () => {
    expect(marks(snippet('Le CAFÉ est fermé.', 'cafe'))).toEqual(['CAFÉ'])
  })

  it('is cut at words around the first hit', () => {
    const long = `${'one two three '.repeat(30)}the beacon shines ${'four five six '.repeat(30)}.`
    const shown = plain(snippet(long, 'beacon'))
    expect(shown).toMatch(/^…(one|two|three) .*beacon shines.* (four|five|six)…$/)
    expect(shown.length).toBeLessThan(190)
  })

  it('keeps the hit in view where there are no spaces', () => {
    const shown = snippet(`${'海'.repeat(300)}東京${'空'.repeat(300)}`, '東京')
    expect(marks(shown)).toEqual(['東京'])
    expect(plain(shown).length).toBeLessThan(190)
  })

  it('is nothing where no word stands', () => {
    expect(snippet(TEXT, 'zeppelin')).toEqual([])
    expect(snippet(TEXT, '')).toEqual([])
    expect(snippet('', 'port')).toEqual([])
  })
})
