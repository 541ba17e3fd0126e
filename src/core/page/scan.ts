import { endOfName, type Find, readTag, type Tag, tagName } from './tag.ts'

/** What is wrong with markup that no parser should be given. */
export type ScanRefusal = 'too large' | 'too deep' | 'too many elements'
export type Scan = Readonly<
  | {
      kind: 'scanned'
      /** A well-formed document that says the same: no scripts, styles, comments or drawings, every tag closed, names in lower
       *  case, only the attributes that a reader of articles looks at; all of it in one body, wherever the page had it. */
      markup: string
      /** As the root element says. */
      language: string
      /** The JSON-LD blocks, raw, in the page's order. */
      jsonLd: readonly string[]
    }
  | { kind: 'refused'; reason: ScanRefusal }
>

/** Judges and rewrites a page before a parser sees it: parsers keep to no bound of their own, and 37 kB of nested tags can hold
 *  them for minutes. It also halves the parser's work. One pass, linear. Never throws. */
export function scanPage(html: string): Scan {
  if (html.length > PAGE_CHARS_MAX) return { kind: 'refused', reason: 'too large' }
  const pass: Pass = {
    ...{ html, out: [], jsonLd: [], open: [], elements: 0, marks: 0, work: 0, language: '' },
    find: finder(html),
    findEnd: endFinder(html),
  }
  let from = 0
  let at = pass.find('<', 0)
  while (at >= 0 && pass.fault === undefined) {
    const end = readMarkup(pass, at, from)
    if (end > at) from = end
    at = pass.find('<', end > at ? end : at + 1)
  }
  addText(pass, from, html.length)
  if (pass.fault !== undefined) return { kind: 'refused', reason: pass.fault }
  closeTo(pass, 0)
  const markup = `<!doctype html><html><head></head><body>${pass.out.join('')}</body></html>`
  return { kind: 'scanned', markup, language: pass.language, jsonLd: pass.jsonLd }
}

const PAGE_CHARS_MAX = 2_000_000 // the largest of 268 real pages has 1.2 M, nearly all of it script
const DEPTH_MAX = 256 // real pages reach 60
const ELEMENTS_MAX = 20_000 // real pages reach 5,000
const MARKS_MAX = 100_000 // stray `<` and `&`: each becomes a text node of its own; a page all in references has some 20,000
const WORK_MAX = 60_000_000 // characters of text times their depth; real pages reach 1 M
const JSON_LD_MAX = 30 // blocks; real pages have up to 8
const JSON_LD_CHARS_MAX = 400_000 // a block; some hold the whole article

type Pass = {
  readonly html: string
  readonly out: string[]
  readonly jsonLd: string[]
  readonly open: string[]
  readonly find: Find
  /** Where the next end tag of a name begins. */
  readonly findEnd: Find
  elements: number
  marks: number
  work: number
  language: string
  fault?: ScanRefusal
}

/** Left out with all that they hold. */
const DROPPED = setOf(
  'script style noscript template svg math iframe object embed canvas audio video map textarea select datalist applet noframes noembed xmp',
)
/** Their content is text up to the end tag, whatever it looks like. */
const RAW = setOf('script style textarea title iframe noframes noembed xmp noscript')
const VOID = setOf(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr',
)
/** Written once, by us: pages leave them out, repeat them, or hide them until a script has run. */
const FRAME = setOf('html head body frameset')
const P = setOf('p')
/** Which open element a start tag closes (HTML Standard, "optional tags"); those of boxes close a paragraph. */
const CLOSES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['li', setOf('li p')],
  ['dd', setOf('dd dt p')],
  ['dt', setOf('dd dt p')],
  ['tr', setOf('tr td th')],
  ['td', setOf('td th')],
  ['th', setOf('td th')],
  ['tbody', setOf('thead tbody tr td th')],
  ['tfoot', setOf('thead tbody tr td th')],
  ['option', setOf('option')],
  ...'p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul'
    .split(' ')
    .map((name) => [name, P] as const),
])

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

function finder(text: string): Find {
  const missing = new Set<string>()
  return (what, from) => {
    if (missing.has(what)) return -1
    const at = text.indexOf(what, from)
    if (at < 0) missing.add(what)
    return at
  }
}

