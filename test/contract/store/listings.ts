import { expect, it } from 'vitest'
import type { FeedId } from '../../../src/core/model.ts'
import type { ListedItem, Poll } from '../../../src/flow/ports/store.ts'
import type { Held } from './held.ts'
import { claimFeed, claimItem, commonFeeds, DAY, HOUR, seen, T0 } from './world.ts'

const TIDE = 'tide' as FeedId
const entry = (name: string): ListedItem => ({ mark: `mark-${name}`, key: `guid:${name}`, publishedAt: T0 })
const UNDATED: ListedItem = { mark: 'mark-u', key: 'guid:u' }

/** What a feed's last document listed. */
export function listingCases(held: Held): void {
  const keep = async (poll: Partial<Poll>, at: number) => {
    const { store } = held
    const claim = await claimFeed(store, TIDE, at)
    const feed = { ...claim.work, firstPolledAt: T0, lastSuccessAt: at, nextPollAt: at }
    const admit: Poll['admit'] = (unseen) => unseen.map(() => ({ kind: 'alert' }))
    return store.keepPoll(claim, { feed, items: [], admit, ...poll }, at)
  }
  const [a, b, c] = [entry('a'), entry('b'), entry('c')]

  it('keeps what a document listed until the next one', async () => {
    const { store } = held
    await commonFeeds(store, TIDE)
    expect(await store.listing(TIDE)).toEqual([])
    await keep({ items: [seen('a'), seen('u')], listing: [a, UNDATED] }, T0)
    expect(await store.listing(TIDE)).toEqual([a, UNDATED])
    await keep({}, T0 + 1) // nothing was fetched
    expect(await store.listing(TIDE)).toEqual([a, UNDATED])
    await keep({ items: [seen('b')], still: ['guid:a'], listing: [b, a] }, T0 + 2)
    expect(await store.listing(TIDE)).toEqual([b, a])
  })

  it('takes what still stands there for seen: it is no gap, no news, and not gone', async () => {
    const { store } = held
    await commonFeeds(store, TIDE)
    await keep({ items: [seen('a'), seen('b')], listing: [a, b] }, T0)
    const kept = await keep({ items: [seen('c')], still: ['guid:a', 'guid:b'], listing: [c, a, b] }, T0 + HOUR)
    expect(kept).toEqual({ kind: 'kept', fresh: 1, toRead: 1, revised: 0, gap: false })
    expect(await keep({ still: ['guid:b', 'guid:c'], listing: [b, c] }, T0 + 2 * HOUR)).toMatchObject({
      fresh: 0,
      gap: false,
    })
    // "a" has left, and its 30 days begin.
    for (const name of ['a', 'b', 'c']) {
      const claim = await claimItem(store, name, T0 + 2 * HOUR)
      await store.putItemBack(claim, T0 + 2 * HOUR)
    }
    const before = await store.sweep({ articleMs: 365 * DAY }, T0 + 2 * HOUR + 29 * DAY)
    const after = await store.sweep({ articleMs: 365 * DAY }, T0 + 3 * HOUR + 30 * DAY)
    expect([before.items, after.items]).toEqual([0, 1])
  })

  it('counts what still stands there when half of a feed looks new', async () => {
    const { store } = held
    await commonFeeds(store, TIDE)
    await keep({ items: [seen('a'), seen('b')], listing: [a, b] }, T0)
    // Its link is known, but only one of three is unseen: it is taken at its word.
    const again = seen('c', { aliases: ['link:a'] })
    expect(await keep({ items: [again], still: ['guid:a', 'guid:b'], listing: [c, a, b] }, T0 + 1)).toMatchObject({
      fresh: 1,
    })
  })

  it('saves nothing where more was passed over than is kept, and forgets the listing, so that all is read', async () => {
    const { store } = held
    await commonFeeds(store, TIDE)
    await keep({ items: [seen('a')], listing: [a, b] }, T0)
    expect(await keep({ items: [seen('c')], still: ['guid:a', 'guid:b'], listing: [c, a, b] }, T0 + 1)).toEqual({
      kind: 'lapsed',
    })
    expect(await store.listing(TIDE)).toEqual([])
    const items = [seen('c'), seen('a'), seen('b')]
    expect(await keep({ items, listing: [c, a, b] }, T0 + 2)).toMatchObject({ fresh: 2 })
  })
}
