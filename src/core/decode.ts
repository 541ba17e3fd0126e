/** Bytes of a feed or page to text. Bytes are judged before labels: a BOM, the zero bytes of UTF-16 and UTF-32, and valid
 *  UTF-8 are facts; what HTTP, the XML declaration or a `<meta>` say is a claim, and often a wrong one.
 *  @param hint.contentType - the Content-Type header as it came, for its charset
 *  @param hint.kind - where a document's own claim stands: in the XML declaration, or for 'html' also in a `<meta>`
 *  @returns text without BOM, well formed (no lone surrogate), without control characters but tab and line ends. Never throws.
 *  Linear in the bytes. */
export function decodeBytes(bytes: Uint8Array, hint: Readonly<{ contentType?: string; kind: 'xml' | 'html' }>): string {
  return cleanText(decodeRaw(bytes, hint))
}

/** Text as we keep it: no control characters but tab and line ends, C1 read as the windows-1252 that it nearly always is, no
 *  lone surrogates. Linear. */
export function cleanText(text: string): string {
  // One look for both: most texts have neither.
  if (!UNCLEAN.test(text)) return text.toWellFormed()
  return text
    .replace(CONTROLS, '')
    .replace(C1, (mark) => windows1252(mark.charCodeAt(0)))
    .toWellFormed()
}

/** The character that a number between 128 and 159 means on the web: authors write `&#146;` for ’ (HTML Standard,
 *  "numeric character reference end state"); other numbers are themselves. */
export function windows1252(code: number): string {
  return code >= 0x80 && code <= 0x9f ? (WINDOWS_1252[code - 0x80] ?? '') : String.fromCodePoint(code)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g
const C1 = /[\u0080-\u009f]/g
/** Either, as one class: two cost half as much again. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNCLEAN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/
/** 0x80 to 0x9F; a space where windows-1252 has no character. */
const WINDOWS_1252 = [...'€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ']

const XML_CLAIM_BYTES = 1024 // the declaration is the first thing in a document, and short
const META_CLAIM_BYTES = 8192 // the standard says 1,024; real pages put scripts first
const CONTENT_TYPE_CHARS_MAX = 300 // longer ones are no header that anybody wrote

function decodeRaw(bytes: Uint8Array, hint: Readonly<{ contentType?: string; kind: 'xml' | 'html' }>): string {
  const wide = wideCharset(bytes)
  if (wide?.startsWith('utf-32')) return decodeUtf32(bytes, wide === 'utf-32le')
  if (wide !== undefined) return decodeAs(bytes, wide) ?? ''
  // Its escape sequences are ASCII, so that it passes for valid UTF-8.
  const escapes = bytes.includes(ESCAPE)
  // Nearly all are, and then nobody's claim counts.
  const sound = escapes ? undefined : decodeSound(bytes)
  if (sound !== undefined) return sound
  const claims = [httpClaim(hint.contentType ?? ''), ...ownClaims(bytes, hint.kind)].map(meant)
  if (escapes && claims.includes('iso-2022-jp')) return decodeAs(bytes, 'iso-2022-jp') ?? ''
  const utf8 = decodeUtf8(bytes, claims.includes('utf-8'))
  if (utf8 !== undefined) return utf8
  for (const claim of claims) {
    const text = claim === '' || claim.startsWith('utf-') ? undefined : decodeAs(bytes, claim)
    if (text !== undefined) return text
  }
  return decodeAs(bytes, 'windows-1252') ?? ''
}
const ESCAPE = 0x1b // ESC, with which ISO-2022 switches its character sets

/** UTF-16 or UTF-32, by BOM or by the zero bytes that `<` has around it; undefined for ASCII-compatible bytes. */
function wideCharset(bytes: Uint8Array): string | undefined {
  const [a = 1, b = 1, c = 1, d = 1] = bytes
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be'
  if (a === 0 && b === 0 && c === 0 && FIRST.has(d)) return 'utf-32be'
  if (FIRST.has(a) && b === 0) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  return a === 0 && FIRST.has(b) ? 'utf-16be' : undefined
}
const FIRST: ReadonlySet<number> = new Set([0x3c, 0x7b, 0x5b, 0x09, 0x0a, 0x0d, 0x20]) // < { [ and white space start a document

function decodeAs(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return undefined // a label that nobody knows is no claim
  }
}

