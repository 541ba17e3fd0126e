/** Discord's markdown -> a tree. Pure; linear in the text's length, whatever the text. */

export type Inline = Readonly<
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler'; inside: readonly Inline[] }
  | { kind: 'link'; url: string; inside: readonly Inline[] }
  /** Seconds since 1970; `style` as Discord has it. */
  | { kind: 'time'; at: number; style: string }
  | { kind: 'channel' | 'role' | 'person'; id: string }
  | { kind: 'command'; name: string }
>
export type ListItem = Readonly<{ deep: boolean; inside: readonly Inline[] }>
export type Part = Readonly<
  | { kind: 'heading'; level: number; inside: readonly Inline[] }
  | { kind: 'note' | 'line'; inside: readonly Inline[] }
  | { kind: 'gap' }
  | { kind: 'quote'; parts: readonly Part[] }
  | { kind: 'list'; start?: number; items: readonly ListItem[] }
  | { kind: 'fence'; text: string }
>

/** Deeper nesting is drawn as text: nobody writes it. */
const DEPTH_MAX = 6

export function parseMarkdown(text: string): readonly Part[] {
  return partsOf(text.split('\n'), 0)
}

function partsOf(lines: readonly string[], depth: number): readonly Part[] {
  const parts: Part[] = []
  let at = 0
  while (at < lines.length) {
    const taken = takeBlock(lines, at, depth)
    parts.push(taken.part)
    at = taken.next
  }
  return parts
}

type Taken = Readonly<{ part: Part; next: number }>

function takeBlock(lines: readonly string[], at: number, depth: number): Taken {
  const line = lines[at] ?? ''
  if (line.trim() === '') return { part: { kind: 'gap' }, next: at + 1 }
  if (line.startsWith('```')) {
    const end = lines.findIndex((one, index) => index > at && one.startsWith('```'))
    if (end > at) return { part: { kind: 'fence', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 }
  }
  if (depth < DEPTH_MAX && line.startsWith('>>> ')) {
    const rest = [line.slice(4), ...lines.slice(at + 1)]
    return { part: { kind: 'quote', parts: partsOf(rest, depth + 1) }, next: lines.length }
  }
  if (depth < DEPTH_MAX && line.startsWith('> ')) return takeQuote(lines, at, depth)
  if (LIST_LINE.test(line)) return takeList(lines, at)
  const heading = /^(#{1,3}) +(.*)$/.exec(line)
  if (heading) {
    const [, marks = '', words = ''] = heading
    return { part: { kind: 'heading', level: marks.length, inside: parseInline(words) }, next: at + 1 }
  }
  if (line.startsWith('-# ')) return { part: { kind: 'note', inside: parseInline(line.slice(3)) }, next: at + 1 }
  return { part: { kind: 'line', inside: parseInline(line) }, next: at + 1 }
}

function takeQuote(lines: readonly string[], at: number, depth: number): Taken {
  let end = at
  while (lines[end]?.startsWith('> ')) end++
  const quoted = lines.slice(at, end).map((line) => line.slice(2))
  return { part: { kind: 'quote', parts: partsOf(quoted, depth + 1) }, next: end }
}

const LIST_LINE = /^( {0,8})([-*]|\d{1,9}\.) (.*)$/

function takeList(lines: readonly string[], at: number): Taken {
  const items: ListItem[] = []
  let start: number | undefined
  let end = at
  for (; end < lines.length; end++) {
    const found = LIST_LINE.exec(lines[end] ?? '')
    if (!found) break
    const [, indent = '', mark = '', words = ''] = found
    const isNumbered = /\d/.test(mark)
    if (items.length === 0 && isNumbered) start = Number.parseInt(mark, 10)
    else if (items.length > 0 && indent === '' && isNumbered !== (start !== undefined)) break
    items.push({ deep: items.length > 0 && indent.length > 0, inside: parseInline(words) })
  }
  return { part: { kind: 'list', items, ...(start === undefined ? {} : { start }) }, next: end }
}

const MARKS = [
  ['**', 'strong'],
  ['__', 'underline'],
  ['~~', 'strike'],
  ['||', 'spoiler'],
  ['*', 'em'],
  ['_', 'em'],
] as const
const ESCAPED = /[!-/:-@[-`{-~]/
const TAGS =
  /<(?:t:(?<at>-?\d{1,13})(?::(?<style>[tTdDfFRsS]))?|#(?<channel>\d{1,20})|@&(?<role>\d{1,20})|@!?(?<person>\d{1,20})|\/(?<command>[^:<>\n]{1,100}):\d{1,20})>/y
const ADDRESS = /https?:\/\/[^\s<>]+/y

/** One line's marks. What is opened and never closed is text. */
export function parseInline(text: string, depth = 0): readonly Inline[] {
  const found: Inline[] = []
  // A mark that is not closed after here is closed nowhere after: it is looked for once.
  const unclosed = new Set<string>()
  let plain = ''
  let at = 0
  while (at < text.length) {
    const taken = takeInline(text, at, { depth, unclosed })
    if (!taken) {
      plain += text[at]
      at++
      continue
    }
    if (typeof taken.part === 'string') plain += taken.part
    else {
      if (plain) found.push({ kind: 'text', text: plain })
      plain = ''
      found.push(taken.part)
    }
    at = taken.next
  }
  if (plain) found.push({ kind: 'text', text: plain })
  return found
}

type TakenInline = Readonly<{ part: Inline | string; next: number }>
type Scan = Readonly<{ depth: number; unclosed: Set<string> }>

function takeInline(text: string, at: number, scan: Scan): TakenInline | undefined {
  switch (text[at]) {
    case '\\': {
      const next = text[at + 1] ?? ''
      return ESCAPED.test(next) ? { part: next, next: at + 2 } : undefined
    }
    case '`':
      return takeCode(text, at, scan)
    case '[':
      return takeLink(text, at, scan)
    case '<':
      return takeTag(text, at)
    case 'h':
      return takeAddress(text, at)
    case '*':
    case '_':
    case '~':
    case '|':
      return takeMarked(text, at, scan)
  }
  return undefined
}

function takeCode(text: string, at: number, { unclosed }: Scan): TakenInline | undefined {
  const mark = text.startsWith('``', at) ? '``' : '`'
  if (unclosed.has(mark)) return undefined
  const end = text.indexOf(mark, at + mark.length)
  if (end < 0) {
    unclosed.add(mark)
    return undefined
  }
  const words = text.slice(at + mark.length, end)
  return words === '' ? undefined : { part: { kind: 'code', text: words }, next: end + mark.length }
}

function takeMarked(text: string, at: number, scan: Scan): TakenInline | undefined {
  if (scan.depth >= DEPTH_MAX) return undefined
  for (const [mark, kind] of MARKS) {
    if (!text.startsWith(mark, at)) continue
    // A double mark that is not closed is no single one either.
    const asText = mark.length === 2 ? { part: mark, next: at + 2 } : undefined
    if (scan.unclosed.has(mark)) return asText
    const from = at + mark.length
    // "5 * 3" and "snake_case" mark nothing.
    if (mark === '*' && /\s/.test(text[from] ?? ' ')) return undefined
    if (mark === '_' && /\w/.test(text[at - 1] ?? ' ')) return undefined
    const end = findClose(text, from, mark)
    if (end === undefined) {
      scan.unclosed.add(mark)
      return asText
    }
    if (end === from) return asText
    const inside = parseInline(text.slice(from, end), scan.depth + 1)
    return { part: { kind, inside }, next: end + mark.length }
  }
  return undefined
}

function findClose(text: string, from: number, mark: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith(mark, at)) {
      const isDouble = mark.length === 1 && text[at + 1] === mark
      if (isDouble) at++
      else if (mark === '_' && /\w/.test(text[at + 1] ?? ' ')) continue
      else if (mark === '*' && /\s/.test(text[at - 1] ?? ' ')) continue
      // "***x***": the inner mark closes first.
      else return mark.length === 2 && text[at + 2] === mark[0] && text[at + 3] !== mark[0] ? at + 1 : at
    }
  }
  return undefined
}

