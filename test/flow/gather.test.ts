import { describe, expect, it } from 'vitest'
import type { Feed } from '../../src/core/model.ts'
import { type News, publish } from './news.ts'
import { DAY, HOUR, INTERVAL, MINUTE, type Stage, source, T0, useStage } from './stage.ts'

const stage = useStage()
/** Longer than any jitter. */
const NEXT = 6 * MINUTE
const news = (name: string, at = T0): News => ({ name, at })
const many = (count: number, salt = 'n') =>
  Array.from({ length: count }, (_, n) => news(`${salt}${n}`, T0 - n * MINUTE))

async function feed(name = 'tide', { store } = stage as Stage): Promise<Feed> {
  const found = (await store.allFeeds()).find(({ id }) => id === name)
  if (!found) throw new Error(`no feed "${name}"`)
  return found
}
const logOf = (event: string) => stage.logged.filter((one) => one.event === event)
const pages = () => stage.strings.requests.filter(({ path }) => path !== '/feed').length

describe('a first poll', () => {
  it('raises no alert, and reads the newest five silently', async () => {
    await stage.feeds(source('tide'))
    await stage.subscribe('a')
    publish(stage, 'tide', many(12))
    await stage.walk()
    expect(stage.far.posts).toEqual([])
    expect(await stage.deliveries()).toEqual([])
    expect(pages()).toBe(5)
    expect(await stage.store.latest({ limit: 20 }, {})).toMatchObject({ total: 5 })
    expect(await feed()).toMatchObject({ firstPolledAt: T0, listed: 12, last: { kind: 'fetched', newItems: 12 } })
  })

  it('of an empty feed makes what comes next news', async () => {
    await stage.feeds(source('tide'))
    await stage.subscribe('a')
    publish(stage, 'tide', [])
    await stage.walk()
    publish(stage, 'tide', [news('first')])
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
  })

  it('comes soon after the feed was added, and the next after its interval', async () => {
    await stage.feeds(source('tide'))
    publish(stage, 'tide', many(3))
    await stage.walk()
    const { nextPollAt } = await feed()
    expect(nextPollAt).toBeGreaterThanOrEqual(T0 + INTERVAL)
    expect(nextPollAt).toBeLessThan(T0 + INTERVAL * 1.1)
    await stage.after(INTERVAL - 1)
    expect(stage.strings.count('/feed')).toBe(1)
  })
})

