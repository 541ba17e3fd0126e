/** Which topics an article is about. One walk over its words finds the terms of all topics at once. */
import { isSpelt } from './match/capitals.ts'
import { type Hit, judge, type Part } from './match/judge.ts'
import { createTrie, type Phrase } from './match/trie.ts'
import type { Match, Quote, Term, Topic, TopicId } from './model.ts'
import { personKey } from './people.ts'
import { type Pattern, parsePattern } from './topic/pattern.ts'
import { termWords } from './topic.ts'
import { type Token, tokens } from './words.ts'

/** What matching looks at. */
export type Matchable = Readonly<{ title: string; text: string; outlet: string; quotes: readonly Quote[] }>

/** Topics by id: added and removed while it runs, at the cost of their own terms. */
export type Matcher = Readonly<{
  /** Adds a topic, in place of the one that has its id. */
  add(topic: Topic): void
  remove(topicId: TopicId): void
  /** The topics that match, in the order in which they were added. Takes time by the article's length and by what it finds,
   *  not by the number of topics; regular expressions alone run one by one, within bounds that all of them share. */
  match(article: Matchable): readonly Match[]
}>

const HITS_MAX = 500 // hits a topic: a page that says one word ten thousand times needs no more to match

/** A term in its topic; the tries hold these. */
type Entry = Readonly<{ owner: Owner; part: Part; index: number; term: Term }>
type Owner = Readonly<{ topic: Topic; order: number }>
type Found = Map<Owner, Hit[]>
type Search = Readonly<{ text: string; field: Hit['field']; found: Found }>
type Expression = { pattern: Pattern; entries: Set<Entry> }

export function createMatcher(topics: readonly Topic[] = []): Matcher {
  const words = createTrie<Entry>()
  const speakers = createTrie<Entry>()
  const persons = new Map<string, Set<Entry>>()
  const sources = createTrie<Entry>()
  const expressions = new Map<string, Expression>()
  const owned = new Map<TopicId, readonly Entry[]>()
  let added = 0

  const trieOf = ({ term }: Entry): typeof words =>
    term.kind === 'speaker' ? speakers : term.kind === 'source' ? sources : words

  const remove = (topicId: TopicId): void => {
    for (const entry of owned.get(topicId) ?? []) {
      if (entry.term.kind === 'pattern') removeExpression(expressions, entry)
      else trieOf(entry).remove(phraseOf(entry.term), entry)
      removePerson(persons, entry)
    }
    owned.delete(topicId)
  }
  const add = (topic: Topic): void => {
    remove(topic.id)
    const entries = entriesOf({ topic, order: added++ })
    for (const entry of entries) {
      if (entry.term.kind === 'pattern') addExpression(expressions, entry)
      else trieOf(entry).add(phraseOf(entry.term), entry)
      addPerson(persons, entry)
    }
    owned.set(topic.id, entries)
  }
  for (const topic of topics) add(topic)

  const match = (article: Matchable): readonly Match[] => {
    const found: Found = new Map()
    for (const field of ['title', 'text'] as const) {
      const search: Search = { text: article[field], field, found }
      const spelt = tokens(search.text)
      words.find(spelt, (entry, first, last) => noteWords(search, entry, spanOf(spelt, first, last)))
      notePatterns(search, expressions)
    }
    sources.find(tokens(article.outlet), (entry) => {
      note(found, entry, { field: 'outlet', start: 0, end: article.outlet.length, spelt: article.outlet })
    })
    for (const { speaker, start, end } of article.quotes) {
      if (!speaker) continue
      const spelt = speaker.name
      const named = new Set(persons.get(personKey(spelt)))
      speakers.find(tokens(spelt), (entry) => named.add(entry))
      for (const entry of named) note(found, entry, { field: 'text', start, end, spelt })
    }
    return [...found]
      .toSorted(([left], [right]) => left.order - right.order)
      .flatMap(([{ topic }, hits]) => judge(topic, hits, article) ?? [])
  }
  return { add, remove, match }
}

