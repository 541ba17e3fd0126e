import type { Quote } from './model.ts'
import { type Attribution, attribute } from './quotes/attribution.ts'
import { tongueOf } from './quotes/foreign/choose.ts'
import { findForeignQuotes } from './quotes/foreign.ts'
import { findMarked, type Marked } from './quotes/marks.ts'
import { castOf } from './quotes/people.ts'
import type { Scene } from './quotes/phrase.ts'
import { settingOf } from './quotes/setting.ts'
import { isSpoken } from './quotes/spoken.ts'
import { frameOf } from './quotes/tokens.ts'

/** Verbatim quotations in reading order, with who said them where the text names somebody.
 *  @param text - the article, paragraphs joined by a blank line
 *  @param quoted - those of them that stand in block quotations: words that somebody said, if the text says who
 *  @returns spans without their marks; `text.slice(start, end) === quote.text` always holds */
export function findQuotes(text: string, quoted: readonly string[] = []): readonly Quote[] {
  const blocks = new Set(quoted)
  const tongue = tongueOf(text)
  if (tongue) return findForeignQuotes(text, { tongue, blocks })
  if (findMarked(text, blocks).length === 0) return []
  const { scene, attributions } = read(text, blocks)
  const { marked } = scene.frame
  return marked.flatMap((run, i) => {
    const attribution = attributions[i]
    const spoken = run.block ? isNamed(attribution) : attribution && isSpoken(scene, i, attribution)
    if (!attribution || !spoken) return []
    const setting = attribution.setting ?? settingOf(scene, attributions[attribution.continues ?? i] ?? attribution)
    return [{ ...quoteOf(scene, run, attribution), ...(setting ? { setting } : {}) }]
  })
}

type Reading = Readonly<{ scene: Scene; attributions: readonly Attribution[] }>

/** Block quotations that nobody is named for are paragraphs like all others: then the text is read again without them. */
function read(text: string, quoted: ReadonlySet<string>): Reading {
  const reading = readOnce(text, quoted)
  const plain = reading.scene.frame.marked.filter(({ block }, i) => block && !isNamed(reading.attributions[i]))
  if (plain.length === 0) return reading
  const left = new Set(quoted)
  for (const { outerStart, outerEnd } of plain) left.delete(text.slice(outerStart, outerEnd))
  return readOnce(text, left)
}

function readOnce(text: string, quoted: ReadonlySet<string>): Reading {
  const frame = frameOf(text, findMarked(text, quoted))
  const scene = { frame, cast: castOf(frame) }
  return { scene, attributions: attribute(scene) }
}

function isNamed(attribution: Attribution | undefined): boolean {
  return attribution !== undefined && (attribution.person >= 0 || attribution.name !== undefined)
}

function quoteOf(scene: Scene, run: Marked, attribution: Attribution): Quote {
  const { frame, cast } = scene
  const { person, name, role, cue } = attribution
  const speaker = cast.people[person] ?? (name ? { name, role } : undefined)
  const verb = frame.tokens[attribution.verb]?.text ?? cue
  return {
    text: frame.text.slice(run.start, run.end),
    start: run.start,
    end: run.end,
    ...(speaker ? { speaker: { name: speaker.name, ...(speaker.role ? { role: speaker.role } : {}) } } : {}),
    ...(verb ? { cue: verb } : {}),
  }
}
