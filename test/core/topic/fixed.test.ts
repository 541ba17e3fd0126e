import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { fixedWords } from '../../../src/core/topic/fixed.ts'

describe('what a match must hold', () => {
  it.each([
    ['Norrvik', 'norrvi'],
    ['F-?35A? jet', 'jet'],
    ['ferr(y|ies) to Port Amaro', 'amaro'],
    ['Haven|Harbour', ''],
    ['(?:Haven|Harbour)mouth', 'mouth'],
    ['colou?red', 'colo'],
    ['bo+ring', 'ring'],
    ['Ca{2}rgo', 'rgo'],
    ['(?i)cargo', ''],
    ['[Cc]argo', 'argo'],
    ['[^]a]bridge', 'bridge'],
    ['[[:alpha:]]bridge', ''],
    ['\\bbridge\\b', 'bridge'],
    ['\\x41bridge', ''],
    ['\\Qa|b\\Ebridge', ''],
    ['\\p{Greek}bridge', ''],
    ['\\(bridge\\)', 'bridge'],
    ['(a\\)b)bridge', 'bridge'],
    ['([)])bridge', 'bridge'],
    ['ab', ''],
    ['task', ''],
    ['\\d+ million', 'million'],
    ['(bridge)?', ''],
    ['(bridge', ''],
  ])('of %s', (source, expected) => {
    expect(fixedWords(source)).toBe(expected)
  })

  it('stands in every text that an expression matches', () => {
    const pieces = ['ab', 'B', 'c+', 'd?', '[ef]', '(gh|i)', '(?:lm)*', 'n{2}', '.', '\\b', '\\w', ' ', 'k', 'opq']
    const letters = ['a', 'B', 'c', 'd', 'e', 'gh', 'i', 'lm', 'n', ' ', 'K', 'opq', 'ab']
    let state = 7
    const below = (limit: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % limit
    }
    const some = (from: readonly string[], count: number) =>
      Array.from({ length: count }, () => from[below(from.length)]).join('')
    let matched = 0
    for (let n = 0; n < 3_000; n++) {
      const source = some(pieces, 1 + below(6))
      const fixed = fixedWords(source)
      const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
      for (let m = 0; m < 5; m++) {
        const text = some(letters, below(12))
        if (!compiled.test(text)) continue
        if (fixed) matched++
        expect(text.toLowerCase(), `${source} in ${text}`).toContain(fixed)
      }
    }
    expect(matched).toBeGreaterThan(20)
  })
})
