import { tokens } from '../words.ts'
import { STOP_WORDS } from './stop-words.ts'

/** Shorter words than this keep their ending: "news", "bus". */
const INFLECTED_CHARS_MIN = 5
/** What remains of a word must still tell it from others. */
const STEM_CHARS_MIN = 4

/** The words of a text that tell what it is about: no function words, endings taken off where that is safe, two neighbouring
 *  characters where a script puts no spaces. In the text's order, with repetitions. */
export function termsOf(text: string): readonly string[] {
  return readTerms(text).map(({ term }) => term)
}

/** As `termsOf`, with a sign at each term that stands somewhere in the text with a capital in mid-sentence: a name, mostly, or any
 *  noun in German. */
export function namedTermsOf(text: string): readonly Readonly<{ term: string; isName: boolean }>[] {
  const terms = readTerms(text)
  const names = new Set(terms.filter(({ isCapital }) => isCapital).map(({ term }) => term))
  return terms.map(({ term }) => ({ term, isName: names.has(term) }))
}

type Read = Readonly<{ term: string; isCapital: boolean }>

function readTerms(text: string): readonly Read[] {
  const words = tokens(text)
  const terms: Read[] = []
  let last = 0
  words.forEach(({ word, start, end }, i) => {
    const isFirst = i === 0 || SENTENCE_START.test(text.slice(last, start).slice(-GAP_CHARS_MAX))
    last = end
    if (STOP_WORDS.has(word)) return
    if (isAlone(word)) {
      const next = words[i + 1]
      if (next && next.start === end && isAlone(next.word)) terms.push({ term: word + next.word, isCapital: false })
    } else if (end - start > 1)
      terms.push({ term: stem(word), isCapital: !isFirst && CAPITAL.test(text.charAt(start)) })
  })
  return terms
}
const CAPITAL = /^\p{Lu}/u
/** What stands between two words when the second begins a sentence, a line or a quotation, where any word has a capital. */
const SENTENCE_START = /[.!?…:\n"“”„«»‘]/
const GAP_CHARS_MAX = 12

/** A word without its most common endings. It need not be a word: it only has to be the same for two forms of one. */
function stem(word: string): string {
  if (word.length < INFLECTED_CHARS_MIN) return word
  const last = word.charCodeAt(word.length - 1)
  if (last > 0x3ff && last < 0x530) return cut(word, CYRILLIC_ENDINGS)
  if (!word.endsWith('ss') && !word.endsWith('us') && !word.endsWith('is')) return cut(word, LATIN_ENDINGS)
  return word
}

/** Longest first. */
const LATIN_ENDINGS = ['ings', 'ies', 'ing', 'ied', 'ed', 'es', 's', 'y', 'e'] as const
const CYRILLIC_ENDINGS = [
  'ого',
  'ему',
  'ому',
  'ыми',
  'ими',
  'ами',
  'ями',
  'ах',
  'ях',
  'ов',
  'ев',
  'ів',
  'ом',
  'ем',
  'ою',
  'ею',
  'ой',
  'ей',
  'ий',
  'ый',
  'ая',
  'яя',
  'ое',
  'ее',
  'ые',
  'ие',
  'ам',
  'ям',
  'а',
  'я',
  'о',
  'е',
  'у',
  'ю',
  'ы',
  'и',
  'і',
  'ї',
  'й',
  'ь',
] as const

function cut(word: string, endings: readonly string[]): string {
  for (const ending of endings) {
    if (word.length - ending.length >= STEM_CHARS_MIN && word.endsWith(ending)) return word.slice(0, -ending.length)
  }
  return word
}

/** Whether a word is one character of a script without spaces. */
function isAlone(word: string): boolean {
  return word.length <= 2 && (word.codePointAt(0) ?? 0) >= 0x0e00 && /^[\p{L}\p{M}]+$/u.test(word)
}
