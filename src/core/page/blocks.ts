import { containerJudge, type Verdict } from './containers.ts'

/** A container that looks like chrome, and how much of the page stands in it. */
export type Region = {
  readonly element: Element
  readonly verdict: Exclude<Verdict, 'hidden'>
  readonly parent: Region | undefined
  prose: number
  chars: number
  linkChars: number
}

/** A paragraph, heading, list item or table row, as it is shown. */
export type Block = Readonly<{
  text: string
  /** The nearest element that is not inline. */
  element: Element
  /** 1 to 6 for headings, else 0. */
  level: number
  inItem: boolean
  /** Whether the whole box is one link: a card that leads to another page. */
  inCard: boolean
  /** Whether it stands in a block quotation, with the line below that names its author. */
  inQuote: boolean
  /** Characters of the text that are links, that are bold, and that are links to places of the same page. */
  linkChars: number
  boldChars: number
  anchorChars: number
  /** The nearest container that looks like chrome. */
  region: Region | undefined
  /** Characters that count as running text; 0 for what is none. */
  prose: number
}>

export type Walk = Readonly<{
  blocks: readonly Block[]
  regions: readonly Region[]
  prose: number
}>

type Scope = Readonly<{
  element: Element
  region: Region | undefined
  link: boolean
  anchor: boolean
  bold: boolean
  item: boolean
  card: boolean
  quote: boolean
}>
type Line = { parts: string[]; linkChars: number; boldChars: number; anchorChars: number }

/** Cuts what a page shows into blocks, in its order. Hidden elements are left out; two line breaks end a paragraph. Linear, but for
 *  the depth, which the scan bounds.
 *  @param options.hidden - take what is hidden as well */
export function walkBlocks(body: Element, { hidden = false } = {}): Walk {
  const walk = { blocks: [] as Block[], regions: [] as Region[], prose: 0 }
  const verdictOn = containerJudge()
  let line = emptyLine()

  function children(scope: Scope, parent: Element): void {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (node.nodeType === TEXT) addText(line, node.nodeValue ?? '', scope)
      else if (node.nodeType === ELEMENT) visit(node as Element, scope)
    }
  }

  function visit(element: Element, scope: Scope): void {
    const tag = element.localName
    if (tag === 'br') line.parts.push(BREAK)
    if (tag === 'br' || tag === 'title') return
    const judged = namesAuthor(element, scope) ? undefined : verdictOn(element)
    if (judged === 'hidden' && !hidden) return
    const verdict = judged === 'hidden' ? undefined : judged
    if (isBlock(tag) || (CELLS.has(tag) && isLayoutCell(element))) visitBlock(element, scope, verdict)
    // An inline element of chrome within a paragraph ("Share", "opens in a new tab") is no region: it goes.
    else if (verdict !== 'chrome' && verdict !== 'talk') visitInline(element, scope)
  }

  function visitInline(element: Element, scope: Scope): void {
    const gap = CELLS.has(element.localName) ? ' ' : ''
    line.parts.push(gap)
    children(innerScope(element, scope, false), element)
    line.parts.push(gap)
  }

  function visitBlock(element: Element, scope: Scope, verdict: Region['verdict'] | undefined): void {
    flush(scope)
    const region = verdict && { element, verdict, parent: scope.region, prose: 0, chars: 0, linkChars: 0 }
    if (region !== undefined) walk.regions.push(region)
    const inner = { ...innerScope(element, scope, true), ...(region && { region }) }
    children(inner, element)
    flush(inner)
  }

  function flush(scope: Scope): void {
    const done = line
    line = emptyLine()
    const texts = paragraphs(done.parts)
    const chars = texts.reduce((sum, text) => sum + text.length, 0)
    for (const text of texts) add(blockOf(text, text.length / chars, { line: done, scope }))
  }

  function add(block: Block): void {
    walk.blocks.push(block)
    walk.prose += block.prose
    for (let region = block.region; region !== undefined; region = region.parent) {
      region.prose += block.prose
      region.chars += block.text.length
      region.linkChars += block.linkChars
    }
  }

  const scope = {
    element: body,
    region: undefined,
    link: false,
    anchor: false,
    bold: false,
    item: false,
    card: false,
    quote: false,
  }
  children(scope, body)
  flush(scope)
  return walk
}

