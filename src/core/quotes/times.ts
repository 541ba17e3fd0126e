/** Words for when something was said. Tables of language. */
import { DAYS, MONTHS, TIME_UNITS } from './lexicon.ts'
import type { Frame, Token } from './tokens.ts'

/** Names of days as news writes them behind a verb: "am Mittwoch", "mardi", "w środę", "в среду", "çarşamba günü". */
const DAYS_ABROAD: ReadonlySet<string> = new Set(
  `montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute gestern montagabend dienstagabend mittwochabend donnerstagabend freitagabend
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo ayer
lunedì martedì mercoledì giovedì venerdì sabato domenica ieri
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira ontem
poniedziałek wtorek środę czwartek piątek sobotę niedzielę wczoraj
понедельник вторник среду четверг пятницу субботу воскресенье вчера
понеділок вівторок середу п'ятницю суботу неділю вчора
pazartesi salı çarşamba perşembe cuma cumartesi pazar dün`.split(/\s+/),
)
/** What stands before them. */
const BEFORE_DAYS: ReadonlySet<string> = new Set('am le el il na no w we в во у'.split(' '))
/** "last month", "earlier this week": the first of these, then another or a unit. */
const NEAR: ReadonlySet<string> = new Set('last this earlier early late later next on previous past'.split(' '))

export function isTimeName(token: Token | undefined): boolean {
  if (token === undefined) return false
  return DAYS.has(token.lower) || MONTHS.has(token.lower) || isUnit(token)
}

function isUnit({ lower }: Token): boolean {
  return TIME_UNITS.has(lower) || TIME_UNITS.has(lower.replace(/s$/, ''))
}

/** Where the words for a time that begin at `i` end; `i` if none do. */
export function endOfTime(tokens: readonly Token[], i: number): number {
  const [here, next, third] = [tokens[i], tokens[i + 1], tokens[i + 2]]
  if (!here) return i
  if (NEAR.has(here.lower) && isTimeName(next)) return i + 2
  if (NEAR.has(here.lower) && next && NEAR.has(next.lower) && isTimeName(third)) return i + 3
  if (next && isUnit(next) && third?.lower === 'ago') return i + 3 // "two years ago"
  if (DAYS.has(here.lower)) return i + 1
  if (BEFORE_DAYS.has(here.lower) && next && DAYS_ABROAD.has(next.lower)) return i + 2
  if (!DAYS_ABROAD.has(here.lower)) return i
  return next?.lower === 'günü' ? i + 2 : i + 1 // Turkish: "on the day"
}

const NEAR_TOKENS_MAX = 9 // a name, an office and a place may stand between the verb and its day

/** The time that stands nearest to the verb in its sentence, in front of it or behind, as the text says it; '' for none. */
export function timeBeside({ tokens, text, sentences, sentenceOf }: Frame, verb: number): string {
  const sentence = sentences[sentenceOf[verb] ?? 0]
  if (!sentence || verb < 0) return ''
  for (let far = 1; far <= NEAR_TOKENS_MAX; far++) {
    for (const i of [verb + far, verb - far]) {
      const end = i >= sentence.from && i < sentence.to ? endOfTime(tokens, i) : i
      const [first, last] = [tokens[i], tokens[end - 1]]
      if (end > i && first && last) return text.slice(first.start, last.end)
    }
  }
  return ''
}

/** Whether a token alone names a time: a day, a month, "2019". */
export function isDate(token: Token | undefined): boolean {
  if (token === undefined) return false
  return /^(?:19|20)\d\d$/.test(token.text) || isTimeName(token)
}
