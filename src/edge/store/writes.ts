/** Writes of one moment share one commit: a commit waits for the disk, and everything else waits for it. Each is a transaction all the same: whole
 *  or not at all, and acknowledged when it is on the disk. One that fails takes the group's transaction with it, and each is then done again, alone:
 *  a savepoint for each would cost all of them more than the few that fail. */
import type { DatabaseSync } from 'node:sqlite'
import { callerName, commit } from './commits.ts'
import { type Changes, type Database, patience, type Sql, sqlOf, transactions, tryBegin } from './sql.ts'

type Write = Readonly<{
  body(sql: Sql): unknown
  isLax: boolean
  /** Of the store's method, while somebody listens at points. */
  name: string | undefined
  resolve(result: unknown): void
  reject(error: unknown): void
}>

/** What a group may take of the event loop before it commits; the rest comes in the next turn. */
const GROUP_MS = 10
const GROUP_WRITES_MAX = 50

export function groupedWrites(
  db: DatabaseSync,
  path: string,
  changes: Changes,
): Pick<Database, 'write' | 'gather' | 'beforeWrites'> {
  const sql = sqlOf(db, changes)
  const alone = transactions(db, 'begin immediate', { path, changes })
  const setDurable = durability(db)
  const waiting: Write[] = []
  const firsts: (() => void)[] = []
  let isUnderWay = false
  let timer: NodeJS.Timeout | undefined // for those that may wait for company

  const turn = async (): Promise<void> => {
    const group: Write[] = []
    try {
      setDurable(waiting.slice(0, GROUP_WRITES_MAX).some(({ isLax }) => !isLax))
      for (const again = patience(path); !tryBegin(db, 'begin immediate'); ) await again()
      const results = runGroup(sql, () => {
        const next = group.length < GROUP_WRITES_MAX ? waiting.shift() : undefined
        if (next) group.push(next)
        return next
      })
      commit(
        db,
        group.map(({ name }) => name),
      )
      for (const [at, { resolve }] of group.entries()) resolve(results[at])
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec('rollback')
      // A lock that cannot be had is nobody's; otherwise each learns for itself how it stands.
      if (group.length === 0) for (const { reject } of waiting.splice(0)) reject(error)
      for (const { body, name, resolve, reject } of group) await alone(body, name).then(resolve, reject)
    }
  }
  const run = (): void => {
    void turn().then(() => {
      isUnderWay = waiting.length > 0
      if (isUnderWay) setImmediate(run)
    })
  }
  const start = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (isUnderWay || waiting.length === 0) return
    isUnderWay = true
    setImmediate(run)
  }
  const add = <Result>(body: (sql: Sql) => Result, isLax: boolean, waitMs: number): Promise<Result> =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ body, isLax, name: callerName(), resolve: (result) => resolve(result as Result), reject })
      if (waitMs === 0 || waiting.length >= GROUP_WRITES_MAX) start()
      else timer ??= setTimeout(start, waitMs)
    })
  return {
    write(body) {
      for (const act of firsts) act()
      return add(body, false, 0)
    },
    gather: (body, waitMs = 0) => add(body, true, waitMs),
    beforeWrites: (act) => void firsts.push(act),
  }
}

/** @returns what each of the group gives, to be told once they are committed. Throws what the first that fails throws */
function runGroup(sql: Sql, next: () => Write | undefined): readonly unknown[] {
  const results: unknown[] = []
  const startedAt = performance.now()
  for (let write = next(); write; write = performance.now() - startedAt < GROUP_MS ? next() : undefined)
    results.push(write.body(sql))
  return results
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
