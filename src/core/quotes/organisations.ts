/** Organisations that speak for themselves: "the Foreign Ministry said". They are no persons of the cast: a pronoun never means one,
 *  and where a person is named as well, the person said it. */
import {
  CLAUSE_WORDS,
  DAYS,
  DEMONYMS,
  FUNCTION_WORDS,
  HONORIFICS,
  MONTHS,
  ORGANISATION_WORDS,
  PLACES,
  PREPOSITIONS,
  ROLE_NOUNS,
} from './lexicon.ts'
import { isAdverbial, isTime, type Range } from './phrase.ts'
import type { Frame, Token } from './tokens.ts'
import { SPEECH_VERBS } from './verbs.ts'

/** Longer runs of capitals are headlines. */
const NAME_TOKENS_MAX = 7
/** How far back "the ministry" may mean a ministry that was named. */
const BACK_TOKENS_MAX = 400

/** Media are sources, not speakers: what "the Gazette reported" somebody else said. */
const MEDIA: ReadonlySet<string> = new Set(
  `post news journal herald tribune gazette guardian telegraph examiner globe chronicle observer magazine radio television tv times
today daily weekly monthly review report press media online website cnn msnbc nbc cbs abc fox bbc npr pbs espn ap afp reuters bloomberg
breitbart politico buzzfeed tass ria dpa ansa efe facebook twitter instagram youtube google`.split(/\s+/),
)
/** In capitals, and nobody that speaks. */
const LABELS = /^(?:TV|CEO|CFO|COO|VP|PM|MP|MPS|UK|US|USA|EU|UAE|GDP|AM|FAQ|DNA|COVID|NEW|THE)$/
/** What may be said of one that was named before: "the ministry", "the alliance". */
const COMMON: ReadonlySet<string> = new Set(
  `university college institute academy association foundation committee commission council parliament department ministry agency bureau
court tribunal party union league alliance coalition federation organization organisation society corporation bank fund authority
army navy police board church hospital`.split(/\s+/),
)

/** The organisation whose name the token at `at` belongs to, or that it means ("the ministry" after "the Foreign Ministry"); '' for
 *  any other noun. */
export function organisationAt(frame: Frame, at: number): string {
  const token = frame.tokens[at]
  if (token?.kind !== 'word') return ''
  if (token.capital) {
    const { from, to } = rangeAt(frame, at)
    const { tokens } = frame
    return hangsOnAnother(tokens[from - 1], tokens[from - 2]) || qualifies(tokens[to])
      ? ''
      : nameOf(frame, { from, to })
  }
  if (!COMMON.has(token.lower) || frame.tokens[at - 1]?.lower !== 'the') return ''
  for (let i = at - 1; i >= 0 && i > at - BACK_TOKENS_MAX; i--) {
    const before = frame.tokens[i]
    if (before?.capital && before.lower === token.lower) return nameOf(frame, rangeAt(frame, i))
  }
  return ''
}

/** The tokens around `at` that make the name. */
function rangeAt({ tokens }: Frame, at: number): Range {
  let from = at
  while (isNamePart(tokens[from - 1]) && at - from < NAME_TOKENS_MAX) from--
  // "Valdoria's General Staff": whose it is belongs to the name.
  if (tokens[from - 1]?.lower === "'s" && PLACES.has(tokens[from - 2]?.lower ?? '')) from -= 2
  let to = at + 1
  while (to - at < NAME_TOKENS_MAX) {
    const joint = /^(?:of|for|on|and)$/.test(tokens[to]?.lower ?? '')
    const next = joint ? (tokens[to + 1]?.lower === 'the' ? to + 2 : to + 1) : to
    if (!isNamePart(tokens[next])) break
    to = next + 1
  }
  return { from, to }
}

function nameOf({ tokens, text }: Frame, { from, to }: Range): string {
  const words = tokens.slice(from, to)
  const [first, last] = [words[0], words.at(-1)]
  return first && last && isOrganisation(words) ? text.slice(first.start, last.end).replace(/\s+/g, ' ') : ''
}

/** "a spokesman for the Foreign Ministry", "chairman of the Bank": somebody else speaks. */
function hangsOnAnother(before: Token | undefined, beforeThat: Token | undefined): boolean {
  const preposition = /^(?:the|a|an)$/.test(before?.lower ?? '') ? beforeThat : before
  return preposition !== undefined && /^(?:of|for|at|from|with|in|by)$/.test(preposition.lower)
}

/** "the Supreme Court advocate": a plain noun behind the name is who speaks. */
function qualifies(next: Token | undefined): boolean {
  if (next?.kind !== 'word' || next.capital) return false
  if (SPEECH_VERBS.has(next.lower) || isAdverbial(next) || isTime(next) || PREPOSITIONS.has(next.lower)) return false
  return !CLAUSE_WORDS.has(next.lower) && !/^(?:its|their)$/.test(next.lower)
}

function isNamePart(token: Token | undefined): boolean {
  if (token?.kind !== 'word' || !token.capital || FUNCTION_WORDS.has(token.lower)) return false
  return !DAYS.has(token.lower) && !MONTHS.has(token.lower)
}

function isOrganisation(words: readonly Token[]): boolean {
  if (words.some(({ lower }) => MEDIA.has(lower) || ROLE_NOUNS.has(lower) || HONORIFICS.has(lower))) return false
  const [only] = words
  if (words.length > 1) return words.some(({ lower }) => ORGANISATION_WORDS.has(lower)) || words.some(isAcronym)
  if (!only || DEMONYMS.has(only.lower) || PLACES.has(only.lower)) return false
  return isAcronym(only) || /^(?:pentagon|kremlin|hamas|hezbollah|congress|parliament|senate)$/.test(only.lower)
}

/** "NATO", "UNHCR": three letters or more. */
function isAcronym({ text, lower }: Token): boolean {
  return /^\p{Lu}{3,8}$/u.test(text) && !LABELS.test(text) && !DEMONYMS.has(lower)
}
