/** Rich text -> Discord's markdown. Every text is escaped here, once; nobody else builds markdown. */
import type { Rich, RichPart } from '../rich.ts'
import { cut, escapeMarkdown, oneLine, safeLink } from '../safe-text.ts'

/** Longer ones are read in the article. */
const QUOTE_CHARS_MAX = 240

/** Somebody's words as a block quote, with who said them beneath. */
export function quoted(text: string, by: Rich): string[] {
  return [`> “${escapeMarkdown(cut(oneLine(text), QUOTE_CHARS_MAX))}”`, `> -# ${markdown(by)}`]
}

/** @param linkCharsMax - a link with a longer address is painted as its text: where room is short, words come first */
export function markdown(text: Rich, linkCharsMax?: number): string {
  return text.map((part) => painted(part, linkCharsMax)).join('')
}

function painted(part: RichPart, linkCharsMax: number | undefined): string {
  switch (part.kind) {
    case 'text':
      return words(part.text)
    case 'strong':
      return wrapped(part.text, '**')
    case 'em':
      return wrapped(part.text, '*')
    case 'code':
      return part.text ? `\`${oneLine(part.text).replaceAll('`', 'ˋ')}\`` : ''
    case 'link': {
      const url = safeLink(part.url, linkCharsMax)
      return url ? `[${words(part.text).trim() || url}](${url})` : words(part.text)
    }
    case 'time':
      return `<t:${Math.floor(part.at / 1000)}:${{ relative: 'R', clock: 't', date: 'D' }[part.style]}>`
    case 'channel':
      return `<#${part.id}>`
    case 'role':
      return `<@&${part.id}>`
    case 'command':
      return `\`/${part.name}\``
  }
}

/** Spaces at the ends are kept: they part one piece from the next. */
function words(text: string): string {
  const line = escapeMarkdown(oneLine(text))
  return `${/^\s/.test(text) ? ' ' : ''}${line}${line && /\s$/.test(text) ? ' ' : ''}`
}

function wrapped(text: string, mark: string): string {
  const line = words(text).trim()
  return line ? `${mark}${line}${mark}` : ''
}
