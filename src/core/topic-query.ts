/** A topic as a query of the search index: finds every article that could match, and some that do not. */
import type { Topic } from './model.ts'
import { termWords } from './topic.ts'

/** FTS5 is quick with dozens of phrases; a shipped topic's hundreds are matched over what is recent instead. */
const QUERY_TERMS_MAX = 64

/** Undefined where the index cannot narrow: patterns and sources are not in it, or there are too many terms. */
export function topicQuery(topic: Topic): string | undefined {
  const terms = topic.any.length > 0 ? topic.any : topic.all.slice(0, 1)
  if (terms.length === 0 || terms.length > QUERY_TERMS_MAX) return undefined
  const parts = terms.map((term) => {
    if (term.kind === 'pattern' || term.kind === 'source') return ''
    const words = termWords(term).join(' ')
    return words === '' ? '' : `"${words}"${term.kind === 'prefix' ? '*' : ''}`
  })
  return parts.includes('') ? undefined : parts.join(' OR ')
}
