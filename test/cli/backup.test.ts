import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUpDaily } from '../../src/cli/backup.ts'
import type { House } from '../../src/cli/house.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { notice, T0 } from '../contract/store/world.ts'
import { runProgram, scratch } from './program.ts'

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.remove())

const env = () => ({ DATA_DIR: place.data, CONFIG_DIR: place.config, LOG_LEVEL: 'silent' })
const run = (...args: readonly string[]) => runProgram(args, env()).ended
const database = () => path.join(place.data, 'pullquote.sqlite')

async function opened(now = () => T0) {
  const result = await openStore({ path: database(), now })
  if (result.kind === 'refused') throw new Error(result.message)
  return result.store
}

test('a backup is made while the bot runs, never over a file, and comes back', async () => {
  const store = await opened()
  await store.addDelivery(notice(1), T0)
  const copy = path.join(place.dir, 'copy.sqlite')
  const first = await run('backup', copy)
  expect([first.code, first.err]).toEqual([0, ''])
  expect(first.out).toContain(copy)
  const second = await run('backup', copy)
  expect([second.code, second.err]).toEqual([1, `Cannot back up to "${copy}": a file of that name is there\n`])
  const busy = await run('restore', copy)
  expect(busy.code).toBe(1)
  expect(busy.err).toContain('Pullquote is running')
  await store.addDelivery(notice(2), T0)
  await store.close()
  const back = await run('restore', copy)
  expect([back.code, back.err]).toEqual([0, ''])
  expect(back.out).toMatch(/as it was on .*\n.*is kept as .*replaced.*\nStart Pullquote: every channel is read back/)
  const again = await opened()
  expect(await again.deliveries(5)).toHaveLength(1)
  await again.close()
})

test('without a name it goes among the others; without a database there is none', async () => {
  const none = await run('backup')
  expect(none.code).toBe(1)
  expect(none.err).toMatch(/there is none\. Start Pullquote once/)
  await (await opened()).close()
  expect((await run('backup')).code).toBe(0)
  expect(readdirSync(path.join(place.data, 'backups'))).toEqual([expect.stringMatching(/^pullquote-.*Z\.sqlite$/)])
})

test('the bot copies itself once a day, keeps by its rule, and touches no file of another name', async () => {
  let now = T0
  const store = await opened(() => now)
  const backupDir = path.join(place.data, 'backups')
  const logged: string[] = []
  const log = {
    debug() {},
    info: (event: string) => logged.push(event),
    warn() {},
    error: (event: string) => logged.push(event),
  }
  const settings = { backupDir, backups: { daily: 2, weekly: 1 } }
  const house = { settings, store, log, now: () => now } as unknown as House
  mkdirSync(backupDir, { recursive: true })
  writeFileSync(path.join(backupDir, 'mine.sqlite'), 'mine')
  utimesSync(path.join(backupDir, 'mine.sqlite'), 0, 0)
  for (let hour = 0; hour < 24 * 12; hour += 6, now += 6 * 3_600_000) await backUpDaily(house)
  const names = readdirSync(backupDir)
  expect(names).toHaveLength(4)
  expect(readFileSync(path.join(backupDir, 'mine.sqlite'), 'utf8')).toBe('mine')
  expect(logged).toEqual(Array.from({ length: 12 }, () => 'backed up'))
  await backUpDaily({ ...house, settings: { ...settings, backups: { daily: 0, weekly: 0 } } } as unknown as House)
  expect(readdirSync(backupDir)).toHaveLength(4)
  const broken = { ...settings, backupDir: path.join(backupDir, 'mine.sqlite', 'x') }
  await backUpDaily({ ...house, settings: broken } as unknown as House)
  expect(logged.at(-1)).toBe('not backed up')
  expect(existsSync(path.join(backupDir, 'mine.sqlite'))).toBe(true)
  await store.close()
})
