import { expect, it } from 'vitest'
import { NEVER_AT } from '../../../src/core/schedule.ts'
import type { Poll, SeenItem } from '../../../src/flow/ports/store.ts'
import type { Held } from './held.ts'
import {
  addFeed,
  article,
  BELTRAN,
  CORVO,
  claimFeed,
  claimItem,
  commonFeeds,
  DAY,
  HOUR,
  item,
  keeping,
  MINUTE,
  PERSON,
  poll,
  seen,
  source,
  T0,
} from './world.ts'

const TERMS = { lease: 'one', leaseMs: MINUTE, max: 10 }
const CORVO_TERMS = { ...TERMS, lease: 'two' }

export function feedCases(held: Held): void {
  it('shows a common feed to everyone and an added one to its server only', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    expect(await addFeed(store, 'lamp', BELTRAN)).toBe('added')
    const ids = async (serverId?: typeof BELTRAN) =>
      (await store.feeds(serverId ? { serverId } : {})).map(({ id }) => id).sort()
    expect(await ids(BELTRAN)).toEqual(['lamp', 'tide'])
    expect(await ids(CORVO)).toEqual(['tide'])
    expect(await ids()).toEqual(['tide'])
    const lamp = source('lamp').id
    expect(await store.feed(lamp, { serverId: BELTRAN })).toMatchObject({ id: 'lamp', common: false })
    expect(await store.feed(lamp, { serverId: CORVO })).toBeUndefined()
    expect((await store.allFeeds()).map(({ id }) => id).sort()).toEqual(['lamp', 'tide'])
  })

  it('adds a feed once a server, up to its quota, and never a common one', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const add = (id: string, serverId: typeof BELTRAN) =>
      store.addFeed({ source: source(id), serverId, personId: PERSON, max: 1 }, T0)
    expect(await add('lamp', BELTRAN)).toBe('added')
    expect(await add('lamp', BELTRAN)).toBe('already')
    expect(await add('oar', BELTRAN)).toBe('full')
    expect(await add('oar', CORVO)).toBe('added')
    expect(await addFeed(store, 'tide', BELTRAN)).toBe('already')
  })

  it('asks a feed that was given up once more when it is added again, or taken out of config/ and put in again', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    for (const claimed of await store.claimFeeds(TERMS, T0))
      await store.keepPoll(claimed, { feed: { ...claimed.work, nextPollAt: NEVER_AT }, items: [], admit: () => [] }, T0)
    const due = async (lease: string) =>
      (await store.claimFeeds({ ...TERMS, lease, leaseMs: 0 }, T0 + DAY)).map(({ work }) => work.id)
    expect(await due('two')).toEqual([])
    expect(await addFeed(store, 'lamp', BELTRAN)).toBe('already')
    expect(await due('three')).toEqual(['lamp'])
    await commonFeeds(store)
    await commonFeeds(store, 'tide')
    expect((await due('four')).toSorted()).toEqual(['lamp', 'tide'])
  })

  it('asks a feed sooner for a hint, unless it fails or nobody polls it', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'lamp')
    for (const claimed of await store.claimFeeds(TERMS, T0)) {
      const failures = claimed.work.id === 'lamp' ? 1 : 0
      const feed = { ...claimed.work, failures, nextPollAt: T0 + DAY }
      await store.keepPoll(claimed, { feed, items: [], admit: () => [] }, T0)
    }
    const hint = (name: string, at: number) => store.pollSoon(source(name).id, at)
    expect([await hint('tide', T0 + HOUR), await hint('lamp', T0 + HOUR), await hint('gull', T0)]).toEqual([
      true,
      true,
      false,
    ])
    expect(await hint('tide', T0 + 2 * HOUR)).toBe(true)
    const due = async (at: number) => (await store.claimFeeds({ ...TERMS, leaseMs: 0 }, at)).map(({ work }) => work.id)
    expect([await due(T0 + HOUR - 1), await due(T0 + HOUR)]).toEqual([[], ['tide']])
  })

  it('polls a feed once for all servers, until the last of them removes it', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    await addFeed(store, 'lamp', CORVO)
    expect(await store.claimFeeds({ ...TERMS, leaseMs: 0 }, T0)).toHaveLength(1)
    const { id } = source('lamp')
    expect(await store.removeFeed(id, BELTRAN)).toBe(true)
    expect(await store.removeFeed(id, BELTRAN)).toBe(false)
    expect(await store.claimFeeds({ ...TERMS, leaseMs: 0 }, T0 + 1)).toHaveLength(1)
    expect(await store.removeFeed(id, CORVO)).toBe(true)
    expect(await store.claimFeeds(TERMS, T0 + 2)).toEqual([])
    expect(await store.allFeeds()).toEqual([])
  })

  it('polls a common feed no more once it is no longer listed', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar')
    await commonFeeds(store, 'oar')
    expect((await store.claimFeeds(TERMS, T0)).map(({ work }) => work.id)).toEqual(['oar'])
    expect(await store.feeds({})).toHaveLength(1)
  })

  it('keeps what it knows of a common feed over a restart, save its source', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await keepPoll(held, { etag: '"1"', url: 'https://moved.example/feed.xml', failures: 2 })
    await store.keepCommonFeeds([source('tide', { title: 'The new tide' })], T0)
    const [feed] = await store.allFeeds()
    expect(feed).toMatchObject({
      etag: '"1"',
      url: 'https://moved.example/feed.xml',
      failures: 2,
      title: 'The new tide',
    })
    await store.keepCommonFeeds([source('tide', { url: 'https://other.example/feed.xml' })], T0)
    const [moved] = await store.allFeeds()
    expect(moved?.url).toBe('https://other.example/feed.xml')
    expect(moved).not.toHaveProperty('etag')
  })

  it('spreads the first polls of common feeds, save those with an interval of their own', async () => {
    const { store } = held
    const sources = ['tide', 'oar', 'lamp'].map((id) => source(id))
    await store.keepCommonFeeds([...sources, source('quick', { intervalMs: MINUTE })], T0, HOUR)
    const due = new Map((await store.allFeeds()).map(({ id, nextPollAt }) => [id as string, nextPollAt - T0]))
    expect(due.get('quick')).toBe(0)
    const spread = sources.map(({ id }) => due.get(id) ?? -1)
    expect(new Set(spread).size).toBe(3)
    expect(spread.every((after) => after >= 0 && after < HOUR)).toBe(true)
  })

  it('hands out due feeds, longest due first, never to two workers, until the lease lapses', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar', 'lamp')
    for (const [feed, nextPollAt] of [
      ['tide', T0 + 30],
      ['oar', T0 + 10],
      ['lamp', T0 + HOUR],
    ] as const)
      await keepPoll(held, { nextPollAt }, feed)
    const one = await store.claimFeeds({ ...TERMS, max: 1 }, T0 + 40)
    const two = await store.claimFeeds(CORVO_TERMS, T0 + 40)
    expect([one, two].map((claims) => claims.map(({ work }) => work.id))).toEqual([['oar'], ['tide']])
    expect(one[0]).toMatchObject({ lease: 'one', until: T0 + 40 + MINUTE })
    expect(await store.claimFeeds(TERMS, T0 + 41)).toEqual([])
    expect(await store.claimFeeds({ ...TERMS, lease: 'three' }, T0 + 40 + MINUTE)).toHaveLength(2)
  })

  it('hands out what lapsed before what is due for less long, however much is due', async () => {
    const { store } = held
    for (const name of ['cove', 'moor', 'tide']) await addFeed(store, name, BELTRAN)
    const claim = async (at: number) => (await store.claimFeeds({ ...TERMS, max: 1 }, at)).map(({ work }) => work.id)
    expect([await claim(T0 + 10), await claim(T0 + 20)]).toEqual([['cove'], ['moor']])
    expect(await claim(T0 + 10 + MINUTE)).toEqual(['cove'])
  })

  it('saves nothing under a lease that lapsed or that another holds', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const [first] = await store.claimFeeds(TERMS, T0)
    if (!first) throw new Error('nothing due')
    const kept = (now: number) => store.keepPoll(first, pollOf({ ...first.work, etag: '"late"' }, [seen('a')]), now)
    expect(await kept(T0 + MINUTE)).toEqual({ kind: 'lapsed' })
    await store.claimFeeds(CORVO_TERMS, T0 + MINUTE)
    expect(await kept(T0 + MINUTE)).toEqual({ kind: 'lapsed' })
    expect((await store.allFeeds())[0]).not.toHaveProperty('etag')
    expect(await store.claimItems(TERMS, T0 + MINUTE)).toEqual([])
  })

  it('knows a first poll, and offers only what it has not seen', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const asked: { keys: readonly string[]; known: unknown }[] = []
    const admit: Poll['admit'] = (unseen, known) => {
      asked.push({ keys: unseen.map(({ key }) => key), known })
      return unseen.map(() => ({ kind: 'skip' }))
    }
    for (const [names, at] of [
      ['ab', T0],
      ['abc', T0 + 1],
    ] as const) {
      const claim = await claimFeed(store, 'tide', at)
      const feed = {
        ...claim.work,
        firstPolledAt: T0,
        lastSuccessAt: at,
        nextPollAt: at,
        last: { kind: 'fetched', at, tookMs: 1 } as const,
      }
      const kept = await store.keepPoll(claim, { feed, items: [...names].map((name) => seen(name)), admit }, at)
      expect(kept).toMatchObject({ kind: 'kept', toRead: 0, gap: false, fresh: names === 'ab' ? 2 : 1 })
    }
    expect(asked).toEqual([
      { keys: ['guid:a', 'guid:b'], known: { firstPoll: true, overlap: false } },
      { keys: ['guid:c'], known: { firstPoll: false, overlap: true, lastSuccessAt: T0 } },
    ])
    expect((await store.allFeeds())[0]?.last).toMatchObject({ newItems: 1 })
  })

  it('reads again, silently, what changed its text, but not for ever', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')] }, T0)
    const read = async (at: number) => store.keepArticle(await claimItem(store, 'a', at), keeping(article('a')), at)
    await read(T0)
    const admissions: string[] = []
    for (let at = T0 + 1; at < T0 + 6; at++) {
      const changed = seen('a', { textHash: String(at), item: item('a', { title: `Version ${at}` }) })
      const kept = await poll(store, { feed: 'tide', items: [changed] }, at)
      expect(kept).toMatchObject({ fresh: 0, toRead: 0, revised: 1 })
      const [claim] = await store.claimItems(TERMS, at)
      if (!claim) continue
      admissions.push(claim.work.admission.kind)
      expect(claim.work.item.title).toBe(`Version ${at}`)
      await store.keepArticle(claim, keeping(article('a')), at)
    }
    expect(admissions).toEqual(['silent', 'silent', 'silent'])
  })

  it('knows items by their aliases when over half of a known feed looks new', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a'), seen('b'), seen('c')] }, T0)
    const renamed = (name: string) => seen(name, { key: `new:${name}` })
    expect(await poll(store, { feed: 'tide', items: [renamed('a'), renamed('b'), seen('d')] }, T0 + 1)).toMatchObject({
      fresh: 1,
      toRead: 1,
      gap: false,
    })
    expect(await poll(store, { feed: 'tide', items: [renamed('a'), renamed('b'), seen('d')] }, T0 + 2)).toMatchObject({
      fresh: 0,
      revised: 0,
    })
  })

  it('takes a single new key in a known feed at its word', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a'), seen('b'), seen('c')] }, T0)
    const again = seen('a', { key: 'new:a' })
    expect(await poll(store, { feed: 'tide', items: [again, seen('b'), seen('c')] }, T0 + 1)).toMatchObject({
      fresh: 1,
    })
  })

  it('tells a gap when a known feed lists nothing that was seen', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    expect(await poll(store, { feed: 'tide', items: [seen('a')] }, T0)).toMatchObject({ gap: false })
    expect(await poll(store, { feed: 'tide', items: [seen('b')] }, T0 + 1)).toMatchObject({ gap: true, fresh: 1 })
    expect(await poll(store, { feed: 'tide', items: [] }, T0 + 2)).toMatchObject({ gap: false, fresh: 0 })
    expect((await store.allFeeds())[0]?.gaps).toEqual({ count: 1, lastAt: T0 + 1 })
  })

  it('forgets a key 30 days after it left its feed, and never while it is listed', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('gone'), seen('stays')] }, T0)
    await poll(store, { feed: 'tide', items: [seen('stays')] }, T0 + HOUR)
    await poll(store, { feed: 'tide', items: [] }, T0 + 2 * HOUR)
    const keep = { articleMs: 400 * DAY }
    expect(await store.sweep(keep, T0 + 30 * DAY)).toMatchObject({ items: 0 })
    expect(await store.sweep(keep, T0 + 30 * DAY + HOUR)).toMatchObject({ items: 1 })
    const later = T0 + 300 * DAY
    await store.sweep(keep, later)
    expect(await poll(store, { feed: 'tide', items: [seen('gone'), seen('stays')] }, later)).toMatchObject({ fresh: 1 })
  })
}

function pollOf(feed: Poll['feed'], items: readonly SeenItem[]): Poll {
  return { feed, items, admit: (unseen) => unseen.map(() => ({ kind: 'alert' })) }
}

async function keepPoll({ store }: Held, change: Partial<Poll['feed']>, feedId = 'tide'): Promise<void> {
  const claim = await claimFeed(store, feedId, T0)
  await store.keepPoll(claim, pollOf({ ...claim.work, ...change }, []), T0)
}
