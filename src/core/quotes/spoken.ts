/** Tells words that somebody said from scare quotes, nicknames and titles of works. */
import type { Attribution } from './attribution.ts'
import type { Scene } from './phrase.ts'
import { endOfWords } from './tokens.ts'

/** Up to so many words may be a scare quote or a title; more are hardly ever. */
const SCARE_WORDS_MAX = 3
const TITLE_WORDS_MAX = 10

export function isSpoken(scene: Scene, index: number, attribution: Attribution): boolean {
  const { frame } = scene
  const run = frame.marked[index]
  if (!run) return false
  const words = frame.text.slice(run.start, run.end).match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu) ?? []
  if (words.length === 0) return false
  const weak = attribution.strength === 'weak' || attribution.strength === 'none'
  if (words.length <= SCARE_WORDS_MAX && weak) return false
  const end = endOfWords(frame.text, run)
  return !(words.length <= TITLE_WORDS_MAX && isTitle(words) && weak && !/[.!?]/.test(end))
}

const SMALL = /^(?:a|an|the|of|in|on|at|to|for|and|or|but|with|from|by|as|vs\.?|de|la|le|is)$/

function isTitle(words: readonly string[]): boolean {
  return words.length > 1 && words.every((w, i) => /^[\p{Lu}\p{N}]/u.test(w) || (i > 0 && SMALL.test(w)))
}
