/** Whether a later report of a story brings what its readers were not told yet: a new main voice, or another headline fact. */
import { speakerKey } from '../kept.ts'
import type { Article } from '../model.ts'
import { termsOf } from '../signature/terms.ts'
import { isCopy } from '../signature.ts'

export type Development = 'speaker' | 'facts'

/** Reports of one moment come within half an hour of one another; what comes later tells what came next. */
const LATER_MS = 30 * 60_000
/** A headline that shares less than this with all that was told leads with something else. */
const NEW_TERMS_MIN = 3
const NEW_SHARE_MIN = 0.6
/** Shorter words of a title ("of", "the") are in any headline. */
const ROLE_WORD_CHARS_MIN = 4

/** @param earlier - the story's other articles that the same reader was shown
 *  @returns undefined where it tells the same again: a copy, another outlet's report of the same moment, an older piece, or one whose
 *  bystander is new but whose headline is not */
export function developmentOf(article: Article, earlier: readonly Article[]): Development | undefined {
  if (earlier.length === 0 || earlier.some((other) => isCopy(other.signature, article.signature))) return undefined
  const times = earlier.map(({ publishedAt }) => publishedAt)
  if (article.publishedAt < Math.max(...times) || article.publishedAt < Math.min(...times) + LATER_MS) return undefined
  if (hasNewVoice(article, earlier)) return 'speaker'
  return hasNewFacts(article, earlier) ? 'facts' : undefined
}

/** Somebody who was not heard before speaks, and the headline is about it. A passer-by who is quoted as well makes no news. */
function hasNewVoice({ title, quotes }: Article, earlier: readonly Article[]): boolean {
  const heard = new Set(earlier.flatMap((other) => other.quotes.map(({ speaker }) => lastWord(speaker?.name ?? ''))))
  const words = new Set(speakerKey(title).split(' '))
  return quotes.some(({ speaker }) => {
    if (!speaker || heard.has(lastWord(speaker.name))) return false
    const role = speakerKey(speaker.role ?? '').split(' ')
    return (
      words.has(lastWord(speaker.name)) || role.some((word) => word.length >= ROLE_WORD_CHARS_MIN && words.has(word))
    )
  })
}

function lastWord(name: string): string {
  return speakerKey(name).split(' ').at(-1) ?? ''
}

/** A number in the headline that nobody wrote before, or a headline of words that nobody wrote before. */
function hasNewFacts({ title }: Article, earlier: readonly Article[]): boolean {
  const told = earlier.map((other) => `${other.title}\n${other.text}`).join('\n')
  const numbers = new Set(told.match(NUMBER) ?? [])
  if ((title.match(NUMBER) ?? []).some((number) => !numbers.has(number))) return true
  const known = new Set(termsOf(told))
  const terms = [...new Set(termsOf(title))]
  const fresh = terms.filter((term) => !known.has(term)).length
  return fresh >= NEW_TERMS_MIN && fresh >= terms.length * NEW_SHARE_MIN
}
const NUMBER = /\p{N}+(?:[.,]\p{N}+)*/gu
