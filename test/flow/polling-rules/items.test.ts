import { describe, expect, it } from 'vitest'
import type { FeedId } from '../../../src/core/model.ts'
import { type News, publish } from '../news.ts'
import { DAY, HOUR, MINUTE, source, T0, useStage } from '../stage.ts'
import { feedOf, many, NEXT, news } from './polled.ts'

const stage = useStage()

async function followed(listed: readonly News[]): Promise<void> {
  await stage.feeds(source('tide'))
  await stage.subscribe('a')
  await stage.subscribe('by-feed', { follows: { kind: 'feed', feedId: 'tide' as FeedId } })
  publish(stage, 'tide', listed)
  await stage.walk()
}
const cards = () => stage.shown().filter((text) => !text.includes('Feeds'))
const notices = (pattern: RegExp) => stage.shown().filter((text) => pattern.test(text))

describe('rule 9: identity', () => {
  const at = (one: News, url: string): News => ({ ...one, url })
  const addressOf = ({ name }: News) => `http://tide.example/${name}`

  it('rule 9: a guid is opaque: an item that moves to another address is not said again', async () => {
    const listed = many(4)
    await followed(listed)
    publish(
      stage,
      'tide',
      listed.map((one) => at(one, `http://tide.example/moved/${one.name}?utm_source=rss`)),
    )
    await stage.after(NEXT)
    expect(cards()).toEqual([])
  })

  it.each([
    ['another scheme', (url: string) => url.replace('http:', 'https:')],
    ['www before it', (url: string) => url.replace('//', '//www.')],
    ['what counts clicks', (url: string) => `${url}?utm_source=rss&amp;fbclid=x1`],
    ['a closing slash', (url: string) => `${url}/`],
  ])('rule 9: when all guids change, items are known by their addresses, with %s', async (_how, spell) => {
    const listed = many(4)
    await followed(listed)
    publish(stage, 'tide', [
      news('new'),
      ...listed.map((one) => ({ ...at(one, spell(addressOf(one))), name: `renamed-${one.name}` })),
    ])
    await stage.after(NEXT)
    expect(cards()).toHaveLength(1)
    expect(cards()[0]).toContain('[new')
  })

  it('rule 9: the same guid with another text is a revision: the card is edited, nobody is called again', async () => {
    await followed([])
    publish(stage, 'tide', [news('new')])
    await stage.after(NEXT)
    publish(stage, 'tide', [news('new', T0, { title: 'Ferry late, says a corrected report', summary: 'Corrected.' })])
    await stage.after(NEXT)
    expect(stage.far.posts).toHaveLength(1)
    expect(cards()[0]).toContain('corrected report')
  })
})

describe('rule 10: what is new', () => {
  it('rule 10: a first poll alerts nobody and reads the newest five', async () => {
    await followed(many(12))
    expect(stage.far.posts).toEqual([])
    expect(await stage.store.latest({ limit: 20 }, {})).toMatchObject({ total: 5 })
  })

  it('rule 10: after a downtime five speak, and the rest is a list', async () => {
    await followed([])
    publish(stage, 'tide', many(9))
    await stage.after(5 * HOUR)
    await stage.after(5 * MINUTE)
    expect(stage.shown()).toHaveLength(6)
    expect(stage.shown()[5]).toContain('while I was away')
  })

  it('rule 10: a feed that is empty after it was full is at fault, and nothing of it is forgotten', async () => {
    const listed = many(6)
    await followed(listed)
    publish(stage, 'tide', [])
    await stage.after(NEXT)
    expect(await feedOf(stage)).toMatchObject({ failures: 1, listed: 6, last: { kind: 'failed', detail: 'empty' } })
    publish(stage, 'tide', listed)
    await stage.after(15 * MINUTE)
    expect(cards()).toEqual([])
  })

  it('rule 10: an item that left the feed is known for thirty days, and news again after them', async () => {
    const kept = news('kept')
    const [gone, ...others] = many(6, 'b')
    await followed([kept, ...(gone ? [gone] : []), ...others])
    publish(stage, 'tide', [kept, ...others])
    await stage.after(NEXT)
    const sweep = () => stage.store.sweep({ articleMs: 90 * DAY }, stage.now)
    stage.now += 29 * DAY
    await sweep()
    publish(stage, 'tide', [kept, ...(gone ? [gone] : []), ...others])
    await stage.walk()
    expect(await feedOf(stage)).toMatchObject({ last: { newItems: 0 } })
    publish(stage, 'tide', [kept, ...others])
    await stage.after(NEXT)
    stage.now += 31 * DAY
    await sweep()
    publish(stage, 'tide', [kept, ...(gone ? [gone] : []), ...others])
    await stage.walk()
    expect(await feedOf(stage)).toMatchObject({ last: { newItems: 1 } }) // and `kept`, listed all the time, is known
  })

  it('rule 10: a feed that rolled past our poll is a gap, which is counted and shown', async () => {
    await followed(many(4))
    publish(stage, 'tide', many(4, 'later'))
    await stage.after(NEXT)
    expect(await feedOf(stage)).toMatchObject({ gaps: { count: 1, lastAt: stage.now } })
    publish(stage, 'tide', many(5, 'later'))
    await stage.after(NEXT)
    expect((await feedOf(stage)).gaps?.count).toBe(1)
    expect(stage.logged.filter(({ event, gap }) => event === 'feed polled' && gap === true)).toHaveLength(1)
  })
})

describe('rule 12: silence and failure', () => {
  /** Every two hours until now. */
  const busy = (count = 20) => many(count, 'n', 2 * HOUR)

  it('rule 12: a feed that falls silent against its own cadence is said once, and again when it speaks', async () => {
    await followed(busy())
    for (let day = 0; day < 3; day++) await stage.after(DAY - MINUTE)
    expect(notices(/has brought nothing/)).toEqual([])
    for (let hour = 0; hour < 48; hour++) await stage.after(HOUR)
    expect(notices(/The tide has brought nothing for 3 days/)).toHaveLength(1)
    publish(stage, 'tide', [news('new', stage.now), ...busy()])
    await stage.after(2 * HOUR)
    await stage.after(DAY)
    expect(notices(/brings news again/)).toHaveLength(1)
  })

  it('rule 12: silence is measured by the feed: one that pauses for a week is not silent after four days', async () => {
    await followed(many(10, 'n', 7 * DAY))
    for (let day = 0; day < 20; day++) await stage.after(DAY)
    expect(notices(/has brought nothing/)).toEqual([])
    for (let day = 0; day < 3; day++) await stage.after(DAY)
    expect(notices(/has brought nothing/)).toHaveLength(1)
  })

  it('rule 12: a feed that was silent when it came is no news', async () => {
    await followed(busy().map((one) => ({ ...one, at: one.at - 60 * DAY })))
    for (let day = 0; day < 9; day++) await stage.after(DAY)
    expect(notices(/has brought nothing/)).toEqual([])
  })

  it('rule 12: a failure of six hours is said once, and taken back once', async () => {
    await followed(busy())
    stage.strings.set('tide.example/feed', { status: 500 })
    for (let n = 0; n < 5; n++) await stage.after(HOUR)
    expect(notices(/has not answered/)).toEqual([])
    for (let n = 0; n < 30; n++) await stage.after(HOUR)
    expect(notices(/has not answered for/)).toHaveLength(1)
    publish(stage, 'tide', busy())
    for (let n = 0; n < 30; n++) await stage.after(HOUR)
    expect(notices(/answers again/)).toHaveLength(1)
  })
})
