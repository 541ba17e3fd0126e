/** Who tells a story in words of their own. */
import type { Story, StoryArticle } from '../model.ts'
import { isCopy } from '../signature.ts'

export type Voice = Readonly<{
  outlet: string
  article: StoryArticle
  /** The outlet whose text this one printed nearly word for word, if it did: one voice, not two. */
  copyOf?: string
}>

/** One row an outlet, first arrival first, with the lead in front. */
export function voices(story: Story): readonly Voice[] {
  const rows: Voice[] = []
  for (const article of [story.lead, ...story.articles]) {
    if (rows.some(({ outlet }) => outlet === article.outlet)) continue
    const original = rows.find((row) => !row.copyOf && isCopy(row.article.signature, article.signature))
    rows.push({ outlet: article.outlet, article, ...(original ? { copyOf: original.outlet } : {}) })
  }
  return rows
}
