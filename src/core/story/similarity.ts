import type { Signature } from '../model.ts'

/** Two words that nobody used before are rare alike: until the store has read some days of news, idf is nearly flat. */
const PRIOR_ARTICLES = 500
const PRIOR_HOLDING = 2

/** A signature as a vector: (1 + ln count) * idf. */
export type Weighed = Readonly<{
  weights: ReadonlyMap<string, number>
  length: number
  /** Idf by term, and what is taken for terms that the article does not hold: asking for each would be too slow. */
  idf: ReadonlyMap<string, number>
  usualIdf: number
}>

/** Inverse document frequency over the articles kept, smoothed.
 *  @param corpus - how many articles there are, and how many hold a term */
export function rarityOf(
  corpus: Readonly<{ articles: number; frequency(term: string): number }>,
): (term: string) => number {
  const all = corpus.articles + PRIOR_ARTICLES
  return (term) => Math.log(all / Math.min(all, corpus.frequency(term) + PRIOR_HOLDING))
}

export function weighed(signature: Signature, rarity: (term: string) => number): Weighed {
  const idf = new Map<string, number>()
  const weights = new Map<string, number>()
  let idfSum = 0
  let squares = 0
  for (const [term, count] of signature.terms) {
    const rare = rarity(term)
    const weight = damped(count) * rare
    idf.set(term, rare)
    weights.set(term, weight)
    idfSum += rare
    squares += weight * weight
  }
  return { weights, length: Math.sqrt(squares), idf, usualIdf: idfSum / Math.max(1, idf.size) }
}

/** Cosine of an article and the centroid of others, 0 to 1. */
export function similarity(own: Weighed, others: readonly Signature[]): number {
  const sum = new Map<string, number>()
  for (const { terms } of others) for (const [term, count] of terms) sum.set(term, (sum.get(term) ?? 0) + damped(count))
  return cosine(own, sum)
}

/** Cosine of an article and one other, with no table made: the quick look at many. */
export function likeness(own: Weighed, other: Signature): number {
  return cosine(
    own,
    other.terms.map(([term, count]) => [term, damped(count)]),
  )
}

function cosine(own: Weighed, terms: Iterable<readonly [term: string, damped: number]>): number {
  let product = 0
  let squares = 0
  for (const [term, value] of terms) {
    const weight = value * (own.idf.get(term) ?? own.usualIdf)
    product += weight * (own.weights.get(term) ?? 0)
    squares += weight * weight
  }
  return squares === 0 || own.length === 0 ? 0 : product / (own.length * Math.sqrt(squares))
}

/** A word said ten times does not tell ten times as much. */
function damped(count: number): number {
  return 1 + Math.log(Math.max(1, count))
}
