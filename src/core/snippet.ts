/** The place in a text that answers a search, with the words marked. */
import { type Rich, type RichPart, rich, strong } from './rich.ts'
import { splitSentences } from './sentences.ts'
import { tokens } from './words.ts'

/** Two lines on a phone. */
const SNIPPET_CHARS_MAX = 180
/** Past the first pages of a text a reader would not look either; tokens cost time. */
const TEXT_CHARS_MAX = 40_000

/** @param typed - what the person searched for, as typed
 *  @returns the first sentence that holds most of the words, around the first of them; [] when none stands there */
export function snippet(text: string, typed: string): Rich {
  const wanted = tokens(typed).map(({ word, end }) => ({ word, open: typed[end] === '*' }))
  const count = new Set(wanted.map(({ word }) => word)).size
  let best: Readonly<{ text: string; hits: readonly Hit[]; count: number }> | undefined
  for (const sentence of splitSentences(text.slice(0, TEXT_CHARS_MAX))) {
    const hits = tokens(sentence.text).flatMap(({ word, start, end }): Hit[] => {
      const found = wanted.find((one) => word === one.word || (one.open && word.startsWith(one.word)))
      return found ? [{ start, end, wanted: found.word }] : []
    })
    const held = new Set(hits.map((hit) => hit.wanted)).size
    if (held > (best?.count ?? 0)) best = { text: sentence.text, hits, count: held }
    if (held === count) break
  }
  return best ? marked(best.text, best.hits) : []
}

type Hit = Readonly<{ start: number; end: number; wanted: string }>

/** The window around the first hit, cut at words where there are any: a mark must not be half a word. */
function marked(text: string, hits: readonly Hit[]): Rich {
  const first = hits[0]?.start ?? 0
  const from = text.length <= SNIPPET_CHARS_MAX ? 0 : windowStart(text, first)
  const full = from + SNIPPET_CHARS_MAX
  const space = text.lastIndexOf(' ', full)
  const to = text.length <= full ? text.length : space > from + SNIPPET_CHARS_MAX / 2 ? space : full
  const parts: RichPart[] = []
  let at = from
  for (const { start, end } of runs(text, hits)) {
    if (start < at || end > to) continue
    if (start > at) parts.push({ kind: 'text', text: text.slice(at, start).toWellFormed() })
    parts.push(strong(text.slice(start, end)))
    at = end
  }
  if (at < to) parts.push({ kind: 'text', text: text.slice(at, to).toWellFormed() })
  return rich`${from > 0 ? '…' : ''}${parts}${to < text.length ? '…' : ''}`
}

/** What stands before the first hit, for its sense. */
const LEAD_CHARS = 50

function windowStart(text: string, first: number): number {
  const wanted = Math.max(0, first - LEAD_CHARS)
  const space = text.lastIndexOf(' ', wanted)
  return space > first - 2 * LEAD_CHARS ? space + 1 : wanted
}

/** Hits with nothing but space between are one: marks that touch would be read as something else. */
function runs(text: string, hits: readonly Hit[]): readonly Readonly<{ start: number; end: number }>[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of hits) {
    const last = joined.at(-1)
    if (last && text.slice(last.end, start).trim() === '') last.end = end
    else joined.push({ start, end })
  }
  return joined
}
