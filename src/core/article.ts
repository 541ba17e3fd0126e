import { createHash } from 'node:crypto'
import { feedWords } from './article/feed-words.ts'
import { type Titles, titleOf } from './article/title.ts'
import { saneDate } from './dates.ts'
import { decodeBytes } from './decode.ts'
import { cleanLink, itemKey } from './identity.ts'
import { detectLanguage } from './language.ts'
import type { Article, ArticleId, FeedSource, Item } from './model.ts'
import { type PageReading, readPage } from './page.ts'
import { findQuotes } from './quotes.ts'
import { cut, oneLine, safeLink } from './safe-text.ts'
import { splitSentences } from './sentences.ts'
import { signatureOf } from './signature.ts'
import { summaryOf } from './summary.ts'

/** All that is known of one piece before it is read. */
export type ArticleSource = Readonly<{
  /** The downloaded page, where there is one. */
  page?: Readonly<{ bytes: Uint8Array; contentType?: string; url: string }>
  item: Item
  source: FeedSource
  /** Epoch ms: the date of a piece that has none that can be true. */
  firstSeenAt: number
}>

const TEXT_CHARS_MAX = 200_000 // the longest long read has half of it; what is beyond is a book or an archive
const TITLE_CHARS_MAX = 300 // twice the longest headline
const AUTHOR_CHARS_MAX = 120 // three names

/** One piece, read: from its page, or from the feed's own words where there is no page, it could not be read, or it says less.
 *  @returns an article whose quotes stand verbatim in its text. Never throws on what a feed or page holds; its time is bounded by
 *  the page reader's limits, but run it where it can be killed. */
export function readArticle(job: ArticleSource): Article {
  const { item, source, firstSeenAt } = job
  const reading = pageOf(job)
  const page = reading?.kind === 'read' ? reading.page : undefined
  const pageFault = reading?.kind === 'refused' ? reading.reason : page?.walled ? 'paywall' : undefined
  const words = feedWords(item)
  const from = page !== undefined && page.text.length >= words.text.length && page.text !== '' ? 'page' : 'feed'
  const text = clip(from === 'page' ? (page?.text ?? '') : words.text)
  const quoted = (from === 'page' ? page?.quoted : words.quoted) ?? []
  const url = cleanLink(page?.url ?? '') || cleanLink(item.url)
  const outlets = [source.outlet, page?.outlet ?? '']
  const title = headline(text, { feed: item.title, page: page?.title ?? '', outlets, url })
  const author = cut(oneLine(item.author) || oneLine(page?.author ?? ''), AUTHOR_CHARS_MAX)
  const image = safeLink(page?.image ?? '') ?? safeLink(item.image ?? '')
  return {
    id: idOf(url === '' ? `${source.id}\n${itemKey(item)}` : url),
    url,
    title,
    outlet: source.outlet,
    ...(author === '' ? {} : { author }),
    publishedAt: saneDate(item.publishedAt, firstSeenAt) ?? saneDate(page?.publishedAt, firstSeenAt) ?? firstSeenAt,
    text,
    language: detectLanguage(text === '' ? title : text, source.language ?? page?.language ?? ''),
    ...summaryOf(text, { title, quoted }),
    quotes: findQuotes(text, quoted),
    ...(image === undefined ? {} : { image }),
    from,
    ...(pageFault === undefined ? {} : { pageFault }),
    signature: signatureOf(title, text),
  }
}

/** The page, if it is one and not the site's front page, where pieces that are gone lead to. */
function pageOf({ page, item }: ArticleSource): PageReading | undefined {
  if (page === undefined || (isFrontPage(page.url) && !isFrontPage(item.url))) return undefined
  const { bytes, contentType, url } = page
  const html = decodeBytes(bytes, { kind: 'html', ...(contentType === undefined ? {} : { contentType }) })
  // Bytes decide: a PDF or a picture has no markup, whatever its label says, and its bytes would pass for words.
  if (!html.trimStart().startsWith('<')) return undefined
  return readPage(html, { url })
}

function isFrontPage(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.pathname === '/' && parsed.search === ''
}

function clip(text: string): string {
  if (text.length <= TEXT_CHARS_MAX) return text
  const end = text.lastIndexOf('\n\n', TEXT_CHARS_MAX)
  return text.slice(0, end > 0 ? end : TEXT_CHARS_MAX).toWellFormed()
}

/** A piece without a headline, as microblogs have them, is called by its first sentence. */
function headline(text: string, titles: Titles): string {
  const first = () => oneLine(splitSentences(text.slice(0, TITLE_CHARS_MAX * 4))[0]?.text ?? '')
  return cut(oneLine(titleOf(titles)) || first() || (titles.outlets[0] ?? ''), TITLE_CHARS_MAX)
}

function idOf(name: string): ArticleId {
  return createHash('sha256').update(name).digest('base64url').slice(0, 16) as ArticleId // 96 bits
}
