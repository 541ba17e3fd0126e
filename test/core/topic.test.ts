import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createMatcher } from '../../src/core/match.ts'
import type { Topic } from '../../src/core/model.ts'
import { parseTopic, type TopicProblem } from '../../src/core/topic.ts'
import { cpuMs } from '../fakes/cpu.ts'

function read(typed: string): Topic {
  const parse = parseTopic(typed)
  if (parse.kind === 'refused') throw new Error(`refused: ${JSON.stringify(parse.problems)}`)
  return parse.topic
}
function problems(typed: string): readonly TopicProblem[] {
  const parse = parseTopic(typed)
  return parse.kind === 'refused' ? parse.problems : []
}
function shape(typed: string): string {
  const { any, all, none } = read(typed)
  const list = (terms: Topic['any']) => terms.map(({ kind, text }) => `${kind}:${text}`).join(' | ')
  return [list(any), all.length > 0 ? `+ ${list(all)}` : '', none.length > 0 ? `- ${list(none)}` : '']
    .filter(Boolean)
    .join(' ')
}

describe('keywords', () => {
  test.each([
    ['commas and lines part terms', 'NATO, air defence\ndrones', 'words:NATO | words:air defence | words:drones'],
    ['commas of other scripts part terms too', 'НАТО，قمة، 東京', 'words:НАТО | words:قمة | words:東京'],
    [
      'quotes keep a phrase, and need no comma',
      '"cease fire" “peace, talks” Kyiv',
      'words:cease fire | words:peace, talks | words:Kyiv',
    ],
    ['a minus excludes', 'NATO -strap, -"phonetic alphabet"', 'words:NATO - words:strap | words:phonetic alphabet'],
    ['a dash from a phone excludes too', 'NATO –strap', 'words:NATO - words:strap'],
    ['a plus must stand there', 'drones +Poland +"air space"', 'words:drones + words:Poland | words:air space'],
    [
      'a hyphen inside a word or between spaces is none of these',
      'NATO-led, rule - based',
      'words:NATO-led | words:rule - based',
    ],
    ['a star asks for a beginning', 'sanction*, "air def"*', 'prefix:sanction* | prefix:air def*'],
    ['a speaker is one way to match', 'speaker:"Ada Linden", drones', 'speaker:Ada Linden | words:drones'],
    ['a source narrows', 'drones source:Harbour Wire', 'words:drones + source:Harbour Wire'],
    ['a source can be shut out', 'drones, -source:"Harbour Wire"', 'words:drones - source:Harbour Wire'],
    [
      'a regular expression stands between slashes',
      '/F-?35s?/, /a\\/b, c/i',
      'pattern:/F-?35s?/ | pattern:/a\\/b, c/i',
    ],
    ['a slash inside a word is no expression', 'and/or', 'words:and/or'],
    [
      'an acronym that is a word keeps its capitals',
      'WHO, US, U.S., "IT", ВОЗ',
      'capitals:WHO | capitals:US | capitals:U.S. | capitals:IT | capitals:ВОЗ',
    ],
    ['an acronym that is no word does not', 'NATO, UNESCO, НАТО', 'words:NATO | words:UNESCO | words:НАТО'],
    ['a word in lower case is a word', 'who, us', 'words:who | words:us'],
    ['the same term counts once', 'NATO, nato, Nato', 'words:NATO'],
    ['invisible characters are stripped', '\u202eabc, a\u200bb', 'words:abc | words:ab'],
    ['signs stay with their word', 'C++, OPEC+', 'words:C++ | words:OPEC+'],
  ])('%s', (_, typed, expected) => {
    expect(shape(typed)).toBe(expected)
  })

  test.each<[string, string, Partial<TopicProblem>]>([
    ['nothing', ' \n, ,', { kind: 'empty' }],
    ['no letter', 'NATO, %_%', { kind: 'noWord', term: '%_%', at: 6 }],
    ['a dot', '.', { kind: 'noWord', at: 0 }],
    ['only exclusions', '-NATO', { kind: 'onlyExclusions' }],
    ['a long term', `x, ${'a'.repeat(101)}`, { kind: 'termTooLong', at: 3, chars: 101, max: 100 }],
    [
      'many terms',
      Array.from({ length: 26 }, (_, n) => `word${n}`).join(','),
      { kind: 'tooManyTerms', count: 26, max: 25 },
    ],
    ['a long text', 'a'.repeat(6001), { kind: 'tooLong', max: 6000 }],
    ['a star inside', 'san*tion', { kind: 'starInside', at: 0 }],
    ['a star alone', 'air *', { kind: 'starInside' }],
    ['a short prefix', 'in*', { kind: 'prefixTooShort', min: 3 }],
    ['an open quote', 'NATO, "air defence', { kind: 'openQuote', at: 6 }],
    ['an open pattern', '/abc', { kind: 'openPattern', at: 0 }],
    [
      'a broken pattern',
      '/[z-a]/',
      { kind: 'badPattern', why: { kind: 'broken', reason: 'invalid character class range: `z-a`' } },
    ],
    ['a look-ahead', '/^(?=(a+)+$)b/', { kind: 'badPattern' }],
    ['a pattern that matches nothing at all', '/x*/', { kind: 'badPattern', why: { kind: 'matchesNothing' } }],
    ['a pattern that multiplies', '/((x{100}){10})y/', { kind: 'badPattern', why: { kind: 'tooLarge' } }],
    ['a long pattern', `/${'a'.repeat(201)}/`, { kind: 'badPattern', why: { kind: 'tooLong', chars: 201, max: 200 } }],
    ['an unknown flag', '/abc/g', { kind: 'badPattern', why: { kind: 'unknownFlag', flag: 'g' } }],
  ])('refused: %s', (_, typed, expected) => {
    expect(problems(typed)).toMatchObject([expected])
  })

  test('every problem is told at once', () => {
    expect(problems('in*, ., "open').map(({ kind }) => kind)).toEqual(['prefixTooShort', 'noWord', 'openQuote'])
  })

  test('two who type the same have one topic, whatever the order and the case', () => {
    expect(read('NATO, drones').id).toBe(read('Drones\nnato').id)
    expect(read('NATO, drones').id).not.toBe(read('NATO, -drones').id)
    expect(read('WHO').id).not.toBe(read('who').id)
  })

  test('a topic is named as it was typed, in one line', () => {
    expect(read(' NATO,\n drones ').name).toBe('NATO, drones')
    expect(read(Array(20).fill('wordy').join(', ')).name).toHaveLength(100)
  })
})

const ATTACKS = path.join(import.meta.dirname, '../../../shared/attacks/manifest.json')
type Attack = Readonly<{
  id: string
  kind: string
  value: string
  text: string
  must: Readonly<{ outcome: string; matches?: boolean }>
}>
const attacks: readonly Attack[] = existsSync(ATTACKS)
  ? JSON.parse(readFileSync(ATTACKS, 'utf8')).cases.filter(({ kind }: Attack) => kind === 'keyword')
  : []

describe.skipIf(attacks.length === 0)('hostile keywords (skipped where the shared cases are absent)', () => {
  test.each(attacks.map((attack) => [attack.id, attack] as const))('%s', (_, { value, text, must }) => {
    const began = cpuMs()
    const parse = parseTopic(value)
    const long = `${text}\n`.repeat(Math.ceil(10_000 / (text.length + 1)))
    const matched =
      parse.kind === 'topic' &&
      createMatcher([parse.topic]).match({ title: text, text: long, outlet: '', quotes: [] }).length > 0
    expect(cpuMs() - began).toBeLessThan(250)
    if (must.outcome === 'parsed') expect(parse.kind).toBe('topic')
    if (must.matches !== undefined) expect(matched).toBe(must.matches)
  })
})
