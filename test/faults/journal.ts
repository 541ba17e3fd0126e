/** The far side's own journal, a line a request, written by the stand-in's process the moment a request had its effect. The checker reads it
 *  and nothing else of the far side. */
import { readFileSync } from 'node:fs'

export type Line = Readonly<{
  n: number
  /** The machine's own clock, milliseconds. */
  ms: number
  method: string
  path: string
  route: string
  status: number
  effect: string
  fault: string
  /** The stories that a message names, by their tags. */
  tags: readonly string[]
}>

/** A story's tag stands in its title: "[k17e". */
const TAG = /\[(k\d+e)\b/g

export function tagsIn(body: unknown): readonly string[] {
  const text = JSON.stringify(body) ?? ''
  return [...new Set([...text.matchAll(TAG)].map(([, tag = '']) => tag))]
}

export function readJournal(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}