describe('what is new', () => {
  const followed = async (listed: readonly News[] = [news('old', T0 - HOUR)]) => {
    await stage.feeds(source('tide'))
    await stage.subscribe('a')
    publish(stage, 'tide', listed)
    await stage.walk()
    return listed
  }

  it('is said once, and once only', async () => {
    const listed = await followed()
    publish(stage, 'tide', [news('new'), ...listed])
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
    expect(stage.shown()[0]).toContain('[new')
    for (let n = 0; n < 4; n++) await stage.after(HOUR)
    expect(stage.far.posts).toHaveLength(1)
  })

  it('is said in the order in which it was written', async () => {
    const listed = await followed()
    publish(stage, 'tide', [...many(8), ...listed])
    await stage.after(NEXT)
    const order = stage.shown().map((payload) => /\[(n\d)/.exec(payload)?.[1])
    expect(order).toEqual(['n7', 'n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'n0'])
  })

  it('over fifty at once is a feed rewritten: five cards and a list', async () => {
    const listed = await followed()
    publish(stage, 'tide', [...many(55), ...listed])
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(5)
    await stage.after(5 * MINUTE)
    const lists = stage.shown().slice(5)
    expect(lists).toHaveLength(5) // ten stories a message
    const named = new Set(
      stage
        .shown()
        .join()
        .match(/\[n\d+/g),
    )
    expect(named.size).toBe(55)
    expect(lists.join()).toContain('very many items at once')
    await stage.after(HOUR)
    expect(stage.shown()).toHaveLength(10)
  })

  it('after a downtime comes as five cards and a list', async () => {
    const listed = await followed()
    publish(stage, 'tide', [...many(9), ...listed])
    await stage.after(5 * HOUR)
    await stage.after(5 * MINUTE)
    expect(stage.shown()).toHaveLength(6)
    expect(stage.shown()[5]).toContain('while I was away')
    expect(new Set(stage.shown().join().match(/\[n\d/g)).size).toBe(9)
  })

  it('is listed twice in one document and said once', async () => {
    const listed = await followed()
    publish(stage, 'tide', [news('new'), news('new'), ...listed])
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
  })

  it('is not the same piece under a new guid', async () => {
    const pieces = many(4)
    await followed(pieces)
    const urlOf = ({ name }: News) => `http://tide.example/${name}`
    publish(
      stage,
      'tide',
      pieces.map((one) => ({ ...one, url: urlOf(one), name: `re-${one.name}` })),
    )
    await stage.after(NEXT)
    expect(stage.far.posts).toEqual([])
  })

  it('with a changed text is edited where it was said, and nobody is called again', async () => {
    const listed = await followed()
    publish(stage, 'tide', [news('new'), ...listed])
    await stage.after(NEXT)
    const title = 'Ferry late, says a corrected report'
    publish(stage, 'tide', [{ ...news('new'), title, summary: 'Corrected.' }, ...listed])
    await stage.after(NEXT)
    expect(stage.far.posts).toHaveLength(1)
    expect(stage.far.messages).toMatchObject([{ edits: [{ at: stage.now }] }])
    expect(stage.shown()[0]).toContain(title)
  })
})

describe('a feed that did not change', () => {
  const headers = { etag: '"one"' }
  it('is asked with what it said of itself, and costs no reading', async () => {
    await stage.feeds(source('tide'))
    publish(stage, { feed: 'tide', headers }, many(3))
    await stage.walk()
    await stage.after(NEXT)
    const [first, second] = stage.strings.requests.filter(({ path }) => path === '/feed')
    expect([first, second].map((request) => request?.headers['if-none-match'])).toEqual([undefined, '"one"'])
    expect(await feed()).toMatchObject({ last: { kind: 'unchanged', status: 304 }, etag: '"one"', failures: 0 })
  })

  it('is asked once a day as if for the first time', async () => {
    await stage.feeds(source('tide'))
    publish(stage, { feed: 'tide', headers }, many(3))
    await stage.walk()
    await stage.after(23 * HOUR)
    await stage.after(2 * HOUR)
    const asked = stage.strings.requests
      .filter(({ path }) => path === '/feed')
      .map((request) => request.headers['if-none-match'])
    expect(asked).toEqual([undefined, '"one"', undefined])
  })

  it('keeps the pace that its document asked for', async () => {
    const { intervalMs: _, ...patient } = source('tide')
    await stage.feeds(patient)
    publish(stage, { feed: 'tide', headers }, [
      news('a', T0 - 3 * DAY),
      news('b', T0 - 6 * DAY),
      news('c', T0 - 9 * DAY),
    ])
    await stage.walk()
    expect((await feed()).nextPollAt - stage.now).toBeGreaterThanOrEqual(HOUR)
    await stage.after(2 * HOUR)
    expect(await feed()).toMatchObject({ last: { kind: 'unchanged' } })
    expect((await feed()).nextPollAt - stage.now).toBeGreaterThanOrEqual(HOUR)
  })

  it('is asked for its new words when both validators change', async () => {
    await stage.feeds(source('tide'))
    publish(
      stage,
      { feed: 'tide', headers: { etag: '"one"', 'last-modified': 'Tue, 24 Nov 2026 10:00:00 GMT' } },
      many(3),
    )
    await stage.walk()
    publish(stage, { feed: 'tide', headers: { 'last-modified': 'Tue, 24 Nov 2026 11:00:00 GMT' } }, many(4))
    await stage.after(NEXT)
    const now = await feed()
    expect(now.etag).toBeUndefined()
    expect(now.lastModified).toBe('Tue, 24 Nov 2026 11:00:00 GMT')
  })
})

it('counts a poll that no longer meets the one before as a gap', async () => {
  await stage.feeds(source('tide'))
  publish(stage, 'tide', many(3))
  await stage.walk()
  publish(stage, 'tide', many(3, 'later'))
  await stage.after(NEXT)
  expect(logOf('feed polled').map(({ gap }) => gap)).toEqual([false, true])
})

it('saves nothing of a poll that was told to stop: it is made again', async () => {
  await stage.feeds(source('tide'))
  publish(stage, 'tide', many(3))
  const stopping = new AbortController()
  stage.strings.set('tide.example/feed', { fault: 'silence' })
  stage.signal = stopping.signal
  const polling = stage.gather()
  await expect.poll(() => stage.strings.count('/feed')).toBe(1)
  stopping.abort()
  await polling
  expect((await feed()).last).toBeUndefined()
  stage.signal = new AbortController().signal
  publish(stage, 'tide', many(3))
  await stage.reopen()
  await stage.walk()
  expect(await feed()).toMatchObject({ last: { kind: 'fetched' } })
})
