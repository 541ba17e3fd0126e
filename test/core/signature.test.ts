import { describe, expect, test } from 'vitest'
import { isCopy, SIGNATURE_TERMS_MAX, signatureOf } from '../../src/core/signature.ts'
import { cpuMs } from '../fakes/cpu.ts'

const TITLE = 'Storm closes harbour bridge at Oakmoor'
const WIRE = [
  'The harbour bridge at Oakmoor was closed on Monday after a storm damaged one of its four cables, the town said.',
  'Mayor Ilse Brandvik told reporters that nobody would cross before an engineer had looked at every cable of the bridge.',
  'Some 14,000 cars cross the bridge each day, and ferries will carry commuters from Tuesday until the repair is done.',
  'The storm tore down power lines along the coast of Westmark and left several villages without electricity overnight.',
].join('\n\n')
const words = (title: string, text: string): readonly string[] => signatureOf(title, text).terms.map(([term]) => term)

describe('signatureOf', () => {
  test('keeps what tells the event, heaviest first, and no function words', () => {
    const terms = words(TITLE, WIRE)
    expect(terms.slice(0, 4)).toEqual(expect.arrayContaining(['bridg', 'storm', 'oakmoor']))
    for (const word of ['the', 'on', 'said', 'monday', 'a', 'of', 'that']) expect(terms).not.toContain(word)
    const counts = signatureOf(TITLE, WIRE).terms.map(([, count]) => count)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
  })

  test('two forms of a word are one term', () => {
    expect(words('', 'Russia deployed troops. Deploying troops, more deployments.')).toEqual([
      'deploy',
      'troop',
      'russia',
      'deployment',
    ])
    expect(words('', 'российские войска, войсками')).toEqual(['воиск', 'россииск'])
  })

  test('names weigh three times, wherever they stand, and a capital at the start of a sentence makes none', () => {
    const { terms } = signatureOf('', 'Brandvik spoke. Cables broke, cables fell, and then Brandvik left.')
    expect(terms).toEqual(
      expect.arrayContaining([
        ['brandvik', 6],
        ['cabl', 2],
      ]),
    )
  })

  test('a headline without a text has a signature, though none for copies', () => {
    const { terms, shingles } = signatureOf(TITLE, '')
    expect(terms.length).toBe(5)
    expect(shingles).toEqual([])
    expect(signatureOf('', '')).toEqual({ terms: [], shingles: [] })
  })

  test('Chinese text gives neighbouring characters', () => {
    expect(words('', '北京市政府')).toEqual(['北京', '京市', '市政', '政府'])
  })

  test('never holds more terms than a store has room for, and is quick on a megabyte', () => {
    const text = Array.from({ length: 150_000 }, (_, i) => `w${i.toString(36)}x`).join(' ')
    const started = cpuMs()
    expect(signatureOf('', text).terms.length).toBe(SIGNATURE_TERMS_MAX)
    expect(cpuMs() - started).toBeLessThan(1000)
  })

  test('shingles are unsigned 32-bit numbers and the same on every run', () => {
    const { shingles } = signatureOf(TITLE, WIRE)
    expect(shingles.length).toBe(64)
    expect(shingles.every((value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff)).toBe(true)
    expect(signatureOf('Another title', WIRE).shingles).toEqual(shingles)
  })
})

describe('isCopy', () => {
  const of = (text: string) => signatureOf('', text)

  test('a text under another headline, with a sentence changed, is a copy', () => {
    const printed = WIRE.replace('The storm tore down power lines along the coast of Westmark', 'Power lines fell')
    expect(isCopy(of(WIRE), signatureOf('Bridge shut', printed))).toBe(true)
  })

  test('the same event in other words is none', () => {
    const own =
      'Commuters in Oakmoor will take the ferry this week. A cable of the harbour bridge snapped in the storm, and the mayor, Ilse Brandvik, wants an engineer to look at all of them before anybody drives across again. Villages along the coast had no power on Monday night.'
    expect(isCopy(of(WIRE), of(own))).toBe(false)
  })

  test('a text too short to tell is nobody’s copy, not even its own', () => {
    expect(isCopy(of(WIRE.slice(0, 110)), of(WIRE.slice(0, 110)))).toBe(false)
  })

  test('the estimate is near the true share of runs', () => {
    const base = Array.from({ length: 400 }, (_, i) => `word${(i * 7919) % 1000}`)
    const half = [...base.slice(0, 300), ...base.slice(300).map((word) => `${word}x`)] // 296 of 496 runs: .60
    const less = [...base.slice(0, 160), ...base.slice(160).map((word) => `${word}x`)] // 156 of 636 runs: .25
    expect(isCopy(of(base.join(' ')), of(half.join(' ')))).toBe(true)
    expect(isCopy(of(base.join(' ')), of(less.join(' ')))).toBe(false)
  })
})
