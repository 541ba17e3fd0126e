/** The place in a text that answers a search, with the words marked. */
import { em, type Rich, type RichPart, strong } from './rich.ts'
import { splitSentences } from './sentences.ts'
import { tokens } from './words.ts'

/** Two lines on a phone. */
const SNIPPET_CHARS_MAX = 180
/** Past the first pages of a text a reader would not look either; tokens cost time. */
const TEXT_CHARS_MAX = 40_000

/** @param typed - what the person searched for, as typed
 *  @returns the first sentence that holds most of the words, around the first of them; [] when none stands there */
export function snippet(text: string, typed: string): Rich {
  const wanted = new Set(tokens(typed).map(({ word }) => word))
  let best: Readonly<{ text: string; hits: readonly Readonly<{ start: number; end: number }>[] }> | undefined
  let bestCount = 0
  for (const sentence of splitSentences(text.slice(0, TEXT_CHARS_MAX))) {
    const hits = tokens(sentence.text).filter(({ word }) => wanted.has(word) || startsWithAny(word, wanted))
    const count = new Set(hits.map(({ word }) => word)).size
    if (count > bestCount) [best, bestCount] = [{ text: sentence.text, hits }, count]
    if (count >= wanted.size) break
  }
  return best ? marked(best.text, best.hits) : []
}

/** A typed prefix ("sanction*") finds longer words. Short ones would mark everything. */
function startsWithAny(word: string, wanted: ReadonlySet<string>): boolean {
  for (const one of wanted) if (one.length >= 4 && word.startsWith(one)) return true
  return false
}

function marked(text: string, hits: readonly Readonly<{ start: number; end: number }>[]): Rich {
  const from =
    text.length <= SNIPPET_CHARS_MAX
      ? 0
      : Math.max(0, text.lastIndexOf(' ', Math.max(0, (hits[0]?.start ?? 0) - 50)) + 1)
  const to = Math.min(text.length, from + SNIPPET_CHARS_MAX)
  const parts: RichPart[] = []
  let at = from
  for (const { start, end } of hits) {
    if (start < at || end > to) continue
    if (start > at) parts.push({ kind: 'text', text: text.slice(at, start) })
    parts.push(strong(text.slice(start, end)))
    at = end
  }
  if (at < to) parts.push({ kind: 'text', text: text.slice(at, to).toWellFormed() })
  return [...(from > 0 ? [em('…')] : []), ...parts, ...(to < text.length ? [em('…')] : [])]
}
