import { detectLanguage } from '../../../src/core/language.ts'
import type { StoryId } from '../../../src/core/model.ts'
import { signatureOf } from '../../../src/core/signature.ts'
import {
  chooseStory,
  STORY_CANDIDATES_MAX,
  STORY_WINDOW_MS,
  type StoryMember,
  termsToLookUp,
} from '../../../src/core/story.ts'

/** As the store does it, in memory: candidates are of the window and share most of the looked-up terms. */
type Kept = { storyId: StoryId; lastAt: number; articles: StoryMember[]; terms: Set<string> }
const stories: Kept[] = []
const holding = new Map<string, number>()
let articles = 0

export function answer({ title, text, outlet, publishedAt }: Readonly<Record<string, unknown>>): object {
  const article: StoryMember = {
    title: String(title),
    signature: signatureOf(String(title), String(text)),
    publishedAt: Date.parse(String(publishedAt)),
    language: detectLanguage(`${title}\n\n${text}`),
    outlet: String(outlet),
  }
  const lookUp = termsToLookUp(article.signature)
  const shared = ({ terms }: Kept): number => lookUp.filter((term) => terms.has(term)).length
  const candidates = stories
    .filter((story) => Math.abs(article.publishedAt - story.lastAt) <= STORY_WINDOW_MS && shared(story) > 0)
    .sort((a, b) => shared(b) - shared(a) || b.lastAt - a.lastAt)
    .slice(0, STORY_CANDIDATES_MAX)
  const choice = chooseStory(article, candidates, { articles, frequency: (term) => holding.get(term) ?? 0 })
  return { story: keep(article, choice.kind === 'joins' ? choice.storyId : undefined) }
}

function keep(article: StoryMember, joined: StoryId | undefined): string {
  let story = stories.find(({ storyId }) => storyId === joined)
  if (!story) {
    story = {
      storyId: `story-${stories.length}` as StoryId,
      lastAt: article.publishedAt,
      articles: [],
      terms: new Set(),
    }
    stories.push(story)
  }
  story.articles.push(article)
  story.lastAt = Math.max(story.lastAt, article.publishedAt)
  for (const [term] of article.signature.terms) {
    story.terms.add(term)
    holding.set(term, (holding.get(term) ?? 0) + 1)
  }
  articles++
  return story.storyId
}
