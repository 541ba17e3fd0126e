/** The clause that gives marked words to somebody: before them ("Sol said that"), after them (", Sol said"), or a name with a colon. */
import { CLAUSE_WORDS, ROLE_NOUNS, SPEAKER_NOUNS } from './lexicon.ts'
import { headOf, isVerb, type Range, type Scene, type Subject } from './phrase.ts'
import { clauseSubject, startOf, subjectAfter, subjectOf } from './subject.ts'
import { endOfWords } from './tokens.ts'
import { JUDGING_VERBS, NAMING_VERBS, SPEECH_NOUNS, SPEECH_VERBS } from './verbs.ts'

export type Clause = Readonly<{
  via: 'before' | 'after'
  /** How sure it makes that words were said: a verb of speech, a verb that names or judges somebody, or only a subject. */
  strength: 'speech' | 'naming' | 'judging' | 'weak'
  /** Token of the verb, -1 without. */
  verb: number
  subject: Subject
}>

/** The clause of the same sentence that speaks the marked words; a clause before embedded words wins over one behind them. */
export function ownClause(scene: Scene, index: number): Clause | undefined {
  const { frame } = scene
  const at = frame.tokenOf[index] ?? 0
  const sentence = frame.sentences[frame.sentenceOf[at] ?? 0]
  if (!sentence) return
  const agent = agentBehind(scene, at)
  if (agent) return agent
  const before = clauseBefore(scene, { from: leadStart(scene, sentence.from), to: at })
  if (before?.strength === 'speech' || (before?.strength === 'naming' && before.subject?.kind !== 'nominal'))
    return before
  return (
    clauseAfter(scene, index, { from: at + 1, to: sentence.to }) ??
    plainAfter(scene, index, sentence.to) ??
    signature(scene, index) ??
    before
  )
}

/** "was called "..." by Ana Sol": the one behind a passive verb that names. */
function agentBehind(scene: Scene, at: number): Clause | undefined {
  const { tokens } = scene.frame
  if (tokens[at + 1]?.lower !== 'by') return
  for (let i = at - 1; i > at - AGENT_REACH_TOKENS && tokens[i]?.kind === 'word'; i--) {
    if (!NAMING_VERBS.has(tokens[i]?.lower ?? '') || !isPassive(scene, i)) continue
    const subject = subjectAfter(scene, at + 1, at + LOOK_TOKENS_MAX)
    return subject && { via: 'after', strength: 'naming', verb: i, subject }
  }
  return
}
/** The verb stands so near before the words. */
const AGENT_REACH_TOKENS = 7

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

/** A sentence that is nothing but the quotation is led by the paragraph before, where that ends in a colon.
 *  @param from - where the sentence begins */
export function leadStart({ frame }: Scene, from: number): number {
  const [colon, mark] = [frame.tokens[from - 2], frame.tokens[from - 1]]
  if (mark?.kind !== 'paragraph' || colon?.text !== ':') return from
  return frame.sentences[frame.sentenceOf[from - 2] ?? 0]?.from ?? from
}

/** The clause in a range of tokens that gives what follows it to somebody. */
export function clauseBefore(scene: Scene, range: Range): Clause | undefined {
  const low = Math.max(range.from, range.to - LOOK_TOKENS_MAX)
  const body = { from: afterDateline(scene, low, range.to), to: range.to }
  const named = transcript(scene, body)
  if (named) return named
  let second: Clause | undefined
  for (let i = body.to - 1; i >= body.from; i--) {
    const clause = clauseOf(scene, i, body)
    if (!clause) continue
    if (clause.strength === 'speech' && isSpeaker(scene, clause.subject)) return clause
    if (clause.verb === i && clause.strength === 'naming' && i >= body.to - 3 && isSpeaker(scene, clause.subject))
      return clause
    if (!second || rank(scene, clause) > rank(scene, second)) second = clause
  }
  if (second && isSpeaker(scene, second.subject)) return second
  const subject = clauseSubject(scene, body)
  if (subject && (!second || isSpeaker(scene, subject)))
    return { via: 'before', strength: second?.strength ?? 'weak', verb: second?.verb ?? -1, subject }
  return second
}

