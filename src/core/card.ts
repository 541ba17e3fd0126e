/** Story and alert -> card: what a reader is shown, in whole fields. Painters cut to Discord's limits. */

import type { Changes } from './kept.ts'
import type { Alert, Article, Match, Quote, RoleId, Speaker, Story, StoryId, Style, Topic } from './model.ts'
import { pullQuotes } from './quotes/pull.ts'
import { oneLine, safeLink } from './safe-text.ts'
import { voices } from './story/voices.ts'

/** Two fit above the fold of a phone, with the summary. */
const PULL_QUOTES_MAX = 2
/** What an article is about is told by its heaviest words. */
const ABOUT_TERMS_MAX = 12
const NO_TITLE = '(no title)'

export type CardQuote = Readonly<{ text: string; speaker: Speaker; setting?: string; from?: string }>
export type CardTopic = Pick<Topic, 'name' | 'emoji' | 'color'>

export type Card = Readonly<{
  storyId: StoryId
  /** The delivery's nonce, hidden in the menu's custom_id: by it a channel is read back. */
  marker: string
  style: Style
  topics: readonly CardTopic[]
  outlet: string
  publishedAt: number
  /** When another outlet joined, if one did. */
  grewAt?: number
  headline: string
  /** Missing where the address is none that may be shown. */
  url?: string
  image?: string
  summary: readonly string[]
  /** The model whose words the summary is in. */
  summaryBy?: string
  quotes: readonly CardQuote[]
  /** Other outlets, first arrival first. */
  alsoIn: readonly string[]
  /** Matched terms as the text spells them. */
  matched: readonly string[]
  quoteCount: number
  sourceCount: number
  mentions: readonly RoleId[]
  /** What its publisher changed since the card was posted. */
  changes: Changes
}>

/** Draws a story as `alert` tells it.
 *  @param drawn.topics - those that may be named: shipped ones and the server's own
 *  @param drawn.postedAt - when it was first posted; what a publisher changes after that is told */
export function cardOf(
  story: Story,
  alert: Pick<Alert, 'matches' | 'style' | 'mentions'>,
  drawn: Readonly<{ topics: readonly Topic[]; marker: string; postedAt?: number }>,
): Card {
  const { lead } = story
  const outlets = voices(story).map(({ outlet }) => outlet)
  const image = story.articles.map((article) => article.image && safeLink(article.image)).find(Boolean)
  const url = safeLink(lead.url)
  const named = quotesOf(story)
  return {
    storyId: story.id,
    marker: drawn.marker,
    style: alert.style,
    topics: topicsOf(alert.matches, drawn.topics),
    outlet: oneLine(lead.outlet),
    publishedAt: lead.publishedAt,
    ...(story.articles.length > 1 ? { grewAt: story.lastAt } : {}),
    headline: headlineOf(lead),
    ...(url ? { url } : {}),
    ...(image ? { image } : {}),
    summary: lead.summary.map(oneLine).filter(Boolean),
    ...(lead.summaryBy ? { summaryBy: oneLine(lead.summaryBy) } : {}),
    quotes: leadQuotes(story, matchedOf(alert.matches)),
    alsoIn: [...new Set(outlets)].filter((outlet) => outlet !== lead.outlet).map(oneLine),
    matched: matchedOf(alert.matches),
    quoteCount: named.length,
    sourceCount: new Set(outlets).size,
    mentions: alert.mentions,
    changes: changesSince(story, drawn.postedAt),
  }
}

/** The headline is the lead's; a quote may be of any article that the card draws on. */
function changesSince({ lead, articles }: Story, postedAt: number | undefined): Changes {
  if (postedAt === undefined) return {}
  const titleAt = lead.changed?.titleAt ?? 0
  const quoteAt = Math.max(0, ...articles.map(({ changed }) => changed?.quoteAt ?? 0))
  return { ...(titleAt > postedAt ? { titleAt } : {}), ...(quoteAt > postedAt ? { quoteAt } : {}) }
}

/** A title that shows nothing is no title. */
export function headlineOf(article: Pick<Article, 'title'>): string {
  return oneLine(article.title) || NO_TITLE
}

/** Two outlets that quote the same words differ in case and marks. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export type NamedQuote = Quote & Readonly<{ speaker: Speaker }>

/** Every quote of a story whose speaker is known, told once, in the order of arrival. */
export function quotesOf(story: Story): readonly Readonly<{ quote: NamedQuote; article: Article }>[] {
  const told = new Set<string>()
  return story.articles.flatMap((article) =>
    article.quotes.flatMap((quote) => {
      const key = wordsOf(quote.text)
      if (!quote.speaker || told.has(key)) return []
      told.add(key)
      return [{ quote: { ...quote, speaker: quote.speaker }, article }]
    }),
  )
}

/** The lead's own pull-quotes; another outlet's where the lead has too few. */
function leadQuotes(story: Story, topic: readonly string[]): readonly CardQuote[] {
  const articles = [story.lead, ...story.articles.filter(({ id }) => id !== story.lead.id)]
  const chosen: CardQuote[] = []
  for (const article of articles) {
    const about = article.signature.terms.slice(0, ABOUT_TERMS_MAX).map(([term]) => term)
    const wish = { max: PULL_QUOTES_MAX - chosen.length, title: story.lead.title, about, topic, besides: chosen }
    for (const quote of pullQuotes(untold(article, story.lead), wish)) {
      if (!quote.speaker) continue
      chosen.push({
        text: oneLine(quote.text),
        speaker: quote.speaker,
        ...(quote.setting ? { setting: quote.setting } : {}),
        ...(article.id === story.lead.id ? {} : { from: oneLine(article.outlet) }),
      })
    }
  }
  return chosen
}

/** What the summary says already is not pulled again, unless nothing else was said. */
function untold(article: Article, lead: Article): readonly Quote[] {
  const summary = lead.summary.join(' ')
  const fresh = article.quotes.filter(({ text, speaker }) => speaker && !summary.includes(text))
  return fresh.length > 0 ? fresh : article.quotes
}

function topicsOf(matches: readonly Match[], topics: readonly Topic[]): readonly CardTopic[] {
  const ids = new Set(matches.map(({ topicId }) => topicId))
  return topics.filter(({ id }) => ids.has(id))
}

/** "NATO" and "Nato" are one. */
function matchedOf(matches: readonly Match[]): readonly string[] {
  const byForm = new Map(matches.flatMap(({ terms }) => terms).map((term) => [term.toLowerCase(), oneLine(term)]))
  return [...byForm.values()].filter(Boolean)
}
