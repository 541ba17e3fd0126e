/** What a message of ours says of itself, read from its components as the far side returns them. Untrusted: shapes are only looked for. */
import { createHash } from 'node:crypto'
import { parseCustomId } from './custom-id.ts'
import { safeLink } from './safe-text.ts'

/** @property mark - the nonce of the delivery that it is
 *  @property listed - of a list: the marks of the stories in it, see `linkMark` */
export type Marks = Readonly<{ mark: string; listed: readonly string[] }>

/** A delivery's nonce, as long as `deliveryNonce` makes it: no other argument has this length. */
const NONCE = /^[A-Za-z0-9_-]{24}$/
const LINK_MARK_CHARS = 22 // 132 bits of a hash
/** A list has ten stories; a message of ours is 4,000 characters at the most. */
const LISTED_MAX = 100

export function marksOf(components: unknown): readonly Marks[] {
  const texts = textsOf(components)
  const presses = texts.flatMap(({ key, text }) => (key === 'custom_id' ? (parseCustomId(text) ?? []) : []))
  const nonces = new Set(presses.flatMap(({ args }) => args.filter((arg) => NONCE.test(arg))))
  const isList = presses.some(({ command, verb }) => command === 'latest' && verb === 'open')
  const listed = isList ? texts.flatMap(({ text }) => linksIn(text)).slice(0, LISTED_MAX) : []
  return [...nonces].map((mark) => ({ mark, listed: listed.map(markOf) }))
}

/** The mark of a story in a list, by an article's address; undefined where no list can link it. */
export function linkMark(url: string): string | undefined {
  const link = safeLink(url)
  return link ? markOf(link) : undefined
}

function markOf(link: string): string {
  return createHash('sha256').update(link).digest('base64url').slice(0, LINK_MARK_CHARS)
}

type Text = Readonly<{ key: string; text: string }>

function textsOf(part: unknown): readonly Text[] {
  if (Array.isArray(part)) return part.flatMap(textsOf)
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ key, text: value }] : textsOf(value),
  )
}

/** Addresses of markdown links, which our painter makes without blanks and brackets. */
function linksIn(text: string): readonly string[] {
  return text
    .split('](')
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf(')')))
    .filter((link) => /^https?:/.test(link))
}
