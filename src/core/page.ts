import { parseHTML } from 'linkedom'
import { cleanText } from './decode.ts'
import { findArticle } from './page/article.ts'
import { againstClaim } from './page/claimed.ts'
import { type Gate, gateOf } from './page/gate.ts'
import { type Metadata, readMetadata } from './page/metadata.ts'
import { type ScanRefusal, scanPage } from './page/scan.ts'

/** Why a page gave no article, in words for which the catalogue has a sentence each.
 *  - `too large`: over 2,000,000 characters
 *  - `too deep`: elements nested beyond any honest use
 *  - `too many elements`: over 20,000, or as many stray marks
 *  - `challenge page`: what a bot protection shows instead
 *  - `paywall`: an offer to subscribe, with hardly a sentence of the article
 *  - `consent page`: a question about cookies or data in the article's place
 *  - `no article text`: a page without running text */
export type PageRefusal = ScanRefusal | Gate | 'no article text'

/** An article as its page tells it. Untrusted: shown only through a painter. */
export type Page = Omit<Metadata, 'body'> &
  Readonly<{
    /** Paragraphs, headings and list items joined by a blank line; no captions, bylines, navigation, advertising. */
    text: string
    /** The paragraphs of the text that stand in block quotations, and the lines that sign them. */
    quoted: readonly string[]
    /** It says that the rest is for subscribers. */
    walled?: true
  }>
export type PageReading = Readonly<{ kind: 'read'; page: Page } | { kind: 'refused'; reason: PageRefusal }>

/** Reads the article of a web page. Scripts do not run and nothing is fetched. Bounded on hostile input: what no honest page has is
 *  refused before parsing. A stub before a paywall is read as the short text that it is. Never throws for any text.
 *  @param html - the page, decoded (`decodeBytes`)
 *  @param source.url - where it came from, after redirects: what relative addresses stand on and a canonical one must share the site of */
export function readPage(html: string, source: Readonly<{ url: string }>): PageReading {
  const scan = scanPage(html)
  if (scan.kind === 'refused') return scan
  const { document } = parseHTML(scan.markup)
  const { body: claimed, ...metadata } = readMetadata(document, scan, source.url)
  const notices: string[] = []
  const about = { title: metadata.title, author: metadata.author ?? '' }
  const blocks = findArticle(document.body, about, (block, why) => {
    if (why === 'notice') notices.push(block.text)
  })
  const paragraphs = againstClaim(
    blocks.map((block) => block.text),
    claimed,
  )
  const text = cleanText(paragraphs.join('\n\n'))
  // What the site says of itself is no article, and is what tells a gate.
  const all = [text, ...notices].filter((part) => part !== '').join('\n\n')
  const gate = gateOf({ html, text: all, url: source.url })
  if (gate?.instead) return { kind: 'refused', reason: gate.kind }
  if (text === '') return { kind: 'refused', reason: 'no article text' }
  const quoted = blocks.flatMap((block) => (block.inQuote ? [cleanText(block.text)] : []))
  return { kind: 'read', page: { ...metadata, text, quoted, ...(gate ? { walled: true } : {}) } }
}
