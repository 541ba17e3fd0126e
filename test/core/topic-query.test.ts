import { expect, it } from 'vitest'
import { parseTopic } from '../../src/core/topic.ts'
import { topicQuery } from '../../src/core/topic-query.ts'

function queryOf(typed: string): string | undefined {
  const parsed = parseTopic(typed)
  if (parsed.kind !== 'topic') throw new Error(`"${typed}" is no topic`)
  return topicQuery(parsed.topic)
}

it.each([
  ['words and phrases', 'NATO, "air defence"', '"nato" OR "air defence"'],
  ['beginnings', 'sanction*', '"sanction"*'],
  ['what must be there, where nothing else is asked', '+Poland, +Norway', '"poland"'],
  ['any of them, whatever must be there as well', 'NATO, +Poland', '"nato"'],
  ['nothing of what must not be there', 'NATO, -football', '"nato"'],
  ['marks as words', 'F-35', '"f 35"'],
])('asks the index for %s', (...[, typed, expected]) => {
  expect(queryOf(typed)).toBe(expected)
})

it.each([
  ['a pattern', '/F-?35s?/'],
  ['a pattern among words', 'NATO, /F-?35s?/'],
])('leaves %s to the matcher: the index cannot narrow it', (_name, typed) => {
  expect(queryOf(typed)).toBeUndefined()
})

it('leaves a topic of hundreds of words to the matcher', () => {
  const words = Array.from({ length: 65 }, (_, n) => ({ kind: 'words', text: `word${n}` }) as const)
  const topic = { id: 't' as never, name: 't', emoji: '', color: 0, any: words, all: [], none: [] }
  expect(topicQuery(topic)).toBeUndefined()
  expect(topicQuery({ ...topic, any: words.slice(1) })).toMatch(/^"word1" OR /)
})
