import { parseDate } from '../dates.ts'
import { cleanText } from '../decode.ts'
import type { Item } from '../model.ts'
import type { FeedDocument } from './document.ts'
import { FIELD_CHARS_MAX } from './fields.ts'
import { absoluteHtml, absoluteUrl } from './links.ts'
import { mapFeed, shortOf, TITLE_CHARS_MAX } from './map.ts'
import { ITEMS_MAX } from './plain-rss.ts'
import { isRecord, type Json, rssInJson } from './rss-json.ts'
import { looksLikeHtml, oneLine, plainLine, textAsHtml } from './text.ts'
import type { FeedWishes } from './wishes.ts'

/** Reads a JSON Feed (jsonfeed.org, 1 and 1.1), or RSS in JSON. What has the wrong type is as if it were not there.
 *  @returns undefined for what is no JSON, or no feed. Never throws. */
export function readJsonFeed(text: string, base: string): FeedDocument | undefined {
  const root = parse(text)
  const rss = rssInJson(root)
  if (rss !== undefined) return mapFeed(rss, base)
  const items = list(root['items'], ITEMS_MAX).filter(isRecord)
  if (!isJsonFeed(root, items)) return undefined
  const language = string(root['language'])
  return {
    title: line(root['title']),
    link: absoluteUrl(string(root['home_page_url']), base),
    ...(language !== '' && { language }),
    ...webSub(root, base),
    items: items.map((item) => mapItem(item, base)),
  }
}

/** Many an API answers with `items`: a feed names its format, or has a title or an address too, or its items have what only a feed's have. */
function isJsonFeed(root: Json, items: readonly Json[]): boolean {
  if (!Array.isArray(root['items'])) return false
  const named = string(root['version']).toLowerCase().includes('jsonfeed.org')
  return named || has(root, FEED_NAMES) || items.some((item) => has(item, ITEM_NAMES))
}
function has(record: Json, names: readonly string[]): boolean {
  return names.some((name) => string(record[name]) !== '')
}
const FEED_NAMES = ['title', 'feed_url', 'home_page_url']
const ITEM_NAMES = ['content_html', 'content_text', 'date_published', 'external_url']

function parse(text: string): Json {
  try {
    const root: unknown = JSON.parse(text)
    return isRecord(root) ? root : {}
  } catch {
    return {} // not JSON, or nested deeper than the stack: no feed either way
  }
}

/** JSON Feed 1.1, "hubs" and "feed_url". */
function webSub(root: Json, base: string): Pick<FeedWishes, 'hub' | 'self'> {
  const hubs = list(root['hubs']).filter(isRecord)
  const hub = hubs.filter(({ type }) => /^websub$/i.test(string(type))).map(({ url }) => absoluteUrl(string(url), base))
  const self = absoluteUrl(string(root['feed_url']), base)
  return { ...(hub[0] && { hub: hub[0] }), ...(self !== '' && { self }) }
}

function mapItem(item: Json, base: string): Item {
  const content = absoluteHtml(string(item['content_html']) || textAsHtml(string(item['content_text'])), base)
  const publishedAt = parseDate(string(item['date_published'])) ?? parseDate(string(item['date_modified']))
  const updatedAt = parseDate(string(item['date_modified']))
  const image = absoluteUrl(string(item['image']) || string(item['banner_image']), base)
  return {
    title: line(item['title']),
    url: absoluteUrl(string(item['url']), base) || absoluteUrl(string(item['external_url']), base),
    guid: typeof item['id'] === 'number' ? String(item['id']) : string(item['id']),
    summary: textAsHtml(string(item['summary'])) || shortOf(content),
    content,
    author:
      [...list(item['authors']), item['author']]
        .filter(isRecord)
        .map((author) => line(author['name']))
        .find(Boolean) ?? '',
    ...(publishedAt !== undefined && { publishedAt }),
    ...(updatedAt !== undefined && { updatedAt }),
    categories: list(item['tags']).map(line).filter(Boolean),
    enclosures: list(item['attachments'])
      .filter(isRecord)
      .map((one) => ({
        url: absoluteUrl(string(one['url']), base),
        type: string(one['mime_type']),
        length: typeof one['size_in_bytes'] === 'number' ? String(one['size_in_bytes']) : '',
      }))
      .filter(({ url }) => url !== ''),
    ...(image !== '' && { image }),
  }
}

const LIST_MAX = 50 // tags, authors and attachments of one item

function string(value: unknown): string {
  return typeof value === 'string' ? cleanText(value.slice(0, FIELD_CHARS_MAX)).trim() : ''
}

function line(value: unknown): string {
  const text = oneLine(string(value).slice(0, TITLE_CHARS_MAX))
  return looksLikeHtml(text) ? plainLine(text) : text
}

function list(value: unknown, max = LIST_MAX): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, max) : []
}
