/** Writes of one moment share one commit: a commit waits for the disk, and everything else waits for it. Each is a transaction all the same: whole
 *  or not at all, and acknowledged when it is on the disk. */
import type { DatabaseSync } from 'node:sqlite'
import { type Database, patience, type Sql, sqlOf, transactions, tryBegin } from './sql.ts'

type Write = Readonly<{
  body(sql: Sql): unknown
  isLax: boolean
  resolve(result: unknown): void
  reject(error: unknown): void
}>

/** What a group may take of the event loop before it commits; the rest comes in the next turn. */
const GROUP_MS = 10
const GROUP_WRITES_MAX = 50

export function groupedWrites(db: DatabaseSync, path: string): Pick<Database, 'write' | 'gather'> {
  const sql = sqlOf(db)
  const alone = transactions(db, 'begin immediate', path)
  const setDurable = durability(db)
  const waiting: Write[] = []
  let isUnderWay = false

  const turn = async (): Promise<void> => {
    const group: Write[] = []
    try {
      setDurable(waiting.slice(0, GROUP_WRITES_MAX).some(({ isLax }) => !isLax))
      for (const again = patience(path); !tryBegin(db, 'begin immediate'); ) await again()
      const results = runGroup(db, sql, () => {
        const next = group.length < GROUP_WRITES_MAX ? waiting.shift() : undefined
        if (next) group.push(next)
        return next
      })
      db.exec('commit')
      for (const [at, write] of group.entries()) results[at]?.(write)
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec('rollback')
      // A lock that cannot be had is nobody's; after a full disk each learns for itself how it stands.
      if (group.length === 0) for (const { reject } of waiting.splice(0)) reject(error)
      for (const { body, resolve, reject } of group) await alone(body).then(resolve, reject)
    }
  }
  const run = (): void => {
    void turn().then(() => {
      isUnderWay = waiting.length > 0
      if (isUnderWay) setImmediate(run)
    })
  }
  const add = <Result>(body: (sql: Sql) => Result, isLax: boolean): Promise<Result> =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ body, isLax, resolve: (result) => resolve(result as Result), reject })
      if (isUnderWay) return
      isUnderWay = true
      setImmediate(run)
    })
  return { write: (body) => add(body, false), gather: (body) => add(body, true) }
}

/** @returns how each of the group is told, once they are committed. Throws when the whole transaction is gone */
function runGroup(db: DatabaseSync, sql: Sql, next: () => Write | undefined): readonly ((write: Write) => void)[] {
  const told: ((write: Write) => void)[] = []
  const startedAt = performance.now()
  for (let write = next(); write; write = performance.now() - startedAt < GROUP_MS ? next() : undefined) {
    db.exec('savepoint one')
    try {
      const result = write.body(sql)
      db.exec('release one')
      told.push(({ resolve }) => resolve(result))
    } catch (error) {
      // A full disk rolls all of them back.
      if (!db.isTransaction) throw error
      db.exec('rollback to one; release one')
      told.push(({ reject }) => reject(error))
    }
  }
  return told
}

/** In a WAL, what is not synced yet is on the disk with the next commit that is. */
function durability(db: DatabaseSync): (isDurable: boolean) => void {
  let is: boolean | undefined
  return (isDurable) => {
    if (is === isDurable) return
    db.exec(`pragma synchronous = ${isDurable ? 'full' : 'normal'}`)
    is = isDurable
  }
}
