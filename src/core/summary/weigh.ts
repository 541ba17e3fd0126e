import { isDangling } from '../sentences/dangling.ts'
import { termsOf } from '../signature/terms.ts'

/** How much each sentence says of the whole, and how much two of them say the same. */
export type Weighed = Readonly<{
  /** One number a sentence; higher is more worth showing. */
  scores: readonly number[]
  /** Cosine of two sentences' words, 0 to 1. */
  similarity(a: number, b: number): number
}>

/** Two sentences that share more than this say the same. */
export const SIMILARITY_MAX = 0.4

// Place counts most, then two kinds of being central: nearness to the whole, which centroid and links both measure and share, and
// being taken up again. Finer weights, tuned to one half of the development data, lost on the other.
/** The first sentences of a report hold its news. */
const POSITION_WEIGHT = 1
/** ... all of them equally: feature leads often tease in the first one and tell in the next two. */
const POSITION_EQUAL = 3
const POSITION_DECAY = 0.4
/** Nearness to the text's own words (Radev et al. 2004, centroid). */
const CENTROID_WEIGHT = 0.25
/** Links to later sentences: what comes first and is taken up again (Zheng and Lapata 2019, PacSum). */
const FORWARD_WEIGHT = 0.5
/** Links to any sentence (Mihalcea and Tarau 2004, TextRank's degree). */
const LINK_WEIGHT = 0.5
/** The words of the headline, which an editor chose. */
const TITLE_WEIGHT = 0.3

/** Small marks against a sentence that reads badly on its own. */
const PENALTIES: readonly (readonly [what: RegExp, penalty: number])[] = [
  [
    /^["“‘«„'`(]*(?:but|and|so|or|yet|however|also|meanwhile|still|instead|aber|doch|und|mais|et|pero|y|ma|но|але)(?=[\s,])/i,
    0.1,
  ],
  [/\?["”’»)']*$/, 0.2],
  [/(?:^|[\s"“‘«'`])(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our)\b/, 0.15], // somebody else's voice
]
/** Who? */
const DANGLING_PENALTY = 0.1
/** A sentence that names nobody and counts nothing teases, or goes on about what another one told. */
const NAMELESS_PENALTY = 0.3
/** A card shows quotations by themselves; its summary is for what happened. */
const QUOTATION_WEIGHT = 0.8

/** Weighs sentences by position, by TF-IDF nearness to the whole, and by their links to each other.
 *  Quadratic in their number: the caller bounds it. */
export function weigh(sentences: readonly string[], title: string): Weighed {
  const terms = sentences.map(termsOf)
  const rarity = rarityOf(terms)
  const vectors = terms.map((list) => vectorOf(list, rarity))
  const whole = sumOf(vectors)
  const titleVector = vectorOf(termsOf(title), rarity)
  const links = vectors.map((a) => vectors.map((b) => (a === b ? 0 : cosine(a, b))))
  const forward = scaled(links.map((row, i) => row.reduce((sum, x, j) => (j > i ? sum + x : sum), 0)))
  const degree = scaled(links.map((row) => row.reduce((sum, x) => sum + x, 0)))
  const centroid = scaled(vectors.map((vector) => cosine(vector, whole)))
  const scores = sentences.map(
    (sentence, i) =>
      POSITION_WEIGHT * Math.exp(-POSITION_DECAY * Math.max(0, i - POSITION_EQUAL)) +
      CENTROID_WEIGHT * (centroid[i] ?? 0) +
      FORWARD_WEIGHT * (forward[i] ?? 0) +
      LINK_WEIGHT * (degree[i] ?? 0) +
      TITLE_WEIGHT * cosine(vectors[i] ?? EMPTY, titleVector) -
      penaltyOf(sentence),
  )
  return { scores, similarity: (a, b) => links[a]?.[b] ?? 0 }
}

type Vector = Readonly<{ weights: ReadonlyMap<string, number>; length: number }>
const EMPTY: Vector = { weights: new Map(), length: 0 }

/** ln(1 + sentences / sentences that hold it): a word of every sentence tells little. */
function rarityOf(terms: readonly (readonly string[])[]): (term: string) => number {
  const holding = new Map<string, number>()
  for (const list of terms) for (const term of new Set(list)) holding.set(term, (holding.get(term) ?? 0) + 1)
  return (term) => Math.log(1 + terms.length / (holding.get(term) ?? 1))
}

function vectorOf(terms: readonly string[], rarity: (term: string) => number): Vector {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return measured(new Map([...counts].map(([term, count]) => [term, (1 + Math.log(count)) * rarity(term)])))
}

function sumOf(vectors: readonly Vector[]): Vector {
  const sum = new Map<string, number>()
  for (const { weights } of vectors) for (const [term, weight] of weights) sum.set(term, (sum.get(term) ?? 0) + weight)
  return measured(sum)
}

function measured(weights: ReadonlyMap<string, number>): Vector {
  let squares = 0
  for (const weight of weights.values()) squares += weight * weight
  return { weights, length: Math.sqrt(squares) }
}

function cosine(a: Vector, b: Vector): number {
  if (a.length === 0 || b.length === 0) return 0
  const [small, large] = a.weights.size < b.weights.size ? [a, b] : [b, a]
  let product = 0
  for (const [term, weight] of small.weights) product += weight * (large.weights.get(term) ?? 0)
  return product / (a.length * b.length)
}

/** The largest becomes 1. */
function scaled(values: readonly number[]): readonly number[] {
  const largest = Math.max(...values, Number.MIN_VALUE)
  return values.map((value) => value / largest)
}

function penaltyOf(sentence: string): number {
  const marks = PENALTIES.reduce((sum, [what, penalty]) => (what.test(sentence) ? sum + penalty : sum), 0)
  const dangling = isDangling(sentence) ? DANGLING_PENALTY : 0
  const nameless = /\S\s+["“‘«„(]?\p{Lu}|\p{N}/u.test(sentence) ? 0 : NAMELESS_PENALTY
  return marks + dangling + nameless + QUOTATION_WEIGHT * quotedShare(sentence)
}

/** How much of a sentence stands between quote marks, 0 to 1. */
function quotedShare(sentence: string): number {
  let quoted = 0
  for (const [passage] of sentence.matchAll(/["“„«][^"“”„«»]*["“”»]/g)) quoted += passage.length
  return quoted / Math.max(1, sentence.length)
}