function entriesOf(owner: Owner): readonly Entry[] {
  const { topic } = owner
  return (['any', 'all', 'none', 'lookalikes'] as const).flatMap((part) =>
    (topic[part] ?? [])
      .map((term, index): Entry => ({ owner, part, index, term }))
      .filter(({ term }) => term.kind === 'pattern' || termWords(term).length > 0),
  )
}

function phraseOf(term: Term): Phrase {
  return { words: termWords(term), open: term.kind === 'prefix' }
}

function spanOf(spelt: readonly Token[], first: number, last: number): { start: number; end: number } {
  return { start: spelt[first]?.start ?? 0, end: spelt[last]?.end ?? 0 }
}

function noteWords({ text, field, found }: Search, entry: Entry, span: { start: number; end: number }): void {
  if (entry.term.kind === 'capitals' && !isSpelt(entry.term.text, text, span)) return
  note(found, entry, { field, ...span, spelt: text.slice(span.start, span.end) })
}

/** Instructions times characters that the expressions of all servers together may cost an article and field: 40 ms (4 ms for 500 times 10,000). */
const PATTERNS_COST_MAX = 50_000_000
/** However many they are: a headline and its first lines. */
const PATTERN_CHARS_MIN = 200

/** One that needs a word which is not there costs next to nothing. Where thousands of the others are followed, they look at the
 *  beginning of a text only: no server's expressions hold up the others' alerts. */
function notePatterns(search: Search, expressions: ReadonlyMap<string, Expression>): void {
  if (expressions.size === 0) return
  const lower = search.text.toLowerCase()
  const possible = [...expressions.values()].filter(({ pattern }) => lower.includes(pattern.fixed))
  const size = possible.reduce((sum, { pattern }) => sum + pattern.size, 0)
  const charsMax = Math.max(PATTERN_CHARS_MIN, Math.floor(PATTERNS_COST_MAX / Math.max(1, size)))
  for (const { pattern, entries } of possible) notePattern(search, { pattern, entries }, charsMax)
}

function notePattern({ text, field, found }: Search, { pattern, entries }: Expression, charsMax: number): void {
  const span = pattern.find(text, charsMax)
  if (!span) return
  for (const entry of entries) note(found, entry, { field, ...span, spelt: text.slice(span.start, span.end) })
}

function note(found: Found, { owner, part, index }: Entry, place: Omit<Hit, 'part' | 'index'>): void {
  const hits = found.get(owner) ?? []
  if (hits.length === 0) found.set(owner, hits)
  if (hits.length < HITS_MAX || part === 'none') hits.push({ part, index, ...place })
}

/** A full name stands for all spellings of its person; a single word is looked for among a name's words alone. */
function addPerson(persons: Map<string, Set<Entry>>, entry: Entry): void {
  const key = personIn(entry)
  if (key !== '') persons.set(key, (persons.get(key) ?? new Set()).add(entry))
}

function removePerson(persons: Map<string, Set<Entry>>, entry: Entry): void {
  const key = personIn(entry)
  const known = persons.get(key)
  known?.delete(entry)
  if (known?.size === 0) persons.delete(key)
}

function personIn({ term }: Entry): string {
  return term.kind === 'speaker' && termWords(term).length > 1 ? personKey(term.text) : ''
}

/** A pattern that comes from the store was compiled when it was added; one that no longer compiles is passed over. */
function addExpression(expressions: Map<string, Expression>, entry: Entry): void {
  const { text } = entry.term
  const known = expressions.get(text)
  if (known) {
    known.entries.add(entry)
    return
  }
  const end = text.lastIndexOf('/')
  const parsed = parsePattern(text.slice(1, end), text.slice(end + 1))
  if (parsed.kind === 'pattern') expressions.set(text, { pattern: parsed.pattern, entries: new Set([entry]) })
}

function removeExpression(expressions: Map<string, Expression>, entry: Entry): void {
  const known = expressions.get(entry.term.text)
  known?.entries.delete(entry)
  if (known?.entries.size === 0) expressions.delete(entry.term.text)
}
