import { decodeEntities } from './entities.ts'
import { absoluteUrl } from './links.ts'
import { VOID } from './names.ts'
import type { Token } from './tokens.ts'

/** A tag inside a field, as HTML: without namespaces, with its links made absolute where it has a base of its own. */
export function openTag(
  { name, attributes }: Extract<Token, { kind: 'open' }>,
  empty: boolean,
  base: string | undefined,
): string {
  const local = localName(name)
  const written = [...attributes]
    .filter(([attribute]) => !attribute.startsWith('xmlns') && attribute !== 'xml:base')
    .map(([attribute, value]) => {
      const decoded = decodeEntities(value)
      const absolute =
        base !== undefined && (attribute === 'href' || attribute === 'src') ? absoluteUrl(decoded, base) : decoded
      return ` ${attribute}="${escapeXml(absolute)}"`
    })
  const end = empty ? (VOID.has(local.toLowerCase()) ? ' />' : `></${local}>`) : '>'
  return `<${local}${written.join('')}${end}`
}

/** A tag's name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Text as it may stand in XML, in an element or in a quoted attribute. */
export function escapeXml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (mark) => ESCAPES[mark as keyof typeof ESCAPES]) : text
}

/** Text as it may stand in an element, in the form that the parser reads fastest. */
export function asCdata(text: string): string {
  return /[&<>]/.test(text) ? `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : text
}
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
