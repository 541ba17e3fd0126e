import type { Tongue } from './tongue.ts'

/** Marks go from Latin letters only: й is no и. */
export function fold(word: string): string {
  const lower = word.toLowerCase().replaceAll('’', "'")
  return /\p{Script=Cyrillic}/u.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '')
}

const STEM_CHARS_MIN = 3
/** Whether two forms differ by no more than their case. */
export function isAlike(one: string, other: string, { cases }: Tongue): boolean {
  if (one === other) return true
  let same = 0
  while (same < one.length && one.charAt(same) === other.charAt(same)) same++
  return same >= STEM_CHARS_MIN && cases.includes(one.slice(same)) && cases.includes(other.slice(same))
}
