import { expect, it } from 'vitest'
import { targetKey } from '../../../src/core/follow.ts'
import type { Target } from '../../../src/core/model.ts'
import type { Held } from './held.ts'
import {
  BELTRAN,
  bring,
  CORVO,
  cardFor,
  cards,
  commonFeeds,
  DAY,
  folds,
  HARBOUR,
  HOUR,
  MEADOW,
  subscription,
  T0,
  words,
} from './world.ts'

export function subscriptionCases(held: Held): void {
  it('adds a subscription once a target and subject, up to the server quota', async () => {
    const { store } = held
    expect(await store.addSubscription(subscription('a'), 2)).toBe('added')
    expect(await store.addSubscription(subscription('a'), 2)).toBe('already')
    expect(await store.addSubscription(subscription('same'), 2)).toBe('already')
    expect(
      await store.addSubscription(subscription('b', { follows: { kind: 'feed', feedId: 'tide' as never } }), 2),
    ).toBe('added')
    expect(
      await store.addSubscription(subscription('c', { follows: { kind: 'speaker', name: 'Ilse Varga' } }), 2),
    ).toBe('full')
    expect(await store.addSubscription(subscription('d', { target: MEADOW }), 2)).toBe('added')
    expect((await store.subscriptions(BELTRAN)).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(await store.subscriptions(CORVO)).toEqual([subscription('d', { target: MEADOW })])
    expect((await store.allSubscriptions()).map(({ id }) => id)).toEqual(['a', 'b', 'd'])
    await store.leaveServer(CORVO, T0)
    expect(await store.allSubscriptions()).toHaveLength(2)
  })

  it('finds, changes and removes a subscription for its own server only', async () => {
    const { store } = held
    const ours = subscription('a')
    await store.addSubscription(ours, 10)
    expect(await store.subscription(ours.id, BELTRAN)).toEqual(ours)
    expect(await store.subscription(ours.id, CORVO)).toBeUndefined()
    expect(await store.changeSubscription({ ...ours, serverId: CORVO, style: 'rich' })).toBe(false)
    expect(await store.changeSubscription({ ...ours, style: 'rich', pausedAt: T0 })).toBe(true)
    expect(await store.subscription(ours.id, BELTRAN)).toMatchObject({ style: 'rich', pausedAt: T0 })
    expect(await store.removeSubscription(ours.id, CORVO)).toBeUndefined()
    expect(await store.removeSubscription(ours.id, BELTRAN)).toMatchObject({ id: 'a' })
    expect(await store.removeSubscription(ours.id, BELTRAN)).toBeUndefined()
    expect(await store.changeSubscription(ours)).toBe(false)
  })

  it('changes no subscription into one that is there already', async () => {
    const { store } = held
    const other = subscription('b', { follows: { kind: 'feed', feedId: 'tide' as never } })
    await store.addSubscription(subscription('a'), 10)
    await store.addSubscription(other, 10)
    expect(await store.changeSubscription({ ...other, follows: subscription('a').follows })).toBe(false)
    expect(await store.subscription(other.id, BELTRAN)).toEqual(other)
  })

  it('withdraws what only a removed subscription asked for', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const one = subscription('one')
    const two = subscription('two', { follows: { kind: 'feed', feedId: 'tide' as never } })
    await store.addSubscription(one, 10)
    await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0 + HOUR) }, T0)
    await bring(store, { feed: 'tide', name: 'Egret', alert: folds(T0 + HOUR) }, T0)
    await store.addSubscription(two, 10)
    await bring(store, { feed: 'tide', name: 'Ibis', alert: cards(T0) }, T0)
    // The head of the lane is not due yet; without it the next one is.
    expect(await store.claimDelivery({ lease: 'one', leaseMs: 0 }, T0)).toBeUndefined()
    await store.removeSubscription(one.id, BELTRAN)
    const left = await store.deliveries(10)
    expect(left.map(({ title }) => title)).toEqual(['The ferry Ibis'])
    expect(left[0]?.delivery.alert.subscriptionIds).toEqual(['two'])
    expect(await store.dueDigests(T0 + HOUR)).toEqual([])
    const claim = await store.claimDelivery({ lease: 'one', leaseMs: HOUR }, T0)
    expect(claim?.work.alert.subscriptionIds).toEqual(['two'])
  })

  it('lists the words that servers follow, with a number that changes when they do', async () => {
    const { store } = held
    const first = await store.followedRevision()
    expect(await store.followedWords()).toEqual({ topics: [], gone: [], revision: first })
    const ours = subscription('a', { follows: { kind: 'words', topic: words('smuggler') } })
    await store.addSubscription(ours, 10)
    await store.addSubscription(subscription('b', { target: MEADOW, follows: ours.follows }), 10)
    await store.addSubscription(subscription('c'), 10)
    const { topics, revision } = await store.followedWords()
    expect(topics).toEqual([words('smuggler')])
    expect(revision).toBe(await store.followedRevision())
    expect(revision).not.toBe(first)
    await store.removeSubscription(ours.id, BELTRAN)
    expect((await store.followedWords()).topics).toHaveLength(1)
    await store.removeSubscription('b' as never, CORVO)
    const last = await store.followedWords()
    expect(last.topics).toEqual([])
    expect(last.revision).not.toBe(revision)
    expect(last.gone).toEqual([words('smuggler').id])
  })

  it('tells what changed of the words that servers follow since a revision, and no more', async () => {
    const { store } = held
    const add = (name: string, target: Target = HARBOUR) => {
      const follows = { kind: 'words', topic: words(name) } as const
      return store.addSubscription(subscription(`${name}-${targetKey(target)}`, { target, follows }), 10)
    }
    await store.joinServer(CORVO, T0)
    await add('smuggler')
    await add('lantern', MEADOW)
    const { revision } = await store.followedWords()
    expect(await store.followedWords(revision)).toEqual({ topics: [], gone: [], revision })
    await add('balloon')
    await store.removeSubscription(`smuggler-${targetKey(HARBOUR)}` as never, BELTRAN)
    const since = await store.followedWords(revision)
    expect(since).toMatchObject({ topics: [words('balloon')], gone: [words('smuggler').id] })
    await store.leaveServer(CORVO, T0)
    await store.sweep({ articleMs: DAY }, T0 + 40 * DAY)
    expect(await store.followedWords(since.revision)).toMatchObject({ topics: [], gone: [words('lantern').id] })
  })

  it('keeps a mute until its time, for its own server', async () => {
    const { store } = held
    const mute = {
      serverId: BELTRAN,
      channelId: HARBOUR.channelId,
      what: { kind: 'topic', topicId: 'sea' as never },
      untilAt: T0 + HOUR,
    } as const
    await store.addMute(mute)
    await store.addMute({ ...mute, untilAt: T0 + 2 * HOUR })
    expect(await store.mutes(BELTRAN, T0 + HOUR)).toEqual([{ ...mute, untilAt: T0 + 2 * HOUR }])
    expect(await store.mutes(CORVO, T0)).toEqual([])
    expect(await store.mutes(BELTRAN, T0 + 2 * HOUR)).toEqual([])
    await store.removeMute(mute)
    expect(await store.mutes(BELTRAN, T0)).toEqual([])
  })

  it('unites what several subscriptions of one channel ask for into one card of the earliest time', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('one'), 10)
    const { storyId } = await bring(
      store,
      { feed: 'tide', name: 'Heron', alert: cards(T0 + HOUR, { mentions: ['role-a' as never] }) },
      T0,
    )
    const more = cardFor(storyId, HARBOUR, {
      subscriptionIds: ['two' as never],
      mentions: ['role-b' as never],
      style: 'rich',
    })
    expect(await store.addDelivery({ alert: more, state: 'queued', dueAt: T0 }, T0)).toBe(false)
    const claim = await store.claimDelivery({ lease: 'one', leaseMs: HOUR }, T0)
    expect(claim?.work).toMatchObject({
      dueAt: T0,
      alert: { subscriptionIds: ['one', 'two'], mentions: ['role-a', 'role-b'], style: 'rich' },
    })
    expect(await store.deliveries(10)).toHaveLength(1)
  })
}
