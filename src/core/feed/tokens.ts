/** A piece of markup. Text is raw (entities not decoded), names are as written; attribute names are lower case, values raw. */
export type Token = Readonly<
  | { kind: 'text'; text: string }
  | { kind: 'cdata'; text: string }
  | { kind: 'open'; name: string; attributes: Attributes; closed: boolean; start: number; end: number }
  | { kind: 'close'; name: string; start: number; end: number }
  | { kind: 'doctype'; text: string }
  | { kind: 'cut' } // the text ends inside a tag, a comment or a CDATA section: what was begun there is not whole
>
export type Attributes = ReadonlyMap<string, string>

/** Cuts XML or HTML, well formed or not, into tokens. Comments and processing instructions are left out; a `<` that opens nothing
 *  is text. Never throws; linear: every search moves on, and a search that found nothing to the end is not made again. */
export function* tokens(text: string): Generator<Token, void> {
  const stream = tokenStream(text)
  for (let token = stream.next(); token !== undefined; token = stream.next()) yield token
}

/** `tokens` for a reader that need not see all of them. */
export type TokenStream = Readonly<{
  next(): Token | undefined
  /** The next token begins there, further on. */
  skipTo(at: number): void
  /** How far the search for an end (of a quote, a comment) ever had to look, whatever came of it: what was given so far is the same before
   *  any text beyond. Infinity where one was not to be found. */
  reach(): number
}>

export function tokenStream(text: string): TokenStream {
  const { find, reach } = finder(text)
  let from = 0 // where text not yet given begins
  let at = text.indexOf('<')
  let waiting: Token | undefined // for the text before it
  const moveTo = (next: number) => {
    from = next
    at = text.indexOf('<', next)
  }
  /** What the markup at `at` is; undefined where it says nothing, or is none. */
  const take = (piece: Piece): Token | undefined => {
    const before = at > from ? text.slice(from, at) : ''
    if (piece.token?.kind === 'cut') [from, at] = [text.length, -1]
    else moveTo(piece.end)
    if (before === '') return piece.token
    waiting = piece.token
    return { kind: 'text', text: before }
  }
  return {
    next() {
      if (waiting !== undefined) {
        const token = waiting
        waiting = undefined
        return token
      }
      while (at >= 0) {
        const piece = readMarkup(text, at, find)
        if (piece === undefined) at = text.indexOf('<', at + 1)
        else {
          const token = take(piece)
          if (token !== undefined) return token
        }
      }
      if (from === text.length) return undefined
      const rest = text.slice(from)
      from = text.length
      return { kind: 'text', text: rest }
    },
    skipTo: moveTo,
    reach,
  }
}

const ATTRIBUTES_MAX = 60 // the root of a feed with every extension declares about 30
const DOCTYPE_CHARS_MAX = 20_000 // the DTD of RSS 0.91 pasted in whole has 11,000

type Piece = Readonly<{ token?: Token; end: number }>
type Find = (what: string, from: number) => number

/** indexOf that remembers what is not to be found any more: else `<!--` a hundred thousand times costs the square. */
function finder(text: string): Readonly<{ find: Find; reach(): number }> {
  const missing = new Set<string>()
  let reach = 0
  return {
    reach: () => reach,
    find(what, from) {
      const at = missing.has(what) ? -1 : text.indexOf(what, from)
      if (at < 0) missing.add(what)
      reach = Math.max(reach, at < 0 ? Number.POSITIVE_INFINITY : at + what.length)
      return at
    },
  }
}

/** What begins at this `<`, or undefined if it is only a character. */
function readMarkup(text: string, at: number, find: Find): Piece | undefined {
  const next = text.charCodeAt(at + 1)
  if (next === BANG) return readDeclaration(text, at, find)
  if (next === QUESTION) return skipTo(find('>', at + 2))
  if (next === SLASH) return startsName(text, at + 2) ? readCloseTag(text, at) : undefined
  return startsName(text, at + 1) ? readOpenTag(text, at, find) : undefined
}
const [BANG, QUESTION, SLASH, EQUALS, LESS, GREATER, DOUBLE, SINGLE] = [33, 63, 47, 61, 60, 62, 34, 39]
const CUT: Piece = { token: { kind: 'cut' }, end: 0 }

function skipTo(last: number): Piece {
  return last < 0 ? CUT : { end: last + 1 }
}

