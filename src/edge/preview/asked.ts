/** What the page or a program asked, checked: names, options and places become a command's request, or one line that says why not. */
import type { ChannelId, PersonId, ServerId } from '../../core/model.ts'
import type { Asker, Command, CommandRequest, OptionSpec, OptionValue } from '../../flow/command.ts'
import type { WireChannel } from './page/wire.ts'
import { isRecord } from './shape-fault.ts'

/** The preview's one server and its one person: 17 to 19 digits, as Discord's ids are. */
export const PREVIEW_SERVER_ID = '100000000000000001' as ServerId
export const PREVIEW_PERSON_ID = '100000000000000002' as PersonId

/** What went wrong with a request: one clear line, answered with 400. */
export class BadRequest extends Error {}

/** Discord's limit for what a person types into one option or field. */
const TYPED_CHARS_MAX = 6_000
const PAIRS_MAX = 25

export type Found = Readonly<{ command: Command; subcommand?: string; specs: readonly OptionSpec[] }>

/** @param name - "search", "/search", "feeds add", or "feeds" with `subcommand` among the options */
export function findCommand(commands: readonly Command[], name: unknown, options: Record<string, unknown>): Found {
  if (typeof name !== 'string' || name.trim() === '')
    throw new BadRequest('name: which command? See GET /api/commands.')
  const [first = '', ...rest] = name.trim().replace(/^\//, '').split(/\s+/)
  const command = commands.find((one) => one.name === first)
  if (!command) throw new BadRequest(`There is no command /${first}. There are: ${listed(commands, '/')}.`)
  const { subcommands } = command
  if (!subcommands) {
    if (rest.length > 0) throw new BadRequest(`/${first} has no subcommands.`)
    return { command, specs: command.options }
  }
  const wanted = rest[0] ?? options['subcommand']
  const sub = subcommands.find((one) => one.name === wanted)
  if (!sub) throw new BadRequest(`/${first} needs one of its subcommands: ${listed(subcommands)}.`)
  return { command, subcommand: sub.name, specs: sub.options }
}

const listed = (named: readonly Readonly<{ name: string }>[], mark = ''): string =>
  named.map(({ name }) => mark + name).join(', ')

/** @param partial - while somebody still types: what is missing or unfinished is passed over */
export function readOptions(
  { specs, subcommand }: Found,
  given: Record<string, unknown>,
  { channels, partial = false }: Readonly<{ channels: readonly WireChannel[]; partial?: boolean }>,
): CommandRequest['options'] {
  const read: Record<string, OptionValue> = {}
  for (const [name, value] of Object.entries(given)) {
    if (name === 'subcommand' && subcommand) continue
    const spec = specs.find((one) => one.name === name)
    if (!spec && partial) continue
    if (!spec) throw new BadRequest(`There is no option "${name}". There are: ${listed(specs) || 'none'}.`)
    if (value === '' || value == null) continue
    try {
      read[name] = readValue(spec, value, channels)
    } catch (error) {
      if (!partial) throw error
    }
  }
  const missing = specs.find((spec) => spec.required && !Object.hasOwn(read, spec.name))
  if (missing && !partial) throw new BadRequest(`Option "${missing.name}" is required: ${missing.describe}`)
  return read
}

function readValue(spec: OptionSpec, value: unknown, channels: readonly WireChannel[]): OptionValue {
  switch (spec.kind) {
    case 'text':
    // Nothing can be attached here: the address of a file stands for it.
    case 'file':
      return readText(spec, value)
    case 'number': {
      const number = typeof value === 'string' ? Number(value.trim()) : value
      if (typeof number === 'number' && Number.isFinite(number)) return number
      throw new BadRequest(`Option "${spec.name}" takes a number.`)
    }
    case 'flag':
      if (value === true || value === 'true') return true
      if (value === false || value === 'false') return false
      throw new BadRequest(`Option "${spec.name}" takes true or false.`)
    case 'channel': {
      const channel = typeof value === 'string' ? findChannel(channels, value) : undefined
      if (channel) return channel.id
      throw new BadRequest(`Option "${spec.name}" takes a channel: ${listed(channels, '#')}.`)
    }
  }
}

function readText(spec: OptionSpec, value: unknown): string {
  if (typeof value !== 'string') throw new BadRequest(`Option "${spec.name}" takes a text.`)
  const max = spec.charsMax ?? TYPED_CHARS_MAX
  if (value.length > max)
    throw new BadRequest(`Option "${spec.name}" is too long: ${value.length} characters, at most ${max}.`)
  const { choices } = spec
  if (!choices) return value
  const chosen = choices.find((choice) => choice.value === value) ?? choices.find((choice) => choice.name === value)
  if (chosen) return chosen.value
  throw new BadRequest(`Option "${spec.name}" takes one of: ${choices.map((choice) => choice.value).join(', ')}.`)
}

/** By id, by name, by "#name" or by Discord's mention. */
export function findChannel<Channel extends WireChannel>(channels: readonly Channel[], named: string) {
  const name = named
    .trim()
    .replace(/^<#(\d+)>$/, '$1')
    .replace(/^#/, '')
  return channels.find((channel) => channel.id === name || channel.name === name)
}

export function readAsker(channelId: string, zone: string | undefined): Asker {
  return {
    serverId: PREVIEW_SERVER_ID,
    channelId: channelId as ChannelId,
    personId: PREVIEW_PERSON_ID,
    managesServer: true,
    locale: 'en-GB',
    zone: zone && isZone(zone) ? zone : 'UTC',
  }
}

/** Offsets such as "+02:00" are no zones: they know no summer. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(zone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export function readRecord(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined) return {}
  if (!isRecord(value)) throw new BadRequest(`${name}: not an object.`)
  if (Object.keys(value).length > PAIRS_MAX) throw new BadRequest(`${name}: more than ${PAIRS_MAX} entries.`)
  return value
}

export function readWord(value: unknown, name: string, charsMax = TYPED_CHARS_MAX): string {
  if (typeof value !== 'string') throw new BadRequest(`${name}: not a text.`)
  if (value.length > charsMax) throw new BadRequest(`${name}: ${value.length} characters, at most ${charsMax}.`)
  return value
}

export function readWords(value: unknown, name: string): readonly string[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || value.length > PAIRS_MAX)
    throw new BadRequest(`${name}: not a list of at most ${PAIRS_MAX}.`)
  return value.map((one) => readWord(one, name))
}
