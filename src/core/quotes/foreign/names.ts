/** Runs of capitals that may name a person or an organisation, with the title before or behind them. */
import { type Frame, type Token, wordCountOf } from '../tokens.ts'
import { isAlike } from './alike.ts'
import type { Gender, Tongue } from './tongue.ts'

/** `full`: two words or more; `maybe`: the same where every noun has a capital; `single`: a surname alone; `body`: an organisation. */
export type Found = Readonly<{
  from: number
  to: number
  roleFrom: number
  role: string
  gender: Gender
  kind: 'full' | 'maybe' | 'single' | 'body'
}>

/** More tokens are a headline, not a name. */
const NAME_TOKENS_MAX = 4

/** In reading order. */
export function findNames(frame: Frame, tongue: Tongue): readonly Found[] {
  const { tokens } = frame
  const found: Found[] = []
  for (let i = 0; i < tokens.length; ) {
    const named = namedBody(frame, tongue, i)
    if (named) found.push(named)
    if (!isCapital(tokens[i], tongue)) {
      i++
      continue
    }
    const to = runEnd({ frame, tongue }, i)
    found.push(...judge({ frame, tongue }, i, to))
    i = to
  }
  return found
}

type Reading = Readonly<{ frame: Frame; tongue: Tongue }>

function isCapital(token: Token | undefined, { functions }: Tongue): boolean {
  return token?.kind === 'word' && token.capital && !functions.has(token.lower)
}

