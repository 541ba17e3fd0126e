/** The limits of components in a message: what may stand where, how many, how long. */
import { ButtonStyle, ComponentType as Kinds } from 'discord-api-types/v10'
import type { Problem } from '../api-error.ts'
import { componentsIn } from '../interactions/component-data.ts'
import { isRecord, type Json, numberOf, recordsOf, textOf } from '../json.ts'
import { address, charsOf, length, problem, required, tooMany, within } from './problems.ts'

const ROWS_MAX = 5
const V2_COMPONENTS_MAX = 40
const V2_CHARS_MAX = 4_000
const BUTTONS_MAX = 5
const SELECT_OPTIONS_MAX = 25

export const SELECTS: readonly unknown[] = [
  Kinds.StringSelect,
  Kinds.UserSelect,
  Kinds.RoleSelect,
  Kinds.MentionableSelect,
  Kinds.ChannelSelect,
]
const IN_CONTAINER: readonly unknown[] = [
  Kinds.ActionRow,
  Kinds.Section,
  Kinds.TextDisplay,
  Kinds.MediaGallery,
  Kinds.File,
  Kinds.Separator,
]
const ON_TOP: readonly unknown[] = [...IN_CONTAINER, Kinds.Container]

export function checkComponents(components: readonly Json[], isV2: boolean): readonly Problem[] {
  const all = componentsIn(components)
  return [
    ...(isV2 ? [] : components.length > ROWS_MAX ? [tooMany(['components'], ROWS_MAX)] : []),
    ...(isV2 && all.length > V2_COMPONENTS_MAX ? [tooMany(['components'], V2_COMPONENTS_MAX)] : []),
    ...(all.reduce((sum, one) => sum + (one['type'] === Kinds.TextDisplay ? charsOf(textOf(one['content'])) : 0), 0) >
    V2_CHARS_MAX
      ? [
          problem(
            ['components'],
            'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
            `Total displayable text size exceeds maximum size of ${V2_CHARS_MAX}`,
          ),
        ]
      : []),
    ...checkNames(all),
    ...each('components', components, (one) => checkPlaced(one, isV2 ? ON_TOP : [Kinds.ActionRow])),
  ]
}

function each(name: string, list: readonly Json[], check: (one: Json) => readonly Problem[]): readonly Problem[] {
  return list.flatMap((one, at) => within([name, at], check(one)))
}

