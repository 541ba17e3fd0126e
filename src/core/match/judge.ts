/** One topic and what an article spells of it: does it match, and why. */
import type { Match, Topic } from '../model.ts'
import { searchForm } from '../words.ts'
import { sentenceAt } from './sentence.ts'

/** Where a term belongs in its topic. */
export type Part = 'any' | 'all' | 'none' | 'lookalikes'

/** A term found. `start` and `end` are offsets in the title or the text; a speaker stands where the quote does, an outlet nowhere. */
export type Hit = Readonly<{
  part: Part
  /** Of the term in its part. */
  index: number
  field: 'title' | 'text' | 'outlet'
  start: number
  end: number
  /** As the article spells it. */
  spelt: string
}>

const TERMS_MAX = 8 // a card shows one line of them

/** @param hits - all that was found of the topic, in the order of the text within each field
 *  @returns nothing where the topic does not match */
export function judge(
  topic: Topic,
  hits: readonly Hit[],
  article: Readonly<{ title: string; text: string }>,
): Match | undefined {
  if (hits.some(({ part }) => part === 'none')) return undefined
  const covers = hits.filter(({ part }) => part === 'lookalikes')
  const counted = hits.filter((hit) => hit.part !== 'lookalikes' && !covers.some((cover) => isCovered(hit, cover)))
  if (!hasAll(topic, counted)) return undefined
  const some = counted.filter(({ part }) => part === 'any')
  if (topic.any.length > 0 && some.length === 0) return undefined
  const shown = [...some, ...counted.filter(({ part }) => part === 'all')].toSorted(byPlace)
  return {
    topicId: topic.id,
    terms: spellings(shown),
    sentence: sentenceOf(some.toSorted(byPlace)[0] ?? shown[0], article),
  }
}

function isCovered(hit: Hit, cover: Hit): boolean {
  return hit.field === cover.field && hit.start >= cover.start && hit.end <= cover.end
}

/** Every term of `all`. An article has one outlet, so of several sources one is enough. */
function hasAll(topic: Topic, hits: readonly Hit[]): boolean {
  const found = new Set(hits.filter(({ part }) => part === 'all').map(({ index }) => index))
  const sources = topic.all.flatMap((term, index) => (term.kind === 'source' ? [index] : []))
  if (sources.length > 0 && !sources.some((index) => found.has(index))) return false
  return topic.all.every((term, index) => term.kind === 'source' || found.has(index))
}

const FIELD_ORDER = { title: 0, text: 1, outlet: 2 } as const
function byPlace(left: Hit, right: Hit): number {
  return FIELD_ORDER[left.field] - FIELD_ORDER[right.field] || left.start - right.start || right.end - left.end
}

/** Distinct by their normal form; one that another holds ("North Atlantic" in "North Atlantic Council") is left out. */
function spellings(hits: readonly Hit[]): readonly string[] {
  const forms = new Map<string, string>()
  for (const { spelt } of hits) {
    const form = searchForm(spelt)
    if (!forms.has(form)) forms.set(form, spelt)
    if (forms.size > 4 * TERMS_MAX) break // enough to choose from
  }
  const all = [...forms.keys()]
  const kept = all.filter((form) => !all.some((other) => other !== form && ` ${other} `.includes(` ${form} `)))
  return kept.slice(0, TERMS_MAX).map((form) => forms.get(form) ?? form)
}

function sentenceOf(hit: Hit | undefined, { title, text }: Readonly<{ title: string; text: string }>): string {
  return hit?.field === 'text' ? sentenceAt(text, hit.start) : title
}
