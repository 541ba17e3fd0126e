import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sql } from '../../../src/edge/store/sql.ts'
import { groupedWrites } from '../../../src/edge/store/writes.ts'

class Counted extends DatabaseSync {
  commits = 0
  syncs: string[] = []
  override exec(text: string): void {
    super.exec(text)
    if (text === 'commit') this.commits++
    if (text.startsWith('pragma synchronous')) this.syncs.push(text)
  }
}

let folder = ''
let db: Counted
let write: ReturnType<typeof groupedWrites>['write']
let gather: ReturnType<typeof groupedWrites>['gather']
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pullquote-writes-'))
  db = new Counted(path.join(folder, 'a.sqlite'))
  db.exec('pragma journal_mode = wal; create table names (name text not null unique)')
  ;({ write, gather } = groupedWrites(db, 'a.sqlite', { feeds: 0 }))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const add = (name: string) => (sql: Sql) => sql.run('insert into names (name) values (:name)', { name })
const names = () =>
  db
    .prepare('select name from names order by rowid')
    .all()
    .map(({ name }) => name)
const outcomes = async (writes: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(writes)).map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason.message)))

describe('writes of one moment', () => {
  it('share a commit, in their order', async () => {
    expect(await outcomes(['a', 'b', 'c'].map((name) => write(add(name))))).toEqual([1, 1, 1])
    expect(db.commits).toBe(1)
    expect(names()).toEqual(['a', 'b', 'c'])
  })

  it('are on the disk when they are acknowledged', async () => {
    const other = new DatabaseSync(path.join(folder, 'a.sqlite'), { readOnly: true })
    await Promise.all([write(add('a')), write(add('b'))])
    expect(other.prepare('select count(*) count from names').get()).toEqual({ count: 2 })
    other.close()
  })

  it('fail alone', async () => {
    const broken = write((sql) => {
      add('half')(sql)
      throw new Error('a bug')
    })
    expect(await outcomes([write(add('a')), broken, write(add('a')), write(add('b'))])).toEqual([
      1,
      'a bug',
      'UNIQUE constraint failed: names.name',
      1,
    ])
    expect(names()).toEqual(['a', 'b'])
  })

  it('are saved although another fills the disk', async () => {
    db.exec('pragma max_page_count = 4')
    const [first, full, last] = await outcomes([write(add('a')), write(add('x'.repeat(100_000))), write(add('b'))])
    expect([first, last]).toEqual([1, 1])
    expect(full).toContain('full')
    expect(names()).toEqual(['a', 'b'])
  })

  it('see what was written before them', async () => {
    const count = write((sql) => sql.first('select count(*) count from names'))
    const [, after] = await Promise.all([write(add('a')), count])
    expect(after).toEqual({ count: 0 })
    expect(await write((sql) => sql.first('select count(*) count from names'))).toEqual({ count: 1 })
  })

  it('that may be lost with the power do not wait for the disk, until one of them may not', async () => {
    await gather(add('a'))
    await Promise.all([gather(add('b')), write(add('c'))])
    expect(db.syncs).toEqual(['pragma synchronous = normal', 'pragma synchronous = full'])
  })

  it('may wait for company, and go with the next that may not', async () => {
    const patient = [gather(add('a'), 60_000)]
    await new Promise(setImmediate)
    patient.push(gather(add('b'), 60_000))
    await new Promise(setImmediate)
    expect(db.commits).toBe(0)
    await Promise.all([...patient, gather(add('c'))])
    expect(db.commits).toBe(1)
    expect(names()).toEqual(['a', 'b', 'c'])
    await gather(add('d'), 1)
    expect(names()).toHaveLength(4)
  })

  it('learn that a lock cannot be had, each of them', async () => {
    const other = new DatabaseSync(path.join(folder, 'a.sqlite'))
    other.exec('begin immediate')
    const said = await outcomes([write(add('a')), write(add('b'))])
    expect(said).toEqual(Array(2).fill('Cannot use database "a.sqlite": another program holds its lock'))
    other.exec('rollback')
    other.close()
    expect(await write(add('c'))).toBe(1)
  }, 60_000)
})
