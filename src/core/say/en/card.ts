/** The words on a card and on a digest. */
import type { FoldReason } from '../../model.ts'
import { em, joined, type Rich, type RichPart, rich, strong } from '../../rich.ts'

/** Two names are read at a glance; the rest is a number. */
const NAMES_MAX = 2
/** More would push the buttons off a phone. */
const TERMS_MAX = 5

export const card = {
  read: 'Read',
  menu: '⋯',
  latest: 'Latest stories',
  quotes: (count: number): string => (count === 1 ? '1 quote' : `${count} quotes`),
  sources: (count: number): string => (count === 1 ? '1 source' : `${count} sources`),
  alsoIn: (outlets: readonly string[]): Rich => {
    const named = outlets.slice(0, NAMES_MAX).map((outlet) => [strong(outlet)])
    const more = outlets.length - named.length
    return more > 0 ? rich`Also in ${joined(named, ', ')} and ${more} more` : rich`Also in ${joined(named, ' and ')}`
  },
  matched: (terms: readonly string[]): Rich => {
    const shown = terms.slice(0, TERMS_MAX).map((term): Rich => [em(term)])
    return rich`matched ${joined(shown, ', ')}${terms.length > TERMS_MAX ? ' …' : ''}`
  },
  updated: (at: RichPart): Rich => rich`updated ${at}`,
  summaryBy: (model: string): Rich => rich`summary rewritten by ${model}`,
  headlineChanged: (at: RichPart): Rich => rich`✏️ headline changed ${at}`,
  quoteChanged: (at: RichPart): Rich => rich`✏️ a quote changed ${at}`,
  addedFrom: (outlet: string): Rich => rich`added from ${em(outlet)}`,
  digestTitle: (stories: number): Rich => [strong(stories === 1 ? '1 more story' : `${stories} more stories`)],
  digestWhy: (reason: FoldReason): Rich => DIGEST_WHY[reason],
  notification: (topics: string, headline: string, outlet: string): string =>
    [topics, headline].filter(Boolean).join(': ') + (outlet ? ` (${outlet})` : ''),
} as const

const DIGEST_WHY: Readonly<Record<FoldReason, Rich>> = {
  cap: rich`Over this subscription's cards for today, so they come as a list. Nothing is left out.`,
  flood: rich`One feed brought very many items at once, so they come as a list. Nothing is left out.`,
  downtime: rich`They came while I was away, so they come as a list. Nothing is left out.`,
  rhythm: rich`Everything since the last list.`,
  quiet: rich`Everything from the quiet hours.`,
}
