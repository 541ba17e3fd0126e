/** A form that was filled in and sent. */
import { ComponentType as Kinds } from 'discord-api-types/v10'
import { isRecord, type Json, numberOf, recordsOf, textOf } from '../json.ts'
import { componentsIn, type Opened } from './component-data.ts'

type Filled = Readonly<{
  openedBy: string
  customId?: string
  fields: Readonly<Record<string, string | readonly string[]>>
  forged?: boolean
}>

export function formData(deed: Filled, opener: Opened | undefined): Json {
  const modal = opener?.modal
  if (!modal) throw new Error(`Cannot send a form: interaction ${deed.openedBy} did not open one`)
  const inputs = componentsIn(recordsOf(modal['components'])).filter((one) => 'custom_id' in one)
  for (const name of Object.keys(deed.fields))
    if (!inputs.some((one) => one['custom_id'] === name))
      throw new Error(`Cannot fill in "${name}": the form has no such field`)
  const fill = (input: Json): Json => filled(input, deed)
  return {
    custom_id: deed.customId ?? modal['custom_id'],
    components: recordsOf(modal['components']).map((row, at) => ({
      type: row['type'],
      id: at + 1,
      ...(isRecord(row['component']) ? { component: fill(row['component']) } : {}),
      ...(Array.isArray(row['components']) ? { components: recordsOf(row['components']).map(fill) } : {}),
    })),
  }
}

function filled(input: Json, { fields, forged }: Filled): Json {
  const name = textOf(input['custom_id'])
  const given = fields[name]
  const { type } = input
  if (type !== Kinds.TextInput)
    return { type, id: 0, custom_id: name, values: Array.isArray(given) ? given : given ? [given] : [] }
  // What nobody touched is sent as it was shown.
  const value = typeof given === 'string' ? given : textOf(input['value'])
  if (!forged) {
    if (value === '' && input['required'] !== false) throw new Error(`Cannot send the form: "${name}" is required`)
    if (value.length > (numberOf(input['max_length']) || 4_000))
      throw new Error(`Cannot send the form: "${name}" is too long`)
    if (value !== '' && value.length < numberOf(input['min_length']))
      throw new Error(`Cannot send the form: "${name}" is too short`)
  }
  return { type, id: 0, custom_id: name, value }
}
