import { parseDate } from '../dates.ts'
import { decodeEntities } from '../feed/entities.ts'
import { oneLine } from '../safe-text.ts'
import { articleThing, type Json, listOf, own, readThings, textOf, typesOf } from './json-ld.ts'
import { wordsKey } from './key.ts'

/** What a page says of its article besides the text. Claims, every one: a page may lie. Texts are one line, without invisible
 *  characters. */
export type Metadata = Readonly<{
  /** The article's own address: the canonical one where it is of the same site, else the page's. */
  url: string
  title: string
  outlet?: string
  /** Persons' names, joined by commas; neither addresses nor organisations. */
  author?: string
  publishedAt?: number
  /** The primary tag: "en", "de". */
  language?: string
  /** http or https; no logo. */
  image?: string
  /** The text as the page's JSON-LD has it, or ''. */
  body: string
}>

/** Reads JSON-LD, Open Graph and other meta elements, microdata and `<time>`. Never throws.
 *  @param scan - the page's blocks of JSON-LD, raw, and its root's language
 *  @param url - where the page came from */
export function readMetadata(document: Document, { jsonLd, language: root }: Scanned, url: string): Metadata {
  const meta = metaOf(document)
  const heading = line(document.querySelector('h1')?.textContent ?? '')
  const here = new Set([url, meta.first('og:url'), canonicalLink(document)].map(placeKey).filter((key) => key !== ''))
  const titles = new Set([heading, meta.first('og:title')].map(wordsKey).filter((key) => key !== ''))
  const things = readThings(jsonLd)
  const thing = articleThing(things, (name) => here.has(placeKey(name)) || titles.has(wordsKey(name))) ?? {}
  const sources = { document, meta, thing, url }
  const outlet = readOutlet(sources)
  const author = readAuthor(sources, outlet)
  const publishedAt = readPublished(sources)
  const language = readLanguage(sources, root)
  const image = readImage(sources)
  return {
    url: canonicalUrl(sources),
    title: readTitle(sources, heading, outlet),
    ...(outlet !== '' && { outlet }),
    ...(author !== '' && { author }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(language !== '' && { language }),
    ...(image !== '' && { image }),
    body: textOf(own(thing, 'articleBody')),
  }
}

type Scanned = Readonly<{ jsonLd: readonly string[]; language: string }>
type Meta = Readonly<{
  first(...names: readonly string[]): string
  all(...names: readonly string[]): readonly string[]
}>
type Sources = Readonly<{ document: Document; meta: Meta; thing: Json; url: string }>

const LINE_CHARS_MAX = 300 // the longest honest headline has about 200
function line(text: string): string {
  return oneLine(decodeEntities(text.slice(0, LINE_CHARS_MAX * 4)))
    .slice(0, LINE_CHARS_MAX)
    .toWellFormed()
}

const META_MAX = 300 // elements; real heads have up to 80
function metaOf(document: Document): Meta {
  const values = new Map<string, string[]>()
  for (const element of [...document.querySelectorAll('meta[content]')].slice(0, META_MAX)) {
    const content = element.getAttribute('content')?.trim() ?? ''
    if (content === '') continue
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
      const name = element.getAttribute(attribute)?.trim().toLowerCase()
      if (name) values.set(name, [...(values.get(name) ?? []), content])
    }
  }
  const all = (...names: readonly string[]) => names.flatMap((name) => values.get(name) ?? [])
  return { all, first: (...names) => all(...names)[0] ?? '' }
}

function canonicalLink(document: Document): string {
  for (const link of document.querySelectorAll('link[rel][href]'))
    if (/(?:^|\s)canonical(?:\s|$)/i.test(link.getAttribute('rel') ?? '')) return link.getAttribute('href') ?? ''
  return ''
}

/** What two addresses of one page have in common: host without its front, and path. */
function placeKey(address: string): string {
  const url = URL.parse(address.trim())
  return url === null ? '' : `${siteOf(url)}${url.pathname.replace(/\/(?:amp\/?)?$/, '')}`
}

