import { describe, expect, it } from 'vitest'
import type { Feed, FeedId } from '../../../src/core/model.ts'
import { createFeedLeases } from '../../../src/edge/store/feed-leases.ts'
import { feedMethods } from '../../../src/edge/store/feeds.ts'
import { createRoutinePolls } from '../../../src/edge/store/routine-polls.ts'
import type { Database, Sql } from '../../../src/edge/store/sql.ts'
import type { Claimed } from '../../../src/flow/ports/store.ts'

const TIDE = 'tide' as FeedId
const TIDES = { id: TIDE, failures: 0, nextPollAt: 0 } as Feed
const claim = (lease: string): Claimed<Feed> => ({ work: TIDES, lease, until: 10 })

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

describe('asks no feed while what it says could not be saved', () => {
  const poll = { feed: claim('one').work, items: [], admit: () => [] }

  it('where that is something', async () => {
    const { store, disk } = storeOnDisk()
    const failed = { ...poll, feed: { ...poll.feed, failures: 1 } }
    expect(await store.claimFeeds(TERMS, 0)).toEqual([])
    await expect(store.keepPoll(claim('one'), failed, 0)).rejects.toThrow('full')
    await expect(store.claimFeeds(TERMS, 0)).rejects.toThrow('full')
    disk.isFull = false
    expect(await store.claimFeeds(TERMS, 0)).toEqual([])
  })

  it('where that is nothing new, which is then written after all', async () => {
    const { store, leases, routine, disk } = storeOnDisk()
    leases.take(TIDE, { lease: 'one', until: 10 })
    expect(await store.keepPoll(claim('one'), poll, 0)).toMatchObject({ kind: 'kept', fresh: 0 })
    await routine.write()
    await expect(store.claimFeeds(TERMS, 0)).rejects.toThrow('full')
    disk.isFull = false
    expect(disk.written).toEqual([])
    expect(await store.claimFeeds(TERMS, 0)).toEqual([])
    expect(disk.written).toContainEqual({ id: TIDE, body: JSON.stringify(poll.feed), next: 0, failures: 0 })
  })
})

const TERMS = { lease: 'one', leaseMs: 10, max: 1 }

function storeOnDisk() {
  const disk = { isFull: true, written: [] as unknown[] }
  const run: Sql['run'] = (_text, bound) => disk.written.push(bound) && 1
  const sql: Sql = { all: () => [], first: () => undefined, run }
  const gather: Database['gather'] = async (body) => {
    if (disk.isFull) throw new Error('the disk is full')
    return body(sql)
  }
  const read: Database['read'] = async (body) => body(sql)
  const changes = { feeds: 0 }
  const database: Database = { gather, write: gather, read, look: read, changes, beforeWrites: () => undefined }
  const polls = { leases: createFeedLeases(), routine: createRoutinePolls(database) }
  return { ...polls, store: feedMethods(database, polls), disk }
}
