/** The clause that gives marked words to somebody, in the languages of `tongues/`: what stands behind the words ("..., said Sol"), or
 *  before them ("Sol said that ..."), by the verbs and names of that language and little grammar beside. */
import type { Frame, Token } from '../tokens.ts'
import { isAlike } from './alike.ts'
import type { Cast, Mention } from './cast.ts'
import { isRole } from './names.ts'
import type { Gender, Tongue } from './tongue.ts'

export type Scene = Readonly<{ frame: Frame; cast: Cast; tongue: Tongue }>

/** Whom a clause means. `dropped`: the verb alone, whose subject is the one spoken of. */
export type Who = Readonly<
  | { kind: 'person'; person: number }
  | { kind: 'pronoun' | 'dropped'; gender: Gender; at: number }
  | { kind: 'role'; at: number }
  | { kind: 'nobody' }
>
/** `sure`: a verb of speech, or a colon, gives the words to somebody. */
export type Clause = Readonly<{ who: Who; verb: number; sure: boolean }>

const NOBODY: Who = { kind: 'nobody' }
/** A verb that gives words to somebody stands so near behind them. */
const NEAR_TOKENS = 6
/** No clause that names its speaker is longer; keeps hostile text linear. */
const REACH_TOKENS = 60

type Range = Readonly<{ from: number; to: number }>

/** "..., said Ana Sol", "... dedi" */
export function clauseBehind(scene: Scene, index: number): Clause | undefined {
  const { tokens, sentences, sentenceOf, tokenOf } = scene.frame
  const at = tokenOf[index] ?? 0
  const to = Math.min(sentences[sentenceOf[at] ?? 0]?.to ?? at, at + REACH_TOKENS)
  let from = at + 1
  while (from < to && /^[,—–-]$/.test(tokens[from]?.text ?? '')) from++
  if (tokens[from]?.lower === 'so' && scene.tongue.nounsCapital) {
    const mention = mentionIn(scene, { from, to: from + NEAR_TOKENS }, false)
    if (mention) return { who: { kind: 'person', person: mention.person }, verb: from, sure: true }
  }
  for (let i = from; i < Math.min(to, from + NEAR_TOKENS); i++) {
    const token = tokens[i]
    if (token?.kind === 'quote' || /^[:;.?!]$/.test(token?.text ?? '')) return
    if (isVerb(scene, i)) return { who: subjectOf(scene, i, { from, to }), verb: i, sure: true }
  }
  return
}

/** "Ana Sol said that ...", "according to Ana Sol ...", "Ana Sol: ..." */
export function clauseBefore(scene: Scene, range: Range): Clause | undefined {
  const { tokens } = scene.frame
  const from = Math.max(range.from, range.to - REACH_TOKENS)
  const body = { from, to: range.to }
  const according = accordingIn(scene, body)
  if (according) return according
  const colon = tokens[range.to - 1]?.text === ':'
  for (let i = range.to - 1; i >= from; i--) {
    if (isVerb(scene, i)) return { who: subjectOf(scene, i, body), verb: i, sure: true }
  }
  const mention = mentionIn(scene, body, false) ?? (colon ? mentionIn(scene, body, true) : undefined)
  if (mention) return { who: { kind: 'person', person: mention.person }, verb: -1, sure: colon }
  const pronoun = pronounIn(scene, body)
  if (pronoun) return { who: pronoun, verb: -1, sure: colon }
  return colon ? { who: { kind: 'dropped', gender: '', at: from }, verb: -1, sure: true } : undefined
}

/** French turns the clause round: "raconte-t-elle", "a-t-il dit". */
const TURNED = /^(\p{L}+)-(?:t-)?(ils?|elles?|on)$/u

export function isVerb({ frame: { tokens }, tongue }: Scene, i: number): boolean {
  const token = tokens[i]
  if (token?.kind !== 'word' || (token.capital && tokens[i - 1]?.kind === 'word')) return false
  const turned = TURNED.exec(token.lower)
  if (turned) return tongue.verbs.has(turned[1] ?? '') || /^(?:a|ont|avait)$/.test(turned[1] ?? '')
  return tongue.verbs.has(token.lower)
}

