/** config/topics.yaml: the topics that a server can follow by name. */
import { z } from 'zod'
import type { Term, Topic, TopicId } from '../../core/model.ts'
import { parseTerm, type TopicProblem, termWords } from '../../core/topic.ts'
import { type FileRead, parseYamlFile } from './yaml-file.ts'

const TOPICS_MAX = 500 // a menu of Discord shows 25, its search any number
const TERMS_MAX = 2000 // one topic in one language: a page, not a dictionary

/** Terms by language. The language is for whoever edits the file: every term is looked for in every text. */
const termsSchema = z.record(z.string(), z.array(z.string()).max(TERMS_MAX)).default({})
const LISTS = ['any', 'capitals', 'all', 'none', 'lookalikes'] as const
type List = (typeof LISTS)[number]

const topicSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens')
      .max(40),
    name: z.string().trim().min(1, 'Give it a name').max(80, 'Write at most 80 characters'),
    emoji: z.string().regex(/^\p{RGI_Emoji}$/v, 'Use one emoji'),
    color: z.string().regex(/^#[0-9a-f]{6}$/i, 'Use a colour such as "#1f6feb", in quotes'),
    any: termsSchema,
    capitals: termsSchema,
    all: termsSchema,
    none: termsSchema,
    lookalikes: termsSchema,
  })
  .transform((raw, context): Topic => {
    const terms: Record<List, Term[]> = { any: [], capitals: [], all: [], none: [], lookalikes: [] }
    for (const list of LISTS) {
      for (const [language, typed] of Object.entries(raw[list])) {
        typed.forEach((text, index) => {
          const read = readTerm(list, text)
          if ('cure' in read) {
            const { message, cure } = read
            context.addIssue({ code: 'custom', path: [list, language, index], message, params: { cure } })
          } else terms[list].push(read)
        })
      }
    }
    if (terms.any.length + terms.capitals.length + terms.all.length === 0) {
      const params = { cure: 'Write at least one word under "any".' }
      context.addIssue({ code: 'custom', path: [], message: 'looks for nothing', params })
    }
    return {
      id: raw.id as TopicId,
      name: raw.name,
      emoji: raw.emoji,
      color: Number.parseInt(raw.color.slice(1), 16),
      any: distinct([...terms.any, ...terms.capitals]),
      all: terms.all,
      none: terms.none,
      ...(terms.lookalikes.length === 0 ? {} : { lookalikes: distinct(terms.lookalikes) }),
    }
  })

const fileSchema = z
  .strictObject({ topics: z.array(topicSchema).min(1, 'Write at least one topic').max(TOPICS_MAX) })
  .superRefine(({ topics }, context) => {
    for (const key of ['id', 'name'] as const) {
      const seen = new Set<string>()
      topics.forEach((topic, index) => {
        const value = topic[key].toLowerCase()
        if (seen.has(value)) {
          const params = { cure: `Give it ${key === 'id' ? 'an id' : 'a name'} of its own.` }
          const message = `is "${topic[key]}", which another topic has`
          context.addIssue({ code: 'custom', path: ['topics', index, key], message, params })
        }
        seen.add(value)
      })
    }
  })

/** Reads the file: every topic, in its order. */
export function parseTopicsFile(content: string, fileName: string): FileRead<readonly Topic[]> {
  const read = parseYamlFile(content, fileSchema, fileName)
  return read.kind === 'broken' ? read : { kind: 'ok', value: read.value.topics }
}

/** Which list a term belongs to is said by its key here, so signs and `source:` have no place. */
function readTerm(list: List, text: string): Term | { message: string; cure: string } {
  const read = parseTerm(text)
  const message = `is ${JSON.stringify(text)}`
  if ('kind' in read) return { message, cure: CURES[read.kind] }
  const { into, term } = read
  if (into !== 'any') {
    return { message, cure: 'Write words without + or - (there are the keys "all" and "none"), and no "source:".' }
  }
  if (list === 'capitals') return { kind: 'capitals', text: term.text }
  if (list === 'lookalikes' && term.kind !== 'words' && term.kind !== 'prefix') {
    return { message, cure: 'A look-alike is a phrase.' }
  }
  return term
}

const CURES: Readonly<Record<TopicProblem['kind'], string>> = {
  empty: 'Write a word.',
  tooLong: 'Write less.',
  tooManyTerms: 'Write one term an entry.',
  onlyExclusions: 'Write a word to look for.',
  termTooLong: 'Write at most 100 characters.',
  noWord: 'Write one word or phrase, with a letter or digit in it and no comma.',
  starInside: 'A star can only stand at the end of a word.',
  prefixTooShort: 'Write at least three letters before the star.',
  openQuote: 'Close the quote.',
  openPattern: 'Close the expression with a slash.',
  badPattern: 'This regular expression cannot be used: try it with the re2 syntax.',
}

/** Languages share many forms: one of each is enough. */
function distinct(terms: readonly Term[]): readonly Term[] {
  const keyOf = (term: Term): string =>
    term.kind === 'words' || term.kind === 'prefix'
      ? `${term.kind}|${termWords(term).join(' ')}`
      : `${term.kind}|${term.text}`
  const seen = new Set<string>()
  return terms.filter((term) => seen.size < seen.add(keyOf(term)).size)
}
