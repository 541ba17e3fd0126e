/** Decides to whom the article gives each marked run of words: by the clause of its sentence, or as what the last speaker goes on to say. */
import { type BlockVoice, firstOfBlock, voiceOfBlock } from './block-quotes.ts'
import { type Clause, clauseBefore, ownClause } from './clauses.ts'
import { organisationAt } from './organisations.ts'
import type { Scene, Subject } from './phrase.ts'
import { type Focus, focusOf } from './pronouns.ts'
import { subjectAfter } from './subject.ts'
import { type WideVoice, wideVoices } from './wide.ts'

/** Where the words were given to somebody; `person` is an index into the cast, -1 where nobody is named, or where it is an
 *  organisation: then `name` is its name. */
export type Attribution = Readonly<{
  via: Clause['via'] | 'continued' | 'none'
  strength: Clause['strength'] | 'none'
  /** Token of the verb, -1 without. */
  verb: number
  subject?: Subject
  person: number
  name?: string
  role?: string
  /** The verb, where it is no token of its own. */
  cue?: string
  /** When it was said, where a line below the words tells. */
  setting?: string
  /** The marked run that these words go on with, in the same paragraph: what was said of its place and time holds here too. */
  continues?: number
}>

const NONE: Attribution = { via: 'none', strength: 'none', verb: -1, person: -1 }

/** One attribution a marked run, in their order. */
export function attribute(scene: Scene): readonly Attribution[] {
  const found: Attribution[] = []
  const { text, marked } = scene.frame
  const wide = wideVoices(text)
  const wideVoice = (index: number) => (marked[index] ? wide(marked[index]) : undefined)
  const reader = { scene, focus: focusOf(scene), found, wideVoice }
  for (let i = 0; i < scene.frame.marked.length; i++) {
    const attribution = attributeOne(reader, i)
    const at = attribution.subject?.at ?? scene.frame.tokenOf[i] ?? 0
    if (attribution.person >= 0 && attribution.via !== 'continued') reader.focus.spoke(at, attribution.person)
    if (attribution.person >= 0) reader.focus.spoke(scene.frame.tokenOf[i] ?? 0, attribution.person)
    found.push(attribution)
  }
  return found
}

type Reader = Readonly<{
  scene: Scene
  focus: Focus
  found: readonly Attribution[]
  wideVoice: (index: number) => WideVoice | undefined
}>

function attributeOne(reader: Reader, index: number): Attribution {
  if (reader.scene.frame.marked[index]?.block) return attributeBlock(reader, index)
  const voice = reader.wideVoice(index)
  if (voice) return { ...NONE, via: 'before', strength: 'speech', ...voice }
  const found = ownClause(reader.scene, index)
  if (!found) return continued(reader, index)
  const own = { ...found, subject: readerOf(reader, found.subject) ?? found.subject }
  const name = own.strength === 'speech' ? organisationOf(reader, own) : ''
  return { ...own, person: personOf(reader, own.subject), ...(name ? { name } : {}) }
}

/** A block quotation is one voice's, or nobody's. */
function attributeBlock(reader: Reader, index: number): Attribution {
  const first = firstOfBlock(reader.scene, index)
  const before = index > first ? reader.found[first] : undefined
  if (before) return { ...before, via: 'continued' }
  const voice = voiceOfBlock(reader.scene, first)
  return voice ? spokenBy(reader, voice) : NONE
}

function spokenBy(reader: Reader, voice: BlockVoice): Attribution {
  const { subject } = voice
  const name = 'name' in voice ? voice.name : subject && organisationOf(reader, { ...voice, subject })
  const { name: _, ...rest } = { name: '', ...voice }
  return { ...rest, person: personOf(reader, subject), ...(name ? { name } : {}) }
}

