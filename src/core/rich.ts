/** Text with meaning instead of markup. What comes from a feed or a person is only ever a `text` inside: painters escape it, so that
 *  nothing that a stranger wrote can mention, link or format. */
import type { ChannelId, RoleId } from './model.ts'

export type RichPart = Readonly<
  | { kind: 'text' | 'strong' | 'em' | 'code'; text: string }
  /** http(s) only; anything else is painted as its text. */
  | { kind: 'link'; text: string; url: string }
  /** Shown in the reader's own zone: `relative` "5 minutes ago", `clock` "19:15", `date` "24 November 2026". */
  | { kind: 'time'; at: number; style: 'relative' | 'clock' | 'date' }
  | { kind: 'channel'; id: ChannelId }
  | { kind: 'role'; id: RoleId }
  /** A slash command's name, without the slash. */
  | { kind: 'command'; name: string }
>
export type Rich = readonly RichPart[]

/** Tagged template: the catalogue's own words, with parts or plain values between. Every value is text until it is a part. */
export function rich(words: TemplateStringsArray, ...values: readonly (RichPart | Rich | string | number)[]): Rich {
  const parts: RichPart[] = []
  words.forEach((word, index) => {
    if (word) parts.push({ kind: 'text', text: word })
    const value = values[index]
    if (value === undefined || value === '') return
    if (typeof value === 'string' || typeof value === 'number') parts.push({ kind: 'text', text: String(value) })
    else if ('kind' in value) parts.push(value)
    else parts.push(...value)
  })
  return parts
}

export const strong = (text: string): RichPart => ({ kind: 'strong', text })
export const em = (text: string): RichPart => ({ kind: 'em', text })
export const code = (text: string): RichPart => ({ kind: 'code', text })
export const link = (text: string, url: string): RichPart => ({ kind: 'link', text, url })
export const channel = (id: ChannelId): RichPart => ({ kind: 'channel', id })
export const command = (name: string): RichPart => ({ kind: 'command', name })
export const ago = (at: number): RichPart => ({ kind: 'time', at, style: 'relative' })
export const clock = (at: number): RichPart => ({ kind: 'time', at, style: 'clock' })

/** Parts of a list with a separator between. */
export function joined(list: readonly Rich[], separator = ' · '): Rich {
  return list.flatMap((one, index) => (index === 0 ? one : [{ kind: 'text', text: separator } as const, ...one]))
}

/** The words alone: for logs, notifications and tests. */
export function plain(text: Rich): string {
  return text.map(wordsOf).join('')
}

function wordsOf(part: RichPart): string {
  switch (part.kind) {
    case 'text':
    case 'strong':
    case 'em':
    case 'code':
    case 'link':
      return part.text
    case 'time':
      return `<t:${Math.floor(part.at / 1000)}>`
    case 'channel':
      return `#${part.id}`
    case 'role':
      return `@${part.id}`
    case 'command':
      return `/${part.name}`
  }
}
