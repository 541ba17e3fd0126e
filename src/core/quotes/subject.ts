/** Finds the subject of a verb among tokens: a small grammar of English news, which other languages mostly share. */
import { CLAUSE_WORDS, PREPOSITIONS } from './lexicon.ts'
import {
  chunkStart,
  direct,
  headOf,
  isAdverbial,
  isBoundary,
  isTime,
  isVerb,
  mentionAt,
  type Range,
  type Scene,
  type Subject,
  skipBack,
} from './phrase.ts'
import { SPEECH_VERBS } from './verbs.ts'

/** No sentence that names its speaker is longer; keeps hostile text linear. */
const REACH_TOKENS_MAX = 60
const COMMAS_MAX = 6

/** Who does what the verb at `at` says, looked for between `from` and `to`. */
export function subjectOf(scene: Scene, at: number, { from, to }: Range): Subject | undefined {
  const { tokens } = scene.frame
  const j = skipBack(scene, at - 1, from)
  const before = j < from ? undefined : tokens[j]
  let k = j
  while (k >= from && k > j - 2 && /^[,—–-]$/.test(tokens[k]?.text ?? '')) k--
  const afterWords = before === undefined || tokens[k]?.kind === 'quote'
  const verb = tokens[at]?.lower ?? ''
  if (afterWords && !(verb.endsWith('ing') || (before && !SPEECH_VERBS.has(verb)))) {
    const after = subjectAfter(scene, at, to)
    if (after) return after
  } else if (before?.text === ',' && SPEECH_VERBS.has(verb) && !ADDRESSING.has(verb)) {
    const after = subjectAfter(scene, at, to)
    if (after?.kind === 'person' && endsClause(scene, after.mention.to)) return after
  }
  return subjectBefore(scene, at, from)
}

/** Whether nothing follows that makes the name before `i` the subject of another verb ("said Sol had ..."). */
function endsClause({ frame }: Scene, i: number): boolean {
  const t = frame.tokens[i]
  if (t?.kind === 'quote') return false
  return t?.kind !== 'word' || PREPOSITIONS.has(t.lower) || isTime(t) || t.lower === 'who'
}

/** A person after these is the one spoken to. */
const ADDRESSING: ReadonlySet<string> = new Set(
  'told tells tell telling asked asks ask asking informed assured reminded warned urged advised answered instructed ordered begged implored called calls'.split(
    ' ',
  ),
)

// ---- before the verb -------------------------------------------------------------------------------------------

function subjectBefore(scene: Scene, at: number, from: number): Subject | undefined {
  const { tokens } = scene.frame
  const low = Math.max(from, at - REACH_TOKENS_MAX)
  const verb = tokens[at]
  const j = skipBack(scene, at - 1, low)
  if (j < low) return
  const last = tokens[j]
  if (!last) return
  const participle =
    verb?.lower.endsWith('ing') === true &&
    !PROGRESSIVE.has(tokens[at - 1]?.lower ?? '') &&
    !PROGRESSIVE.has(tokens[j + 1]?.lower ?? '')
  if (last.lower === 'to' || last.lower === 'of' || last.lower === 'for' || last.lower === 'by' || participle)
    return raised(scene, j, low)
  if (last.lower === 'who' || last.lower === 'that' || last.lower === 'which') return antecedent(scene, j, low)
  if (/^(?:and|or|but|then|also|nor)$/.test(last.lower)) return governor(scene, j, low)
  const near = direct(scene, j)
  if (near) return near
  if (isQualifiedNoun(scene, j)) return { kind: 'nominal', at: j }
  if (/^[,)\]—–-]$/.test(last.text) || last.kind === 'quote') return beforeAside(scene, j, low)
  const start = chunkStart(scene, j, low)
  const head = headOf(scene, { from: start, to: j + 1 })
  if (head) return head
  const bound = tokens[start - 1]
  if (bound?.text === ',' && start > low) return beforeAside(scene, start - 1, low)
  if (bound && start > low && /^(?:who|that|which)$/.test(bound.lower)) return antecedent(scene, start - 1, low)
  return start > low ? governor(scene, start - 1, low) : undefined
}

const PROGRESSIVE: ReadonlySet<string> = new Set("is are was were been be 's 're am".split(' '))

