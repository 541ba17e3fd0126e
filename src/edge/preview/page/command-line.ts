/** What stands in the composer, read: which command, which options, and where the caret is. Pure. */
import type { WireCommand, WireOption } from './wire.ts'

/** `start` and `end` bound the value, without the option's name. */
export type Segment = Readonly<{ option: WireOption; value: string; start: number; end: number }>
export type Line = Readonly<
  | { kind: 'plain' }
  /** The command's name is still being typed. */
  | { kind: 'naming'; typed: string }
  | {
      kind: 'filling'
      command: WireCommand
      segments: readonly Segment[]
      /** Words before the first option: they belong to the first option that is missing. */
      loose: string
      /** The segment that the caret is in. */
      at?: Segment
    }
>

export function readLine(text: string, caret: number, commands: readonly WireCommand[]): Line {
  if (!text.startsWith('/')) return { kind: 'plain' }
  // "feeds add" is one name: no command's name begins another's.
  const command = commands.find(({ name }) => text.startsWith(`/${name} `))
  if (!command || caret <= command.name.length + 1) return { kind: 'naming', typed: text.slice(1, Math.max(1, caret)) }
  const from = command.name.length + 2
  const segments = readSegments(text, from, command.options)
  const first = segments[0]
  const looseEnd = first ? first.start - first.option.name.length - 1 : text.length
  const at = segments.findLast(({ start, end }) => caret >= start && caret <= end)
  return { kind: 'filling', command, segments, loose: text.slice(from, looseEnd).trim(), ...(at ? { at } : {}) }
}

function readSegments(text: string, from: number, options: readonly WireOption[]): readonly Segment[] {
  const starts: { option: WireOption; nameAt: number; start: number }[] = []
  for (let at = from; at < text.length; at++) {
    if (text[at - 1] !== ' ') continue
    const option = options.find(
      ({ name }) => text.startsWith(`${name}:`, at) && !starts.some((one) => one.option.name === name),
    )
    if (option) starts.push({ option, nameAt: at, start: at + option.name.length + 1 })
  }
  return starts.map(({ option, start }, index) => {
    const next = starts[index + 1]
    const end = next ? next.nameAt - 1 : text.length
    return { option, value: text.slice(start, end).trim(), start, end }
  })
}

/** The options as they would be sent. Loose words go to the first option that nobody named. */
export function optionsOf(line: Extract<Line, { kind: 'filling' }>): Readonly<Record<string, string>> {
  const named = line.segments.filter(({ value }) => value !== '').map(({ option, value }) => [option.name, value])
  const free = line.loose === '' ? undefined : firstFree(line)
  return Object.fromEntries(free ? [[free.name, line.loose], ...named] : named)
}

function firstFree({ command, segments }: Extract<Line, { kind: 'filling' }>): WireOption | undefined {
  const open = command.options.filter(({ name }) => !segments.some(({ option }) => option.name === name))
  return open.find(({ required }) => required) ?? open[0]
}

/** Required options that are not there yet. */
export function missingOf(line: Extract<Line, { kind: 'filling' }>): readonly WireOption[] {
  const given = optionsOf(line)
  return line.command.options.filter(({ name, required }) => required && !Object.hasOwn(given, name))
}

/** Commands whose name begins with what was typed, then those that hold it. */
export function matching(commands: readonly WireCommand[], typed: string): readonly WireCommand[] {
  const wanted = typed.trim().toLowerCase()
  const begins = commands.filter(({ name }) => name.startsWith(wanted))
  const holds = commands.filter(
    ({ name, describe }) => !name.startsWith(wanted) && `${name} ${describe}`.toLowerCase().includes(wanted),
  )
  return [...begins, ...holds]
}
