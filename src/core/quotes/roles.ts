/** The office or job that stands before a name ("NATO chief Mark Rutte") or behind it ("Ana Sol, the mayor of Lum,"). */
import { DEMONYMS, FUNCTION_WORDS, HONORIFICS, ROLE_NOUNS } from './lexicon.ts'
import type { Frame, Token } from './tokens.ts'

/** Longer is a description, not a role. */
const ROLE_BEFORE_TOKENS_MAX = 7
const ROLE_AFTER_TOKENS_MAX = 9

/** Lower-case words that a role may hold beside its noun. */
const ROLE_MODIFIERS: ReadonlySet<string> = new Set(
  `former deputy acting interim senior top chief campaign press communications foreign defense defence prime state national
security policy vice outgoing incoming executive managing special political finance budget federal police military army navy lead leading
retired longtime veteran assistant associate law economics history science professor opposition party party's presidential
republican democratic gubernatorial senatorial shadow home interior trade energy health education budget media company union
world international regional local then co fellow medical chief- real estate general staff research political rights human civil`.split(
    /\s+/,
  ),
) // prettier-ignore

/** Where the role before the name at `from` begins, and its words; `to` looks behind the name as well. */
export function roleOf({ tokens, text }: Frame, from: number, to?: number): Readonly<{ from: number; role: string }> {
  let start = from
  while (start > 0 && from - start < ROLE_BEFORE_TOKENS_MAX && isRoleWord(tokens[start - 1])) start--
  while (
    start < from &&
    !tokens[start]?.capital &&
    !ROLE_NOUNS.has(tokens[start]?.lower ?? '') &&
    !ROLE_MODIFIERS.has(tokens[start]?.lower ?? '')
  )
    start++
  if (/^(?:Der|Die|Das|Le|La|Les|El|Il|Lo)$/.test(tokens[start]?.text ?? '')) start++
  const words = tokens.slice(start, from)
  const [first, last] = [words[0], words.at(-1)]
  if (first && last && words.some((t) => ROLE_NOUNS.has(t.lower) || isOffice(t))) {
    return { from: start, role: text.slice(first.start, last.end).replace(/\s+/g, ' ') }
  }
  const titled = last !== undefined && HONORIFICS.has(last.lower)
  return { from: titled ? from - 1 : from, role: to === undefined ? '' : roleBehind({ tokens, text }, to) }
}

function isRoleWord(token: Token | undefined): boolean {
  if (token?.kind !== 'word') return false
  if (
    HONORIFICS.has(token.lower) ||
    ROLE_NOUNS.has(token.lower) ||
    ROLE_MODIFIERS.has(token.lower) ||
    DEMONYMS.has(token.lower)
  )
    return true
  return token.capital && !FUNCTION_WORDS.has(token.lower)
}

/** "Sen.", "Gov.": an office, where "Mr." is none. */
function isOffice({ lower }: Token): boolean {
  return HONORIFICS.get(lower) === '' && lower !== 'dr.' && lower !== 'dr'
}

function roleBehind({ tokens, text }: Pick<Frame, 'tokens' | 'text'>, to: number): string {
  if (tokens[to]?.text !== ',') return ''
  let i = to + 1
  if (/^(?:an?|the|his|her|its|their|le|la|der|die|el|il)$/.test(tokens[i]?.lower ?? '')) i++
  const from = i
  while (
    i < tokens.length &&
    i - from <= ROLE_AFTER_TOKENS_MAX &&
    (tokens[i]?.kind === 'word' || tokens[i]?.kind === 'number')
  )
    i++
  const [first, last, end] = [tokens[from], tokens[i - 1], tokens[i]]
  if (!first || !last || i === from || i - from > ROLE_AFTER_TOKENS_MAX || !end || !/^[,.;]$/.test(end.text)) return ''
  const head = tokens.slice(from, Math.min(i, from + 5))
  const role =
    head.some((t) => ROLE_NOUNS.has(t.lower)) &&
    !head.some((t) => /^(?:who|which|where|said|says|was|is|has|had)$/.test(t.lower))
  return role ? text.slice(first.start, last.end).replace(/\s+/g, ' ') : ''
}
