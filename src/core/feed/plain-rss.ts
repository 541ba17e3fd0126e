import { fingerprint } from '../identity.ts'
import { declaredEntities, decodeEntities } from './entities.ts'
import { addPart, type Field, newField, writeField } from './fields.ts'
import { ItemMarks } from './item-marks.ts'
import { absoluteUrl } from './links.ts'
import { FEED_FIELDS, GROUPS, ITEM_FIELDS, knownName, type Scope, scopeOf, VOID } from './names.ts'
import { type Attributes, type Token, tokenStream } from './tokens.ts'
import { localName, openTag } from './write-xml.ts'

/** How a feed's markup was read. `channel` and `items` are the parts of a well-formed RSS 2.0 document of our own field names (`fieldTag`),
 *  whatever was read. */
export type PlainRss = Readonly<
  | { kind: 'feed'; channel: string; items: readonly PlainItem[] }
  | { kind: 'page' }
  | { kind: 'other' }
  | { kind: 'deep' }
>
/** `mark` stands for its every word. `xml` is its `<item>` element; missing where its mark was known. */
export type PlainItem = Readonly<{ mark: string; xml?: string }>

/** Turns any feed (RSS 0.9 to 2.0, RDF, Atom, CDF; well formed or not) into one plain, well-formed document, so that the parser
 *  never meets a DOCTYPE, an undeclared prefix, a missing end tag, markup in a text, or a depth that it cannot bear. What the words
 *  mean is not decided here: a field keeps its type, mode and base as attributes. Never throws; linear.
 *  @param base - the document's address, for xml:base
 *  @param known - marks of items that need not be read */
export function plainRss(text: string, base: string, known: ReadonlySet<string>): PlainRss {
  const stream = tokenStream(text)
  const reader = new Reader(base, new ItemMarks(text, stream, known))
  for (let token = stream.next(); token !== undefined; token = stream.next()) {
    const verdict = reader.take(token)
    if (verdict === 'page' || verdict === 'deep') return { kind: verdict }
    if (verdict === 'full') break
  }
  return reader.finish()
}

export const ITEMS_MAX = 5_000 // an archive feed of a daily paper holds about as many; a poll needs the newest
const FIELDS_MAX = 500 // of one item; a gallery of Media RSS has about 200
const DEPTH_MAX = 400 // XHTML from a word processor nests to about 60

/** 'foreign' is an element of a vocabulary that we do not read, with all that stands in it. */
type Role = 'feed' | 'item' | 'group' | 'field' | 'inner' | 'aside' | 'foreign'
type Frame = Readonly<{ raw: string; role: Role; scope: Scope | undefined; base: string }>
type Open = Extract<Token, { kind: 'open' }>

/** One reading: where we are in the document, and what is written so far. */
class Reader {
  readonly #base: string
  /** What is written of the channel, and, from `#itemFrom` on, of the item that is open. */
  readonly #out: string[] = []
  readonly #written: PlainItem[] = []
  readonly #marks: ItemMarks
  readonly #frames: Frame[] = []
  /** How often a tag of this name is open: an end tag that closes nothing is known at once. */
  readonly #open = new Map<string, number>()
  #entities: ReadonlyMap<string, string> = new Map()
  #field: Field | undefined
  #likePage = false
  #seenRoot = false
  #seenTag = false
  #items = 0
  #fields = 0
  #itemFrom = -1
  /** Where the end tag that is being taken ends. */
  #closedAt = Number.NaN
  readonly #places = new Map<Frame, string>()
  #entitiesWord = ''

  constructor(base: string, marks: ItemMarks) {
    this.#base = base
    this.#marks = marks
  }

  take(token: Token): 'page' | 'deep' | 'full' | undefined {
    switch (token.kind) {
      case 'text':
        return this.#addText(decodeEntities(token.text, this.#entities))
      case 'cdata':
        return this.#addText(token.text)
      case 'open':
        return this.#openTag(token)
      case 'close':
        return this.#closeTag(token)
      case 'doctype':
        this.#entities = declaredEntities(token.text)
        this.#entitiesWord = fingerprint(JSON.stringify([...this.#entities]))
        return undefined
      case 'cut':
        return undefined
    }
  }

