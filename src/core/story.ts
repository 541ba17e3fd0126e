import type { Article, Signature, StoryId } from './model.ts'

/** What the choice needs of an article. */
export type StoryMember = Readonly<Pick<Article, 'title' | 'signature' | 'publishedAt' | 'language' | 'outlet'>>

/** A story that an article may join: one of the last `STORY_WINDOW_MS` that holds at least one of the looked-up terms. */
export type StoryCandidate = Readonly<{ storyId: StoryId; lastAt: number; articles: readonly StoryMember[] }>

/** How common a term is among the articles of late: `articles` in all, `frequency(term)` of them hold it in their signature. */
export type Corpus = Readonly<{ articles: number; frequency(term: string): number }>

export type StoryChoice = Readonly<{ kind: 'joins'; storyId: StoryId; similarity: number } | { kind: 'new' }>

/** A story that nobody wrote about for so long is closed: what comes then is a new event, or a look back. */
export const STORY_WINDOW_MS = 72 * 3_600_000
/** Candidates that the store hands over at the most, latest first; 200 take under 5 ms. */
export const STORY_CANDIDATES_MAX = 200

/** The terms by which a store finds candidates, most telling first. */
export function termsToLookUp(signature: Signature): readonly string[] {
  return signature.terms.slice(0, LOOK_UP_TERMS_MAX).map(([term]) => term)
}
/** Two reports of one event share several of their heaviest words; a dozen of them find the other. */
const LOOK_UP_TERMS_MAX = 12
