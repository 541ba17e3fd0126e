/** The store on one SQLite file: every method is one transaction on the writing connection, or reads on another one. */
import { NEVER_AT } from '../../core/schedule.ts'
import type { Store } from '../../flow/ports/store.ts'
import type { Cache } from '../../flow/ports.ts'
import { openCache } from './cache.ts'
import { named } from './commits.ts'
import { deliveryMethods } from './deliveries.ts'
import { refreshLane } from './delivery-rows.ts'
import { digestMethods } from './digests.ts'
import { createFeedLeases } from './feed-leases.ts'
import { feedMethods, type Polls } from './feeds.ts'
import { housekeepingMethods } from './housekeeping.ts'
import { itemMethods } from './items.ts'
import type { Migrations } from './migrations.ts'
import { countOn, type Handles, openBeside, openHandles, Refusal, Running, refusalOf } from './opening.ts'
import { privacyMethods } from './privacy.ts'
import { behindMs, putBack } from './put-back.ts'
import { quoteMethods } from './quotes.ts'
import { createRoutinePolls } from './routine-polls.ts'
import { MIGRATIONS } from './schema.ts'
import { searchMethods } from './search.ts'
import { serverMethods } from './servers.ts'
import { type Database, isBusy, type Sql, sqlOf, transactions } from './sql.ts'
import { storyMethods } from './stories.ts'
import { subscriptionMethods } from './subscriptions.ts'
import { groupedWrites } from './writes.ts'

export type StoreOptions = Readonly<{
  path: string
  /** Epoch milliseconds; for what has no `now` of its own: the cache, names of copies. */
  now(): number
  /** Tests bring a schema of tomorrow. */
  migrations?: Migrations
}>

export type OpenResult = Readonly<
  | {
      kind: 'opened'
      store: Store
      cache: Cache
      /** Set when an older copy of the database was put in its place: what was done after this moment is not known to it. */
      restoredFrom?: number
      /** The clock was put back by so much: what waits need not wait for longer. */
      putBack(byMs: number): Promise<void>
    }
  /** `message`: one line that names the path and the way out. `isRunning`: because a Pullquote has it open. */
  | { kind: 'refused'; message: string; isRunning?: true }
>

/** Opens or makes the database at `path`, beside which a lock (`.lock`) and a marker (`.id`) are kept. */
export async function openStore({ path, now, migrations = MIGRATIONS }: StoreOptions): Promise<OpenResult> {
  try {
    const handles = await openHandles({ path, now, migrations })
    const database = databaseOf(handles, path)
    await named({ opening: () => settle(handles, database, { path, now }) }).opening()
    const polls = pollsOn(database)
    const store = {
      ...methodsOf(database, { from: path, now }, polls),
      async close() {
        await polls.routine.write()
        closeCounted(handles, path)
      },
    }
    const restored = handles.restoredFrom === undefined ? {} : { restoredFrom: handles.restoredFrom }
    return {
      kind: 'opened',
      store,
      cache: named(openCache(database, now), 'cache '),
      ...restored,
      async putBack(byMs) {
        await database.write((sql) => putBack(sql, byMs, now()))
        polls.leases.putBack(byMs)
      },
    }
  } catch (error) {
    if (error instanceof Refusal)
      return { kind: 'refused', message: error.message, ...(error instanceof Running ? { isRunning: true } : {}) }
    throw error
  }
}

/** A store beside the bot that may be running on the same file: to look, and to put a row back. It takes no lock and lapses no lease. */
export function openStoreBeside({ path, now, migrations = MIGRATIONS }: StoreOptions): OpenResult {
  try {
    const { writer, reader } = openBeside({ path, migrations })
    const database = databaseOf({ writer, reader }, path)
    const close = async () => {
      reader.close()
      writer.close()
    }
    const store = { ...methodsOf(database, { from: path, now }, pollsOn(database)), close }
    return { kind: 'opened', store, cache: openCache(database, now), putBack: putBackIn(database, now) }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', message: error.message }
    throw error
  }
}

