/** Regular expressions from users, by re2js: time linear in the text, whatever the expression (measured: backtracking engines hang on
 *  all of thirteen known attacks). Size is bounded as well, since re2's time is program size times text. */
import { RE2JS } from 're2js'
import { fixedWords } from './fixed.ts'

export type Pattern = Readonly<{
  /** The first place in the text where it matches, in UTF-16 offsets. Only the first `charsMax` are looked at, PATTERN_TEXT_CHARS_MAX at
   *  the most. */
  find(text: string, charsMax?: number): Readonly<{ start: number; end: number }> | undefined
  /** Stands in every match, in lower case; '' where nothing is certain. */
  fixed: string
  /** Instructions: its time is this times the text. */
  size: number
}>

export type PatternParse = Readonly<
  | { kind: 'pattern'; pattern: Pattern }
  | { kind: 'tooLong'; chars: number; max: number }
  | { kind: 'tooLarge' } // repeats that multiply
  | { kind: 'matchesNothing' } // it matches the empty text, so every article
  | { kind: 'unknownFlag'; flag: string }
  | { kind: 'broken'; reason: string } // in re2's words, short
>

const PATTERN_CHARS_MAX = 200 // longer ones are not written by hand
const PATTERN_SIZE_MAX = 500 // instructions; at this size 10,000 characters take at most 40 ms
const PATTERN_TEXT_CHARS_MAX = 10_000 // three of four articles are shorter, and what matters stands at the top
const REASON_CHARS_MAX = 120 // re2 repeats the expression in some messages
/** Letter case never counts, as with words; `u` is how re2 reads anyway. */
const FLAGS: Readonly<Record<string, number>> = { i: 0, u: 0, s: RE2JS.DOTALL, m: RE2JS.MULTILINE }

/** Compiles a user's expression, written without its slashes, or says why not. */
export function parsePattern(source: string, flags = ''): PatternParse {
  const chars = [...source].length
  if (chars > PATTERN_CHARS_MAX) return { kind: 'tooLong', chars, max: PATTERN_CHARS_MAX }
  let bits = RE2JS.CASE_INSENSITIVE
  for (const flag of flags) {
    const bit = FLAGS[flag]
    if (bit === undefined) return { kind: 'unknownFlag', flag }
    bits |= bit
  }
  try {
    const compiled = RE2JS.compile(source, bits)
    if (compiled.programSize() > PATTERN_SIZE_MAX) return { kind: 'tooLarge' }
    if (compiled.test('')) return { kind: 'matchesNothing' }
    const find: Pattern['find'] = (text, charsMax = PATTERN_TEXT_CHARS_MAX) =>
      findFirst(compiled, text.slice(0, Math.min(charsMax, PATTERN_TEXT_CHARS_MAX)))
    return { kind: 'pattern', pattern: { find, fixed: fixedWords(source), size: compiled.programSize() } }
  } catch (error) {
    // re2js throws a subclass of Error for each kind of mistake; one in the engine itself must not stop the bot either.
    return { kind: 'broken', reason: error instanceof Error ? shortReason(error.message) : 'cannot be read' }
  }
}

/** `test` runs on the quick automaton; the slow one, which knows places, only runs where there is something. */
function findFirst(compiled: RE2JS, text: string): { start: number; end: number } | undefined {
  if (!compiled.test(text)) return undefined
  const matcher = compiled.matcher(text)
  return matcher.find() ? { start: matcher.start(), end: matcher.end() } : undefined
}

function shortReason(message: string): string {
  return message.replace(/^error parsing regexp: /, '').slice(0, REASON_CHARS_MAX)
}
