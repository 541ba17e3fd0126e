/** The data of a pressed button or a chosen value, taken from the message that is really there. */
import { ButtonStyle, ComponentType as Kinds } from 'discord-api-types/v10'
import { isRecord, type Json, numberOf, recordsOf, textOf } from '../json.ts'
import type { Channel, Message, User, World } from '../world.ts'
import { lookUp } from './command-data.ts'

/** An interaction whose answer was a form. */
export type Opened = Readonly<{ by: User; channel: Channel; source: Message | undefined; modal: Json | undefined }>

type Press = Readonly<{ messageId: string; customId?: string; label?: string; forged?: boolean }>

export function pressData(deed: Press, message: Message | undefined): Json {
  const { customId, label, messageId } = deed
  if (deed.forged) return { component_type: Kinds.Button, custom_id: customId ?? '', id: 0 }
  const buttons = componentsIn(message?.components ?? []).filter(({ type }) => type === Kinds.Button)
  const button = buttons.find((one) =>
    customId === undefined ? one['label'] === label : one['custom_id'] === customId,
  )
  if (!button)
    throw new Error(
      `Cannot press ${customId ?? label}: message ${messageId} has ${buttons.map(nameOf).join(', ') || 'no buttons'}`,
    )
  if (button['disabled'] === true) throw new Error(`Cannot press ${nameOf(button)}: it is disabled`)
  if (button['style'] === ButtonStyle.Link) throw new Error(`Cannot press ${nameOf(button)}: it is a link`)
  return { component_type: Kinds.Button, custom_id: button['custom_id'], id: button['id'] }
}

const nameOf = (button: Json): string => textOf(button['label']) || textOf(button['custom_id'])

type Choose = Readonly<{ messageId: string; customId?: string; values: readonly string[]; forged?: boolean }>

const SELECTS: readonly unknown[] = [
  Kinds.StringSelect,
  Kinds.UserSelect,
  Kinds.RoleSelect,
  Kinds.MentionableSelect,
  Kinds.ChannelSelect,
]

export function selectData(world: World, deed: Choose, message: Message | undefined): Json {
  const { customId, values, messageId } = deed
  const selects = componentsIn(message?.components ?? []).filter(({ type }) => SELECTS.includes(type))
  const select = customId === undefined ? selects[0] : selects.find((one) => one['custom_id'] === customId)
  if (!select && !deed.forged) throw new Error(`Cannot choose: message ${messageId} has no select ${customId ?? ''}`)
  const kind = select?.['type'] ?? Kinds.StringSelect
  if (select && !deed.forged) fits(select, values)
  const place = world.channels.get(message?.channelId ?? '')
  const ids =
    kind === Kinds.ChannelSelect
      ? { channels: values }
      : kind === Kinds.RoleSelect
        ? { roles: values }
        : { users: values }
  return {
    component_type: kind,
    custom_id: select?.['custom_id'] ?? customId,
    id: select?.['id'] ?? 0,
    values: [...values],
    ...(kind !== Kinds.StringSelect && place ? { resolved: lookUp(world, place, ids) } : {}),
  }
}

function fits(select: Json, values: readonly string[]): void {
  const { min_values: least, max_values: most, options, disabled, custom_id: id } = select
  if (disabled === true) throw new Error(`Cannot choose in ${id}: it is disabled`)
  const min = least === undefined ? 1 : numberOf(least)
  if (values.length < min || values.length > (numberOf(most) || 1))
    throw new Error(`Cannot choose ${values.length} values in ${id}: it takes ${min} to ${most ?? 1}`)
  if (select['type'] !== Kinds.StringSelect) return
  const known = recordsOf(options).map(({ value }) => value)
  const odd = values.find((value) => !known.includes(value))
  if (odd !== undefined) throw new Error(`Cannot choose "${odd}" in ${id}: it has ${known.join(', ')}`)
}

/** All components, however deep, in reading order. */
export function componentsIn(components: readonly Json[]): readonly Json[] {
  return components.flatMap((one) => [
    one,
    ...componentsIn(recordsOf(one['components'])),
    ...componentsIn([one['accessory'], one['component']].filter(isRecord)),
  ])
}
