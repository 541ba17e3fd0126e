import { describe, expect, it } from 'vitest'
import { balancesOf, balanceText, dayOf } from '../../src/core/audit.ts'
import type { ChannelId, SubscriptionId } from '../../src/core/model.ts'
import { followed, publish } from './news.ts'
import { says } from './notices.ts'
import { BELTRAN, channel, DAY, HOUR, MINUTE, useStage } from './stage.ts'

const stage = useStage()
const NEXT = 6 * MINUTE

const balance = async (name = 'harbour', at = stage.now) => {
  const [one] = balancesOf(await stage.store.audit({ ...dayOf(at), serverId: BELTRAN, channelId: name as ChannelId }))
  return one
}
const news = (...names: readonly string[]) =>
  publish(
    stage,
    'tide',
    names.map((name) => ({ name, at: stage.now })),
  )

describe('the balance of a channel and a day', () => {
  it('accounts for everything that was seen, each with its reason', async () => {
    await followed(stage, 'tide', 'moor')
    await stage.subscribe('a', { perDayMax: 2 })
    publish(stage, 'moor', [{ name: 'muted', at: stage.now }])
    await stage.store.addMute({
      serverId: BELTRAN,
      channelId: 'harbour' as ChannelId,
      what: { kind: 'source', outlet: 'The moor' },
      untilAt: stage.now + HOUR,
    })
    stage.far.fates.push(
      { kind: 'ok' },
      says({ kind: 'dead', reason: '50035 Invalid Form Body' }),
      says({ kind: 'held', reason: '50013 Missing Permissions' }),
    )
    news('one')
    await stage.after(NEXT)
    news('one', 'two')
    await stage.after(NEXT)
    news('one', 'two', 'three')
    await stage.after(NEXT)
    news('one', 'two', 'three', 'four', 'five', 'six')
    await stage.after(NEXT)
    const one = await balance()
    expect(one?.fates).toMatchObject({ posted: 2, dead: 1, held: 1, muted: 1, folded: 2, waiting: 0, lost: 0 })
    expect(one?.seen).toBe(7)
    expect(one?.reasons).toEqual(
      expect.arrayContaining([
        { fate: 'muted', reason: 'source The moor', count: 1 },
        { fate: 'dead', reason: '50035 Invalid Form Body', count: 1 },
        { fate: 'held', reason: '50013 Missing Permissions', count: 1 },
        { fate: 'folded', reason: 'cap, its list is to come', count: 2 },
      ]),
    )
  })

  it('tells what waits, what is in a list, and whose list failed', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a', { rhythm: 'hourly' })
    await stage.subscribe('b', { target: channel('meadow') })
    news('one', 'two')
    stage.now += NEXT
    await stage.gather()
    await stage.read()
    expect(balanceText((await balance('meadow')) ?? { seen: 0, fates: {} as never })).toBe('2 seen = 2 waiting')
    await stage.deliver()
    const day = stage.now
    stage.far.fates.push(says({ kind: 'dead', reason: '50035' }))
    await stage.after(HOUR)
    expect(await balance('harbour', day)).toMatchObject({
      seen: 2,
      fates: { dead: 2 },
      reasons: [{ fate: 'dead', reason: 'its list: 50035', count: 2 }],
    })
    const [list] = await stage.store.troubled({ limit: 5 })
    expect(list?.delivery.alert.subject.kind).toBe('digest')
    expect(list && (await stage.store.retryDelivery(list.delivery.id, stage.now))).toBe(true)
    await stage.after(MINUTE)
    expect(await balance('harbour', day)).toMatchObject({ seen: 2, fates: { folded: 2, dead: 0 } })
    expect(await balance('meadow', day)).toMatchObject({ seen: 2, fates: { posted: 2 } })
  })

  it('counts once what was muted and told after all, and what nobody asked for any more', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a', { rhythm: 'daily' })
    news('one')
    await stage.after(NEXT)
    await stage.store.removeSubscription('a' as SubscriptionId, BELTRAN)
    expect(await balance()).toMatchObject({
      seen: 1,
      fates: { withdrawn: 1 },
      reasons: [{ fate: 'withdrawn', reason: 'its subscription ended', count: 1 }],
    })
  })

  it('is of that day, that channel and that server only', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    news('one')
    await stage.after(NEXT)
    expect(await balance('meadow')).toBeUndefined()
    expect(await balance('harbour', stage.now - DAY)).toBeUndefined()
    expect(await stage.store.audit({ ...dayOf(stage.now), serverId: 'server-corvo' as never })).toEqual([])
    expect(balancesOf(await stage.store.audit(dayOf(stage.now)))).toMatchObject([
      { target: 'channel:harbour', seen: 1 },
    ])
  })
})
