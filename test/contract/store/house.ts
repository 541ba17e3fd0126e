import { expect, it } from 'vitest'
import type { Held } from './held.ts'
import {
  addFeed,
  article,
  BELTRAN,
  bring,
  CORVO,
  cards,
  commonFeeds,
  DAY,
  HARBOUR,
  HOUR,
  MEADOW,
  MINUTE,
  notice,
  PERSON,
  poll,
  seen,
  subscription,
  T0,
} from './world.ts'

const KEEP = { articleMs: 90 * DAY }
const LEASE = { lease: 'one', leaseMs: MINUTE }

export function houseCases(held: Held): void {
  it('knows new servers, known ones and those that come back', async () => {
    const { store } = held
    expect(await store.joinServer(BELTRAN, T0)).toBe('new')
    expect(await store.joinServer(BELTRAN, T0)).toBe('known')
    await store.leaveServer(BELTRAN, T0)
    expect(await store.joinServer(BELTRAN, T0)).toBe('back')
    expect(await store.joinServer(BELTRAN, T0)).toBe('known')
  })

  it('lets all rest that a server asked for, once it is left', async () => {
    const { store } = held
    await store.joinServer(BELTRAN, T0)
    await addFeed(store, 'lamp', BELTRAN)
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    await store.addDelivery(notice(1), T0)
    await store.leaveServer(BELTRAN, T0)
    expect(await store.claimDelivery(LEASE, T0)).toBeUndefined()
    expect(await store.heldTargets()).toEqual([])
    expect((await store.allFeeds()).map(({ id }) => id)).toEqual(['tide'])
    expect((await store.claimFeeds({ ...LEASE, leaseMs: 0, max: 5 }, T0)).map(({ work }) => work.id)).toEqual(['tide'])
    expect(await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)).toMatchObject({ queued: 0 })
    await store.joinServer(BELTRAN, T0)
    expect(await store.allFeeds()).toHaveLength(2)
    expect(await bring(store, { feed: 'tide', name: 'Ibis', alert: cards(T0) }, T0)).toMatchObject({ queued: 1 })
  })

  it('forgets a server 30 days after it was left, and nothing of others', async () => {
    const { store } = held
    for (const server of [BELTRAN, CORVO]) {
      await store.joinServer(server, T0)
      await addFeed(store, 'lamp', server)
    }
    await store.addSubscription(subscription('a'), 10)
    await store.addSubscription(subscription('b', { target: MEADOW }), 10)
    const { storyId } = await bring(store, { feed: 'lamp', name: 'Heron', alert: cards(T0) }, T0)
    await store.leaveServer(BELTRAN, T0)
    await store.sweep(KEEP, T0 + 30 * DAY - 1)
    expect(await store.subscriptions(BELTRAN)).toHaveLength(1)
    await store.sweep(KEEP, T0 + 30 * DAY)
    expect(await store.subscriptions(BELTRAN)).toEqual([])
    expect(await store.feeds({ serverId: BELTRAN })).toEqual([])
    expect((await store.deliveries(5)).map(({ delivery }) => delivery.alert.serverId)).toEqual([CORVO])
    expect(await store.story(storyId, { serverId: CORVO })).toMatchObject({ id: storyId })
    expect(await store.joinServer(BELTRAN, T0 + 31 * DAY)).toBe('new')
  })

  it('forgets a feed and its articles 30 days after nobody has it any more', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    await bring(store, { feed: 'lamp', name: 'Heron' }, T0)
    await store.removeFeed('lamp' as never, BELTRAN)
    await store.sweep(KEEP, T0 + HOUR)
    expect((await store.status('operator', T0)).articles).toBe(1)
    await store.sweep(KEEP, T0 + HOUR + 30 * DAY)
    expect((await store.status('operator', T0)).articles).toBe(0)
    expect(await addFeed(store, 'lamp', CORVO)).toBe('added')
    expect(await poll(store, { feed: 'lamp', items: [seen('Heron')] }, T0 + 60 * DAY)).toMatchObject({ fresh: 1 })
  })

  it('forgets articles after their time, with all that answered for them', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    const { id: articleId, quotes } = article('Heron')
    await store.hideQuote({ articleId, storyId, start: quotes[0]?.start ?? 0, serverId: BELTRAN, personId: PERSON }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId }, T0 + DAY)
    expect(await store.sweep({ articleMs: 2 * DAY }, T0 + 2 * DAY)).toMatchObject({ articles: 1 })
    expect((await store.story(storyId, {}))?.articles).toHaveLength(1)
    expect((await store.search('"heron"', { limit: 5 }, {})).total).toBe(0)
    expect(await store.speakers('ilse', 5, {})).toEqual([{ name: 'Ilse Varga', quotes: 1 }])
    expect(await store.sweep({ articleMs: 2 * DAY }, T0 + 3 * DAY)).toMatchObject({ articles: 1 })
    expect(await store.story(storyId, {})).toBeUndefined()
    expect(await store.speakers('ilse', 5, {})).toEqual([])
    expect((await store.latest({ limit: 5 }, {})).total).toBe(0)
  })

  it('forgets what is over 90 days after it was last spoken of, never what still waits', async () => {
    const { store } = held
    for (const planned of [notice(1), notice(2, MEADOW)]) await store.addDelivery(planned, T0)
    await store.addDelivery(notice(3), T0)
    for (const sentAt of [T0, T0 + DAY]) {
      const claim = await store.claimDelivery(LEASE, T0)
      if (claim?.work.state !== 'queued') throw new Error('nothing due')
      const { dueAt: _dueAt, ...common } = claim.work
      const begun = { payload: '{}', firstAt: T0, lastAt: T0, shownRevision: 0 }
      const message = { channelId: HARBOUR.channelId, messageId: '1' as never }
      const sent = { ...common, state: 'sent', begun, message, sentAt, editAt: T0, editAttempts: 0 } as const
      await store.saveDelivery(claim, sent, true)
    }
    const left = async (now: number) => {
      await store.sweep(KEEP, now)
      return (await store.deliveries(5)).length
    }
    expect(await left(T0 + 90 * DAY - 1)).toBe(3)
    expect(await left(T0 + 90 * DAY)).toBe(2)
    expect(await left(T0 + 91 * DAY)).toBe(1)
    expect((await store.deliveries(5)).map(({ delivery }) => delivery.state)).toEqual(['queued'])
  })

  it('says how the house stands, to a server its own part', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    await store.addSubscription(subscription('a'), 10)
    await store.addSubscription(subscription('b', { target: MEADOW }), 10)
    await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0 + 5_000) }, T0)
    await bring(store, { feed: 'lamp', name: 'Ibis' }, T0)
    await poll(store, { feed: 'tide', items: [seen('Egret')] }, T0)
    const before = await store.status('operator', T0)
    expect(before).toMatchObject({
      feeds: 2,
      feedsFailing: 0,
      itemsWaiting: 1,
      storiesToday: 2,
      articles: 2,
      subscriptions: 2,
    })
    expect(before.deliveries).toEqual({
      queued: 2,
      sending: 0,
      sent: 0,
      unsure: 0,
      held: 0,
      dead: 0,
      deleted: 0,
      folded: 0,
    })
    expect(before).not.toHaveProperty('feedToCardP95Ms')
    const claim = await store.claimDelivery(LEASE, T0 + 5_000)
    if (claim?.work.state !== 'queued') throw new Error('nothing due')
    const { dueAt: _dueAt, ...common } = claim.work
    const begun = { payload: '{}', firstAt: T0, lastAt: T0, shownRevision: 1 }
    const message = { channelId: HARBOUR.channelId, messageId: '1' as never }
    await store.saveDelivery(
      claim,
      { ...common, state: 'sent', begun, message, sentAt: T0 + 7_000, editAt: T0, editAttempts: 0 },
      true,
    )
    const { serverId } = claim.work.alert
    expect(await store.status({ serverId }, T0)).toMatchObject({
      subscriptions: 1,
      deliveries: { sent: 1, queued: 0 },
      feedToCardP95Ms: 7_000,
    })
    expect(await store.status({}, T0)).toMatchObject({ feeds: 1, articles: 1, storiesToday: 1, subscriptions: 0 })
    expect(await store.status('operator', T0 + DAY)).toMatchObject({ storiesToday: 0, articles: 2 })
  })

  it('remembers small facts', async () => {
    const { store } = held
    expect(await store.recall('commands')).toBeUndefined()
    await store.remember('commands', 'one')
    await store.remember('commands', 'two')
    expect(await store.recall('commands')).toBe('two')
    expect(await store.check()).toBe('ok')
  })
}
