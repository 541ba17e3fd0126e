import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import type { Feed, FeedId, ServerId } from '../../../src/core/model.ts'
import { createFeedQueue } from '../../../src/edge/store/feed-queue.ts'
import type { Sql } from '../../../src/edge/store/sql.ts'
import type { Claimed } from '../../../src/flow/ports/store.ts'
import { addFeed, BELTRAN, CORVO, HOUR, MINUTE, source, T0 } from '../../contract/store/world.ts'
import { randomOf } from '../../flow/random.ts'
import { newFolder, open } from './folder.ts'

const NAMES = ['tide', 'oar', 'quay', 'gull', 'buoy', 'reef']
const LEASE_MS = 5 * MINUTE

it.each([1, 2, 3])('feeds are handed out as the table says, whoever writes to it (SEED=%i)', async (seed) => {
  const random = randomOf(seed)
  const pick = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)] as Thing
  const folder = newFolder()
  onTestFinished(() => folder.remove())
  const path = folder.path()
  const { store } = await open(path)
  const beside = new DatabaseSync(path)
  let now = T0
  let handedOut = 0
  const held = new Map<FeedId, Claimed<Feed>>()
  const server = (): ServerId => pick([BELTRAN, CORVO])
  const poll = async () => {
    const [claim] = held.values()
    if (!claim) return
    held.delete(claim.work.id)
    const nextPollAt = now + Math.floor(random() * HOUR)
    await store.keepPoll(claim, { feed: { ...claim.work, nextPollAt }, items: [], admit: () => [] }, now)
  }
  const deeds: readonly (() => Promise<unknown>)[] = [
    poll,
    poll,
    poll,
    () => addFeed(store, pick(NAMES), server()),
    () => store.removeFeed(pick(NAMES) as FeedId, server()),
    () =>
      store.keepCommonFeeds(
        NAMES.filter(() => random() < 0.4).map((id) => source(id)),
        now,
      ),
    () => store.pollSoon(pick(NAMES) as FeedId, now),
    () => store.joinServer(server(), now),
    () => store.leaveServer(server(), now),
    async () => beside.prepare('update feeds set next_poll_at = ? where id = ?').run(now, pick(NAMES)),
    () => Promise.all([poll(), store.pollSoon(pick(NAMES) as FeedId, now), poll()]),
  ]
  for (let step = 0; step < 400; step++) {
    await pick(deeds)()
    now += Math.floor(random() * 3 * MINUTE)
    for (const [id, { until }] of held) if (until <= now) held.delete(id)
    const max = 1 + Math.floor(random() * 3)
    const due = (await store.allFeeds()).filter(({ id, nextPollAt }) => nextPollAt <= now && !held.has(id))
    const claims = await store.claimFeeds({ lease: `${step}`, leaseMs: LEASE_MS, max }, now)
    expect(claims).toHaveLength(Math.min(max, due.length))
    for (const claim of claims) {
      expect(due).toContainEqual(claim.work)
      held.set(claim.work.id, claim)
    }
    handedOut += claims.length
  }
  expect(handedOut).toBeGreaterThan(100)
  beside.close()
  await store.close()
})

it('the table is read again only after others wrote to it', () => {
  let reads = 0
  const row = { id: 'tide', body: JSON.stringify(source('tide')), listed: 1, next_poll_at: 7 }
  const all = () => {
    reads++
    return [row]
  }
  const sql = { all, first: () => ({ data_version: 1 }), run: () => 1 } as unknown as Sql
  const changes = { feeds: 0 }
  const queue = createFeedQueue(changes)
  const next = () => {
    queue.refresh(sql, (feed) => feed)
    return queue.next(() => false, 100, 50)?.nextPollAt
  }
  expect(next()).toBe(7)
  const feed = { ...source('tide'), common: true, failures: 0, nextPollAt: 8 } as Feed
  queue.ownWrite(() => changes.feeds++).committed(feed.id, () => feed)
  expect([next(), reads]).toEqual([8, 1])
  // Somebody else wrote, and that was read, before our own write was known to be committed.
  const { committed } = queue.ownWrite(() => changes.feeds++)
  changes.feeds++
  expect([next(), reads]).toEqual([7, 2])
  committed(feed.id, () => feed)
  expect([next(), reads]).toEqual([7, 3])
})
