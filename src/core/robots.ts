/** robots.txt (RFC 9309): what a site asks of us, as far as it concerns us. */

/** The rules that hold for us, in the file's order, and the pause that it asks for between two requests. */
export type RobotsRules = Readonly<{
  rules: readonly Readonly<{ allow: boolean; path: string }>[]
  /** Crawl-delay, which is in no standard and on many sites. */
  delayMs?: number
}>

export const ROBOTS_BYTES_MAX = 512 * 1024 // RFC 9309, 2.5: at least 500 KiB are to be read
const RULES_MAX = 2_000 // the longest files of large shops have some 1,000 for one crawler
const PATH_CHARS_MAX = 2_048 // as long as an address may be (S4)
const DELAY_S_MAX = 86_400

/** The group for our product, else the one for all; several groups of one name are one (2.2.1). Linear; never throws.
 *  @param text - the file, decoded as UTF-8; of HTML or anything else nothing is left, which allows all
 *  @param product - our name as the User-Agent has it: letters, `_` and `-`, in any case */
export function parseRobots(text: string, product: string): RobotsRules {
  const groups = new Map<string, Group>()
  let current: readonly Group[] = []
  let naming = false
  for (const { field, value } of linesOf(text)) {
    if (field === 'user-agent') {
      const group = groupOf(groups, agentOf(value))
      current = naming ? [...current, group] : [group]
      naming = true
    } else if (field === 'allow' || field === 'disallow' || field === 'crawl-delay') {
      naming = false
      for (const group of new Set(current)) addRecord(group, field, value)
    } // Sitemap and the like belong to no group (2.2.4)
  }
  const group = groups.get(product.toLowerCase()) ?? groups.get('*')
  if (group === undefined) return { rules: [] }
  const { rules, delayMs } = group
  return { rules, ...(delayMs === undefined ? {} : { delayMs }) }
}

/** Whether a page may be read: the longest rule that matches decides, of two as long the one that allows (2.2.2).
 *  @param path - the address's path and query, as sent */
export function mayRead({ rules }: Pick<RobotsRules, 'rules'>, path: string): boolean {
  const asked = plainPath(path)
  if (asked === '/robots.txt') return true
  let best = { allow: true, length: -1 }
  for (const { allow, path: pattern } of rules) {
    const { length } = pattern
    if (length < best.length || (length === best.length && !allow)) continue
    if (matches(pattern, asked)) best = { allow, length }
  }
  return best.allow
}

type Group = { rules: { allow: boolean; path: string }[]; delayMs?: number }

function groupOf(groups: Map<string, Group>, name: string): Group {
  const group = groups.get(name) ?? { rules: [] }
  groups.set(name, group)
  return group
}

function* linesOf(text: string): Generator<Readonly<{ field: string; value: string }>> {
  for (const line of text.slice(text.startsWith('\ufeff') ? 1 : 0, ROBOTS_BYTES_MAX).split(/\r\n|\r|\n/)) {
    const comment = line.indexOf('#')
    const record = comment < 0 ? line : line.slice(0, comment)
    const colon = record.indexOf(':')
    if (colon < 0) continue
    yield { field: record.slice(0, colon).trim().toLowerCase(), value: record.slice(colon + 1).trim() }
  }
}

/** "Pullquote/1.0 (…)" names us as "pullquote" does. */
function agentOf(value: string): string {
  return value.startsWith('*') ? '*' : (/^[a-z_-]{1,100}/i.exec(value)?.[0] ?? '').toLowerCase()
}

function addRecord(group: Group, field: 'allow' | 'disallow' | 'crawl-delay', value: string): void {
  if (field === 'crawl-delay') {
    const seconds = /^\d{1,6}(?:\.\d{1,6})?$/.test(value) ? Number(value) : 0
    if (seconds > 0) group.delayMs = Math.min(seconds, DELAY_S_MAX) * 1_000
  } else if (value !== '' && value.length <= PATH_CHARS_MAX && group.rules.length < RULES_MAX)
    group.rules.push({ allow: field === 'allow', path: plainPath(value) }) // an empty one says nothing
}

/** One spelling of each octet (2.2.2): what need not be encoded is not, all else is, in capitals. */
function plainPath(path: string): string {
  return path.replace(/%[0-9a-f]{2}|[^\u0021-\u007e]+/gi, (part) => {
    if (!part.startsWith('%')) return encodeURI(part.toWellFormed())
    const char = String.fromCharCode(Number.parseInt(part.slice(1), 16))
    return /[\w.~-]/.test(char) ? char : part.toUpperCase()
  })
}

/** `*` is any run of characters, `$` at the end the path's end; a pattern else matches whatever begins so. Each part is looked for
 *  where it first stands, which is never worse for what follows: no backtracking. */
function matches(pattern: string, path: string): boolean {
  const ends = pattern.endsWith('$')
  const parts = (ends ? pattern.slice(0, -1) : pattern).split('*')
  const [first = ''] = parts
  if (!path.startsWith(first)) return false
  if (parts.length === 1) return !ends || path.length === first.length
  const last = ends ? (parts.pop() ?? '') : ''
  let at = first.length
  for (const part of parts.slice(1)) {
    const found = path.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return path.endsWith(last) && path.length - last.length >= at
}
