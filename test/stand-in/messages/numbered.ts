/** Discord gives every component of a message a number where the bot gave none, so that what comes back differs from what was sent. */
import { isRecord, type Json, recordsOf } from '../json.ts'

export function numbered(components: readonly Json[]): readonly Json[] {
  let last = 0
  const number = (component: Json): Json => {
    last += 1
    const id = typeof component['id'] === 'number' && component['id'] > 0 ? component['id'] : last
    const { components: inner, accessory } = component
    return {
      ...component,
      id,
      ...(Array.isArray(inner) ? { components: recordsOf(inner).map(number) } : {}),
      ...(isRecord(accessory) ? { accessory: number(accessory) } : {}),
    }
  }
  return components.map(number)
}
