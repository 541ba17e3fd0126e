/** Real files: a folder that goes away, and the store opened in it or refused. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIGRATIONS } from '../../../src/edge/store/schema.ts'
import { type OpenResult, openStore, type StoreOptions } from '../../../src/edge/store/sqlite.ts'
import { T0 } from '../../contract/store/world.ts'

export type Opened = Extract<OpenResult, { kind: 'opened' }>

export function newFolder(): Readonly<{ path(name?: string): string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'pullquote-store-'))
  return {
    path: (name = 'news.db') => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export async function open(path: string, more: Partial<StoreOptions> = {}): Promise<Opened> {
  const result = await openStore({ path, now: () => T0, ...more })
  if (result.kind === 'refused') throw new Error(result.message)
  return result
}

/** As an older version opens it, which did not know the migration of this name yet. */
export function openBefore(path: string, migration: string): Promise<Opened> {
  return open(path, {
    migrations: Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name < migration)),
  })
}

/** The one line that an operator reads. Throws when it opened. */
export async function refusal(path: string, more: Partial<StoreOptions> = {}): Promise<string> {
  const result = await openStore({ path, now: () => T0, ...more })
  if (result.kind === 'refused') return result.message
  await result.store.close()
  throw new Error(`"${path}" opened`)
}
