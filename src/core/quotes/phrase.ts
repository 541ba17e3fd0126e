/** Small phrases: what is a verb, where a phrase begins, and which word is its head. English news; other languages share most of it. */
import {
  AUXILIARIES,
  CLAUSE_WORDS,
  DAYS,
  MONTHS,
  NOT_ADVERBS,
  PREPOSITIONS,
  PRONOUNS,
  ROLE_NOUNS,
  SPEAKER_NOUNS,
  TIME_UNITS,
} from './lexicon.ts'
import type { Cast, Mention } from './people.ts'
import type { Frame, Token } from './tokens.ts'
import { FOREIGN_VERBS, NOUN_FORMS, SPEECH_VERBS } from './verbs.ts'

export type Subject = Readonly<
  | { kind: 'person'; at: number; mention: Mention }
  | { kind: 'pronoun'; at: number; gender: 'm' | 'f' | 'n' | 'plural' | 'me' }
  | { kind: 'nominal'; at: number } // "the spokesman": at is its noun
>

export type Scene = Readonly<{ frame: Frame; cast: Cast }>
export type Range = Readonly<{ from: number; to: number }>

const DETERMINERS: ReadonlySet<string> = new Set(
  "the a an this these those his her its their my our your one some another such no any each every 's".split(' '),
)

export function isVerb({ frame, cast }: Scene, i: number, verbs: ReadonlySet<string>): boolean {
  const t = frame.tokens[i]
  if (t?.kind !== 'word' || !verbs.has(t.lower)) return false
  if (FOREIGN_VERBS.has(t.lower)) return !t.capital
  if (t.capital && !atSentenceStart(frame, i)) return /^[A-Z][a-z]+ed$/.test(t.text) // "Smith Tweeted on Friday"
  const before = frame.tokens[i - 1]?.lower ?? ''
  if (DETERMINERS.has(before) || (before === 'of' && !t.lower.endsWith('ing'))) return false
  if (/^(?:continue|begin|began|plan|refuse)/.test(t.lower) && frame.tokens[i + 1]?.lower === 'to') return false
  if (t.lower === 'put') return frame.tokens[i + 1]?.lower === 'it' // "as Sol put it"
  return !NOUN_FORMS.has(t.lower) || hasSubjectBeside({ frame, cast }, i)
}

function hasSubjectBeside(scene: Scene, i: number): boolean {
  const { tokens } = scene.frame
  const before = tokens[i - 1]
  if (!before) return false
  if (
    PRONOUNS.has(before.lower) ||
    /^(?:to|who|they|you|also|and|could|would|will|might|may|can|has|have|had|often|later)$/.test(before.lower)
  )
    return true
  const j = skipBack(scene, i - 1, Math.max(0, i - 4))
  if (PRONOUNS.has(tokens[j]?.lower ?? '') || tokens[j]?.lower === 'who') return true
  const mention = mentionAt(scene, j)
  if (mention !== undefined && mention.to === j + 1) return true
  const next = tokens[i + 1]
  return SPEAKER_NOUNS.has(before.lower) && (next?.kind === 'quote' || next?.text === ':' || next?.text === ',')
}

function atSentenceStart(frame: Frame, i: number): boolean {
  return frame.sentences[frame.sentenceOf[i] ?? 0]?.from === i
}

export function skipBack({ frame }: Scene, start: number, from: number): number {
  let i = start
  while (i >= from && frame.tokens[i] !== undefined && isAdverbial(frame.tokens[i])) i--
  return i
}

export function isAdverbial(token: Token | undefined): boolean {
  if (token?.kind !== 'word') return false
  if (AUXILIARIES.has(token.lower)) return true
  return !token.capital && token.lower.endsWith('ly') && !NOT_ADVERBS.has(token.lower)
}

/** A pronoun or a name that ends at `j` and stands under no preposition. */
export function direct(scene: Scene, j: number): Subject | undefined {
  const { tokens } = scene.frame
  const gender = pronounAt(scene, j)
  if (gender) return hangs(tokens[j - 1]) ? undefined : { kind: 'pronoun', at: j, gender }
  const mention = mentionAt(scene, j)
  if (!mention || mention.to !== j + 1 || mention.possessive) return
  const before = tokens[mention.roleFrom - 1]
  if (hangs(before) && governed(scene, mention.roleFrom - 1)) return
  if (before && /^(?:the|a)$/.test(before.lower)) {
    const prior = tokens[mention.roleFrom - 2]
    if (hangs(prior) && governed(scene, mention.roleFrom - 2)) return
  }
  return { kind: 'person', at: mention.from, mention }
}

/** "il" is "he" in French and an article in Italian. */
function pronounAt({ frame: { tokens } }: Scene, i: number): ReturnType<typeof PRONOUNS.get> {
  const word = tokens[i]?.lower ?? ''
  const next = tokens[i + 1]
  if (word === 'il' && next?.kind === 'word' && !AUXILIARIES.has(next.lower) && !FOREIGN_VERBS.has(next.lower)) return
  return PRONOUNS.get(word)
}

