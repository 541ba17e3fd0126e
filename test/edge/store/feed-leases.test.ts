import { describe, expect, it } from 'vitest'
import type { Feed, FeedId } from '../../../src/core/model.ts'
import { createFeedLeases } from '../../../src/edge/store/feed-leases.ts'
import { feedMethods } from '../../../src/edge/store/feeds.ts'
import type { Database, Sql } from '../../../src/edge/store/sql.ts'
import type { Claimed } from '../../../src/flow/ports/store.ts'

const TIDE = 'tide' as FeedId
const claim = (lease: string): Claimed<Feed> => ({ work: { id: TIDE } as Feed, lease, until: 10 })

describe('leases of feeds', () => {
  it('hold until they lapse, and go to the next one', () => {
    const leases = createFeedLeases()
    leases.take(TIDE, { lease: 'one', until: 10 })
    expect([...leases.held(9).keys()]).toEqual([TIDE])
    expect([...leases.held(10).keys()]).toEqual([])
    leases.take(TIDE, { lease: 'two', until: 20 })
    expect(leases.begin(claim('one'), Symbol(), 11)).toBe(false)
    expect(leases.begin(claim('two'), Symbol(), 20)).toBe(false)
    expect(leases.begin(claim('two'), Symbol(), 19)).toBe(true)
  })

  it('save once, and again only where the saving failed', () => {
    const leases = createFeedLeases()
    leases.take(TIDE, { lease: 'one', until: 10 })
    const [first, second] = [Symbol(), Symbol()]
    expect([first, first, second].map((saving) => leases.begin(claim('one'), saving, 1))).toEqual([true, true, false])
    leases.end(claim('one'), second, true)
    leases.end(claim('one'), first, false)
    expect(leases.begin(claim('one'), second, 1)).toBe(true)
    leases.end(claim('one'), second, true)
    expect(leases.begin(claim('one'), second, 1)).toBe(false)
    expect([...leases.held(1).keys()]).toEqual([])
  })

  it('lapse no later where the clock is put back', () => {
    const leases = createFeedLeases()
    leases.take(TIDE, { lease: 'one', until: 10 })
    leases.putBack(4)
    expect([[...leases.held(5).keys()], [...leases.held(6).keys()]]).toEqual([[TIDE], []])
  })
})

it('asks no feed while what it says could not be saved', async () => {
  let isFull = true
  const sql: Sql = { all: () => [], first: () => undefined, run: () => 1 }
  const gather: Database['gather'] = async (body) => {
    if (isFull) throw new Error('the disk is full')
    return body(sql)
  }
  const read: Database['read'] = async (body) => body(sql)
  const store = feedMethods({ gather, write: gather, read, look: read, changes: { feeds: 0 } }, createFeedLeases())
  const terms = { lease: 'one', leaseMs: 10, max: 1 }
  expect(await store.claimFeeds(terms, 0)).toEqual([])
  const poll = { feed: claim('one').work, items: [], admit: () => [] }
  await expect(store.keepPoll(claim('one'), poll, 0)).rejects.toThrow('full')
  await expect(store.claimFeeds(terms, 0)).rejects.toThrow('full')
  isFull = false
  expect(await store.claimFeeds(terms, 0)).toEqual([])
})