function takeLink(text: string, at: number, { depth, unclosed }: Scan): TakenInline | undefined {
  if (depth >= DEPTH_MAX || unclosed.has('](')) return undefined
  const middle = findMiddle(text, at + 1)
  if (middle === undefined) {
    if (!text.includes('](', at)) unclosed.add('](')
    return undefined
  }
  const end = text.indexOf(')', middle + 2)
  const url = text.slice(middle + 2, end < 0 ? middle + 2 : end).replace(/^<|>$/g, '')
  if (!/^https?:\/\/[^\s]+$/.test(url)) return undefined
  return { part: { kind: 'link', url, inside: parseInline(text.slice(at + 1, middle), depth + 1) }, next: end + 1 }
}

/** Labels are short: a bracket that stays open for longer opens nothing. */
const LABEL_CHARS_MAX = 600

function findMiddle(text: string, from: number): number | undefined {
  let open = 0
  for (let at = from; at < text.length && at < from + LABEL_CHARS_MAX; at++) {
    const mark = text[at]
    if (mark === '\\') at++
    else if (mark === '[') open++
    else if (mark === ']' && open > 0) open--
    else if (mark === ']') return text[at + 1] === '(' && at > from ? at : undefined
  }
  return undefined
}

function takeTag(text: string, at: number): TakenInline | undefined {
  TAGS.lastIndex = at
  const found = TAGS.exec(text)
  const { at: seconds, style, channel, role, person, command } = found?.groups ?? {}
  const next = at + (found?.[0].length ?? 0)
  if (seconds !== undefined) return { part: { kind: 'time', at: Number(seconds), style: style ?? 'f' }, next }
  if (channel) return { part: { kind: 'channel', id: channel }, next }
  if (role) return { part: { kind: 'role', id: role }, next }
  if (person) return { part: { kind: 'person', id: person }, next }
  return command ? { part: { kind: 'command', name: command }, next } : undefined
}

function takeAddress(text: string, at: number): TakenInline | undefined {
  ADDRESS.lastIndex = at
  const url = ADDRESS.exec(text)?.[0].replace(/[.,:;!?"'\])]{1,9}$/, '')
  if (!(url && URL.canParse(url))) return undefined
  return { part: { kind: 'link', url, inside: [{ kind: 'text', text: url }] }, next: at + url.length }
}
