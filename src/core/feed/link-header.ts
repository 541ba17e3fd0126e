/** The header Link (RFC 8288), for what WebSub looks for in it. */
import { absoluteUrl } from './links.ts'
import type { FeedWishes } from './wishes.ts'

const HEADER_CHARS_MAX = 8_192 // servers send no more in a whole head

/** Who tells of news, and the address under which the feed is known there, as an answer's header says (WebSub, 4: it goes before the
 *  document's own links). Links with a context of their own (`anchor`) say nothing of this feed. Linear.
 *  @param base - the address that answered */
export function hubLinks(header: string, base: string): Pick<FeedWishes, 'hub' | 'self'> {
  const links = parted(header.slice(0, HEADER_CHARS_MAX), ',').flatMap((link) => targetOf(link))
  const to = (rel: string) =>
    links
      .filter(({ rels }) => rels.includes(rel))
      .map(({ target }) => absoluteUrl(target, base))
      .find((url) => url !== '')
  const [hub, self] = [to('hub'), to('self')]
  return { ...(hub === undefined ? {} : { hub }), ...(self === undefined ? {} : { self }) }
}

function targetOf(link: string): readonly Readonly<{ target: string; rels: readonly string[] }>[] {
  const [target = '', ...parameters] = parted(link, ';').map((part) => part.trim())
  if (!(target.startsWith('<') && target.endsWith('>'))) return []
  const named = new Map<string, string>()
  for (const parameter of parameters) {
    const [name = '', ...value] = parameter.split('=')
    const key = name.trim().toLowerCase()
    if (!named.has(key)) named.set(key, value.join('=').trim()) // a second rel is ignored (3.3)
  }
  if (named.has('anchor')) return []
  const rels = (named.get('rel') ?? '').replaceAll('"', '').toLowerCase().split(/\s+/)
  return [{ target: target.slice(1, -1), rels }]
}

/** Parts between separators that stand neither in quotes nor in angle brackets. */
function parted(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let from = 0
  let until = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (until !== '') {
      if (char === '\\' && until === '"') at++
      else if (char === until) until = ''
    } else if (char === '"') until = '"'
    else if (char === '<') until = '>'
    else if (char === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}
