// The smallest of the package's data sets: 0.1 s and 45 to 120 MB a process, where the next costs 0.2 s and 180 MB.
import { eld } from 'eld/extrasmall'

/** The detector itself looks at no more than this. */
const SAMPLE_CHARS = 1000
/** A paragraph of this length is prose; shorter ones in the lead are often menus, bylines and captions. */
const PROSE_CHARS_MIN = 120
/** Fewer letters tell little: a headline is settled by what its feed says. */
const LETTERS_MIN = 40
/** A hint is believed when the detector holds it nearly as likely as its own choice: neighbours such as da and no. */
const HINT_SHARE_MIN = 0.9
/** Enough letters of one script to call the text by it, whatever names in Latin letters stand between. */
const SCRIPT_SHARE_MIN = 0.3

/** Scripts that one language of the news is written in. Kana before Han: Japanese has both. */
const SCRIPTS: readonly (readonly [language: string, script: RegExp, shareMin: number])[] = [
  ['ko', /\p{Script=Hangul}/gu, SCRIPT_SHARE_MIN],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 0.1], // kana may be rare between Chinese characters
  ['zh', /\p{Script=Han}/gu, SCRIPT_SHARE_MIN],
  ['el', /\p{Script=Greek}/gu, SCRIPT_SHARE_MIN],
  ['he', /\p{Script=Hebrew}/gu, SCRIPT_SHARE_MIN],
  ['th', /\p{Script=Thai}/gu, SCRIPT_SHARE_MIN],
  ['ka', /\p{Script=Georgian}/gu, SCRIPT_SHARE_MIN],
  ['hy', /\p{Script=Armenian}/gu, SCRIPT_SHARE_MIN],
]
/** Codes that feeds use for a language under another name. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['nb', 'no'],
  ['nn', 'no'],
  ['iw', 'he'],
  ['in', 'id'],
  ['cn', 'zh'],
  ['ua', 'uk'],
])

/** The language that a text is written in.
 *  @param text - an article, or as little as its title
 *  @param hint - what the feed or the page says of itself: "en", "en-GB", "nb_NO"; believed where the text tells little
 *  @returns ISO 639-1 ("en", "uk"; Norwegian is "no"), or '' when neither tells */
export function detectLanguage(text: string, hint = ''): string {
  const sample = proseOf(text)
  const hinted = languageOf(hint)
  const letters = countOf(sample, /\p{L}/gu)
  if (letters === 0) return hinted
  const byScript = SCRIPTS.find(([, script, shareMin]) => countOf(sample, script) >= letters * shareMin)
  if (byScript) return byScript[0]
  const byAlphabet = cyrillicOf(sample, letters)
  if (byAlphabet !== '') return byAlphabet
  return detected(sample, hinted, letters)
}

/** Text from the first real paragraph on. */
function proseOf(text: string): string {
  const head = text.slice(0, SAMPLE_CHARS * 8) // no lead's chrome is longer
  let start = 0
  for (const line of head.split('\n')) {
    if (line.length >= PROSE_CHARS_MIN) return head.slice(start, start + SAMPLE_CHARS)
    start += line.length + 1
  }
  return head.slice(0, SAMPLE_CHARS)
}

function languageOf(hint: string): string {
  const code = /^\s*([a-z]{2})(?:[-_]|\s*$)/i.exec(hint.slice(0, 20))?.[1]?.toLowerCase() ?? ''
  return ALIASES.get(code) ?? code
}

/** Ukrainian, Belarusian and Russian by the letters that only one of them has; '' when the letters do not tell. */
function cyrillicOf(sample: string, letters: number): string {
  if (countOf(sample, /\p{Script=Cyrillic}/gu) < letters * SCRIPT_SHARE_MIN) return ''
  const dotted = countOf(sample, /[іїєґ]/giu)
  const russian = countOf(sample, /[ыэё]/giu)
  if (dotted > 0 && countOf(sample, /ў/giu) > 0) return 'be'
  if (dotted > russian) return 'uk'
  return russian > 0 ? 'ru' : ''
}

function detected(sample: string, hinted: string, letters: number): string {
  const found = eld.detect(sample)
  const scores = found.getScores()
  const best = scores[found.language] ?? 0
  if (hinted !== '' && (letters < LETTERS_MIN || (scores[hinted] ?? 0) >= best * HINT_SHARE_MIN)) return hinted
  return found.isReliable() ? found.language : hinted
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
