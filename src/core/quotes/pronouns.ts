/** Whom "he" or "she" means: the last person who fits, weighed by closeness, place in the sentence and who spoke last. */
import { PREPOSITIONS } from './lexicon.ts'
import type { Mention } from './people.ts'
import type { Scene, Subject } from './phrase.ts'

type Pronoun = Extract<Subject, { kind: 'pronoun' }>
type Last = Readonly<{ person: number; at: number }> | undefined

/** Older mentions are not looked at. */
const MENTIONS_BACK_MAX = 40
const SENTENCES_BACK_MAX = 12

/** Index of the person, or -1 when nobody fits. */
export function pronounPerson(scene: Scene, pronoun: Pronoun, last: Last): number {
  if (pronoun.gender !== 'm' && pronoun.gender !== 'f') return -1
  const { cast, frame } = scene
  const here = frame.sentenceOf[pronoun.at] ?? 0
  const scores = new Map<number, number>()
  const from = lastMentionBefore(cast.mentions, pronoun.at)
  for (let i = from; i >= 0 && i > from - MENTIONS_BACK_MAX; i--) {
    const mention = cast.mentions[i]
    const person = cast.people[mention?.person ?? -1]
    if (!mention || !person) continue
    const distance = here - (frame.sentenceOf[mention.from] ?? 0)
    if (distance > SENTENCES_BACK_MAX) break
    if (person.gender !== '' && person.gender !== pronoun.gender) continue
    const score = weigh(scene, mention, distance) + (person.gender === '' ? -0.5 : 0)
    scores.set(mention.person, Math.max(scores.get(mention.person) ?? -Infinity, score))
  }
  if (last) {
    const person = cast.people[last.person]
    const distance = here - (frame.sentenceOf[last.at] ?? 0)
    if (person && (person.gender === '' || person.gender === pronoun.gender)) {
      const score = 2 - distance * 0.7 - (person.gender === '' ? 0.5 : 0)
      scores.set(last.person, Math.max(scores.get(last.person) ?? -Infinity, score))
    }
  }
  let best = -1
  for (const [person, score] of scores) if (best < 0 || score > (scores.get(best) ?? -Infinity)) best = person
  return best
}

function weigh({ frame }: Scene, mention: Mention, distance: number): number {
  const before = frame.tokens[mention.roleFrom - 1]
  const sentence = frame.sentences[frame.sentenceOf[mention.from] ?? 0]
  let score = -distance
  if (sentence && mention.roleFrom <= sentence.from + 1) score += 1
  if (before && PREPOSITIONS.has(before.lower)) score -= 1
  if (mention.possessive) score -= 0.5
  return score
}

function lastMentionBefore(mentions: readonly Mention[], at: number): number {
  let [low, high] = [0, mentions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((mentions[middle]?.from ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low - 1
}
