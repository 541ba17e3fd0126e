import { splitSentences } from './sentences.ts'
import { ownSentences } from './summary/chrome.ts'
import { weigh } from './summary/weigh.ts'

export type SummaryWish = Readonly<{
  /** The headline: its words count, and a sentence that only says it again is left out. */
  title?: string
  /** At most so many sentences; 3 by default. */
  sentences?: number
  /** At most so many characters in all, spaces between the sentences included; 420 by default. */
  chars?: number
}>

/** What a card shows at the most. */
const SENTENCES_DEFAULT = 3
/** Three usual sentences; more pushes the quotes off a phone's screen. */
const CHARS_DEFAULT = 420
/** Weighing is quadratic; later sentences are never the news. */
const SENTENCES_MAX = 120
/** Two sentences that share more than this say the same. */
const SIMILARITY_MAX = 0.4
/** How much a sentence loses for what the chosen ones say already (Carbonell and Goldstein 1998, MMR). */
const REPETITION_WEIGHT = 0.5

/** The sentences that tell best what a text is about, in the text's order. Each is a sentence of the text, verbatim, less a
 *  dateline at its head. Captions, bylines, times, headings and calls to the reader are never among them.
 *  Method: position, TF-IDF centroid, forward centrality, and a cap on repetition; see summary/weigh.ts.
 *  @param text - paragraphs joined by a blank line, though any text will do
 *  @returns [] when no sentence fits */
export function summarize(text: string, wish: SummaryWish = {}): string[] {
  const { title = '', sentences = SENTENCES_DEFAULT, chars = CHARS_DEFAULT } = wish
  const own = ownSentences(text, title)
  // A text of headlines or of a script without full stops has no sentence of its own by those rules: then any will do.
  const known = (own.length > 0 ? own : splitSentences(text)).slice(0, SENTENCES_MAX).map((sentence) => sentence.text)
  return choose(known, { title, sentences, chars }).map((i) => known[i] ?? '')
}

/** Indexes of the chosen sentences, ascending. */
function choose(known: readonly string[], wish: Required<SummaryWish>): readonly number[] {
  const { scores, similarity } = weigh(known, wish.title)
  const chosen: number[] = []
  const left = new Set(known.keys())
  let chars = 0
  while (chosen.length < wish.sentences && left.size > 0) {
    let best = -1
    let bestScore = Number.NEGATIVE_INFINITY
    for (const i of left) {
      const repeats = chosen.reduce((most, j) => Math.max(most, similarity(i, j)), 0)
      const length = (known[i]?.length ?? 0) + Math.sign(chosen.length)
      const score = (scores[i] ?? 0) - REPETITION_WEIGHT * repeats
      if (repeats > SIMILARITY_MAX || chars + length > wish.chars) left.delete(i)
      else if (score > bestScore) [best, bestScore] = [i, score]
    }
    if (best < 0) break
    chars += (known[best]?.length ?? 0) + Math.sign(chosen.length)
    chosen.push(best)
    left.delete(best)
  }
  return chosen.sort((a, b) => a - b)
}
