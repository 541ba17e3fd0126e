import { expect, it } from 'vitest'
import type { Delivery, Feed } from '../../../src/core/model.ts'
import { operatorStatus, type StatusWorld } from '../../../src/edge/preview/operator-status.ts'

const NOW = 1_000_000
const feed = (more: Partial<Feed>) =>
  ({
    title: 'Harbour Post',
    url: 'https://harbour.example/feed?key=secret',
    failures: 0,
    nextPollAt: NOW + 5_000,
    ...more,
  }) as Feed
const poll = (more: Partial<NonNullable<Feed['last']>>) =>
  ({ kind: 'fetched', at: NOW - 1_000, tookMs: 80, ...more }) as const

function world(feeds: readonly Feed[], rows: readonly object[] = []): StatusWorld {
  const deliveries = { queued: 2, sending: 1, sent: 5, unsure: 1, held: 0, dead: 1, deleted: 0, folded: 0 }
  return {
    store: {
      allFeeds: async () => feeds,
      status: async () => ({ deliveries, itemsWaiting: 3, storiesToday: 7, feedToCardP95Ms: 412 }),
      deliveries: async () => rows,
      troubled: async () => rows.slice(-1),
    } as unknown as StatusWorld['store'],
    now: () => NOW,
    loops: { gather: { lastAt: NOW - 10, lastTookMs: 5 } },
  }
}

it.each([
  ['unchanged', feed({ last: poll({ kind: 'unchanged' }) }), '304 unchanged', 'good'],
  ['fetched', feed({ last: poll({ status: 200, newItems: 2 }) }), '200 ok · 2 new', 'good'],
  ['nothing new', feed({ last: poll({ status: 200 }) }), '200 ok', 'good'],
  [
    'failing by status',
    feed({ failures: 1, last: poll({ kind: 'failed', status: 503, detail: 'status' }) }),
    '503',
    'bad',
  ],
  [
    'failing without an answer',
    feed({ failures: 2, last: poll({ kind: 'failed', detail: 'timeout' }) }),
    'timeout',
    'bad',
  ],
  ['gone', feed({ failures: 1, last: poll({ kind: 'gone', status: 410 }) }), '410 gone', 'bad'],
  ['never asked', feed({}), 'not asked yet', 'waiting'],
])('says how a feed is that is %s', async (_, one, ...[said, mood]) => {
  const [row] = (await operatorStatus(world([one]))).feedRows
  expect(row).toMatchObject({ name: 'Harbour Post', said, mood })
  expect(row?.nextAt).toBe(one.nextPollAt)
  expect(row?.cure === undefined).toBe(one.failures === 0)
})

it('says of each what it writes a day, and of one that is gone no next time', async () => {
  const busy = feed({ last: poll({}), lastSuccessAt: 5, itemsAWeek: 21 })
  const gone = feed({ failures: 1, lastSuccessAt: 5, last: poll({ kind: 'gone' }), nextPollAt: 8_640_000_000_000_000 })
  const { feedRows } = await operatorStatus(world([busy, gone]))
  expect(feedRows.map(({ perDay, nextAt }) => [perDay, nextAt])).toEqual([
    [undefined, undefined],
    ['3', NOW + 5_000],
  ])
})

it('blames our own network once, and not each feed', async () => {
  const lost = feed({ failures: 1, last: poll({ kind: 'failed', detail: 'unknown host' }) })
  const status = await operatorStatus(world([lost, lost, lost]))
  expect(status.network).toMatch(/^3 of 3 feeds cannot be reached/)
  expect(status.feedRows.every(({ cure }) => cure === undefined)).toBe(true)
  expect('network' in (await operatorStatus(world([lost])))).toBe(false)
})

it('marks one that answers and brings nothing', async () => {
  const DAY_MS = 86_400_000
  const silent = feed({
    last: poll({ status: 200 }),
    cadence: { newestAt: NOW - 9 * DAY_MS, pauseMs: 1 },
    silent: { sinceAt: 1 },
  })
  const [row] = (await operatorStatus(world([silent]))).feedRows
  expect(row).toMatchObject({ mood: 'silent', said: '200 ok · silent', sinceAt: NOW - 9 * DAY_MS })
  expect(row?.cure).toContain('9 days')
})

it('never shows an address, which may hold a secret', async () => {
  const status = await operatorStatus(world([feed({ title: '', outlet: '' } as Partial<Feed>)]))
  expect(JSON.stringify(status)).not.toContain('secret')
  expect(status.feedRows[0]?.name).toBe('harbour.example')
})

it('counts what waits before each loop, and what is up', async () => {
  const due = feed({ nextPollAt: NOW, last: poll({}) })
  const status = await operatorStatus(world([due, feed({ failures: 1, last: poll({}) }), feed({})]))
  expect(status.loops).toEqual([
    { name: 'gather', waiting: 1, lastAt: NOW - 10, lastTookMs: 5 },
    { name: 'read', waiting: 3 },
    { name: 'deliver', waiting: 4 },
  ])
  expect(status).toMatchObject({ feeds: 3, feedsUp: 1, storiesToday: 7, posted: 5, feedToCardP95Ms: 412 })
})

it('lists first what broke lately, and last what was never asked', async () => {
  const feeds = [
    feed({ title: 'Never asked' }),
    feed({ title: 'Never worked', failures: 3, last: poll({ kind: 'failed' }) }),
    feed({ title: 'Works too', lastSuccessAt: 5, last: poll({}) }),
    feed({ title: 'Works', lastSuccessAt: 5, last: poll({}) }),
    feed({ title: 'Broke lately', lastSuccessAt: 5, failures: 1, last: poll({ kind: 'failed' }) }),
  ]
  const { feedRows } = await operatorStatus(world(feeds))
  expect(feedRows.map(({ name }) => name)).toEqual([
    'Broke lately',
    'Works',
    'Works too',
    'Never worked',
    'Never asked',
  ])
})

it('tells of deliveries how long they took, or why not, what can be tried again first', async () => {
  const sent = { id: 'a', state: 'sent', createdAt: 1_000, sentAt: 1_388 } as Delivery
  const dead = { id: 'b', state: 'dead', createdAt: 1_000, reason: '50035' } as Delivery
  const rows = [sent, dead].map((delivery) => ({ delivery, title: 'Harbour' }))
  expect((await operatorStatus(world([], rows))).deliveries).toEqual([
    { id: 'b', title: 'Harbour', state: 'dead', reason: '50035' },
    { id: 'a', title: 'Harbour', state: 'sent', tookMs: 388 },
  ])
})
