/** Decides to whom the article gives each marked run of words: the clause before it, the clause after it, or what was said last. */
import { CLAUSE_WORDS, ROLE_NOUNS, SPEAKER_NOUNS } from './lexicon.ts'
import { headOf, isVerb, type Range, type Scene, type Subject } from './phrase.ts'
import { pronounPerson } from './pronouns.ts'
import { clauseSubject, subjectAfter, subjectOf } from './subject.ts'
import { endOfWords } from './tokens.ts'
import { JUDGING_VERBS, NAMING_VERBS, SPEECH_VERBS } from './verbs.ts'

/** Where the words were given to somebody; `person` is an index into the cast, -1 where nobody is named. */
export type Attribution = Readonly<{
  via: 'before' | 'after' | 'continued' | 'none'
  /** How sure the frame makes it that words were said: a verb of speech, a verb that names, or only a subject. */
  strength: 'speech' | 'naming' | 'judging' | 'weak' | 'none'
  /** Token of the verb, -1 without. */
  verb: number
  subject?: Subject
  person: number
}>

const NONE: Attribution = { via: 'none', strength: 'none', verb: -1, person: -1 }

/** One attribution a marked run, in their order. */
export function attribute(scene: Scene): readonly Attribution[] {
  const found: Attribution[] = []
  for (let i = 0; i < scene.frame.marked.length; i++) found.push(attributeOne(scene, i, found))
  return found
}

function attributeOne(scene: Scene, index: number, earlier: readonly Attribution[]): Attribution {
  const own = inSentence(scene, index)
  if (!own) return continued(scene, index, earlier)
  return { ...own, person: personOf(scene, own.subject, earlier) }
}

function personOf(scene: Scene, subject: Subject | undefined, earlier: readonly Attribution[]): number {
  if (subject?.kind === 'person') return subject.mention.person
  if (subject?.kind === 'pronoun') return pronounPerson(scene, subject, lastSpeaker(scene, earlier))
  return -1
}

/** The person who spoke last, with the token where it was said. */
function lastSpeaker(
  scene: Scene,
  earlier: readonly Attribution[],
): Readonly<{ person: number; at: number }> | undefined {
  for (let i = earlier.length - 1; i >= 0 && i > earlier.length - 4; i--) {
    const a = earlier[i]
    if (a && a.person >= 0) return { person: a.person, at: scene.frame.tokenOf[i] ?? 0 }
  }
  return
}

type Clause = Omit<Attribution, 'person'>

function inSentence(scene: Scene, index: number): Clause | undefined {
  const { frame } = scene
  const at = frame.tokenOf[index] ?? 0
  const sentence = frame.sentences[frame.sentenceOf[at] ?? 0]
  if (!sentence) return
  const before = clauseBefore(scene, { from: leadStart(scene, sentence.from), to: at })
  if (before?.strength === 'speech' || (before?.strength === 'naming' && before.subject?.kind !== 'nominal'))
    return before
  return (
    clauseAfter(scene, { from: at + 1, to: sentence.to }) ??
    plainAfter(scene, index, sentence.to) ??
    signature(scene, index) ??
    before
  )
}

/** "..., an angry Sol retaliated.": any verb will do when the words end with a comma and a person follows at once. */
function plainAfter(scene: Scene, index: number, to: number): Clause | undefined {
  const { frame } = scene
  if (!/[,?!—–-]/.test(endOfWords(frame.text, frame.marked[index]))) return
  const from = (frame.tokenOf[index] ?? 0) + 1
  let end = from
  while (end < to && end < from + 12 && frame.tokens[end]?.kind === 'word') end++
  const subject = headOf(scene, { from, to: end })
  if (subject?.kind !== 'person' && subject?.kind !== 'pronoun') return
  const next = subject.kind === 'person' ? subject.mention.to : subject.at + 1
  const verb = frame.tokens[next]
  if (subject.kind === 'person' && subject.mention.possessive) return
  if (verb?.kind !== 'word' || verb.capital || !/(?:ed|s)$/.test(verb.lower)) return
  return { via: 'after', strength: 'speech', verb: next, subject }
}

