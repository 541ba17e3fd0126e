import type { Block } from './blocks.ts'
import { wordsKey } from './key.ts'
import { CREDIT_WORDS, LINE_STARTS, SECTION_HEADS } from './phrases.ts'

/** Why a block is no part of the article. */
export type Reason =
  | 'title'
  | 'card'
  | 'links'
  | 'caption'
  | 'credit'
  | 'repeated'
  | 'meta'
  | 'phrase'
  | 'section'
  | 'orphan'
  | 'tail'
  | 'empty'

type Rule = (blocks: readonly Block[], title: string) => ReadonlySet<Block>

/** What is left of an article's blocks when chrome that no container marks is taken out, each rule on what the one before left.
 *  @param told - hears of each block that goes, and why */
export function cleanBlocks(
  blocks: readonly Block[],
  title: string,
  told: (block: Block, why: Reason) => void = () => {},
): readonly Block[] {
  let left = blocks
  for (const [why, rule] of RULES) {
    const gone = rule(left, title)
    if (gone.size === 0) continue
    for (const block of gone) told(block, why)
    left = left.filter((block) => !gone.has(block))
  }
  return left
}

const RULES: readonly (readonly [Reason, Rule])[] = [
  ['empty', where((block) => !/[\p{L}\p{N}]/u.test(block.text))],
  ['section', sections],
  ['title', (blocks, title) => where((block) => isTitle(block, wordsKey(title)))(blocks, title)],
  ['card', where((block) => block.inCard)],
  ['credit', where(isCredit)],
  ['repeated', repeated],
  ['links', where(isLinkLine)],
  ['phrase', where(isPhrase)],
  ['meta', where(isMeta)],
  ['tail', ends],
  ['orphan', orphans],
]

function where(test: (block: Block) => boolean): Rule {
  return (blocks) => new Set(blocks.filter(test))
}

function isTitle(block: Block, title: string): boolean {
  if (block.text.length > title.length + 40) return false
  const key = wordsKey(block.text)
  return (
    key !== '' &&
    (block.level === 1 || block.level === 2 || block.level === 0) &&
    (key === title || (block.level === 1 && (title.startsWith(key) || key.startsWith(title))))
  )
}

/** A line that is a link and nothing else leads away: an article's links stand in sentences. */
function isLinkLine({ text, linkChars, level }: Block): boolean {
  return level === 0 && linkChars >= text.length * 0.8 && text.length < 250
}

const PHRASE_CHARS_MAX = 220 // two sentences; a paragraph that begins with such words goes on to say something
const LABEL_CHARS_MAX = 70 // a line
function isPhrase({ text, level }: Block): boolean {
  if (text.length > PHRASE_CHARS_MAX || level > 0) return false
  const plain = text.toLowerCase().replace(/^[^\p{L}\p{N}©]+/u, '')
  const label = text.length <= LABEL_CHARS_MAX && !/[.!?]["”’]?$/.test(text)
  return STARTS.some(({ words, weak, stem }) => {
    if ((weak && !label) || !plain.startsWith(words)) return false
    return stem || !/^\p{L}/u.test(plain.slice(words.length)) || !/\p{L}$/u.test(words)
  })
}
const STARTS = LINE_STARTS.map((phrase) => {
  const words = phrase.replace(/[*?]$/, '')
  return { words, stem: phrase.endsWith('*'), weak: phrase.endsWith('?') || /^[\p{L}-]+$/u.test(words) }
})

const CREDIT = new RegExp(`(?:^|[\\s(|/.,–—-])(?:${CREDIT_WORDS.join('|')})(?:[\\s)|/.:,]|$)`, 'iu')
const CREDIT_CHARS_MAX = 450
function isCredit({ text, level }: Block): boolean {
  if (level > 0 || text.length > CREDIT_CHARS_MAX) return false
  const bracket = /[([]([^()[\]]{2,80})[)\]]\.?$/.exec(text)
  if (
    bracket &&
    CREDIT.test(bracket[1] ?? '') &&
    !/\d/.test(bracket[1] ?? '') &&
    (text.length < 300 || /photo|foto|фото|image/i.test(bracket[1] ?? ''))
  )
    return true
  const after =
    /[.!?"”’)\]|]\s{0,2}((?:photo|image|picture|photograph|credit|foto|illustration|video)s?\s{0,2}(?:credit|source|courtesy)?\s{0,2}(?:by|:|©|\/|\|)[^.!?]{0,80})\.?$/iu.exec(
      text,
    )
  return after !== null
}

const MONTHS =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avril|mai|juin|juil|août|märz|dez|okt|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек'
const DATE_LINE = new RegExp(
  `^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,.]?\\s+)?(?:\\d{1,2}[./\\s-]+(?:\\d{1,2}|(?:${MONTHS})\\p{L}{0,8}\\.?)[,./\\s-]+\\d{4}|(?:${MONTHS})\\p{L}{0,8}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}|\\d{4}[-./年]\\d{1,2}[-./月]\\d{1,2}日?)`,
  'iu',
)
const META_CHARS_MAX = 90
function isMeta({ text, level }: Block): boolean {
  if (level > 0 || text.length > META_CHARS_MAX) return false
  if (DATE_LINE.test(text) && text.length < 60) return true
  if (/^\d{1,3}\s*(?:min(?:ute)?s?(?:\s+read)?|comments?|shares?|views?|likes?)\b/i.test(text)) return true
  return (
    /^(?:by|von|par|por|de|di|door|autor|автор|текст|текст:)\s*:?\s*\p{Lu}[\p{L}.'’-]*(?:\s+(?:\p{Lu}|de|van|von|der|al|el|la|and|&|und|et|y)[\p{L}.'’-]*){0,6}\s*(?:[|•·,-].*)?$/iu.test(
      text,
    ) &&
    /^\p{L}+\s*:?\s*\p{Lu}/u.test(text) &&
    !/[.!?]$/.test(text)
  )
}

