import { mkdirSync, statfsSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { examineBackups, examineDisk, examineState } from '../../src/cli/state.ts'
import { backupName } from '../../src/core/backups.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { MEADOW, notice, T0 } from '../contract/store/world.ts'
import { runProgram, scratch } from './program.ts'

let place: ReturnType<typeof scratch>
let store: Store
const database = () => path.join(place.data, 'pullquote.sqlite')
beforeEach(async () => {
  place = scratch()
  const opened = await openStore({ path: database(), now: () => T0 })
  if (opened.kind === 'refused') throw new Error(opened.message)
  store = opened.store
})
afterEach(async () => {
  await store.close()
  place.remove()
})

const found = async () => (await examineState(store, T0)).filter(({ state }) => state === 'problem')
const end = async (state: 'held' | 'dead', reason: string) => {
  const claim = await store.claimDelivery({ lease: reason, leaseMs: 60_000 }, T0)
  if (!claim) throw new Error('nothing is due')
  const { id, alert, createdAt, attempts, nonce, wantedRevision } = claim.work
  const common = { id, alert, createdAt, attempts, nonce, wantedRevision, reason }
  await store.saveDelivery(
    claim,
    state === 'held' ? { ...common, state, heldAt: T0 } : { ...common, state, diedAt: T0 },
    true,
  )
}

describe('doctor finds, each with its cure,', () => {
  test('nothing in a house in order', async () => {
    await store.addDelivery(notice(1), T0)
    expect(await found()).toEqual([])
    expect(await examineState(store, T0)).toContainEqual({
      what: 'balance',
      state: 'ok',
      says: 'since yesterday 1 seen = 1 waiting',
    })
  })

  test('what is held back in a channel, and what failed for good', async () => {
    for (const planned of [notice(1), notice(2), notice(3, MEADOW), notice(4)]) await store.addDelivery(planned, T0)
    await end('held', 'missing Send Messages')
    await end('held', 'missing Embed Links')
    await end('held', 'missing Send Messages')
    await end('dead', '50035 Invalid Form Body')
    const problems = await found()
    expect(problems.map(({ what, says }) => `${what}: ${says}`)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('deliveries to channel:'),
        'deliveries: 1 failed for good: 50035 Invalid Form Body',
      ]),
    )
    expect(problems.every(({ cure }) => cure !== undefined && cure.length > 0)).toBe(true)
    expect(problems.find(({ what }) => what === 'deliveries')?.cure).toContain('pullquote retry')
  })

  test('a balance that does not add up, and a queue that is far behind', async () => {
    for (let n = 0; n < 2_001; n++) await store.addDelivery(notice(n), T0)
    const other = new DatabaseSync(database())
    other.exec("delete from journal where subject like '%:1'")
    other.close()
    expect((await found()).map(({ what }) => what)).toEqual(['queues', 'balance'])
  })

  test('a backup that is too old, or none', () => {
    const settings = {
      dataDir: place.data,
      backupDir: path.join(place.data, 'backups'),
      backups: { daily: 7, weekly: 4 },
    }
    const now = Date.now()
    expect(examineBackups(settings, now)).toMatchObject({ state: 'ok' })
    expect(examineBackups(settings, now + 3 * 86_400_000)).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('there is none'),
    })
    mkdirSync(settings.backupDir)
    const name = path.join(settings.backupDir, backupName(now))
    writeFileSync(name, 'x')
    utimesSync(name, 0, 0)
    expect(examineBackups(settings, now + 3_600_000)).toMatchObject({
      state: 'ok',
      says: expect.stringContaining('1 hours old'),
    })
    expect(examineBackups(settings, now + 2 * 86_400_000)).toMatchObject({
      state: 'problem',
      cure: expect.stringContaining('pullquote backup'),
    })
    expect(examineBackups({ ...settings, backups: { daily: 0, weekly: 0 } }, now)).toMatchObject({ state: 'skipped' })
  })

  test('how much room the disk has', () => {
    const { bavail, bsize } = statfsSync(place.data)
    const isFull = Number(bavail) * Number(bsize) < 256 * 1024 * 1024
    expect(examineDisk({ dataDir: place.data })).toMatchObject({
      state: isFull ? 'problem' : 'ok',
      says: expect.stringMatching(/\d+ MiB free/),
    })
    expect(examineDisk({ dataDir: path.join(place.data, 'nowhere') })).toMatchObject({ state: 'skipped' })
  })

  test('a bot that runs is examined from beside, and one whose loops stand still is named', async () => {
    writeFileSync(
      path.join(place.config, 'feeds.yaml'),
      'feeds:\n  - id: harbour\n    url: http://127.0.0.1:9/feed\n    outlet: Harbour\n    language: en\n    country: SE\n    kind: outlet\n',
    )
    const env = { DATA_DIR: place.data, CONFIG_DIR: place.config, LOG_LEVEL: 'silent' }
    await store.addDelivery(notice(1), T0)
    await end('dead', '50035')
    const { code, out } = await runProgram(['doctor'], env).ended
    expect(code).toBe(3)
    expect(out).toMatch(/✗ bot: There is no heartbeat/)
    expect(out).toMatch(/✓ database: passes its check/)
    expect(out).toMatch(/✗ deliveries: 1 failed for good: 50035\n {4}→ Mend the cause, then: pullquote retry [\w-]{24}/)
    expect(await store.addDelivery(notice(2), T0)).toBe(true)
  })
})
