/** Whom "he" or "she" means. Reading on, each sentence leaves an actor behind (who spoke or did what it says); a pronoun takes the
 *  fitting person that weighs most by closeness, by having been an actor, and by place in the sentence. */
import { PREPOSITIONS } from './lexicon.ts'
import type { Mention } from './people.ts'
import type { Scene, Subject } from './phrase.ts'
import { clauseSubject } from './subject.ts'

type Pronoun = Extract<Subject, { kind: 'pronoun' }>

/** What the reader has in mind. `personOf` must be asked in reading order. */
export type Focus = Readonly<{
  /** Index of the person, or -1 when nobody fits. */
  personOf: (pronoun: Pronoun) => number
  /** Who acts or speaks in a sentence that has been read, or -1. */
  actorOf: (sentence: number) => number
  /** Tells who speaks in the sentence of token `at`. */
  spoke: (at: number, person: number) => void
}>

/** Further back nobody is meant. */
const SENTENCES_BACK_MAX = 9
/** Mentions looked at for one pronoun. */
const MENTIONS_BACK_MAX = 40

// Weights of salience, in sentences: an actor three sentences back is as near as somebody merely named in this one.
const STEP = 0.75
const ACTOR = 1.1
const FIRST = 0.7
const GOVERNED = -0.5
const POSSESSIVE = -0.4
const UNKNOWN_GENDER = -0.5

export function focusOf(scene: Scene): Focus {
  const actors = new Int32Array(scene.frame.sentences.length).fill(-1)
  let read = 0
  const readTo = (sentence: number) => {
    for (; read < sentence; read++) if (actors[read] === -1) actors[read] = actorOf(scene, read, actors)
  }
  return {
    personOf: (pronoun) => {
      readTo(scene.frame.sentenceOf[pronoun.at] ?? 0)
      return resolve(scene, pronoun, actors)
    },
    actorOf: (sentence) => {
      readTo(sentence + 1)
      return actors[sentence] ?? -1
    },
    spoke: (at, person) => {
      const sentence = scene.frame.sentenceOf[at] ?? 0
      readTo(sentence)
      actors[sentence] = person
    },
  }
}

function actorOf(scene: Scene, index: number, actors: Int32Array): number {
  const sentence = scene.frame.sentences[index]
  const subject = sentence && clauseSubject(scene, sentence)
  if (subject?.kind === 'person') return subject.mention.person
  return subject?.kind === 'pronoun' ? resolve(scene, subject, actors) : -1
}

function resolve(scene: Scene, pronoun: Pronoun, actors: Int32Array): number {
  if (pronoun.gender !== 'm' && pronoun.gender !== 'f') return -1
  const here = scene.frame.sentenceOf[pronoun.at] ?? 0
  const scores = new Map<number, number>()
  const offer = (person: number, score: number) => {
    const gender = scene.cast.people[person]?.gender
    if (gender === undefined || (gender !== '' && gender !== pronoun.gender)) return
    const own = score + (gender === '' ? UNKNOWN_GENDER : 0)
    if (own > (scores.get(person) ?? Number.NEGATIVE_INFINITY)) scores.set(person, own)
  }
  for (let s = here; s >= 0 && s >= here - SENTENCES_BACK_MAX; s--) offer(actors[s] ?? -1, ACTOR - STEP * (here - s))
  offerMentions({ scene, pronoun, here }, offer)
  let best = -1
  for (const [person, score] of scores) if (best < 0 || score > (scores.get(best) ?? 0)) best = person
  return best
}

type Asked = Readonly<{ scene: Scene; pronoun: Pronoun; here: number }>

function offerMentions({ scene, pronoun, here }: Asked, offer: (person: number, score: number) => void): void {
  const { mentions } = scene.cast
  const last = lastMentionBefore(mentions, pronoun.at)
  for (let i = last; i >= 0 && i > last - MENTIONS_BACK_MAX; i--) {
    const mention = mentions[i]
    const distance = here - (scene.frame.sentenceOf[mention?.from ?? 0] ?? 0)
    if (!mention || distance > SENTENCES_BACK_MAX) break
    offer(mention.person, weigh(scene, mention) - STEP * distance)
  }
}

function weigh({ frame }: Scene, mention: Mention): number {
  const before = frame.tokens[mention.roleFrom - 1]
  const sentence = frame.sentences[frame.sentenceOf[mention.from] ?? 0]
  const first = sentence !== undefined && mention.roleFrom <= sentence.from + 1 ? FIRST : 0
  const governed = before !== undefined && PREPOSITIONS.has(before.lower) ? GOVERNED : 0
  return first + governed + (mention.possessive ? POSSESSIVE : 0)
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