  finish(): PlainRss {
    if (!this.#seenRoot) return { kind: this.#likePage ? 'page' : 'other' }
    // What the document was cut in is not whole: the field is left out, and the item too unless it is all there is.
    this.#field = undefined
    if (this.#itemFrom >= 0) {
      if (this.#items > 1) this.#out.length = this.#itemFrom
      else this.#endItem()
    }
    return { kind: 'feed', channel: this.#out.join(''), items: this.#written }
  }

  #addText(text: string): undefined {
    if (this.#field) addPart(this.#field, { text })
  }

  #openTag(token: Open): 'page' | 'deep' | 'full' | undefined {
    const { attributes } = token
    const above = this.#frames.at(-1)
    const scope = scopeOf(token.name, attributes, above?.scope)
    const name = knownName(token.name, scope)
    if (!this.#seenRoot) {
      if (name === 'html' || name === 'xhtml:html') return 'page'
      this.#likePage ||= PAGE.has(name)
      const alone = name === 'entry' && !this.#seenTag // RFC 4287, 2: an Atom Entry Document
      this.#seenTag = true
      if (!ROOTS.has(name) && !alone) return undefined
      this.#seenRoot = true
    }
    if (this.#rescue(name, token.closed)) return this.#openTag(token)
    if (this.#frames.length >= DEPTH_MAX) return 'deep'
    const role = this.#roleOf(name)
    if (role === 'item' && this.#items >= ITEMS_MAX) return 'full'
    if (role === 'item' && this.#passesOver(token)) return undefined
    const base = this.#baseIn(attributes)
    const frame: Frame = { raw: token.name.toLowerCase(), role, scope, base }
    this.#enter(frame, name, attributes)
    const empty = token.closed || (role === 'inner' && VOID.has(localName(name)))
    if (role === 'inner' && this.#field)
      addPart(this.#field, { tag: openTag(token, empty, this.#field.base === base ? undefined : base) })
    if (empty) return this.#leave(frame)
    this.#frames.push(frame)
    this.#open.set(frame.raw, (this.#open.get(frame.raw) ?? 0) + 1)
    return undefined
  }

  /** xml:base, as far as it leads to the web; else what is in force outside. */
  #baseIn(attributes: Attributes): string {
    const outside = this.#frames.at(-1)?.base ?? this.#base
    const own = attributes.get('xml:base')
    return own === undefined ? outside : absoluteUrl(decodeEntities(own), outside) || outside
  }

  /** Closes what a forgotten end tag left open: an item in an item, another field in a field of one line, a
   *  paragraph in a paragraph. An item of a foreign vocabulary (the other side of a conflict), or with nothing in it, ends none. */
  #rescue(name: string, empty: boolean): boolean {
    const above = this.#frames.at(-1)
    const role = above?.role
    const inItem = this.#itemFrom >= 0 && role !== 'foreign' && !empty
    if (inItem && (name === 'item' || name === 'entry')) this.#popUntil((frame) => frame.role === 'item')
    else if (
      role === 'field' &&
      this.#field?.line &&
      !SHARED_WITH_HTML.has(name) &&
      ITEM_FIELDS.has(name) &&
      this.#field.name !== name
    ) {
      this.#popUntil((frame) => frame.role === 'field')
    } else if (role === 'inner' && above?.raw === name && IMPLIED_END.has(name)) this.#popUntil(() => true)
    else return false
    return true
  }

  #roleOf(name: string): Role {
    const parent = this.#frames.at(-1)?.role
    if (parent === undefined) return name === 'item' || name === 'entry' ? 'item' : ROOTS.has(name) ? 'feed' : 'aside'
    if (parent === 'field' || parent === 'inner') return 'inner'
    if (this.#itemFrom < 0) {
      if (name === 'item' || name === 'entry') return 'item'
      if (name === 'channel' || name === 'feed') return 'feed'
      return parent === 'feed' && FEED_FIELDS.has(name) ? 'field' : 'aside'
    }
    if (parent === 'aside' || parent === 'foreign') return parent
    if (name.startsWith('x:')) return 'foreign'
    if (GROUPS.has(name)) return 'group'
    return ITEM_FIELDS.has(name) ? 'field' : 'aside'
  }

  #enter(frame: Frame, name: string, attributes: Attributes): void {
    if (frame.role === 'item') {
      this.#items++
      this.#fields = 0
      this.#itemFrom = this.#out.length
      this.#out.push('<item>')
      this.#writeAttributes(ITEM_ATTRIBUTES, attributes, frame.base)
    } else if (frame.role === 'field') {
      this.#field = newField(name, attributes, frame.base)
    } else if (frame.role === 'group') {
      this.#write(newField(name, attributes, frame.base))
    } else if (frame.role === 'feed') {
      this.#writeAttributes(FEED_ATTRIBUTES, attributes, frame.base)
    }
  }

  /** Fields that stand in attributes of the element itself. */
  #writeAttributes(names: readonly (readonly [string, string])[], attributes: Attributes, base: string): void {
    for (const [attribute, name] of names) {
      const value = attributes.get(attribute)
      if (value !== undefined)
        this.#write({ ...newField(name, new Map(), base), parts: [{ text: decodeEntities(value) }] })
    }
  }

  #closeTag({ name, end }: Extract<Token, { kind: 'close' }>): undefined {
    const raw = name.toLowerCase()
    if ((this.#open.get(raw) ?? 0) === 0) return
    this.#closedAt = end
    this.#popUntil((frame) => frame.raw === raw)
    this.#closedAt = Number.NaN
  }

  #popUntil(last: (frame: Frame) => boolean): void {
    while (true) {
      const frame = this.#frames.pop()
      if (!frame) return
      this.#open.set(frame.raw, (this.#open.get(frame.raw) ?? 1) - 1)
      if (frame.role === 'inner' && this.#field) addPart(this.#field, { tag: `</${localName(frame.raw)}>` })
      this.#leave(frame)
      if (last(frame)) return
    }
  }

  #leave(frame: Frame): undefined {
    if (frame.role === 'item') {
      this.#endItem()
    } else if (frame.role === 'field' && this.#field) {
      this.#write(this.#field)
      this.#field = undefined
    }
  }

  /** An item that is known is counted, and nothing more. */
  #passesOver(token: Open): boolean {
    const mark = this.#marks.begin(token, this.#place())
    if (mark === undefined) return false
    this.#items++
    this.#written.push({ mark })
    return true
  }

  #endItem(): void {
    const xml = `${this.#out.splice(this.#itemFrom).join('')}</item>`
    const mark = this.#marks.end(this.#closedAt, { place: this.#place(), written: xml, base: this.#base })
    this.#written.push(this.#marks.knows(mark) ? { mark } : { mark, xml })
    this.#itemFrom = -1
  }

  /** All that an item's meaning depends on besides its own characters, in a word or two. */
  #place(): string {
    return `${this.#placeIn(this.#frames.length - 1)} ${this.#entitiesWord}`
  }

