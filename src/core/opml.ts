/** Lists of feeds as readers exchange them: OPML 2.0 (opml.org/spec2.opml), or plain lines of addresses. */
import { decodeEntities } from './feed/entities.ts'
import { oneLine } from './feed/text.ts'
import { tokens } from './feed/tokens.ts'
import { escapeXml } from './feed/write-xml.ts'

/** @property url - as written; nothing says yet that it is an address
 *  @property folder - names of the outlines around it, outermost first */
export type ListedFeed = Readonly<{ url: string; title: string; folder: readonly string[] }>

/** @property more - feeds beyond the most that are read */
export type OpmlReading = Readonly<
  { kind: 'list'; title: string; feeds: readonly ListedFeed[]; more: number } | { kind: 'no list' }
>

export const LISTED_MAX = 2_000 // the largest public collections have some hundreds
const FOLDERS_MAX = 16 // readers show two or three levels
const NAME_CHARS_MAX = 200

/** Reads a list of feeds, well formed or not. Never throws; linear. An address that stands twice is listed once. */
export function readOpml(text: string): OpmlReading {
  return text.trimStart().startsWith('<') ? readOutlines(text) : readLines(text)
}

function readOutlines(text: string): OpmlReading {
  const list = createList()
  const around: (string | undefined)[] = []
  let title = ''
  let inTitle = false
  let isOpml = false
  for (const token of tokens(text)) {
    if (token.kind === 'cut') break
    if (token.kind === 'text' && inTitle) title += token.text
    if (token.kind !== 'open' && token.kind !== 'close') continue
    const name = token.name.toLowerCase()
    isOpml ||= name === 'opml'
    inTitle = token.kind === 'open' && name === 'title'
    if (name !== 'outline') continue
    if (token.kind === 'close') {
      around.pop()
      continue
    }
    const attribute = (key: string): string => decodeEntities(token.attributes.get(key) ?? '').trim()
    const named = nameOf(attribute('title') || attribute('text'))
    const url = attribute('xmlurl')
    if (url !== '') list.add({ url, title: named, folder: folderOf(around) })
    if (!token.closed) around.push(url === '' ? named : undefined)
  }
  return isOpml ? { kind: 'list', title: nameOf(decodeEntities(title)), ...list.done() } : { kind: 'no list' }
}

/** What people paste: an address a line, with or without a name before it; "#" begins a remark. */
function readLines(text: string): OpmlReading {
  const list = createList()
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/)
    const url = words.find((word) => /^(?:https?|feed):/i.test(word))
    if (url === undefined || line.trimStart().startsWith('#')) continue
    list.add({ url, title: nameOf(words.filter((word) => word !== url).join(' ')), folder: [] })
  }
  const { feeds, more } = list.done()
  return feeds.length > 0 ? { kind: 'list', title: '', feeds, more } : { kind: 'no list' }
}

function createList() {
  const byUrl = new Map<string, ListedFeed>()
  let more = 0
  return {
    add(feed: ListedFeed): void {
      if (byUrl.has(feed.url)) return
      if (byUrl.size < LISTED_MAX) byUrl.set(feed.url, feed)
      else more++
    },
    done: () => ({ feeds: [...byUrl.values()], more }),
  }
}

function folderOf(around: readonly (string | undefined)[]): readonly string[] {
  return around.slice(0, FOLDERS_MAX).filter((name): name is string => name !== undefined && name !== '')
}

function nameOf(text: string): string {
  return oneLine(text).slice(0, NAME_CHARS_MAX).toWellFormed()
}

export type WrittenFeed = Readonly<{ url: string; title: string; language?: string; category?: string }>

/** An OPML 2.0 document that other readers take.
 *  @param madeAt - milliseconds since 1970 */
export function writeOpml(feeds: readonly WrittenFeed[], head: Readonly<{ title: string; madeAt: number }>): string {
  const outlines = feeds.map(({ url, title, language, category }) => {
    const more = Object.entries({ language, category }).flatMap(([key, value]) => (value ? attribute(key, value) : []))
    return `    <outline type="rss"${attribute('text', title)}${attribute('title', title)}${attribute('xmlUrl', url)}${more.join('')}/>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${escapeXml(xmlText(head.title))}</title>`,
    `    <dateCreated>${new Date(head.madeAt).toUTCString()}</dateCreated>`,
    '  </head>',
    '  <body>',
    ...outlines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escapeXml(xmlText(value))}"`
}

/** Without what XML 1.0 cannot hold at all. */
function xmlText(text: string): string {
  return oneLine(text)
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, '')
}