const UTF32_CHUNK_UNITS = 4096 // fromCodePoint takes its arguments from the stack
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  let units: number[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, littleEndian)
    if (code !== 0xfeff || at > 0) units.push(code <= 0x10ffff ? code : 0xfffd)
    if (units.length === UTF32_CHUNK_UNITS) {
      parts.push(String.fromCodePoint(...units))
      units = []
    }
  }
  return parts.join('') + String.fromCodePoint(...units)
}

const SOUND_PER_BROKEN = 3 // a cut sequence or a pasted byte among real UTF-8; other charsets hardly ever form a sequence
/** Text if the bytes are UTF-8, forgiving a few broken sequences among many sound ones: a feed is cut, or one writer pasted. */
function decodeUtf8(bytes: Uint8Array, claimed: boolean): string | undefined {
  const { sound, broken } = countSequences(bytes)
  return sound >= broken * (claimed ? 1 : SOUND_PER_BROKEN) ? new TextDecoder('utf-8').decode(bytes) : undefined
}

function decodeSound(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function countSequences(bytes: Uint8Array): { sound: number; broken: number } {
  let sound = 0
  let broken = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1
    let followers = 0
    while (followers < more && ((bytes[at + followers + 1] ?? 0) & 0xc0) === 0x80) followers++
    if (lead >= 0xc2 && lead <= 0xf4 && followers === more) sound++
    else broken++
    at += followers
  }
  return { sound, broken }
}

function httpClaim(contentType: string): string {
  return afterWord(contentType.slice(0, CONTENT_TYPE_CHARS_MAX).toLowerCase(), 'charset')
}

/** What the document says of itself: its XML declaration and, in a page, the first `<meta>` that names a charset. */
function ownClaims(bytes: Uint8Array, kind: 'xml' | 'html'): string[] {
  const head = (decodeAs(bytes.subarray(0, META_CLAIM_BYTES), 'windows-1252') ?? '').toLowerCase()
  const from = head.indexOf('<?xml')
  const to = from < 0 || from > XML_CLAIM_BYTES ? -1 : head.indexOf('>', from)
  const declared = to < 0 ? '' : afterWord(head.slice(from, Math.min(to, from + XML_CLAIM_BYTES)), 'encoding')
  return kind === 'xml' ? [declared] : [declared, metaClaim(head)]
}

function metaClaim(head: string): string {
  for (let at = head.indexOf('<meta'); at >= 0; at = head.indexOf('<meta', at + 5)) {
    const end = head.indexOf('>', at)
    const claim = afterWord(head.slice(at, end < 0 ? head.length : end), 'charset')
    if (claim !== '') return claim
    if (end < 0) break
  }
  return ''
}

/** The value in `word = "value"`, with or without quotes; '' where there is none. */
function afterWord(text: string, word: string): string {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const rest = text.slice(at + word.length, at + word.length + 60) // labels have at most 20 characters
    const value = /^\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.+-]{1,40})/.exec(rest)
    if (value?.[1] !== undefined) return value[1]
  }
  return ''
}

/** The charset that a label means in practice, where the platform's own table does not say so. */
function meant(label: string): string {
  return MEANT.get(label) ?? label
}
const MEANT: ReadonlyMap<string, string> = new Map([
  ['gb2312', 'gb18030'], // labelled with the old set, written with the new
  ['gbk', 'gb18030'],
  ['cp936', 'gb18030'],
  ['cp949', 'euc-kr'],
  ['cp932', 'shift_jis'],
  ['windows-31j', 'shift_jis'],
  ['cp950', 'big5'],
  ['latin1', 'windows-1252'], // a page labelled latin1 holds curly quotes, which only 1252 has
  ['latin-1', 'windows-1252'],
  ['iso-8859-1', 'windows-1252'],
  ['us-ascii', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['utf8', 'utf-8'],
  ['utf16', 'utf-16'], // and 'utf-16...' is a lie here: the bytes were seen to be ASCII-compatible
])
