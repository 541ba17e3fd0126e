import type { Article } from '../model.ts'
import { isDangling } from '../sentences/dangling.ts'
import { SIMILARITY_MAX, type Weighed } from './weigh.ts'

type Nearly = NonNullable<Article['nearly']>

/** A score that is lower by more than this share is another class of sentence; nearer ones are a matter of the weights' last digit. */
const SCORE_SHARE = 0.1
/** A real report has one or two; only a text whose sentences are all alike has more. */
const NEARLY_MAX = 3

/** Sentences that may take the place of the weakest chosen one, best first: each scores as well or nearly so, has room, repeats nothing,
 *  and stands on its own. The summary's first sentence keeps its place, and so does one that the next hangs on.
 *  @param chosen - indexes of the summary's sentences, ascending
 *  @param charsMax - of the summary with its spaces */
export function nearlyAsGood(
  known: readonly string[],
  { scores, similarity }: Weighed,
  { chosen, charsMax }: Readonly<{ chosen: readonly number[]; charsMax: number }>,
): Nearly {
  const score = (i: number): number => scores[i] ?? 0
  const dangles = (i: number): boolean => isDangling(known[i] ?? '')
  const [first = 0, ...others] = chosen
  const weakest = others
    .filter((i) => !(chosen.includes(i + 1) && dangles(i + 1)))
    .toSorted((a, b) => score(a) - score(b))[0]
  if (weakest === undefined || score(weakest) <= 0) return []
  const rest = chosen.filter((i) => i !== weakest)
  const room = charsMax - rest.reduce((sum, i) => sum + (known[i]?.length ?? 0) + 1, 0)
  return [...known.keys()]
    .filter((i) => i > first && !chosen.includes(i) && score(i) >= (1 - SCORE_SHARE) * score(weakest))
    .filter((i) => (known[i]?.length ?? 0) <= room && (!dangles(i) || rest.includes(i - 1)))
    .filter((i) => rest.every((j) => similarity(i, j) <= SIMILARITY_MAX))
    .toSorted((a, b) => score(b) - score(a))
    .slice(0, NEARLY_MAX)
    .map((i) => ({
      sentence: known[i] ?? '',
      insteadOf: chosen.indexOf(weakest),
      at: rest.filter((j) => j < i).length,
    }))
}