/** "Sol kept asking", "she went on to say": the subject stands a few words before; else the clause's own. */
function raised(scene: Scene, j: number, low: number): Subject | undefined {
  const { tokens } = scene.frame
  for (let i = j; i >= low && i > j - 5; i--) {
    if (tokens[i]?.text === ')' && i < j) i = asideStart(scene, i, low) - 1
    const t = tokens[i]
    if (t?.kind !== 'word' || CLAUSE_WORDS.has(t.lower)) break
    if (i < j && PREPOSITIONS.has(t.lower)) break
    const mention = mentionAt(scene, i)
    if (mention && i === j && tokens[mention.roleFrom - 1]?.lower === 'with')
      return { kind: 'person', at: mention.from, mention }
    const near = direct(scene, i)
    if (near) return near
    if (mention) break
  }
  return governor(scene, j, low)
}

/** "The Sol memo said": one plain word between a name and the verb. */
function isQualifiedNoun(scene: Scene, j: number): boolean {
  const t = scene.frame.tokens[j]
  const mention = mentionAt(scene, j - 1)
  if (
    t?.kind !== 'word' ||
    isTime(t) ||
    PREPOSITIONS.has(t.lower) ||
    CLAUSE_WORDS.has(t.lower) ||
    /^(?:who|both)$/.test(t.lower)
  )
    return false
  return mention !== undefined && mention.to === j && !mentionAt(scene, j)
}

/** The verb hangs on another one ("went on to say", "did this and said", "..., adding"): the subject of the clause before. */
function governor(scene: Scene, j: number, low: number): Subject | undefined {
  const { tokens } = scene.frame
  const start = chunkStart(scene, j - 1, low)
  const own = actorIn(scene, { from: start, to: j })
  // A clause that begins with its subject is sure; behind a comma or "and" the verb may belong to the clause before.
  const leads = own !== undefined && startOf(own) <= start + 1
  const detached = /^(?:and|or|but|,)$/.test(tokens[j]?.lower ?? '')
  if (own && leads && !detached) return own
  for (let i = j - 1; i > low; i--) {
    if (tokens[i]?.text === ';') break
    if (!isVerb(scene, i, SPEECH_VERBS) || tokens[i]?.lower.endsWith('ing') || tokens[i - 1]?.lower === 'to') continue
    const found = plainSubject(scene, i, low)
    if (found) return found
  }
  if (own && leads && tokens[j]?.text !== ',') return own
  const main = clauseSubject(scene, { from: low, to: j + 1 })
  return main && main.kind !== 'nominal' ? main : (own ?? main)
}

function actorIn(scene: Scene, range: Range): Subject | undefined {
  const head = headOf(scene, range)
  return head?.kind === 'nominal' ? undefined : head
}

/** Where a subject begins, with its title. */
export function startOf(subject: Subject): number {
  return subject.kind === 'person' ? subject.mention.roleFrom : subject.at
}

/** The subject that stands right before a finite verb, or before the aside that does. */
function plainSubject(scene: Scene, verb: number, low: number): Subject | undefined {
  const j = skipBack(scene, verb - 1, low)
  if (j < low) return
  return direct(scene, j) ?? (scene.frame.tokens[j]?.text === ',' ? beforeAside(scene, j, low) : undefined)
}

/** The subject of the first main clause in a range. */
export function clauseSubject(scene: Scene, range: Range): Subject | undefined {
  const { tokens } = scene.frame
  const { from } = range
  const to = Math.min(range.to, from + REACH_TOKENS_MAX)
  let i = from
  while (
    i < to &&
    (tokens[i]?.kind === 'punctuation' ||
      tokens[i]?.kind === 'quote' ||
      /^(?:but|and|so|yet|still|then|also|meanwhile|however)$/.test(tokens[i]?.lower ?? ''))
  )
    i++
  const first = tokens[i]
  if (!first) return
  const adverb = isAdverbial(first) || isTime(first) || /^(?:now|here|there)$/.test(first.lower)
  if (adverb && tokens[i + 1]?.text !== ',') return clauseSubject(scene, { from: i + 1, to })
  const opening =
    adverb || PREPOSITIONS.has(first.lower) || CLAUSE_WORDS.has(first.lower) || /(?:ing|ed)$/.test(first.lower)
  if (opening && !mentionAt(scene, i)) {
    const comma = indexOfComma(scene, i, to)
    if (comma > 0 && comma + 1 < to) {
      const rest = clauseSubject(scene, { from: comma + 1, to })
      if (rest && rest.kind !== 'nominal') return rest
      const inner = firstActor(scene, { from: i, to: comma })
      return rest ?? inner
    }
  }
  return firstActor(scene, { from: i, to })
}

