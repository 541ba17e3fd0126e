import { cleanText } from '../decode.ts'
import { FIELD_CHARS_MAX, KEPT } from './fields.ts'
import type { ParsedFeed } from './map.ts'
import { ITEMS_MAX } from './plain-rss.ts'

/** An object of a JSON document. */
export type Json = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** RSS written in JSON instead of XML (scripting.com's form, and what converters make): the same names, attributes as members
 *  beside `#value`, one or a list.
 *  @returns the shape that the parser gives for XML, or undefined for what has no channel. Never throws. */
export function rssInJson(root: Json): ParsedFeed | undefined {
  const rss = root['rss']
  const channel = isRecord(rss) ? rss['channel'] : undefined
  if (!isRecord(channel)) return undefined
  const items = listed(channel['item']).slice(0, ITEMS_MAX).filter(isRecord).map(fieldsIn)
  return { ...fieldsIn(channel), items } as unknown as ParsedFeed
}

const NAMES_MAX = 100 // of one item; XML's form has about 40
const VALUES_MAX = 50 // of one name: categories
function fieldsIn(record: Json): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    Object.entries(record)
      .slice(0, NAMES_MAX)
      .map(([name, value]) => [name.toLowerCase(), listed(value).slice(0, VALUES_MAX).map(valueIn)]),
  )
}

/** As xml2js writes it: `{ _: text, $: attributes }`. */
function valueIn(value: unknown): unknown {
  if (!isRecord(value)) return textIn(value)
  const attributes = Object.entries(value)
    .slice(0, NAMES_MAX)
    .map(([name, one]) => [name.toLowerCase().replace(/^@/, ''), textIn(one)] as const)
  return {
    _: textIn(value['#value'] ?? value['#text']),
    $: Object.fromEntries(attributes.filter(([name]) => KEPT.includes(name))),
  }
}

function textIn(value: unknown): string {
  const told = ['string', 'number', 'boolean'].includes(typeof value)
  return told ? cleanText(String(value).slice(0, FIELD_CHARS_MAX)) : ''
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}
