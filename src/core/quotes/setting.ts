/** To whom, where or when words were said, as the text puts it: "to reporters in Prague", "Wednesday", "last month". */
import type { Attribution } from './attribution.ts'
import { CLAUSE_WORDS, DAYS, MONTHS, PRONOUNS } from './lexicon.ts'
import type { Scene } from './phrase.ts'
import { startOf } from './subject.ts'
import { endOfTime, isDate } from './times.ts'
import type { Token } from './tokens.ts'

/** A longer phrase is a clause, not a setting. */
const SETTING_TOKENS_MAX = 9
const OPENERS: ReadonlySet<string> = new Set('to in at on during from before after by'.split(' '))
const TOLD: ReadonlySet<string> = new Set('told tells tell telling'.split(' '))

/** '' where the clause says nothing of the kind. */
export function settingOf(scene: Scene, { verb, subject, via }: Attribution): string {
  if (verb < 0 || !subject || via === 'continued') return ''
  const { tokens } = scene.frame
  const end = subject.kind === 'person' ? subject.mention.to : subject.at + 1
  const between = end < verb ? timeIn(scene, end, verb) : ''
  // After "said Sol" the setting follows the name, after "Sol said" the verb.
  const from = startOf(subject) > verb ? end : verb + 1
  const told = TOLD.has(tokens[verb]?.lower ?? '') && from === verb + 1
  const behind = between || phraseFrom(scene, from, told)
  return behind || opening(scene, startOf(subject), verb)
}

/** "In 2019, Sol said": what a sentence begins with, before its speaker, where it names a time. Old words are not to pass for new. */
function opening({ frame: { tokens, text, sentences, sentenceOf } }: Scene, subject: number, verb: number): string {
  const sentence = sentenceOf[verb] ?? 0
  const from = sentences[sentence]?.from ?? verb
  let to = from
  while (to < subject && to - from <= SETTING_TOKENS_MAX && isPart(tokens[to], to === from)) to++
  const [first, last] = [tokens[from], tokens[to - 1]]
  if (!first || !last || to === from || (to !== subject && !/^,$/.test(tokens[to]?.text ?? ''))) return ''
  const timed = OPENERS.has(first.lower) || first.lower === 'speaking' || endOfTime(tokens, from) > from
  if (!timed || !tokens.slice(from, to).some(isDate)) return ''
  const words = text.slice(first.start, last.end).replace(/\s+/g, ' ')
  return DAYS.has(first.lower) || MONTHS.has(first.lower) ? words : words.charAt(0).toLowerCase() + words.slice(1)
}

function phraseFrom(scene: Scene, from: number, told: boolean): string {
  const { tokens, text } = scene.frame
  const first = tokens[from]
  if (first?.kind !== 'word' || PRONOUNS.has(first.lower) || /^(?:him|her|them|us|me|you)$/.test(first.lower))
    return timeIn(scene, from, from + 3)
  if (!told && !OPENERS.has(first.lower) && !isTimeAt(tokens, from)) return ''
  let to = from
  while (to - from <= SETTING_TOKENS_MAX && isPart(tokens[to], to === from)) to++
  const last = tokens[to - 1]
  if (!last || to === from) return ''
  if (to - from > SETTING_TOKENS_MAX) return timeIn(scene, from, from + 4)
  return `${told ? 'to ' : ''}${text.slice(first.start, last.end)}`.replace(/\s+/g, ' ')
}

function isPart(token: Token | undefined, first: boolean): boolean {
  if (token?.kind === 'number' || token?.lower === "'s") return true
  return (
    token?.kind === 'word' &&
    (first || !(CLAUSE_WORDS.has(token.lower) || /^(?:of|about|as|to|regarding|adding|referring)$/.test(token.lower)))
  )
}

function isTimeAt(tokens: readonly Token[], i: number): boolean {
  return endOfTime(tokens, i) > i
}

/** "Wednesday", "last month", "am Freitag" between two tokens. */
function timeIn({ frame: { tokens, text } }: Scene, from: number, to: number): string {
  for (let i = from; i < to; i++) {
    const end = endOfTime(tokens, i)
    const [first, last] = [tokens[i], tokens[end - 1]]
    if (end > i && end <= to && first && last) return text.slice(first.start, last.end).replace(/\s+/g, ' ')
  }
  return ''
}
