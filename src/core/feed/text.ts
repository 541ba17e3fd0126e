import { decodeEntities, hasEntity } from './entities.ts'
import { VOID } from './names.ts'
import { tokens } from './tokens.ts'

/** The words of an HTML fragment on one line: for titles and names, which are never shown as markup. */
export function plainLine(html: string): string {
  if (!html.includes('<')) return oneLine(decodeEntities(html))
  const parts: string[] = []
  let hidden: string | undefined
  for (const token of tokens(html)) {
    if (token.kind === 'text' && hidden === undefined) parts.push(decodeEntities(token.text))
    if (token.kind === 'cdata') parts.push(token.text)
    if (token.kind !== 'open' && token.kind !== 'close') continue
    const name = token.name.toLowerCase()
    if (!INLINE.has(name)) parts.push(' ')
    if (token.kind === 'close' && name === hidden) hidden = undefined
    else if (token.kind === 'open' && HIDDEN.has(name) && !token.closed) hidden ??= name
  }
  return oneLine(parts.join(''))
}

/** White space made single spaces, ends cut off. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Whether a text that nobody labelled is HTML: it holds a reference, or a tag of HTML that is whole, an end tag or one that needs
 *  none. A start tag alone is what a title about HTML holds: "How to use <div>". */
export function looksLikeHtml(text: string): boolean {
  if (hasEntity(text)) return true
  if (!text.includes('<')) return false
  for (const token of tokens(text)) {
    if (token.kind === 'close' && KNOWN.has(token.name.toLowerCase())) return true
    if (token.kind === 'open' && VOID.has(token.name.toLowerCase())) return true
  }
  return false
}

/** Plain text as HTML that says the same. */
export function textAsHtml(text: string): string {
  return text.replace(/[&<>]/g, (mark) => (mark === '&' ? '&amp;' : mark === '<' ? '&lt;' : '&gt;'))
}

const HIDDEN: ReadonlySet<string> = new Set(['script', 'style'])
const INLINE: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
)
const KNOWN: ReadonlySet<string> = new Set([
  ...INLINE,
  ...'address article aside audio blockquote br center dd div dl dt embed fieldset figcaption figure footer h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
  ...'header hr iframe img li main nav object ol p picture pre script section source style svg table tbody td th thead tr ul video'.split(
    ' ',
  ),
])
