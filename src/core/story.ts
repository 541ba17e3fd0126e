import type { Article, Signature, StoryId } from './model.ts'
import { isCopy } from './signature.ts'
import { likeness, rarityOf, similarity, type Weighed, weighed } from './story/similarity.ts'

/** What the choice needs of an article. */
export type StoryMember = Readonly<Pick<Article, 'title' | 'signature' | 'publishedAt' | 'language' | 'outlet'>>

/** A story that an article may join: one that grew within `STORY_WINDOW_MS` and holds at least one of the looked-up terms.
 *  `lastAt` is when it grew; its articles stand in any order, and a dozen of them are enough. */
export type StoryCandidate = Readonly<{ storyId: StoryId; lastAt: number; articles: readonly StoryMember[] }>

/** How common a term is among the articles kept: `articles` in all, `frequency(term)` of them hold it in their signature. Asked for
 *  the article's own terms only, once each. */
export type Corpus = Readonly<{ articles: number; frequency(term: string): number }>

export type StoryChoice = Readonly<{ kind: 'joins'; storyId: StoryId; similarity: number } | { kind: 'new' }>

/** A story that nobody wrote about for so long is closed: what comes then is a new event, or a look back. */
export const STORY_WINDOW_MS = 72 * 3_600_000
/** Candidates that the store hands over at the most, those that share most looked-up terms first. Reading them costs the store more
 *  than comparing does (200 take 3 ms), and the one that is joined shares several terms. */
export const STORY_CANDIDATES_MAX = 60
/** Two reports of one event share several of their heaviest words; a dozen of them find the other. */
const LOOK_UP_TERMS_MAX = 12

/** Only the likeliest are compared in full; a story far down that list is not the one. */
const COMPARED_MAX = 10
/** A centroid of more than these moves no further, and drifts less. */
const MEMBERS_MAX = 12

/** Chosen for precision: a wrong merge hides news, a missed one shows it twice. Of any two among 840 reports on one campaign, those
 *  from here up on one day told one event; from .30 to .40 hardly one in two did. */
const SIMILARITY_MIN = 0.42
/** Fewer words in common are a subject, not an event, however short the two texts are. */
const SHARED_TERMS_MIN = 4
/** At the end of the window: the longer ago, the likelier it is what came next in the same matter. */
const AGE_SURCHARGE = 0.2
/** An outlet seldom tells one event twice: its second piece is more often what came next. */
const SAME_OUTLET_SURCHARGE = 0.08
/** Between languages little but names is shared, and names alone are a subject, no event: they must be nearly all there is, on
 *  one day. */
const OTHER_LANGUAGE_SURCHARGE = 0.08
const OTHER_LANGUAGE_MS = 24 * 3_600_000

/** Decides which story an article joins: online single pass over TF-IDF cosines with a window in time (Allan et al. 1998, topic
 *  detection and tracking). Pure and quick: it runs inside the transaction that keeps the article.
 *  @returns the story that the article exceeds by most what it must have in common with it, or a new one */
export function chooseStory(article: StoryMember, candidates: readonly StoryCandidate[], corpus: Corpus): StoryChoice {
  const own = weighed(article.signature, rarityOf(corpus))
  const likely = candidates
    .filter((candidate) => ageOf(article, candidate) <= STORY_WINDOW_MS)
    .map((candidate) => ({ candidate, at: likenessOf(own, candidate) }))
    .sort((a, b) => b.at - a.at)
    .slice(0, COMPARED_MAX)
  let choice: StoryChoice = { kind: 'new' }
  let most = 0
  for (const { candidate } of likely) {
    const members = candidate.articles.slice(0, MEMBERS_MAX)
    const alike = similarity(
      own,
      members.map((member) => member.signature),
    )
    const excess = alike - needed(article, candidate)
    if (excess < 0 || sharedTerms(article, members) < SHARED_TERMS_MIN || (choice.kind === 'joins' && excess <= most))
      continue
    choice = { kind: 'joins', storyId: candidate.storyId, similarity: alike }
    most = excess
  }
  return choice
}

/** Between the article and the nearest of the story's, as published: an old piece that arrives late is still old. */
function ageOf(article: StoryMember, { articles }: StoryCandidate): number {
  return articles.reduce(
    (least, { publishedAt }) => Math.min(least, Math.abs(article.publishedAt - publishedAt)),
    Number.POSITIVE_INFINITY,
  )
}

function likenessOf(own: Weighed, { articles }: StoryCandidate): number {
  return articles.slice(0, 3).reduce((most, member) => Math.max(most, likeness(own, member.signature)), 0)
}

function sharedTerms(article: StoryMember, members: readonly StoryMember[]): number {
  const theirs = new Set(members.flatMap((member) => member.signature.terms.map(([term]) => term)))
  return article.signature.terms.filter(([term]) => theirs.has(term)).length
}

/** How similar an article must be to join. A copy of a member needs no more than the least: its words prove the event, though only
 *  with its names (bulletins made from a form differ in nothing else). */
function needed(article: StoryMember, candidate: StoryCandidate): number {
  const { articles } = candidate
  if (articles.some((member) => isCopy(member.signature, article.signature))) return SIMILARITY_MIN
  const age = ageOf(article, candidate)
  const sameOutlet = articles.every((member) => member.outlet === article.outlet)
  const otherLanguage = articles.every((member) => isOther(member.language, article.language))
  if (otherLanguage && age > OTHER_LANGUAGE_MS) return Number.POSITIVE_INFINITY
  return (
    SIMILARITY_MIN +
    (AGE_SURCHARGE * age) / STORY_WINDOW_MS +
    (sameOutlet ? SAME_OUTLET_SURCHARGE : 0) +
    (otherLanguage ? OTHER_LANGUAGE_SURCHARGE : 0)
  )
}

function isOther(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== b
}

/** The terms by which a store finds candidates, most telling first. */
export function termsToLookUp(signature: Signature): readonly string[] {
  return signature.terms.slice(0, LOOK_UP_TERMS_MAX).map(([term]) => term)
}
