/** What a user typed, read as a topic.
 *
 *      NATO, "air defence", sanction*, -"phonetic alphabet", +Poland, speaker:"Mark Rutte", source:Reuters, /F-?35s?/
 *
 *  Commas and lines part terms; a term is a word or a phrase as it stands. Any of the plain terms makes a match; every `+` term
 *  must stand there, no `-` term may. `source:` narrows: the article must come from one of the sources named. */
import { createHash } from 'node:crypto'
import type { Term, Topic, TopicId } from './model.ts'
import { isAcronymAndWord } from './topic/acronyms.ts'
import { type PatternParse, parsePattern } from './topic/pattern.ts'
import { type Piece, splitTerms } from './topic/split.ts'
import { tokens } from './words.ts'

const TOPIC_TERMS_MAX = 25 // keywords a subscription: SECURITY.md, Q1
const TERM_CHARS_MAX = 100 // characters a keyword: SECURITY.md, Q1
const TOPIC_CHARS_MAX = 6000 // Discord's longest text option
const PREFIX_CHARS_MIN = 3 // "in*" would match half of all words
const NAME_CHARS_MAX = 100 // an embed's field and a menu's label hold no more

/** What is wrong, and where: `at` is the offset of the term in what was typed. The sentences for it are the catalogue's. */
export type TopicProblem = Readonly<
  | { kind: 'empty' }
  | { kind: 'tooLong'; chars: number; max: number }
  | { kind: 'tooManyTerms'; count: number; max: number }
  | { kind: 'onlyExclusions' }
  | { kind: 'termTooLong'; term: string; at: number; chars: number; max: number }
  | { kind: 'noWord'; term: string; at: number } // no letter and no digit in it
  | { kind: 'starInside'; term: string; at: number } // a star anywhere but at the end
  | { kind: 'prefixTooShort'; term: string; at: number; min: number }
  | { kind: 'openQuote'; term: string; at: number }
  | { kind: 'openPattern'; term: string; at: number }
  | { kind: 'badPattern'; term: string; at: number; why: Exclude<PatternParse, { kind: 'pattern' }> }
>

export type TopicParse = Readonly<
  { kind: 'topic'; topic: Topic } | { kind: 'refused'; problems: readonly TopicProblem[] }
>

/** What a topic needs beside its terms. Without an id it is named by a hash of its terms, so that two servers which type the
 *  same share one; without a name it is called what was typed. */
type TopicMade = Readonly<{ id?: TopicId; name?: string; emoji?: string; color?: number }>

/** One term as parsed, with the list that it belongs to. */
type ReadTerm = Readonly<{ into: 'any' | 'all' | 'none'; term: Term }>
type TermRead = ReadTerm | TopicProblem

/** Reads a user's keywords. Never throws; every problem is told at once, each with its place. */
export function parseTopic(typed: string, made: TopicMade = {}): TopicParse {
  if (typed.length > TOPIC_CHARS_MAX) {
    return { kind: 'refused', problems: [{ kind: 'tooLong', chars: typed.length, max: TOPIC_CHARS_MAX }] }
  }
  const pieces = splitTerms(typed)
  if (pieces.length === 0) return { kind: 'refused', problems: [{ kind: 'empty' }] }
  if (pieces.length > TOPIC_TERMS_MAX) {
    return { kind: 'refused', problems: [{ kind: 'tooManyTerms', count: pieces.length, max: TOPIC_TERMS_MAX }] }
  }
  const read = pieces.map(readTerm)
  const problems = read.filter((entry): entry is TopicProblem => 'kind' in entry)
  if (problems.length > 0) return { kind: 'refused', problems }
  const terms = distinct(read.filter((entry): entry is ReadTerm => 'into' in entry))
  if (terms.every(({ into }) => into === 'none')) return { kind: 'refused', problems: [{ kind: 'onlyExclusions' }] }
  return { kind: 'topic', topic: topicOf(terms, typed, made) }
}

