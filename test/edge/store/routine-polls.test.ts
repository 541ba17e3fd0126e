import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Feed, FeedId } from '../../../src/core/model.ts'
import { isRoutine } from '../../../src/edge/store/routine-polls.ts'
import type { Poll, Store } from '../../../src/flow/ports/store.ts'
import { BELTRAN, claimFeed, commonFeeds, HOUR, MINUTE, seen, T0 } from '../../contract/store/world.ts'
import { newFolder, open } from './folder.ts'

const TIDE = 'tide' as FeedId
let folder: ReturnType<typeof newFolder>
let path = ''
let store: Store
let beside: DatabaseSync
beforeEach(async () => {
  folder = newFolder()
  path = folder.path()
  ;({ store } = await open(path))
  await commonFeeds(store, TIDE, 'oar')
  beside = new DatabaseSync(path, { readOnly: true })
})
afterEach(async () => {
  beside.close()
  await store.close()
  folder.remove()
})

const inTable = () => beside.prepare('select next_poll_at at from feeds where id = ?').get(TIDE)?.['at']
const known = async () => (await store.feed(TIDE, {}))?.nextPollAt
const next = (feed: Feed, nextPollAt: number): Feed => ({
  ...feed,
  nextPollAt,
  last: { kind: 'unchanged', at: T0, tookMs: 1, status: 304, newItems: 0 },
})
async function keep(nextPollAt: number): Promise<void> {
  const claim = await claimFeed(store, TIDE, T0)
  await store.keepPoll(claim, { feed: next(claim.work, nextPollAt), items: [], admit: () => [] }, T0)
}

it('a poll that brought nothing is known at once, and in the file before any other write', async () => {
  await keep(T0 + HOUR)
  expect([await known(), inTable()]).toEqual([T0 + HOUR, T0])
  expect(await store.claimFeeds({ lease: 'two', leaseMs: 1, max: 5 }, T0)).toMatchObject([{ work: { id: 'oar' } }])
  await store.joinServer(BELTRAN, T0)
  expect([await known(), inTable()]).toEqual([T0 + HOUR, T0 + HOUR])
})

it('it is in the file when the store is closed', async () => {
  await keep(T0 + HOUR)
  await store.close()
  expect(inTable()).toBe(T0 + HOUR)
  ;({ store } = await open(path))
})

it('it is in the file by itself within a second or so', async () => {
  await keep(T0 + HOUR)
  await expect.poll(() => inTable(), { timeout: 10_000 }).toBe(T0 + HOUR)
})

it('it takes nothing back that was said after it', async () => {
  await keep(T0 + HOUR)
  expect(await store.pollSoon(TIDE, T0 + MINUTE)).toBe(true)
  await store.joinServer(BELTRAN, T0)
  expect([await known(), inTable()]).toEqual([T0 + MINUTE, T0 + MINUTE])
})

it('a poll with news that comes after it stands', async () => {
  await keep(T0)
  const admit: Poll['admit'] = (unseen) => unseen.map(() => ({ kind: 'alert' }))
  const claim = await claimFeed(store, TIDE, T0)
  await store.keepPoll(claim, { feed: next(claim.work, T0 + HOUR), items: [seen('a')], admit }, T0)
  await store.joinServer(BELTRAN, T0)
  expect([await known(), inTable()]).toEqual([T0 + HOUR, T0 + HOUR])
})

it('what tells of trouble or of another address is in the file at once', async () => {
  for (const change of [
    { failures: 1, failingSince: T0 },
    { failures: 0, failingSince: T0, silent: { sinceAt: T0 } },
    { url: 'https://tide.example/new' },
    { moved: { url: 'https://tide.example/new', sinceAt: T0 } },
  ] satisfies Partial<Feed>[]) {
    const claim = await claimFeed(store, TIDE, T0)
    const poll = { feed: { ...claim.work, ...change, nextPollAt: T0 }, items: [], admit: () => [] }
    expect([change, isRoutine(claim.work, poll)]).toEqual([change, false])
    expect(isRoutine(poll.feed, poll)).toBe(true)
    await store.keepPoll(claim, poll, T0)
    const body = String(beside.prepare('select body from feeds where id = ?').get(TIDE)?.['body'])
    expect(JSON.parse(body)).toMatchObject(change)
  }
})
