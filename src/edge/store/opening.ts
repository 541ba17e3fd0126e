/** Opens the database file, or says in one line why not and what to do. Nothing that was there is ever overwritten. */
import { randomUUID } from 'node:crypto'
import { accessSync, closeSync, constants, mkdirSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Marker, readMarker, writeMarker } from './marker.ts'
import { executedMigrations, type Migrations, migrate } from './migrations.ts'
import { BUSY_TIMEOUT_MS, codeOf, isBusy } from './sql.ts'

export type Opening = Readonly<{ path: string; now(): number; migrations: Migrations }>
export type Handles = Readonly<{
  writer: DatabaseSync
  reader: DatabaseSync
  /** Held open until the end: the operating system lets go of it when the process dies, however it dies. */
  lock: DatabaseSync
  /** Set when this is an older copy of the database that was here: how far it knows what was done. */
  restoredFrom?: number
}>

/** One line that names the path and the way out. */
export class Refusal extends Error {}

/** Throws a Refusal. */
export async function openHandles(opening: Opening): Promise<Handles> {
  const { path } = opening
  const opened: DatabaseSync[] = []
  const open = (file: string, options: ConstructorParameters<typeof DatabaseSync>[1]): DatabaseSync => {
    const db = new DatabaseSync(file, options)
    opened.push(db)
    return db
  }
  try {
    checkFolder(path)
    const marker = readMarker(path)
    const fresh = checkFile(path, marker)
    const lock = open(`${path}.lock`, { timeout: 0 })
    takeLock(lock, path)
    if (fresh) makePrivate(path)
    const writer = open(path, { timeout: BUSY_TIMEOUT_MS })
    if (!fresh) checkContent(writer, opening)
    writer.exec('pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864')
    await upgrade(writer, opening)
    const restoredFrom = await sign(writer, path, marker)
    const reader = open(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
    return { writer, reader, lock, ...(restoredFrom === undefined ? {} : { restoredFrom }) }
  } catch (error) {
    for (const db of opened.reverse()) db.close()
    throw error instanceof Refusal ? error : refusalOf(error, path)
  }
}

function refuse(path: string, what: string): never {
  throw new Refusal(`Cannot open database "${path}": ${what}`)
}

/** What an error of SQLite or of the disk means for whoever starts the program. */
export function refusalOf(error: unknown, path: string): Refusal {
  const message = error instanceof Error ? error.message : String(error)
  const what = isBusy(error)
    ? 'another program holds its lock. Close that program, then start again.'
    : WORDS_OF_CODE[codeOf(error)]?.(message)
  const cause = { cause: error }
  return new Refusal(`Cannot open database "${path}": ${what ?? `${message}. Nothing was changed.`}`, cause)
}

const damaged = (found: string): string =>
  `it is damaged (${found}). Move it away and put a backup in its place; nothing was changed.`
/** SQLite's primary result codes. */
const WORDS_OF_CODE: Readonly<Record<number, (message: string) => string>> = {
  8: () => 'it cannot be written. Give this user the right to write to the file and its folder.',
  11: damaged,
  13: () => 'the disk is full. Make room, then start again.',
  14: () => 'the file cannot be opened. Give this user the right to read and write it.',
  26: damaged,
}

function checkFolder(path: string): void {
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    refuse(path, `the folder "${folder}" cannot be made. Make it, or set another path.`)
  }
  if (!isWritable(folder, statSync(folder)))
    refuse(
      path,
      `the folder "${folder}" cannot be written. Give this user the right to write there, or set another path.`,
    )
}

/** Root may write whatever the mode says; whoever took the right away meant it all the same. */
function isWritable(path: string, { mode }: Stats): boolean {
  try {
    accessSync(path, constants.W_OK)
    return (mode & 0o222) !== 0
  } catch {
    return false
  }
}

/** @returns whether a new database may be made here */
function checkFile(path: string, marker: Marker | undefined): boolean {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat || stat.size === 0) {
    if (!marker) return true
    const state = stat ? 'the file is empty, but a database was here' : 'the database that was here is gone'
    refuse(path, `${state}. Put a backup in its place, or delete "${path}.id" to begin anew.`)
  }
  if (!stat.isFile()) refuse(path, 'it is no file. Set another path.')
  if (!isWritable(path, stat)) refuse(path, 'it is read-only. Give this user the right to write to it.')
  if (!isSqlite(path)) refuse(path, damaged('it does not begin as a database does'))
  return false
}

