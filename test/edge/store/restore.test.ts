import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { restoreStore } from '../../../src/edge/store/restore.ts'
import { MIGRATIONS } from '../../../src/edge/store/schema.ts'
import { openStoreBeside } from '../../../src/edge/store/sqlite.ts'
import { notice, T0 } from '../../contract/store/world.ts'
import { newFolder, open } from './folder.ts'

let folder: ReturnType<typeof newFolder>
let path: string
let copy: string
beforeEach(async () => {
  folder = newFolder()
  path = folder.path()
  copy = folder.path('copy.db')
  const { store } = await open(path)
  for (let n = 0; n < 200; n++) await store.addDelivery(notice(n), T0)
  await store.backup(copy)
  await store.addDelivery(notice(200), T0)
  await store.close()
})
afterEach(() => folder.remove())

const restore = (file = copy) => restoreStore({ path, file, now: T0 + 5 })
/** One line that names the file and the way out; the database is as it was. */
const refused = (file: string, way: RegExp) => {
  const before = readFileSync(path)
  expect(restore(file)).toEqual({
    kind: 'refused',
    message: expect.stringMatching(new RegExp(`^Cannot restore "[^"\n]*": [^\n]*${way.source}[^\n]*\\.$`)),
  })
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(
    readdirSync(folder.path('')).filter((name) => name.includes('restoring') || name.includes('replaced')),
  ).toEqual([])
}

describe('restoring', () => {
  it('puts the copy in place, keeps what was there, and the start tells', async () => {
    const restored = restore()
    if (restored.kind !== 'restored' || !restored.aside) throw new Error('not restored')
    expect(restored.copiedAt).toBe(T0)
    const { store, restoredFrom } = await open(path)
    expect(restoredFrom).toBe(T0)
    expect(await store.deliveries(1_000)).toHaveLength(200)
    await store.close()
    const aside = new DatabaseSync(restored.aside, { readOnly: true })
    expect(aside.prepare('select count(*) n from deliveries').get()).toMatchObject({ n: 201 })
    aside.close()
    expect(existsSync(copy)).toBe(true)
  })

  it('twice in one moment keeps both that were there', async () => {
    expect([restore(), restore()]).toMatchObject([{ kind: 'restored' }, { kind: 'restored' }])
    expect(readdirSync(folder.path('')).filter((name) => /replaced-\w+(-\d)?$/.test(name))).toHaveLength(2)
  })

  it('where there is no database begins with the copy, on another machine too', async () => {
    const other = folder.path('elsewhere/news.db')
    expect(restoreStore({ path: other, file: copy, now: T0 })).toEqual({ kind: 'restored', copiedAt: T0 })
    const { store, restoredFrom } = await open(other)
    expect(restoredFrom).toBe(T0)
    await store.close()
  })

  it('takes the place of a database that is damaged or gone', async () => {
    truncateSync(path, 0)
    expect(restore()).toMatchObject({ kind: 'restored' })
    await (await open(path)).store.close()
    rmSync(path)
    expect(restore()).toMatchObject({ kind: 'restored' })
    await (await open(path)).store.close()
  })

  it('tells a copy that was made by hand from its last rows', async () => {
    const byHand = folder.path('by-hand.db')
    copyFileSync(path, byHand)
    expect(restore(byHand)).toMatchObject({ kind: 'restored', copiedAt: T0 })
  })

  it('refuses while Pullquote runs', async () => {
    const { store } = await open(path)
    refused(copy, /Pullquote is running .* Stop it first/)
    await store.close()
  })

  it('refuses what is no backup of ours', async () => {
    refused(folder.path('nothing.db'), /no such file\. Name a backup/)
    refused(folder.path(''), /no file/)
    writeFileSync(folder.path('empty'), '')
    refused(folder.path('empty'), /empty/)
    writeFileSync(folder.path('text'), 'Dear diary, this is no database.')
    refused(folder.path('text'), /no database/)
    const foreign = new DatabaseSync(folder.path('foreign'))
    foreign.exec('create table bookmarks (url text)')
    foreign.close()
    refused(folder.path('foreign'), /another program/)
    refused(path, /the database itself/)
  })

  it('refuses a damaged one, and one that is cut off', async () => {
    const bytes = readFileSync(copy)
    writeFileSync(
      folder.path('zeroed'),
      Buffer.concat([bytes.subarray(0, 8_192), Buffer.alloc(4_096), bytes.subarray(12_288)]),
    )
    refused(folder.path('zeroed'), /damaged .*another backup/)
    writeFileSync(folder.path('cut'), bytes.subarray(0, bytes.length / 2))
    refused(folder.path('cut'), /damaged .*another backup/)
  })

  it('refuses one of a newer version, and one of another database', async () => {
    const migrations = { ...MIGRATIONS, '0999-tomorrow': { up: async () => undefined } }
    await (await open(folder.path('newer.db'), { migrations })).store.close()
    refused(folder.path('newer.db'), /newer Pullquote .*0999-tomorrow/)
    await (await open(folder.path('other.db'))).store.close()
    refused(folder.path('other.db'), /another database .*delete ".*\.id"/)
  })

  it('refuses one whose lock another program holds', async () => {
    const other = new DatabaseSync(copy)
    other.exec('begin exclusive')
    refused(copy, /another program holds its lock/)
    other.close()
  })
})

describe('a copy by hand, while it ran', () => {
  it('is told when it is put back after a clean end', async () => {
    const { store } = await open(path)
    const byHand = folder.path('by-hand.db')
    await store.sweep({ articleMs: 1 }, T0)
    copyFileSync(path, byHand)
    copyFileSync(`${path}-wal`, `${byHand}-wal`)
    await store.close()
    for (const end of ['', '-wal']) copyFileSync(`${byHand}${end}`, `${path}${end}`)
    const opened = await open(path)
    expect(opened.restoredFrom).toBe(T0)
    await opened.store.close()
  })
})

describe('beside a bot that runs', () => {
  it('copies, looks and puts a row back, and the bot goes on', async () => {
    const { store } = await open(path)
    const beside = openStoreBeside({ path, now: () => T0 })
    if (beside.kind === 'refused') throw new Error(beside.message)
    await beside.store.backup(folder.path('second.db'))
    expect(await beside.store.deliveries(1_000)).toHaveLength(201)
    await beside.store.close()
    expect(await store.addDelivery(notice(300), T0)).toBe(true)
    await store.close()
  })

  it('refuses where there is no database, and makes none', () => {
    const nowhere = openStoreBeside({ path: folder.path('nowhere.db'), now: () => T0 })
    expect(nowhere).toMatchObject({ kind: 'refused', message: expect.stringContaining('there is none') })
    expect(existsSync(folder.path('nowhere.db'))).toBe(false)
  })

  it('refuses a database of another version', async () => {
    const migrations = { ...MIGRATIONS, '0999-tomorrow': { up: async () => undefined } }
    await (await open(folder.path('newer.db'), { migrations })).store.close()
    const beside = openStoreBeside({ path: folder.path('newer.db'), now: () => T0 })
    expect(beside).toMatchObject({ kind: 'refused', message: expect.stringContaining('another version') })
    chmodSync(folder.path('newer.db'), 0o644)
  })
})
