/** Marked words in languages that put the clause inside the marks («Ja, — said he. — No») or speech behind a dash (– Ja – said he). */
import { findMarked, type Marked } from '../marks.ts'
import type { Tongue } from './tongue.ts'

/** In reading order, as `findMarked` gives them; what stands between the parts of one quotation is a clause, not said. */
export function markedIn(text: string, tongue: Tongue, blocks: ReadonlySet<string>): readonly Marked[] {
  const runs = findMarked(text, blocks)
  const marked = runs.flatMap((run) => (run.block ? [run] : partsOf({ text, tongue }, run)))
  if (!tongue.dashes) return marked
  const spoken = linesOf(text)
    .flatMap(([from, to]) => dashedIn({ text, tongue }, from, to))
    .slice(0, MARKED_MAX)
  if (spoken.length === 0) return marked
  const free = marked.filter((run) => !spoken.some((one) => run.start < one.end && one.start < run.end))
  return [...free, ...spoken].toSorted((a, b) => a.start - b.start).slice(0, MARKED_MAX)
}

/** A text with more is no article; what comes later is not read. */
const MARKED_MAX = 2000

type Reading = Readonly<{ text: string; tongue: Tongue }>
/** Where a clause within marks begins and ends: the words stop at `end`, and go on at `next` behind a dash at `mark`. */
type Clause = Readonly<{ end: number; next: number; mark: number }>

/** A quotation has no more clauses than this. */
const PARTS_MAX = 8

function partsOf(reading: Reading, run: Marked): readonly Marked[] {
  const parts: Marked[] = []
  let rest = run
  for (
    let clause = clauseWithin(reading, rest);
    clause && parts.length < PARTS_MAX;
    clause = clauseWithin(reading, rest)
  ) {
    parts.push({ ...rest, end: trimEnd(reading.text, rest.start, clause.end), outerEnd: clause.end })
    if (clause.next >= run.end) return parts
    rest = { ...run, start: clause.next, outerStart: clause.mark }
  }
  return [...parts, rest]
}

function clauseWithin(reading: Reading, { start, end }: Marked): Clause | undefined {
  return (
    dashClause(reading, start, end) ??
    rayaClause(reading, start, end) ??
    (reading.tongue.incises ? commaClause(reading, start, end) : undefined)
  )
}

const DASH_AFTER = /[,!?…]\s+[—–-]\s+/g
const DASH_AGAIN = /\s+[—–-]\s+/g

/** «..., — said she. — ...» */
function dashClause({ text, tongue }: Reading, start: number, end: number): Clause | undefined {
  const words = text.slice(start, end)
  for (const found of words.matchAll(DASH_AFTER)) {
    const from = found.index + found[0].length
    if (!beginsClause(words.slice(from), tongue)) continue
    DASH_AGAIN.lastIndex = from
    const again = DASH_AGAIN.exec(words)
    return {
      end: start + found.index + 1,
      next: again ? start + again.index + again[0].length : end,
      mark: again ? start + again.index : end,
    }
  }
  return
}

/** «El puente —explicó— no aguanta»: Spanish dashes stand close to their clause. */
function rayaClause({ text, tongue }: Reading, start: number, end: number): Clause | undefined {
  const words = text.slice(start, end)
  for (const found of words.matchAll(/\s[—–](?=\p{Ll})/gu)) {
    const from = found.index + found[0].length
    if (!beginsClause(words.slice(from), tongue)) continue
    const again = /[—–][.,;]?\s+/.exec(words.slice(from))
    if (!again) continue
    const mark = start + from + again.index
    return { end: start + found.index, next: mark + again[0].length, mark }
  }
  return
}

