/** Whether a summary that a language model wrote may stand in the extract's place: nothing in it that the article does not have. */
import type { Article } from '../model.ts'
import { oneLine } from '../safe-text.ts'
import { splitSentences } from '../sentences.ts'
import { STOP_WORDS } from '../signature/stop-words.ts'
import { tokens } from '../words.ts'

/** What a card shows at the most, as for the extract. */
const REWRITE_CHARS_MAX = 420
const SENTENCES_MAX = 3
/** Less is no summary but an answer ("Sure."). */
const REWRITE_CHARS_MIN = 40
/** Spelled numbers: a model that makes one up may not write it in digits. */
const NUMBER_WORDS: ReadonlyMap<string, string> = new Map([
  ...'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, n) => [word, String(n + 2)] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, n) => [word, String((n + 2) * 10)] as const),
])
const LARGE_NUMBERS: ReadonlySet<string> = new Set(
  'dozen dozens hundred hundreds thousand thousands million millions billion billions trillion'.split(' '),
)

type Written = Pick<Article, 'title' | 'text'>

/** The sentences of a rewritten summary, or why it is refused: the extract is shown then.
 *  Every name (any capital that is not merely a sentence's start) and every number must stand in the article; so strict that an inflected
 *  name is refused as well. */
export function checkRewrite(
  written: string,
  article: Written,
): Readonly<{ kind: 'taken'; sentences: readonly string[] } | { kind: 'refused'; reason: string }> {
  const text = oneLine(written)
  const sentences = splitSentences(text).map((sentence) => sentence.text)
  const reason = faultOf(text, sentences, article)
  return reason === undefined ? { kind: 'taken', sentences } : { kind: 'refused', reason }
}

function faultOf(text: string, sentences: readonly string[], article: Written): string | undefined {
  if (text.length < REWRITE_CHARS_MIN) return 'too short'
  if (text.length > REWRITE_CHARS_MAX || sentences.length > SENTENCES_MAX) return 'too long'
  if (/[?？؟]/.test(text)) return 'a question'
  if (/https?:|www\.|[<>*_`#@]|\]\(/i.test(text)) return 'markup or an address'
  const source = `${article.title}\n${article.text}`
  if (numbersOf(text).some((number) => !holdsNumber(number, source))) return 'a number that the article does not have'
  const known = new Set(tokens(source).map(({ word }) => word))
  if (sentences.some((sentence) => hasForeignName(sentence, known))) return 'a name that the article does not have'
  const quoted = text.match(/["“„«»”].*?["“”«»]/g) ?? []
  if (quoted.some((words) => !source.includes(words.slice(1, -1).trim()))) return 'words that nobody said'
  return undefined
}

/** Digits without what parts thousands, and number words as digits. */
function numbersOf(text: string): readonly string[] {
  const digits = (text.match(/\p{N}+(?:[.,\u00a0\u202f ]\p{N}{3})*(?:[.,]\p{N}+)?/gu) ?? []).map(plainNumber)
  return [
    ...digits,
    ...tokens(text).flatMap(({ word }) => NUMBER_WORDS.get(word) ?? (LARGE_NUMBERS.has(word) ? word : [])),
  ]
}

function plainNumber(number: string): string {
  return number.replace(/[.,\s\u00a0\u202f](?=\p{N}{3}(?:\P{N}|$))/gu, '').replace(',', '.')
}

function holdsNumber(number: string, source: string): boolean {
  return new Set(numbersOf(source)).has(number)
}

/** At a sentence's start any small word has a capital; what else is unknown there may be a name. */
function hasForeignName(sentence: string, known: ReadonlySet<string>): boolean {
  return tokens(sentence).some(({ word, start }, n) => {
    const capital = /^\p{Lu}/u.test(sentence.slice(start))
    return capital && !known.has(word) && !(n === 0 && STOP_WORDS.has(word))
  })
}
