import type { Quote } from './model.ts'
import { type Attribution, attribute } from './quotes/attribution.ts'
import { findMarked, type Marked } from './quotes/marks.ts'
import { castOf } from './quotes/people.ts'
import type { Scene } from './quotes/phrase.ts'
import { settingOf } from './quotes/setting.ts'
import { isSpoken } from './quotes/spoken.ts'
import { frameOf } from './quotes/tokens.ts'

/** Verbatim quotations in reading order, with who said them where the text names somebody.
 *  @param text - the article, paragraphs joined by a blank line
 *  @returns spans without their marks; `text.slice(start, end) === quote.text` always holds */
export function findQuotes(text: string): readonly Quote[] {
  const marked = findMarked(text)
  if (marked.length === 0) return []
  const frame = frameOf(text, marked)
  const scene: Scene = { frame, cast: castOf(frame) }
  const attributions = attribute(scene)
  return marked.flatMap((run, i) => {
    const attribution = attributions[i]
    if (!attribution || !isSpoken(scene, i, attribution)) return []
    const setting = settingOf(scene, attributions[attribution.continues ?? i] ?? attribution)
    return [{ ...quoteOf(scene, run, attribution), ...(setting ? { setting } : {}) }]
  })
}

function quoteOf(scene: Scene, run: Marked, attribution: Attribution): Quote {
  const { frame, cast } = scene
  const person = cast.people[attribution.person]
  const verb = frame.tokens[attribution.verb]
  return {
    text: frame.text.slice(run.start, run.end),
    start: run.start,
    end: run.end,
    ...(person ? { speaker: { name: person.name, ...(person.role ? { role: person.role } : {}) } } : {}),
    ...(attribution.name && !person ? { speaker: { name: attribution.name } } : {}),
    ...(verb ? { cue: verb.text } : {}),
  }
}