/** A line under the words that is a dash and a name. */
function signature({ frame, cast }: Scene, index: number): Clause | undefined {
  const at = frame.tokenOf[index] ?? 0
  let i = at + 1
  if (frame.tokens[i]?.kind === 'paragraph') i++
  if (!/^[-–—―]$/.test(frame.tokens[i]?.text ?? '')) return
  const mention = cast.mentions[cast.mentionAt[i + 1] ?? -1]
  if (!mention || mention.roleFrom !== i + 1) return
  return { via: 'after', strength: 'speech', verb: -1, subject: { kind: 'person', at: mention.from, mention } }
}

/** A sentence that is nothing but the quotation is led by the paragraph before, where that ends in a colon. */
function leadStart({ frame }: Scene, from: number): number {
  const [colon, mark] = [frame.tokens[from - 2], frame.tokens[from - 1]]
  if (mark?.kind !== 'paragraph' || colon?.text !== ':') return from
  return frame.sentences[frame.sentenceOf[from - 2] ?? 0]?.from ?? from
}

function clauseBefore(scene: Scene, range: Range): Clause | undefined {
  const low = Math.max(range.from, range.to - LOOK_TOKENS_MAX)
  const body = { from: afterDateline(scene, low, range.to), to: range.to }
  let second: Clause | undefined
  for (let i = body.to - 1; i >= body.from; i--) {
    const clause = clauseOf(scene, i, body)
    if (!clause) continue
    if (clause.strength === 'speech' && isSpeaker(scene, clause.subject)) return clause
    if (!second || rank(scene, clause) > rank(scene, second)) second = clause
  }
  if (second && isSpeaker(scene, second.subject)) return second
  const subject = clauseSubject(scene, body)
  if (subject && (!second || isSpeaker(scene, subject)))
    return { via: 'before', strength: second?.strength ?? 'weak', verb: second?.verb ?? -1, subject }
  return second
}

/** How far from the words a clause that gives them to somebody is looked for. */
const LOOK_TOKENS_MAX = 60

function rank(scene: Scene, { strength, subject }: Clause): number {
  return (isSpeaker(scene, subject) ? 4 : 0) + (strength === 'speech' ? 2 : strength === 'naming' ? 1 : 0)
}

/** "WASHINGTON, Aug. 24 (UPI) — " is no clause. */
function afterDateline({ frame }: Scene, from: number, to: number): number {
  for (let i = from; i < Math.min(to, from + 14); i++) {
    if (/^[—–-]$/.test(frame.tokens[i]?.text ?? '') && frame.tokens[i - 1]?.text === ')') return i + 1
  }
  return from
}

function isSpeaker({ frame }: Scene, subject: Subject | undefined): boolean {
  if (!subject || (subject.kind === 'pronoun' && subject.gender === 'me')) return false
  if (subject.kind !== 'nominal') return true
  const noun = frame.tokens[subject.at]?.lower ?? ''
  return SPEAKER_NOUNS.has(noun) || ROLE_NOUNS.has(noun) || ROLE_NOUNS.has(noun.replace(/s$/, ''))
}

function clauseOf(scene: Scene, i: number, range: Range): Clause | undefined {
  if (accordingTo(scene, i)) {
    const subject = subjectAfter(scene, i + 1, range.to)
    return subject && { via: 'before', strength: 'speech', verb: i, subject }
  }
  const speech = isVerb(scene, i, SPEECH_VERBS)
  if (!speech && !isVerb(scene, i, JUDGING_VERBS)) return
  const subject = actor(scene, i, range)
  const strength = speech ? 'speech' : NAMING_VERBS.has(scene.frame.tokens[i]?.lower ?? '') ? 'naming' : 'judging'
  return subject && { via: 'before', strength, verb: i, subject }
}

function accordingTo({ frame }: Scene, i: number): boolean {
  return frame.tokens[i]?.lower === 'according' && frame.tokens[i + 1]?.lower === 'to'
}

const BE: ReadonlySet<string> = new Set("is are was were be been being am 's 're got".split(' '))

