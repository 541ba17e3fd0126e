/** A start tag as a page wrote it. Names are lower case, values raw; only attributes of `KEPT` are there. */
export type Tag = Readonly<{ name: string; attributes: ReadonlyMap<string, string>; closed: boolean; end: number }>
/** indexOf that remembers what is not to be found any more: else an open quote a hundred thousand times costs the square. */
export type Find = (what: string, from: number) => number

/** The attributes that a reader of articles looks at. */
const KEPT: ReadonlySet<string> = new Set(
  'class id role hidden aria-hidden style itemprop rel href media name property content http-equiv datetime lang src type data-testid data-component data-module data-qa'.split(
    ' ',
  ),
)
const ATTRIBUTES_MAX = 100 // a tag; the rest is not kept
const ATTRIBUTE_CHARS_MAX = 2_000 // class lists reach 1,500, descriptions less
const NAME_CHARS_MAX = 60 // longer names are no tags that anybody wrote

/** The start tag whose name begins at `at`; undefined if the page ends before its bracket. Linear. */
export function readTag(html: string, at: number, find: Find): Tag | undefined {
  const nameEnd = endOfName(html, at)
  const name = tagName(html, at, nameEnd)
  const attributes = new Map<string, string>()
  let i = nameEnd
  for (let read = 0; i < html.length; ) {
    const code = html.charCodeAt(i)
    if (code === GREATER) return { name, attributes, closed: html.charCodeAt(i - 1) === SLASH, end: i + 1 }
    if (isSpace(code) || code === SLASH) {
      i++
      continue
    }
    const attribute = readAttribute(html, i, find)
    if (++read <= ATTRIBUTES_MAX && KEPT.has(attribute.name) && !attributes.has(attribute.name))
      attributes.set(attribute.name, attribute.value)
    i = attribute.end
  }
  return undefined
}

/** The name between two places, in lower case. */
export function tagName(html: string, from: number, to: number): string {
  return html.slice(from, Math.min(to, from + NAME_CHARS_MAX)).toLowerCase()
}

/** Where the name that begins at `at` ends. */
export function endOfName(html: string, at: number): number {
  let i = at
  while (i < html.length && !endsName(html.charCodeAt(i))) i++
  return i
}

function readAttribute(html: string, at: number, find: Find): Readonly<{ name: string; value: string; end: number }> {
  let nameEnd = at + 1
  while (nameEnd < html.length && !endsName(html.charCodeAt(nameEnd)) && html.charCodeAt(nameEnd) !== EQUALS) nameEnd++
  const name = tagName(html, at, nameEnd)
  const sign = skipSpace(html, nameEnd)
  if (html.charCodeAt(sign) !== EQUALS) return { name, value: '', end: nameEnd }
  const open = skipSpace(html, sign + 1)
  const quote = html.charAt(open)
  if (quote === '"' || quote === "'") {
    const close = find(quote, open + 1)
    if (close < 0) return { name, value: '', end: html.length }
    return { name, value: html.slice(open + 1, Math.min(close, open + 1 + ATTRIBUTE_CHARS_MAX)), end: close + 1 }
  }
  let end = open
  while (end < html.length && !isSpace(html.charCodeAt(end)) && html.charCodeAt(end) !== GREATER) end++
  return { name, value: html.slice(open, Math.min(end, open + ATTRIBUTE_CHARS_MAX)), end }
}

const [SLASH, EQUALS, GREATER] = [47, 61, 62]

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

function skipSpace(text: string, at: number): number {
  let i = at
  while (isSpace(text.charCodeAt(i))) i++
  return i
}

function endsName(code: number): boolean {
  return isSpace(code) || code === GREATER || code === SLASH
}
