/** What Discord would refuse in a message's components, legacy rows and V2, and in a modal. */
import { charsFault, isRecord, linkFault, unknownKey } from './shape-fault.ts'

/** Discord's component types (discord-api-types `ComponentType`). */
const ROW = 1
const BUTTON = 2
const STRING_SELECT = 3
const TEXT_INPUT = 4
const SELECTS = [3, 5, 6, 7, 8]
const SECTION = 9
const TEXT = 10
const THUMBNAIL = 11
const GALLERY = 12
const FILE = 13
const SEPARATOR = 14
const CONTAINER = 17
const LABEL = 18
const LINK_STYLE = 5
const IN_CONTAINER = [ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR]

const COMPONENTS_MAX = 40
const TEXT_CHARS_MAX = 4_000
const ROWS_MAX = 5
const OPTIONS_MAX = 25
const MODAL_PARTS_MAX = 5

type Component = Record<string, unknown>
type Tally = { count: number; chars: number; readonly ids: Set<string> }

/** @param isV2 - the message has flag 32768 */
export function componentsFault(components: unknown, isV2: boolean): string | undefined {
  if (components === null) return undefined
  if (!Array.isArray(components)) return 'components: not a list'
  if (!isV2 && components.length > ROWS_MAX) return `components: ${components.length} rows, at most ${ROWS_MAX}`
  const tally: Tally = { count: 0, chars: 0, ids: new Set() }
  const allowed = isV2 ? [...IN_CONTAINER, CONTAINER] : [ROW]
  const fault = listFault(components, { at: 'components', allowed, tally })
  if (fault) return fault
  if (tally.count > COMPONENTS_MAX) return `components: ${tally.count} in all, at most ${COMPONENTS_MAX}`
  return tally.chars > TEXT_CHARS_MAX
    ? `components: ${tally.chars} characters of text, at most ${TEXT_CHARS_MAX}`
    : undefined
}

/** @returns why Discord would refuse the form, or undefined */
export function modalFault(modal: unknown): string | undefined {
  if (!isRecord(modal)) return 'modal: not an object'
  const { custom_id: id, title, components } = modal
  const fault = charsFault(id, 'custom_id', { min: 1, max: 100 }) ?? charsFault(title, 'title', { min: 1, max: 45 })
  if (fault) return fault
  if (!Array.isArray(components) || components.length === 0) return 'components: is empty'
  if (components.length > MODAL_PARTS_MAX) return `components: ${components.length}, at most ${MODAL_PARTS_MAX}`
  const tally: Tally = { count: 0, chars: 0, ids: new Set() }
  return listFault(components, { at: 'components', allowed: [ROW, TEXT, LABEL], tally, inModal: true })
}

type Place = Readonly<{ at: string; allowed: readonly number[]; tally: Tally; inModal?: boolean }>

function listFault(list: readonly unknown[], place: Place): string | undefined {
  for (const [index, component] of list.entries()) {
    const at = `${place.at}[${index}]`
    if (!isRecord(component)) return `${at}: not an object`
    const { type } = component
    if (typeof type !== 'number' || !place.allowed.includes(type)) return `${at}: type ${type} cannot stand here`
    place.tally.count++
    const fault = partFault(component, { ...place, at }) ?? idFault(component, { ...place, at })
    if (fault) return fault
  }
  return undefined
}

function partFault(component: Component, place: Place): string | undefined {
  switch (component['type']) {
    case ROW:
      return rowFault(component, place)
    case BUTTON:
      return buttonFault(component, place.at)
    case STRING_SELECT:
      return selectFault(component, place.at)
    case TEXT_INPUT:
      return inputFault(component, place.at)
    case SECTION:
      return sectionFault(component, place)
    case TEXT:
      return textFault(component, place)
    case THUMBNAIL:
      return mediaFault(component['media'], `${place.at}.media`)
    case GALLERY:
      return galleryFault(component, place.at)
    case SEPARATOR:
      return separatorFault(component, place.at)
    case CONTAINER:
      return containerFault(component, place)
    case LABEL:
      return labelFault(component, place)
  }
  return undefined
}

function rowFault({ components }: Component, place: Place): string | undefined {
  if (!Array.isArray(components) || components.length === 0) return `${place.at}.components: is empty`
  const isAlone = components.some((one) => isRecord(one) && one['type'] !== BUTTON)
  const max = isAlone ? 1 : 5
  if (components.length > max) return `${place.at}.components: ${components.length}, at most ${max}`
  const allowed = place.inModal ? [TEXT_INPUT] : [BUTTON, ...SELECTS]
  return listFault(components, { ...place, at: `${place.at}.components`, allowed })
}

function idFault({ custom_id: id }: Component, { at, tally }: Place): string | undefined {
  if (id === undefined) return undefined
  const fault = charsFault(id, `${at}.custom_id`, { min: 1, max: 100 })
  if (fault) return fault
  if (tally.ids.has(String(id))) return `${at}.custom_id: "${id}" stands twice`
  tally.ids.add(String(id))
  return undefined
}

