import { type Block, proseOf } from './blocks.ts'
import { wordsKey } from './key.ts'
import { isCredit, isDateLine, isNameLine } from './labels.ts'
import { isButton, isNotice } from './notices.ts'
import { END_HEADS, LINE_STARTS, SECTION_HEADS } from './phrases.ts'

/** Why a block is no part of the article. */
export type Reason =
  | 'empty' // no letter and no digit
  | 'section' // under a heading such as "Related articles"
  | 'title'
  | 'author' // who wrote it
  | 'excerpt' // the beginning of another article, cut
  | 'card' // a box that is one link
  | 'credit' // a picture's caption, by its credit
  | 'repeated'
  | 'links' // a line that is one link
  | 'phrase' // "Read more: ...", "Sign up for ..."
  | 'notice' // "We use cookies ...", "Copy link"
  | 'label' // a date, a byline, minutes to read
  | 'end' // labels before the first sentence and after the last
  | 'orphan' // a heading with nothing below it

/** What is known of the article: the title on one line, names joined by commas or ''. */
export type About = Readonly<{ title: string; author: string }>
type Rule = (blocks: readonly Block[], about: About) => ReadonlySet<Block>

/** What is left of an article's blocks when the chrome goes that no container marks; each rule works on what the one before left.
 *  Rules are about pages in general and are kept only if both halves of the development pages agree.
 *  @param told - hears of each block that goes, and why */
export function cleanBlocks(
  blocks: readonly Block[],
  about: About,
  told: (block: Block, why: Reason) => void,
): readonly Block[] {
  let left = blocks
  for (const [why, rule] of RULES) {
    const gone = rule(left, about)
    if (gone.size === 0) continue
    for (const block of gone) told(block, why)
    left = left.filter((block) => !gone.has(block))
  }
  return left
}

const RULES: readonly (readonly [Reason, Rule])[] = [
  ['empty', where((block) => !/[\p{L}\p{N}]/u.test(block.text))],
  ['section', sections],
  ['title', titles],
  ['author', authors],
  ['excerpt', excerpts],
  ['card', where((block) => block.inCard)],
  ['credit', where((block) => block.level === 0 && isCredit(block.text))],
  ['repeated', repeated],
  ['links', linkLines],
  ['phrase', where(isPhrase)],
  ['notice', where(({ level, inItem, text }) => level === 0 && (isNotice(text) || (!inItem && isButton(text))))],
  ['label', where((block) => block.level === 0 && (isDateLine(block.text) || isNameLine(block.text)))],
  ['end', ends],
  ['orphan', orphans],
]

function where(test: (block: Block) => boolean): Rule {
  return (blocks) => new Set(blocks.filter(test))
}

function titles(blocks: readonly Block[], { title }: About): ReadonlySet<Block> {
  const key = wordsKey(title)
  return new Set(blocks.filter((block) => isTitle(block, key)))
}

/** The headline, also where a heading has but its first or last part. */
function isTitle({ text, level }: Block, title: string): boolean {
  if (level > 2 || text.length > title.length + TITLE_SLACK_CHARS) return false
  const key = wordsKey(text)
  if (key === '' || title === '') return false
  return key === title || (level === 1 && (title.startsWith(key) || key.startsWith(title)))
}
const TITLE_SLACK_CHARS = 40 // punctuation, and an outlet's name behind a bar

const BIO_FROM = 0.7 // of the blocks stand before: beneath an article, or the author is its subject
const BIO_VERB =
  /^,?\s(?:is|was|has|writes|covers|reports|works|joined|edits|contributes|leads|ist|schreibt|est|écrit|es|escribe|è|scrive|é|escreve|jest|pisze)\s/u
/** A late paragraph that begins with the author's full name and tells what the author is. */
function authors(blocks: readonly Block[], { author }: About): ReadonlySet<Block> {
  const names = author.split(', ').filter((name) => name.includes(' '))
  const late = blocks.slice(Math.floor(blocks.length * BIO_FROM))
  return new Set(
    late.filter(({ text }) => names.some((name) => text.startsWith(name) && BIO_VERB.test(text.slice(name.length)))),
  )
}