function endFinder(html: string): Find {
  let find: Find | undefined
  return (name, from) => {
    if (find === undefined) {
      const lower = html.toLowerCase()
      // Lower case may change a length ("İ"): such a page is searched as it stands.
      find = finder(lower.length === html.length ? lower : html)
    }
    return find(`</${name}`, from)
  }
}

/** Reads what begins at this `<`, after the text since `from`. Returns where it ends, or `at` if it is only a character. */
function readMarkup(pass: Pass, at: number, from: number): number {
  const { html, find } = pass
  const next = html.charCodeAt(at + 1)
  if (next === BANG || next === QUESTION) {
    addText(pass, from, at)
    const end = html.startsWith('<!--', at) ? find('-->', at + 4) : find('>', at + 2)
    return end < 0 ? html.length : end + (html.startsWith('-->', end) ? 3 : 1)
  }
  const closing = next === SLASH
  if (!isLetter(html.charCodeAt(closing ? at + 2 : at + 1))) return at
  addText(pass, from, at)
  if (closing) return endTag(pass, at)
  const tag = readTag(html, at + 1, find)
  return tag === undefined ? html.length : startTag(pass, tag)
}
const [BANG, QUESTION, SLASH] = [33, 63, 47]

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function addText(pass: Pass, from: number, to: number): void {
  if (to <= from) return
  const text = pass.html.slice(from, to)
  const strays = count(text, '<')
  pass.marks += strays + count(text, '&')
  pass.work += text.length * pass.open.length
  pass.out.push(strays > 0 ? text.replaceAll('<', '&lt;') : text)
  if (pass.marks > MARKS_MAX) pass.fault ??= 'too many elements'
  if (pass.work > WORK_MAX) pass.fault ??= 'too deep'
}

function count(text: string, mark: string): number {
  let found = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) found++
  return found
}

function startTag(pass: Pass, tag: Tag): number {
  if (tag.name === 'plaintext') return pass.html.length
  if (++pass.elements > ELEMENTS_MAX) pass.fault ??= 'too many elements'
  if (FRAME.has(tag.name)) {
    if (tag.name === 'html') pass.language ||= tag.attributes.get('lang') ?? ''
    return tag.end
  }
  if (RAW.has(tag.name) || DROPPED.has(tag.name)) return skipContent(pass, tag)
  const closes = CLOSES.get(tag.name)
  while (closes?.has(pass.open.at(-1) ?? '')) closeTo(pass, pass.open.length - 1)
  pass.out.push(written(tag))
  if (!VOID.has(tag.name)) pass.open.push(tag.name)
  if (pass.open.length > DEPTH_MAX) pass.fault ??= 'too deep'
  return tag.end
}

function written({ name, attributes }: Tag): string {
  let text = `<${name}`
  for (const [key, value] of attributes) text += ` ${key}="${value.replaceAll('"', '&quot;')}"`
  return `${text}>`
}

/** Elements whose content is no markup, or is left out: up to their end tag. */
function skipContent(pass: Pass, { name, attributes, closed, end }: Tag): number {
  if (VOID.has(name) || (closed && !RAW.has(name))) return end
  const close = pass.findEnd(name, end)
  // A drawing that is never closed is skipped tag by tag; a script is all that follows.
  if (close < 0 && !RAW.has(name)) return end
  const stop = close < 0 ? pass.html.length : close
  if (name === 'title') {
    pass.out.push('<title>')
    addText(pass, end, stop)
    pass.out.push('</title>')
  }
  if (name === 'script' && /^\s*application\/ld\+json/i.test(attributes.get('type') ?? '')) {
    if (pass.jsonLd.length < JSON_LD_MAX && stop - end <= JSON_LD_CHARS_MAX)
      pass.jsonLd.push(pass.html.slice(end, stop))
  }
  return afterBracket(pass, stop)
}

function endTag(pass: Pass, at: number): number {
  const nameEnd = endOfName(pass.html, at + 2)
  const name = tagName(pass.html, at + 2, nameEnd)
  if (name === 'br') pass.out.push('<br>')
  const depth = pass.open.lastIndexOf(name)
  if (depth >= 0) closeTo(pass, depth)
  return afterBracket(pass, nameEnd)
}

function closeTo(pass: Pass, depth: number): void {
  while (pass.open.length > depth) pass.out.push(`</${pass.open.pop()}>`)
}

function afterBracket(pass: Pass, at: number): number {
  const bracket = pass.find('>', at)
  return bracket < 0 ? pass.html.length : bracket + 1
}
