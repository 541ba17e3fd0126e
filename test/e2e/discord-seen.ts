/** Discord's JSON as a person sees it: its words, its buttons, its choices. */
import { ComponentType } from 'discord-api-types/v10'
import type { Json } from '../stand-in/json.ts'
import { isRecord, recordsOf } from '../stand-in/json.ts'
import type { StandIn } from '../stand-in/stand-in.ts'

/** Keys under which a person reads words. */
const READ = new Set(['content', 'title', 'description', 'label', 'name', 'text', 'value', 'placeholder'])

/** Everything that can be read in a message or a form, one piece a line. */
export function textOf(seen: unknown): string {
  if (Array.isArray(seen)) return seen.map(textOf).filter(Boolean).join('\n')
  if (!isRecord(seen)) return ''
  return Object.entries(seen)
    .flatMap(([key, value]) => (typeof value === 'string' ? (READ.has(key) ? [value] : []) : [textOf(value)]))
    .filter(Boolean)
    .join('\n')
}

/** All components, however deep. */
export function componentsOf(seen: Json): readonly Json[] {
  return recordsOf(seen['components']).flatMap((one) => [
    one,
    ...componentsOf(one),
    ...[one['accessory'], one['component']].filter(isRecord).flatMap((inner) => [inner, ...componentsOf(inner)]),
  ])
}

export type Pressable = Readonly<{
  id: string
  label: string
  select: boolean
  disabled: boolean
  values: readonly string[]
}>

/** Its buttons and selects that answer. */
export function pressablesOf(message: Json): readonly Pressable[] {
  return componentsOf(message).flatMap((one): Pressable[] => {
    const { type, custom_id: id, label, placeholder, disabled } = one
    if (typeof id !== 'string' || type === ComponentType.TextInput) return []
    const values = recordsOf(one['options']).map(({ value }) => String(value))
    const select = type !== ComponentType.Button
    return [{ id, label: String(label ?? placeholder ?? ''), select, disabled: disabled === true, values }]
  })
}

/** The first custom_id that begins so and can be pressed. @throws where there is none */
export function idOf(message: Json | undefined, start: string): string {
  const all = pressablesOf(message ?? {}).flatMap(({ id, disabled }) => (disabled ? [] : [id]))
  const found = all.find((id) => id.startsWith(`v1:${start}`))
  if (!found) throw new Error(`Cannot find ${start} among ${all.join(', ') || 'nothing'}: ${textOf(message)}`)
  return found
}

/** What stands in a channel, oldest first; in a forum, what stands in its posts. */
export function messagesIn(standIn: StandIn, channelId: string): readonly Json[] {
  const own = standIn.messages({ channelId })
  return own.length > 0 ? own : standIn.threads({ channelId }).flatMap(({ id }) => standIn.messages({ channelId: id }))
}
