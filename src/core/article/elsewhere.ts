import { decodeBytes } from '../decode.ts'
import type { Article } from '../model.ts'
import { siteOf, webAddress } from '../page/metadata.ts'
import { type Find, readTag } from '../page/tag.ts'

type PageSource = Readonly<{ page?: Readonly<{ bytes: Uint8Array; contentType?: string; url: string }> }>

const PAGE_CHARS_MIN = 250 // two or three sentences; a page with less shows its article by script, or not at all
const FEED_CHARS_MIN = 1_000 // feeds that cut do so before; longer words are the article
const HEAD_CHARS_MAX = 300_000 // heads with styles in them reach 200,000

/** Where else the site has the words of a piece whose page gave none: its AMP variant, else the one for printing, if the page names
 *  one of its own site. What the address holds is as untrusted as the page.
 *  @param article - what was read of the page
 *  @returns undefined where there is enough text, or no such address. Linear; never throws. */
export function elsewhereOf({ page }: PageSource, article: Article): string | undefined {
  const enough = article.from === 'page' ? PAGE_CHARS_MIN : FEED_CHARS_MIN
  if (page === undefined || article.text.length >= enough) return undefined
  const { bytes, contentType, url } = page
  const html = decodeBytes(bytes, { kind: 'html', ...(contentType === undefined ? {} : { contentType }) })
  const links = linksOf(html.slice(0, HEAD_CHARS_MAX))
  const [amp, print] = [isAmp, isPrint].map((wanted) => links.find(wanted)?.href)
  return [amp, print].map((href) => ownAddress(href, url)).find((address) => address !== undefined)
}

/** The article with another page's words, where that says more; its name, address and place stay. */
export function withWordsOf(article: Article, other: Article): Article {
  if (other.from !== 'page' || other.text.length <= article.text.length) return article
  const { text, language, summary, nearly, quotes, from, signature } = other
  const { author = other.author, image = other.image } = article
  const known = { ...(author === undefined ? {} : { author }), ...(image === undefined ? {} : { image }) }
  const { pageFault: _fault, nearly: _old, ...rest } = article
  const words = { text, language, summary, ...(nearly === undefined ? {} : { nearly }), quotes, from, signature }
  return { ...rest, ...known, ...words }
}

type Link = Readonly<{ rel: string; media: string; href: string }>
const LINKS_MAX = 300 // elements; real heads have up to 80

function linksOf(html: string): readonly Link[] {
  const links: Link[] = []
  const find: Find = (what, from) => html.indexOf(what, from)
  const start = /<link\b/gi
  for (let found = start.exec(html); found !== null && links.length < LINKS_MAX; found = start.exec(html)) {
    const tag = readTag(html, found.index + 1, find)
    if (tag === undefined) break // the page ends within it
    start.lastIndex = tag.end
    const [rel, media, href] = ['rel', 'media', 'href'].map((name) => tag.attributes.get(name) ?? '')
    if (tag.name === 'link' && href)
      links.push({ rel: rel?.toLowerCase() ?? '', media: media?.toLowerCase() ?? '', href })
  }
  return links
}

function isAmp({ rel }: Link): boolean {
  return /(?:^|\s)amphtml(?:\s|$)/.test(rel)
}

/** `rel="alternate" media="print"`, or the older `rel="print"`; a style sheet for printing is neither. */
function isPrint({ rel, media }: Link): boolean {
  return /(?:^|\s)print(?:\s|$)/.test(rel) || (/(?:^|\s)alternate(?:\s|$)/.test(rel) && /^\s*print\s*$/.test(media))
}

/** An address of another site is not followed: any page could have us fetch, and show as its own, whatever it likes. */
function ownAddress(href: string | undefined, url: string): string | undefined {
  const [page, address] = [URL.parse(url), webAddress(href ?? '', url)]
  if (page === null || address === undefined || siteOf(address) !== siteOf(page)) return undefined
  address.hash = ''
  return address.href === page.href ? undefined : address.href
}