function readDeclaration(text: string, at: number, find: Find): Piece | undefined {
  if (text.startsWith('<!--', at)) {
    const end = find('-->', at + 4)
    return end < 0 ? CUT : { end: end + 3 }
  }
  if (text.startsWith('<![CDATA[', at)) {
    const end = find(']]>', at + 9)
    return end < 0 ? CUT : { token: { kind: 'cdata', text: text.slice(at + 9, end) }, end: end + 3 }
  }
  if (text.slice(at + 2, at + 9).toUpperCase() === 'DOCTYPE') return readDoctype(text, at, find)
  return skipTo(find('>', at + 2))
}

/** A DOCTYPE with its internal subset, which holds `>` of its own, so that its end is `]>`. */
function readDoctype(text: string, at: number, find: Find): Piece {
  const plainEnd = find('>', at)
  if (plainEnd < 0) return CUT
  const subset = text.slice(at, plainEnd).includes('[')
  const close = subset ? find(']', at) : -1
  const end = close < 0 ? plainEnd : find('>', close)
  if (end < 0) return CUT
  return { token: { kind: 'doctype', text: text.slice(at, Math.min(end, at + DOCTYPE_CHARS_MAX)) }, end: end + 1 }
}

function readCloseTag(text: string, at: number): Piece {
  const nameEnd = endOfName(text, at + 2)
  let end = nameEnd
  // "</title<link>": the bracket was forgotten.
  while (end < text.length && text.charCodeAt(end) !== GREATER && text.charCodeAt(end) !== LESS) end++
  if (end === text.length) return CUT
  if (text.charCodeAt(end) === GREATER) end++
  return { token: { kind: 'close', name: text.slice(at + 2, nameEnd), start: at, end }, end }
}

function readOpenTag(text: string, at: number, find: Find): Piece | undefined {
  const nameEnd = endOfName(text, at + 1)
  const attributes = new Map<string, string>()
  let i = nameEnd
  while (true) {
    i = skipSpace(text, i)
    const code = text.charCodeAt(i)
    if (Number.isNaN(code)) return CUT
    if (code === LESS) return undefined // "a <b and c < d": no tag
    if (code === GREATER) break
    if (code === SLASH) i++
    else i = readAttribute(text, i, { attributes, find })
  }
  const closed = text.charCodeAt(i - 1) === SLASH
  return {
    token: { kind: 'open', name: text.slice(at + 1, nameEnd), attributes, closed, start: at, end: i + 1 },
    end: i + 1,
  }
}

/** Reads one attribute from `at`; the first of a name counts. Returns where it ends, always further on. */
function readAttribute(text: string, at: number, into: { attributes: Map<string, string>; find: Find }): number {
  let nameEnd = at + 1
  while (!endsAttributeName(text.charCodeAt(nameEnd))) nameEnd++
  const name = text.slice(at, nameEnd).toLowerCase()
  let i = skipSpace(text, nameEnd)
  let value = ''
  if (text.charCodeAt(i) === EQUALS) {
    i = skipSpace(text, i + 1)
    const quote = text.charAt(i)
    const quoteEnd = quote === '"' || quote === "'" ? into.find(quote, i + 1) : -1
    const start = quoteEnd < 0 ? i : i + 1
    let end = quoteEnd
    if (quoteEnd < 0) {
      end = i
      while (!endsBareValue(text.charCodeAt(end))) end++
    }
    value = text.slice(start, end)
    i = quoteEnd < 0 ? end : quoteEnd + 1
  } else i = nameEnd
  if (into.attributes.size < ATTRIBUTES_MAX && !into.attributes.has(name)) into.attributes.set(name, value)
  return i
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

function skipSpace(text: string, at: number): number {
  let i = at
  while (isSpace(text.charCodeAt(i))) i++
  return i
}

function endsAttributeName(code: number): boolean {
  return Number.isNaN(code) || isSpace(code) || code === EQUALS || code === GREATER || code === SLASH || code === LESS
}

function endsBareValue(code: number): boolean {
  return Number.isNaN(code) || isSpace(code) || code === GREATER || code === LESS
}

function startsName(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code >= 0xc0
}

function endOfName(text: string, at: number): number {
  let i = at
  while (!endsAttributeName(text.charCodeAt(i)) && text.charCodeAt(i) !== DOUBLE && text.charCodeAt(i) !== SINGLE) i++
  return i
}
