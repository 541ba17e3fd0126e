/** Parts what a user typed into terms: one pass, no backtracking. */

/** One term as typed. `at` is its offset; `text` is without sign, field, quotes, slashes and invisible characters. */
export type Piece = Readonly<{
  typed: string
  text: string
  at: number
  sign: '' | '+' | '-'
  field: '' | 'speaker' | 'source'
  pattern: boolean
  flags: string
  /** A quote or pattern that never ends. */
  open: boolean
}>

/** Where one ended is all that the next needs. */
type Read = Readonly<{ piece: Piece; next: number }>
type Start = Pick<Piece, 'at' | 'sign' | 'field'>

const SEPARATORS = /[,\n\r，、،]/
const SPACE = /\s/
const QUOTES = /["“”„«»]/
const MINUS = /[-−–—]/ // keyboards on phones make dashes of hyphens
const FIELDS = /(speaker|source):/iy
const STARTS_WORD = /["“”„«»/\p{L}\p{N}]/u
/** Control and invisible characters (bidi, zero-width, NUL) that a paste brings along; a joiner has no place in a keyword either. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu

/** The terms of a typed text, in order. At most as many as it has separators. */
export function splitTerms(typed: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  while (at < typed.length) {
    const character = typed.charAt(at)
    if (SPACE.test(character) || SEPARATORS.test(character)) {
      at++
      continue
    }
    const { piece, next } = readPiece(typed, at)
    pieces.push(piece)
    at = Math.max(next, at + 1)
  }
  return pieces
}

function readPiece(typed: string, at: number): Read {
  let from = at
  const sign = signAt(typed, from)
  if (sign !== '') from++
  FIELDS.lastIndex = from
  const named = FIELDS.exec(typed)?.[1]?.toLowerCase()
  const field = named === 'speaker' || named === 'source' ? named : ''
  if (field !== '') {
    from += field.length + 1
    while (from < typed.length && typed.charAt(from) === ' ') from++
  }
  const start: Start = { at, sign, field }
  if (QUOTES.test(typed.charAt(from))) return readQuoted(typed, from, start)
  if (field === '' && typed.charAt(from) === '/') return readPattern(typed, from, start)
  return readBare(typed, from, start)
}

/** A sign counts right before a word; " - " is a dash, and "C++" has its signs at the end. */
function signAt(typed: string, at: number): Piece['sign'] {
  if (!STARTS_WORD.test(String.fromCodePoint(typed.codePointAt(at + 1) ?? 0))) return ''
  const character = typed.charAt(at)
  if (character === '+') return '+'
  return MINUS.test(character) ? '-' : ''
}

function readQuoted(typed: string, from: number, start: Start): Read {
  let end = from + 1
  while (end < typed.length && !QUOTES.test(typed.charAt(end)) && typed.charAt(end) !== '\n') end++
  const open = !QUOTES.test(typed.charAt(end))
  const star = typed.charAt(end + 1) === '*' ? '*' : ''
  const next = end + 1 + star.length
  return { piece: pieceOf(typed.slice(from + 1, end) + star, typed.slice(start.at, next), { ...start, open }), next }
}

function readPattern(typed: string, from: number, start: Start): Read {
  let end = from + 1
  while (end < typed.length && typed.charAt(end) !== '\n') {
    if (typed.charAt(end) === '\\') end++
    else if (typed.charAt(end) === '/') {
      const flags = flagsAt(typed, end + 1)
      if (flags !== undefined) {
        const next = end + 1 + flags.length
        const piece = pieceOf(typed.slice(from + 1, end), typed.slice(start.at, next), {
          ...start,
          pattern: true,
          flags,
        })
        return { piece, next }
      }
    }
    end++
  }
  const piece = pieceOf(typed.slice(from + 1, end), typed.slice(start.at, end), { ...start, pattern: true, open: true })
  return { piece, next: end }
}

/** The letters behind a closing slash, or nothing where the slash is inside the expression. */
function flagsAt(typed: string, at: number): string | undefined {
  let end = at
  while (end < at + 4 && /[a-z]/.test(typed.charAt(end))) end++ // four flags are known
  const next = typed.charAt(end)
  return next === '' || SPACE.test(next) || SEPARATORS.test(next) ? typed.slice(at, end) : undefined
}

/** Up to a comma, a line's end, or a space before what can only be another term: a sign, a quote, a field. */
function readBare(typed: string, from: number, start: Start): Read {
  let end = from
  while (end < typed.length && !SEPARATORS.test(typed.charAt(end))) {
    if (end > from && SPACE.test(typed.charAt(end)) && startsTerm(typed, end + 1)) break
    end++
  }
  return { piece: pieceOf(typed.slice(from, end), typed.slice(start.at, end), start), next: end }
}

function startsTerm(typed: string, at: number): boolean {
  FIELDS.lastIndex = at
  return QUOTES.test(typed.charAt(at)) || signAt(typed, at) !== '' || FIELDS.test(typed)
}

function pieceOf(text: string, typed: string, more: Start & Partial<Piece>): Piece {
  const clean = text.replace(UNSEEN, '').trim()
  return { pattern: false, flags: '', open: false, ...more, text: clean, typed: typed.replace(UNSEEN, '').trim() }
}
