import type { Article } from './model.ts'
import { isDangling } from './sentences/dangling.ts'
import { type Sentence, splitSentences } from './sentences.ts'
import { ownSentences } from './summary/chrome.ts'
import { nearlyAsGood } from './summary/nearly.ts'
import { SIMILARITY_MAX, type Weighed, weigh } from './summary/weigh.ts'

type SummaryWish = Readonly<{
  /** The headline: its words count, and a sentence that only says it again is left out. */
  title?: string
  /** At most so many sentences; 3 by default. */
  sentences?: number
  /** At most so many characters in all, spaces between the sentences included; 420 by default. */
  chars?: number
  /** Paragraphs that stand in block quotations: somebody's words, which a summary would pass for the paper's. */
  quoted?: readonly string[]
}>

/** What a card shows at the most. */
const SENTENCES_DEFAULT = 3
/** Three usual sentences; more pushes the quotes off a phone's screen. */
const CHARS_DEFAULT = 420
/** Weighing is quadratic; later sentences are never the news. */
const SENTENCES_MAX = 120
/** A sentence further down the ranking would be there only because it is short enough for the room that is left. */
const RANK_MAX = 8

/** The sentences that tell best what a text is about, in the text's order. Each is a sentence of the text, verbatim, less a
 *  dateline at its head. Captions, bylines, times, headings and calls to the reader are never among them.
 *  Method: position, TF-IDF centroid, forward centrality, and a cap on repetition; see summary/weigh.ts.
 *  @param text - paragraphs joined by a blank line, though any text will do
 *  @returns [] when no sentence fits */
export function summarize(text: string, wish: SummaryWish = {}): readonly string[] {
  return summaryOf(text, wish).summary
}

/** The same, with the sentences that are nearly as good as the weakest of them, for a topic to prefer: see summary/for-topic.ts. */
export function summaryOf(text: string, wish: SummaryWish = {}): Pick<Article, 'summary' | 'nearly'> {
  const { title = '', sentences = SENTENCES_DEFAULT, chars = CHARS_DEFAULT, quoted = [] } = wish
  const own = withoutQuoted(text, ownSentences(text, title), new Set(quoted))
  // A text of headlines or of a script without full stops has no sentence of its own by those rules: then any will do.
  const known = (own.length > 0 ? own : splitSentences(text)).slice(0, SENTENCES_MAX).map((sentence) => sentence.text)
  const weighed = weigh(known, title)
  const chosen = choose(known, weighed, { sentences, chars })
  const nearly = nearlyAsGood(known, weighed, { chosen, charsMax: chars })
  return { summary: chosen.map((i) => known[i] ?? ''), ...(nearly.length > 0 ? { nearly } : {}) }
}

function withoutQuoted(text: string, sentences: readonly Sentence[], quoted: ReadonlySet<string>): readonly Sentence[] {
  if (quoted.size === 0) return sentences
  return sentences.filter(({ start, end }) => {
    const next = text.indexOf('\n', end)
    const paragraph = text.slice(text.lastIndexOf('\n', start) + 1, next < 0 ? text.length : next)
    return !quoted.has(paragraph.trim())
  })
}

/** Indexes of the chosen sentences, ascending: the best first, then the next best that has room, says something else, and does not
 *  hang on a sentence that is not there ("He will leave in May."), unless nothing else fits. */
function choose(
  known: readonly string[],
  { scores, similarity }: Weighed,
  wish: Required<Pick<SummaryWish, 'sentences' | 'chars'>>,
): readonly number[] {
  const best = [...known.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const take = (stands: (i: number, chosen: readonly number[]) => boolean) => {
    const chosen: number[] = []
    let chars = 0
    for (const [rank, i] of best.entries()) {
      if (chosen.length >= wish.sentences || (chosen.length > 1 && rank >= RANK_MAX)) break
      const length = (known[i]?.length ?? 0) + Math.sign(chosen.length)
      if (chars + length > wish.chars || chosen.some((j) => similarity(i, j) > SIMILARITY_MAX)) continue
      if (!stands(i, chosen)) continue
      chosen.push(i)
      chars += length
    }
    return chosen.sort((a, b) => a - b)
  }
  const chosen = take((i, taken) => !isDangling(known[i] ?? '') || taken.includes(i - 1))
  return chosen.length > 0 ? chosen : take(() => true)
}
