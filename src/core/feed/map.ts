import type Parser from 'rss-parser'
import type { Item } from '../model.ts'
import type { FeedDocument } from './document.ts'
import { absoluteUrl } from './links.ts'
import { enclosuresOf, pickImage } from './media.ts'
import { looksLikeHtml, oneLine, plainLine } from './text.ts'
import {
  asHtml,
  childText,
  type Fields,
  fieldsOf,
  firstDate,
  firstHref,
  firstText,
  linkUrl,
  readText,
  relOf,
  type Value,
} from './value.ts'
import { wishesOf } from './wishes.ts'

/** What rss-parser made of a plain document (`plainRss`): every field a list of what it found. */
export type ParsedFeed = Parser.Output<Record<string, unknown>> & Record<string, unknown>

/** Gives the parsed fields their meaning: which of several links, dates and descriptions counts, and what is HTML.
 *  @param base - the document's address: what relative links stand on where the document says nothing else */
export function mapFeed(parsed: ParsedFeed, base: string): FeedDocument {
  const all = fieldsOf(parsed, base)
  const language = oneLine(firstText(all, ['language', 'dc:language'])).slice(0, LANGUAGE_CHARS_MAX)
  const titleHtml = linkedTitle(all)
  return {
    title: title(all, ['title', 'dc:title']),
    ...(titleHtml !== '' && { titleHtml }),
    link: pickLink(all('link')),
    ...(language !== '' && { language }),
    ...wishesOf(all),
    items: parsed.items.map((item) => mapItem(fieldsOf(item as Record<string, unknown>, base))),
  }
}

export const TITLE_CHARS_MAX = 1_000 // a headline has 300; a microblog's post may stand in its title
const LANGUAGE_CHARS_MAX = 35 // RFC 5646, 4.4.1
const CATEGORIES_MAX = 50 // a paper's item has about 10

function mapItem(all: Fields): Item {
  const guid = pickGuid(all)
  const bodies = BODIES.flatMap(all)
    .map(asHtml)
    .filter((html) => html !== '')
  const descriptions = SUMMARIES.flatMap(all)
    .map(asHtml)
    .filter((html) => html !== '')
  const publishedAt = firstDate(all, PUBLISHED) ?? firstDate(all, UPDATED)
  const updatedAt = firstDate(all, UPDATED) ?? firstDate(all, ['dc:date'])
  const image = pickImage(all)
  const titleHtml = linkedTitle(all)
  return {
    title: title(all, ['title', 'dc:title', 'media:title']),
    ...(titleHtml !== '' && { titleHtml }),
    url: pickUrl(all, guid) || firstHref(titleHtml),
    guid,
    summary: descriptions[0] ?? shortOf(bodies[0] ?? ''),
    // An item with two descriptions gives the short one first and the whole in the other.
    content: bodies[0] ?? descriptions.find((html) => html !== descriptions[0]) ?? '',
    author:
      AUTHORS.flatMap(all)
        .map(personName)
        .find((name) => name !== '') ?? '',
    ...(publishedAt !== undefined && { publishedAt }),
    ...(updatedAt !== undefined && { updatedAt }),
    categories: categories(all),
    enclosures: enclosuresOf(all),
    ...(image !== '' && { image }),
  }
}

/** A content of a paragraph or two, alone, is its own summary. */
export function shortOf(content: string): string {
  return content.length <= SHORT_CHARS_MAX ? content : ''
}
const SHORT_CHARS_MAX = 2_000 // a long teaser; a full article starts at about 3,000 with its markup

const BODIES = ['content:encoded', 'content', 'body', 'xhtml:body', 'xhtml:div', 'fullitem']
const SUMMARIES = ['description', 'summary', 'abstract', 'itunes:summary', 'media:description']
const AUTHORS = ['author', 'dc:creator', 'itunes:author']
const PUBLISHED = ['published', 'pubdate', 'issued', 'created', 'dcterms:issued', 'dcterms:created', 'dc:date']
const UPDATED = ['updated', 'modified', 'dcterms:modified', 'lastmod']
const CATEGORIES = ['tags', 'category', 'dc:subject', 'keywords', 'itunes:keywords', 'media:keywords', 'media:category']
const LISTS = ['tags', 'keywords', 'itunes:keywords', 'media:keywords'] // several in one, with commas

