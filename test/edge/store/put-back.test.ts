import { afterEach, beforeEach, expect, it } from 'vitest'
import { digestDueAt } from '../../../src/core/schedule.ts'
import { openStore } from '../../../src/edge/store/sqlite.ts'
import {
  bring,
  commonFeeds,
  DAY,
  folds,
  HARBOUR,
  HOUR,
  MINUTE,
  notice,
  subscription,
  T0,
} from '../../contract/store/world.ts'
import { newFolder } from './folder.ts'

let folder: ReturnType<typeof newFolder>
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => folder.remove())

const LEASE = { lease: 'one', leaseMs: MINUTE }

async function openAt(now: () => number) {
  const opened = await openStore({ path: folder.path(), now })
  if (opened.kind === 'refused') throw new Error(opened.message)
  return opened
}

it('waits no longer after its clock was put back in life', async () => {
  let now = T0
  const { store, putBack } = await openAt(() => now)
  await commonFeeds(store, 'tide')
  await store.addDelivery({ ...notice(1, HARBOUR), state: 'queued', dueAt: T0 + MINUTE }, T0)
  now = T0 - HOUR
  expect(await store.claimDelivery(LEASE, now + MINUTE)).toBeUndefined()
  await putBack(HOUR)
  expect(await store.claimDelivery(LEASE, now + MINUTE - 1)).toBeUndefined()
  expect(await store.claimDelivery(LEASE, now + MINUTE)).toBeDefined()
  await store.close()
})

it('waits no longer after its clock was put back while it was down', async () => {
  const first = await openAt(() => T0)
  await first.store.addDelivery(notice(1, HARBOUR), T0)
  const claim = await first.store.claimDelivery(LEASE, T0)
  if (!claim) throw new Error('nothing is due')
  await first.store.saveDelivery(claim, { ...claim.work, state: 'queued', dueAt: T0 + MINUTE }, true)
  await first.store.close()
  const now = T0 - HOUR
  const { store } = await openAt(() => now)
  expect(await store.claimDelivery(LEASE, now + MINUTE)).toBeDefined()
  await store.close()
})

it('asks its feeds no later after its clock was put back while it was down, and nothing was ever posted', async () => {
  const first = await openAt(() => T0)
  await commonFeeds(first.store, 'tide')
  const [claim] = await first.store.claimFeeds({ ...LEASE, max: 1 }, T0)
  if (!claim) throw new Error('nothing is due')
  const last = { kind: 'unchanged', at: T0, tookMs: 1 } as const
  await first.store.keepPoll(
    claim,
    { feed: { ...claim.work, nextPollAt: T0 + MINUTE, last }, items: [], admit: () => [] },
    T0,
  )
  await first.store.close()
  const now = T0 - HOUR
  const { store } = await openAt(() => now)
  // As every start does: what it keeps of a feed is what the clock's correction left.
  await commonFeeds(store, 'tide')
  expect(await store.claimFeeds({ ...LEASE, max: 1 }, now + MINUTE - 1)).toEqual([])
  expect(await store.claimFeeds({ ...LEASE, max: 1 }, now + MINUTE)).toHaveLength(1)
  await store.close()
})

it('makes one list of what was folded before and after a clock that was a year off is mended', async () => {
  const offMs = 365 * DAY + 20 * MINUTE
  let now = T0 + offMs
  const { store, putBack } = await openAt(() => now)
  await commonFeeds(store, 'tide')
  const hourly = subscription('a', { rhythm: 'hourly' })
  await store.addSubscription(hourly, 9)
  await bring(store, { feed: 'tide', name: 'Heron', alert: folds(digestDueAt(hourly, now)) }, now)
  now = T0 + MINUTE
  await putBack(offMs - MINUTE)
  await bring(store, { feed: 'tide', name: 'Ibis', alert: folds(digestDueAt(hourly, now)) }, now)
  expect(await store.dueDigests(T0 + HOUR - 1)).toEqual([])
  expect(await store.dueDigests(T0 + HOUR)).toMatchObject([{ dueAt: T0 + HOUR, rows: 2 }])
  await store.close()
})
