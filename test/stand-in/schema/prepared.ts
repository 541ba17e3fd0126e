/** Discord's description, made fit for a validator: what it says in OpenAPI's way, or leaves open, is said in JSON Schema's way. */
import { isRecord, type Json, recordsOf, textOf } from '../json.ts'

/** Of a message, but missing in some of its forms (seen: discord.js sends them). */
const ALSO_IN_MESSAGES = { tts: {}, nonce: {}, enforce_nonce: {} }

export function prepared(document: Json): Json {
  return walk(document, (schema) => closed(chosen(permissive(schema), document))) as Json
}

/** The same for answers: what Discord may add one day is let pass. */
export function branched(document: Json): Json {
  return walk(document, (schema) => chosen(schema, document)) as Json
}

function walk(value: unknown, change: (schema: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((one) => walk(one, change))
  if (!isRecord(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, change)])))
}

/** A typo in a key would pass otherwise. Only what names its keys itself can be closed. */
function closed(schema: Json): Json {
  const { properties, additionalProperties, allOf } = schema
  if (schema['type'] !== 'object' || !isRecord(properties) || additionalProperties !== undefined || allOf) return schema
  const isMessage = 'embeds' in properties && 'content' in properties
  return {
    ...schema,
    properties: isMessage ? { ...ALSO_IN_MESSAGES, ...properties } : properties,
    additionalProperties: false,
  }
}

/** Of a command, the description wants a number where the documentation, and everybody, has a text; and it forgot `nsfw`. */
function permissive(schema: Json): Json {
  const { properties } = schema
  if (!isRecord(properties) || !('default_member_permissions' in properties)) return schema
  const either = { anyOf: [{ type: ['integer', 'null'] }, { type: 'string', pattern: '^\\d+$' }] }
  return { ...schema, properties: { nsfw: {}, ...properties, default_member_permissions: either } }
}

/** A union of things with different `type` numbers becomes if/then: only the branch that is meant tells what is wrong with it. */
function chosen(schema: Json, document: Json): Json {
  for (const word of ['oneOf', 'anyOf'] as const) {
    const branches = recordsOf(schema[word])
    const typed = branches.filter((branch) => branch['type'] !== 'null')
    const tags = typed.map((branch) => tagsOf(branch, document))
    if (typed.length < 2 || tags.some((one) => one.length === 0)) continue
    const { [word]: _replaced, ...rest } = schema
    const union = {
      type: 'object',
      required: ['type'],
      properties: { type: { enum: tags.flat() } },
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      allOf: typed.map((branch, at) => ({ if: { properties: { type: { enum: tags[at] } } }, then: branch })),
    }
    return { ...rest, anyOf: [union, ...branches.filter((branch) => branch['type'] === 'null')] }
  }
  return schema
}

/** The numbers that a branch takes as its `type`; none where it is not told by that. */
function tagsOf(branch: Json, document: Json): readonly unknown[] {
  const schema = followed(branch, document)
  const { properties, required } = schema
  const type = isRecord(properties) ? properties['type'] : undefined
  const isTagged = Array.isArray(required) && required.includes('type') && isRecord(type)
  return isTagged && type['type'] === 'integer' && Array.isArray(type['enum']) ? type['enum'] : []
}

function followed(schema: Json, document: Json): Json {
  const steps = textOf(schema['$ref']).split('/').slice(1)
  let at: unknown = steps.length > 0 ? document : schema
  for (const step of steps) at = isRecord(at) ? at[step] : undefined
  return isRecord(at) ? at : schema
}