/** Reads one term, in the language that users type and config/topics.yaml is written in. */
export function parseTerm(typed: string): TermRead {
  const [piece, ...others] = splitTerms(typed)
  if (!piece || others.length > 0) return { kind: 'noWord', term: typed, at: 0 }
  return readTerm(piece)
}

/** A term's words in normal form, for comparing and matching; a prefix without its star. */
export function termWords(term: Term): readonly string[] {
  return tokens(term.text).map((token) => token.word)
}

function readTerm(piece: Piece): TermRead {
  const { text, at, field } = piece
  const term = piece.typed
  if (piece.open) return { kind: piece.pattern ? 'openPattern' : 'openQuote', term, at }
  if (piece.pattern) return readPattern(piece)
  const chars = [...text].length
  if (chars > TERM_CHARS_MAX) return { kind: 'termTooLong', term: text, at, chars, max: TERM_CHARS_MAX }
  const words = tokens(text)
  const [first] = words
  if (!first) return { kind: 'noWord', term, at }
  const into = piece.sign === '-' ? 'none' : piece.sign === '+' ? 'all' : 'any'
  // An article has one source: named sources narrow, they are no alternative to the words.
  if (field === 'source') return { into: into === 'any' ? 'all' : into, term: { kind: 'source', text } }
  if (field === 'speaker') return { into, term: { kind: 'speaker', text } }
  const star = text.indexOf('*')
  if (star >= 0) return star === text.length - 1 ? readPrefix(piece, into) : { kind: 'starInside', term, at }
  if (words.length === 1 && isAcronymAndWord(text, first.word)) return { into, term: { kind: 'capitals', text } }
  return { into, term: { kind: 'words', text } }
}

function readPrefix(piece: Piece, into: ReadTerm['into']): TermRead {
  const { text, at } = piece
  const beginning = text.slice(0, -1).trimEnd()
  const last = tokens(beginning).at(-1)
  // "air defence *": the star stands alone, or after a sign that is no letter.
  if (!last || last.end !== text.length - 1) return { kind: 'starInside', term: text, at }
  if (last.word.length < PREFIX_CHARS_MIN) return { kind: 'prefixTooShort', term: text, at, min: PREFIX_CHARS_MIN }
  return { into, term: { kind: 'prefix', text } }
}

function readPattern({ text, at, sign, flags, typed }: Piece): TermRead {
  const why = parsePattern(text, flags)
  if (why.kind !== 'pattern') return { kind: 'badPattern', term: typed, at, why }
  const into = sign === '-' ? 'none' : sign === '+' ? 'all' : 'any'
  return { into, term: { kind: 'pattern', text: `/${text}/${flags}` } }
}

function distinct(terms: readonly ReadTerm[]): readonly ReadTerm[] {
  const seen = new Set<string>()
  return terms.filter((read) => seen.size < seen.add(keyOf(read)).size)
}

/** Two terms with one key find the same. */
function keyOf({ into, term }: ReadTerm): string {
  const spelling = term.kind === 'pattern' || term.kind === 'capitals' ? term.text : termWords(term).join(' ')
  return `${into}|${term.kind}|${spelling}`
}

function topicOf(terms: readonly ReadTerm[], typed: string, made: TopicMade): Topic {
  const of = (list: ReadTerm['into']): readonly Term[] =>
    terms.filter(({ into }) => into === list).map(({ term }) => term)
  return {
    id: made.id ?? idOf(terms),
    name: made.name ?? nameOf(typed),
    emoji: made.emoji ?? '🔎',
    color: made.color ?? 0x5865f2, // Discord's own blue: a server's words have no colour of theirs
    any: of('any'),
    all: of('all'),
    none: of('none'),
  }
}

function idOf(terms: readonly ReadTerm[]): TopicId {
  const text = terms.map(keyOf).sort().join('\n')
  return `w-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}` as TopicId // 132 bits: no two meet
}

function nameOf(typed: string): string {
  const line = typed
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim()
  const characters = [...line]
  return characters.length > NAME_CHARS_MAX ? `${characters.slice(0, NAME_CHARS_MAX - 1).join('')}…` : line
}
