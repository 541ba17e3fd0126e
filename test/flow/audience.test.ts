import { describe, expect, it } from 'vitest'
import type { FeedId, Mute } from '../../src/core/model.ts'
import { ftsQuery } from '../../src/core/words.ts'
import { followed, lark, publish } from './news.ts'
import { BELTRAN, CORVO, channel, DAY, HOUR, MINUTE, NORTH, SEA, T0, topicOf, useStage } from './stage.ts'

const stage = useStage()
const NEXT = 6 * MINUTE

describe('who hears of it', () => {
  const one = async () => {
    publish(stage, 'tide', [lark(stage)])
    await stage.after(NEXT)
  }

  it('is whoever follows the topic, the feed, the speaker or own words, each channel once', async () => {
    await followed(stage, 'tide')
    const follow = (name: string, follows: Parameters<typeof stage.subscribe>[1]) =>
      stage.subscribe(name, { target: channel(name), ...follows })
    await follow('by-topic', {})
    await follow('by-feed', { follows: { kind: 'feed', feedId: 'tide' as FeedId } })
    await follow('by-speaker', { follows: { kind: 'speaker', name: 'ingrid aalto' } })
    await follow('by-person', { follows: { kind: 'speaker', name: 'Інґрід Аалто' } })
    await follow('by-words', { follows: { kind: 'words', topic: topicOf('Skarholm', 'w-1', 'Skarholm') } })
    await follow('by-nothing', { follows: { kind: 'words', topic: topicOf('glacier', 'w-2', 'glacier') } })
    await one()
    expect(stage.far.messages.map(({ channel: at }) => at).toSorted()).toEqual([
      'by-feed',
      'by-person',
      'by-speaker',
      'by-topic',
      'by-words',
    ])
    expect(stage.shown(channel('by-words').channelId)[0]).toContain('matched *Skarholm*')
  })

  it('is one channel once, for several subscriptions: one card, richest style, mentions united', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a', { style: 'compact', mention: '100000000000000091' as never })
    await stage.subscribe('b', {
      follows: { kind: 'topic', topicId: NORTH.id },
      style: 'rich',
      mention: '100000000000000092' as never,
    })
    await one()
    expect(stage.far.posts).toHaveLength(1)
    expect(JSON.parse(stage.shown()[0] ?? '')).toMatchObject({
      flags: 32_768,
      allowed_mentions: { parse: [], roles: ['100000000000000091', '100000000000000092'] },
    })
  })

  it('is nobody who paused, or follows other sources, or left', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('paused', { pausedAt: T0 })
    await stage.subscribe('other', { target: channel('other'), sources: ['moor' as FeedId] })
    await stage.subscribe('left', { serverId: CORVO, target: channel('left', CORVO) })
    await stage.store.leaveServer(CORVO, stage.now)
    await one()
    expect(stage.far.posts).toEqual([])
  })

  const mute = (what: Mute['what'], untilAt: number): Mute => ({
    serverId: BELTRAN,
    channelId: channel('harbour').channelId,
    what,
    untilAt,
  })
  it.each([
    ['source', { kind: 'source', outlet: 'The tide' }],
    ['topic', { kind: 'topic', topicId: SEA.id }],
  ] as const)('is not a channel that muted the %s, until it ends', async (_name, what) => {
    await followed(stage, 'tide')
    await stage.subscribe('a')
    await stage.store.addMute(mute(what, stage.now + 10 * MINUTE))
    await one()
    expect(stage.far.posts).toEqual([])
    publish(stage, 'tide', [{ name: 'next', at: stage.now }, lark(stage)])
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
    expect(stage.shown()[0]).toContain('[next')
  })

  it('is found by search, latest and quotes from that moment on', async () => {
    await followed(stage, 'tide')
    await one()
    const found = await stage.store.search(ftsQuery('skarholm') ?? '', { limit: 5 }, {})
    expect(found).toMatchObject({ total: 1 })
    expect(await stage.store.quotes({ limit: 5, speaker: 'Ingrid Aalto' }, {})).toMatchObject({ total: 1 })
  })
})

describe('what is too much becomes a list', () => {
  it('over the cards of a day, and nothing is lost', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a', { perDayMax: 3 })
    publish(
      stage,
      'tide',
      Array.from({ length: 8 }, (_, n) => ({ name: `n${n}`, at: T0 })),
    )
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(3)
    await stage.after(DAY)
    expect(stage.shown()).toHaveLength(4)
    expect(new Set(stage.shown().join().match(/\[n\d/g)).size).toBe(8)
  })

  it('in quiet hours, as they end', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a', { quietHours: { startMinute: 11 * 60, endMinute: 14 * 60, zone: 'UTC' } })
    publish(stage, 'tide', [
      { name: 'n1', at: T0 },
      { name: 'n2', at: T0 },
    ])
    await stage.after(NEXT)
    await stage.after(T0 + 2 * HOUR - stage.now - 1)
    expect(stage.shown()).toEqual([])
    await stage.after(1)
    expect(stage.shown()).toHaveLength(1)
    expect(stage.shown()[0]).toContain('quiet hours')
    expect(new Set(stage.shown().join().match(/\[n\d/g)).size).toBe(2)
  })

  it.each([
    ['hourly', Date.UTC(2026, 10, 24, 13)],
    ['daily', Date.UTC(2026, 10, 25, 8)],
  ] as const)('%s, at its time, in its own channel', async (rhythm, dueAt) => {
    await followed(stage, 'tide')
    await stage.subscribe('a', { rhythm })
    await stage.subscribe('b', { target: channel('other') })
    publish(stage, 'tide', [
      { name: 'n1', at: T0 },
      { name: 'n2', at: T0 },
    ])
    await stage.after(NEXT)
    expect(stage.shown(channel('other').channelId)).toHaveLength(2)
    stage.now = dueAt - 1
    await stage.walk()
    expect(stage.shown()).toEqual([])
    await stage.after(1)
    expect(stage.shown()).toHaveLength(1)
    for (let n = 0; n < 3; n++) await stage.after(DAY)
    expect(stage.shown()).toHaveLength(1)
  })
})
