import { describe, expect, it } from 'vitest'
import type { FeedId } from '../../src/core/model.ts'
import { type News, publish } from './news.ts'
import { DAY, HOUR, MINUTE, source, T0, useStage } from './stage.ts'

const stage = useStage()
const news = (name: string, at = T0): News => ({ name, at })
const said = () => stage.shown().filter((text) => text.includes('tide') || text.includes('Tide'))

/** Polled once well, then failing with `page`. */
async function failing(page: Parameters<typeof stage.strings.set>[1]): Promise<void> {
  await stage.feeds(source('tide'))
  await stage.subscribe('by-feed', { follows: { kind: 'feed', feedId: 'tide' as FeedId } })
  await stage.subscribe('by-topic')
  publish(stage, 'tide', [news('old', T0 - HOUR)])
  await stage.walk()
  stage.strings.set('tide.example/feed', page)
}

describe('trouble with a feed that somebody follows by name', () => {
  it('is not told before six hours, then once, and once more when it is over', async () => {
    await failing({ status: 503 })
    await stage.after(6 * MINUTE)
    await stage.after(5 * HOUR)
    expect(said()).toEqual([])
    await stage.after(2 * HOUR)
    expect(said()).toHaveLength(1)
    expect(said()[0]).toMatch(/has not answered for [67] hours/)
    await stage.after(DAY)
    expect(said()).toHaveLength(1)
    publish(stage, 'tide', [news('old', T0 - HOUR)])
    await stage.after(DAY + HOUR)
    await stage.after(DAY)
    expect(said()).toHaveLength(2)
    expect(said()[1]).toContain('answers again')
  })

  it('is told at once when the feed says that it is gone', async () => {
    await failing({ status: 410 })
    await stage.after(6 * MINUTE)
    await stage.after(DAY)
    expect(said()).toHaveLength(1)
    expect(said()[0]).toContain('gone for good')
  })

  it('is told again when it comes again', async () => {
    await failing({ status: 410 })
    await stage.after(6 * MINUTE)
    publish(stage, 'tide', [news('old', T0 - HOUR)])
    await stage.feeds()
    await stage.feeds(source('tide')) // taken out of config/ and put in again: asked once more
    await stage.after(HOUR)
    stage.strings.set('tide.example/feed', { status: 410 })
    await stage.after(HOUR)
    expect(said().map((text) => /gone for good|answers again/.exec(text)?.[0])).toEqual([
      'gone for good',
      'answers again',
      'gone for good',
    ])
  })

  it('is nobody’s business who follows a topic only', async () => {
    await stage.feeds(source('tide'))
    await stage.subscribe('by-topic')
    publish(stage, 'tide', [news('old', T0 - HOUR)])
    await stage.walk()
    stage.strings.set('tide.example/feed', { status: 410 })
    await stage.after(6 * MINUTE)
    expect(stage.shown()).toEqual([])
  })
})