/** Running text in all of them. */
export function proseOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { prose }) => sum + prose, 0)
}

const [ELEMENT, TEXT] = [1, 3]
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/g // soft hyphens and places to break: words with them would match no topic
const BREAK = '\u0000' // stands for <br>: no text of a page holds it
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the mark
const TWO_BREAKS = /\u0000\s*\u0000[\s\u0000]*/
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the mark
const SPACE = /[\s\u0000]+/g
const CELLS = new Set(['td', 'th'])
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
/** A cell that holds boxes or line breaks is a column of the page, and no datum. */
function isLayoutCell(cell: Element): boolean {
  for (let child = cell.firstElementChild; child !== null; child = child.nextElementSibling)
    if (child.localName === 'br' || isBlock(child.localName)) return true
  return false
}

function isBlock(tag: string): boolean {
  return BLOCKS.has(tag) || tag.includes('-') // custom elements are components: boxes, hardly ever words
}

function innerScope(element: Element, scope: Scope, block: boolean): Scope {
  const tag = element.localName
  const link = tag === 'a' || scope.link
  return {
    element: block ? element : scope.element,
    region: scope.region,
    link,
    anchor: tag === 'a' ? (element.getAttribute('href') ?? '').startsWith('#') : scope.anchor,
    bold: tag === 'b' || tag === 'strong' || scope.bold,
    item: tag === 'li' || tag === 'dd' || tag === 'dt' || scope.item,
    card: (block && scope.link) || scope.card,
    quote: tag === 'blockquote' || scope.quote || isQuoteCaption(element),
  }
}

/** Who said it stands in a footer of the block quotation, or in the caption of its figure (HTML Standard, "the blockquote
 *  element"); elsewhere both are chrome. */
function namesAuthor(element: Element, scope: Scope): boolean {
  return (element.localName === 'footer' && scope.quote) || isQuoteCaption(element)
}

function isQuoteCaption(element: Element): boolean {
  if (element.localName !== 'figcaption') return false
  for (let before = element.previousElementSibling; before !== null; before = before.previousElementSibling)
    if (before.localName === 'blockquote') return true
  return false
}

function emptyLine(): Line {
  return { parts: [], linkChars: 0, boldChars: 0, anchorChars: 0 }
}

function addText(line: Line, text: string, scope: Scope): void {
  line.parts.push(text.includes(BREAK) ? text.replaceAll(BREAK, '') : text)
  const chars = scope.link || scope.bold ? text.trim().length : 0
  if (scope.link) line.linkChars += chars
  if (scope.bold) line.boldChars += chars
  if (scope.link && scope.anchor) line.anchorChars += chars
}

/** Two line breaks make a new paragraph, one is a space: it was set for the eye. */
function paragraphs(parts: readonly string[]): readonly string[] {
  const joined = parts.join('').replace(UNSEEN, '')
  const pieces = joined.includes(BREAK) ? joined.split(TWO_BREAKS) : [joined]
  return pieces.map((piece) => piece.replace(SPACE, ' ').trim()).filter((piece) => piece !== '')
}

function blockOf(text: string, share: number, from: Readonly<{ line: Line; scope: Scope }>): Block {
  const { line, scope } = from
  const heading = /^h([1-6])$/.exec(scope.element.localName)
  const [linkChars, boldChars, anchorChars] = [line.linkChars, line.boldChars, line.anchorChars].map((chars) =>
    Math.min(text.length, chars * share),
  ) as [number, number, number]
  const level = heading ? Number(heading[1]) : 0
  return {
    ...{
      text,
      element: scope.element,
      level,
      inItem: scope.item,
      inCard: scope.card,
      inQuote: scope.quote,
      linkChars,
      boldChars,
      anchorChars,
    },
    region: scope.region,
    prose: level > 0 ? 0 : proseChars(text, linkChars),
  }
}

const PROSE_CHARS_MIN = 60 // shorter lines are labels as often as sentences
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/
function proseChars(text: string, linkChars: number): number {
  // A CJK character says about as much as two letters.
  const chars = (text.length - linkChars) * (WIDE.test(text) ? 2 : 1)
  return chars < PROSE_CHARS_MIN || linkChars > text.length / 2 ? 0 : chars
}