function title(all: Fields, names: readonly string[]): string {
  for (const value of names.flatMap(all)) {
    const { type, html } = readText(value)
    const line = type === 'html' || (type === 'unsaid' && looksLikeHtml(html)) ? plainLine(html) : oneLine(html)
    if (line !== '') return line.slice(0, TITLE_CHARS_MAX).toWellFormed()
  }
  return ''
}

/** The title's markup, where it has links: a weblog of links may say nowhere else where they lead. */
function linkedTitle(all: Fields): string {
  const value = all('title').find(({ text }) => text.trim() !== '')
  if (value === undefined) return ''
  const { type, html } = readText(value)
  return type === 'text' || !/<a\s/i.test(html) || html.length > TITLE_CHARS_MAX ? '' : asHtml(value)
}

/** The name in "Ann Example", "ann@news.example (Ann Example)", "Ann Example <ann@news.example>" or Atom's <name>. */
function personName({ text, attributes }: Value): string {
  const line =
    attributes['markup'] === 'yes'
      ? childText(text, 'name') || childText(text, 'email')
      : oneLine(text).slice(0, TITLE_CHARS_MAX)
  const plain = looksLikeHtml(line) ? plainLine(line) : line
  const bracketed = /^\S{1,200}@\S{1,200} \(([^()]{1,200})\)$/.exec(plain)?.[1]
  return bracketed ?? plain.replace(/ ?[(<][^\s()<>]{1,200}@[^\s()<>]{1,200}[)>]$/, '')
}

/** A page rather than another format of it: RSS's own link, then HTML alternates, then any alternate. */
function pickLink(links: readonly Value[]): string {
  const urls = (wanted: (link: Value) => boolean) =>
    links
      .filter(wanted)
      .map(linkUrl)
      .find((url) => url !== '')
  const rel = (link: Value) => relOf(link) || 'alternate'
  const type = ({ attributes }: Value) => attributes['type'] ?? ''
  return (
    urls((link) => link.attributes['href'] === undefined && rel(link) === 'alternate') ??
    urls((link) => rel(link) === 'alternate' && (type(link) === '' || type(link).includes('html'))) ??
    urls((link) => rel(link) === 'alternate') ??
    ''
  )
}

function pickUrl(all: Fields, guid: string): string {
  const original = all('feedburner:origlink')
    .map(linkUrl)
    .find((url) => url !== '')
  const link = original ?? pickLink(all('link'))
  if (link !== '') return link
  const permalink = all('guid').find(({ attributes }) => attributes['ispermalink']?.toLowerCase() !== 'false')
  const named = [...(permalink ? [permalink] : []), ...all('id'), ...all('rdf:about')].map(({ text }) => text.trim())
  const address = named.find((text) => /^https?:\/\//i.test(text))
  if (address !== undefined) return absoluteUrl(address, address)
  const source = all('content').map(({ attributes, base }) => absoluteUrl(attributes['src'] ?? '', base))
  const path = permalink && guid.startsWith('/') ? [linkUrl(permalink)] : []
  const last = all('link').filter((link) => /^(?:canonical|self|via)$/.test(relOf(link)))
  return [...source, ...path, ...last.map(linkUrl)].find((url) => url !== '') ?? ''
}

/** The publisher's own name for the item, opaque. Only a path is resolved: RFC 4287, 4.2.6 makes an id an IRI, and 2 makes it
 *  relative to xml:base. */
function pickGuid(all: Fields): string {
  const named = ['guid', 'id', 'rdf:about'].flatMap(all).find(({ text }) => text.trim() !== '')
  const guid = named?.text.trim() ?? ''
  return named !== undefined && guid.startsWith('/') ? absoluteUrl(guid, named.base) || guid : guid
}

function categories(all: Fields): readonly string[] {
  const found = new Set<string>()
  for (const name of CATEGORIES) {
    for (const { text, attributes } of all(name)) {
      const term = text.trim() === '' ? (attributes['term'] ?? attributes['label'] ?? '') : text
      for (const one of LISTS.includes(name) ? term.split(',') : [term]) {
        const line = plainLine(one).slice(0, TITLE_CHARS_MAX)
        if (line !== '' && found.size < CATEGORIES_MAX) found.add(line)
      }
    }
  }
  return [...found]
}
