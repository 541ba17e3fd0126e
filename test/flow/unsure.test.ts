import { describe, expect, it } from 'vitest'
import type { PlannedDelivery } from '../../src/core/alert.ts'
import type { ChannelId, Delivery, Outcome } from '../../src/core/model.ts'
import type { PostFate } from '../fakes/chat.ts'
import { notice, says } from './notices.ts'
import { channel, HOUR, MINUTE, SECOND, useStage } from './stage.ts'

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

describe('what may be there', () => {
  it('is posted again with its nonce while that is known, and makes one message', async () => {
    stage.far.fates.push({ kind: 'lost' })
    await queue(notice(1), notice(2))
    await stage.deliver()
    expect(await states()).toEqual(['unsure', 'queued'])
    await later(5 * SECOND)
    expect(stage.far.posts.slice(0, 2).map(({ nonce }) => nonce)).toEqual([
      stage.far.posts[0]?.nonce,
      stage.far.posts[0]?.nonce,
    ])
    expect(stage.far.finds).toEqual([])
    expect(told()).toEqual(['Notice 1', 'Notice 2'])
  })

  it('is posted again when it never arrived', async () => {
    stage.far.fates.push({ kind: 'none' })
    await queue(notice(1))
    await stage.deliver()
    await later(5 * SECOND)
    expect(told()).toEqual(['Notice 1'])
  })

  it('is looked for in its channel when the nonce may be forgotten, and found', async () => {
    stage.far.fates.push({ kind: 'lost' })
    await queue(notice(1))
    await stage.deliver()
    await later(10 * MINUTE)
    expect(stage.far.finds).toHaveLength(1)
    expect(stage.far.posts).toHaveLength(1)
    expect(await only()).toMatchObject({ state: 'sent', message: { messageId: stage.far.messages[0]?.id } })
  })

  it('is posted again with the same nonce and payload when it is not found', async () => {
    stage.far.fates.push({ kind: 'none' })
    await queue(notice(1))
    await stage.deliver()
    await later(10 * MINUTE)
    expect(stage.far.finds).toHaveLength(1)
    expect(stage.far.posts[1]).toEqual(stage.far.posts[0])
    expect(told()).toEqual(['Notice 1'])
  })

  it('is held where the channel cannot be read, and read back when it is released', async () => {
    stage.far.fates.push({ kind: 'lost' })
    await queue(notice(1), notice(2))
    await stage.deliver()
    stage.far.findFates.push({ kind: 'blind', reason: 'missing Read Message History' })
    await later(10 * MINUTE)
    expect(await only()).toMatchObject({ state: 'held', reason: 'missing Read Message History' })
    expect(told()).toEqual(['Notice 1', 'Notice 2'])
    await stage.store.releaseChannel('harbour' as ChannelId, stage.now)
    await later(HOUR)
    expect(await states()).toEqual(['sent', 'sent'])
    expect(told()).toEqual(['Notice 1', 'Notice 2'])
  })

  it('is posted by nobody else when looking for it took longer than the lease', async () => {
    stage.far.fates.push({ kind: 'none' })
    await queue(notice(1))
    await stage.deliver()
    const { chat } = stage.far
    const others: unknown[] = []
    const slow = {
      ...chat,
      find: async (...asked: Parameters<typeof chat.find>) => {
        stage.now += 2 * MINUTE
        return chat.find(...asked)
      },
      post: async (...asked: Parameters<typeof chat.post>) => {
        others.push(await stage.store.claimDelivery({ lease: 'another', leaseMs: MINUTE }, stage.now))
        return chat.post(...asked)
      },
    }
    Object.assign(stage.far, { chat: slow })
    await later(10 * MINUTE)
    expect(others).toEqual([undefined])
    expect(told()).toEqual(['Notice 1'])
  })

  it('is looked for again later when the channel does not answer', async () => {
    stage.far.fates.push({ kind: 'lost' })
    await queue(notice(1))
    await stage.deliver()
    stage.far.findFates.push({ kind: 'later', afterMs: 7 * MINUTE, reason: '429' })
    await later(10 * MINUTE)
    expect(await only()).toMatchObject({ state: 'unsure', checkAt: stage.now + 7 * MINUTE })
    await later(7 * MINUTE)
    expect(await states()).toEqual(['sent'])
    expect(stage.far.posts).toHaveLength(1)
  })

  it('stays unsure through a 429 of its second try, and is not posted blindly after it', async () => {
    stage.far.fates.push(
      { kind: 'lost' },
      says({ kind: 'notSent', afterMs: 10 * MINUTE, attempt: false, reason: '429' }),
    )
    await queue(notice(1))
    await stage.deliver()
    await later(5 * SECOND)
    expect(await states()).toEqual(['unsure'])
    await later(10 * MINUTE)
    expect(told()).toEqual(['Notice 1'])
    expect(stage.far.finds).toHaveLength(1)
  })

  it('is read back when somebody tries a dead one again', async () => {
    stage.far.fates.push({ kind: 'lost' }, says({ kind: 'dead', reason: '50035' }))
    await queue(notice(1))
    await stage.deliver()
    await later(5 * SECOND)
    expect(await states()).toEqual(['dead'])
    stage.now += HOUR
    await stage.store.retryDelivery((await only()).id, stage.now)
    await stage.deliver()
    expect(await states()).toEqual(['sent'])
    expect(told()).toEqual(['Notice 1'])
  })

  it('is not looked for in a forum before a straggler must have arrived', async () => {
    const forum = { ...channel('harbour'), kind: 'forum' } as const
    await queue(notice(1, forum))
    await killedWhilePosting({ kind: 'late', afterMs: 4 * SECOND })
    await later(SECOND)
    await later(5 * SECOND)
    await later(MINUTE)
    expect(told()).toEqual(['Notice 1'])
    expect(await states()).toEqual(['sent'])
  })

  it('is never posted fast when our clock was put back', async () => {
    stage.far.fates.push({ kind: 'lost' })
    await queue(notice(1))
    await stage.deliver()
    // Ten minutes pass, and our clock goes back by forty.
    stage.now -= 30 * MINUTE
    stage.aheadMs = 40 * MINUTE
    await stage.reopen()
    for (let n = 0; n < 40; n++) await later(MINUTE)
    expect(told()).toEqual(['Notice 1'])
    expect(await states()).toEqual(['sent'])
  })

  it('is found although our clock was ahead when it was posted', async () => {
    stage.aheadMs = -50 * MINUTE
    stage.far.fates.push({ kind: 'lost' })
    await queue(notice(1))
    await stage.deliver()
    // Ten minutes pass, and our clock is put right.
    stage.now -= 40 * MINUTE
    stage.aheadMs = 0
    for (let n = 0; n < 60; n++) await later(MINUTE)
    expect(told()).toEqual(['Notice 1'])
    expect(await states()).toEqual(['sent'])
  })

  it('is found although our clock was hours ahead when its process died', async () => {
    stage.aheadMs = -5 * HOUR
    await queue(notice(1))
    await killedWhilePosting({ kind: 'ok' })
    stage.now -= 5 * HOUR - 10 * MINUTE
    stage.aheadMs = 0
    await stage.reopen()
    await later(MINUTE)
    expect(told()).toEqual(['Notice 1'])
    expect(await states()).toEqual(['sent'])
  })

  it('of a forum, which knows no nonce, is only ever looked for', async () => {
    const forum = { ...channel('harbour'), kind: 'forum' } as const
    stage.far.fates.push({ kind: 'lost' })
    await queue(notice(1, forum))
    await stage.deliver()
    await later(6 * SECOND)
    expect(stage.far.finds).toHaveLength(1)
    expect(stage.far.posts).toHaveLength(1)
  })

  it('and is not found for a day is given up', async () => {
    stage.far.fateOf.draw = () => ({ kind: 'none' })
    await queue(notice(1), notice(2))
    for (let n = 0; n < 60; n++) await later(1.2 * HOUR)
    expect(await states()).toEqual(['dead', 'dead'])
  })
})

