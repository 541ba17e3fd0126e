import { AFTER_ORDINAL, BEFORE_NUMBER, MAY_BE_LAST, STARTERS, TITLES, WITHIN } from './sentences/abbreviations.ts'

/** One sentence of a text, without the white space around it: `text.slice(start, end)` of the whole is its `text`. */
export type Sentence = Readonly<{ start: number; end: number; text: string }>

/** Unicode's rules (UAX 29) with the root's data: they know no abbreviations, which is what this file adds. */
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' })
/** Longer words are no abbreviations; it bounds every look back and ahead. */
const WORD_CHARS_MAX = 24
/** The longest run of marks that may trail behind a full stop: `.'' )`. */
const MARKS_CHARS_MAX = 8

/** The sentences of a text in reading order. A blank line always ends one, a single line break does unless the next line
 *  goes on in lower case (hard-wrapped text). A closing mark stays with the sentence that it closes. "Mr.", "U.S.",
 *  initials, "No. 5" and the like end none. Sentences do not overlap; what lies between them is white space.
 *  @param text - any text; time is linear in its length
 *  @returns offsets in UTF-16 code units */
export function splitSentences(text: string): readonly Sentence[] {
  return blocksOf(text).flatMap(([start, end]) => sentencesOfBlock(text, start, end))
}

type Span = readonly [start: number, end: number]

/** Spans between blank lines. */
function blocksOf(text: string): Span[] {
  const blocks: Span[] = []
  let start = 0
  let at = 0
  while (at < text.length) {
    const lineEnd = lineEndAfter(text, at)
    if (text.slice(at, lineEnd).trim() === '') {
      if (at > start) blocks.push([start, at])
      start = lineEnd + 1
    }
    at = lineEnd + 1
  }
  if (start < text.length) blocks.push([start, text.length])
  return blocks
}

function lineEndAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function sentencesOfBlock(text: string, blockStart: number, blockEnd: number): Sentence[] {
  const block = text.slice(blockStart, blockEnd)
  const spans: [start: number, end: number][] = []
  let straightMarks = 0 // straight quote marks before the segment: an odd number means that one is open
  for (const { segment, index } of SEGMENTER.segment(block)) {
    const last = spans.at(-1)
    const closing =
      last && !/\n\s*$/.test(block.slice(Math.max(0, index - 2), index)) ? closingMarks(segment, straightMarks) : 0
    straightMarks += count(segment, '"')
    const end = index + segment.length
    const whole = closing === segment.trimEnd().length || (closing > 0 && startsLower(segment.slice(closing)))
    if (last && (whole || goesOn(block, last[0], index))) last[1] = end
    else if (last && closing > 0) {
      last[1] = index + closing
      spans.push([index + closing, end])
    } else spans.push([index, end])
  }
  return spans.flatMap(([start, end]) => trimmed(text, blockStart + start, blockStart + end))
}

/** Length of the closing marks that a segment begins with, when white space or nothing follows them; else 0. */
function closingMarks(segment: string, straightMarks: number): number {
  let at = 0
  while (at < MARKS_CHARS_MAX && at < segment.length && `”’»)]'"`.includes(segment.charAt(at))) at++
  if (at === 0 || /\S/.test(segment.charAt(at))) return 0
  return segment.startsWith('"') && straightMarks % 2 === 0 ? 0 : at
}

/** Whether the sentence goes on over the break that Unicode's rules found at `at`. */
function goesOn(block: string, sentenceStart: number, at: number): boolean {
  const before = block.slice(Math.max(sentenceStart, at - WORD_CHARS_MAX - MARKS_CHARS_MAX), at)
  const next = wordAt(block, at)
  const lowerNext = startsLower(block.slice(at, at + MARKS_CHARS_MAX))
  if (before.includes('\n') && /\n[^\S\n]*$/.test(before)) return lowerNext && !/[.!?…:;。]["”’»)]*\s*$/.test(before)
  const tail = before.trimEnd()
  if (/[!?](?:\s?»)?["”’»)]*$/.test(tail)) return lowerNext // `"Why?" he asked`
  if (!tail.endsWith('.')) return false
  return dotGoesOn(lastWord(tail), next)
}

function dotGoesOn(word: string, next: string): boolean {
  const lower = word.toLowerCase()
  const starts = STARTERS.has(next.toLowerCase())
  if (/^\p{N}/u.test(next) && BEFORE_NUMBER.has(lower)) return true
  if (/^\p{N}{1,2}$/u.test(word)) return AFTER_ORDINAL.has(next.toLowerCase())
  if (/^\p{L}$/u.test(word) && (startsUpper(word) || next.length === 1)) return word !== 'I' && next !== '' && !starts // an initial, "z. B."
  if (/^\p{L}{1,3}(?:[.-]\p{L}{1,3})+$/u.test(word)) return next !== '' && !starts // U.S., a.m., Ph.D, J.-C
  if (next === '') return false
  if (WITHIN.has(lower)) return true
  return startsUpper(word) && (TITLES.has(lower) || (MAY_BE_LAST.has(lower) && !starts))
}

/** The word before the last dot, with its own dots: "U.S" of "the U.S." */
function lastWord(tail: string): string {
  const end = tail.length - 1
  let start = end
  while (start > 0 && /[\p{L}\p{N}.§-]/u.test(tail.charAt(start - 1))) start--
  return tail.slice(start, end).replace(/^[.-]+/, '')
}

/** The word that begins at `at`, behind any opening marks. */
function wordAt(block: string, at: number): string {
  return /^[\s"“‘'«„([]*([\p{L}\p{N}'’]+)/u.exec(block.slice(at, at + WORD_CHARS_MAX + MARKS_CHARS_MAX))?.[1] ?? ''
}

function startsLower(text: string): boolean {
  return /^\s*\p{Ll}/u.test(text)
}

function startsUpper(text: string): boolean {
  return /^\p{Lu}/u.test(text) || /^\p{Script=Cyrillic}/u.test(text)
}

function count(text: string, character: string): number {
  let found = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++
  return found
}

function trimmed(text: string, start: number, end: number): Sentence[] {
  const raw = text.slice(start, end)
  const sentence = raw.trim()
  if (sentence === '') return []
  const from = start + (raw.length - raw.trimStart().length)
  return [{ start: from, end: from + sentence.length, text: sentence }]
}
