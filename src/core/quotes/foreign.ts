import type { Quote } from '../model.ts'
import { castOf } from './foreign/cast.ts'
import {
  bearerOf,
  type Clause,
  clauseBefore,
  clauseBehind,
  isVerb,
  lastMention,
  mentionIn,
  type Scene,
  type Who,
} from './foreign/clause.ts'
import { markedIn } from './foreign/marks.ts'
import type { Gender, Tongue } from './foreign/tongue.ts'
import { timeBeside } from './times.ts'
import { endOfWords, frameOf, type Token, wordCountOf } from './tokens.ts'

/** Verbatim quotations of a text in German, French, Spanish, Polish, Ukrainian, Russian or Turkish, in reading order, with who said them.
 *  Another grammar than English: marks that hold their own clause, dashes, verbs before their subject or without one, cases of names.
 *  @param text - the article, paragraphs joined by a blank line
 *  @param how.blocks - those of them that stand in block quotations: somebody's words, if the text says whose
 *  @returns spans without their marks; `text.slice(start, end) === quote.text` always holds */
export function findForeignQuotes(text: string, how: How): readonly Quote[] {
  const { scene, found } = read(text, how)
  return scene.frame.marked.flatMap((run, i) => {
    const given = found[i]
    if (!given?.spoken) return []
    const person = scene.cast.people[given.person]
    const verb = scene.frame.tokens[given.verb]
    const speaker = person && { name: person.name, ...(person.role === '' ? {} : { role: person.role }) }
    const words = { text: text.slice(run.start, run.end), start: run.start, end: run.end }
    const setting = timeBeside(scene.frame, given.verb)
    return [
      {
        ...words,
        ...(speaker ? { speaker } : {}),
        ...(verb ? { cue: verb.text } : {}),
        ...(setting ? { setting } : {}),
      },
    ]
  })
}

type How = Readonly<{ tongue: Tongue; blocks: ReadonlySet<string> }>
type Reading = Readonly<{ scene: Scene; found: readonly Given[] }>

/** Block quotations that nobody is named for are paragraphs like all others: then the text is read again without them. */
function read(text: string, how: How): Reading {
  const reading = readOnce(text, how)
  const plain = reading.scene.frame.marked.filter(({ block }, i) => block && (reading.found[i]?.person ?? -1) < 0)
  if (plain.length === 0) return reading
  const blocks = new Set(how.blocks)
  for (const { outerStart, outerEnd } of plain) blocks.delete(text.slice(outerStart, outerEnd))
  return readOnce(text, { ...how, blocks })
}

function readOnce(text: string, { tongue, blocks }: How): Reading {
  const marked = markedIn(text, tongue, blocks)
  const frame = frameOf(text, marked, CUTS.get(tongue.code))
  const scene: Scene = { frame, cast: castOf(frame, tongue), tongue }
  return { scene, found: attribute(scene) }
}

