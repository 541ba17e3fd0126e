/** Finds who is named in an article: every mention, and the person behind it with the fullest name, role and gender. */
import { AUXILIARIES, HONORIFICS, NAME_SUFFIXES } from './lexicon.ts'
import { type Candidate, findCandidates, type Gender } from './names.ts'
import { roleOf } from './roles.ts'
import type { Frame, Token } from './tokens.ts'
import { SPEECH_VERBS } from './verbs.ts'

/** Tokens `from` up to `to` are the name; `roleFrom` is where its title begins ("NATO chief Mark Rutte"). */
export type Mention = Readonly<{ from: number; to: number; roleFrom: number; person: number; possessive: boolean }>

export type Person = Readonly<{ name: string; role?: string; gender: Gender }>

export type Cast = Readonly<{
  people: readonly Person[]
  mentions: readonly Mention[]
  /** Token index -> mention that covers it, -1 where none does. */
  mentionAt: Int32Array
}>

type Draft = {
  forms: Map<string, number>
  first: string
  last: string
  role: string
  gender: Gender
  count: number
  index: number
}

export function castOf(frame: Frame): Cast {
  const candidates = findCandidates(frame)
  const drafts: Draft[] = []
  const byFull = new Map<string, Draft>()
  for (const c of candidates) if (wordsOf(frame, c).length > 1) addFull({ frame, drafts, byFull }, c)
  const byLast = groupBy(drafts, (d) => d.last)
  const byFirst = groupBy(drafts, (d) => d.first)
  const promoted = promotedSingles(frame, candidates)
  const mentions: Mention[] = []
  const mentionAt = new Int32Array(frame.tokens.length).fill(-1)
  for (const c of candidates) {
    const words = wordsOf(frame, c)
    const draft = words.length > 1 ? byFull.get(keyOf(words)) : single({ frame, drafts, byLast, byFirst, promoted }, c)
    if (!draft) continue
    if (words.length === 1) note(frame, draft, c)
    mentionAt.fill(mentions.length, c.roleFrom, c.to)
    const after = frame.tokens[c.to]
    mentions.push({
      from: c.from,
      to: c.to,
      roleFrom: c.roleFrom,
      person: draft.index,
      possessive: isPossessive(after, frame.tokens[c.to - 1]),
    })
  }
  return { people: drafts.map(finish), mentions, mentionAt }
}

