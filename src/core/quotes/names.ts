/** Runs of capitals that may name a person: what is certainly a place, an organisation, a day or a title is left out. */
import {
  DAYS,
  DEMONYMS,
  FEMALE_NAMES,
  FUNCTION_WORDS,
  HONORIFICS,
  LAND_WORDS,
  MALE_NAMES,
  MONTHS,
  NAME_PARTICLES,
  NAME_SUFFIXES,
  ORGANISATION_WORDS,
  OTHER_NAMES,
  PLACES,
  ROLE_GENDERS,
  ROLE_NOUNS,
  START_WORDS,
  SURNAME_ROLES,
} from './lexicon.ts'
import { roleOf } from './roles.ts'
import type { Frame, Token } from './tokens.ts'

export type Gender = 'm' | 'f' | ''

/** A name's tokens, where its title begins, and whether the words alone make it a person. */
export type Candidate = { from: number; to: number; roleFrom: number; sure: boolean; doubtful: boolean; gender: Gender }
/** A longer run of capitals is a headline or a title, not a name. */
const NAME_TOKENS_MAX = 5

/** In reading order; single capitals are included, whoever they are. */
export function findCandidates(frame: Frame): readonly Candidate[] {
  const { tokens } = frame
  const lowerSeen = new Set<string>()
  for (const t of tokens) if (t.kind === 'word' && !t.capital) lowerSeen.add(t.lower)
  const starts = new Set(frame.sentences.map((s) => s.from))
  const found: Candidate[] = []
  let i = 0
  while (i < tokens.length) {
    const t = tokens[i]
    if (t?.kind !== 'word' || !t.capital) {
      i++
      continue
    }
    const to = runEnd(tokens, i)
    const begin = skipFalseStart(tokens, {
      from: i,
      to,
      atStart: starts.has(i) || tokens[i - 1]?.kind === 'quote',
      lowerSeen,
    })
    const candidate = judge(tokens, begin, to)
    if (candidate) found.push({ ...candidate, roleFrom: roleOf(frame, candidate.from).from })
    i = to
  }
  return found
}

function runEnd(tokens: readonly Token[], from: number): number {
  let i = from + 1
  while (i < tokens.length) {
    const t = tokens[i]
    if (t?.kind === 'word' && t.capital && !FUNCTION_WORDS.has(t.lower)) i++
    else if (t?.kind === 'quote' && isNickname(tokens, i)) i++
    else if (t && NAME_PARTICLES.has(t.lower) && particleEnd(tokens, i) > i) i = particleEnd(tokens, i)
    else break
  }
  return i
}

/** Ana "Bee" Sol: one marked word between capitals. */
function isNickname(tokens: readonly Token[], i: number): boolean {
  const [t, next] = [tokens[i], tokens[i + 1]]
  return (
    t !== undefined &&
    t.end - t.start < NICKNAME_CHARS_MAX &&
    next?.kind === 'word' &&
    next.capital &&
    !FUNCTION_WORDS.has(next.lower)
  )
}
const NICKNAME_CHARS_MAX = 14 // with its marks

/** "de la Cruz": small words count when a capital follows. */
function particleEnd(tokens: readonly Token[], from: number): number {
  let i = from
  while (i < from + 3 && NAME_PARTICLES.has(tokens[i]?.lower ?? '')) i++
  return tokens[i]?.kind === 'word' && tokens[i]?.capital ? i : from
}

type Run = Readonly<{ from: number; to: number; atStart: boolean; lowerSeen: ReadonlySet<string> }>

function skipFalseStart(tokens: readonly Token[], { from, to, atStart, lowerSeen }: Run): number {
  let i = from
  while (i < to) {
    const word = tokens[i]?.lower ?? ''
    const common =
      i === from &&
      (atStart || to - from > 1) &&
      lowerSeen.has(word) &&
      !isGiven(word) &&
      !HONORIFICS.has(word) &&
      !ROLE_NOUNS.has(word) &&
      !NAME_PARTICLES.has(word)
    if (!common && !FUNCTION_WORDS.has(word) && !(START_WORDS.has(word) && to - i > 1)) break
    i++
  }
  return i
}