/** Where a word is two: "l'eau", "Ankara'ya". */
const CUTS: ReadonlyMap<string, (word: string) => number> = new Map([
  ['fr', (word: string) => /^(?:[ldsnmtjc]|qu|jusqu|lorsqu|puisqu)['’](?=\p{L})/iu.exec(word)?.[0].length ?? 0],
  ['tr', (word: string) => Math.max(0, word.search(/(?<=\p{L})['’]/u))],
])

/** `person` is an index into the cast, -1 where nobody is named. */
type Given = Readonly<{ spoken: boolean; person: number; verb: number }>
type Reader = Readonly<{ scene: Scene; actors: Int32Array; found: Given[] }>

function attribute(scene: Scene): readonly Given[] {
  const reader: Reader = { scene, actors: actorsOf(scene), found: [] }
  for (let i = 0; i < scene.frame.marked.length; i++) {
    const given = giveOne(reader, i)
    const sentence = scene.frame.sentenceOf[scene.frame.tokenOf[i] ?? 0] ?? 0
    if (given.spoken && given.person >= 0) reader.actors[sentence] = given.person
    reader.found.push(given)
  }
  return reader.found
}

function giveOne(reader: Reader, index: number): Given {
  const { scene } = reader
  if (isName(scene, index)) return { spoken: false, person: -1, verb: -1 }
  const own = ownClause(reader, index)
  if (own && isSaid(scene, index, own.sure)) return { spoken: true, person: personOf(reader, own.who), verb: own.verb }
  if (own) return { spoken: false, person: -1, verb: -1 }
  const person = continued(reader, index)
  return { spoken: isSaid(scene, index, person >= 0), person, verb: -1 }
}

// ---- whose words ------------------------------------------------------------------------------------------------

function ownClause(reader: Reader, index: number): Clause | undefined {
  const { scene, found } = reader
  const { frame } = scene
  const at = frame.tokenOf[index] ?? 0
  const sentence = frame.sentences[frame.sentenceOf[at] ?? 0]
  if (!sentence) return
  const prior = lastSpoken(reader, index)
  const from = prior === undefined ? leadStart(scene, sentence.from) : (frame.tokenOf[prior] ?? 0) + 1
  const between = from < at ? clauseBefore(scene, { from, to: at }) : undefined
  if (prior !== undefined) {
    const other = between?.sure && between.who.kind === 'person' ? between : undefined
    const person = found[prior]?.person ?? -1
    return (
      other ?? {
        who: person < 0 ? { kind: 'nobody' } : { kind: 'person', person },
        verb: between?.verb ?? -1,
        sure: true,
      }
    )
  }
  if (between?.sure) return between
  const behind = clauseBehind(scene, index)
  // The subject may stand before the words and its verb behind them: "Sol, "..." dedi".
  if (behind && between && behind.who.kind === 'dropped') return { ...between, verb: behind.verb, sure: true }
  return behind ?? between
}

/** Words of the same sentence that were said before these. */
function lastSpoken({ scene: { frame }, found }: Reader, index: number): number | undefined {
  const sentence = frame.sentenceOf[frame.tokenOf[index] ?? 0]
  for (let i = index - 1; i >= 0 && frame.sentenceOf[frame.tokenOf[i] ?? 0] === sentence; i--)
    if (found[i]?.spoken) return i
  return
}

/** A paragraph that is nothing but the words is led by the one before, where that ends in a colon. */
function leadStart({ frame }: Scene, from: number): number {
  if (frame.tokens[from - 1]?.kind !== 'paragraph' || frame.tokens[from - 2]?.text !== ':') return from
  return frame.sentences[frame.sentenceOf[from - 2] ?? 0]?.from ?? from
}

/** So many marked runs back somebody may still be speaking. */
const RUNS_BACK_MAX = 5

/** Words without a clause go on with what was said, or belong to the one of whom the sentence before tells. */
function continued({ scene, actors, found }: Reader, index: number): number {
  const { sentences, sentenceOf, tokenOf } = scene.frame
  const at = sentenceOf[tokenOf[index] ?? 0] ?? 0
  const paragraph = sentences[at]?.paragraph ?? 0
  const before = sentences[at - 1]
  const last = index > 0 ? (sentenceOf[tokenOf[index - 1] ?? 0] ?? 0) : -1
  if (before?.paragraph === paragraph && last < at - 1 && (actors[at - 1] ?? -1) >= 0) return actors[at - 1] ?? -1
  for (let i = index - 1; i >= 0 && i > index - RUNS_BACK_MAX; i--) {
    const gap = paragraph - (sentences[sentenceOf[tokenOf[i] ?? 0] ?? 0]?.paragraph ?? 0)
    if (gap > 1) break
    if (found[i]?.spoken) return found[i]?.person ?? -1
  }
  return -1
}

function personOf(reader: Reader, who: Who): number {
  switch (who.kind) {
    case 'person':
      return who.person
    case 'role':
      return bearerOf(reader.scene, who.at)
    case 'nobody':
      return -1
    case 'pronoun':
    case 'dropped':
      return recall(reader, who.gender, who.at)
  }
}

/** Further back nobody is meant. */
const SENTENCES_BACK_MAX = 9

/** The fitting person spoken of last: who acted or spoke in the nearest sentence, else anybody whom it names. */
function recall({ scene: { frame, cast }, actors }: Reader, gender: Gender, at: number): number {
  const fits = (person: number) => {
    const one = cast.people[person]
    return one !== undefined && !one.organisation && (gender === '' || one.gender === '' || one.gender === gender)
  }
  const here = frame.sentenceOf[at] ?? 0
  let next = lastMention(cast.mentions, at)
  for (let s = here; s >= 0 && s >= here - SENTENCES_BACK_MAX; s--) {
    if (s < here && fits(actors[s] ?? -1)) return actors[s] ?? -1
    for (; next >= 0; next--) {
      const mention = cast.mentions[next]
      if (!mention || (frame.sentenceOf[mention.from] ?? 0) < s) break
      if (fits(mention.person)) return mention.person
    }
  }
  return -1
}

/** Who acts in each sentence: its first person that hangs on nothing. */
function actorsOf(scene: Scene): Int32Array {
  return Int32Array.from(scene.frame.sentences, (sentence) => {
    const mention = mentionIn(scene, sentence, false)
    return mention && !scene.cast.people[mention.person]?.organisation ? mention.person : -1
  })
}

// ---- whether they were said -------------------------------------------------------------------------------------

/** Longer is no title and no name of a club. */
const NAME_WORDS_MAX = 6
/** Fewer words that nobody is said to have said are the paper's own distance. */
const SAID_WORDS_MIN = 3
/** A sentence of its own that nobody is named for. */
const ALONE_WORDS_MIN = 4

/** A title, a paper, a club: a capital behind a plain word of the same sentence, and no verb of speech behind it. */
function isName(scene: Scene, index: number): boolean {
  const { frame, tongue } = scene
  const at = frame.tokenOf[index] ?? 0
  const run = frame.marked[index]
  if (!run || (scene.cast.mentionAt[at] ?? -1) >= 0) return true
  const text = frame.text.slice(run.start, run.end)
  if (wordCountOf(text) > NAME_WORDS_MAX || !/^[\p{Lu}\p{N}]/u.test(text) || /[.!?…]$/.test(text)) return false
  const [before, after] = [frame.tokens[at - 1], frame.tokens[at + 1]]
  const first = frame.sentences[frame.sentenceOf[at] ?? 0]?.from === at
  if (first) return after?.kind === 'word' && !after.capital && !hasVerbNear(scene, at + 1)
  if (before?.kind !== 'word') return false
  // "der" is an article as often as it begins a clause.
  if (tongue.subordinators.has(before.lower) && (!tongue.nounsCapital || frame.tokens[at - 2]?.text === ','))
    return false
  if (isSaying(before, tongue)) return false
  const verb = after !== undefined && /^[,—–-]$/.test(after.text) ? at + 2 : tongue.code === 'tr' ? at + 1 : -1
  return verb < 0 || !isVerb(scene, verb)
}

function isSaying({ lower }: Token, { verbs }: Tongue): boolean {
  return verbs.has(lower)
}

function hasVerbNear(scene: Scene, from: number): boolean {
  return [0, 1, 2].some((k) => isVerb(scene, from + k))
}

function isSaid({ frame }: Scene, index: number, sure: boolean): boolean {
  const run = frame.marked[index]
  if (!run) return false
  const words = wordCountOf(frame.text.slice(run.start, run.end))
  if (words === 0) return false
  if (sure) return true
  const at = frame.tokenOf[index] ?? 0
  const alone = frame.sentences[frame.sentenceOf[at] ?? 0]?.from === at
  if (alone) return words >= ALONE_WORDS_MIN || /[.!?…]/.test(endOfWords(frame.text, run))
  return words >= SAID_WORDS_MIN
}
