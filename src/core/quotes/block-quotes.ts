/** Who says the words of a block quotation: the line below that signs them ("— Ana Sol", or a post's "— Ana Sol (@anasol) March 3"),
 *  else the paragraph before, where that ends in a colon. The paragraph alone says nothing: papers set much else so. */
import { type Clause, clauseBefore, leadStart } from './clauses.ts'
import type { Scene, Subject } from './phrase.ts'

/** Whose words a block is: by a clause or person, or by the name of an account. */
export type BlockVoice = Readonly<
  Clause | { via: 'after'; strength: 'speech'; verb: -1; subject?: Subject; name?: string; setting?: string }
>

/** The first run of the block quotation that the run at `index` belongs to. */
export function firstOfBlock(scene: Scene, index: number): number {
  let first = index
  while (isNextParagraph(scene, first - 1)) first--
  return first
}

/** @param first - the block's first run */
export function voiceOfBlock(scene: Scene, first: number): BlockVoice | undefined {
  let last = first
  while (isNextParagraph(scene, last)) last++
  return signatureBelow(scene, last) ?? leadAbove(scene, first)
}

/** Whether the runs at `index` and after it are paragraphs of one block. */
function isNextParagraph({ frame }: Scene, index: number): boolean {
  const [one, next] = [frame.marked[index], frame.marked[index + 1]]
  if (!one?.block || !next?.block) return false
  return (frame.tokenOf[index + 1] ?? 0) - (frame.tokenOf[index] ?? 0) === 2 // the end of the paragraph lies between
}

const NAME_CHARS_MAX = 80 // accounts are called whatever their owners like
const DATE_CHARS_MAX = 40
const ACCOUNT = new RegExp(`^[—–―-]\\s?(.{1,${NAME_CHARS_MAX}}?)\\s?\\(\\s?@[\\w.@-]{1,80}\\s?\\)\\s*(.*)$`, 'u')

function signatureBelow({ frame, cast }: Scene, last: number): BlockVoice | undefined {
  const at = frame.tokenOf[last] ?? 0
  if (frame.tokens[at + 1]?.kind !== 'paragraph') return
  const dashed = /^[—–―-]$/.test(frame.tokens[at + 2]?.text ?? '')
  const from = at + (dashed ? 3 : 2)
  const mention = cast.mentions[cast.mentionAt[from] ?? -1]
  const named = mention?.roleFrom === from ? mention : undefined
  const [, account, date] = dashed ? (ACCOUNT.exec(lineAt(frame.text, frame.tokens[at + 2]?.start)) ?? []) : []
  const common = { via: 'after', strength: 'speech', verb: -1 } as const
  const setting = date && date.length <= DATE_CHARS_MAX && /\d/.test(date) ? { setting: date } : {}
  // Without a dash the line must be the name and nothing else.
  if (named && (dashed || [undefined, 'paragraph'].includes(frame.tokens[named.to]?.kind)))
    return { ...common, subject: { kind: 'person', at: named.from, mention: named }, ...setting }
  return account ? { ...common, name: account, ...setting } : undefined
}

function lineAt(text: string, start = text.length): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, Math.min(end < 0 ? text.length : end, start + 2 * NAME_CHARS_MAX + DATE_CHARS_MAX)).trimEnd()
}

function leadAbove(scene: Scene, first: number): BlockVoice | undefined {
  const { frame } = scene
  const at = frame.tokenOf[first] ?? 0
  const from = frame.sentences[frame.sentenceOf[at] ?? 0]?.from ?? at
  const lead = leadStart(scene, from)
  if (lead === from) return
  const clause = clauseBefore(scene, { from: lead, to: at })
  return clause?.strength === 'speech' || clause?.strength === 'naming' ? clause : undefined
}
