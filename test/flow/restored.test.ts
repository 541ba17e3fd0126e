import { describe, expect, it } from 'vitest'
import type { PlannedDelivery } from '../../src/core/alert.ts'
import type { ChannelId } from '../../src/core/model.ts'
import { followed, publish } from './news.ts'
import { notice } from './notices.ts'
import { channel, DAY, HOUR, MINUTE, useStage } from './stage.ts'

const stage = useStage()
const NEXT = 6 * MINUTE

const queue = async (...planned: readonly PlannedDelivery[]) => {
  for (const one of planned) await stage.store.addDelivery(one, stage.now)
}
const told = (name = 'harbour') => stage.shown(name as ChannelId).map((payload) => /Notice \d+/.exec(payload)?.[0])
const states = async () => (await stage.deliveries()).map(({ state }) => state)

describe("yesterday's backup", () => {
  it('says nothing twice: what it planned and what is planned anew was said by a later life', async () => {
    await queue(notice(1))
    await stage.deliver()
    await queue(notice(2))
    await stage.keepCopy()
    stage.now += HOUR
    await stage.deliver()
    await queue(notice(3))
    await stage.deliver()
    stage.now += DAY
    await stage.putBack()
    await queue(notice(3), notice(4))
    await stage.deliver()
    expect(told()).toEqual(['Notice 1', 'Notice 2', 'Notice 3', 'Notice 4'])
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent'])
    expect((await stage.deliveries())[2]).toMatchObject({ message: { messageId: stage.far.messages[2]?.id } })
  })

  it('knows what was said although it is planned long after the channel was read back', async () => {
    await queue(notice(1))
    await stage.keepCopy()
    await queue(notice(2))
    await stage.deliver()
    stage.now += HOUR
    await stage.putBack()
    await stage.deliver()
    stage.now += DAY
    await queue(notice(2))
    await stage.deliver()
    expect(told()).toEqual(['Notice 1', 'Notice 2'])
    expect(await states()).toEqual(['sent', 'sent'])
  })

  it('is read back once a channel, and a channel where nothing is due is left alone until then', async () => {
    await queue(notice(1), notice(2, channel('meadow')))
    await stage.keepCopy()
    await stage.putBack()
    await queue(notice(3), notice(4, channel('moor')))
    await stage.deliver()
    await queue(notice(5))
    await stage.deliver()
    expect(stage.far.histories.map((asked) => asked.channel).toSorted()).toEqual(['harbour', 'meadow', 'moor'])
  })

  it('is read a stretch at a time, and sends nothing before the last', async () => {
    const many = Array.from({ length: 12 }, (_, n) => notice(n))
    await queue(...many)
    await stage.keepCopy()
    await stage.deliver()
    stage.now += HOUR
    await stage.putBack()
    await queue(notice(99))
    await stage.deliver()
    expect(stage.far.histories.length).toBeGreaterThan(2)
    expect(stage.far.posts).toHaveLength(13)
    expect(told()).toEqual([...many.map((_, n) => `Notice ${n}`), 'Notice 99'])
  })

  it('begins to read where the copy ends, whatever the clock said', async () => {
    await queue(notice(1))
    await stage.deliver()
    const known = stage.far.messages[0]?.id ?? '0'
    // Ahead of the far side by a day.
    stage.aheadMs = -DAY
    await queue(notice(2))
    await stage.keepCopy()
    stage.now += HOUR
    await stage.deliver()
    await stage.putBack()
    await stage.deliver()
    expect(BigInt(stage.far.histories[0]?.afterId ?? '0')).toBeLessThan(BigInt(known))
    expect(told()).toHaveLength(2)
  })

  it('waits where the far side does not answer, and holds where the history may not be read', async () => {
    await queue(notice(1))
    await stage.keepCopy()
    await stage.deliver()
    await stage.putBack()
    await queue(notice(2))
    stage.far.historyFates.push({ kind: 'later', afterMs: 0, reason: '502' })
    await stage.deliver()
    expect(await states()).toEqual(['queued', 'queued'])
    stage.now += MINUTE
    stage.far.historyFates.push({ kind: 'blind', reason: 'missing Read Message History' })
    await stage.deliver()
    expect(await states()).toEqual(['held', 'held'])
    expect((await stage.deliveries())[0]).toMatchObject({ reason: 'missing Read Message History' })
    await stage.store.releaseChannel('harbour' as ChannelId, stage.now)
    await stage.deliver()
    expect(told()).toEqual(['Notice 1', 'Notice 2'])
  })

  it('goes on reading after another restart, and after being put back twice', async () => {
    await queue(notice(1))
    await stage.keepCopy()
    await queue(notice(2))
    await stage.deliver()
    stage.now += HOUR
    await stage.putBack()
    await stage.reopen()
    await stage.putBack()
    await queue(notice(2), notice(3))
    await stage.deliver()
    expect(told()).toEqual(['Notice 1', 'Notice 2', 'Notice 3'])
  })

  it('makes one card of a story that both lives read, and lists none that was posted', async () => {
    await followed(stage, 'tide')
    await stage.subscribe('a', { perDayMax: 1 })
    await stage.subscribe('b', { target: channel('meadow'), rhythm: 'hourly' })
    await stage.keepCopy()
    publish(stage, 'tide', [
      { name: 'morning', at: stage.now },
      { name: 'evening', at: stage.now },
    ])
    await stage.after(NEXT)
    // Past midnight: what was over the cap is listed.
    for (let n = 0; n < 24; n++) await stage.after(HOUR)
    const shown = () =>
      ['harbour', 'meadow'].flatMap((name) =>
        ['[morning', '[evening'].map(
          (news) => stage.shown(name as ChannelId).filter((text) => text.includes(news)).length,
        ),
      )
    expect(shown()).toEqual([1, 1, 1, 1])
    await stage.putBack()
    for (let n = 0; n < 48; n++) await stage.after(HOUR)
    expect(shown()).toEqual([1, 1, 1, 1])
    expect((await states()).toSorted()).not.toContain('dead')
  })
})
