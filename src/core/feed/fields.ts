/** Fields of a feed or an item, while they are read and as they are written. */
import { decodeEntities } from './entities.ts'
import { ITEM_FIELDS } from './names.ts'
import type { Attributes } from './tokens.ts'
import { asCdata, escapeXml } from './write-xml.ts'

export type Field = { name: string; line: boolean; attributes: Attributes; base: string; parts: Part[]; chars: number }
/** A piece of a field: text, decoded, or a tag inside it, ready to be written. */
type Part = Readonly<{ text: string } | { tag: string }>

export const FIELD_CHARS_MAX = 300_000 // the longest read a feed carries whole has about 150,000 with its markup
const ATTRIBUTE_CHARS_MAX = 4_000 // twice the longest address that we fetch; the parser refuses 64 kB

/** The attributes that mean something to us. */
export const KEPT: readonly string[] = [
  'type',
  'mode',
  'rel',
  'href',
  'url',
  'length',
  'filesize',
  'medium',
  'width',
  'term',
  'label',
  'ispermalink',
  'src',
]

/** The element that a field becomes: `dc:creator` is `<f.dc_creator>`. */
export function fieldTag(field: string): string {
  return `f.${field.replace(':', '_')}`
}

export function newField(name: string, attributes: Attributes, base: string): Field {
  return { name, line: (ITEM_FIELDS.get(name) ?? 'line') === 'line', attributes, base, parts: [], chars: 0 }
}

/** What is over the limit is left out, tags too: the content is cut, not the item lost. */
export function addPart(field: Field, part: Part): void {
  const room = FIELD_CHARS_MAX - field.chars
  if (room <= 0) return
  field.chars += 'tag' in part ? part.tag.length : part.text.length
  field.parts.push('tag' in part || part.text.length <= room ? part : { text: part.text.slice(0, room).toWellFormed() })
}

/** The field as an element of the plain document.
 *  @param within - the document's address, on which a field without a base of its own stands, and its declared entities */
export function writeField(
  field: Field,
  { base, entities }: Readonly<{ base: string; entities: ReadonlyMap<string, string> }>,
): string {
  const markup = field.parts.some((part) => 'tag' in part)
  const content = field.parts
    .map((part) => ('tag' in part ? part.tag : markup ? escapeXml(part.text) : part.text))
    .join('')
  const attributes = KEPT.filter(
    (name) => (field.attributes.get(name)?.length ?? Number.POSITIVE_INFINITY) <= ATTRIBUTE_CHARS_MAX,
  ).map((name) => ` ${name}="${escapeXml(decodeEntities(field.attributes.get(name) ?? '', entities))}"`)
  if (field.base !== base) attributes.push(` base="${escapeXml(field.base)}"`)
  if (markup) attributes.push(' markup="yes"')
  const tag = fieldTag(field.name)
  return `<${tag}${attributes.join('')}>${asCdata(content)}</${tag}>`
}