/** "Sol's", "Sanders'": the apostrophe stands right behind the name. */
function isPossessive(after: Token | undefined, last: Token | undefined): boolean {
  if (!after || !last || after.start !== last.end) return false
  return after.lower === "'s" || (/^['’]$/.test(after.text) && last.lower.endsWith('s'))
}

function finish(draft: Draft): Person {
  const name = [...draft.forms.keys()].reduce((best, form) =>
    form.split(' ').length > best.split(' ').length ? form : best,
  )
  return { name, gender: draft.gender, ...(draft.role ? { role: draft.role } : {}) }
}

function wordsOf(frame: Frame, { from, to }: Pick<Candidate, 'from' | 'to'>): readonly string[] {
  const words: string[] = []
  for (let i = from; i < to; i++) {
    const w = frame.tokens[i]?.lower ?? ''
    if (!NAME_SUFFIXES.has(w)) words.push(w)
  }
  return words
}

/** The same for "Zelenskyy", "Zelensky" and "Zelenskiy", "Erdoğan" and "Erdogan". */
export function foldName(word: string): string {
  const plain = word.replaceAll('’', "'").normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/sk(?:yy|iy|ij|yi|yj|i)$/, 'sky').replace(/(?:ий|ій|ый|і|и)$/, 'ий')
}

function keyOf(words: readonly string[]): string {
  return `${foldName(words[0] ?? '')} ${foldName(words.at(-1) ?? '')}`
}

type Register = Readonly<{ frame: Frame; drafts: Draft[]; byFull: Map<string, Draft> }>

function addFull({ frame, drafts, byFull }: Register, c: Candidate): void {
  const words = wordsOf(frame, c)
  const key = keyOf(words)
  const found = byFull.get(key)
  const draft = found ?? {
    forms: new Map(),
    first: foldName(words[0] ?? ''),
    last: foldName(words.at(-1) ?? ''),
    role: '',
    gender: '',
    count: 0,
    index: drafts.length,
  }
  if (!found) {
    byFull.set(key, draft)
    drafts.push(draft)
  }
  note(frame, draft, c)
}

function note(frame: Frame, draft: Draft, c: Candidate): void {
  const [a, b] = [frame.tokens[c.from], frame.tokens[c.to - 1]]
  if (!a || !b) return
  // One spelling of the apostrophe, so that a person is the same in every outlet.
  const form = frame.text.slice(a.start, b.end).replace(/\s+/g, ' ').replaceAll('’', "'")
  draft.forms.set(form, (draft.forms.get(form) ?? 0) + 1)
  draft.count++
  const { role } = roleOf(frame, c.from, c.to)
  // "French President" says more than "President".
  if (draft.role === '' || (role.endsWith(draft.role) && role.length > draft.role.length)) draft.role = role
  if (!draft.gender) draft.gender = c.gender
}

function groupBy(drafts: readonly Draft[], key: (draft: Draft) => string): Map<string, Draft[]> {
  const groups = new Map<string, Draft[]>()
  for (const d of drafts) put(groups, key(d), d)
  return groups
}

function put(groups: Map<string, Draft[]>, key: string, draft: Draft): void {
  const group = groups.get(key)
  if (group) group.push(draft)
  else groups.set(key, [draft])
}

/** Single capitals that act as a person somewhere in the text: titled, or saying something. */
function promotedSingles(frame: Frame, candidates: readonly Candidate[]): ReadonlySet<string> {
  const promoted = new Set<string>()
  for (const c of candidates) {
    if (c.to - c.from !== 1) continue
    const { tokens } = frame
    let next = c.to
    while (next < c.to + 3 && AUXILIARIES.has(tokens[next]?.lower ?? '')) next++
    const [before, after] = [tokens[c.from - 1], tokens[next]]
    const self = after !== undefined && /^(?:himself|herself|who|whose)$/.test(after.lower)
    const says = after !== undefined && SPEECH_VERBS.has(after.lower)
    const said = before !== undefined && SPEECH_VERBS.has(before.lower) && tokens[c.from - 2]?.kind === 'quote'
    // "Crowds cheered": a plural that only ever begins sentences is no name.
    const plural =
      /[^s]s$/.test(tokens[c.from]?.lower ?? '') && frame.sentences[frame.sentenceOf[c.from] ?? 0]?.from === c.from
    if (c.sure || ((says || said || self) && !plural)) promoted.add(foldName(tokens[c.from]?.lower ?? ''))
  }
  return promoted
}

type Singles = Readonly<{
  frame: Frame
  drafts: Draft[]
  byLast: Map<string, Draft[]>
  byFirst: Map<string, Draft[]>
  promoted: ReadonlySet<string>
}>

function single({ frame, drafts, byLast, byFirst, promoted }: Singles, c: Candidate): Draft | undefined {
  const key = foldName(frame.tokens[c.from]?.lower ?? '')
  const gender = c.gender && HONORIFICS.get(frame.tokens[c.from - 1]?.lower ?? '') ? c.gender : ''
  const fits = (d: Draft) => gender === '' || d.gender === '' || d.gender === gender
  const family = (byLast.get(key) ?? []).filter(fits)
  const best = family.reduce<Draft | undefined>((a, b) => (a && a.count >= b.count ? a : b), undefined)
  if (best) return best
  const namesakes = byFirst.get(key) ?? []
  if (namesakes.length === 1) return namesakes[0]
  if (c.doubtful || !promoted.has(key)) return
  const draft: Draft = {
    forms: new Map(),
    first: '',
    last: key,
    role: '',
    gender: c.gender,
    count: 0,
    index: drafts.length,
  }
  drafts.push(draft)
  put(byLast, key, draft)
  return draft
}
