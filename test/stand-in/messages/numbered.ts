/** Components as Discord gives them back: numbered, and with what the bot left to it. What comes back differs from what was sent. */
import { ComponentType as Kinds } from 'discord-api-types/v10'
import { isRecord, type Json, numberOf, recordsOf, textOf } from '../json.ts'

export function numbered(components: readonly Json[]): readonly Json[] {
  let last = 0
  const number = (component: Json): Json => {
    last += 1
    const id = numberOf(component['id']) || last
    const { components: inner, accessory, media, items } = component
    return {
      ...DEFAULTS[numberOf(component['type'])],
      ...component,
      id,
      ...(Array.isArray(inner) ? { components: recordsOf(inner).map(number) } : {}),
      ...(isRecord(accessory) ? { accessory: number(accessory) } : {}),
      ...(isRecord(media) ? { media: unfurled(media) } : {}),
      ...(Array.isArray(items) ? { items: recordsOf(items).map(shownItem) } : {}),
    }
  }
  return components.map(number)
}

const CHOICE = { min_values: 1, max_values: 1 }
const PICTURE = { description: null, spoiler: false }
const DEFAULTS: Readonly<Record<number, Json>> = {
  [Kinds.StringSelect]: CHOICE,
  [Kinds.UserSelect]: CHOICE,
  [Kinds.RoleSelect]: CHOICE,
  [Kinds.MentionableSelect]: CHOICE,
  [Kinds.ChannelSelect]: CHOICE,
  [Kinds.Thumbnail]: PICTURE,
  [Kinds.Separator]: { divider: true, spacing: 1 },
  [Kinds.Container]: { accent_color: null, spoiler: false },
}

function shownItem(item: Json): Json {
  return { ...PICTURE, ...item, media: unfurled(isRecord(item['media']) ? item['media'] : {}) }
}

/** Discord fetches a picture and shows its own copy; here there is none. */
function unfurled({ url }: Json): Json {
  return { id: '0', url, proxy_url: textOf(url) }
}
