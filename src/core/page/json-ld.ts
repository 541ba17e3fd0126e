/** A JSON object from a stranger. Read it only through `own`: its keys may be anything, `__proto__` too. */
export type Json = Readonly<Record<string, unknown>>

/** The things that a page describes in JSON-LD: objects of the blocks, of their lists and graphs, in the page's order.
 *  Blocks that are no JSON are left out. At most `THINGS_MAX`. Never throws. */
export function readThings(blocks: readonly string[]): readonly Json[] {
  const things: Json[] = []
  for (const block of blocks) collect(parse(block), 0, things)
  return things
}

/** The article among a page's things: the one that `isHere` knows, else the most article-like, else undefined.
 *  @param isHere - whether an address or headline is the page's own */
export function articleThing(things: readonly Json[], isHere: (text: string) => boolean): Json | undefined {
  const ranked = things
    .map((thing) => ({ thing, rank: articleRank(thing) + (namesOf(thing).some(isHere) ? 10 : 0) }))
    .filter(({ thing }) => articleRank(thing) > 0)
  return ranked.reduce<(typeof ranked)[number] | undefined>(
    (best, next) => (best === undefined || next.rank > best.rank ? next : best),
    undefined,
  )?.thing
}

/** A property that the object itself has. */
export function own(thing: unknown, key: string): unknown {
  return isObject(thing) && Object.hasOwn(thing, key) ? thing[key] : undefined
}

/** A value as a list: lists are themselves, nothing is none. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.slice(0, LIST_MAX) : [value]
}

/** The text of a value: of a string, or of what an object has as its name, address or id; '' for anything else. */
export function textOf(value: unknown, ...keys: readonly string[]): string {
  if (typeof value === 'string') return value.slice(0, TEXT_CHARS_MAX).trim()
  for (const key of keys) {
    const text = own(value, key)
    if (typeof text === 'string' && text.trim() !== '') return text.slice(0, TEXT_CHARS_MAX).trim()
  }
  return ''
}

/** The types of a thing, without schema.org's address. */
export function typesOf(thing: unknown): readonly string[] {
  return listOf(own(thing, '@type')).flatMap((type) => (typeof type === 'string' ? [type.replace(/^.*[/#:]/, '')] : []))
}

const THINGS_MAX = 300 // a page about many things has some dozens
const LIST_MAX = 50 // authors, images
const TEXT_CHARS_MAX = 400_000 // articleBody is a whole article
const DEPTH_MAX = 6 // list, graph, page, its main entity

function parse(block: string): unknown {
  try {
    // Raw line ends in strings are forbidden and common; CDATA and comment marks are relics of XHTML.
    const plain = block.replace(/^\s*(?:\/\/)?\s*(?:<!--|<!\[CDATA\[)|(?:\/\/)?\s*(?:-->|\]\]>)\s*$/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    return JSON.parse(plain.replace(/[\u0000-\u001f]/g, ' '))
  } catch {
    return undefined // no JSON, or nested deeper than the stack: nothing is known
  }
}

function collect(value: unknown, depth: number, into: Json[]): void {
  if (depth > DEPTH_MAX || into.length >= THINGS_MAX) return
  if (Array.isArray(value)) {
    for (const one of value.slice(0, THINGS_MAX)) collect(one, depth + 1, into)
    return
  }
  if (!isObject(value)) return
  into.push(value)
  for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage']) collect(own(value, key), depth + 1, into)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** 2 for what is surely an article, 1 for what may hold one. */
function articleRank(thing: Json): number {
  const types = typesOf(thing)
  if (types.some((type) => /(?:Article|BlogPosting|LiveBlogPosting|Report|NewsStory)$/.test(type))) return 2
  return types.some((type) => /^(?:WebPage|ItemPage|Review|SocialMediaPosting|VideoObject)$/.test(type)) ? 1 : 0
}

function namesOf(thing: Json): readonly string[] {
  return [
    textOf(own(thing, 'url'), '@id'),
    textOf(own(thing, '@id')),
    textOf(own(thing, 'mainEntityOfPage'), '@id', 'url'),
    textOf(own(thing, 'headline')),
  ].filter((name) => name !== '')
}
