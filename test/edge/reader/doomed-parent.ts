/** A parent to be killed: both its children are in a loop that never looks up. Prints the pids of all of them. */
import { resolve } from 'node:path'
import { createReader } from '../../../src/edge/reader/reader.ts'

const reader = createReader({ timeoutMs: 60_000, entry: resolve(import.meta.dirname, 'hostile-child.ts') })
const act = (url: string): Promise<unknown> =>
  reader.readFeed({ bytes: new Uint8Array(1), url }, new AbortController().signal)
let pids: unknown[] = []
while (new Set(pids).size < 3) pids = [await act('pid'), ...((await act('siblings')) as number[])]
void act('loop')
void act('loop')
console.log(JSON.stringify(pids))
