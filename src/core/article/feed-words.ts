import { parseHTML } from 'linkedom'
import { plainLine } from '../feed/text.ts'
import type { Item } from '../model.ts'
import { findArticle } from '../page/article.ts'
import { type Block, walkBlocks } from '../page/blocks.ts'
import { scanPage } from '../page/scan.ts'

/** What the feed itself says of a piece, as text: its content, or else its description.
 *  @returns paragraphs joined by a blank line, '' for none. Linear; never throws. */
export function feedWords(item: Pick<Item, 'content' | 'summary' | 'title' | 'author'>): string {
  return textOfHtml(item.content, item) || textOfHtml(item.summary, item)
}

/** A fragment's words as the page reader finds them; all of its blocks where that finds next to nothing, since a description may be
 *  a line without a paragraph. What a parser should not be given becomes one line. */
function textOfHtml(html: string, about: Pick<Item, 'title' | 'author'>): string {
  if (html.trim() === '') return ''
  const scan = scanPage(html)
  if (scan.kind === 'refused') return plainLine(html)
  const { document } = parseHTML(scan.markup)
  const { blocks } = walkBlocks(document.body)
  const leading = new Set(blocks.filter(leadsAway).map(({ text }) => text))
  const [found, all] = [findArticle(document.body, about), blocks].map((paragraphs) =>
    paragraphs.flatMap(({ text }) => (leading.has(text) ? [] : [text])).join('\n\n'),
  ) as [string, string]
  return found.length < all.length * FOUND_SHARE ? all : found
}
const FOUND_SHARE = 0.5 // less, and the rules for whole pages have thrown out the text

/** A paragraph that is one link: "Read more", "Comments", "Subscribe"; and the line with which WordPress ends every item. */
function leadsAway({ text, linkChars }: Pick<Block, 'text' | 'linkChars'>): boolean {
  return linkChars >= text.length * LINK_SHARE || (text.startsWith('The post ') && text.includes(' appeared first on '))
}
const LINK_SHARE = 0.8 // "[Read more]": brackets and arrows stand outside the link
