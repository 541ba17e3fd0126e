/** One normaliser for topics, articles and search: whatever two writers spell differently comes out the same, and a word is a
 *  whole word by construction. Linear in the text's length, whatever it holds. */
import { CLASS, classOf, foldText, foldUnit, foldWord } from './words/fold.ts'

/** One word of a text. Offsets are UTF-16 code units of the original: `text.slice(start, end)` is the word as it was spelt,
 *  without a possessive 's. */
export type Token = Readonly<{ word: string; start: number; end: number }>

const QUERY_CHARS_MAX = 500 // a search is a line, not an article
const QUERY_PARTS_MAX = 32 // FTS5 is quick with dozens of words, not with thousands
const QUERY_PREFIX_CHARS_MIN = 2 // "a*" would walk a tenth of the index

/** A text in its normal form: NFKD without diacritics, lower case, "ß" as "ss", "ø" as "o", every apostrophe typewritten,
 *  invisible characters gone. Spaces and punctuation stay. For comparing two short texts; for words use `tokens`. */
export function normalize(text: string): string {
  let seen = ''
  for (const character of text) {
    const kind = classOf(character.codePointAt(0) ?? 0)
    if (kind === CLASS.unseen) continue
    seen += kind === CLASS.inside || kind === CLASS.dropped ? "'" : character
  }
  return foldText(seen)
}

/** The words of a text, in order.
 *  Letters and digits make words; hyphens part them ("NATO-led" is nato, led). In Latin script an apostrophe parts too
 *  ("l'OTAN", "NATO'nun"), and a possessive 's is left out ("NATO's" is nato); in other scripts it is a letter of the word and
 *  drops out ("п'ять"). Initials with dots are one word ("U.S." is us). "C++" and "C#" keep their signs. A character of a
 *  script without spaces is a word by itself. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isAsciiWord(code)) at = readWord(text, at, found)
    else if (code < 0x80) at += 1
    else {
      const point = text.codePointAt(at) ?? 0
      const kind = classOf(point)
      if (kind === CLASS.word) at = readWord(text, at, found)
      else if (kind === CLASS.alone) at = readAlone(text, at, found)
      else at += point > 0xffff ? 2 : 1
    }
  }
  return found
}

/** The words of a text, joined by spaces: what the search index is fed with, and what phrases are compared in. */
export function searchForm(text: string): string {
  return tokens(text)
    .map((token) => token.word)
    .join(' ')
}

/** A user's search as an FTS5 query over `searchForm`. Every word is wanted; "words in quotes" stand together; `sanction*` is a
 *  prefix. Words are always quoted, so that none is an operator. '' when nothing is left to look for. */
export function ftsQuery(typed: string): string {
  const parts: string[] = []
  // A lone surrogate from the cut is no letter, so it cannot end up in a word.
  for (const piece of typed.slice(0, QUERY_CHARS_MAX).matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)/g)) {
    const typedPart = piece[1] ?? piece[2] ?? ''
    const words = searchForm(typedPart)
    if (words === '') continue
    const open = typedPart.trimEnd().endsWith('*') && words.length >= QUERY_PREFIX_CHARS_MIN
    parts.push(open ? `"${words}"*` : `"${words}"`)
    if (parts.length === QUERY_PARTS_MAX) break
  }
  return parts.join(' ')
}

function isAsciiWord(code: number): boolean {
  return (code > 0x60 && code < 0x7b) || (code > 0x40 && code < 0x5b) || (code > 0x2f && code < 0x3a)
}

/** Reads the word that begins at `start`, adds it, and returns where to go on. */
function readWord(text: string, start: number, found: Token[]): number {
  let at = start
  while (at < text.length && isAsciiWord(text.charCodeAt(at))) at++
  const next = text.codePointAt(at) ?? 0x20
  if (next >= 0x80 && isPlainInside(classOf(next))) return readAnyWord(text, start, found)
  if (at === start + 1 && next === 0x2e) return readInitials(text, start, found)
  return addLatinWord(text, { word: text.slice(start, at).toLowerCase(), start, end: at }, found)
}

function isPlainInside(kind: number): boolean {
  return kind === CLASS.word || kind === CLASS.mark || kind === CLASS.unseen || kind === CLASS.dropped
}

