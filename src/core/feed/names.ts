import type { Attributes } from './tokens.ts'

/** Prefixes in force at a place in the document: prefix to our name for its vocabulary. */
export type Scope = Readonly<{ own: ReadonlyMap<string, string>; above?: Scope }>

/** A tag's name in our terms: lower case, `dc:creator` whatever prefix the document chose, no prefix for RSS and Atom, and
 *  `x:...` for a vocabulary that we do not read, so that its `title` is never taken for the item's. */
export function knownName(name: string, scope: Scope | undefined): string {
  const lower = name.toLowerCase()
  const colon = lower.indexOf(':')
  const prefix = colon < 0 ? '' : lower.slice(0, colon)
  const local = lower.slice(colon + 1)
  const vocabulary =
    find(prefix, scope) ?? (prefix === '' || prefix === 'atom' ? '' : UNDECLARED.has(prefix) ? prefix : 'x')
  return vocabulary === '' ? local : `${vocabulary}:${local}`
}

/** The scope inside a tag: its own declarations over those above. The root's own vocabulary is the feed's, whatever address it
 *  gives: people invent them. */
export function scopeOf(name: string, attributes: Attributes, above: Scope | undefined): Scope | undefined {
  const own = new Map<string, string>()
  for (const [attribute, value] of attributes) {
    if (attribute === 'xmlns') own.set('', vocabularyOf(value) ?? 'x')
    else if (attribute.startsWith('xmlns:')) own.set(attribute.slice(6), vocabularyOf(value) ?? 'x')
  }
  const root = ROOT.exec(name.toLowerCase())
  if (root && above === undefined) own.set(root[1]?.slice(0, -1) ?? '', '')
  return own.size === 0 ? above : { own, ...(above && { above }) }
}
const ROOT = /^([^:]{0,40}:)?(?:rss|feed|channel|entry)$/

function find(prefix: string, scope: Scope | undefined): string | undefined {
  for (let here = scope; here; here = here.above) {
    const vocabulary = here.own.get(prefix)
    if (vocabulary !== undefined) return vocabulary
  }
  return undefined
}

function vocabularyOf(address: string): string | undefined {
  return VOCABULARIES.get(address.trim().toLowerCase().replace(/[/#]$/, ''))
}

/** Namespace addresses (lower case, without their last `/` or `#`) and our names; '' is what items are made of. */
const VOCABULARIES: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['http://www.w3.org/2005/atom', ''],
  ['https://www.w3.org/2005/atom', ''],
  ['http://purl.org/atom/ns', ''],
  ['http://purl.org/rss/1.0', ''],
  ['http://purl.org/net/rss1.1', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['http://backend.userland.com/rss', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://cyber.law.harvard.edu/rss', ''],
  ['http://www.rssboard.org/rss-specification', ''],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/tr/xhtml1', 'xhtml'],
  ['http://www.w3.org/tr/rec-html40', 'xhtml'],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/syndication', 'sy'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['https://search.yahoo.com/mrss', 'media'],
  ['http://video.search.yahoo.com/mrss', 'media'],
  ['http://www.rssboard.org/media-rss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
])

/** Prefixes that mean what they say where the document forgot to declare them. */
const UNDECLARED: ReadonlySet<string> = new Set([
  'rdf',
  'xhtml',
  'dc',
  'dcterms',
  'content',
  'sy',
  'media',
  'itunes',
  'feedburner',
])

/** What we read of an item. 'html' may hold markup, 'line' may not (another field opening in it means that its end tag was
 *  forgotten), 'person' and 'picture' hold what we want in a child. */
export const ITEM_FIELDS: ReadonlyMap<string, FieldKind> = new Map([
  ...fields('line', 'title dc:title media:title link feedburner:origlink guid id rdf:about'),
  ...fields(
    'line',
    'pubdate published issued created dc:date dcterms:created dcterms:issued updated modified dcterms:modified lastmod',
  ),
  ...fields('line', 'category dc:subject tags keywords itunes:keywords media:keywords media:category'),
  ...fields('line', 'enclosure media:content media:thumbnail itunes:image'),
  ...fields('html', 'description summary abstract itunes:summary media:description'),
  ...fields('html', 'content:encoded content body xhtml:body xhtml:div fullitem'),
  ...fields('person', 'author dc:creator itunes:author'),
  ...fields('picture', 'image'),
])

/** What we read of the feed itself. */
export const FEED_FIELDS: ReadonlyMap<string, FieldKind> = new Map(
  fields('line', 'title dc:title link language dc:language ttl sy:updateperiod sy:updatefrequency skiphours skipdays'),
)

/** Where a field may stand inside another element of the item. */
export const GROUPS: ReadonlySet<string> = new Set(['media:group', 'media:content'])

/** HTML's elements without an end tag: feeds with naked markup write `<br>`. */
export const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
)

type FieldKind = 'line' | 'html' | 'person' | 'picture'

function fields(kind: FieldKind, names: string): [string, FieldKind][] {
  return names.split(' ').map((name) => [name, kind])
}