/** custom_ids and numbers are unique in a message. */
function checkNames(all: readonly Json[]): readonly Problem[] {
  const twice = (values: readonly unknown[]): boolean => new Set(values).size < values.length
  const names = all.flatMap((one) => (typeof one['custom_id'] === 'string' ? [one['custom_id']] : []))
  const ids = all.flatMap((one) => (numberOf(one['id']) > 0 ? [one['id']] : []))
  return [
    ...(twice(names)
      ? [problem(['components'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')]
      : []),
    ...(twice(ids) ? [problem(['components'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated')] : []),
  ]
}

function checkPlaced(component: Json, allowed: readonly unknown[]): readonly Problem[] {
  if (!allowed.includes(component['type']))
    return [problem(['type'], 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')}).`)]
  const inner = recordsOf(component['components'])
  switch (component['type']) {
    case Kinds.ActionRow:
      return checkRow(inner)
    case Kinds.Container:
      return [
        ...length(component, 'components', { min: 1, max: V2_COMPONENTS_MAX }),
        ...each('components', inner, (one) => checkPlaced(one, IN_CONTAINER)),
      ]
    case Kinds.Section:
      return [
        ...length(component, 'components', { min: 1, max: 3 }),
        ...each('components', inner, (one) => checkPlaced(one, [Kinds.TextDisplay])),
        ...checkAccessory(component['accessory']),
      ]
    case Kinds.TextDisplay:
      return length(component, 'content', { min: 1, max: V2_CHARS_MAX })
    case Kinds.MediaGallery:
      return [
        ...length(component, 'items', { min: 1, max: 10 }),
        ...each('items', recordsOf(component['items']), checkMedia),
      ]
    default:
      return []
  }
}

function checkMedia(item: Json): readonly Problem[] {
  const media = isRecord(item['media']) ? item['media'] : {}
  return [
    ...(media['url'] === undefined ? [required(['media', 'url'])] : []),
    ...within(['media'], address(media, 'url', ['attachment'])),
    ...length(item, 'description', { max: 1_024 }),
  ]
}

function checkAccessory(accessory: unknown): readonly Problem[] {
  if (!isRecord(accessory)) return [required(['accessory'])]
  if (accessory['type'] === Kinds.Button) return within(['accessory'], checkButton(accessory))
  return accessory['type'] === Kinds.Thumbnail
    ? within(['accessory'], checkMedia(accessory))
    : [problem(['accessory', 'type'], 'UNION_TYPE_CHOICES', 'An accessory is a button or a thumbnail')]
}

/** Up to five buttons, or one select alone. */
function checkRow(inner: readonly Json[]): readonly Problem[] {
  if (inner.length === 0) return [problem(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.')]
  if (inner.some(({ type }) => SELECTS.includes(type)))
    return inner.length > 1
      ? [problem(['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A select is alone in its row')]
      : each('components', inner, checkSelect)
  if (inner.length > BUTTONS_MAX) return [tooMany(['components'], BUTTONS_MAX)]
  return each('components', inner, (one) =>
    one['type'] === Kinds.Button
      ? checkButton(one)
      : [problem(['type'], 'UNION_TYPE_CHOICES', 'A row holds buttons or a select')],
  )
}

function checkButton(button: Json): readonly Problem[] {
  const isLink = button['style'] === ButtonStyle.Link
  const hasName = button['custom_id'] !== undefined
  return [
    ...length(button, 'label', { max: 80 }),
    ...(textOf(button['label']) === '' && button['emoji'] == null && button['style'] !== ButtonStyle.Premium
      ? [problem(['label'], 'BUTTON_COMPONENT_INVALID_CONTENT', 'A button needs a label or an emoji')]
      : []),
    ...(isLink && (hasName || button['url'] === undefined)
      ? [problem(['url'], 'BUTTON_COMPONENT_URL_AND_CUSTOM_ID', 'A link has a url and no custom id')]
      : []),
    ...(!isLink && button['url'] !== undefined
      ? [problem(['url'], 'BUTTON_COMPONENT_URL_AND_CUSTOM_ID', 'Only a link has a url')]
      : []),
    ...(isLink || button['style'] === ButtonStyle.Premium ? [] : length(button, 'custom_id', { min: 1, max: 100 })),
    ...address(button, 'url', ['discord']),
    ...length(button, 'url', { max: 512 }),
  ]
}

export function checkSelect(select: Json): readonly Problem[] {
  const { options, min_values: least, max_values: most, type } = select
  const rows = recordsOf(options)
  const max = most == null ? 1 : numberOf(most)
  const min = least == null ? Math.min(1, max) : numberOf(least)
  const values = rows.map(({ value }) => value)
  const bounds = type === Kinds.StringSelect ? Math.min(rows.length, SELECT_OPTIONS_MAX) : SELECT_OPTIONS_MAX
  const preset = rows.filter((row) => row['default'] === true).length
  return [
    ...length(select, 'custom_id', { min: 1, max: 100 }),
    ...length(select, 'placeholder', { max: 150 }),
    ...(type === Kinds.StringSelect ? length(select, 'options', { min: 1, max: SELECT_OPTIONS_MAX }) : []),
    ...(max < 1 || max > bounds
      ? [problem(['max_values'], 'NUMBER_TYPE_MAX', `int value should be between 1 and ${bounds}.`)]
      : []),
    ...(min < 0 || min > max
      ? [problem(['min_values'], 'NUMBER_TYPE_MAX', `int value should be between 0 and ${max}.`)]
      : []),
    ...(preset > max ? [problem(['options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'Too many are chosen')] : []),
    ...(new Set(values).size < values.length
      ? [problem(['options'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used')]
      : []),
    ...each('options', rows, (row) => [
      ...length(row, 'label', { min: 1, max: 100 }),
      ...length(row, 'value', { min: 1, max: 100 }),
      ...length(row, 'description', { max: 100 }),
    ]),
  ]
}
