/** Finds what stands between quotation marks: “ ” " " « » „ “ ‘ ’ '' '' `` 「 」. Whether somebody said it is not decided here. */

/** Marked words. `start` to `end` are the words, `outerStart` to `outerEnd` the same with marks. */
export type Marked = Readonly<{
  start: number
  end: number
  outerStart: number
  outerEnd: number
  /** False where the closing mark is missing: the words then run to the end of the paragraph. */
  closed: boolean
  /** A paragraph of a block quotation: it has no marks, and is words said only if something says whose. */
  block?: true
}>

type Family = 'double' | 'single' | 'angle' | 'corner' | 'apostrophes'
type Mark = Readonly<{ family: Family; side: 'open' | 'close' | 'either'; length: number }>
type Open = Readonly<{ family: Family; at: number; start: number; glyph: string }>

/** A page with more is no article; what comes later is not read. */
const MARKED_MAX = 4000

const MARKS: Readonly<Record<string, Mark>> = {
  '“': { family: 'double', side: 'open', length: 1 },
  '‟': { family: 'double', side: 'open', length: 1 },
  '„': { family: 'double', side: 'open', length: 1 },
  '”': { family: 'double', side: 'close', length: 1 },
  '"': { family: 'double', side: 'either', length: 1 },
  '＂': { family: 'double', side: 'either', length: 1 },
  '«': { family: 'angle', side: 'either', length: 1 },
  '»': { family: 'angle', side: 'either', length: 1 },
  '「': { family: 'corner', side: 'open', length: 1 },
  '『': { family: 'corner', side: 'open', length: 1 },
  '」': { family: 'corner', side: 'close', length: 1 },
  '』': { family: 'corner', side: 'close', length: 1 },
  '‘': { family: 'single', side: 'open', length: 1 },
  '‚': { family: 'single', side: 'open', length: 1 },
  '’': { family: 'single', side: 'close', length: 1 },
  "'": { family: 'single', side: 'either', length: 1 },
}
const DOUBLED: Mark = { family: 'apostrophes', side: 'either', length: 2 }

/** Marked words in reading order, outermost only. Linear in the length of the text.
 *  @param quoted - paragraphs of block quotations, which are words without marks */
export function findMarked(text: string, quoted: ReadonlySet<string> = new Set()): readonly Marked[] {
  const singles = usesSingleMarks(text)
  const found: Marked[] = []
  let start = 0
  while (start < text.length && found.length < MARKED_MAX) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const block = quoted.size > 0 ? blockAt({ text, start, end }, quoted) : undefined
    if (block) found.push(block)
    else scanParagraph({ text, start, end, singles }, found)
    start = end + 1
  }
  return found
}

/** What a post that is shown on other pages ends with, and nobody says. */
const POST_ENDS = /(?:\s{0,3}(?:https?:\/\/t\.co\/\w{1,20}|pic\.(?:twitter|x)\.com\/\w{1,20}|\[image or embed\]))+$/
/** A line of capitals only, without a full stop: who said it. */
const BARE_NAME = /^\p{Lu}[\p{L}.'’-]{0,30}(?:\s(?:\p{Lu}[\p{L}.'’-]{0,30}|de|del|van|von|der|da|di|la|el|bin)){1,5}$/u
const SIGNED = /^[—–―-]\s?\p{L}/u

/** A paragraph of a block quotation as a run: one that has no marks of its own, or is signed on the line below. */
function blockAt({ text, start, end }: Omit<Paragraph, 'singles'>, quoted: ReadonlySet<string>): Marked | undefined {
  const paragraph = text.slice(start, end).trim()
  if (paragraph === '' || !quoted.has(paragraph) || SIGNED.test(paragraph) || BARE_NAME.test(paragraph)) return
  const below = text.slice(end, end + SIGNATURE_CHARS_MAX).trimStart()
  if (/["“”«»„「『]/.test(paragraph) && !(SIGNED.test(below) && !/^["“«„「『]/.test(paragraph))) return
  const from = start + text.slice(start, end).indexOf(paragraph)
  const to = from + paragraph.replace(POST_ENDS, '').length
  return to > from
    ? { start: from, end: to, outerStart: from, outerEnd: from + paragraph.length, closed: true, block: true }
    : undefined
}
const SIGNATURE_CHARS_MAX = 120 // a name, an account and a date

type Paragraph = Readonly<{ text: string; start: number; end: number; singles: boolean }>