describe('a kill', () => {
  it('between the saving and the sending is found out', async () => {
    await queue(notice(1))
    const { chat } = stage.far
    const killed = { ...chat, post: () => new Promise<Outcome>(() => {}) }
    Object.assign(stage.far, { chat: killed })
    void stage.deliver()
    await expect.poll(() => states()).toEqual(['sending'])
    Object.assign(stage.far, { chat })
    await stage.reopen()
    // What left a moment before may still arrive.
    await later(5 * SECOND)
    expect(told()).toEqual(['Notice 1'])
  })

  it('after the sending, for longer than the nonce is known, is found out', async () => {
    await queue(notice(1))
    await killedWhilePosting({ kind: 'ok' })
    await later(HOUR)
    expect(told()).toEqual(['Notice 1'])
    expect(await states()).toEqual(['sent'])
  })
})

/** The process dies before it learns how the post went. */
async function killedWhilePosting(fate: PostFate): Promise<void> {
  const { chat } = stage.far
  const killed = {
    ...chat,
    post: async (...asked: Parameters<typeof chat.post>) => {
      stage.far.fates.push(fate)
      await chat.post(...asked)
      return new Promise<Outcome>(() => {})
    },
  }
  Object.assign(stage.far, { chat: killed })
  void stage.deliver()
  await expect.poll(() => stage.far.posts.length).toBe(1)
  Object.assign(stage.far, { chat })
  await stage.reopen()
}
