/** The data of a chat command or a message command, checked against what the bot registered. */
import {
  InteractionContextType as Contexts,
  ApplicationCommandOptionType as Kinds,
  ApplicationCommandType as Types,
} from 'discord-api-types/v10'
import { type Json, numberOf, recordsOf, textOf } from '../json.ts'
import { permissionsOf } from '../world/permissions.ts'
import { showChannel, showMember, showMessage, showRole, showUser } from '../world/show.ts'
import type { Channel, Message, User, World } from '../world.ts'

type Value = string | number | boolean
type Typed = Readonly<{
  kind: 'command' | 'autocomplete'
  name: string
  subcommand?: string
  options?: Readonly<Record<string, Value>>
  focused?: string
  forged?: boolean
}>
type Setting = Readonly<{ channel: Channel; by: User }>

export function commandData(world: World, deed: Typed, setting: Setting): Json {
  const command = registered(world, deed.name, { type: Types.ChatInput, setting, forged: deed.forged ?? false })
  const specs = recordsOf(command['options'])
  const sub = deed.subcommand === undefined ? undefined : specs.find(({ name }) => name === deed.subcommand)
  if (deed.subcommand !== undefined && !sub)
    throw new Error(`Cannot run /${deed.name} ${deed.subcommand}: no such subcommand`)
  if (!sub && specs.some(({ type }) => type === Kinds.Subcommand))
    throw new Error(`Cannot run /${deed.name}: one of its subcommands must be named`)
  const { options, attachments } = attached(world, filled(sub ? recordsOf(sub['options']) : specs, deed))
  return {
    id: command['id'],
    name: deed.name,
    type: Types.ChatInput,
    options: sub ? [{ type: Kinds.Subcommand, name: textOf(sub['name']), options }] : options,
    resolved: { ...resolved(world, options, setting.channel), ...attachments },
  }
}

export function messageCommandData(
  world: World,
  deed: Readonly<{ name: string; forged?: boolean; by?: string }>,
  message: Message,
): Json {
  const command = [...world.commands, ...[...world.guildCommands.values()].flat()].find(
    ({ name, type }) => name === deed.name && type === Types.Message,
  )
  if (!command) throw new Error(`Cannot run "${deed.name}": no such message command is registered`)
  return {
    id: command['id'],
    name: deed.name,
    type: Types.Message,
    target_id: message.id,
    resolved: { messages: { [message.id]: showMessage(message) } },
  }
}

/** A file is given by the address where it lies; Discord uploads it and names it by an id. */
function attached(world: World, filledIn: readonly Json[]): Readonly<{ options: readonly Json[]; attachments: Json }> {
  const files: Record<string, Json> = {}
  const options = filledIn.map((option): Json => {
    if (option['type'] !== Kinds.Attachment) return option
    const [id, url] = [world.newId(), String(option['value'])]
    files[id] = { id, filename: url.split('/').at(-1) ?? 'file', size: 1, url, proxy_url: url, ephemeral: true }
    return { ...option, value: id }
  })
  return { options, attachments: Object.keys(files).length > 0 ? { attachments: files } : {} }
}

type Wanted = Readonly<{ type: number; setting: Setting; forged: boolean }>

function registered(world: World, wanted: string, { type, setting, forged }: Wanted): Json {
  const { channel, by } = setting
  const own = world.guildCommands.get(channel.guildId ?? '') ?? []
  const found = [...own, ...world.commands].find((one) => one['name'] === wanted && (one['type'] ?? 1) === type)
  if (!found) throw new Error(`Cannot run /${wanted}: the bot did not register it`)
  if (forged) return found
  const contexts = found['contexts']
  const context = channel.guildId ? Contexts.Guild : Contexts.BotDM
  if (Array.isArray(contexts) && !contexts.includes(context))
    throw new Error(`Cannot run /${wanted} here: its contexts are ${contexts}`)
  const needed = found['default_member_permissions']
  if (channel.guildId && needed != null) {
    const held = permissionsOf(world, by.id, channel)
    const bits = BigInt(String(needed))
    if ((held & bits) !== bits || bits === 0n) throw new Error(`Cannot run /${wanted}: ${by.username} does not see it`)
  }
  return found
}

