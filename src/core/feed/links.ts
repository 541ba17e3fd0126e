import { windows1252 } from '../decode.ts'
import { decodeEntities } from './entities.ts'
import { type Token, tokens } from './tokens.ts'

/** An address made absolute.
 *  @returns http or https, or '' for any other scheme and for what is no address. An absolute address comes back as it was written
 *  (it may be an identity), without the white space around and in it. */
export function absoluteUrl(address: string, base: string): string {
  const tight = address.trim().replace(/[\t\r\n]/g, '')
  if (tight === '' || tight.length > URL_CHARS_MAX) return ''
  const plain = /^www\./i.test(tight) ? `http://${tight}` : tight
  const parsed = URL.parse(plain) ?? URL.parse(plain, base)
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return ''
  return /^https?:\/\//i.test(plain) ? plain : parsed.href
}

/** HTML with its links made absolute, scripts and styles left out, links that run something emptied, and numbers between 128 and
 *  159 read as the windows-1252 that authors meant. All else stays as it was. Linear. */
export function absoluteHtml(html: string, base: string): string {
  const text = html.includes('&#') ? html.replace(/&#(?:1[2-5]\d|x[89][\da-f]);/gi, readC1) : html
  if (!text.includes('<')) return text
  const parts: string[] = []
  let from = 0
  let hidden: string | undefined
  for (const token of tokens(text)) {
    if (token.kind === 'close' && token.name.toLowerCase() === hidden) {
      hidden = undefined
      from = token.end
    }
    if (token.kind !== 'open' || hidden !== undefined) continue
    const name = token.name.toLowerCase()
    if (HIDDEN.has(name)) {
      parts.push(text.slice(from, token.start))
      from = token.end
      if (!token.closed) hidden = name
      continue
    }
    const tag = withLinks(token, base)
    if (tag === undefined) continue
    parts.push(text.slice(from, token.start), tag)
    from = token.end
  }
  if (hidden === undefined) parts.push(text.slice(from))
  return parts.join('')
}

const URL_CHARS_MAX = 4_000 // twice what we fetch
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style'])
const LINKS: ReadonlySet<string> = new Set(
  'href src cite action longdesc data usemap classid codebase profile background poster'.split(' '),
)

/** The tag with absolute links, or undefined if it needs no change. */
function withLinks(token: Extract<Token, { kind: 'open' }>, base: string): string | undefined {
  let changed = false
  const attributes = [...token.attributes].map(([name, value]) => {
    if (!LINKS.has(name)) return [name, value]
    const address = decodeEntities(value).trim()
    const absolute = KEPT_SCHEME.test(address) ? value : absoluteUrl(address, base).replaceAll('&', '&amp;')
    if (absolute === value) return [name, value]
    changed = true
    return [name, absolute]
  })
  if (!changed) return undefined
  const written = attributes.map(([name, value = '']) => ` ${name}="${value.replaceAll('"', '&quot;')}"`).join('')
  return `<${token.name}${written}${token.closed ? ' /' : ''}>`
}
const KEPT_SCHEME = /^(?:https?:\/\/|mailto:|tel:|#)/i

function readC1(reference: string): string {
  const code = /^&#x/i.test(reference)
    ? Number.parseInt(reference.slice(3), 16)
    : Number.parseInt(reference.slice(2), 10)
  return code >= 0x80 && code <= 0x9f ? windows1252(code) : reference
}