function indexOfComma({ frame }: Scene, from: number, to: number): number {
  for (let i = from; i < to; i++) if (frame.tokens[i]?.text === ',') return i
  return -1
}

function firstActor(scene: Scene, { from, to }: Range): Subject | undefined {
  const { tokens } = scene.frame
  let end = from
  while (end < to && (end === from || !isBoundary(scene, end))) end++
  const head = headOf(scene, { from, to: end })
  if (head && head.kind !== 'nominal') return head
  if (head && tokens[end]?.text === ',') {
    const apposed = mentionAt(scene, end + 1)
    if (
      apposed &&
      apposed.roleFrom === end + 1 &&
      apposed.to < to &&
      /^(?:,|who)$/.test(tokens[apposed.to]?.lower ?? '')
    )
      return { kind: 'person', at: apposed.from, mention: apposed }
  }
  return head
}

function antecedent(scene: Scene, j: number, low: number): Subject | undefined {
  let i = j - 1
  if (scene.frame.tokens[i]?.text === ',') i--
  if (i < low) return
  const near = direct(scene, i)
  if (near) return near
  const mention = mentionAt(scene, i)
  if (mention && scene.frame.tokens[j]?.lower === 'who') return { kind: 'person', at: mention.from, mention }
  const start = chunkStart(scene, i, low)
  return headOf(scene, { from: start, to: i + 1 })
}

/** "Ana Sol, the mayor of Lum, said": what stands before the aside that ends at `j`. */
function beforeAside(scene: Scene, j: number, low: number): Subject | undefined {
  const { tokens } = scene.frame
  let end = j
  let fallback: Subject | undefined
  if (tokens[j - 1]?.text === ')') {
    const open = asideStart(scene, j - 1, low)
    const near = open > low ? direct(scene, open - 1) : undefined
    if (near) return near
  }
  for (let n = 0; n < COMMAS_MAX; n++) {
    const open = asideStart(scene, end, low)
    if (open < low) break
    const whole = mentionAt(scene, end - 1)
    if (n === 0 && whole && whole.roleFrom === open + 1 && whole.to === end && !whole.possessive)
      return { kind: 'person', at: whole.from, mention: whole }
    const inner = tokens[open - 1]?.text === ')' ? asideStart(scene, open - 1, low) : open
    const near = inner > low ? direct(scene, inner - 1) : undefined
    if (near) return near
    const start = chunkStart(scene, open - 1, low)
    const head = start < open ? headOf(scene, { from: start, to: open }) : undefined
    if (head && head.kind !== 'nominal') return head
    if (start > low && /^(?:who|which|that|whom)$/.test(tokens[start - 1]?.lower ?? '')) {
      const owner = antecedent(scene, start - 1, low)
      if (owner?.kind === 'person') return owner
    }
    if (head && tokens[start - 1]?.text !== ',') return fallback ?? head
    fallback ??= head
    end = open
  }
  return fallback ?? clauseSubject(scene, { from: low, to: end })
}

function asideStart({ frame }: Scene, end: number, low: number): number {
  const closer = frame.tokens[end]?.text
  const opener = closer === ')' ? '(' : closer === ']' ? '[' : closer
  for (let i = end - 1; i >= low; i--) {
    const t = frame.tokens[i]?.text
    if (t === opener || (closer !== ')' && (t === ',' || t === '—' || t === '–'))) return i
  }
  return low - 1
}

// ---- behind the verb -------------------------------------------------------------------------------------------

/** "..., said Ana Sol, the mayor of Lum" */
export function subjectAfter(scene: Scene, at: number, to: number): Subject | undefined {
  const { tokens } = scene.frame
  let from = at + 1
  while (from < to && isAdverbial(tokens[from])) from++
  const first = tokens[from]
  if (
    !first ||
    from >= to ||
    (first.kind !== 'word' && first.kind !== 'number') ||
    PREPOSITIONS.has(first.lower) ||
    /^(?:that|how|what|why|whether|when)$/.test(first.lower)
  )
    return
  let end = from
  while (end < Math.min(to, from + REACH_TOKENS_MAX) && (end === from || !isBoundary(scene, end))) end++
  const head = headOf(scene, { from, to: end })
  if (head?.kind === 'nominal' && tokens[end]?.text === ',') {
    const mention = mentionAt(scene, end + 1)
    if (mention && mention.roleFrom === end + 1 && !mention.possessive)
      return { kind: 'person', at: mention.from, mention }
  }
  return head
}
