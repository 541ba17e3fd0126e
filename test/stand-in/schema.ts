/** Requests against Discord's own description of its API, one validator an operation, compiled when it is first needed. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Problem } from './api-error.ts'
import { isRecord, type Json, recordsOf } from './json.ts'
import { branched, prepared } from './schema/prepared.ts'

export type Schema = Readonly<{
  /** @param route - "POST /channels/{channel_id}/messages" */
  checkBody(route: string, body: unknown): readonly Problem[]
  /** Names and kinds of the query: Discord overlooks what it does not know, and so a typo stays unseen. */
  checkQuery(route: string, query: URLSearchParams): readonly Problem[]
  /** Whether the stand-in itself answers as Discord describes. */
  checkAnswer(route: string, status: number, body: unknown): readonly Problem[]
}>

/** Beside the project, where its makers keep it; it is no part of the project. */
export const SHARED_SCHEMA = path.resolve(import.meta.dirname, '../../../shared/discord/openapi.json')

const KEY = 'discord'
/** A wrong union of components tells of every branch. */
const PROBLEMS_MAX = 12

/** @param file - openapi.json; the shared one where it is there, if absent; "none" for no description at all
 *  @returns undefined where there is none: then only our own limits are checked */
export function openSchema(file: string | undefined): Schema | undefined {
  if (file === 'none') return undefined
  if (file === undefined && !existsSync(SHARED_SCHEMA)) return undefined
  const document: unknown = JSON.parse(readFileSync(file ?? SHARED_SCHEMA, 'utf8'))
  if (!isRecord(document)) throw new Error(`Cannot use ${file}: it describes no API`)
  const checkRequest = createJudge(prepared(document))
  // Made when it is first asked for: only our own tests do.
  let checkResponse: Judge | undefined
  return {
    checkBody: (route, body) => {
      const isTaken = operationOf(document, route)?.['requestBody'] !== undefined
      return isTaken ? checkRequest(route, ['requestBody'], body) : []
    },
    checkQuery: (route, query) => {
      const known = recordsOf(operationOf(document, route)?.['parameters']).filter((one) => one['in'] === 'query')
      return [...query.keys()].flatMap((name): Problem[] =>
        known.some((one) => one['name'] === name)
          ? []
          : [{ path: [name], code: 'UNKNOWN_QUERY', message: `"${name}" is no parameter of this request` }],
      )
    },
    checkAnswer: (route, status, body) => {
      checkResponse ??= createJudge(branched(document))
      return checkResponse(route, ['responses', String(status)], body)
    },
  }
}

type Judge = (route: string, part: readonly string[], body: unknown) => readonly Problem[]

function createJudge(document: Json): Judge {
  // Not strict, and the description itself is not checked: it uses words of OpenAPI that JSON Schema does not know.
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false, formats: FORMATS })
  ajv.addSchema(document, KEY, undefined, false)
  const compiled = new Map<string, ValidateFunction>()
  return (route, part, body) => {
    const pointer = pointerTo(route, part)
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${KEY}#${pointer}` })
    compiled.set(pointer, validate)
    if (validate(body)) return []
    const telling = (validate.errors ?? []).filter(isTelling).map(problemOf)
    // Where no branch fitted, each tells the same.
    const distinct = [...new Map(telling.map((one) => [JSON.stringify(one), one])).values()]
    return distinct.slice(0, PROBLEMS_MAX)
  }
}

function operationOf(document: Json, route: string): Json | undefined {
  const [method = '', path = ''] = route.split(' ')
  const paths = document['paths']
  const item = isRecord(paths) ? paths[path] : undefined
  const operation = isRecord(item) ? item[method.toLowerCase()] : undefined
  return isRecord(operation) ? operation : undefined
}

/** Where in the document a body's schema stands, as a JSON pointer in a URI. */
function pointerTo(route: string, part: readonly string[]): string {
  const [method = '', operationPath = ''] = route.split(' ')
  const steps = ['paths', operationPath, method.toLowerCase(), ...part, 'content', 'application/json', 'schema']
  return steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')
}

/** That a branch did not fit is told by what is wrong inside it. */
const isTelling = ({ keyword }: ErrorObject): boolean => keyword !== 'if' && keyword !== 'oneOf' && keyword !== 'anyOf'

const CODES: Readonly<Record<string, string>> = {
  required: 'BASE_TYPE_REQUIRED',
  enum: 'BASE_TYPE_CHOICES',
  const: 'BASE_TYPE_CHOICES',
  maxLength: 'BASE_TYPE_BAD_LENGTH',
  minLength: 'BASE_TYPE_BAD_LENGTH',
  maxItems: 'BASE_TYPE_BAD_LENGTH',
  minItems: 'BASE_TYPE_BAD_LENGTH',
  additionalProperties: 'UNKNOWN_KEY',
  format: 'BASE_TYPE_BAD_FORMAT',
}

function problemOf({ instancePath, keyword, message, params }: ErrorObject): Problem {
  const named: unknown = params['missingProperty'] ?? params['additionalProperty']
  const path = instancePath.split('/').slice(1)
  return {
    path: typeof named === 'string' ? [...path, named] : path,
    code: CODES[keyword] ?? 'BASE_TYPE_BAD_TYPE',
    message: message ?? keyword,
  }
}

const FORMATS = {
  int32: { type: 'number', validate: (value: number) => Math.abs(value) <= 2 ** 31 },
  int64: true,
  double: true,
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text: string) => URL.canParse(text) && /^(https?|wss?|attachment|discord):/.test(text),
  snowflake: (text: string) => /^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 63n,
  nonce: (text: string) => text.length <= 25,
} as const