function runEnd({ frame: { tokens, text }, tongue }: Reading, from: number): number {
  let i = from + 1
  while (i < tokens.length) {
    const gap = text.slice(tokens[i - 1]?.end ?? 0, tokens[i]?.start ?? 0)
    if (!/^\s+$/.test(gap) && !/['’]$/.test(tokens[i - 1]?.text ?? '')) break
    // "Le Dantec": an article with a capital within a name.
    if (isCapital(tokens[i], tongue) || (tokens[i]?.capital && isCapital(tokens[i + 1], tongue))) {
      i++
      continue
    }
    let next = i
    while (next < i + 3 && isParticle(tokens[next], next > i, tongue)) next++
    if (next === i || !isCapital(tokens[next], tongue)) break
    i = next + 1
  }
  return i
}

/** "von", and "von der". */
function isParticle(token: Token | undefined, again: boolean, { particles }: Tongue): boolean {
  const lower = token?.lower ?? ''
  return particles.has(lower) || (again && /^(?:der|den|la|las|los|le|les|l['’])$/.test(lower))
}

function judge(reading: Reading, runFrom: number, to: number): readonly Found[] {
  const { tokens } = reading.frame
  const from = nameStart(reading, runFrom, to)
  const body = from > runFrom && from < to ? undefined : bodyIn(reading, runFrom, to)
  if (body) return [body]
  if (to - from > NAME_TOKENS_MAX + 1 || from >= to || hasAcronym(tokens.slice(from, to))) return []
  const { roleFrom, role } = roleOf(reading, { from, to, runFrom })
  const gender = genderOf(reading, { from, to, roleFrom })
  if (to - from === 1) return [{ from, to, roleFrom, role, gender, kind: 'single' }]
  const sure = !reading.tongue.nounsCapital || from > runFrom || isSurelyName(reading, { from, to, roleFrom })
  return [{ from, to, roleFrom, role, gender, kind: sure ? 'full' : 'maybe' }]
}

/** Behind the last title of the run, and behind a first word that only the sentence's start has made a capital. */
function nameStart({ frame, tongue }: Reading, from: number, to: number): number {
  const { tokens } = frame
  if (to - from === 1 && tongue.roles.has(tokens[from]?.lower ?? '')) return to
  let start = from
  for (let i = to - 2; i >= from && start === from; i--) if (isRole(tokens[i], tongue)) start = i + 1
  // "Rat von Gutachter Enno Tammen": what binds two nouns is no part of the name, unless the surname alone follows.
  if (to - start > 2 && tokens[start]?.capital === false) start++
  const [first, second] = [tokens[start]?.lower ?? '', tokens[start + 1]?.lower ?? '']
  if (to - start < 3 || tongue.given.has(first)) return start
  return tongue.nounsCapital || tongue.given.has(second) ? start + 1 : start
}

export function isRole(token: Token | undefined, { roles, roleEnding }: Tongue): boolean {
  if (token?.kind !== 'word') return false
  return roles.has(token.lower) || (roleEnding?.test(token.lower) ?? false)
}

/** "NATO": no word of a person's name. */
function hasAcronym(words: readonly Token[]): boolean {
  return words.some(({ text }) => /^\p{Lu}{2,}$/u.test(text))
}

function isSurelyName(
  { frame, tongue }: Reading,
  { from, to, roleFrom }: Pick<Found, 'from' | 'to' | 'roleFrom'>,
): boolean {
  const { tokens } = frame
  const first = tokens[from]?.lower ?? ''
  if (roleFrom < from || tongue.given.has(first)) return true
  const before = tokens[from - 1]
  if (before !== undefined && (tongue.verbs.has(before.lower) || before.lower === 'so')) return true
  // Two capitals that begin a sentence without an article: an adjective or a thing ends otherwise than a given name.
  const starts = frame.sentences[frame.sentenceOf[from] ?? 0]?.from === from
  return starts && to - from === 2 && !/(?:e|er|s|en|em|ung|heit|keit|schaft|ion|tät|nis|tum)$/.test(first)
}

// ---- organisations ----------------------------------------------------------------------------------------------

/** "Consejería de Sanidad", or "association" and the capitals behind it. */
function bodyIn({ frame, tongue }: Reading, from: number, to: number): Found | undefined {
  const { tokens } = frame
  const at = tokens.slice(from, to).findIndex((token) => isOrganisation(token, tongue))
  const led = at < 0 && isOrganisation(tokens[from - 1], tongue) && !isPerson({ frame, tongue }, from)
  if (at < 0 && !led) return
  const last = isOrganisation(tokens[to - 1], tongue) // "Çalışma Bakanlığı": its kind stands last
  const start = led || last ? from : from + at
  if (!led && to - start < 2) return
  return { from: start, to, roleFrom: start, role: '', gender: '', kind: 'body' }
}

/** "президентка клубу Лідія": the office is before the organisation, and the name is a person's. */
function isPerson({ frame: { tokens }, tongue }: Reading, from: number): boolean {
  if (tongue.given.has(tokens[from]?.lower ?? '')) return true
  return [2, 3].some((back) => isRole(tokens[from - back], tongue))
}

/** "компания «...»": marked words that are a name. */
function namedBody({ tokens, marked, text }: Frame, tongue: Tongue, i: number): Found | undefined {
  const run = marked[tokens[i]?.marked ?? -1]
  if (!run || !isOrganisation(tokens[i - 1], tongue)) return
  const name = text.slice(run.start, run.end)
  if (wordCountOf(name) > NAME_TOKENS_MAX || !/^[\p{Lu}\p{N}]/u.test(name)) return
  return { from: i, to: i + 1, roleFrom: i, role: '', gender: '', kind: 'body' }
}

function isOrganisation(token: Token | undefined, tongue: Tongue): boolean {
  return token?.kind === 'word' && tongue.organisations.some((noun) => isAlike(noun, token.lower, tongue))
}

// ---- roles ------------------------------------------------------------------------------------------------------

type Named = Readonly<{ from: number; to: number; runFrom: number }>

/** So many words a title has, with what hangs on it: "голова районної ради". */
const ROLE_TOKENS_MAX = 6

/** The office before the name, a comma between or not ("the mayor, Ana Sol"), or behind it ("Ana Sol, mayor of Lum,"). */
function roleOf({ frame, tongue }: Reading, { from, to }: Named): Readonly<{ roleFrom: number; role: string }> {
  const { tokens, text } = frame
  const end = tokens[from - 1]?.text === ',' ? from - 1 : from
  let at = -1
  for (let i = end - 1; i >= 0 && i >= end - ROLE_TOKENS_MAX; i--) {
    const token = tokens[i]
    if (token?.kind !== 'word' || tongue.verbs.has(token.lower) || isJoint(token, tongue)) break
    const bound = isBinder(token) || isBinder(tokens[i + 1])
    if (isRole(token, tongue) && (at < 0 || at === i + 1 || bound)) at = i
    else if (at >= 0 && !bound) break
  }
  if (at < 0) return { roleFrom: from, role: roleBehind({ frame, tongue }, to) }
  const start = isAdjective(tokens[at - 1], tongue) ? at - 1 : at
  return { roleFrom: start, role: text.slice(tokens[start]?.start, tokens[end - 1]?.end).replace(/\s+/g, ' ') }
}

/** "nach", "в": what stands before it is another phrase; "de", "der" bind a title together. */
function isJoint({ lower }: Token, { prepositions }: Tongue): boolean {
  return prepositions.has(lower) && !BINDERS.test(lower)
}
const BINDERS = /^(?:de|du|des|d['’]|del|von|vom|der)$/

function isBinder(token: Token | undefined): boolean {
  return token !== undefined && BINDERS.test(token.lower)
}

/** "головний лікар", "naczelny lekarz": an adjective before the noun belongs to the office. */
function isAdjective(token: Token | undefined, { verbs, functions }: Tongue): boolean {
  if (token?.kind !== 'word' || verbs.has(token.lower) || functions.has(token.lower)) return false
  return /(?:ий|ый|ой|ая|ська|цька|зька|на|ny|na|ski|ska|cki|cka|wy|wa)$/.test(token.lower)
}

function roleBehind({ frame: { tokens, text }, tongue }: Reading, to: number): string {
  if (tokens[to]?.text !== ',') return ''
  let from = to + 1
  while (tongue.functions.has(tokens[from]?.lower ?? '') && from < to + 3) from++
  if (!isRole(tokens[from], tongue) && !isRole(tokens[from + 1], tongue)) return ''
  let end = from
  while (end < from + ROLE_TOKENS_MAX && tokens[end]?.kind === 'word' && !tongue.verbs.has(tokens[end]?.lower ?? ''))
    end++
  return /^[,.]$/.test(tokens[end]?.text ?? '') ? text.slice(tokens[from]?.start, tokens[end - 1]?.end) : ''
}

function genderOf(
  { frame: { tokens }, tongue }: Reading,
  { from, to, roleFrom }: Pick<Found, 'from' | 'to' | 'roleFrom'>,
): Gender {
  for (let i = roleFrom; i < from; i++) {
    const gender = tongue.roles.get(tokens[i]?.lower ?? '')
    if (gender) return gender
    if (tongue.roleEnding?.test(tokens[i]?.lower ?? '') && tokens[i]?.lower.endsWith('in')) return 'f'
  }
  const given = tokens[from]?.lower ?? ''
  return (
    tongue.given.get(given) ??
    tongue.given.get(given.split('-')[0] ?? '') ??
    tongue.guess(given, tokens[to - 1]?.lower ?? '')
  )
}