// ---- the subject ------------------------------------------------------------------------------------------------

function subjectOf(scene: Scene, verb: number, { from, to }: Range): Who {
  const { tokens } = scene.frame
  const { tongue } = scene
  const form = tokens[verb]?.lower ?? ''
  if (tongue.impersonal.has(form)) return NOBODY
  const turned = TURNED.exec(form)?.[2]
  if (turned) return turned === 'il' || turned === 'elle' ? pronoun(turned === 'il' ? 'm' : 'f', verb) : NOBODY
  const start = clauseStart(scene, verb, from)
  const before = mentionIn(scene, { from: start, to: verb }, false)
  if (before) return { kind: 'person', person: before.person }
  const spoken = pronounIn(scene, { from: start, to: verb })
  if (spoken) return spoken
  const behind = subjectBehind(scene, verb, to)
  if (behind) return behind
  if (start > from) {
    const governor = mentionIn(scene, { from, to: start }, false)
    if (governor) return { kind: 'person', person: governor.person }
  }
  if (tongue.plural?.test(form)) return NOBODY
  return nominalBefore(scene, start, verb) ?? { kind: 'dropped', gender: tongue.verbGender(form), at: verb }
}

function pronoun(gender: Gender, at: number): Who {
  return { kind: 'pronoun', gender, at }
}

/** Behind the last word before the verb that begins a clause of its own, if a comma stands before that. */
function clauseStart({ frame: { tokens }, tongue }: Scene, verb: number, from: number): number {
  for (let i = verb - 1; i > from; i--) {
    if (tokens[i]?.kind === 'quote' || tokens[i]?.text === ';') return i + 1
    if (tongue.subordinators.has(tokens[i]?.lower ?? '') && tokens[i - 1]?.text === ',') return i + 1
  }
  return from
}

/** "said the mayor, Ana Sol, on Monday": the first name that hangs on nothing, up to the next clause. */
function subjectBehind(scene: Scene, verb: number, limit: number): Who | undefined {
  const { tokens } = scene.frame
  const to = clauseEnd(scene, verb, limit)
  const near = pronounIn(scene, { from: verb + 1, to: Math.min(to, verb + 4) })
  const mention = mentionIn(scene, { from: verb + 1, to }, false)
  if (near && !(mention && near.kind === 'pronoun' && mention.from < near.at)) return near
  if (mention) return { kind: 'person', person: mention.person }
  for (let i = verb + 1; i < Math.min(to, verb + 5); i++) {
    const token = tokens[i]
    if (token?.kind !== 'word' || scene.tongue.prepositions.has(token.lower)) return
    if (isRole(token, scene.tongue)) return { kind: 'role', at: i }
  }
  return
}

function clauseEnd({ frame: { tokens }, tongue }: Scene, verb: number, limit: number): number {
  for (let i = verb + 1; i < limit; i++) {
    const token = tokens[i]
    if (!token || token.kind === 'paragraph' || /^[:;—–]$/.test(token.text)) return i
    if (token.kind === 'quote' && tokens[i - 1]?.kind !== 'word') return i
    const parted = tokens[i - 1]?.text === ',' || !tongue.nounsCapital // "der" is an article as often
    if (i > verb + 1 && parted && tongue.subordinators.has(token.lower)) return i
  }
  return limit
}

/** A noun before the verb is its subject, whoever that may be: then nobody is named, or the one who bears that office. */
function nominalBefore({ frame: { tokens }, tongue }: Scene, from: number, verb: number): Who | undefined {
  let start = verb
  while (start > from && tokens[start - 1]?.text !== ',' && tokens[start - 1]?.kind !== 'quote') start--
  const words = tokens.slice(start, verb).filter(({ kind }) => kind === 'word')
  if (words.length === 0 || tongue.prepositions.has(words[0]?.lower ?? '')) return
  const nouns = words.filter(({ lower }) => !tongue.functions.has(lower) && !/ment(?:e)?$/.test(lower))
  if (nouns.length === 0) return
  const office = nouns.length <= 2 ? nouns.find((token) => isRole(token, tongue)) : undefined
  const at = office ? tokens.indexOf(office, start) : -1
  return at >= 0 ? { kind: 'role', at } : NOBODY
}

