/** What may come next in the composer: commands, options, or answers, each with the text that it makes. Pure. */
import { type Line, matching, optionsOf, type Segment } from './command-line.ts'
import type { WireChannel, WireChoice, WireCommand, WireOption } from './wire.ts'

export type Proposal = Readonly<{
  name: string
  /** Pale, after the name. */
  describe?: string
  /** At the right. */
  aside?: string
  /** The whole line, when it is taken. */
  text: string
  /** What the shown answer stands for. */
  picked?: Readonly<{ key: string; value: string }>
}>
export type Proposals = Readonly<{
  list: readonly Proposal[]
  /** The one that Enter takes, or -1: then Enter runs what is typed. */
  active: number
  /** The server has more to propose for this option. */
  asks?: Segment
}>
export type Filling = Extract<Line, { kind: 'filling' }>
export type Known = Readonly<{
  commands: readonly WireCommand[]
  channels: readonly WireChannel[]
  /** Answers taken from proposals, by `answerKey`. */
  picked: ReadonlyMap<string, string>
}>

const NONE: Proposals = { list: [], active: -1 }

export function proposalsFor(line: Line, text: string, known: Known): Proposals {
  switch (line.kind) {
    case 'plain':
      return NONE
    case 'naming':
      return { list: matching(known.commands, line.typed).map(commandProposal), active: 0 }
    case 'filling': {
      const { at } = line
      if (!at || isSettled(at, text, known)) return { list: optionProposals(line, text), active: -1 }
      const list = fixedProposals(at, text, known)
      return { list, active: list.length > 0 ? 0 : -1, ...(at.option.completes ? { asks: at } : {}) }
    }
  }
}

/** A command that needs one thing asks for it at once. */
function commandProposal({ name, describe, options }: WireCommand): Proposal {
  const aside = options.map((option) => (option.required ? option.name : `${option.name}?`)).join(' ')
  const [wanted, ...others] = options.filter(({ required }) => required)
  return {
    name: `/${name}`,
    describe,
    ...(aside ? { aside } : {}),
    text: `/${name} ${wanted && others.length === 0 ? `${wanted.name}:` : ''}`,
  }
}

/** A blank after an answer that was taken: on to the next option. */
function isSettled({ option, value, end }: Segment, text: string, { channels, picked }: Known): boolean {
  const isTaken =
    picked.has(answerKey(option, value)) || fixedChoices(option, channels).some(({ name }) => name === value)
  return isTaken && text[end - 1] === ' '
}

function optionProposals(line: Filling, text: string): readonly Proposal[] {
  const { command, segments, loose } = line
  const open = command.options.filter(({ name }) => !segments.some(({ option }) => option.name === name))
  return open
    .filter(({ name }) => loose === '' || name.startsWith(loose))
    .map((option) => ({
      name: option.name,
      describe: option.describe,
      ...(option.required ? { aside: 'required' } : {}),
      text: withOption(line, option, text),
    }))
}

/** The line with the option's name at its end; the beginning of that name does not stay twice. */
export function withOption({ command, segments, loose }: Filling, option: WireOption, text: string): string {
  const isStub = loose !== '' && segments.length === 0 && option.name.startsWith(loose)
  return `${isStub ? `/${command.name}` : text.trimEnd()} ${option.name}:`
}

function fixedProposals(at: Segment, text: string, { channels }: Known): readonly Proposal[] {
  const wanted = at.value.toLowerCase().replace(/^#/, '')
  return fixedChoices(at.option, channels)
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map((choice) => answerProposal(at, choice, text))
}

/** An answer put in the place of what was typed. */
export function answerProposal({ option, start, end }: Segment, { name, value }: WireChoice, text: string): Proposal {
  const line = `${text.slice(0, start)}${name} ${text.slice(end).trimStart()}`
  return { name, text: line, picked: { key: answerKey(option, name), value } }
}

const answerKey = ({ name }: WireOption, shown: string): string => `${name}\n${shown}`

function fixedChoices(option: WireOption, channels: readonly WireChannel[]): readonly WireChoice[] {
  if (option.kind === 'flag') return ['true', 'false'].map((value) => ({ name: value, value }))
  if (option.kind === 'channel') return channels.map(({ id, name }) => ({ name: `#${name}`, value: id }))
  return option.choices
}

/** What the server would refuse, in its own words; asked here first, it comes at once. */
export function faultIn(line: Filling, { channels, picked }: Known): string | undefined {
  for (const [name, shown] of Object.entries(optionsOf(line))) {
    const option = line.command.options.find((one) => one.name === name)
    const fixed = option ? fixedChoices(option, channels) : []
    const isKnown = fixed.some((choice) => choice.name === shown || choice.value === shown)
    if (option?.kind === 'number' && !Number.isFinite(Number(shown))) return `Option "${name}" takes a number.`
    if (fixed.length > 0 && !isKnown)
      return `Option "${name}" takes one of: ${fixed.map((choice) => choice.name).join(', ')}.`
    const { length } = picked.get(`${name}\n${shown}`) ?? shown
    const max = option?.charsMax ?? length
    if (length > max) return `Option "${name}" is too long: ${length} characters, at most ${max}.`
  }
  return undefined
}

/** The options with what their shown answers stand for. */
export function valuesOf(line: Filling, { channels, picked }: Known): Readonly<Record<string, string>> {
  const entries = Object.entries(optionsOf(line)).map(([name, shown]) => {
    const option = line.command.options.find((one) => one.name === name)
    const fixed = option && fixedChoices(option, channels).find((choice) => choice.name === shown)
    return [name, fixed?.value ?? picked.get(`${name}\n${shown}`) ?? shown]
  })
  return Object.fromEntries(entries)
}