/** "m.example.org" and "www.example.org" are one site; other hosts of a domain may belong to others. */
export function siteOf(url: URL): string {
  return url.host.replace(/^(?:www\d?|m|mobile|amp|wap)\./, '')
}

/** A canonical address of another site is not believed: it would let any page pass for another's article. Neither is one that
 *  names the front page, a common fault. */
function canonicalUrl({ document, meta, url }: Sources): string {
  const page = URL.parse(url)
  if (page === null) return url
  for (const claim of [canonicalLink(document), meta.first('og:url')]) {
    const address = webAddress(claim, url)
    if (address === undefined || siteOf(address) !== siteOf(page)) continue
    if (address.pathname === '/' && address.search === '' && (page.pathname !== '/' || page.search !== '')) continue
    address.hash = ''
    if (page.protocol === 'https:') address.protocol = 'https:'
    return address.href
  }
  page.hash = ''
  return page.href
}

const URL_CHARS_MAX = 2_000 // what servers and browsers commonly take
/** An address of the web as a page wrote it, relative to `base`; undefined for any other, and for one with a name or password in it. */
export function webAddress(text: string, base: string): URL | undefined {
  const plain = decodeEntities(text.trim())
  if (plain === '' || plain.length > URL_CHARS_MAX) return undefined
  const url = URL.parse(plain, base)
  const web = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  return web && url.href.length <= URL_CHARS_MAX ? url : undefined
}

function readTitle({ document, meta, thing, url }: Sources, heading: string, outlet: string): string {
  const host = URL.parse(url)?.hostname.replace(/[^a-z\d]/g, '') ?? ''
  const claims = [
    textOf(own(thing, 'headline')),
    meta.first('og:title', 'twitter:title'),
    heading,
    document.querySelector('title')?.textContent ?? '',
  ]
  for (const claim of claims) {
    const title = withoutOutlet(line(claim), { outlet, heading, host })
    if (title !== '') return title
  }
  return ''
}

/** "Headline | Outlet", "Headline - Outlet - Section": the outlet has a field of its own. */
function withoutOutlet(
  title: string,
  { outlet, heading, host }: Readonly<{ outlet: string; heading: string; host: string }>,
): string {
  const at = Math.max(...SEPARATORS.map((mark) => title.lastIndexOf(mark)))
  if (at <= 0) return title
  const front = title.slice(0, at).trim()
  const back = wordsKey(title.slice(at + 3))
  const tight = back.replaceAll(' ', '')
  const named = back !== '' && (wordsKey(outlet).startsWith(back) || (tight.length >= 4 && host.includes(tight)))
  return named || (heading !== '' && wordsKey(front) === wordsKey(heading)) ? front : title
}
const SEPARATORS = [' | ', ' – ', ' — ', ' - ', ' · ', ' • ']

function readOutlet({ meta, thing }: Sources): string {
  const claims = [
    meta.first('og:site_name'),
    textOf(listOf(own(thing, 'publisher'))[0], 'name'),
    meta.first('application-name', 'publisher'),
  ]
  return claims.map(line).find((name) => name !== '' && name.length <= 80 && !isAddress(name)) ?? ''
}

const AUTHORS_MAX = 4 // more are a credit roll
function readAuthor({ document, meta, thing }: Sources, outlet: string): string {
  const persons = listOf(own(thing, 'author')).filter(
    (one) => !typesOf(one).some((type) => /Organi[sz]ation/.test(type)),
  )
  const marked = [
    ...document.querySelectorAll('[itemprop="author"] [itemprop="name"], [rel~="author"], [itemprop="author"]'),
  ]
  const groups = [
    persons.map((one) => textOf(one, 'name')),
    meta.all('author', 'article:author', 'parsely-author', 'byl', 'dc.creator', 'dcterms.creator', 'sailthru.author'),
    marked.slice(0, AUTHORS_MAX).map((element) => element.textContent ?? ''),
  ]
  for (const group of groups) {
    const names = group.map((name) => personName(name, outlet)).filter((name) => name !== '')
    if (names.length > 0) return [...new Set(names)].slice(0, AUTHORS_MAX).join(', ')
  }
  return ''
}