const HEADER = 'SQLite format 3\0'
function isSqlite(path: string): boolean {
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

/** A lock on a file of its own: the database itself stays open to backups and a curious reader. */
function takeLock(lock: DatabaseSync, path: string): void {
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    if (!isBusy(error)) throw error
    refuse(path, 'another Pullquote is running on it. Stop that one, or give this one another path.')
  }
}

function checkContent(db: DatabaseSync, { path, migrations }: Opening): void {
  const found = quickCheck(db)
  if (found !== 'ok') refuse(path, damaged(found))
  const executed = executedMigrations(db)
  const foreign = db.prepare("select 1 from sqlite_master where name not like 'sqlite_%' limit 1").get()
  if (foreign && executed.length === 0) refuse(path, 'it belongs to another program. Set another path.')
  const newer = executed.find((name) => !(name in migrations))
  if (newer)
    refuse(
      path,
      `a newer Pullquote wrote it (schema "${newer}"). Start that version, or put an older backup in its place.`,
    )
}

/** Missing migrations, after a copy of what is there. */
async function upgrade(db: DatabaseSync, { path, now, migrations }: Opening): Promise<void> {
  const executed = executedMigrations(db)
  const version = executed.at(-1)
  if (executed.length === Object.keys(migrations).length) return
  if (version !== undefined) copyTo(db, `${path}.${version}.${now()}.bak`, now())
  await migrate(db, migrations, () => {
    if (version !== undefined) return
    db.prepare('insert into identity (one, id, made_at, opens) values (1, ?, ?, 0)').run(randomUUID(), now())
  })
}

/** A compact copy that knows that it is one. Throws where a file of that name is. */
export function copyTo(db: DatabaseSync, path: string, now: number): void {
  makePrivate(path)
  db.prepare('vacuum into ?').run(path)
  markCopy(path, now)
}

/** @returns what its own check found, 'ok' as a rule */
export function markCopy(path: string, now: number): string {
  const copy = new DatabaseSync(path)
  try {
    copy.prepare('update identity set copied_at = ?').run(now)
    return quickCheck(copy)
  } finally {
    copy.close()
  }
}

/** 'ok', or the first thing that it found, on one line. */
function quickCheck(db: DatabaseSync): string {
  const [found] = Object.values(db.prepare('pragma quick_check(1)').get() ?? {})
  return String(found)
    .replaceAll(/[\s*]+/g, ' ')
    .trim()
}

type Identity = Readonly<{ id: string; opens: number; copied_at: number | null }>

/** Writes into database and marker that it was opened once more, and tells an older copy by what they say. */
async function sign(db: DatabaseSync, path: string, marker: Marker | undefined): Promise<number | undefined> {
  const identity = db.prepare('select id, opens, copied_at from identity').get() as Identity | undefined
  if (!identity) refuse(path, damaged('its identity is missing'))
  const { id, opens, copied_at: copiedAt } = identity
  if (marker && marker.id !== id)
    refuse(
      path,
      `it is not the database that was here. Put that one back, or delete "${path}.id" to go on with this one.`,
    )
  const restored = copiedAt !== null || (marker !== undefined && opens < marker.opens)
  const restoredFrom = restored ? (copiedAt ?? lastWrittenAt(db)) : undefined
  const next = Math.max(opens, marker?.opens ?? 0) + 1
  await retryBusy(() => db.prepare('update identity set opens = ?, copied_at = null').run(next))
  writeMarker(path, { id, opens: next })
  return restoredFrom
}

function lastWrittenAt(db: DatabaseSync): number {
  const text = `select max(coalesce((select max(first_seen_at) from items), 0),
    coalesce((select max(max(created_at, coalesce(sent_at, 0))) from deliveries), 0), made_at) as at from identity`
  const row = db.prepare(text).get() as Readonly<{ at: number }> | undefined
  return row?.at ?? 0
}

/** About a second: whoever holds the lock for longer is no passer-by. */
const OPEN_TRIES_MAX = 10
const OPEN_WAIT_MS = 100
async function retryBusy(run: () => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return run()
    } catch (error) {
      if (!isBusy(error) || tries === OPEN_TRIES_MAX) throw error
      await sleep(OPEN_WAIT_MS)
    }
  }
}