  /** Each element is looked at once, whatever stands in it. */
  #placeIn(depth: number): string {
    const frame = this.#frames[depth]
    if (frame === undefined) return this.#base
    const known = this.#places.get(frame)
    if (known !== undefined) return known
    const { raw, role, scope, base } = frame
    const own = scope === this.#frames[depth - 1]?.scope ? [] : [...(scope?.own ?? [])]
    const word = fingerprint(JSON.stringify([this.#placeIn(depth - 1), raw, role, base, own]))
    this.#places.set(frame, word)
    return word
  }

  #write(field: Field): void {
    if (++this.#fields <= FIELDS_MAX) this.#out.push(writeField(field, { base: this.#base, entities: this.#entities }))
  }
}

const ROOTS: ReadonlySet<string> = new Set(['rss', 'feed', 'rdf:rdf', 'rdf', 'channel'])
/** What a page holds that leaves out its `<html>`, as HTML allows; no other document does. */
const PAGE: ReadonlySet<string> = new Set(['meta', 'div', 'main', 'p', 'script', 'style'])
/** RDF names an item by `rdf:about`; CDF gives address and date as attributes. */
const ITEM_ATTRIBUTES = [
  ['rdf:about', 'rdf:about'],
  ['about', 'rdf:about'],
  ['href', 'link'],
  ['lastmod', 'lastmod'],
] as const
const FEED_ATTRIBUTES = [
  ['xml:lang', 'language'],
  ['href', 'link'],
] as const
/** HTML's elements that end where their like begins. */
const IMPLIED_END: ReadonlySet<string> = new Set(['p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'option'])
/** Names that mean something in HTML as well, so that they may stand inside a title. */
const SHARED_WITH_HTML: ReadonlySet<string> = new Set(['title', 'xhtml:body', 'xhtml:div', 'body', 'summary', 'image'])