function scanParagraph(paragraph: Paragraph, found: Marked[]): void {
  const { text, end } = paragraph
  let open: Open | undefined
  for (let i = paragraph.start; i < end && found.length < MARKED_MAX; i++) {
    const mark = markAt(text, i, paragraph.singles)
    if (!mark) continue
    if (open === undefined) {
      if (opens(paragraph, i, mark))
        open = { family: mark.family, at: i, start: i + mark.length, glyph: text.charAt(i) }
    } else if (closes(paragraph, { at: i, mark, open })) {
      push(text, { open, at: i, after: i + mark.length, closed: true }, found)
      open = undefined
    } else if (reopens(paragraph, { at: i, mark, open })) {
      push(text, { open, at: i, after: i, closed: false }, found)
      open = { family: mark.family, at: i, start: i + mark.length, glyph: text.charAt(i) }
    }
    i += mark.length - 1
  }
  if (open) push(text, { open, at: end, after: end, closed: false }, found)
}

function markAt(text: string, i: number, singles: boolean): Mark | undefined {
  const c = text.charAt(i)
  if ((c === "'" || c === '`' || c === '’') && text.charAt(i + 1) === c) return DOUBLED
  const mark = MARKS[c]
  return mark?.family === 'single' && !singles ? undefined : mark
}

function opens({ text, start, end }: Paragraph, i: number, mark: Mark): boolean {
  if (mark.family === 'corner') return mark.side === 'open'
  const before = i > start ? text.charAt(i - 1) : ' '
  const next = i + mark.length < end ? text.charAt(i + mark.length) : ' '
  if (mark.family === 'angle') return text.charAt(i) === '«' || (isSpace(before) && !isSpace(next))
  if (mark.side === 'open') return mark.family !== 'single' || !isLetter(before)
  if (isSpace(next)) return false
  if (mark.family === 'single') return mark.side === 'either' && isOpener(before) && isLetter(next)
  return isOpener(before) || (mark.side === 'either' && !isLetter(before) && before !== '=' && isLetter(next))
}

type Meeting = Readonly<{ at: number; mark: Mark; open: Open }>

function closes({ text, start, end }: Paragraph, { at, mark, open }: Meeting): boolean {
  if (mark.family !== open.family) return false
  const before = at > start ? text.charAt(at - 1) : ' '
  const next = at + mark.length < end ? text.charAt(at + mark.length) : ' '
  if (mark.family === 'angle') return text.charAt(at) !== open.glyph
  if (mark.family === 'single') return mark.side !== 'open' && !isSpace(before) && !isLetter(next)
  if (mark.side === 'close') return true
  if (open.glyph === '„' && text.charAt(at) !== '„') return true
  if (mark.side === 'either') return !(isOpener(before) && isLetter(next))
  return !isOpener(before) && !isLetter(next)
}

/** An opening mark inside an open quotation: the closing one was forgotten, if the words before end like a quotation. */
function reopens({ text, start }: Paragraph, { at, mark, open }: Meeting): boolean {
  if (mark.family !== open.family || mark.side === 'close') return false
  if (open.at === at) return false
  let i = at - 1
  while (i > start && isSpace(text.charAt(i))) i--
  return mark.family === 'double' && text.charAt(at) !== '"' && /[,.!?]/.test(text.charAt(i))
}

type Run = Readonly<{ open: Open; at: number; after: number; closed: boolean }>

function push(text: string, { open, at, after, closed }: Run, found: Marked[]): void {
  let [start, end] = [open.start, at]
  while (start < end && isSpace(text.charAt(start))) start++
  while (end > start && /[\s,]/.test(text.charAt(end - 1))) end--
  if (end > start)
    found.push({ start, end, outerStart: open.at, outerEnd: closed ? pastMarks(text, after) : after, closed })
}

/** A quotation inside may end with the same letter: its mark belongs to neither clause. */
function pastMarks(text: string, after: number): number {
  return /['’”"]/.test(text.charAt(after)) && !isLetter(text.charAt(after + 1)) ? after + 1 : after
}

/** British papers quote in single marks; elsewhere those are apostrophes and quotations inside quotations. */
function usesSingleMarks(text: string): boolean {
  let [single, double] = [0, 0]
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i)
    if (c === '"' || c === '“' || c === '”') double++
    else if (c === '‘') single++
    else if (c === "'" && isOpener(i > 0 ? text.charAt(i - 1) : ' ') && isLetter(text.charAt(i + 1))) single++
  }
  return single > double
}

function isSpace(c: string): boolean {
  return c === '' || /\s/.test(c)
}
function isLetter(c: string): boolean {
  return /[\p{L}\p{N}]/u.test(c)
}
function isOpener(c: string): boolean {
  return isSpace(c) || '([{—–-―/…:“‘'.includes(c)
}
