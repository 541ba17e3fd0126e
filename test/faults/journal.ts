/** The far side's own journal, a line a request, written by the stand-in's process the moment a request had its effect. The checker reads it
 *  and nothing else of the far side. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

export type Line = Readonly<{
  n: number
  /** By the machine's monotonic clock, one for all processes, milliseconds. */
  ms: number
  method: string
  path: string
  route: string
  status: number
  effect: string
  fault: string
  /** The stories that a message names, by their tags. */
  tags: readonly string[]
  /** It is a list of stories, which comes when it is due. */
  isList: boolean
}>

/** A story's tag stands in its title: "[k17e". */
const TAG = /\[(k\d+e)\b/g

/** A list alone has a button that opens the newest stories. */
export function isList(body: unknown): boolean {
  return (JSON.stringify(body) ?? '').includes(':latest:open')
}

export function tagsIn(body: unknown): readonly string[] {
  const text = JSON.stringify(body) ?? ''
  return [...new Set([...text.matchAll(TAG)].map(([, tag = '']) => tag))]
}

export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

/** Reads on where it ended: a case asks many times a second. @returns all lines so far */
export function journalReader(file: string): () => readonly Line[] {
  const lines: Line[] = []
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let at = 0
  let begun: Buffer = Buffer.alloc(0)
  return () => {
    const fd = openSync(file, 'r')
    for (let bytes = readSync(fd, chunk, { position: at }); bytes > 0; bytes = readSync(fd, chunk, { position: at })) {
      at += bytes
      begun = Buffer.concat([begun, chunk.subarray(0, bytes)])
    }
    closeSync(fd)
    const end = begun.lastIndexOf(NEW_LINE) + 1
    for (const line of begun.toString('utf8', 0, end).split('\n')) if (line) lines.push(JSON.parse(line) as Line)
    begun = begun.subarray(end)
    return lines
  }
}
const CHUNK_BYTES = 64 * 1024
const NEW_LINE = 10

/** When each request of the bot left its process, by `monotonicMs`; see inject.ts. */
export function readLeft(file: string): readonly number[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number)
}
