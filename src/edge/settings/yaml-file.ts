/** One way to read an operator's YAML file: every mistake is told at once, with its line, its key and a cure. */
import { isMap, isNode, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import type { z } from 'zod'
import { nearest } from './nearest.ts'

/** `line` counts from 1; `key` is the path to the value ("feeds[3].kind"), or '' for the file as a whole. */
export type FileProblem = Readonly<{ file: string; line: number; key: string; message: string; cure: string }>
export type FileRead<Value> = Readonly<
  { kind: 'ok'; value: Value } | { kind: 'broken'; problems: readonly FileProblem[] }
>

type Path = readonly PropertyKey[]
type Place = (path: Path, message: string, cure: string) => FileProblem

const PROBLEMS_MAX = 20 // who sees twenty mistakes mends the first and reads on
const ALIASES_MAX = 100 // YAML's own laughs: references to references

/** Reads a YAML text into what the schema makes of it.
 *  @param schema - rules that it cannot say itself (ids that are there twice) are issues of code `custom`, with `params.cure` */
export function parseYamlFile<Value>(text: string, schema: z.ZodType<Value>, file: string): FileRead<Value> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineOf = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const syntax = document.errors.map((error): FileProblem => {
    const cure = error.code === 'DUPLICATE_KEY' ? 'Keep one of the two.' : 'Check indentation, colons and quotes there.'
    return { file, line: lineOf(error.pos[0]), key: '', message: `is not YAML: ${firstLine(error.message)}`, cure }
  })
  if (syntax.length > 0) return { kind: 'broken', problems: syntax.slice(0, PROBLEMS_MAX) }
  const place: Place = (path, message, cure) => {
    return { file, line: lineOf(offsetOf(document.contents, path)), key: keyOf(path), message, cure }
  }
  const read = schema.safeParse(plainOf(document), { reportInput: true })
  if (read.success) return { kind: 'ok', value: read.data }
  const problems = read.error.issues.flatMap((issue) => problemsOf(issue, schema, place))
  return { kind: 'broken', problems: problems.slice(0, PROBLEMS_MAX) }
}

/** Problems as lines for a terminal: `config/feeds.yaml:12: feeds[0].kind is "wier". Use one of wire, outlet.` */
export function describeProblems(fileName: string, problems: readonly FileProblem[]): readonly string[] {
  return problems.map(({ line, key, message, cure }) => `${fileName}:${line}: ${key || 'the file'} ${message}. ${cure}`)
}

/** The document as plain data; what its aliases blow up to is nothing. */
function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: ALIASES_MAX })
  } catch {
    return undefined // the schema then says that the file holds nothing
  }
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, place: Place): readonly FileProblem[] {
  const { path } = issue
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], schema, place))
    case 'invalid_value':
      return [place(path, `is ${shown(issue.input)}`, oneOf(issue.input, issue.values))]
    case 'invalid_type': {
      const missing = issue.input === undefined
      const message = missing ? 'is missing' : `is ${shown(issue.input)}`
      return [place(path, message, `${missing ? 'Add' : 'Use'} ${TYPES[issue.expected] ?? issue.expected}.`)]
    }
    case 'custom': {
      const cure: unknown = issue.params?.['cure']
      return [place(path, issue.message, typeof cure === 'string' ? cure : 'Change it.')]
    }
    default:
      return [place(path, `is ${shown(issue.input)}`, `${issue.message}.`)]
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
}

function unknownKey(path: Path, schema: z.ZodType, place: Place): FileProblem {
  const known = keysAt(schema, path.slice(0, -1))
  const guess = nearest(String(path.at(-1)), known)
  const cure = guess ? `Did you mean "${guess}"?` : `Known here: ${known.join(', ') || 'nothing'}.`
  return place(path, 'is not a known key', cure)
}

function oneOf(input: unknown, values: readonly unknown[]): string {
  const known = values.map(String)
  const guess = typeof input === 'string' ? nearest(input, known) : undefined
  return guess ? `Did you mean "${guess}"?` : `Use one of ${known.join(', ')}.`
}

/** The keys that a schema knows at a path, through defaults, lists and records. */
function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let at: unknown = inner(schema)
  for (const step of path) at = inner(stepInto(at, step))
  return Object.keys(field(at, 'shape') ?? {})
}

function stepInto(schema: unknown, step: PropertyKey): unknown {
  const shape = field(schema, 'shape')
  if (shape !== undefined) return field(shape, step)
  const definition = field(schema, 'def')
  return field(definition, 'element') ?? field(definition, 'valueType')
}

/** What an optional, defaulted or transformed schema wraps. */
function inner(schema: unknown): unknown {
  let at = schema
  for (;;) {
    const definition = field(at, 'def')
    const wrapped = field(definition, 'innerType') ?? field(definition, 'in')
    if (wrapped === undefined) return at
    at = wrapped
  }
}

function field(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** Where the value at a path begins in the text; the deepest part that is there. For a map's value: its key. */
function offsetOf(contents: ParsedNode | null, path: Path): number {
  let node: unknown = contents
  let offset = contents?.range?.[0] ?? 0
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => String(key) === String(step)) : undefined
    const next: unknown = pair ? pair.value : field(field(node, 'items'), step)
    const place = pair ? pair.key : next
    if (!isNode(place)) return offset
    offset = place.range?.[0] ?? offset
    node = next
  }
  return offset
}

function keyOf(path: Path): string {
  return path.reduce<string>((key, step) => {
    if (typeof step === 'number') return `${key}[${step}]`
    return key === '' ? String(step) : `${key}.${String(step)}`
  }, '')
}

const SHOWN_CHARS_MAX = 60 // a line of a terminal
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/[.:]$/, '')
}
