import { describe, expect, it } from 'vitest'
import type { PlannedDelivery } from '../../src/core/alert.ts'
import type { Alert, ChannelId, Delivery } from '../../src/core/model.ts'
import { notice, says } from './notices.ts'
import { channel, DAY, HOUR, MINUTE, SECOND, T0, useStage } from './stage.ts'

const stage = useStage()

const queue = async (...planned: readonly PlannedDelivery[]) => {
  for (const one of planned) await stage.store.addDelivery(one, stage.now)
}
const told = () => stage.shown().map((payload) => /Notice \d+/.exec(payload)?.[0])
const states = async () => (await stage.deliveries()).map(({ state }) => state)
const only = async (): Promise<Delivery> => {
  const [row] = await stage.deliveries()
  if (!row) throw new Error('nothing there')
  return row
}
const later = async (ms: number) => {
  stage.now += ms
  await stage.deliver()
}

it('says what waits in a channel in its order, one after another', async () => {
  await queue(notice(1), notice(2), notice(3))
  await stage.deliver()
  expect(told()).toEqual(['Notice 1', 'Notice 2', 'Notice 3'])
})

it('sends the same nonce that its payload is marked with', async () => {
  await queue(notice(1))
  await stage.deliver()
  const [posting] = stage.far.posts
  expect(posting?.nonce).toMatch(/^[\w-]{24}$/)
  expect(posting?.payload).toContain(posting?.nonce)
})

describe('what is certainly not there', () => {
  it('because of a 429 waits exactly as long as it was told, and is no attempt', async () => {
    stage.far.fates.push(says({ kind: 'notSent', afterMs: 1_234, attempt: false, reason: '429' }))
    await queue(notice(1), notice(2))
    await stage.deliver()
    expect(await only()).toMatchObject({ state: 'queued', attempts: 0, dueAt: T0 + 1_234 })
    await later(1_233)
    expect(stage.far.posts).toHaveLength(1)
    await later(1)
    expect(told()).toEqual(['Notice 1', 'Notice 2'])
  })

  it('is tried again after longer and longer waits, and holds up its channel alone', async () => {
    const unreachable = says({ kind: 'notSent', afterMs: 0, attempt: true, reason: 'unreachable' })
    stage.far.fateOf.draw = ({ target }) =>
      target.kind === 'channel' && target.channelId === 'harbour' ? unreachable : { kind: 'ok' }
    await queue(notice(1), notice(2), notice(9, channel('other')))
    await stage.deliver()
    expect(stage.shown('other' as ChannelId)).toHaveLength(1)
    for (const wait of [2, 6, 34, 133, 661]) await later(wait * SECOND)
    expect(await only()).toMatchObject({ state: 'queued', attempts: 6 })
    stage.far.fateOf.draw = () => ({ kind: 'ok' })
    await later(34 * MINUTE)
    expect(told()).toEqual(['Notice 1', 'Notice 2'])
  })

  it('within a day is given up, with its reason, and the next one is said', async () => {
    stage.far.fateOf.draw = ({ payload }) =>
      payload.includes('Notice 1')
        ? says({ kind: 'notSent', afterMs: 0, attempt: true, reason: 'unreachable' })
        : { kind: 'ok' }
    await queue(notice(1), notice(2))
    for (let hour = 0; hour < 30; hour++) await later(1.2 * HOUR)
    expect(await only()).toMatchObject({ state: 'dead', reason: 'not sent within a day: unreachable' })
    expect(told()).toEqual(['Notice 2'])
  })
})

describe('what the far side refuses', () => {
  it('for lack of a right is held, with its reason, and the next is tried', async () => {
    stage.far.fates.push(says({ kind: 'held', reason: '50013 Missing Permissions' }))
    await queue(notice(1), notice(2))
    await stage.deliver()
    expect(await only()).toMatchObject({ state: 'held', reason: '50013 Missing Permissions' })
    expect(await stage.store.heldTargets()).toEqual([channel('harbour')])
    expect(await stage.store.releaseChannel('harbour' as ChannelId, stage.now)).toBe(1)
    await later(HOUR)
    expect(told()).toEqual(['Notice 2', 'Notice 1'])
  })

  it('for good is dead, visible, and may be tried again by an operator', async () => {
    stage.far.fates.push(says({ kind: 'dead', reason: '50035 Invalid Form Body' }))
    await queue(notice(1), notice(2))
    await stage.deliver()
    expect(told()).toEqual(['Notice 2'])
    expect(await stage.store.status('operator', stage.now)).toMatchObject({ deliveries: { dead: 1, sent: 1 } })
    expect(await stage.store.retryDelivery((await only()).id, stage.now)).toBe(true)
    await later(MINUTE)
    expect(await states()).toEqual(['sent', 'sent'])
  })

  it('since it was posted and deleted is over', async () => {
    stage.far.fates.push(says({ kind: 'deleted' }))
    await queue(notice(1), notice(2))
    await stage.deliver()
    expect(await states()).toEqual(['deleted', 'sent'])
    await later(DAY)
    expect(told()).toEqual(['Notice 2'])
  })

  it('with a word to stop is said to who started it, and nothing is lost', async () => {
    stage.far.fates.push(says({ kind: 'stop', reason: '401' }))
    await queue(notice(1))
    await stage.deliver()
    expect(stage.stops).toEqual(['401'])
    expect(await only()).toMatchObject({ state: 'queued', attempts: 0 })
    stage.stops = []
    await stage.deliver()
    expect(told()).toEqual(['Notice 1'])
  })
})

describe('a poison row', () => {
  it('that an edge throws at is no end of its channel', async () => {
    stage.far.fateOf.draw = ({ payload }) => (payload.includes('Notice 1') ? { kind: 'throws' } : { kind: 'ok' })
    await queue(notice(1), notice(2), notice(3, channel('other')))
    await stage.deliver()
    expect(await states()).toEqual(['unsure', 'queued', 'sent'])
    for (let n = 0; n < 40; n++) await later(HOUR)
    expect(await states()).toEqual(['dead', 'sent', 'sent'])
  })

  it('that cannot be drawn dies with its reason, and the next is said', async () => {
    const poison = notice(1)
    const broken = { ...poison, alert: { ...poison.alert, notice: {} as unknown as string } }
    await queue(broken, notice(2))
    await stage.deliver()
    expect(await only()).toMatchObject({ state: 'dead', reason: expect.stringContaining('cannot be drawn') })
    expect(told()).toEqual(['Notice 2'])
  })

  it('whose story is gone has nothing to show', async () => {
    const planned = notice(1)
    const alert = { ...planned.alert, subject: { kind: 'card', storyId: 'gone' } } as unknown as Alert
    await queue({ ...planned, alert }, notice(2))
    await stage.deliver()
    expect(await only()).toMatchObject({ state: 'dead', reason: 'nothing left to show' })
    expect(told()).toEqual(['Notice 2'])
  })
})
