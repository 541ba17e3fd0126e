import { type Sentence, splitSentences } from '../sentences.ts'
import { normalize, tokens } from '../words.ts'
import { CREDIT_WORDS, FURNITURE_PHRASES, FURNITURE_STARTS } from './furniture.ts'

/** A line longer than this is the article's, whatever it holds: some texts come as a single line. */
const CAPTION_CHARS_MAX = 400
/** Fewer words are no sentence that could stand alone on a card. */
const SENTENCE_WORDS_MIN = 6
/** Furniture in the middle of a longer sentence is the writer's own word. */
const FURNITURE_WORDS_MAX = 30
const BYLINE_WORDS_MAX = 14
/** A place, a date and an agency: "FRANKFURT AM MAIN, Germany, Sept. 4 (Agency) -- ". */
const DATELINE_CHARS_MAX = 90
const DATELINE_WORDS_MAX = 9
/** "Scam:", "Grand designs:", as captions begin. */
const LABEL_CHARS_MAX = 32
const LABEL_WORDS_MAX = 4

/** The article's own sentences: no captions, bylines, times, headings, calls to the reader, lines that stand twice, halves of
 *  quotations, or quotations whose speaker another sentence names. A dateline ("PARIS (Agency) --") is left out of the
 *  sentence that it begins. In order.
 *  @param title - a sentence that only says the title again is left out as well */
export function ownSentences(text: string, title = ''): readonly Sentence[] {
  const inCaption = captionsOf(text)
  const titleForm = normalize(title)
  const isDangling = danglingQuotations(text)
  return splitSentences(text)
    .filter((sentence) => inCaption[sentence.start] === 0 && !isDangling(sentence))
    .map(withoutDateline)
    .filter(
      (sentence) =>
        isProse(sentence.text) &&
        !isAllQuoted(sentence.text) &&
        !isHalfQuoted(sentence.text) &&
        normalize(sentence.text) !== titleForm,
    )
}

/** 1 for every character of a caption's line: one with a credit at the end, or one that stands there twice. */
function captionsOf(text: string): Uint8Array {
  const marks = new Uint8Array(text.length)
  const seen = new Map<string, number>()
  let start = 0
  for (const line of text.split('\n')) {
    const plain = line.trim()
    if (plain !== '' && plain.length <= CAPTION_CHARS_MAX) {
      const before = seen.get(plain)
      seen.set(plain, start)
      if (before !== undefined) marks.fill(1, before, before + line.length)
      if (before !== undefined || endsWithCredit(plain)) marks.fill(1, start, start + line.length)
    }
    start += line.length + 1
  }
  return marks
}

/** "(Agency Photo)", "[Handout/Agency]": brackets at the very end that name a picture's source. */
function endsWithCredit(line: string): boolean {
  const open = Math.max(line.lastIndexOf('('), line.lastIndexOf('['))
  if (open < 0 || !/[)\]]\.?$/.test(line.slice(-2))) return false
  return tokens(line.slice(open)).some((token) => CREDIT_WORDS.has(token.word))
}

/** Tells sentences at whose start or end a quotation is open: one half of it would stand on the card. A quotation ends with its
 *  line at the latest, and straight marks count only where their line has an even number of them. */
function danglingQuotations(text: string): (sentence: Sentence) => boolean {
  const open = new Uint8Array(text.length + 1) // 1 before a character that stands within a quotation
  let lineStart = 0
  for (const line of text.split('\n')) {
    const straightCounts = (line.split('"').length - 1) % 2 === 0
    let isOpen = false
    for (let at = 0; at < line.length; at++) {
      open[lineStart + at] = Number(isOpen)
      const mark = line.charAt(at)
      if (mark === '"') isOpen = straightCounts && !isOpen
      else if (mark === '„') isOpen = true
      else if ('“”«»'.includes(mark)) isOpen = opensAt(line, at)
    }
    lineStart += line.length
    open[lineStart++] = Number(isOpen)
  }
  return ({ start, end }) => open[start] !== 0 || open[end] !== 0
}

/** Single marks are apostrophes too, so that only the sentence itself is looked at: more of them open than close, or it ends with
 *  one that it did not open. */
