/** A small file beside the database that remembers that there was one: SQLite itself would make a new, empty one in its place. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'

export type Marker = Readonly<{ id: string; opens: number }>

/** Undefined when there is none. One that cannot be read counts as one of an unknown database. */
export function readMarker(path: string): Marker | undefined {
  let text: string
  try {
    text = readFileSync(`${path}.id`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const [id = '', opens = ''] = text.trim().split(' ')
  return { id, opens: Number.isSafeInteger(Number(opens)) ? Number(opens) : 0 }
}

/** On disk when it returns, whole or not at all. */
export function writeMarker(path: string, { id, opens }: Marker): void {
  const file = openSync(`${path}.id.new`, 'w')
  try {
    writeSync(file, `${id} ${opens}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.id.new`, `${path}.id`)
}