/** The one who speaks: of a passive verb it is the one behind "by". */
function actor(scene: Scene, verb: number, range: Range): Subject | undefined {
  if (!isPassive(scene, verb)) return subjectOf(scene, verb, range)
  const { tokens } = scene.frame
  for (let i = verb + 1; i < range.to && i < verb + 20; i++) {
    if (tokens[i]?.lower === 'by') return subjectAfter(scene, i, range.to)
  }
  return
}

function isPassive({ frame }: Scene, verb: number): boolean {
  const word = frame.tokens[verb]?.lower ?? ''
  if (!/(?:ed|told|said|written|known|taken|seen|given|put|quoted|asked)$/.test(word)) return false
  let i = verb - 1
  while (
    /ly$|^(?:also|not|once|often|later|then|now|never|ever|still|widely|already)$/.test(frame.tokens[i]?.lower ?? '')
  )
    i--
  return BE.has(frame.tokens[i]?.lower ?? '')
}

function clauseAfter(scene: Scene, range: Range): Clause | undefined {
  const { tokens } = scene.frame
  const high = Math.min(range.to, range.from + LOOK_TOKENS_MAX)
  for (let i = range.from; i < high; i++) {
    if (tokens[i]?.kind === 'quote' && i > range.from + 1) break
    if (accordingTo(scene, i)) {
      const subject = subjectAfter(scene, i + 1, high)
      if (subject) return { via: 'after', strength: 'speech', verb: i, subject }
    }
    if (!isFiniteSpeech(scene, i) || isPassive(scene, i)) continue
    const subject = subjectOf(scene, i, { from: range.from - 1, to: high })
    if (subject && !isBound(scene, subject, range.from)) return { via: 'after', strength: 'speech', verb: i, subject }
  }
  return
}

function isFiniteSpeech(scene: Scene, i: number): boolean {
  if (!isVerb(scene, i, SPEECH_VERBS)) return false
  const [before, word] = [scene.frame.tokens[i - 1]?.lower ?? '', scene.frame.tokens[i]?.lower ?? '']
  if (before === 'to') return false
  return !word.endsWith('ing') || BE.has(before)
}

/** A clause that goes on with "and Sol said" or "who said" says something else. */
function isBound({ frame }: Scene, subject: Subject, from: number): boolean {
  const start = subject.kind === 'person' ? subject.mention.roleFrom : subject.at
  const before = frame.tokens[start - 1]
  return start > from && before !== undefined && CLAUSE_WORDS.has(before.lower) && before.lower !== 'as'
}

// ---- words without a clause of their own -----------------------------------------------------------------------

function continued(scene: Scene, index: number, earlier: readonly Attribution[]): Attribution {
  const { frame } = scene
  const at = frame.tokenOf[index] ?? 0
  const here = frame.sentenceOf[at] ?? 0
  const paragraph = frame.sentences[here]?.paragraph ?? 0
  const previousSentence = index > 0 ? (frame.sentenceOf[frame.tokenOf[index - 1] ?? 0] ?? 0) : -1
  const before = frame.sentences[here - 1]
  if (before && before.paragraph === paragraph && previousSentence < here - 1) {
    const led = clauseBefore(scene, { from: before.from, to: before.to })
    if (led && led.subject?.kind !== 'nominal')
      return { ...led, strength: 'weak', via: 'continued', person: personOf(scene, led.subject, earlier) }
  }
  for (let i = index - 1; i >= 0 && i > index - 5; i--) {
    const spoken = earlier[i]
    const gap = paragraph - (frame.sentences[frame.sentenceOf[frame.tokenOf[i] ?? 0] ?? 0]?.paragraph ?? 0)
    if (!spoken || gap > 1) break
    if (spoken.person < 0 && spoken.strength !== 'speech' && gap === 0) continue
    if (spoken.person < 0) break
    return {
      via: 'continued',
      strength: spoken.strength,
      verb: -1,
      person: spoken.person,
      ...(spoken.subject ? { subject: spoken.subject } : {}),
    }
  }
  return NONE
}
