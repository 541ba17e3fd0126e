import type { Signature } from './model.ts'
import { minHash, sharedPlaces } from './signature/min-hash.ts'
import { namedTermsOf, termsOf } from './signature/terms.ts'
import { tokens } from './words.ts'

/** What two reports of one event share is among these; the words after them stand in a report once. */
export const SIGNATURE_TERMS_MAX = 60
/** The event stands at the top of a report, what was before and around it below. */
const BODY_CHARS_MAX = 5000
/** A headline names the event: each of its words counts as three in the text. */
const TITLE_COUNT = 3
/** Names tell events of one kind apart, two quakes or two strikes: each mention counts as three. On invented reports of such
 *  near misses it took precision from .5 to .9 and more. */
const NAME_COUNT = 3
/** The usual length of a shingle for news (READING.md). */
const SHINGLE_WORDS = 5
/** Fewer words are a teaser, where a common phrase would make a copy. */
const COPY_WORDS_MIN = 25
/** Bounds the time; a copy shows before. */
const COPY_WORDS_MAX = 2000
/** Half of all runs alike is no coincidence: one wrote, the other printed it. */
const COPY_SHARE_MIN = 0.5

/** What makes an article comparable with others. Counts of terms are those in the text's first 5,000 characters, with names
 *  and the title's words counted thrice; terms with equal counts stand in the order in which they appear, the title first.
 *  @param title - the headline, which is not part of `text`
 *  @param text - the clean text, or '' where nothing but the title is known */
export function signatureOf(title: string, text: string): Signature {
  const counts = new Map<string, number>()
  for (const term of termsOf(title)) counts.set(term, (counts.get(term) ?? 0) + TITLE_COUNT)
  for (const { term, isName } of namedTermsOf(text.slice(0, BODY_CHARS_MAX))) {
    counts.set(term, (counts.get(term) ?? 0) + (isName ? NAME_COUNT : 1))
  }
  const terms = [...counts].sort(([, a], [, b]) => b - a).slice(0, SIGNATURE_TERMS_MAX)
  return { terms, shingles: shinglesOf(text) }
}

/** Whether two texts are one, printed twice with few changes: one voice. Estimated from their shingles; false where one of them is
 *  too short to tell. */
export function isCopy(a: Signature, b: Signature): boolean {
  return sharedPlaces(a.shingles, b.shingles) >= COPY_SHARE_MIN
}

function shinglesOf(text: string): readonly number[] {
  const words = tokens(text.slice(0, COPY_WORDS_MAX * WORD_CHARS)).map((token) => token.word)
  return words.length < COPY_WORDS_MIN ? [] : minHash(words.slice(0, COPY_WORDS_MAX), SHINGLE_WORDS)
}
/** More than a word and its space take in any language's news, so that the cut by characters is no shorter than that by words. */
const WORD_CHARS = 16