const NAME_CHARS_MAX = 120 // two or three names in one field
const BY = /^(?:by|written by|von|par|por|door|da|di|af|av|przez|автор|текст)\s*:?\s+(?=\p{Lu})/iu
const NOBODY =
  /^(?:admin(?:istrator)?|editor(?:s|ial|ial team)?|staff(?: (?:writer|reporter))?|newsroom|news desk|redaktion|redacción|rédaction|redazione|redação|redactie|redakcja|редакция|редакція|author|guest|webmaster|unknown|anonymous|null|undefined|team)$/iu
function personName(text: string, outlet: string): string {
  const name = line(text).replace(BY, '').trim()
  const plausible = name.length > 1 && name.length <= NAME_CHARS_MAX && /\p{L}/u.test(name) && !/[\d@{}<>|]/.test(name)
  if (!plausible || isAddress(name) || NOBODY.test(name)) return ''
  return wordsKey(name) === wordsKey(outlet) ? '' : name
}

function isAddress(text: string): boolean {
  return /^(?:https?:|www\.|\/)|^\S+\.(?:com|org|net|info|co|news)(?:\/\S*)?$/i.test(text)
}

const DATE_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
  'pubdate',
  'publish-date',
  'publish_date',
  'publication_date',
  'date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date',
  'article.published',
  'cxenseparse:recs:publishtime',
]
const SAME_MS = 36 * 3_600_000 // a date without time or zone is at most that far from the moment meant
/** The first claim that is a date; where it has no zone, the first that has one and means the same day. */
function readPublished({ document, meta, thing }: Sources): number | undefined {
  const elements = [...document.querySelectorAll('[itemprop="datePublished"], time[datetime]')].slice(0, 20)
  const timed = elements.map((element) => element.getAttribute('datetime') ?? element.getAttribute('content') ?? '')
  const claims = [textOf(own(thing, 'datePublished')), ...meta.all(...DATE_NAMES), textOf(own(thing, 'dateCreated'))]
  const dated = [...claims, ...timed].flatMap((text) => {
    const at = parseDate(text)
    return at === undefined ? [] : [{ at, zoned: /(?:z|utc|gmt|[+-]\d{2}:?\d{2})$/i.test(text.trim()) }]
  })
  const [first] = dated
  if (first === undefined || first.zoned) return first?.at
  return (dated.find(({ at, zoned }) => zoned && Math.abs(at - first.at) <= SAME_MS) ?? first).at
}

function readLanguage({ meta, thing }: Sources, root: string): string {
  const claims = [
    root,
    textOf(listOf(own(thing, 'inLanguage'))[0], 'alternateName', 'name'),
    meta.first('og:locale', 'content-language', 'language', 'dc.language'),
  ]
  for (const claim of claims) {
    const tag = /^\s{0,9}([a-z]{2,3})(?:[-_].*)?\s*$/i.exec(claim.slice(0, 40))?.[1]
    if (tag !== undefined) return tag.toLowerCase()
  }
  return ''
}

const NO_PICTURE =
  /(?:logo|placeholder|default|favicon|avatar|gravatar|sprite|spacer|blank|fallback|no[-_]?image|icon)(?:[^a-z]|$)|\.(?:svg|ico)$/i
function readImage({ meta, thing, url }: Sources): string {
  const claims = [
    ...meta.all('og:image:secure_url', 'og:image', 'og:image:url'),
    ...listOf(own(thing, 'image')).map((image) => textOf(image, 'url', 'contentUrl', '@id')),
    ...meta.all('twitter:image', 'twitter:image:src'),
    textOf(own(thing, 'thumbnailUrl')),
  ]
  for (const claim of claims) {
    const address = webAddress(claim, url)
    if (address !== undefined && !NO_PICTURE.test(address.pathname)) return address.href
  }
  return ''
}
