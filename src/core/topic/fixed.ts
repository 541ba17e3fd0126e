/** What every text that an expression matches must hold: looked for first, it spares most texts the expression. */

/** Shorter ones stand in every text. */
const FIXED_CHARS_MIN = 3

/** The longest run of ASCII letters and digits that must stand in a match as it is, in lower case; '' where none is certain. Only what is
 *  outside of groups, classes and choices is looked at: a run too few costs time, a run too many would cost a match.
 *  @param source - as `parsePattern` takes it, compiled without an error */
export function fixedWords(source: string): string {
  let best = ''
  let run = ''
  const end = (): void => {
    if (run.length > best.length) best = run
    run = ''
  }
  for (let at = 0; at < source.length; ) {
    const char = source.charAt(at)
    if (char === '|') return '' // one side or the other: outside of groups nothing is certain
    const next = afterAtom(source, at)
    if (next === undefined) return ''
    const isPlain = next === at + 1 && PLAIN.test(char)
    const repeat = REPEAT.exec(source.slice(next, next + REPEAT_CHARS_MAX))?.[0] ?? ''
    // What may be missing, or come again, ends the run; once at the least, it belongs to it.
    if (isPlain && repeat === '') run += char.toLowerCase()
    else {
      if (isPlain && repeat.startsWith('+')) run += char.toLowerCase()
      end()
    }
    at = next + repeat.length
  }
  end()
  return best.length < FIXED_CHARS_MIN ? '' : best
}

/** "k" and "s" are left out: in RE2 the Kelvin sign and the long s match them in any case. */
const PLAIN = /[a-jl-rt-zA-JL-RT-Z0-9]/
const REPEAT = /^(?:[*+?]|\{\d*(?:,\d*)?\})\??/
const REPEAT_CHARS_MAX = 16

/** Where the atom that begins at `at` ends; undefined where it is one that changes what follows, or one that is not read here. */
function afterAtom(source: string, at: number): number | undefined {
  switch (source.charAt(at)) {
    case '(':
      return /^\(\?(?![:P<])/.test(source.slice(at, at + 3)) ? undefined : afterGroup(source, at)
    case '[':
      return afterClass(source, at)
    case '\\':
      // A letter or digit after it may begin something longer: \x41, \p{Greek}, \Q...\E.
      return /[dDwWsSbBAzftnrv]|[^\p{L}\p{N}]/u.test(source.charAt(at + 1)) ? at + 2 : undefined
    default:
      return at + 1
  }
}

function afterGroup(source: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < source.length; ) {
    const char = source.charAt(at)
    if (char === '\\') {
      if (source.charAt(at + 1) === 'Q') return undefined
      at += 2
      continue
    }
    if (char === '[') {
      const after = afterClass(source, at)
      if (after === undefined) return undefined
      at = after
      continue
    }
    if (char === '(') depth++
    if (char === ')' && --depth === 0) return at + 1
    at++
  }
  return undefined
}

/** "]" first is itself; classes in classes ("[[:alpha:]]") are not read. */
function afterClass(source: string, from: number): number | undefined {
  const first = source.charAt(from + 1) === '^' ? from + 2 : from + 1
  for (let at = first; at < source.length; at++) {
    const char = source.charAt(at)
    if (char === '\\') {
      if (source.charAt(at + 1) === 'Q') return undefined
      at++
    } else if (char === '[') return undefined
    else if (char === ']' && at > first) return at + 1
  }
  return undefined
}