function judge(tokens: readonly Token[], from: number, to: number): Candidate | undefined {
  if (from >= to) return
  const words = tokens.slice(from, to).map((t) => t.lower)
  const cut = nameStart(words)
  if (cut >= words.length) return
  const title = words[cut - 1] ?? titleBefore(tokens, from)
  const titled = HONORIFICS.has(title) || ROLE_NOUNS.has(title)
  const name = words.slice(cut)
  const bare = name.filter((w) => !NAME_SUFFIXES.has(w))
  if (bare.length === 0 || bare.length > NAME_TOKENS_MAX) return
  const given = isGiven(bare[0] ?? '') && bare.length > 1
  const strict = HONORIFICS.has(title)
  const doubtful = bare.length === 1 && (DEMONYMS.has(bare[0] ?? '') || START_WORDS.has(bare[0] ?? ''))
  if (!strict && !doubtful && isNobody(bare, tokens.slice(from + cut, to), given || (titled && bare.length > 1))) return
  const gender = genderOf({ title, first: bare[0] ?? '' })
  return { from: from + cut, to, roleFrom: from + cut, sure: titled || given, doubtful: doubtful && !strict, gender }
}

/** "spokesman Sol", and "his wife, Ana,": the job or relation that stands right before. */
function titleBefore(tokens: readonly Token[], from: number): string {
  const before = tokens[from - 1]
  if (before?.text === ',' && RELATIVES.test(tokens[from - 2]?.lower ?? '')) return tokens[from - 2]?.lower ?? ''
  return before?.lower ?? ''
}
const RELATIVES =
  /^(?:wife|husband|son|daughter|brother|sister|mother|father|spokesman|spokeswoman|manager|lawyer|aide)$/

/** Index of the first word of the name proper: behind titles, offices, peoples, parties; at a given name if there is one. */
function nameStart(words: readonly string[]): number {
  if (isGiven(words[0] ?? '') && words.length > 1 && !HONORIFICS.has(words[0] ?? '')) return 0
  let cut = 0
  for (let i = 0; i < words.length; i++) {
    const w = words[i] ?? ''
    const last = i === words.length - 1
    if (
      last &&
      i > 0 &&
      cut === 0 &&
      SURNAME_ROLES.has(w) &&
      !ORGANISATION_WORDS.has(words[0] ?? '') &&
      !PLACES.has(words[0] ?? '')
    )
      break
    if (HONORIFICS.has(w) || ROLE_NOUNS.has(w) || (DEMONYMS.has(w) && !last)) {
      if (last && i > 0 && HONORIFICS.has(words[i - 1] ?? '')) break // "Mr. King"
      if (last && i > 0 && cut < i && isGiven(words[cut] ?? '')) break // "Rep. Steve King"
      cut = i + 1
    }
  }
  for (let i = cut + 1; i < words.length - 1; i++)
    if (
      isGiven(words[i] ?? '') &&
      !words.slice(cut, i).some((w) => isGiven(w) || isInitial(w) || NAME_PARTICLES.has(w))
    )
      return i
  return cut
}

function isGiven(word: string): boolean {
  return MALE_NAMES.has(word) || FEMALE_NAMES.has(word) || OTHER_NAMES.has(word)
}
function isInitial(word: string): boolean {
  return /^\p{L}\.$/u.test(word) || /^(?:\p{L}\.){2}$/u.test(word)
}

function isNobody(words: readonly string[], tokens: readonly Token[], likely: boolean): boolean {
  const last = words.at(-1) ?? ''
  if (words.length === 1 && (DEMONYMS.has(last) || DAYS.has(last) || MONTHS.has(last) || last.length < 2)) return true
  if (words.some((w) => DAYS.has(w) || ADJECTIVE.test(w))) return true
  if (
    !likely &&
    tokens.some(
      (t) => /^[\p{Lu}\p{N}&.-]{2,}$/u.test(t.text) && !isInitial(t.lower) && !/^[A-Z]\.[A-Z]\.?$/.test(t.text),
    )
  )
    return true
  if (likely) return ORGANISATION_WORDS.has(last) && words.length > 2
  return (
    words.some((w) => ORGANISATION_WORDS.has(w) || ORGANISATION_WORDS.has(w.replace(/-.*/, ''))) ||
    PLACES.has(words.slice(0, 2).join(' ')) ||
    words.some((w) => PLACES.has(w) && words.length > 1) ||
    LAND_WORDS.has(last)
  )
}

/** "Moscow-based", "state-led": no part of a name. */
const ADJECTIVE =
  /-(?:linked|based|backed|led|born|style|era|affiliated|controlled|funded|trained|occupied|leaning|aligned|wide|american)$/

function genderOf({ title, first }: Readonly<{ title: string; first: string }>): Gender {
  const byTitle = HONORIFICS.get(title) || ROLE_GENDERS.get(title)
  if (byTitle) return byTitle
  const [m, f] = [MALE_NAMES.has(first), FEMALE_NAMES.has(first)]
  if (m === f || OTHER_NAMES.has(first)) return ''
  return m ? 'm' : 'f'
}