const EXCERPT_CHARS_MAX = 500 // content systems cut at 55 words, or 100 to 300 characters
const EXCERPTS_MIN = 3 // in a row; one or two may be rhetoric
const EXCERPTS_APART = 4 // blocks from one to the next: headline, date, name
/** Paragraphs that break off: "[...]" alone tells it, plain dots do where several come one after the other. */
function excerpts(blocks: readonly Block[]): ReadonlySet<Block> {
  const gone = new Set(blocks.filter(({ text }) => text.length <= EXCERPT_CHARS_MAX && /\[(?:…|\.{3})\]$/.test(text)))
  let run: number[] = []
  for (const [i, { text, prose }] of blocks.entries()) {
    if (prose === 0 || text.length > EXCERPT_CHARS_MAX || !/\p{L}\s?(?:…|\.{3})$/u.test(text)) continue
    if (i - (run.at(-1) ?? i) > EXCERPTS_APART) run = []
    run.push(i)
    if (run.length < EXCERPTS_MIN) continue
    const from = (run.length === EXCERPTS_MIN ? run[0] : run.at(-2)) ?? i
    const headline = (blocks[from - 1]?.level ?? 0) > 0 ? 1 : 0
    for (const block of blocks.slice(from - headline, i + 1)) gone.add(block)
  }
  return gone
}

/** A dash and a name below a block quotation; in an embedded post most of it is links. */
const SIGNATURE = /^[—–―-]\s?\p{L}/u

/** A line that is a link and nothing else leads away: an article's links stand in sentences. */
function isLinkLine({ text, linkChars, level, inQuote }: Block): boolean {
  return level === 0 && !(inQuote && SIGNATURE.test(text)) && text.length < LINK_CHARS_MAX && isLinked(text, linkChars)
}
/** Lines that are links; but a list that a sentence announces ("Sent for review:") is the article's own. */
function linkLines(blocks: readonly Block[]): ReadonlySet<Block> {
  let announced = false
  const gone = new Set<Block>()
  for (const block of blocks) {
    if (!block.inItem) announced = /[:：]$/.test(block.text) && block.level === 0
    if (isLinkLine(block) && !(block.inItem && announced && block.anchorChars === 0)) gone.add(block)
  }
  return gone
}
const LINK_CHARS_MAX = 250 // a headline and a teaser
function isLinked(text: string, linkChars: number): boolean {
  return linkChars >= text.length * 0.8 // the rest is a number, an arrow, "Related:"
}

const PHRASE_CHARS_MAX = 300 // two sentences; a paragraph that begins with such words goes on to say something
const LABEL_CHARS_MAX = 70 // a line
function isPhrase({ text, level }: Block): boolean {
  if (text.length > PHRASE_CHARS_MAX || level > 0) return false
  const plain = text.toLowerCase().replace(/^[^\p{L}\p{N}©]+/u, '')
  const label = text.length <= LABEL_CHARS_MAX && !endsSentence(text)
  return STARTS.some(({ words, weak, stem }) => {
    if ((weak && !label) || !plain.startsWith(words)) return false
    return stem || !/^\p{L}/u.test(plain.slice(words.length)) || !/\p{L}$/u.test(words)
  })
}
const STARTS = LINE_STARTS.map((phrase) => {
  const words = phrase.replace(/[*?!]$/, '')
  return { words, stem: phrase.endsWith('*'), weak: phrase.endsWith('?') || /^[\p{L}-]+$/u.test(phrase) }
})

