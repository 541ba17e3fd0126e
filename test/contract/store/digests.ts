import { expect, it } from 'vitest'
import type { Held } from './held.ts'
import { addFeed, BELTRAN, bring, cards, commonFeeds, folds, HOUR, MINUTE, match, subscription, T0 } from './world.ts'

const DUE = T0 + HOUR

export function digestCases(held: Held): void {
  it('makes one list of what was folded for one time, in as many parts as it takes', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const hourly = subscription('hourly', { rhythm: 'hourly' })
    await store.addSubscription(hourly, 10)
    for (const name of ['Heron', 'Ibis', 'Egret'])
      expect(await bring(store, { feed: 'tide', name, alert: folds(DUE) }, T0)).toMatchObject({ queued: 0, folded: 1 })
    await bring(store, { feed: 'tide', name: 'Stork', alert: folds(DUE + 1) }, T0)
    expect(await store.claimDelivery({ lease: 'one', leaseMs: MINUTE }, DUE + 1)).toBeUndefined()
    expect(await store.dueDigests(DUE - 1)).toEqual([])
    const [due, ...more] = await store.dueDigests(DUE)
    expect(due).toEqual({ subscription: hourly, dueAt: DUE, rows: 3 })
    expect(more).toEqual([])
    if (!due) throw new Error('nothing due')
    expect(await store.keepDigest(due, 2, DUE)).toBe(2)
    expect(await store.dueDigests(DUE)).toEqual([])
    expect(await store.keepDigest(due, 2, DUE)).toBe(0)
    const lists: (readonly string[])[] = []
    for (const lease of ['one', 'two']) {
      const claim = await store.claimDelivery({ lease, leaseMs: 0 }, DUE)
      if (!claim) throw new Error('nothing claimed')
      const { alert } = claim.work
      expect(alert).toMatchObject({
        subject: { kind: 'digest', subscriptionId: 'hourly', dueAt: DUE },
        part: lists.length,
      })
      const stories = await store.digestStories(claim.work)
      expect(stories.every(({ reason }) => reason === 'rhythm')).toBe(true)
      lists.push(stories.map(({ story }) => story.lead.title))
      const { dueAt: _dueAt, ...common } = claim.work as Extract<typeof claim.work, { state: 'queued' }>
      await store.saveDelivery(claim, { ...common, state: 'dead', reason: 'over', diedAt: DUE }, true)
    }
    expect(lists).toEqual([['The ferry Heron', 'The ferry Ibis'], ['The ferry Egret']])
  })

  it('tells why a story is listed, as its own server sees it', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const fold: typeof folds = (digestAt) => (context) =>
      cards(0, { matches: [match('sea', 'ferry')] })(context).map(({ alert }) => ({
        alert,
        state: 'folded',
        reason: 'cap',
        digestAt,
      }))
    await bring(store, { feed: 'lamp', name: 'Heron', alert: fold(DUE) }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis', alert: fold(DUE) }, T0)
    const [due] = await store.dueDigests(DUE)
    if (!due) throw new Error('nothing due')
    await store.keepDigest(due, 10, DUE)
    const claim = await store.claimDelivery({ lease: 'one', leaseMs: MINUTE }, DUE)
    if (!claim) throw new Error('nothing claimed')
    expect(await store.digestStories(claim.work)).toMatchObject([
      { story: { lead: { title: 'The ferry Heron' } }, reason: 'cap', matches: [{ topicId: 'sea' }] },
      { story: { lead: { title: 'The ferry Ibis' } }, reason: 'cap' },
    ])
    await store.removeFeed('lamp' as never, BELTRAN)
    expect(await store.digestStories(claim.work)).toHaveLength(1)
  })

  it('lists late rows of the same time in a further part', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    for (const name of ['Heron', 'Ibis']) {
      await bring(store, { feed: 'tide', name, alert: folds(DUE) }, T0)
      const [due] = await store.dueDigests(DUE)
      if (!due) throw new Error('nothing due')
      expect(await store.keepDigest(due, 10, DUE)).toBe(1)
    }
    const parts = (await store.deliveries(10)).filter(({ delivery }) => delivery.alert.subject.kind === 'digest')
    expect(parts.map(({ delivery }) => delivery.alert.part).sort()).toEqual([0, 1])
  })

  it('says at once what was only to be listed, when another subscription wants it now', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: folds(DUE) }, T0)
    const joined = await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId, alert: cards(T0) }, T0)
    expect(joined).toMatchObject({ queued: 1, folded: 0 })
    expect(await store.dueDigests(DUE)).toEqual([])
    expect((await store.claimDelivery({ lease: 'one', leaseMs: MINUTE }, T0))?.work).toMatchObject({
      state: 'queued',
      wantedRevision: 2,
    })
  })

  it('leaves in its list what was listed already', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: folds(DUE) }, T0)
    const [due] = await store.dueDigests(DUE)
    if (!due) throw new Error('nothing due')
    await store.keepDigest(due, 10, DUE)
    expect(await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId, alert: cards(DUE) }, DUE)).toMatchObject({
      queued: 0,
    })
  })

  it('moves to the earlier list what is folded twice', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: folds(DUE + HOUR) }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId, alert: folds(DUE) }, T0)
    expect(await store.dueDigests(DUE)).toMatchObject([{ rows: 1, dueAt: DUE }])
  })

  it('lets the list of a paused subscription wait', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const paused = subscription('a', { pausedAt: T0 })
    await store.addSubscription(subscription('a'), 10)
    await bring(store, { feed: 'tide', name: 'Heron', alert: folds(DUE) }, T0)
    await store.changeSubscription(paused)
    expect(await store.dueDigests(DUE)).toEqual([])
    await store.changeSubscription(subscription('a'))
    expect(await store.dueDigests(DUE + HOUR)).toMatchObject([{ rows: 1, dueAt: DUE }])
  })
}