/** In the order that the bot registered; what a person leaves out is not sent. */
function filled(specs: readonly Json[], { name, options = {}, focused, forged, kind }: Typed): readonly Json[] {
  for (const given of Object.keys(options))
    if (!specs.some((spec) => spec['name'] === given))
      throw new Error(`Cannot fill in "${given}": /${name} has no such option`)
  return specs.flatMap((spec): Json[] => {
    const option = textOf(spec['name'])
    const value = options[option]
    const isFocused = kind === 'autocomplete' && option === focused
    if (isFocused && spec['autocomplete'] !== true)
      throw new Error(`Cannot complete "${option}": it is not registered so`)
    if (value === undefined && !isFocused) {
      if (spec['required'] === true && !forged && kind === 'command')
        throw new Error(`Cannot run /${name}: "${option}" is required`)
      return []
    }
    const typed = value ?? ''
    if (!forged && !isFocused) fits(spec, typed)
    return [{ name: option, type: spec['type'], value: typed, ...(isFocused ? { focused: true } : {}) }]
  })
}

function fits(spec: Json, value: Value): void {
  const { name, type, choices, min_length: least, max_length: most, min_value: from, max_value: to } = spec
  const expected =
    type === Kinds.Boolean ? 'boolean' : type === Kinds.Integer || type === Kinds.Number ? 'number' : 'string'
  const refuse = (why: string): never => {
    throw new Error(`Cannot fill in "${name}" with ${JSON.stringify(value)}: ${why}`)
  }
  if (typeof value !== expected) refuse(`it takes a ${expected}`)
  if (recordsOf(choices).length > 0 && !recordsOf(choices).some((choice) => choice['value'] === value))
    refuse('it is no choice')
  if (typeof value === 'string' && value.length > (numberOf(most) || 6_000)) refuse('it is too long')
  if (typeof value === 'string' && value.length < numberOf(least)) refuse('it is too short')
  if (typeof value === 'number' && typeof from === 'number' && value < from) refuse('it is too small')
  if (typeof value === 'number' && typeof to === 'number' && value > to) refuse('it is too large')
}

/** What the ids among the options name. An id that nobody knows (a forged one) is not resolved. */
function resolved(world: World, options: readonly Json[], place: Channel): Json {
  const idsOf = (kind: Kinds): readonly string[] =>
    options.filter(({ type }) => type === kind).map(({ value }) => String(value))
  return lookUp(world, place, { channels: idsOf(Kinds.Channel), users: idsOf(Kinds.User), roles: idsOf(Kinds.Role) })
}

type Ids = Readonly<{ channels?: readonly string[]; users?: readonly string[]; roles?: readonly string[] }>

/** `resolved` of options and selects. */
export function lookUp(world: World, place: Channel, { channels = [], users = [], roles = [] }: Ids): Json {
  const guild = world.guilds.get(place.guildId ?? '')
  const table = (ids: readonly string[], show: (id: string) => Json | undefined): Json =>
    Object.fromEntries(ids.flatMap((id): [string, Json][] => (show(id) ? [[id, show(id) ?? {}]] : [])))
  const found: Readonly<Record<string, Json>> = {
    channels: table(channels, (id) => {
      const channel = world.channels.get(id)
      return (
        channel && {
          ...showChannel(world, channel),
          permissions: String(permissionsOf(world, world.owner.id, channel)),
        }
      )
    }),
    users: table(users, (id) => {
      const user = world.users.get(id)
      return user && showUser(user)
    }),
    members: table(users, (id) => {
      const member = guild?.members.get(id)
      return member && { ...showMember(member), user: undefined, permissions: '0' }
    }),
    roles: table(roles, (id) => {
      const role = guild?.roles.get(id)
      return role && showRole(role)
    }),
  }
  return Object.fromEntries(Object.entries(found).filter(([, list]) => Object.keys(list).length > 0))
}