/** "a statement read out by Ana Sol": a paper has no voice but hers. */
function readerOf({ scene }: Reader, subject: Subject): Subject | undefined {
  const { tokens } = scene.frame
  if (subject.kind !== 'nominal') return
  // Of "a statement read out" the head may be taken for any of the three.
  const paper = [0, 1, 2].map((back) => subject.at - back).find((i) => PAPERS.has(tokens[i]?.lower ?? ''))
  if (paper === undefined) return
  const verb = paper + (tokens[paper + 1]?.text === ',' ? 2 : 1)
  if (!GIVEN.has(tokens[verb]?.lower ?? '')) return
  const by = [verb + 1, verb + 2].find((i) => tokens[i]?.lower === 'by')
  return by === undefined ? undefined : subjectAfter(scene, by, by + READER_TOKENS_MAX)
}
const PAPERS: ReadonlySet<string> = new Set(
  'statement letter message note speech text memo email declaration'.split(' '),
)
const GIVEN: ReadonlySet<string> = new Set(
  'read signed issued released delivered written sent published posted'.split(' '),
)
const READER_TOKENS_MAX = 16 // a title and a name

/** What an organisation reports was said by somebody else. */
function organisationOf({ scene: { frame } }: Reader, { subject, verb }: Pick<Clause, 'subject' | 'verb'>): string {
  if (subject.kind !== 'nominal' || /^report/.test(frame.tokens[verb]?.lower ?? '')) return ''
  return organisationAt(frame, subject.at)
}

function personOf({ focus }: Reader, subject: Subject | undefined): number {
  if (subject?.kind === 'person') return subject.mention.person
  return subject?.kind === 'pronoun' ? focus.personOf(subject) : -1
}

// ---- words without a clause of their own -----------------------------------------------------------------------

/** So many marked runs back somebody may still be speaking. */
const RUNS_BACK_MAX = 5

function continued(reader: Reader, index: number): Attribution {
  return fromSentenceBefore(reader, index) ?? fromQuoteBefore(reader, index) ?? fromActorBefore(reader, index) ?? NONE
}

/** Place of a marked run: its sentence and paragraph. */
function placeOf({ frame }: Scene, index: number): Readonly<{ sentence: number; paragraph: number }> {
  const sentence = frame.sentenceOf[frame.tokenOf[index] ?? 0] ?? 0
  return { sentence, paragraph: frame.sentences[sentence]?.paragraph ?? 0 }
}

/** A sentence without marks stands between: its speaker, or its actor when nobody was quoted in this paragraph. */
function fromSentenceBefore(reader: Reader, index: number): Attribution | undefined {
  const { scene, found } = reader
  const { sentence, paragraph } = placeOf(scene, index)
  const before = scene.frame.sentences[sentence - 1]
  if (before?.paragraph !== paragraph) return
  const last = index > 0 ? placeOf(scene, index - 1) : undefined
  if (last && last.sentence >= sentence - 1) return
  const led = clauseBefore(scene, before)
  const person = led ? personOf(reader, led.subject) : -1
  const weaker = led?.strength !== 'speech' && last?.paragraph === paragraph && (found[index - 1]?.person ?? -1) >= 0
  return led && person >= 0 && !weaker ? { ...led, strength: 'weak', via: 'continued', person } : undefined
}

/** "..., Sol said. "And ..."": the one who spoke in this paragraph or the one before. */
function fromQuoteBefore({ scene, found }: Reader, index: number): Attribution | undefined {
  const { paragraph } = placeOf(scene, index)
  for (let i = index - 1; i >= 0 && i > index - RUNS_BACK_MAX; i--) {
    const spoken = found[i]
    const gap = paragraph - placeOf(scene, i).paragraph
    if (!spoken || gap > 1) return
    if (spoken.person >= 0 || spoken.name) {
      const { person, strength, name, role } = spoken
      const lead = gap === 0 ? { continues: spoken.continues ?? i } : {}
      const voice = name ? { name, ...(role ? { role } : {}) } : {}
      return { via: 'continued', strength, verb: -1, person, ...voice, ...lead }
    }
    if (spoken.strength === 'speech' || gap > 0) return
  }
  return
}

/** Words that stand alone after a report of what somebody said are that person's as well. */
function fromActorBefore({ scene, focus }: Reader, index: number): Attribution | undefined {
  const { sentence, paragraph } = placeOf(scene, index)
  const last = scene.frame.sentences[sentence - 1]
  const person = last && paragraph - last.paragraph <= 1 ? focus.actorOf(sentence - 1) : -1
  return person >= 0 ? { via: 'continued', strength: 'weak', verb: -1, person } : undefined
}