function endsSentence(text: string): boolean {
  return /[.!?…。！？:：]["'”’»)\]]{0,2}$/u.test(text)
}

const LONG_CHARS = 60 // a sentence: whoever repeats it shows it twice; a label may be said of several things
const OFTEN = 3
/** What stands twice counts once: a caption below its picture and in its description, a teaser and its paragraph. A label that
 *  stands three times is a button. */
function repeated(blocks: readonly Block[]): ReadonlySet<Block> {
  const same = new Map<string, Block[]>()
  for (const block of blocks) {
    if (block.level > 0) continue
    const key = wordsKey(block.text)
    const alike = same.get(key)
    if (alike) alike.push(block)
    else same.set(key, [block])
  }
  const gone = new Set<Block>()
  for (const alike of same.values()) {
    const [first] = alike
    if (first === undefined || alike.length < 2) continue
    if (first.text.length >= LONG_CHARS) for (const block of alike.slice(1)) gone.add(block)
    else if (alike.length >= OFTEN && !first.inItem) for (const block of alike) gone.add(block)
  }
  return gone
}

const ENDS = new Set(END_HEADS.map(wordsKey))
const HEADS = new Set([...SECTION_HEADS, ...END_HEADS].map(wordsKey))
const HEAD_CHARS_MAX = 60 // the longest of them has 40
const PLAIN_HEAD_CHARS_MAX = 30 // of those that are neither heading nor bold
function isSectionHead({ text, level, boldChars }: Block): boolean {
  if (text.length > HEAD_CHARS_MAX) return false
  const marked = level > 0 || boldChars >= text.length * 0.8
  return (marked || text.length <= PLAIN_HEAD_CHARS_MAX) && HEADS.has(wordsKey(text))
}

const SECTION_BLOCKS_MAX = 300 // the longest list of comments that a page shows at once
const LATE = 0.6 // of the running text stands before
/** Such a heading, and what belongs to it: late in the page all up to the next heading of its rank, else cards and links up to the
 *  next paragraph. */
function sections(blocks: readonly Block[]): ReadonlySet<Block> {
  const gone = new Set<Block>()
  const total = proseOf(blocks)
  let before = 0
  for (const [i, head] of blocks.entries()) {
    before += head.prose
    if (gone.has(head) || !isSectionHead(head)) continue
    gone.add(head)
    const rest = blocks.slice(i + 1, i + 1 + SECTION_BLOCKS_MAX)
    const next = rest.findIndex(({ level }) => level > 0 && (head.level === 0 || level <= head.level))
    const run = next < 0 ? rest : rest.slice(0, next)
    const late = head.level > 0 && before > total * LATE && proseOf(run) < total * (1 - LATE)
    const whole = late && (ENDS.has(wordsKey(head.text)) || hasCards(run))
    const paragraph = run.findIndex(({ prose }) => prose > 0)
    for (const block of whole || paragraph < 0 ? run : run.slice(0, paragraph)) gone.add(block)
  }
  return gone
}

/** Several links that are lines or headings of their own, or cards: what they tell of is elsewhere. */
function hasCards(run: readonly Block[]): boolean {
  const away = run.filter(
    (block) => block.inCard || isLinkLine(block) || (block.level > 0 && isLinked(block.text, block.linkChars)),
  )
  return away.length >= 2
}

/** Labels before the first sentence and after the last: kickers, dates, names, buttons. */
function ends(blocks: readonly Block[]): ReadonlySet<Block> {
  const gone = new Set<Block>()
  for (const list of [blocks, blocks.toReversed()]) {
    for (const block of list) {
      if (block.prose > 0 && endsSentence(block.text)) break
      if (isLabel(block)) gone.add(block)
    }
  }
  return gone
}

const END_LABEL_CHARS_MAX = 50
function isLabel({ level, inItem, inQuote, element, text }: Block): boolean {
  return (
    level === 0 &&
    !inItem &&
    !inQuote &&
    element.localName !== 'tr' &&
    text.length < END_LABEL_CHARS_MAX &&
    !endsSentence(text)
  )
}

/** Headings with neither text nor a lower heading before the next of their rank. */
function orphans(blocks: readonly Block[]): ReadonlySet<Block> {
  const gone = new Set<Block>()
  let below = 0 // the level of the heading that comes next; TEXT if text does; 0 at the end
  for (const block of blocks.toReversed()) {
    if (block.level === 0 || isSaying(block.text)) below = TEXT
    else if (below > block.level) below = block.level
    else gone.add(block)
  }
  return gone
}
const TEXT = 9 // below every heading
/** A quotation or sentence that is set as a heading to stand out. */
function isSaying(text: string): boolean {
  return text.length >= LONG_CHARS && endsSentence(text) && !/[?？]$/.test(text)
}
