/** Puts a copy in the database's place. What was there is kept aside, and nothing is changed before the copy proved to be one of ours. */
import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { point } from '../../flow/points.ts'
import { checkWhole, type Fault, faultOf, flush, isSqlite, lastWrittenAt, makePrivate, takeLock } from './copy.ts'
import { readMarker } from './marker.ts'
import type { Migrations } from './migrations.ts'
import { MIGRATIONS } from './schema.ts'
import { isBusy } from './sql.ts'

export type Restoring = Readonly<{
  /** Where the bot's database lives, or did. */
  path: string
  /** The backup. It is only read. */
  file: string
  now: number
  migrations?: Migrations
}>
export type Restored = Readonly<
  | { kind: 'restored'; copiedAt: number; aside?: string }
  /** One line that names the file and the way out. */
  | { kind: 'refused'; message: string }
>

/** The next start notices the copy's age, and reads every channel back from then. */
export function restoreStore(restoring: Restoring): Restored {
  const { path, file } = restoring
  let lock: DatabaseSync | undefined
  try {
    checkFile(restoring)
    mkdirSync(dirname(path), { recursive: true })
    lock = new DatabaseSync(`${path}.lock`, { timeout: 0 })
    if (!takeLock(lock)) throw new Unfit('Pullquote is running on the database. Stop it first.')
    return exchange(restoring)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return {
      kind: 'refused',
      message: `Cannot restore "${file}": ${error instanceof Unfit ? message : wordsOf(error)}`,
    }
  } finally {
    lock?.close()
  }
}

class Unfit extends Error {}

function wordsOf(error: unknown): string {
  if (isBusy(error)) return 'another program holds its lock. Close that program, then try again.'
  const message = error instanceof Error ? error.message : String(error)
  return `${message}. The database stays as it was.`
}

function checkFile({ path, file }: Restoring): void {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) throw new Unfit('there is no such file. Name a backup.')
  if (!stat.isFile()) throw new Unfit('it is no file. Name a backup.')
  if (stat.size === 0) throw new Unfit('it is empty. Name another backup.')
  if (!isSqlite(file)) throw new Unfit('it is no database. Name a backup.')
  const there = statSync(path, { throwIfNoEntry: false })
  if (there && realpathSync(file) === realpathSync(path)) throw new Unfit('it is the database itself. Name a backup.')
}

function exchange({ path, file, now, migrations = MIGRATIONS }: Restoring): Restored {
  const part = `${path}.restoring`
  rmSync(part, { force: true })
  try {
    takeIn(file, part, migrations)
    const copiedAt = signCopy(part, path)
    flush(part)
    point('restore begun')
    const aside = setAside(path, now)
    point('restore aside')
    renameSync(part, path)
    point('restore done')
    flushFolder(dirname(path))
    return { kind: 'restored', copiedAt, ...(aside === undefined ? {} : { aside }) }
  } finally {
    rmSync(part, { force: true })
  }
}

/** A copy of the copy, so that what is half read or half written never stands in the database's place. */
function takeIn(file: string, part: string, migrations: Migrations): void {
  const source = openSource(file)
  try {
    const fault = faultIn(source, migrations)
    if (fault) throw new Unfit(faultWords(fault))
    makePrivate(part)
    source.prepare('vacuum into ?').run(part)
  } finally {
    source.close()
  }
  const found = checkWhole(part)
  if (found !== 'ok') throw new Unfit(faultWords({ kind: 'damaged', found }))
}

function openSource(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true })
  } catch (error) {
    throw new Unfit(
      `it cannot be read (${error instanceof Error ? error.message : String(error)}). Check its rights.`,
      {
        cause: error,
      },
    )
  }
}

function faultIn(source: DatabaseSync, migrations: Migrations): Fault | undefined {
  try {
    const fault = faultOf(source, migrations)
    if (fault) return fault
    return source.prepare("select 1 from sqlite_master where name = 'identity'").get() ? undefined : { kind: 'foreign' }
  } catch (error) {
    if (isBusy(error)) throw error
    return { kind: 'damaged', found: error instanceof Error ? error.message : String(error) }
  }
}

function faultWords(fault: Fault): string {
  switch (fault.kind) {
    case 'damaged':
      return `it is damaged (${fault.found}). Name another backup.`
    case 'foreign':
      return 'it belongs to another program. Name a backup that Pullquote made.'
    case 'newer':
      return `a newer Pullquote wrote it (schema "${fault.schema}"). Install that version, or name an older backup.`
  }
}

/** It knows that it is a copy, and of when, however it was made. @returns of when */
function signCopy(part: string, path: string): number {
  const copy = new DatabaseSync(part)
  try {
    const row = copy.prepare('select id, copied_at as at from identity').get() as
      | Readonly<{ id: string; at: number | null }>
      | undefined
    if (!row) throw new Unfit(faultWords({ kind: 'damaged', found: 'its identity is missing' }))
    const marker = readMarker(path)
    if (marker && marker.id !== row.id)
      throw new Unfit(
        `it is a backup of another database than the one here. To take it all the same, delete "${path}.id".`,
      )
    const copiedAt = row.at ?? lastWrittenAt(copy)
    copy.prepare('update identity set copied_at = ?').run(copiedAt)
    return copiedAt
  } finally {
    copy.close()
  }
}

/** What SQLite keeps beside a database belongs to it. */
const COMPANIONS = ['', '-wal', '-shm'] as const

/** @returns the new name of what was there */
function setAside(path: string, now: number): string | undefined {
  if (!statSync(path, { throwIfNoEntry: false })) {
    // Left over from one that is gone: they would be read into the copy.
    for (const companion of ['-wal', '-shm']) rmSync(`${path}${companion}`, { force: true })
    return undefined
  }
  const stamp = new Date(now).toISOString().replaceAll(/[-:.]/g, '')
  const aside = freeName(`${path}.replaced-${stamp}`)
  for (const companion of COMPANIONS)
    if (statSync(`${path}${companion}`, { throwIfNoEntry: false }))
      renameSync(`${path}${companion}`, `${aside}${companion}`)
  return aside
}

function freeName(name: string, n = 1): string {
  const tried = n === 1 ? name : `${name}-${n}`
  return statSync(tried, { throwIfNoEntry: false }) ? freeName(name, n + 1) : tried
}

function flushFolder(folder: string): void {
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
