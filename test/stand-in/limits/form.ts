/** The limits of forms and of choices that are offered while a person types. */
import { ComponentType as Kinds } from 'discord-api-types/v10'
import type { Problem } from '../api-error.ts'
import { componentsIn } from '../interactions/component-data.ts'
import { isRecord, type Json, numberOf, recordsOf, textOf } from '../json.ts'
import { checkSelect, SELECTS } from './components.ts'
import { charsOf, length, problem, required, tooMany, within } from './problems.ts'

const INPUT_CHARS_MAX = 4_000
const CHOICES_MAX = 25

export function checkForm(form: Json): readonly Problem[] {
  const rows = recordsOf(form['components'])
  const names = componentsIn(rows).flatMap((one) => ('custom_id' in one ? [one['custom_id']] : []))
  return [
    ...length(form, 'custom_id', { min: 1, max: 100 }),
    ...length(form, 'title', { min: 1, max: 45 }),
    ...length(form, 'components', { min: 1, max: 5 }),
    ...(new Set(names).size < names.length
      ? [problem(['components'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')]
      : []),
    ...rows.flatMap((row, at) => within(['components', at], checkRow(row))),
  ]
}

function checkRow(row: Json): readonly Problem[] {
  switch (row['type']) {
    case Kinds.TextDisplay:
      return length(row, 'content', { min: 1, max: INPUT_CHARS_MAX })
    case Kinds.Label: {
      const input = row['component']
      return [
        ...length(row, 'label', { min: 1, max: 45 }),
        ...length(row, 'description', { max: 100 }),
        ...(isRecord(input) ? within(['component'], checkInput(input, true)) : [required(['component'])]),
      ]
    }
    case Kinds.ActionRow: {
      const inner = recordsOf(row['components'])
      if (inner.length !== 1)
        return [problem(['components'], 'BASE_TYPE_BAD_LENGTH', 'A row of a form holds one text input')]
      return inner.flatMap((input, at) => within(['components', at], checkInput(input, false)))
    }
    default:
      return [problem(['type'], 'UNION_TYPE_CHOICES', 'A form holds labels, rows and texts')]
  }
}

function checkInput(input: Json, hasLabel: boolean): readonly Problem[] {
  if (SELECTS.includes(input['type'])) return checkSelect(input)
  if (input['type'] !== Kinds.TextInput) return length(input, 'custom_id', { min: 1, max: 100 })
  const least = numberOf(input['min_length'])
  const most = input['max_length'] == null ? INPUT_CHARS_MAX : numberOf(input['max_length'])
  const preset = charsOf(textOf(input['value']))
  return [
    ...length(input, 'custom_id', { min: 1, max: 100 }),
    ...(hasLabel ? [] : length(input, 'label', { min: 1, max: 45 })),
    ...length(input, 'placeholder', { max: 100 }),
    ...length(input, 'value', { max: INPUT_CHARS_MAX }),
    ...(most < 1 || most > INPUT_CHARS_MAX || least < 0 || least > most
      ? [problem(['max_length'], 'NUMBER_TYPE_MAX', `int value should be between 1 and ${INPUT_CHARS_MAX}.`)]
      : []),
    ...(preset > most ? [tooMany(['value'], most)] : []),
  ]
}

export function checkChoices(choices: unknown): readonly Problem[] {
  if (!Array.isArray(choices)) return [required([])]
  if (choices.length > CHOICES_MAX) return [tooMany([], CHOICES_MAX)]
  return recordsOf(choices).flatMap((choice, at) => within([at], checkChoice(choice)))
}

/** A choice's value is a text of up to 100 characters, or a number. */
export function checkChoice(choice: Json): readonly Problem[] {
  return [
    ...length(choice, 'name', { min: 1, max: 100 }),
    ...(typeof choice['value'] === 'number' ? [] : length(choice, 'value', { min: 1, max: 100 })),
  ]
}
