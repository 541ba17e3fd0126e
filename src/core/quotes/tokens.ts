/** Cuts an article into tokens and sentences, each marked run of words being one token: rules then see the frame, not the words said. */
import { ABBREVIATIONS, FUNCTION_WORDS, TITLE_ABBREVIATIONS } from './lexicon.ts'
import type { Marked } from './marks.ts'

export type Token = Readonly<{
  kind: 'word' | 'number' | 'punctuation' | 'quote' | 'paragraph'
  text: string
  lower: string
  start: number
  end: number
  capital: boolean
  /** Index into the marked runs, for a token of kind `quote`. */
  marked: number
}>

/** Tokens `from` up to `to`, without the paragraph token. */
export type Sentence = Readonly<{ from: number; to: number; paragraph: number }>

export type Frame = Readonly<{
  text: string
  marked: readonly Marked[]
  tokens: readonly Token[]
  sentences: readonly Sentence[]
  /** Token index -> sentence index. */
  sentenceOf: Int32Array
  /** Marked index -> token index. */
  tokenOf: Int32Array
}>

// A word keeps its hyphens, inner apostrophes and inner dots ("U.S", "R-Fla"); possessive 's is a token of its own, see splitWord.
const WORD = /[\p{L}\p{N}\p{M}]+(?:[-’'.&@_][\p{L}\p{N}\p{M}]+)*/uy

/** @param cutOf - where a language parts a word in two ("l'" of "l'eau"): characters of its first half, 0 for one word */
export function frameOf(text: string, marked: readonly Marked[], cutOf: (word: string) => number = () => 0): Frame {
  const tokens: Token[] = []
  const tokenOf = new Int32Array(marked.length)
  let next = 0
  let i = 0
  while (i < text.length) {
    const run = marked[next]
    if (run && i >= run.outerStart) {
      tokenOf[next] = tokens.length
      tokens.push({
        kind: 'quote',
        text: '',
        lower: '',
        start: run.outerStart,
        end: run.outerEnd,
        capital: false,
        marked: next,
      })
      i = run.outerEnd
      next++
    } else {
      const limit = run ? run.outerStart : text.length
      i = readToken({ text, i, limit, cutOf }, tokens)
    }
  }
  const { sentences, sentenceOf } = sentencesOf(tokens, (token) => endOfWords(text, marked[token.marked]))
  return { text, marked, tokens, sentences, sentenceOf, tokenOf }
}

type At = Readonly<{ text: string; i: number; limit: number }>
type WordAt = At & Readonly<{ cutOf: (word: string) => number }>

function readToken({ text, i, limit, cutOf }: WordAt, tokens: Token[]): number {
  const c = text.charAt(i)
  if (c === '\n') {
    if (tokens.at(-1)?.kind !== 'paragraph') tokens.push(token('paragraph', { text, i, limit: i + 1 }))
    return i + 1
  }
  if (/\s/.test(c)) return i + 1
  WORD.lastIndex = i
  const length = WORD.exec(text)?.[0].length ?? 0
  if (length > 0) {
    const end = Math.min(i + length, limit)
    splitWord({ text, i, limit: end, cutOf }, tokens)
    return tokens.at(-1)?.end ?? end
  }
  // A surrogate pair is one mark.
  const end = Math.min(limit, i + (/[\uD800-\uDBFF]/.test(c) ? 2 : 1))
  tokens.push(token('punctuation', { text, i, limit: end }))
  return end
}

/** Splits "Rutte's" in two, and gives an abbreviation its dot. */
function splitWord({ text, i, limit, cutOf }: WordAt, tokens: Token[]): void {
  const cut = cutOf(text.slice(i, limit))
  if (cut > 0) {
    tokens.push(token('word', { text, i, limit: i + cut }))
    splitWord({ text, i: i + cut, limit, cutOf: () => 0 }, tokens)
    return
  }
  const word = text.slice(i, limit)
  const tail = /(?:['’](?:s|S|d|ll|ve|re|m))$/.exec(word)
  if (tail && tail.index > 0) {
    tokens.push(token('word', { text, i, limit: i + tail.index }))
    tokens.push(token('word', { text, i: i + tail.index, limit }))
    return
  }
  const dotted = text.charAt(limit) === '.' && isAbbreviation(word)
  tokens.push(token(/^\p{N}/u.test(word) ? 'number' : 'word', { text, i, limit: dotted ? limit + 1 : limit }))
}

function isAbbreviation(word: string): boolean {
  if (/^\p{Lu}$/u.test(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word)) return true
  const last = word.slice(word.lastIndexOf('-') + 1).toLowerCase()
  return ABBREVIATIONS.has(last) && (/^\p{Lu}/u.test(word) || last === 'vs' || last === 'etc' || last === 'no')
}

function token(kind: Token['kind'], { text, i, limit }: At): Token {
  const own = text.slice(i, limit)
  return {
    kind,
    text: own,
    lower: own.toLowerCase().replace(/’/g, "'"),
    start: i,
    end: limit,
    capital: /^\p{Lu}/u.test(own),
    marked: -1,
  }
}

/** How many words a text has; scripts that do not part words count two characters as one. */
export function wordCountOf(text: string): number {
  const unparted = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0
  return unparted > 0 ? Math.ceil(unparted / 2) : (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0)
}

/** The last mark of punctuation inside a quotation, or ''. */
export function endOfWords(text: string, run: Marked | undefined): string {
  if (!run) return ''
  for (let i = run.outerEnd - 1; i >= run.start; i--) {
    const c = text.charAt(i)
    if (/[.!?…,;:—–-]/.test(c)) return c
    if (/[\p{L}\p{N}]/u.test(c)) return ''
  }
  return ''
}

function sentencesOf(
  tokens: readonly Token[],
  endOf: (token: Token) => string,
): Pick<Frame, 'sentences' | 'sentenceOf'> {
  const sentences: Sentence[] = []
  const sentenceOf = new Int32Array(tokens.length)
  let from = 0
  let paragraph = 0
  const close = (to: number) => {
    if (to > from) sentences.push({ from, to, paragraph })
    from = to
  }
  for (let i = 0; i < tokens.length; i++) {
    const current = tokens[i]
    if (!current) continue
    if (current.kind === 'paragraph') {
      close(i)
      paragraph++
      from = i + 1
    } else if (endsSentence({ current, next: tokens[i + 1], endOf })) close(i + 1)
    sentenceOf[i] = sentences.length - (from > i && current.kind !== 'paragraph' ? 1 : 0)
  }
  close(tokens.length)
  return { sentences, sentenceOf }
}

type Pair = Readonly<{ current: Token; next: Token | undefined; endOf: (token: Token) => string }>

function endsSentence({ current, next, endOf }: Pair): boolean {
  if (!next || next.kind === 'paragraph') return false // closed there anyhow
  const starts =
    next.capital ||
    next.kind === 'quote' ||
    next.kind === 'number' ||
    next.text === '(' ||
    /^[一-鿿぀-ヿ]/.test(next.text)
  if (current.kind === 'punctuation') {
    if (current.text === '。' || current.text === '！' || current.text === '？') return true
    return /^[.!?…]$/.test(current.text) && starts
  }
  if (current.kind === 'word' && current.text.endsWith('.')) {
    const bare = current.lower.slice(0, -1)
    if (TITLE_ABBREVIATIONS.has(bare) || /^\p{L}$/u.test(bare)) return false
    return next.kind === 'quote' || (next.capital && FUNCTION_WORDS.has(next.lower))
  }
  // After a question or a cry a name may still follow with its verb ("Why?" Smith asked): such a sentence stays whole.
  if (current.kind === 'quote') return next.kind === 'quote' || (endOf(current) === '.' && next.capital)
  return false
}
