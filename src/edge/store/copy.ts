/** Copies of the database: made while it is in use, checked, and never in another file's place. */
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { executedMigrations, type Migrations } from './migrations.ts'
import { isBusy } from './sql.ts'

export type Copying = Readonly<{ from: string; to: string; now: number }>

/** A copy is made beside the bot's own work: a lock that it meets is soon gone. */
const COPY_BUSY_MS = 5_000

/** A compact, checked copy that knows that it is one. It blocks for as long as it takes: call it where nobody waits (a worker, the
 *  command line). Throws one line where a file of that name is, or when the copy fails its check; then there is no file. */
export function copyDatabase({ from, to, now }: Copying): void {
  if (existsSync(to)) throw new Error(`Cannot back up to "${to}": a file of that name is there`)
  const part = `${to}.part`
  rmSync(part, { force: true })
  const db = new DatabaseSync(from, { readOnly: true, timeout: COPY_BUSY_MS })
  try {
    copyTo(db, part, now)
    const found = checkWhole(part)
    if (found !== 'ok') throw new Error(`Cannot back up to "${to}": the copy is damaged (${found})`)
    flush(part)
    place(part, to)
  } finally {
    db.close()
    rmSync(part, { force: true })
  }
}

/** By a link, which never replaces a file that came meanwhile; disks without links are renamed on. */
function place(part: string, to: string): void {
  try {
    linkSync(part, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw new Error(`Cannot back up to "${to}": a file of that name is there`, { cause: error })
    if (existsSync(to)) throw error
    renameSync(part, to)
  }
}

/** A compact copy that knows that it is one. Throws where a file of that name is. */
export function copyTo(db: DatabaseSync, path: string, now: number): void {
  makePrivate(path)
  db.prepare('vacuum into ?').run(path)
  const copy = new DatabaseSync(path)
  try {
    copy.prepare('update identity set copied_at = ?').run(now)
  } finally {
    copy.close()
  }
}

export function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** 'ok', or the first thing that it found, on one line. Every page, row and index is looked at. */
export function checkWhole(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return firstWords(db.prepare('pragma integrity_check(1)').get())
  } finally {
    db.close()
  }
}

function quickCheck(db: DatabaseSync): string {
  return firstWords(db.prepare('pragma quick_check(1)').get())
}

function firstWords(row: Readonly<Record<string, unknown>> | undefined): string {
  const [found] = Object.values(row ?? {})
  return String(found)
    .replaceAll(/[\s*]+/g, ' ')
    .trim()
}

/** Why a file is no database of ours that this version can use. */
export type Fault = Readonly<
  { kind: 'damaged'; found: string } | { kind: 'foreign' } | { kind: 'newer'; schema: string }
>

export function faultOf(db: DatabaseSync, migrations: Migrations): Fault | undefined {
  const found = quickCheck(db)
  if (found !== 'ok') return { kind: 'damaged', found }
  const executed = executedMigrations(db)
  const foreign = db.prepare("select 1 from sqlite_master where name not like 'sqlite_%' limit 1").get()
  if (foreign && executed.length === 0) return { kind: 'foreign' }
  const schema = executed.find((name) => !(name in migrations))
  return schema === undefined ? undefined : { kind: 'newer', schema }
}

/** The last thing that it did: how far a copy made by hand knows. */
export function lastWrittenAt(db: DatabaseSync): number {
  const text = `select max(coalesce((select max(first_seen_at) from items), 0),
    coalesce((select max(max(created_at, coalesce(sent_at, 0))) from deliveries), 0), made_at) as at from identity`
  const row = db.prepare(text).get() as Readonly<{ at: number }> | undefined
  return row?.at ?? 0
}

const HEADER = 'SQLite format 3\0'
export function isSqlite(path: string): boolean {
  const head = Buffer.alloc(HEADER.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, head, 0, head.length, 0)
  } finally {
    closeSync(file)
  }
  return head.toString('latin1') === HEADER
}

/** An empty file for its owner's eyes: addresses of feeds may hold secrets. SQLite's own files beside it follow suit. */
export function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}

/** A lock on a file of its own: the database itself stays open to backups and a curious reader.
 *  @returns whether it was free. The operating system lets go of it when the process dies, however it dies */
export function takeLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive')
    return true
  } catch (error) {
    if (!isBusy(error)) throw error
    return false
  }
}