/** The long way: letters beyond ASCII, marks, and what drops out of a word. */
function readAnyWord(text: string, start: number, found: Token[]): number {
  let at = start
  let end = start
  let word = ''
  let whole = false // parts that only make sense together: marks that compose, surrogate pairs
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0
    const size = code > 0xffff ? 2 : 1
    const kind = isAsciiWord(code) ? CLASS.word : classOf(code)
    if (kind === CLASS.word || kind === CLASS.mark) {
      whole ||= kind === CLASS.mark || size === 2
      if (!whole) word += foldUnit(code)
      end = at + size
    } else if (kind === CLASS.inside) {
      if (!joinsAt(text, at)) break
    } else if (kind !== CLASS.unseen && kind !== CLASS.dropped) break
    at += size
  }
  if (whole) word = foldWord(text.slice(start, end))
  if (text.charCodeAt(end) === 0x2e && end === start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1))
    return readInitials(text, start, found)
  return addLatinWord(text, { word, start, end }, found)
}

/** An apostrophe is a letter of its word where the letters on both sides are of a script other than Latin: "п'ять". */
function joinsAt(text: string, at: number): boolean {
  return isOtherLetter(text.charCodeAt(at - 1)) && isOtherLetter(text.charCodeAt(at + 1))
}

const LATIN_END = 0x24f // Latin, its supplement and extensions A and B end here
const LATIN_MORE = 0x1e00 // Latin Extended Additional
const LATIN_MORE_END = 0x1eff

function isOtherLetter(code: number): boolean {
  if (!(code > LATIN_END) || (code >= LATIN_MORE && code <= LATIN_MORE_END)) return false
  return classOf(code) === CLASS.word
}

/** "U.S.", "J.D. Vance", "N.A.T.O": single letters, each but the last with a dot, are one word. */
function readInitials(text: string, start: number, found: Token[]): number {
  let at = start
  let end = start
  let word = ''
  let letters = 0
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0
    const size = code > 0xffff ? 2 : 1
    if (!isLetter(code)) break
    const after = at + size
    if (after < text.length && isWordAt(text, after)) break // a longer word begins: "U.Sam"
    word += foldWord(text.slice(at, after))
    letters++
    end = after
    if (text.charCodeAt(after) !== 0x2e) break
    at = after + 1
    if (letters > 1) end = at // the last dot belongs to "U.S.", but not to a lone "I."
  }
  if (letters === 0) return start + 1
  return addLatinWord(text, { word, start, end }, found)
}

function isLetter(code: number): boolean {
  if (code < 0x80) return isAsciiWord(code) && code > 0x39
  return classOf(code) === CLASS.word
}

function isWordAt(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0
  return code < 0x80 ? isAsciiWord(code) : isPlainInside(classOf(code))
}

/** Adds the word with the signs that belong to it, and passes over a possessive 's. */
function addLatinWord(text: string, read: Token, found: Token[]): number {
  let { word, end } = read
  const sign = text.charCodeAt(end)
  if (sign === 0x23 || (sign === 0x2b && text.charCodeAt(end + 1) === 0x2b)) {
    const after = end + (sign === 0x23 ? 1 : 2)
    const last = text.charCodeAt(end - 1)
    if (isLetter(last) && !isWordAt(text, after)) {
      word += sign === 0x23 ? '#' : '++'
      end = after
    }
  }
  if (word !== '') found.push({ word, start: read.start, end })
  return skipPossessive(text, end)
}

function skipPossessive(text: string, at: number): number {
  const mark = text.charCodeAt(at)
  if (mark !== 0x27 && !(mark >= 0x80 && classOf(mark) === CLASS.inside)) return at
  const letter = text.charCodeAt(at + 1)
  if (letter !== 0x73 && letter !== 0x53) return at
  return isWordAt(text, at + 2) ? at : at + 2
}

/** One character of a script without spaces, with the marks that sit on it. */
function readAlone(text: string, start: number, found: Token[]): number {
  let end = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1)
  let marked = false
  while (end < text.length && text.charCodeAt(end) >= 0x80 && classOf(text.charCodeAt(end)) === CLASS.mark) {
    marked = true
    end++
  }
  const single = !marked && end === start + 1
  const word = single ? foldUnit(text.charCodeAt(start)) : foldWord(text.slice(start, end))
  if (word !== '') found.push({ word, start, end })
  return end
}
