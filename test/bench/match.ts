/** Matching one 4 kB article against 100,000 phrases, and against one big RegExp of the same phrases, in the same run.
 *  Usage: node test/bench/match.ts [phrases] */
import { createMatcher } from '../../src/core/match.ts'
import type { Topic, TopicId } from '../../src/core/model.ts'

const PHRASES = Number(process.argv[2] ?? 100_000)
const RUNS = 300
const ARTICLE_CHARS = 4000

let seed = 20_261_123
const random = (below: number): number => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed % below
}

const SYLLABLES =
  'ba be bi da do du fa fe ga gi ha ka ke ki la le lo ma me mi na ne no pa po ra re ri sa se si ta te ti va vo wa za'.split(
    ' ',
  )
const vocabulary = Array.from({ length: 30_000 }, () =>
  Array.from({ length: 2 + random(3) }, () => SYLLABLES[random(SYLLABLES.length)]).join(''),
)
// Words of a text are few and often the same, as Zipf found: the square favours the first.
const word = (): string => vocabulary[Math.floor((random(1000) / 1000) ** 2 * vocabulary.length)] ?? ''
const phrase = (): string => Array.from({ length: 1 + random(3) }, word).join(' ')

const topics = Array.from(
  { length: PHRASES },
  (_, n): Topic => ({
    id: `t${n}` as TopicId,
    name: '',
    emoji: '',
    color: 0,
    // Three to five words: an article holds their beginnings, seldom a whole one by chance.
    any: [{ kind: 'words', text: `${phrase()} ${word()} ${word()}` }],
    all: [],
    none: [],
  }),
)
const articles = Array.from({ length: RUNS }, () => {
  let text = ''
  while (text.length < ARTICLE_CHARS) text += `${Array.from({ length: 12 }, word).join(' ')}. `
  // A phrase that is followed stands in every article, so that every run has a match to tell.
  return {
    title: 'A title of seven words or so',
    text: `${text.slice(0, ARTICLE_CHARS)} ${topics[random(PHRASES)]?.any[0]?.text}.`,
    outlet: 'x',
    quotes: [],
  }
})

const built = time(() => createMatcher(topics))
const matcher = built.value
for (const article of articles.slice(0, 50)) matcher.match(article)
const trie = articles.map((article) => time(() => matcher.match(article)))
const live = articles.map((_, n) => {
  const topic = topics[n % PHRASES]
  return time(() => {
    if (!topic) return
    matcher.remove(topic.id)
    matcher.add(topic)
  })
})

const big = time(() => {
  const expression = new RegExp(`\\b(?:${topics.map(({ any }) => any[0]?.text).join('|')})\\b`, 'gi')
  expression.exec('x') // compiled when first used
  return expression
})
const regexRuns = articles.slice(0, 5).map(({ text }) => time(() => [...text.matchAll(big.value)].length))

const trieMs = median(trie.map(({ ms }) => ms))
const regexMs = median(regexRuns.map(({ ms }) => ms))
console.log(
  JSON.stringify({
    phrases: PHRASES,
    matched: trie.filter(({ value }) => value.length > 0).length,
    buildMs: round(built.ms),
    p50Ms: round(trieMs),
    p99Ms: round(trie.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(RUNS * 0.99)] ?? 0),
    removeAndAddMs: round(median(live.map(({ ms }) => ms))),
    regexBuildMs: round(big.ms),
    regexP50Ms: round(regexMs),
    ratio: round(regexMs / trieMs),
  }),
)

function time<Value>(run: () => Value): { value: Value; ms: number } {
  const began = performance.now()
  const value = run()
  return { value, ms: performance.now() - began }
}
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
