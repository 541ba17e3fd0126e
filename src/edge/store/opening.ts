/** Opens the database file, or says in one line why not and what to do. Nothing that was there is ever overwritten. */
import { randomUUID } from 'node:crypto'
import { accessSync, constants, mkdirSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { laterId, readBackAfter } from '../../core/advance.ts'
import type { MessageId } from '../../core/model.ts'
import { copyTo, type Fault, faultOf, isSqlite, lastWrittenAt, makePrivate, takeLock } from './copy.ts'
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
/** Another Pullquote has it open. */
export class Running extends Refusal {}

/** SQLite's own 2 MB hold the feeds of a small house, and nothing besides. */
const CACHE_KIB = 16 * 1024
/** 16 MB of log, four times SQLite's own: a page that many polls write to goes into the file once. */
const CHECKPOINT_PAGES = 4_000

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
    if (!takeLock(lock))
      throw new Running(
        `Cannot open database "${path}": another Pullquote is running on it. Stop that one, or give this one another path.`,
      )
    if (fresh) makePrivate(path)
    const writer = open(path, { timeout: BUSY_TIMEOUT_MS })
    if (!fresh) checkContent(writer, opening)
    writer.exec('pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864')
    writer.exec(`pragma cache_size = -${CACHE_KIB}; pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    await upgrade(writer, opening)
    const restoredFrom = await sign(writer, opening, marker)
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

function checkContent(db: DatabaseSync, { path, migrations }: Opening): void {
  const fault = faultOf(db, migrations)
  if (fault) refuse(path, faultWords(fault))
}

function faultWords(fault: Fault): string {
  switch (fault.kind) {
    case 'damaged':
      return damaged(fault.found)
    case 'foreign':
      return 'it belongs to another program. Set another path.'
    case 'newer':
      return `a newer Pullquote wrote it (schema "${fault.schema}"). Start that version, or put an older backup in its place.`
  }
}

/** A database that is open already, beside the bot that works on it. Throws a Refusal. */
export function openBeside({
  path,
  migrations,
}: Pick<Opening, 'path' | 'migrations'>): Pick<Handles, 'writer' | 'reader'> {
  const opened: DatabaseSync[] = []
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat || stat.size === 0) refuse(path, 'there is none. Start Pullquote once, or set DATA_DIR.')
    if (!stat.isFile() || !isSqlite(path)) refuse(path, damaged('it does not begin as a database does'))
    const writer = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
    opened.push(writer)
    const executed = executedMigrations(writer)
    if (executed.length === 0) refuse(path, 'it belongs to another program. Set another path.')
    if (executed.join() !== Object.keys(migrations).join())
      refuse(path, 'another version of Pullquote wrote it. Use that version, or start this one once.')
    const reader = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
    opened.push(reader)
    return { writer, reader }
  } catch (error) {
    for (const db of opened.reverse()) db.close()
    throw error instanceof Refusal ? error : refusalOf(error, path)
  }
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

type Identity = Readonly<{ id: string; opens: number; copied_at: number | null }>

/** Writes into database and marker that it was opened once more, and tells an older copy by what they say. */
async function sign(db: DatabaseSync, { path, now }: Opening, marker: Marker | undefined): Promise<number | undefined> {
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
  await retryBusy(() => signIn(db, { opens: next, restoredFrom, now: now() }))
  writeMarker(path, { id, opens: next })
  return restoredFrom
}

/** Counts on, as at every start and every sweep: a copy made by hand before this moment is told from what is here now. */
export function countOn(db: DatabaseSync, path: string): void {
  const row = db.prepare('update identity set opens = opens + 1 returning id, opens').get() as Marker | undefined
  if (row) writeMarker(path, { id: row.id, opens: row.opens })
}

/** The youngest message that the copy knows: whatever came later has a later id, whoever's clock was wrong. */
function youngestMessage(db: DatabaseSync): MessageId | undefined {
  const rows = db
    .prepare(
      `select json_extract(body, '$.message.messageId') id from deliveries where state = 'sent' and json_valid(body)
       order by sent_at desc limit ${SENT_LOOKED_AT}`,
    )
    .all()
  const ids = rows.flatMap(({ id }) => (typeof id === 'string' && /^\d+$/.test(id) ? [id as MessageId] : []))
  return ids.length === 0 ? undefined : ids.reduce(laterId)
}
/** A clock that was put back and forth mixes the order of the last few. */
const SENT_LOOKED_AT = 200

type Signing = Readonly<{ opens: number; restoredFrom: number | undefined; now: number }>

/** That this is an older copy is known once: it is written down with the same commit that forgets it. */
function signIn(db: DatabaseSync, { opens, restoredFrom, now }: Signing): void {
  db.exec('begin immediate')
  try {
    db.prepare('update identity set opens = ?, copied_at = null').run(opens)
    if (restoredFrom !== undefined)
      db.prepare('insert into restores (since, at, after_id) values (?, ?, ?)').run(
        restoredFrom,
        now,
        readBackAfter(restoredFrom, youngestMessage(db)),
      )
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
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
