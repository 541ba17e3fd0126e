/** One SQLite connection: statements by their text, and transactions whose body runs without a pause. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { commit } from './commits.ts'

export type Bound = Readonly<Record<string, string | number | null>>

/** What a transaction's body may do. Rows are trusted: this store wrote them. */
export type Sql = Readonly<{
  all<Row>(text: string, bound?: Bound): readonly Row[]
  first<Row>(text: string, bound?: Bound): Row | undefined
  /** @returns rows changed */
  run(text: string, bound?: Bound): number
}>

/** How often this program wrote to the tables that say what is polled. */
export type Changes = { feeds: number }

/** What `body` writes does not count: somebody else sees to it. */
export function uncounted<Result>(changes: Changes, body: () => Result): Result {
  const before = changes.feeds
  const result = body()
  changes.feeds = before
  return result
}

/** The writing connection and the reading one. Every call is one transaction; nothing awaits inside. */
export type Database = Readonly<{
  write<Result>(body: (sql: Sql) => Result): Promise<Result>
  /** As `write`, for what a power cut may take back because it is simply done again: claims and polls. It does not wait for the disk; a
   *  killed process loses nothing of what was acknowledged.
   *  @param waitMs - how long it may wait for others to share a commit with; 0 where it is left out */
  gather<Result>(body: (sql: Sql) => Result, waitMs?: number): Promise<Result>
  /** Calls `act` before each `write` is asked for: what was held back can be asked for first. */
  beforeWrites(act: () => void): void
  read<Result>(body: (sql: Sql) => Result): Promise<Result>
  /** As `read`, for what is asked often, by statements that need not see one moment: there is no transaction, and the connection that writes
   *  has its pages at hand, while the reading one drops its own at every commit. */
  look<Result>(body: (sql: Sql) => Result): Promise<Result>
  changes: Changes
}>

/** How long SQLite itself may block the event loop for a lock; between tries others go on. */
export const BUSY_TIMEOUT_MS = 10
const BUSY_WAIT_MS = 100
/** About six seconds: a checkpoint or a copying program is over by then, and a caller still learns of it within ten. */
const BUSY_TRIES_MAX = 50

export function sqlOf(db: DatabaseSync, changes: Changes = { feeds: 0 }): Sql {
  const read = prepared(db, false)
  const change = prepared(db, true)
  return {
    all: <Row>(text: string, bound: Bound = {}) => read(text).statement.all(bound) as Row[],
    first: <Row>(text: string, bound: Bound = {}) => read(text).statement.get(bound) as Row | undefined,
    run(text, bound = {}) {
      const { statement, isOfFeeds } = change(text)
      if (isOfFeeds) changes.feeds++
      return Number(statement.run(bound).changes)
    },
  }
}

type Prepared = Readonly<{ statement: StatementSync; isOfFeeds: boolean }>
const OF_FEEDS = /^\s*(?:insert(?: or \w+)? into|update|delete from) (?:feeds|feed_servers|servers)\b/

/** By their text; bounded by the program, since every text is a constant of this folder.
 *  @param bigInts - the search index has rows of its own beyond 2^53, and the last row's number comes back from every change */
function prepared(db: DatabaseSync, bigInts: boolean): (text: string) => Prepared {
  const statements = new Map<string, Prepared>()
  return (text) => {
    const known = statements.get(text)
    if (known) return known
    const statement = db.prepare(text)
    statement.setReadBigInts(bigInts)
    const made = { statement, isOfFeeds: OF_FEEDS.test(text) }
    statements.set(text, made)
    return made
  }
}

/** Throws what the body throws, after rolling back; and an error that names the file when its lock cannot be had. `name` is the store's method's,
 *  for whoever listens at points. */
export function transactions(
  db: DatabaseSync,
  begin: Begin,
  { path, changes }: Readonly<{ path: string; changes?: Changes }>,
) {
  const sql = sqlOf(db, changes)
  return async <Result>(body: (sql: Sql) => Result, name?: string): Promise<Result> => {
    // Nothing may come between the beginning and the body.
    for (const again = patience(path); !tryBegin(db, begin); ) await again()
    try {
      const result = body(sql)
      commit(db, [name])
      return result
    } catch (error) {
      // A full disk rolls back by itself.
      if (db.isTransaction) db.exec('rollback')
      throw error
    }
  }
}

type Begin = 'begin immediate' | 'begin'

/** To be awaited after each try that found the lock taken. Throws after the last one. */
export function patience(path: string): () => Promise<void> {
  let tries = 0
  return async () => {
    if (++tries === BUSY_TRIES_MAX) throw new Error(`Cannot use database "${path}": another program holds its lock`)
    await sleep(BUSY_WAIT_MS)
  }
}

export function tryBegin(db: DatabaseSync, begin: Begin): boolean {
  try {
    db.exec(begin)
    return true
  } catch (error) {
    if (!isBusy(error)) throw error
    return false
  }
}

const SQLITE_BUSY = 5 // the low byte of its extended codes
export function isBusy(error: unknown): boolean {
  return codeOf(error) === SQLITE_BUSY
}

/** SQLite's primary result code, or 0 for an error that is not its own. */
export function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0
}
