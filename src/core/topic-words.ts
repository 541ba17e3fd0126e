/** Keywords as somebody would type them: reading them again gives the same terms. What a form shows for editing, for a topic's
 *  name may be cut. */
import type { Term, Topic } from './model.ts'
import { splitTerms } from './topic/split.ts'

export function topicWords({ any, all, none }: Pick<Topic, 'any' | 'all' | 'none'>): string {
  return [
    ...any.map((term) => written(term)),
    // A source narrows without a sign.
    ...all.map((term) => `${term.kind === 'source' ? '' : '+'}${written(term)}`),
    ...none.map((term) => `-${written(term)}`),
  ].join(', ')
}

function written({ kind, text }: Term): string {
  switch (kind) {
    case 'pattern':
      return text
    case 'speaker':
    case 'source':
      return `${kind}:${quoted(text)}`
    case 'prefix':
      return isBare(text) ? text : `${quoted(text.slice(0, -1))}*`
    case 'words':
    case 'capitals':
      return isBare(text) ? text : quoted(text)
  }
}

/** Whether it is read as one term of the same text without quotes. */
function isBare(text: string): boolean {
  const [piece, ...others] = splitTerms(text)
  return others.length === 0 && piece?.text === text && piece.sign === '' && piece.field === '' && !piece.pattern
}

/** What was bare with a quotation mark inside stays bare. */
function quoted(text: string): string {
  return /["“”„«»]/.test(text) ? text : `"${text}"`
}
