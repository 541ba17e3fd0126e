/** The limits of commands. */
import { ApplicationCommandOptionType as Kinds, ApplicationCommandType as Types } from 'discord-api-types/v10'
import type { Problem } from '../api-error.ts'
import { isRecord, type Json, recordsOf, textOf } from '../json.ts'
import { checkChoice } from './form.ts'
import { charsOf, length, problem, tooMany, within } from './problems.ts'

const CHAT_COMMANDS_MAX = 100
const MENU_COMMANDS_MAX = 15
/** Names, descriptions and choices of a command, in its longest language. */
const COMMAND_CHARS_MAX = 8_000
const OPTIONS_MAX = 25
/** Discord's documentation, "Application Command Naming". */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

export function checkCommands(list: readonly Json[]): readonly Problem[] {
  const typeOf = (command: Json): unknown => command['type'] ?? Types.ChatInput
  const count = (type: Types): number => list.filter((one) => typeOf(one) === type).length
  const names = list.map((one) => `${typeOf(one)} ${one['name']}`)
  return [
    ...(count(Types.ChatInput) > CHAT_COMMANDS_MAX ? [tooMany([], CHAT_COMMANDS_MAX)] : []),
    ...[Types.User, Types.Message].flatMap((type) =>
      count(type) > MENU_COMMANDS_MAX ? [tooMany([], MENU_COMMANDS_MAX)] : [],
    ),
    ...(new Set(names).size < names.length
      ? [problem([], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')]
      : []),
    ...list.flatMap((one, at) => within([at], checkCommand(one))),
  ]
}

export function checkCommand(command: Json): readonly Problem[] {
  const isChat = (command['type'] ?? Types.ChatInput) === Types.ChatInput
  if (!isChat) return length(command, 'name', { min: 1, max: 32 })
  return [
    ...checkName(command),
    ...checkPermissions(command),
    ...length(command, 'description', { min: 1, max: 100 }),
    ...checkOptions(command),
    ...(longest(command) > COMMAND_CHARS_MAX
      ? [problem([], 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)')]
      : []),
  ]
}

/** A number, as text: bits beyond 53 do not fit a number of JSON. */
function checkPermissions({ default_member_permissions: needed }: Json): readonly Problem[] {
  return needed == null || /^\d{1,20}$/.test(String(needed))
    ? []
    : [problem(['default_member_permissions'], 'NUMBER_TYPE_COERCE', `Value "${needed}" is not int.`)]
}

/** Letters with two cases are small. */
function checkName(named: Json): readonly Problem[] {
  const names = [textOf(named['name']), ...Object.values(localized(named, 'name'))]
  return names.every((name) => NAME.test(name) && name === name.toLowerCase())
    ? []
    : [problem(['name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')]
}

function checkOptions(holder: Json): readonly Problem[] {
  const options = recordsOf(holder['options'])
  const firstFree = options.findIndex((one) => one['required'] !== true)
  const lastRequired = options.findLastIndex((one) => one['required'] === true)
  const isSub = ({ type }: Json): boolean => type === Kinds.Subcommand || type === Kinds.SubcommandGroup
  const names = options.map(({ name }) => name)
  return [
    ...length(holder, 'options', { max: OPTIONS_MAX }),
    ...(firstFree >= 0 && lastRequired > firstFree
      ? [
          problem(
            ['options', lastRequired],
            'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            'Required options must be placed before non-required options',
          ),
        ]
      : []),
    ...(options.some(isSub) && !options.every(isSub)
      ? [problem(['options'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Subcommands and other options do not mix')]
      : []),
    ...(new Set(names).size < names.length
      ? [problem(['options'], 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists')]
      : []),
    ...options.flatMap((one, at) => within(['options', at], checkOption(one))),
  ]
}

function checkOption(option: Json): readonly Problem[] {
  const choices = recordsOf(option['choices'])
  return [
    ...checkName(option),
    ...length(option, 'description', { min: 1, max: 100 }),
    ...length(option, 'choices', { max: 25 }),
    ...(option['autocomplete'] === true && choices.length > 0
      ? [
          problem(
            ['autocomplete'],
            'APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE',
            'An option has choices or completes, never both',
          ),
        ]
      : []),
    ...choices.flatMap((one, at) => within(['choices', at], checkChoice(one))),
    ...checkOptions(option),
  ]
}

function localized(named: Json, field: string): Readonly<Record<string, string>> {
  const table = named[`${field}_localizations`]
  return isRecord(table) ? (table as Readonly<Record<string, string>>) : {}
}

/** Characters of a command in the language that makes it longest. */
function longest(command: Json): number {
  const locales = new Set(['', ...localesOf(command)])
  return Math.max(...[...locales].map((locale) => sizeIn(command, locale)))
}

function localesOf(part: Json): readonly string[] {
  const own = ['name', 'description'].flatMap((field) => Object.keys(localized(part, field)))
  return [...own, ...partsOf(part).flatMap(localesOf)]
}

const partsOf = (part: Json): readonly Json[] => [...recordsOf(part['options']), ...recordsOf(part['choices'])]

function sizeIn(part: Json, locale: string): number {
  const text = (field: string): string => localized(part, field)[locale] ?? textOf(part[field])
  const own = charsOf(text('name')) + charsOf(text('description')) + charsOf(textOf(part['value']))
  return partsOf(part).reduce((sum, one) => sum + sizeIn(one, locale), own)
}
