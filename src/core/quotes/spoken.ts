/** Tells words that somebody said from scare quotes, nicknames and titles of works. */
import type { Attribution } from './attribution.ts'
import { WORK_WORDS } from './lexicon.ts'
import type { Scene } from './phrase.ts'
import { endOfWords, wordCountOf } from './tokens.ts'

/** Up to so many marked words with no verb of speech near are a scare quote, unless they end a sentence. */
const SCARE_WORDS_MAX = 2
/** The same inside the subject of a sentence ("Leaders from a "band of friends" met"). */
const SUBJECT_WORDS_MAX = 5
const SUBJECT_TOKENS_MAX = 5
/** A title of a work, whatever the sentence does with it. */
const TITLE_WORDS_MIN = 3
const TITLE_WORDS_MAX = 9
/** The same with a subtitle, where a word before says that it is one. */
const SUBTITLE_WORDS_MAX = 20

/** Whether the marked words at `index` were said by somebody, named or not. */
export function isSpoken(scene: Scene, index: number, attribution: Attribution): boolean {
  const { frame } = scene
  const run = frame.marked[index]
  if (!run) return false
  const text = frame.text.slice(run.start, run.end)
  const words = wordCountOf(text)
  const nickname = (scene.cast.mentionAt[frame.tokenOf[index] ?? 0] ?? -1) >= 0
  if (words === 0 || nickname || isConcept(scene, index, words)) return false
  const ends = /[.!?]/.test(endOfWords(frame.text, run))
  const weak = attribution.strength === 'weak' || attribution.strength === 'none'
  if (words <= SUBTITLE_WORDS_MAX && isTitle(text) && isNamedWork(scene, index)) return false
  if (words <= TITLE_WORDS_MAX && isTitle(text)) return !isWork(scene, index, { weak, words, attribution })
  if (!weak || ends) return true
  return words > SCARE_WORDS_MAX && !(words <= SUBJECT_WORDS_MAX && isInSubject(scene, index, attribution))
}

const SMALL = /^(?:a|an|the|of|in|on|at|to|for|and|or|but|with|from|by|as|vs\.?|de|la|le|is)$/

function isTitle(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu) ?? []
  return words.every((w, i) => /^[\p{Lu}\p{N}]/u.test(w) || (i > 0 && SMALL.test(w))) && /^\p{Lu}/u.test(words[0] ?? '')
}

/** Whether a noun such as "novel" or a word such as "titled" stands right before: what follows is a name. */
function isNamedWork({ frame }: Scene, index: number): boolean {
  const at = frame.tokenOf[index] ?? 0
  const before = frame.tokens[at - 1]?.text === ',' ? frame.tokens[at - 2] : frame.tokens[at - 1]
  return before !== undefined && WORK_WORDS.has(before.lower)
}

type Title = Readonly<{ weak: boolean; words: number; attribution: Attribution }>

/** Words in capitals are a title unless they open a sentence of speech, or somebody is called so. */
function isWork({ frame }: Scene, index: number, { weak, words, attribution }: Title): boolean {
  const before = frame.tokens[(frame.tokenOf[index] ?? 0) - 1]
  if (weak || (attribution.via === 'continued' && before?.kind === 'word')) return true
  if (attribution.strength === 'naming' || words < TITLE_WORDS_MIN) return false
  return before?.kind === 'word'
}

/** "a possible "task force"": the paper's own word for a thing. */
function isConcept({ frame }: Scene, index: number, words: number): boolean {
  const before = frame.tokens[(frame.tokenOf[index] ?? 0) - 1]
  return words <= SCARE_WORDS_MAX && before !== undefined && CONCEPT.has(before.lower)
}
const CONCEPT: ReadonlySet<string> = new Set(
  'possible potential proposed planned so-called alleged supposed would-be self-styled future eventual'.split(' '),
)

function isInSubject({ frame }: Scene, index: number, { subject }: Attribution): boolean {
  const at = frame.tokenOf[index] ?? 0
  const from = frame.sentences[frame.sentenceOf[at] ?? 0]?.from ?? at
  const determined = /^(?:a|an|the|this|that|these|those)$/.test(frame.tokens[at - 1]?.lower ?? '')
  return subject?.kind === 'nominal' && at - from <= SUBJECT_TOKENS_MAX && determined
}