/** The verb stands among the first words of a clause. */
const HEAD_WORDS = 4
const HEAD_CHARS_MAX = 80
function beginsClause(words: string, { verbs }: Tongue): boolean {
  if (!/^\p{Ll}/u.test(words)) return false
  const head = words.slice(0, HEAD_CHARS_MAX).match(/^[^.;:—–]*/)?.[0] ?? ''
  return (head.match(/[\p{L}\p{M}'’-]+/gu) ?? []).slice(0, HEAD_WORDS).some((word) => verbs.has(word.toLowerCase()))
}

/** « ..., says she. ... »: inverted, as French has it. */
function commaClause({ text, tongue }: Reading, start: number, end: number): Clause | undefined {
  const words = text.slice(start, end)
  for (const comma of words.matchAll(/,\s+/g)) {
    const from = comma.index + comma[0].length
    const length = invertedLength(words.slice(from, from + CLAUSE_CHARS_MAX), tongue)
    const next = Math.min(end, start + from + length)
    if (length > 0) return { end: start + comma.index + 1, next, mark: next }
  }
  return
}
const CLAUSE_CHARS_MAX = 160 // verb, title and name

/** Characters of "raconte-t-elle. ", "a-t-il dit, ", "explique le maire, Paul Sol. "; 0 for anything else. */
function invertedLength(words: string, { verbs }: Tongue): number {
  const turned = /^(\p{L}+)-(?:t-)?(?:ils?|elles?|on)\b[^,.!?]{0,40}(?:[,.!?]\s*|$)/u.exec(words)
  if (turned && (verbs.has(turned[1] ?? '') || /^(?:a|ont|avait)$/.test(turned[1] ?? ''))) return turned[0].length
  const verb = /^\p{Ll}+/u.exec(words)?.[0] ?? ''
  if (!verbs.has(verb) || /(?:é|i|u|s)$/.test(verb)) return 0 // a participle alone begins no clause
  const named = /^\p{Ll}+\s+(?:(?:l[ea]\s|l['’]|M\.\s|Mme\s)[^.!?«»]{0,90}?)?\p{Lu}[^,.!?«»]*(?:[,.!?]\s*|$)/u.exec(
    words,
  )
  return named?.[0].length ?? 0
}

// ---- speech behind a dash ---------------------------------------------------------------------------------------

function linesOf(text: string): readonly (readonly [from: number, to: number])[] {
  const lines: [number, number][] = []
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from)
    const to = newline < 0 ? text.length : newline
    if (to > from) lines.push([from, to])
    from = to + 1
  }
  return lines
}

const OPENING_DASH = /(?:^|[.!?…]["”»]?\s)\s*[—–-]\s+(?=[\p{Lu}«„“"…])/gu
type Piece = Readonly<{ from: number; to: number; dash: number }>

/** What a line says behind its first dash, if a clause with a verb of speech stands between dashes; a list of points has none. */
function dashedIn(reading: Reading, from: number, to: number): readonly Marked[] {
  const line = reading.text.slice(from, to)
  OPENING_DASH.lastIndex = 0
  const opening = OPENING_DASH.exec(line)
  if (!opening) return []
  const found: Marked[] = []
  let attributed = false
  let speaking = true
  let said: Piece | undefined
  const close = () => {
    if (said) found.push(markedOf(reading.text, from, said))
    said = undefined
  }
  for (const piece of piecesOf(line, opening.index + opening[0].search(/[—–-]/), opening.index + opening[0].length)) {
    const words = line.slice(piece.from, piece.to)
    if (speaking && said && beginsClause(words, reading.tongue)) {
      close()
      attributed = true
      speaking = /[.,:!?]$/.test(words) // the dash behind it goes on with what was said
      if (!speaking) break
    } else said = { ...piece, ...(said ? { from: said.from, dash: said.dash } : {}) }
  }
  close()
  return attributed ? found : []
}

function piecesOf(line: string, first: number, from: number): readonly Piece[] {
  const pieces: Piece[] = []
  let [dash, start] = [first, from]
  for (const found of line.slice(from).matchAll(/\s[—–-]\s/g)) {
    pieces.push({ from: start, to: from + found.index, dash })
    dash = from + found.index + 1
    start = dash + 2
  }
  return [...pieces, { from: start, to: line.length, dash }]
}

function markedOf(text: string, line: number, { from, to, dash }: Piece): Marked {
  const [start, end] = [line + from, line + to]
  return { start, end: trimEnd(text, start, end), outerStart: line + dash, outerEnd: end, closed: true }
}

function trimEnd(text: string, start: number, from: number): number {
  let end = from
  while (end > start && /[\s,]/.test(text.charAt(end - 1))) end--
  return end
}
