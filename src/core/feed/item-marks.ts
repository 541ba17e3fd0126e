/** Marks of a document's items, by which a later reading knows them without reading them. */
import { fingerprint } from '../identity.ts'
import type { Token, TokenStream } from './tokens.ts'

type Open = Extract<Token, { kind: 'open' }>
/** An item that is being read: where it should end, and its mark if it does. */
type Begun = Readonly<{ end: number; mark: string; place: string }>

/** What stands between an item's tag and the first end tag of its name means the same wherever it stands in the same place of a document: then a
 *  hash of it is its mark, and an item whose mark is known is passed over unread. That holds for an item that did end there, changed nothing
 *  of its place, and of which no part was understood by what stands behind it. Others are marked by what was read of them.
 *  Linear: of each way to write the tag, no character is hashed twice. */
export class ItemMarks {
  readonly #text: string
  readonly #stream: TokenStream
  readonly #known: ReadonlySet<string>
  readonly #ends = new Map<string, number>()
  #begun: Begun | undefined

  constructor(text: string, stream: TokenStream, known: ReadonlySet<string>) {
    this.#text = text
    this.#stream = stream
    this.#known = known
  }

  knows(mark: string): boolean {
    return this.#known.has(mark)
  }

  /** An item's tag was read.
   *  @param place - all that an item's meaning depends on besides its own characters
   *  @returns the item's mark if it is known: it was passed over, and the next token is what comes after it */
  begin({ name, start, closed }: Open, place: string): string | undefined {
    this.#begun = undefined
    const end = closed ? -1 : this.#endOf(`</${name}>`, start)
    if (end < 0) return undefined
    const mark = markOf(place, this.#text.slice(start, end))
    if (this.knows(mark)) {
      this.#stream.skipTo(end)
      return mark
    }
    this.#begun = { end, mark, place }
    return undefined
  }

  /** The item that was begun last has ended.
   *  @param at - where its end tag ends
   *  @param written - what was read of it, where its own characters cannot stand for it */
  end(at: number, now: Readonly<{ place: string; written: string; base: string }>): string {
    const begun = this.#begun
    this.#begun = undefined
    const isWhole = begun?.end === at && begun.place === now.place
    return isWhole && this.#stream.reach() <= at ? begun.mark : markOf(now.base, now.written)
  }

  /** The first of these end tags behind `from`; -1 where there is none, or where an item before was to end there, and did not. */
  #endOf(tag: string, from: number): number {
    const before = this.#ends.get(tag) ?? 0
    if (before > from || (before === 0 && this.#ends.size === TAGS_MAX)) return -1
    const at = this.#text.indexOf(tag, from)
    const end = at < 0 ? Number.POSITIVE_INFINITY : at + tag.length
    this.#ends.set(tag, end)
    return at < 0 ? -1 : end
  }
}

const TAGS_MAX = 4 // honest documents write it in one way; each is looked for to the end

/** Enough to tell a feed's entries apart; a feed of thirty keeps its marks in half a page. */
const MARK_CHARS = 16

function markOf(place: string, item: string): string {
  return fingerprint(`${place}\n${item}`).slice(0, MARK_CHARS)
}
