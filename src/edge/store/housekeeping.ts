/** Sweeping, copies and checks. */
import { Worker } from 'node:worker_threads'
import type { Store } from '../../flow/ports/store.ts'
import type { Copying } from './copy.ts'
import { type Marker, writeMarker } from './marker.ts'
import type { Database, Sql } from './sql.ts'
import { sweep } from './sweep.ts'

export function housekeepingMethods(
  database: Database,
  file: Readonly<{ from: string; now(): number }>,
): Pick<Store, 'sweep' | 'check' | 'backup'> {
  return {
    async sweep(keep, now) {
      await countOn(database, file.from)
      return sweep(database, keep, now)
    },
    check: () => database.read(check),
    backup: (path) => backUp(path, file),
  }
}

/** Counts on, in the database and beside it: a copy made by hand before this moment is told from what is here now. */
async function countOn({ write }: Database, path: string): Promise<void> {
  const marker = await write((sql) => sql.first<Marker>('update identity set opens = opens + 1 returning id, opens'))
  if (marker) writeMarker(path, marker)
}

function check(sql: Sql): string {
  const [row] = sql.all<Record<string, unknown>>('pragma quick_check(1)')
  return String(Object.values(row ?? {})[0])
}

/** In a thread of its own: a copy of a big database and its check take minutes, and nothing here waits for them. */
function backUp(path: string, { from, now }: Readonly<{ from: string; now(): number }>): Promise<void> {
  const workerData = { from, to: path, now: now() } satisfies Copying
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./copy-worker.ts', import.meta.url), { workerData, execArgv: [] })
    worker.once('message', (wrong: unknown) => (wrong === '' ? resolve() : reject(new Error(String(wrong)))))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`Cannot back up to "${path}": the copying ended with ${code}`)))
  })
}