/** What stands twice: a caption (below its picture and in its description), a pull-quote (in its paragraph and large), a button. */
function repeated(blocks: readonly Block[]): ReadonlySet<Block> {
  const seen = new Map<string, Block[]>()
  for (const block of blocks) {
    if (block.level > 0) continue
    const key = wordsKey(block.text)
    if (key === '') continue
    const list = seen.get(key) ?? []
    list.push(block)
    seen.set(key, list)
  }
  const gone = new Set<Block>()
  for (const list of seen.values()) {
    const [first] = list
    if (first === undefined || list.length < 2) continue
    const short = first.text.length < 60
    if (short ? list.length >= 3 && !first.inItem : false) for (const block of list) gone.add(block)
    else if (!short) {
      const adjacent = list.some(
        (block, i) => i > 0 && blocks.indexOf(block) - blocks.indexOf(list[i - 1] as Block) === 1,
      )
      for (const block of adjacent ? list : list.slice(1)) gone.add(block)
    }
  }
  return gone
}

const HEADS = new Set(SECTION_HEADS.map(wordsKey))
const HEAD_CHARS_MAX = 60
function isSectionHead({ text, level, boldChars }: Block): boolean {
  if (text.length > HEAD_CHARS_MAX || (level === 0 && boldChars < text.length * 0.8 && text.length > 30)) return false
  return HEADS.has(wordsKey(text))
}

/** From such a heading to the next of its rank, or to the end. */
function sections(blocks: readonly Block[]): ReadonlySet<Block> {
  const gone = new Set<Block>()
  const total = blocks.reduce((sum, block) => sum + block.prose, 0)
  let before = 0
  for (let i = 0; i < blocks.length; i++) {
    const head = blocks[i] as Block
    before += head.prose
    if (gone.has(head) || !isSectionHead(head)) continue
    gone.add(head)
    const run: Block[] = []
    for (let k = i + 1; k < blocks.length; k++) {
      const block = blocks[k] as Block
      if (block.level > 0 && (head.level === 0 || block.level <= head.level)) break
      run.push(block)
    }
    const prose = run.reduce((sum, block) => sum + block.prose, 0)
    const late = before > total * 0.6
    if (head.level > 0 && late && prose < total * 0.35) for (const block of run) gone.add(block)
    else
      for (const block of run) {
        if (block.prose > 0 && block.linkChars < block.text.length * 0.5) break
        gone.add(block)
      }
  }
  return gone
}

/** Labels before the first paragraph and after the last: kickers, dates, names, buttons. */
function ends(blocks: readonly Block[]): ReadonlySet<Block> {
  const gone = new Set<Block>()
  const label = (block: Block) =>
    block.level === 0 && !block.inItem && block.prose === 0 && block.text.length < 50 && !/[.!?…:”"]$/.test(block.text)
  for (const block of blocks) {
    if (block.prose > 0) break
    if (label(block)) gone.add(block)
  }
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i] as Block
    if (block.prose > 0) break
    if (label(block)) gone.add(block)
  }
  return gone
}

/** Headings with nothing below them. */
function orphans(blocks: readonly Block[]): ReadonlySet<Block> {
  const gone = new Set<Block>()
  let below = 0 // the strongest heading or text that follows
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i] as Block
    if (block.level === 0) below = 9
    else if (below === 9 || below > block.level) below = block.level
    else gone.add(block)
  }
  return gone
}