function isHalfQuoted(sentence: string): boolean {
  const opens = sentence.match(/(?:^|[\s([–—])['‘](?!(?:s|t|d|m|ll|re|ve|em)\b)[\p{L}\p{N}]/gu)?.length ?? 0
  const closes = sentence.match(/[\p{L}\p{N}.,!?…]['’](?![\p{L}\p{N}])/gu)?.length ?? 0
  return opens > closes || (opens === 0 && /[.,!?…]['’]$/.test(sentence))
}

function isAllQuoted(sentence: string): boolean {
  return (
    /^["“”„«»]/.test(sentence) && /["“”«»][.!?]?$/.test(sentence.slice(-2)) && !/["“”«»]/.test(sentence.slice(1, -2))
  )
}

/** Some languages use one mark for both ends (Swedish ”), or the two the other way round (German »so«): what stands beside a
 *  mark tells which end it is. */
function opensAt(line: string, at: number): boolean {
  const isFirst = at === 0 || /[\s([—–-]/.test(line.charAt(at - 1))
  if (line.charAt(at) === '«') return isFirst
  return isFirst && /\S/.test(line.charAt(at + 1))
}

function withoutDateline(sentence: Sentence): Sentence {
  const skip = datelineLength(sentence.text)
  if (skip === 0) return sentence
  return { start: sentence.start + skip, end: sentence.end, text: sentence.text.slice(skip) }
}

/** Length of "CITY, Region, Sept. 4 (Agency) -- " at the head of a sentence; 0 where there is none. */
function datelineLength(sentence: string): number {
  const dash = /\s*(?:--|[-–—])\s+|[)\p{Lu}]—(?=\S)/u.exec(sentence.slice(0, DATELINE_CHARS_MAX))
  if (!dash) return 0
  const end = dash.index + dash[0].length
  const head = sentence.slice(0, dash.index + (/^[)\p{Lu}]/u.test(dash[0]) ? 1 : 0)).trim()
  const words = head.split(/[\s,]+/)
  const hasAgency = head.endsWith(')') && head.includes('(')
  const isShouted = /^\p{Lu}{3,}/u.test(head) && !/^\s/.test(sentence.slice(end))
  if (words.length > DATELINE_WORDS_MAX || !(hasAgency || isShouted)) return 0
  if (!/^["“‘«„'(]*[\p{Lu}\p{N}]/u.test(sentence.slice(end, end + 4))) return 0
  const bare = hasAgency ? head.slice(0, head.lastIndexOf('(')).split(/[\s,]+/) : words
  const looksRight = bare.every(
    (word) => word === '' || /^[\p{Lu}\p{N}]/u.test(word) || /^(?:am|an|de|der|del|of|la|le|du|di|al|el)$/.test(word),
  )
  return looksRight ? end : 0
}

function isProse(sentence: string): boolean {
  const words = tokens(sentence)
  if (words.length < SENTENCE_WORDS_MIN || !/[.!?…。！？؟।]["”’»)\]']*$/.test(sentence.slice(-4).trimEnd()))
    return false
  const lower = sentence.toLowerCase()
  if (FURNITURE_STARTS.some((start) => lower.startsWith(start))) return false
  if (words.length <= FURNITURE_WORDS_MAX && FURNITURE_PHRASES.some((phrase) => lower.includes(phrase))) return false
  if (/https?:\/\/|www\.|\S@\S/.test(sentence)) return false
  return (
    !isByline(sentence, words.length) &&
    !isClock(sentence, words.length) &&
    !isLabelled(sentence) &&
    !explainsPicture(sentence)
  )
}

/** "By Ilse Brandvik and Tom Sol." */
function isByline(sentence: string, words: number): boolean {
  return (
    words <= BYLINE_WORDS_MAX &&
    /^(?:By|Von|Par|Por|Di|Door)[.:]?\s+\p{Lu}/u.test(sentence) &&
    !/\p{Ll}{3,}\s+\p{Ll}{3,}\s+\p{Ll}/u.test(sentence)
  )
}

/** Nothing but a date and a time, with a word or two. */
function isClock(sentence: string, words: number): boolean {
  if (words > BYLINE_WORDS_MAX || !/\d{1,2}[:.]\d{2}/.test(sentence)) return false
  return /\b(?:AM|PM|[A-Z]{1,3}T|UTC)\b|[+-]\d{2}:\d{2}/.test(sentence)
}

/** "Scam: The planner took the money." A caption's label, but no speaker's colon before a quotation. */
function isLabelled(sentence: string): boolean {
  const colon = sentence.slice(0, LABEL_CHARS_MAX).indexOf(': ')
  if (colon < 0 || !/^\p{L}/u.test(sentence.slice(colon + 2, colon + 3))) return false
  const label = sentence.slice(0, colon).split(' ')
  return (
    label.length <= LABEL_WORDS_MAX && !/\b(?:said|says|added|wrote|told|asked|tweeted)$/.test(sentence.slice(0, colon))
  )
}

/** "Ms. Brandvik (left) and her aide": words that only make sense beside a picture. */
function explainsPicture(sentence: string): boolean {
  for (let open = sentence.indexOf('('); open >= 0; open = sentence.indexOf('(', open + 1)) {
    const inside = sentence.slice(open + 1, open + CREDIT_CHARS_MAX)
    const close = inside.indexOf(')')
    const words = close < 0 ? [] : tokens(inside.slice(0, close))
    if (
      words.length > 0 &&
      words.length <= 3 &&
      words.every((token) => CREDIT_WORDS.has(token.word) && !isAgency(token.word))
    )
      return true
  }
  return false
}
const CREDIT_CHARS_MAX = 24 // "(second from the left" at the longest

/** An agency's name in brackets may well stand in the prose: "the Agency (AP) said". */
function isAgency(word: string): boolean {
  return /^(?:dpa|afp|epa|ap|reuters|ansa|efe|tass|ukrinform|lusa|pap|anadolu|file|top|imago)$/.test(word)
}