/** "Ana Sol: ..." */
function transcript({ frame, cast }: Scene, { from, to }: Range): Clause | undefined {
  if (frame.tokens[to - 1]?.text !== ':') return
  const mention = cast.mentions[cast.mentionAt[to - 2] ?? -1]
  if (!mention || mention.to !== to - 1 || mention.possessive) return
  const before = frame.tokens[mention.roleFrom - 1]
  const alone =
    mention.roleFrom <= from || before?.kind !== 'word' || before.lower === 'and' || mention.roleFrom - from < 4
  return alone
    ? { via: 'before', strength: 'speech', verb: -1, subject: { kind: 'person', at: mention.from, mention } }
    : undefined
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
  const { tokens } = scene.frame
  const word = tokens[i]?.lower ?? ''
  const reach = tokens[i + 1]?.lower === 'that' ? NOUN_THAT_REACH_TOKENS : NOUN_REACH_TOKENS
  if (SPEECH_NOUNS.has(word) && range.to - i <= reach) {
    const subject = possessor(scene, i)
    if (subject) return { via: 'before', strength: 'speech', verb: i, subject }
  }
  if (
    word === 'back' &&
    /^(?:fired|shot|hit|struck|pushed|punched|fought|came|bit|clapped|snapped)$/.test(tokens[i - 1]?.lower ?? '')
  ) {
    const subject = subjectOf(scene, i - 1, range)
    return subject && { via: 'before', strength: 'speech', verb: i - 1, subject }
  }
  const speech = isVerb(scene, i, SPEECH_VERBS)
  if (!speech && !isVerb(scene, i, JUDGING_VERBS)) return
  const subject = actor(scene, i, range)
  const finite = tokens[i - 1]?.lower !== 'to'
  const strength = speech && finite ? 'speech' : NAMING_VERBS.has(word) ? 'naming' : 'judging'
  return subject && { via: 'before', strength, verb: i, subject }
}

/** "Sol's comment Monday that": so near must the noun stand to the words. */
const NOUN_REACH_TOKENS = 4
const NOUN_THAT_REACH_TOKENS = 8

/** Whose word a noun of speech is: "Sol's recent claim", "his response". */
function possessor({ frame, cast }: Scene, noun: number): Subject | undefined {
  for (let i = noun - 1; i >= 0 && i >= noun - 3; i--) {
    const t = frame.tokens[i]
    if (t?.kind !== 'word') return
    if (t.lower === 'his' || t.lower === 'her') return { kind: 'pronoun', at: i, gender: t.lower === 'his' ? 'm' : 'f' }
    const mention = cast.mentions[cast.mentionAt[i - 1] ?? -1]
    if (t.lower === "'s") return mention && mention.to === i ? { kind: 'person', at: mention.from, mention } : undefined
  }
  return
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

function clauseAfter(scene: Scene, index: number, range: Range): Clause | undefined {
  const { tokens } = scene.frame
  const high = Math.min(range.to, range.from + LOOK_TOKENS_MAX)
  // Words that end their own sentence are followed by their clause at once, or not at all.
  const atOnce =
    tokens[range.from]?.capital === true && /[.?!…]/.test(endOfWords(scene.frame.text, scene.frame.marked[index]))
  for (let i = range.from; i < high; i++) {
    const inner = tokens[i]
    if (inner?.kind === 'quote' && i > range.from + 1 && inner.end - inner.start > NAME_CHARS_MAX) break
    if (atOnce && tokens[i]?.text === ',' && !scene.cast.mentions[scene.cast.mentionAt[i - 1] ?? -1]) break
    if (accordingTo(scene, i)) {
      const subject = subjectAfter(scene, i + 1, high)
      if (subject) return { via: 'after', strength: 'speech', verb: i, subject }
    }
    if (!isFiniteSpeech(scene, i) || isPassive(scene, i)) continue
    const subject = subjectOf(scene, i, { from: range.from - 1, to: high })
    if (!subject || (atOnce && startOf(subject) > range.from + 1 && i > range.from)) continue
    if (!isBound(scene, subject, range.from)) return { via: 'after', strength: 'speech', verb: i, subject }
  }
  return
}

/** Marked words up to so long, marks and all, may be a name or a title inside the clause. */
const NAME_CHARS_MAX = 24

function isFiniteSpeech(scene: Scene, i: number): boolean {
  if (!isVerb(scene, i, SPEECH_VERBS)) return false
  const [before, word] = [scene.frame.tokens[i - 1]?.lower ?? '', scene.frame.tokens[i]?.lower ?? '']
  if (before === 'to') return false
  return !word.endsWith('ing') || BE.has(before)
}

/** A clause that goes on with "and Sol said" or "who said" says something else. */
function isBound({ frame, cast }: Scene, subject: Subject, from: number): boolean {
  const start = startOf(subject)
  const before = frame.tokens[start - 1]
  if (start <= from || before === undefined || !CLAUSE_WORDS.has(before.lower) || before.lower === 'as') return false
  return before.lower !== 'and' || cast.mentionAt[start - 2] === -1 // "Ana Sol and Bo Lum wrote" is one subject
}
