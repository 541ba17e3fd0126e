import { type Block, type Region, type Walk, walkBlocks } from './blocks.ts'
import { cleanBlocks, type Reason } from './clean.ts'
import { wordsKey } from './key.ts'

/** Hears of every block that is left out, and why; for looking into a page. */
export type Told = (block: Block, why: Reason | 'chrome' | 'outside') => void

/** The paragraphs of a page's article, headings and list items among them, in its order; [] where there is none.
 *  Three steps: containers that their markup marks as chrome go; the article's root is the smallest element that holds nearly all
 *  running text that is left; then single lines of chrome go (`cleanBlocks`). Better on real pages than Readability 0.6, and twice
 *  as fast.
 *  @param title - the article's title: it is no part of its text, and what stands between it and the root is */
export function findArticle(body: Element, title: string, told: Told = () => {}): readonly string[] {
  const walk = shownWalk(body)
  const chrome = chromeRegions(walk)
  const plain = walk.blocks.filter((block) => keep(!isWithin(block.region, chrome), block, told))
  const inside = rootBlocks(plain, body, wordsKey(title))
  const article = plain.filter((block) => keepOutside(inside.has(block), block, told))
  return cleanBlocks(article, title, told).map(({ text }) => text)
}

function keep(kept: boolean, block: Block, told: Told): boolean {
  if (!kept) told(block, 'chrome')
  return kept
}

function keepOutside(kept: boolean, block: Block, told: Told): boolean {
  if (!kept) told(block, 'outside')
  return kept
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
const PLAIN_SHARE_MIN = 0.25 // with less left, the names have lied
function chromeRegions({ regions, blocks, prose }: Walk): ReadonlySet<Region> {
  const chrome = new Set(regions.filter((region) => isChrome(region, prose)))
  const left = blocks.reduce((sum, block) => sum + (isWithin(block.region, chrome) ? 0 : block.prose), 0)
  if (left >= prose * PLAIN_SHARE_MIN) return chrome
  return new Set(regions.filter((region) => region.prose === 0 || region.linkChars > region.chars / 2))
}

function isChrome(region: Region, total: number): boolean {
  const share = region.prose / Math.max(1, total)
  switch (region.verdict) {
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
  return new Set([...lead, ...blocks.filter(({ element }) => root.contains(element))])
}

function rootOf(blocks: readonly Block[], body: Element): Element {
  const proseIn = new Map<Element, number>()
  let total = 0
  for (const { prose, element } of blocks) {
    if (prose === 0) continue
    total += prose
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      proseIn.set(at, (proseIn.get(at) ?? 0) + prose)
  }
  let root = body
  for (let next: Element | undefined = body; next !== undefined; ) {
    root = next
    next = [...root.children].find((child) => (proseIn.get(child) ?? 0) >= total * ROOT_SHARE)
    if (total === 0) break
  }
  return root
}

function isHead({ level, text }: Block, title: string): boolean {
  return level === 1 || (level === 2 && wordsKey(text) === title)
}
