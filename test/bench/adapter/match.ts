/** A shipped topic by its name, and whether a text is about it. */
import { readFileSync } from 'node:fs'
import { createMatcher, type Matcher } from '../../../src/core/match.ts'
import type { Topic } from '../../../src/core/model.ts'
import { parseTopicsFile } from '../../../src/edge/settings/topics-file.ts'
import { describeProblems } from '../../../src/edge/settings/yaml-file.ts'

const FILE = new URL('../../../config/topics.yaml', import.meta.url)
const matchers = new Map(
  shippedTopics().map((topic): [string, Matcher] => [topic.name.toLowerCase(), createMatcher([topic])]),
)

export function answer(question: Readonly<Record<string, unknown>>): object {
  const matcher = matchers.get(String(question['topic']).toLowerCase())
  if (!matcher) throw new Error(`No topic is called "${question['topic']}" in config/topics.yaml`)
  const [match] = matcher.match({ title: '', text: String(question['text']), outlet: '', quotes: [] })
  return { matched: match !== undefined, terms: match?.terms ?? [], sentence: match?.sentence ?? '' }
}

function shippedTopics(): readonly Topic[] {
  const read = parseTopicsFile(readFileSync(FILE, 'utf8'), 'topics.yaml')
  if (read.kind === 'broken') throw new Error(describeProblems('topics.yaml', read.problems).join('\n'))
  return read.value
}
