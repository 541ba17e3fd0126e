import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../../src/edge/store/schema.ts'
import { notice, T0 } from '../../contract/store/world.ts'
import { newFolder, open, refusal } from './folder.ts'

let folder: ReturnType<typeof newFolder>
let path: string
beforeEach(() => {
  folder = newFolder()
  path = folder.path()
})
afterEach(() => folder.remove())

/** A database with something in it, closed. */
async function made(): Promise<void> {
  const { store } = await open(path)
  await store.keepCommonFeeds(
    Array.from({ length: 200 }, (_, n) => ({
      id: `f${n}` as never,
      url: `https://f${n}.example`,
      title: 'x'.repeat(200),
      outlet: '',
      kind: 'other',
    })),
    T0,
  )
  await store.close()
}

function overwrite(position: number, bytes: number): void {
  writeSync(openSync(path, 'r+'), Buffer.alloc(bytes), 0, bytes, position)
}

/** Each is one line that names the file and says what to do. */
const clear = (way: RegExp) =>
  expect.stringMatching(new RegExp(`^Cannot open database "[^"\n]*news\\.db": [^\n]*${way.source}[^\n]*\\.$`))

describe('opening refuses', () => {
  it('a database that is gone, and leaves the place empty', async () => {
    await made()
    rmSync(path)
    expect(await refusal(path)).toEqual(clear(/is gone\. Put a backup in its place, or delete ".*\.id"/))
    expect(readdirSync(folder.path(''))).not.toContain('news.db')
  })

  it('an empty file where a database was', async () => {
    await made()
    truncateSync(path, 0)
    expect(await refusal(path)).toEqual(clear(/is empty, but a database was here\. Put a backup/))
  })

  it('a zeroed header', async () => {
    await made()
    overwrite(0, 100)
    const before = readFileSync(path)
    expect(await refusal(path)).toEqual(clear(/damaged .*put a backup/))
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('a zeroed page', async () => {
    await made()
    overwrite(8_192, 4_096)
    expect(await refusal(path)).toEqual(clear(/damaged .*put a backup/))
  })

  it('a file that is no database, and a folder', async () => {
    writeFileSync(path, 'Dear diary, this is no database at all.')
    expect(await refusal(path)).toEqual(clear(/damaged/))
    rmSync(path)
    mkdirSync(path)
    expect(await refusal(path)).toEqual(clear(/no file/))
  })

  it('a database of another program', async () => {
    const foreign = new DatabaseSync(path)
    foreign.exec('create table bookmarks (url text)')
    foreign.close()
    expect(await refusal(path)).toEqual(clear(/another program/))
  })

  it('a read-only file and a read-only folder', async () => {
    await made()
    chmodSync(path, 0o444)
    expect(await refusal(path)).toEqual(clear(/read-only.*right to write/))
    chmodSync(path, 0o644)
    chmodSync(folder.path(''), 0o555)
    expect(await refusal(path)).toEqual(clear(/cannot be written.*right to write/))
    chmodSync(folder.path(''), 0o755)
  })

  it('a folder that cannot be made', async () => {
    writeFileSync(folder.path('file'), '')
    expect(await refusal(folder.path('file/deep/news.db'))).toEqual(clear(/cannot be made.*another path/))
  })

  it('a second instance, and lets the first go on', async () => {
    const { store } = await open(path)
    expect(await refusal(path)).toEqual(clear(/another Pullquote is running on it\. Stop that one/))
    expect(await store.addDelivery(notice(1), T0)).toBe(true)
    await store.close()
    await (await open(path)).store.close()
  })

  it('a database whose lock another program holds', async () => {
    await made()
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    expect(await refusal(path)).toEqual(clear(/another program holds its lock\. Close that program/))
    other.close()
    await (await open(path)).store.close()
  })

  it('a database that a newer version wrote', async () => {
    const tomorrow = { ...MIGRATIONS, '0999-tomorrow': { up: async () => undefined } }
    await (await open(path, { migrations: tomorrow })).store.close()
    expect(await refusal(path)).toEqual(
      clear(/a newer Pullquote wrote it \(schema "0999-tomorrow"\)\. Start that version/),
    )
  })

  it('another database than the one that was here', async () => {
    await made()
    const other = folder.path('other.db')
    await (await open(other)).store.close()
    copyFileSync(other, path)
    expect(await refusal(path)).toEqual(clear(/not the database that was here/))
    rmSync(`${path}.id`)
    await (await open(path)).store.close()
  })
})

describe('opening', () => {
  it('makes the folder, and keeps what was saved', async () => {
    const deep = folder.path('deep/er/news.db')
    const first = await open(deep)
    await first.store.remember('fact', 'kept')
    await first.store.close()
    const second = await open(deep)
    expect(await second.store.recall('fact')).toBe('kept')
    expect(second).not.toHaveProperty('restoredFrom')
    await second.store.close()
  })

  it('makes files that only their owner may read', async () => {
    const { store } = await open(path)
    await store.backup(folder.path('backup.db'))
    for (const name of ['news.db', 'news.db-wal', 'backup.db'])
      expect([name, statSync(folder.path(name)).mode & 0o077]).toEqual([name, 0])
    await store.close()
  })

  it('begins anew after a start that was cut off before anything was kept', async () => {
    writeFileSync(path, '')
    await (await open(path)).store.close()
  })

  it('takes a copy that is named after its version before it migrates', async () => {
    await made()
    const { store } = await open(path)
    await store.remember('fact', 'old')
    await store.close()
    const tomorrow = {
      ...MIGRATIONS,
      '0999-tomorrow': { up: async (db: never) => void (await sql`create table tomorrow (a)`.execute(db)) },
    }
    await (await open(path, { migrations: tomorrow })).store.close()
    const last = Object.keys(MIGRATIONS).at(-1)
    const copy = folder.path(`news.db.${last}.${T0}.bak`)
    expect(readdirSync(folder.path(''))).toContain(`news.db.${last}.${T0}.bak`)
    const before = await open(copy)
    expect(await before.store.recall('fact')).toBe('old')
    await before.store.close()
  })

  it('leaves the database as it was when a migration fails', async () => {
    await made()
    const broken = {
      ...MIGRATIONS,
      '0999-broken': {
        up: async (db: never) => {
          await sql`create table half (a)`.execute(db)
          throw new Error('the second half is missing')
        },
      },
    }
    expect(await refusal(path, { migrations: broken })).toEqual(
      clear(/the second half is missing\. Nothing was changed/),
    )
    const { store } = await open(path)
    expect(await store.allFeeds()).toHaveLength(200)
    await store.close()
  })

  it('tells a backup that was put back, and how far it knows', async () => {
    const { store } = await open(path)
    await store.addDelivery(notice(1), T0 - 5)
    await store.backup(folder.path('backup.db'))
    await store.addDelivery(notice(2), T0)
    await store.close()
    copyFileSync(folder.path('backup.db'), path)
    const restored = await open(path)
    expect(restored.restoredFrom).toBe(T0)
    expect(await restored.store.deliveries(5)).toHaveLength(1)
    await restored.store.close()
    const again = await open(path)
    expect(again).not.toHaveProperty('restoredFrom')
    await again.store.close()
  })

  it('tells an older file that was copied by hand', async () => {
    const first = await open(path)
    await first.store.addDelivery(notice(1), T0 - 5)
    await first.store.close()
    copyFileSync(path, folder.path('by-hand.db'))
    await (await open(path)).store.close()
    copyFileSync(folder.path('by-hand.db'), path)
    const restored = await open(path)
    expect(restored.restoredFrom).toBe(T0)
    await restored.store.close()
  })
})