// ---- according to -----------------------------------------------------------------------------------------------

/** "his", "her" in "за її словами": whose words they are. */
const WHOSE: ReadonlyMap<string, Gender> = new Map([
  ['його', 'm'],
  ['її', 'f'],
  ['его', 'm'],
  ['её', 'f'],
  ['ее', 'f'],
  ['jego', 'm'],
  ['jej', 'f'],
])
/** The name follows so near. */
const NAME_REACH_TOKENS = 8

function accordingIn(scene: Scene, { from, to }: Range): Clause | undefined {
  const { frame, tongue, cast } = scene
  for (let i = to - 1; i >= from; i--) {
    const lower = frame.tokens[i]?.lower ?? ''
    if (tongue.accordingBehind.has(lower)) {
      const mention = cast.mentions[cast.mentionAt[i - 1] ?? -1] ?? cast.mentions[cast.mentionAt[i - 2] ?? -1]
      if (mention) return { who: { kind: 'person', person: mention.person }, verb: i, sure: true }
    }
    for (const phrase of tongue.according) {
      const clause = accordingAt(scene, { from: i, to }, phrase)
      if (clause) return clause
    }
  }
  return
}

function accordingAt(scene: Scene, { from, to }: Range, phrase: readonly string[]): Clause | undefined {
  const { tokens } = scene.frame
  if (tokens[from]?.lower !== phrase[0]) return
  const whose = WHOSE.get(tokens[from + 1]?.lower ?? '')
  if (whose !== undefined && tokens[from + 2]?.lower === phrase.at(-1))
    return { who: pronoun(whose, from), verb: from, sure: true }
  if (!phrase.every((word, k) => tokens[from + k]?.lower === word)) return
  const after = from + phrase.length
  const end = nameLimit(tokens, after, to)
  const mention = mentionIn(scene, { from: after, to: end }, true)
  if (mention) return { who: { kind: 'person', person: mention.person }, verb: from, sure: true }
  const spoken = pronounIn(scene, { from: after, to: after + 1 })
  return spoken ? { who: spoken, verb: from, sure: true } : undefined
}

function nameLimit(tokens: readonly Token[], from: number, to: number): number {
  let i = from
  while (i < Math.min(to, from + NAME_REACH_TOKENS) && (tokens[i]?.kind === 'word' || tokens[i]?.text === '.')) i++
  return i
}

// ---- names and pronouns -----------------------------------------------------------------------------------------

/** The first mention of the range; one under a preposition or with a case counts only where `any`. */
export function mentionIn({ cast }: Scene, { from, to }: Range, any: boolean): Mention | undefined {
  for (let i = from; i < to; i++) {
    const mention = cast.mentions[cast.mentionAt[i] ?? -1]
    if (mention && mention.from >= from && (any || !mention.oblique)) return mention
    if (mention) i = Math.max(i, mention.to - 1)
  }
  return
}

function pronounIn({ frame: { tokens }, tongue }: Scene, { from, to }: Range): Who | undefined {
  for (let i = to - 1; i >= from; i--) {
    const token = tokens[i]
    const gender = token?.kind === 'word' ? tongue.pronouns.get(token.lower) : undefined
    if (gender !== undefined) return pronoun(gender, i)
  }
  return
}

/** The person last spoken of before `at` who bears the office at `role`: "dodał wójt". */
export function bearerOf({ frame: { tokens }, cast, tongue }: Scene, role: number): number {
  const noun = tokens[role]?.lower ?? ''
  const last = lastMention(cast.mentions, role)
  for (let i = last; i >= 0 && i > last - MENTIONS_BACK_MAX; i--) {
    const mention = cast.mentions[i]
    if (!mention) break
    const words = cast.people[mention.person]?.role.toLowerCase().split(/[\s-]+/) ?? []
    if (words.some((word) => isAlike(word, noun, tongue))) return mention.person
  }
  return -1
}
/** Names further back are not looked at. */
const MENTIONS_BACK_MAX = 60

/** Index of the last mention that begins before token `at`, or -1. */
export function lastMention(mentions: readonly Mention[], at: number): number {
  let [low, high] = [0, mentions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((mentions[middle]?.from ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low - 1
}
