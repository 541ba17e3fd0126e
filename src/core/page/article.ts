import { type Block, proseOf, type Region, type Walk, walkBlocks } from './blocks.ts'
import { type About, cleanBlocks, type Reason } from './clean.ts'
import { wordsKey } from './key.ts'

/** Hears of every block that is left out, and why; for looking into a page. */
export type Told = (block: Block, why: Reason | 'chrome' | 'outside') => void

/** The blocks of a page's article: paragraphs, headings and list items, in its order; [] where there is none.
 *  Three steps: containers that their markup marks as chrome go; the article's root is the smallest element that holds nearly all
 *  running text that is left; then single lines of chrome go (`cleanBlocks`). Better on real pages than Readability 0.6, and twice
 *  as fast.
 *  @param about.title - no part of the text; what stands between it and the root is one
 *  @param about.author - what speaks of the author is none */
export function findArticle(body: Element, about: About, told: Told = () => {}): readonly Block[] {
  const walk = shownWalk(body)
  const chrome = chromeRegions(walk)
  const said = (kept: boolean, block: Block, why: 'chrome' | 'outside') => {
    if (!kept) told(block, why)
    return kept
  }
  const plain = walk.blocks.filter((block) => said(!isWithin(block.region, chrome), block, 'chrome'))
  const inside = rootBlocks(plain, body, wordsKey(about.title))
  const article = plain.filter((block) => said(inside.has(block), block, 'outside'))
  return cleanBlocks(article, about, told)
}

const SHOWN_PROSE_MIN = 250 // two or three sentences; an article has more
/** Some pages hide all until a script has run: then what is hidden is what there is. */
function shownWalk(body: Element): Walk {
  const walk = walkBlocks(body)
  if (walk.prose >= SHOWN_PROSE_MIN) return walk
  const all = walkBlocks(body, { hidden: true })
  return all.prose > walk.prose * 4 ? all : walk
}

const CHROME_SHARE_MAX = 0.4 // of the page's running text; what holds more is the article in a misnamed box
const MAYBE_SHARE_MAX = 0.1 // a box beside the text has a paragraph or two
const PLAIN_SHARE_MIN = 0.25 // with less left, and less than a short article, the names have lied
const PLAIN_PROSE_MIN = 800 // some six sentences
function chromeRegions({ regions, blocks }: Walk): ReadonlySet<Region> {
  const talk = new Set(regions.filter(({ verdict }) => verdict === 'talk'))
  const said = (gone: ReadonlySet<Region>) =>
    blocks.reduce((sum, { region, prose }) => sum + (isWithin(region, gone) ? 0 : prose), 0)
  // What readers say may be many times the article; without anything else it is what there is.
  const silent = said(talk) >= PLAIN_PROSE_MIN ? talk : new Set<Region>()
  const total = said(silent)
  const chrome = new Set(regions.filter((region) => silent.has(region) || isChrome(region, total)))
  const left = said(chrome)
  if (left >= total * PLAIN_SHARE_MIN || left >= PLAIN_PROSE_MIN) return chrome
  return new Set(regions.filter((region) => region.prose === 0 || region.linkChars > region.chars / 2))
}

function isChrome(region: Region, total: number): boolean {
  const share = region.prose / Math.max(1, total)
  switch (region.verdict) {
    case 'talk':
    case 'chrome':
      return share < CHROME_SHARE_MAX
    case 'maybe':
      return share < MAYBE_SHARE_MAX
    case 'label':
      return region.prose === 0 || (share < MAYBE_SHARE_MAX && region.linkChars > region.chars / 2)
  }
}

function isWithin(region: Region | undefined, set: ReadonlySet<Region>): boolean {
  for (let at = region; at !== undefined; at = at.parent) if (set.has(at)) return true
  return false
}

const ROOT_SHARE = 0.85 // measured: .8 to .9 are alike; more takes in what stands below articles
/** The blocks of the article's root, with those between the title's heading and it: a lead often has a box of its own. */
function rootBlocks(blocks: readonly Block[], body: Element, title: string): ReadonlySet<Block> {
  const root = rootOf(blocks, body)
  const first = blocks.findIndex(({ element }) => root.contains(element))
  const head = blocks.findLastIndex((block, i) => i < first && isHead(block, title))
  const lead = head < 0 ? [] : blocks.slice(head + 1, first)
  const inside = blocks.filter(({ element }) => root.contains(element))
  const own = inside.filter(({ element }) => !isNested(element, root))
  return new Set([...lead, ...(proseOf(own) >= proseOf(inside) * OWN_SHARE_MIN ? own : inside)])
}

const MARKED_SHARE = 0.5 // what a page itself calls its article, if it holds most running text
function rootOf(blocks: readonly Block[], body: Element): Element {
  const proseIn = proseByElement(blocks)
  const total = proseIn.get(body) ?? 0
  if (total === 0) return body
  const marked = [...proseIn].filter(([element, prose]) => prose >= total * MARKED_SHARE && isMarked(element))
  // The smallest: elements of the map that hold one another come from the inside out.
  let root = marked.toSorted(([, one], [, other]) => one - other)[0]?.[0] ?? body
  const wanted = (proseIn.get(root) ?? 0) * ROOT_SHARE
  for (let next: Element | undefined = root; next !== undefined; ) {
    root = next
    next = [...root.children].find((child) => (proseIn.get(child) ?? 0) >= wanted)
  }
  return root
}

function proseByElement(blocks: readonly Block[]): ReadonlyMap<Element, number> {
  const proseIn = new Map<Element, number>()
  for (const { prose, element } of blocks) {
    if (prose === 0) continue
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      proseIn.set(at, (proseIn.get(at) ?? 0) + prose)
  }
  return proseIn
}

/** "article-body", "entry-content", "post__text": what content systems call it. */
const BODY_NAME = /(?:^|[\s_-])(?:article|post|entry|story|blog|news)[-_]{0,2}(?:body|content|text)(?:$|[\s_-])/i
function isMarked(element: Element): boolean {
  if (element.localName === 'article' || element.getAttribute('itemprop') === 'articleBody') return true
  return BODY_NAME.test(element.getAttribute('class') ?? '')
}

function isHead({ level, text }: Block, title: string): boolean {
  return level === 1 || (level === 2 && wordsKey(text) === title)
}

const OWN_SHARE_MIN = 0.7 // with less, the inner articles are its parts: the posts of a live report
/** An article within the article is related to it, a comment or a teaser (HTML Standard, "the article element"). */
function isNested(element: Element, root: Element): boolean {
  for (let at: Element | null = element; at !== null && at !== root; at = at.parentElement)
    if (at.localName === 'article') return true
  return false
}
