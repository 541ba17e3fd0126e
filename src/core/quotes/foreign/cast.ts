/** Who is named in a text of another language: runs of capitals behind their titles, one person for all the cases of a name. */
import type { Frame, Token } from '../tokens.ts'
import { fold, isAlike } from './alike.ts'
import { type Found, findNames, isRole } from './names.ts'
import type { Gender, Tongue } from './tongue.ts'

/** Tokens `from` up to `to` are the name. `oblique`: it hangs on a preposition or a case, and is no subject. */
export type Mention = Readonly<{ from: number; to: number; roleFrom: number; person: number; oblique: boolean }>
export type Person = Readonly<{ name: string; role: string; gender: Gender; organisation: boolean }>
export type Cast = Readonly<{ people: readonly Person[]; mentions: readonly Mention[]; mentionAt: Int32Array }>

type Draft = {
  forms: Map<string, number>
  first: string
  last: string
  role: string
  gender: Gender
  organisation: boolean
}

export function castOf(frame: Frame, tongue: Tongue): Cast {
  const found = findNames(frame, tongue)
  const register: Register = { frame, tongue, drafts: [] }
  for (const one of found) if (one.kind === 'full' || one.kind === 'body') draftOf(register, one)
  const mentions: Mention[] = []
  const mentionAt = new Int32Array(frame.tokens.length).fill(-1)
  for (const one of found.flatMap((name) => settled(register, name))) {
    const person = one.kind === 'single' ? singleOf(register, one) : draftOf(register, one)
    const draft = register.drafts[person]
    if (!draft) continue
    const oblique = isOblique(register, one)
    note(register, draft, { ...one, weight: oblique ? 1 : OWN_FORM_WEIGHT })
    mentionAt.fill(mentions.length, one.roleFrom, one.to)
    mentions.push({ from: one.from, to: one.to, roleFrom: one.roleFrom, person, oblique })
  }
  return { people: register.drafts.map(finish), mentions, mentionAt }
}
/** An article that names more is a list; keeps the search for one of them short. */
const PEOPLE_MAX = 400
/** The form that is a subject names the person, however often another case stands there. */
const OWN_FORM_WEIGHT = 100

// ---- one person for all forms -----------------------------------------------------------------------------------

type Register = Readonly<{ frame: Frame; tongue: Tongue; drafts: Draft[] }>

function draftOf({ frame, tongue, drafts }: Register, one: Found): number {
  const words = wordsOf(frame, one)
  const [first, last] = [words[0] ?? '', words.at(-1) ?? '']
  const at = drafts.findIndex(
    (d) => d.organisation === (one.kind === 'body') && isAlike(d.last, last, tongue) && isAlike(d.first, first, tongue),
  )
  if (at >= 0 || drafts.length >= PEOPLE_MAX) return at
  const organisation = one.kind === 'body'
  return drafts.push({ forms: new Map(), first, last, role: '', gender: '', organisation }) - 1
}

/** Capitals that may be a name are one where the text has that person elsewhere; else each of them may be a surname. */
function settled({ frame, tongue, drafts }: Register, one: Found): readonly Found[] {
  if (one.kind !== 'maybe') return [one]
  const words = wordsOf(frame, one)
  const [first, last] = [words[0] ?? '', words.at(-1) ?? '']
  const known = drafts.some((d) => isAlike(d.last, last, tongue) && isAlike(d.first, first, tongue))
  if (known) return [{ ...one, kind: 'full' }]
  return words.map((_word, k) => {
    const at = one.from + k
    return { from: at, to: at + 1, roleFrom: at, role: '', gender: '', kind: 'single' }
  })
}

/** A surname, or a given name that only one person bears; alone it is somebody new only behind a title. */
function singleOf(register: Register, one: Found): number {
  const { frame, tongue, drafts } = register
  const word = wordsOf(frame, one)[0] ?? ''
  const people = drafts.map((draft, at) => ({ draft, at })).filter(({ draft }) => !draft.organisation)
  const same =
    people.find(({ draft }) => draft.last === word) ?? people.find(({ draft }) => isAlike(draft.last, word, tongue))
  if (same) return same.at
  const namesakes = people.filter(({ draft }) => draft.first === word)
  if (namesakes.length === 1) return namesakes[0]?.at ?? -1
  if (one.roleFrom === one.from || frame.tokens[one.from - 1]?.text === ',') return -1
  if (drafts.length >= PEOPLE_MAX || (tongue.nounsCapital && !isRole(frame.tokens[one.from - 1], tongue))) return -1
  return drafts.push({ forms: new Map(), first: '', last: word, role: '', gender: '', organisation: false }) - 1
}

function wordsOf({ tokens, marked, text }: Frame, { from, to }: Pick<Found, 'from' | 'to'>): readonly string[] {
  const run = marked[tokens[from]?.marked ?? -1]
  if (run) return [fold(text.slice(run.start, run.end))]
  return tokens.slice(from, to).map(({ lower }) => fold(lower))
}

function note(
  { frame: { tokens, text, marked } }: Register,
  draft: Draft,
  one: Found & Readonly<{ weight: number }>,
): void {
  const run = marked[tokens[one.from]?.marked ?? -1]
  const [start, end] = run ? [run.start, run.end] : [tokens[one.from]?.start ?? 0, tokens[one.to - 1]?.end ?? 0]
  const form = text.slice(start, end).replace(/\s+/g, ' ').replaceAll('’', "'")
  draft.forms.set(form, (draft.forms.get(form) ?? 0) + one.weight)
  if (draft.role === '') draft.role = one.role
  if (draft.gender === '') draft.gender = one.gender
}

function finish({ forms, role, gender, organisation }: Draft): Person {
  const rank = ([form, weight]: readonly [string, number]) =>
    form.split(' ').length * OWN_FORM_WEIGHT * OWN_FORM_WEIGHT + weight
  const best = [...forms].reduce((a, b) => (rank(b) > rank(a) ? b : a), ['', 0] as [string, number])
  return { name: best[0], role, gender, organisation }
}

function isOblique({ frame: { tokens }, tongue }: Register, { roleFrom, to }: Found): boolean {
  if (/^['’]/.test(tokens[to]?.text ?? '')) return true // "Sol'un"
  let before = roleFrom - 1
  if (isPlainFunction(tokens[before], tongue)) before--
  return tongue.prepositions.has(tokens[before]?.lower ?? '')
}

function isPlainFunction(token: Token | undefined, { functions, prepositions }: Tongue): boolean {
  return token?.kind === 'word' && functions.has(token.lower) && !prepositions.has(token.lower)
}
