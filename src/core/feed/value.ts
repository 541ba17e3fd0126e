import { parseDate } from '../dates.ts'
import { cleanText } from '../decode.ts'
import { decodeEntities } from './entities.ts'
import { absoluteHtml, absoluteUrl } from './links.ts'
import { plainLine, textAsHtml } from './text.ts'
import { tokens } from './tokens.ts'

/** One value of a field: its text, its attributes, and the address that relative links in it stand on. */
export type Value = Readonly<{ text: string; attributes: Readonly<Record<string, string>>; base: string }>
/** All values of a field, by our name for it, in the document's order. */
export type Fields = (name: string) => readonly Value[]

/** Reads xml2js's shapes: a string, or `{ _: text, $: attributes }`. */
export function fieldsOf(raw: Readonly<Record<string, unknown>>, base: string): Fields {
  return (name) => {
    const list = raw[name]
    return Array.isArray(list) ? list.map((value) => readValue(value, base)) : []
  }
}

function readValue(value: unknown, base: string): Value {
  if (typeof value !== 'object' || value === null) return { text: String(value ?? ''), attributes: {}, base }
  const { _: text = '', $: attributes = {} } = value as { _?: string; $?: Record<string, string> }
  return { text, attributes, base: attributes['base'] ?? base }
}

/** The first of these fields that holds more than white space. */
export function firstText(all: Fields, names: readonly string[]): string {
  return names.flatMap(all).find(({ text }) => text.trim() !== '')?.text ?? ''
}

/** The first of these fields that holds a date: epoch ms. */
export function firstDate(all: Fields, names: readonly string[]): number | undefined {
  for (const value of names.flatMap(all)) {
    const at = parseDate(value.text)
    if (at !== undefined) return at
  }
  return undefined
}

/** Where a link of the feed leads. Atom's has a `href`, RSS's a text; some Atom feeds write RSS's. Some feeds escape it twice. */
export function linkUrl({ text, attributes, base }: Value): string {
  return absoluteUrl((attributes['href'] ?? text).replaceAll('&amp;', '&'), base)
}

/** What a link is for. RFC 4287, 4.2.7.2: a name without its address is short for one of the registry's; '' if it does not say. */
export function relOf({ attributes }: Value): string {
  return (attributes['rel'] ?? '').trim().toLowerCase().replace(REGISTRY, '')
}
const REGISTRY = /^https?:\/\/www\.iana\.org\/assignments\/(?:link-)?relations?\//

/** What the value is in HTML: its text, marked up or not, in base64 or not, with absolute links. */
export function asHtml(value: Value): string {
  const { type, html } = readText(value)
  return absoluteHtml(type === 'text' ? textAsHtml(html) : html, value.base).trim()
}

/** Atom says what a text is (type, and mode in 0.3); RSS leaves it unsaid. */
export function readText({ text, attributes }: Value): { type: 'text' | 'html' | 'unsaid'; html: string } {
  const type = (attributes['type'] ?? '').trim().toLowerCase()
  if (attributes['markup'] === 'yes') return { type: 'html', html: type === 'xhtml' ? withoutDiv(text) : text }
  const binary = attributes['mode'] === 'base64' || (type.includes('/') && !TEXTUAL.test(type))
  const decoded = binary ? fromBase64(text) : undefined
  if (decoded !== undefined) return { type: 'html', html: decoded }
  if (type === 'text' || (type === 'text/plain' && attributes['mode'] !== 'escaped'))
    return { type: 'text', html: text }
  return { type: type.includes('html') ? 'html' : 'unsaid', html: text }
}
const TEXTUAL = /^text\/|[/+]xml$/

/** RFC 4287, 3.1.1.3: the div around XHTML is no part of it. */
function withoutDiv(html: string): string {
  const tight = html.trim()
  return tight.startsWith('<div') && tight.endsWith('</div>') ? tight.slice(tight.indexOf('>') + 1, -6) : html
}

function toByte(char: string): number {
  return char.charCodeAt(0)
}

function fromBase64(text: string): string | undefined {
  const tight = text.replace(/\s+/g, '')
  if (tight === '' || tight.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(tight)) return undefined
  try {
    return cleanText(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(tight), toByte)))
  } catch {
    return '' // a picture or a sound: nothing to read
  }
}

/** Where the first link of a text leads, '' without one. */
export function firstHref(html: string): string {
  for (const token of tokens(html)) {
    const href = token.kind === 'open' && token.name.toLowerCase() === 'a' ? token.attributes.get('href') : undefined
    if (href !== undefined) return absoluteUrl(decodeEntities(href), '')
  }
  return ''
}

/** The text of the first child of that name in a field's markup. */
export function childText(markup: string, name: string): string {
  let inside = false
  for (const token of tokens(markup)) {
    if (token.kind === 'open' && token.name === name) inside = true
    if (token.kind === 'text' && inside && token.text.trim() !== '') return plainLine(token.text)
    if (token.kind === 'close') inside = false
  }
  return ''
}