/** A preposition that cannot as well begin a clause ("after Sol said"). */
export function hangs(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    PREPOSITIONS.has(token.lower) &&
    !/^(?:after|before|since|until|as|than|like)$/.test(token.lower)
  )
}

/** Whether the preposition at `i` hangs on a noun before it; at the start of a clause it does not. */
function governed({ frame }: Scene, i: number): boolean {
  const before = frame.tokens[i - 1]
  return (
    before !== undefined && before.kind !== 'paragraph' && before.kind !== 'quote' && !/^[,.;:!?—–-]$/.test(before.text)
  )
}

export function mentionAt({ cast }: Scene, i: number): Mention | undefined {
  return cast.mentions[cast.mentionAt[i] ?? -1]
}

export function chunkStart(scene: Scene, j: number, low: number): number {
  let i = j
  while (i > low && !isBoundary(scene, i - 1)) i--
  return i
}

export function isBoundary(scene: Scene, i: number): boolean {
  const t = scene.frame.tokens[i]
  if (!t || t.kind === 'paragraph' || t.kind === 'quote') return true
  if (t.kind === 'punctuation') return !/^[&$£€%#@/’'-]$/.test(t.text)
  if (mentionAt(scene, i)) return false
  if (
    CLAUSE_WORDS.has(t.lower) &&
    t.lower !== 'as' &&
    t.lower !== 'than' &&
    !/^(?:after|before|since|until)$/.test(t.lower)
  )
    return true
  return isVerb(scene, i, SPEECH_VERBS)
}

/** The head of a noun phrase with what hangs on it: "a spokesman for Mr. Sol" is the spokesman, "Mr. Sol of Lum" is Mr. Sol. */
export function headOf(scene: Scene, { from, to }: Range): Subject | undefined {
  const { tokens } = scene.frame
  let nominal = -1
  let i = from
  while (i < to) {
    const t = tokens[i]
    if (!t) break
    const mention = mentionAt(scene, i)
    if (mention && mention.from >= from && mention.to <= to) {
      if (!mention.possessive && !isModifier(scene, mention.to, to)) {
        const later = mentionAt(scene, mention.to + 1)
        const apposed =
          later &&
          later.roleFrom <= mention.to + 1 &&
          later.to <= to &&
          tokens[mention.to]?.kind === 'word' &&
          !tokens[mention.to]?.capital &&
          !isJoint(tokens[mention.to])
            ? later
            : mention
        return { kind: 'person', at: apposed.from, mention: apposed }
      }
      nominal = mention.to - 1
      i = mention.to
      continue
    }
    const gender = pronounAt(scene, i)
    if (gender && nominal < 0) return { kind: 'pronoun', at: i, gender }
    if (PREPOSITIONS.has(t.lower)) {
      if (nominal >= 0) break
      const end = phraseEnd(scene, i, to)
      if (end >= to) return
      i = end
      continue
    }
    if (
      t.kind === 'word' &&
      !isAdverbial(t) &&
      !DETERMINERS.has(t.lower) &&
      !isTime(t) &&
      !CLAUSE_WORDS.has(t.lower) &&
      !/^(?:last|this|next|ago)$/.test(t.lower)
    )
      nominal = i
    i++
  }
  return nominal >= 0 ? { kind: 'nominal', at: nominal } : undefined
}

/** Where a prepositional phrase at the start of a clause ends: before the next name or pronoun, if one follows its noun. */
function phraseEnd(scene: Scene, at: number, to: number): number {
  const { tokens } = scene.frame
  for (let i = at + 1; i < to; i++) {
    const mention = mentionAt(scene, i)
    if (PRONOUNS.has(tokens[i]?.lower ?? '')) return i
    if (
      mention &&
      i > at + 1 &&
      !PREPOSITIONS.has(tokens[i - 1]?.lower ?? '') &&
      !DETERMINERS.has(tokens[i - 1]?.lower ?? '')
    )
      return i
    if (mention) i = mention.to - 1
  }
  return to
}

export function isJoint(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (PREPOSITIONS.has(token.lower) ||
      CLAUSE_WORDS.has(token.lower) ||
      SPEECH_VERBS.has(token.lower) ||
      isAdverbial(token) ||
      isTime(token) ||
      /(?:ed|s)$/.test(token.lower))
  )
}

/** A noun that a name before it only qualifies: "Sol aides", "the Sol campaign". */
function isModifier(scene: Scene, i: number, to: number): boolean {
  const t = scene.frame.tokens[i]
  if (i >= to || t?.kind !== 'word') return false
  if (t.capital) return true
  return ROLE_NOUNS.has(t.lower) || ROLE_NOUNS.has(t.lower.replace(/s$/, '')) || QUALIFIED.has(t.lower)
}

const QUALIFIED: ReadonlySet<string> = new Set(
  `campaign campaigns administration team camp operation organization organisation staff people backers loyalists era rally
rallies fan fans surrogate surrogates website memo email emails statement spokespeople family estate company foundation government regime
presidency delegation lawyers ad ads policy plan proposal supporters allies`.split(/\s+/),
)

export function isTime(token: Token | undefined): boolean {
  return token !== undefined && (DAYS.has(token.lower) || MONTHS.has(token.lower) || TIME_UNITS.has(token.lower))
}