function databaseOf({ writer, reader }: Pick<Handles, 'writer' | 'reader'>, path: string): Database {
  const changes = { feeds: 0 }
  const sql = sqlOf(writer, changes)
  const read: Database['read'] = transactions(reader, 'begin', { path })
  return {
    ...groupedWrites(writer, path, changes),
    changes,
    read,
    async look(body) {
      try {
        // Never amid a group of writes: nothing awaits inside one.
        return body(sql)
      } catch (error) {
        if (!isBusy(error)) throw error
        return read(body)
      }
    },
  }
}

function pollsOn(database: Database): Polls {
  return { leases: createFeedLeases(), routine: createRoutinePolls(database) }
}

function methodsOf(
  database: Database,
  file: Readonly<{ from: string; now(): number }>,
  polls: Polls,
): Omit<Store, 'close'> {
  return named({
    ...feedMethods(database, polls),
    ...itemMethods(database),
    ...subscriptionMethods(database),
    ...storyMethods(database),
    ...searchMethods(database),
    ...quoteMethods(database),
    ...deliveryMethods(database),
    ...digestMethods(database),
    ...serverMethods(database),
    ...privacyMethods(database),
    ...housekeepingMethods(database, file),
  })
}

function putBackIn({ write }: Pick<Database, 'write'>, now: () => number): (byMs: number) => Promise<void> {
  return (byMs) => write((sql) => putBack(sql, byMs, now()))
}

async function settle(handles: Handles, { write }: Database, { path, now }: StoreOptions): Promise<void> {
  try {
    await write((sql) => {
      dropLeases(sql, now())
      const byMs = behindMs(sql, now())
      if (byMs > 0) putBack(sql, byMs, now())
      bringNear(sql, now())
    })
  } catch (error) {
    closeAll(handles)
    throw refusalOf(error, path)
  }
}

/** Nobody else can have this file open: whoever held a lease is dead, and what he was sending is unsure from now on. */
function dropLeases(sql: Sql, now: number): void {
  sql.run(
    "update items set attempts = attempts + 1, lease = null, lease_until = null where state = 'waiting' and lease is not null",
  )
  sql.run('update lanes set lease = null, lease_until = null where lease is not null')
  sql.run("update deliveries set due_at = min(due_at, :now) where state = 'sending'", { now })
  const targets = sql.all<{ target: string }>("select distinct target from deliveries where state = 'sending'")
  for (const { target } of targets) refreshLane(sql, target)
}

/** Nothing waits for longer: a Retry-After is believed up to two days, a list is due within one or two. */
const WAIT_MS_MAX = 3 * 86_400_000
const FEED_WAIT_MS_MAX = 8 * 86_400_000

/** What is due long after that was planned by a clock that was far ahead: it would be silent for as long as the clock was wrong. */
function bringNear(sql: Sql, now: number): void {
  const far = { now, far: now + WAIT_MS_MAX }
  // Skipped days make a feed wait for a week; one that was given up for gone waits for ever.
  sql.run('update feeds set next_poll_at = :now where next_poll_at > :far and next_poll_at < :never', {
    now,
    far: now + FEED_WAIT_MS_MAX,
    never: NEVER_AT,
  })
  sql.run("update items set read_at = :now where read_at > :far and state = 'waiting'", far)
  const waiting = `due_at > :far and state in ('queued', 'unsure', 'sent', 'folded')`
  const rows = sql.all<{ target: string }>(`select distinct target from deliveries where ${waiting}`, { far: far.far })
  sql.run(`update deliveries set due_at = :now where ${waiting}`, far)
  for (const { target } of rows) refreshLane(sql, target)
}

/** A disk that is full, or a lock, must not keep a program from ending: the count is then taken at the next start. */
function closeCounted(handles: Handles, path: string): void {
  try {
    countOn(handles.writer, path)
  } catch {
    // Told at the next start, where it matters.
  }
  closeAll(handles)
}

function closeAll({ reader, writer, lock }: Handles): void {
  for (const db of [reader, writer, lock]) if (db.isOpen) db.close()
}
