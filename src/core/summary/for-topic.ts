import type { Article, Match } from '../model.ts'
import { searchForm } from '../words.ts'

/** The article whose summary tells, where it can, of the topic that it matched: the sentence that a match stands in takes the place of the
 *  weakest one if it is nearly as good. A summary that tells of any of the topics stays as it is.
 *  An article is one for all its readers: of several topics the one that found the most terms is served, then the lesser id, so that the
 *  order in which topics were added changes nothing.
 *  @returns it without `nearly`, which nobody needs any more; the summary keeps its first sentence, its count, the text's order and its room */
export function summaryForTopic(article: Article, matches: readonly Match[]): Article {
  const { nearly = [], ...rest } = article
  if (matches.some((match) => rest.summary.some((sentence) => tells(sentence, match)))) return rest
  const strongest = matches.toSorted((a, b) => b.terms.length - a.terms.length || (a.topicId < b.topicId ? -1 : 1))
  const better = strongest.flatMap((match) => nearly.filter(({ sentence }) => isSame(sentence, match)))[0]
  if (better === undefined) return rest
  const { sentence, insteadOf, at } = better
  return { ...rest, summary: rest.summary.toSpliced(insteadOf, 1).toSpliced(at, 0, sentence) }
}

/** It is the match's sentence, or another one with a word of the topic. */
function tells(sentence: string, match: Match): boolean {
  const form = ` ${searchForm(sentence)} `
  return isSame(sentence, match) || match.terms.some((term) => form.includes(` ${searchForm(term)} `))
}

/** A summary leaves out the dateline that a match keeps. */
function isSame(sentence: string, match: Match): boolean {
  return match.sentence.endsWith(sentence)
}
