/** Spelling with capitals, for acronyms that are also words. */

const LINE_CHARS_MAX = 200 // a headline is shorter; it bounds the look to either side
const SHOUTED_LETTERS_MIN = 4 // "US GDP UP" is a line of acronyms, "WHO SAYS SO" is shouted
const LOWER = /\p{Ll}/u

/** Whether the text has a capital wherever the term has one: "WHO" is spelt by "WHO" and "W.H.O.", "Gaza" by "Gaza" and "GAZA".
 *  In a line that is all capitals, those of an acronym say nothing: there it counts as not spelt. */
export function isSpelt(term: string, text: string, { start, end }: Readonly<{ start: number; end: number }>): boolean {
  const wanted = lettersOf(term)
  const found = lettersOf(text.slice(start, end))
  if (wanted.length === found.length) {
    if (wanted.some((letter, at) => isCapital(letter) && !isCapital(found[at] ?? ''))) return false
  } else if (found.some((letter) => LOWER.test(letter))) return false
  return LOWER.test(term) || !isShouted(text, start, end)
}

function lettersOf(text: string): readonly string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}]/gu) ?? []
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase()
}

/** No lower case in the whole line, and a longer word beside the term itself. */
function isShouted(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - LINE_CHARS_MAX), start)
  const after = text.slice(end, end + LINE_CHARS_MAX)
  const left = before.slice(before.lastIndexOf('\n') + 1)
  const right = after.split('\n', 1)[0] ?? ''
  if (LOWER.test(left) || LOWER.test(right)) return false
  const words = `${left} ${right}`.match(/\p{Lu}+/gu) ?? []
  return words.some((word) => word.length >= SHOUTED_LETTERS_MIN)
}
