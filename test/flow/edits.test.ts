import { describe, expect, it } from 'vitest'
import type { PlannedDelivery } from '../../src/core/alert.ts'
import { publish } from './news.ts'
import { notice } from './notices.ts'
import { HOUR, MINUTE, SECOND, source, T0, useStage } from './stage.ts'

const stage = useStage()
const NEXT = 6 * MINUTE

const queue = async (...planned: readonly PlannedDelivery[]) => {
  for (const one of planned) await stage.store.addDelivery(one, stage.now)
}
const told = () => stage.shown().map((payload) => /Notice \d+/.exec(payload)?.[0])
const states = async () => (await stage.deliveries()).map(({ state }) => state)

describe('an edit', () => {
  const card = async () => {
    await stage.feeds(source('tide'))
    publish(stage, 'tide', [])
    await stage.walk()
    await stage.subscribe('a')
    await change('first')
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
  }
  const change = async (title: string) => {
    publish(stage, 'tide', [{ name: 'one', at: T0, title: `Ferry ${title}`, summary: title }])
  }
  const edited = async (title: string) => {
    await change(title)
    await stage.after(NEXT)
  }

  it('tells that the headline changed, and when', async () => {
    await card()
    expect(stage.shown()[0]).not.toContain('headline changed')
    await edited('second')
    expect(stage.shown()[0]).toMatch(/headline changed <t:\d+:t>/)
  })

  it('that does not go through is tried again', async () => {
    await card()
    stage.far.editFates.push({ kind: 'notEdited', afterMs: 0, attempt: true, reason: '500' })
    await edited('second')
    expect(stage.shown()[0]).toContain('first')
    await stage.after(2 * SECOND)
    expect(stage.shown()[0]).toContain('second')
  })

  it('that meets a 429 waits as it was told', async () => {
    await card()
    stage.far.editFates.push({ kind: 'notEdited', afterMs: 90 * SECOND, attempt: false, reason: '429' })
    await edited('second')
    await stage.after(89 * SECOND)
    expect(stage.shown()[0]).toContain('first')
    await stage.after(SECOND)
    expect(stage.shown()[0]).toContain('second')
  })

  it('that never goes through is given up, and the next one is made', async () => {
    await card()
    stage.far.editFates.push(
      ...Array.from({ length: 8 }, () => ({ kind: 'notEdited', afterMs: 0, attempt: true, reason: '500' }) as const),
    )
    await edited('second')
    for (let n = 0; n < 8; n++) await stage.after(2 * HOUR)
    expect(stage.far.editFates).toEqual([])
    expect(stage.shown()[0]).toContain('first')
    await edited('third')
    expect(stage.shown()[0]).toContain('third')
  })

  it.each(['held', 'dead'] as const)('that is %s leaves the message as it stands', async (kind) => {
    await card()
    stage.far.editFates.push({ kind, reason: 'x' })
    await edited('second')
    await stage.after(HOUR)
    expect(stage.shown()[0]).toContain('first')
    expect(await states()).toEqual(['sent'])
  })

  it('of a message that somebody deleted is over', async () => {
    await card()
    stage.far.delete(stage.far.messages[0]?.id ?? ('' as never))
    await edited('second')
    expect(await states()).toEqual(['deleted'])
    await edited('third')
    expect(stage.far.posts).toHaveLength(1)
  })

  it('to stop is no edit lost', async () => {
    await card()
    stage.far.editFates.push({ kind: 'stop', reason: '401' })
    await edited('second')
    expect(stage.stops).toEqual(['401'])
    stage.stops = []
    await stage.after(MINUTE)
    expect(stage.shown()[0]).toContain('second')
  })

  it('holds up no new card', async () => {
    await card()
    stage.far.editFates.push({ kind: 'notEdited', afterMs: HOUR, attempt: false, reason: '429' })
    await edited('second')
    await queue(notice(1))
    await stage.deliver()
    expect(told().at(-1)).toBe('Notice 1')
  })
})
