import Parser from 'rss-parser'
import { decodeBytes } from './decode.ts'
import type { FeedDocument } from './feed/document.ts'
import { fieldTag } from './feed/fields.ts'
import { readJsonFeed } from './feed/json.ts'
import { mapFeed, type ParsedFeed } from './feed/map.ts'
import { FEED_FIELDS, ITEM_FIELDS } from './feed/names.ts'
import { type PlainRss, plainRss } from './feed/plain-rss.ts'

/** Why bytes are no feed, in words for which the catalogue has a sentence each.
 *  - `empty`: no bytes, or only white space
 *  - `html page`: a web page where a feed is due; `candidateFeeds` may find the feed
 *  - `challenge page`: the page that a bot protection shows instead
 *  - `not a feed`: some other document, XML, JSON or no markup at all
 *  - `broken`: a feed that even after repair could not be read
 *  - `too deep`: elements nested beyond any honest use */
export type FeedRefusal = 'empty' | 'html page' | 'challenge page' | 'not a feed' | 'broken' | 'too deep'
export type FeedReading = Readonly<{ kind: 'read'; feed: FeedDocument } | { kind: 'refused'; reason: FeedRefusal }>

/** Reads a feed of any usual kind: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed; damaged ones as far as they go.
 *  Bytes decide, never the Content-Type. Titles are plain text on one line; summaries and contents are HTML with absolute links, without
 *  scripts, and as hostile as ever; addresses are http(s) or ''; dates are what the feed claims (`saneDate` is for the caller).
 *  At most 5,000 items, 300,000 characters a field, 400 levels. Linear; the promise settles for every input and never rejects.
 *  @param source.url - the feed's address, which relative links stand on
 *  @param source.contentType - the header as it came, for its charset only
 *  @param source.known - marks of entries that need not be read again: nineteen of twenty are as they were at the last poll */
export async function readFeed(bytes: Uint8Array, source: FeedBytes): Promise<FeedReading> {
  const { url, contentType } = source
  const text = decodeBytes(bytes, { kind: 'xml', ...(contentType !== undefined && { contentType }) }).trim()
  if (text === '') return refused('empty')
  if (text.startsWith('{')) {
    const feed = readJsonFeed(text, url)
    return feed ? { kind: 'read', feed } : refused('not a feed')
  }
  const plain = plainRss(text, url, new Set(source.known))
  switch (plain.kind) {
    case 'page':
      return refused(isChallenge(text) ? 'challenge page' : 'html page')
    case 'deep':
      return refused('too deep')
    case 'other':
      return refused('not a feed')
    case 'feed':
      return parse(plain, url)
  }
}

type FeedBytes = Readonly<{ url: string; contentType?: string; known?: readonly string[] }>

function refused(reason: FeedRefusal): FeedReading {
  return { kind: 'refused', reason }
}

/** A fresh parser for each document: one that met trouble keeps its state. Its own names for fields never occur in a plain
 *  document, so that its snippets (quadratic) and its dates (one bad one refuses the feed) never run. */
async function parse({ channel, items }: Extract<PlainRss, { kind: 'feed' }>, url: string): Promise<FeedReading> {
  const marks = items.map(({ mark }) => mark)
  const xml = `<rss version="2.0"><channel>${channel}${items.map((item) => item.xml ?? '').join('')}</channel></rss>`
  const parser = new Parser<Record<string, unknown>, Record<string, unknown>>({
    defaultRSS: 2,
    customFields: {
      // Its types forget that a feed's field may be a tuple as well as an item's.
      feed: [...FEED_FIELDS.keys()].map(custom) as unknown as string[],
      item: [...ITEM_FIELDS.keys()].map(custom),
    },
  })
  const parsed = await parser.parseString(xml).catch(() => undefined)
  return parsed === undefined
    ? refused('broken')
    : { kind: 'read', feed: { ...mapFeed(parsed as ParsedFeed, url), marks } }
}

function custom(field: string): [string, string, { keepArray: true }] {
  return [fieldTag(field), field, { keepArray: true }]
}

const CHALLENGE_CHARS = 20_000 // such pages are short, and name themselves early
function isChallenge(text: string): boolean {
  const head = text.slice(0, CHALLENGE_CHARS)
  return CHALLENGES.some((mark) => head.includes(mark))
}
/** What the pages of Cloudflare, DDoS-Guard, Imperva, Akamai, PerimeterX, DataDome and Sucuri hold when they stop a visitor; their
 *  scripts' addresses alone are on ordinary pages too. */
const CHALLENGES = [
  '<title>Just a moment...</title>',
  'Attention Required! | Cloudflare',
  'cf_chl_opt',
  'cf-chl-',
  'orchestrate/chl_page',
  'ddos-guard/js-challenge',
  '<title>DDoS-Guard</title>',
  'Incapsula incident ID',
  'errors.edgesuite.net',
  'px-captcha',
  'captcha-delivery.com',
  'sucuri_cloudproxy_js',
]
