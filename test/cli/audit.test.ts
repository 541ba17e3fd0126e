import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Delivery } from '../../src/core/model.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { notice, T0 } from '../contract/store/world.ts'
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

const run = (...args: readonly string[]) =>
  runProgram(args, { DATA_DIR: place.data, CONFIG_DIR: place.config, LOG_LEVEL: 'silent' }).ended

async function die(reason: string): Promise<Delivery> {
  const claim = await store.claimDelivery({ lease: reason, leaseMs: 60_000 }, T0)
  if (!claim) throw new Error('nothing is due')
  const { id, alert, createdAt, attempts, nonce, wantedRevision } = claim.work
  const dead = { id, alert, createdAt, attempts, nonce, wantedRevision, state: 'dead', reason, diedAt: T0 } as const
  await store.saveDelivery(claim, dead, true)
  return dead
}

test('tells the balance of a day while the bot runs, and ends with 0 where it adds up', async () => {
  for (const n of [1, 2, 3]) await store.addDelivery(notice(n), T0)
  await die('50035 Invalid Form Body')
  const { code, out, err } = await run('audit', '--day', '2026-11-03')
  expect([code, err]).toEqual([0, ''])
  expect(out).toBe(
    `2026-11-03 (UTC)
✓ channel:harbour: 3 seen = 1 dead + 2 waiting
    2 waiting: queued
    1 dead: 50035 Invalid Form Body
→ pullquote retry lists what is held or dead, and sends it again.
`,
  )
  expect((await run('audit', '--day', '2026-11-03', '--channel', 'meadow')).out).toContain('nothing was seen')
})

test('ends with 3 where something is lost: a delivery without a trace, and one that nobody wrote down', async () => {
  for (const n of [1, 2]) await store.addDelivery(notice(n), T0)
  const other = new DatabaseSync(database())
  other.exec("delete from deliveries where subject like '%:1'; delete from journal where subject like '%:2'")
  other.close()
  const { code, out, err } = await run('audit', '--day', '2026-11-03', '--json')
  expect(code).toBe(3)
  expect(err).toContain('does not add up: 2 lost')
  expect(JSON.parse(out)).toMatchObject({ day: '2026-11-03', balances: [{ seen: 2, fates: { lost: 2 } }] })
})

test('a day that is none ends with 2', async () => {
  const { code, err } = await run('audit', '--day', 'tomorrow')
  expect([code, err]).toEqual([2, '"tomorrow" is no day. Write it as 2026-11-25, or today, or yesterday.\n'])
})

test('retry lists what is held or dead, and puts one back, or all of it', async () => {
  for (const n of [1, 2, 3]) await store.addDelivery(notice(n), T0)
  const [first] = [await die('50035'), await die('AutoMod'), await die('50035')]
  const listed = await run('retry')
  expect(listed.out).toContain(`${first?.id}  dead  channel:harbour`)
  expect(listed.out).toContain('Notice 2')
  expect((await run('retry', first?.id ?? '')).out).toBe('1 back in their queues.\n')
  expect(await store.claimDelivery({ lease: 'x', leaseMs: 1_000 }, Date.now())).toMatchObject({
    work: { id: first?.id },
  })
  expect((await run('retry', '--all', '--channel', 'meadow')).out).toBe('0 back in their queues.\n')
  expect((await run('retry', '--all')).out).toBe('2 back in their queues.\n')
  expect((await run('retry')).out).toBe('Nothing is held or dead.\n')
  const unknown = await run('retry', 'nobody')
  expect(unknown.code).toBe(1)
  expect(unknown.err).toContain('No held or dead delivery has this id: nobody')
})
