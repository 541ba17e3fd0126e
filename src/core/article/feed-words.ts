import { parseHTML } from 'linkedom'
import { cleanText } from '../decode.ts'
import { plainLine } from '../feed/text.ts'
import type { Item } from '../model.ts'
import { findArticle } from '../page/article.ts'
import { type Block, walkBlocks } from '../page/blocks.ts'
import { scanPage } from '../page/scan.ts'

/** Paragraphs joined by a blank line, '' for none, and those of them that stand in block quotations. */
export type FeedWords = Readonly<{ text: string; quoted: readonly string[] }>

/** What the feed itself says of a piece, as text: its content, or else its description. Linear; never throws. */
export function feedWords(item: Pick<Item, 'content' | 'summary' | 'title' | 'author'>): FeedWords {
  const content = wordsOfHtml(item.content, item)
  return content.text === '' ? wordsOfHtml(item.summary, item) : content
}

/** A fragment's words as the page reader finds them; all of its blocks where that finds next to nothing, since a description may be
 *  a line without a paragraph. What a parser should not be given becomes one line. */
function wordsOfHtml(html: string, about: Pick<Item, 'title' | 'author'>): FeedWords {
  if (html.trim() === '') return { text: '', quoted: [] }
  const scan = scanPage(html)
  if (scan.kind === 'refused') return { text: cleanText(plainLine(html)), quoted: [] }
  const { document } = parseHTML(scan.markup)
  const { blocks } = walkBlocks(document.body)
  const leading = new Set(blocks.filter(leadsAway).map(({ text }) => text))
  const [found, all] = [findArticle(document.body, about), blocks].map((some) =>
    wordsOf(some.filter(({ text }) => !leading.has(text))),
  ) as [FeedWords, FeedWords]
  return found.text.length < all.text.length * FOUND_SHARE ? all : found
}
const FOUND_SHARE = 0.5 // less, and the rules for whole pages have thrown out the text

function wordsOf(blocks: readonly Block[]): FeedWords {
  return {
    text: cleanText(blocks.map(({ text }) => text).join('\n\n')),
    quoted: blocks.flatMap(({ inQuote, text }) => (inQuote ? [cleanText(text)] : [])),
  }
}

/** A paragraph that is one link: "Read more", "Comments", "Subscribe"; and the line with which WordPress ends every item. */
function leadsAway({ text, linkChars }: Pick<Block, 'text' | 'linkChars'>): boolean {
  return linkChars >= text.length * LINK_SHARE || (text.startsWith('The post ') && text.includes(' appeared first on '))
}
const LINK_SHARE = 0.8 // "[Read more]": brackets and arrows stand outside the link