function buttonFault({ style, label, emoji, url, custom_id: id }: Component, at: string): string | undefined {
  if (typeof style !== 'number' || style < 1 || style > LINK_STYLE) return `${at}.style: ${style} is unknown`
  if (label == null && emoji == null) return `${at}: has neither label nor emoji`
  const fault = label == null ? undefined : charsFault(label, `${at}.label`, { min: emoji == null ? 1 : 0, max: 80 })
  if (fault) return fault
  if (style === LINK_STYLE)
    return id === undefined ? linkFault(url, `${at}.url`, 512) : `${at}: a link has no custom_id`
  if (url !== undefined) return `${at}: only a link has a url`
  return id === undefined ? `${at}: has no custom_id` : undefined
}

function selectFault(select: Component, at: string): string | undefined {
  const { options, placeholder, min_values: min = 1, max_values: max = 1 } = select
  if (placeholder !== undefined) {
    const fault = charsFault(placeholder, `${at}.placeholder`, { min: 0, max: 150 })
    if (fault) return fault
  }
  if (!Array.isArray(options) || options.length === 0) return `${at}.options: is empty`
  if (options.length > OPTIONS_MAX) return `${at}.options: ${options.length}, at most ${OPTIONS_MAX}`
  const values = new Set<unknown>()
  for (const [index, option] of options.entries()) {
    const fault = isRecord(option)
      ? optionFault(option, `${at}.options[${index}]`)
      : `${at}.options[${index}]: no object`
    if (fault) return fault
    if (values.has(option.value)) return `${at}.options[${index}].value: "${option.value}" stands twice`
    values.add(option.value)
  }
  const isRange = Number(min) >= 0 && Number(max) >= 1 && Number(min) <= Number(max) && Number(max) <= options.length
  return isRange ? undefined : `${at}: min_values ${min} and max_values ${max} do not fit ${options.length} options`
}

function optionFault({ label, value, description }: Component, at: string): string | undefined {
  return (
    charsFault(label, `${at}.label`, { min: 1, max: 100 }) ??
    charsFault(value, `${at}.value`, { min: 1, max: 100 }) ??
    (description === undefined ? undefined : charsFault(description, `${at}.description`, { min: 0, max: 100 }))
  )
}

function inputFault({ value, max_length: max, custom_id: id }: Component, at: string): string | undefined {
  if (id === undefined) return `${at}: has no custom_id`
  if (max !== undefined && !(Number(max) >= 1 && Number(max) <= 4_000)) return `${at}.max_length: ${max}, at most 4000`
  return value === undefined ? undefined : charsFault(value, `${at}.value`, { min: 0, max: 4_000 })
}

function sectionFault({ components, accessory }: Component, place: Place): string | undefined {
  if (!Array.isArray(components) || components.length === 0) return `${place.at}.components: is empty`
  if (components.length > 3) return `${place.at}.components: ${components.length}, at most 3`
  return (
    listFault(components, { ...place, at: `${place.at}.components`, allowed: [TEXT] }) ??
    listFault([accessory], { ...place, at: `${place.at}.accessory`, allowed: [BUTTON, THUMBNAIL] })
  )
}

function textFault({ content }: Component, { at, tally }: Place): string | undefined {
  // A no-break space is a text for Discord; `trim` would not think so.
  if (typeof content !== 'string' || content === '') return `${at}.content: is empty`
  tally.chars += content.length
  return undefined
}

function mediaFault(media: unknown, at: string): string | undefined {
  return isRecord(media) ? linkFault(media['url'], `${at}.url`) : `${at}: is missing`
}

function galleryFault({ items }: Component, at: string): string | undefined {
  if (!Array.isArray(items) || items.length === 0) return `${at}.items: is empty`
  if (items.length > 10) return `${at}.items: ${items.length}, at most 10`
  for (const [index, item] of items.entries()) {
    const fault = mediaFault(isRecord(item) ? item['media'] : undefined, `${at}.items[${index}].media`)
    if (fault) return fault
  }
  return undefined
}

function separatorFault(separator: Component, at: string): string | undefined {
  const { spacing = 1 } = separator
  if (spacing !== 1 && spacing !== 2) return `${at}.spacing: ${spacing} is unknown`
  return unknownKey(separator, ['type', 'id', 'divider', 'spacing'], at)
}

function containerFault({ components, accent_color: color }: Component, place: Place): string | undefined {
  if (!Array.isArray(components) || components.length === 0) return `${place.at}.components: is empty`
  if (color != null && !(Number.isInteger(color) && Number(color) >= 0 && Number(color) <= 0xff_ff_ff))
    return `${place.at}.accent_color: not a number from 0 to 16777215`
  return listFault(components, { ...place, at: `${place.at}.components`, allowed: IN_CONTAINER })
}

function labelFault({ label, component }: Component, place: Place): string | undefined {
  return (
    charsFault(label, `${place.at}.label`, { min: 1, max: 45 }) ??
    listFault([component], { ...place, at: `${place.at}.component`, allowed: [TEXT_INPUT, ...SELECTS] })
  )
}
