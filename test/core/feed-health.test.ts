import { describe, expect, it, test } from 'vitest'
import type { FeedRefusal } from '../../src/core/feed.ts'
import {
  byTrouble,
  type FeedHealth,
  feedHealth,
  itemsADayOf,
  networkFault,
  nextPollOf,
} from '../../src/core/feed-health.ts'
import type { Feed } from '../../src/core/model.ts'
import { en } from '../../src/core/say/en.ts'
import { NEVER_AT } from '../../src/core/schedule.ts'
import type { ReaderLoss, WebFailure, WebRefusal } from '../../src/flow/ports.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const feed = (more: Partial<Feed> = {}): Feed =>
  ({ id: 'mole', title: 'The mole', outlet: 'The mole', failures: 0, nextPollAt: NOW + MINUTE, ...more }) as Feed
const last = (more: Partial<NonNullable<Feed['last']>>) =>
  ({ kind: 'fetched', at: NOW - 5, tookMs: 80, ...more }) as const
const failing = (more: Partial<NonNullable<Feed['last']>>, sinceMs = MINUTE): Partial<Feed> => ({
  failures: 2,
  failingSince: NOW - sinceMs,
  lastSuccessAt: 5,
  last: last({ kind: 'failed', ...more }),
})
const quiet = { cadence: { newestAt: NOW - 12 * DAY, pauseMs: DAY }, silent: { sinceAt: NOW - DAY } }

describe('how a feed does', () => {
  const rows: readonly [string, Partial<Feed>, Partial<FeedHealth>][] = [
    ['not asked yet', {}, { mood: 'waiting', outcome: 'not asked yet', nextAt: NOW + MINUTE }],
    ['unchanged', { last: last({ kind: 'unchanged', status: 304 }) }, { mood: 'well', outcome: '304 unchanged' }],
    ['fetched', { last: last({ status: 200 }) }, { mood: 'well', outcome: '200 ok', lastAt: NOW - 5, tookMs: 80 }],
    ['with news', { last: last({ status: 200, newItems: 2 }) }, { outcome: '200 ok · 2 new' }],
    ['writing daily', { last: last({}), itemsAWeek: 17.5 }, { itemsADay: 2.5 }],
    [
      'answered with an error',
      failing({ status: 503, detail: 'status' }),
      { mood: 'failing', outcome: '503', sinceAt: NOW - MINUTE },
    ],
    ['out of reach', failing({ detail: 'timeout' }), { mood: 'failing', outcome: 'timeout' }],
    ['damaged behind a 200', failing({ status: 200, detail: 'broken' }), { outcome: '200 broken' }],
    ['silent', { last: last({ status: 200 }), itemsAWeek: 3, ...quiet }, { mood: 'silent', sinceAt: NOW - 12 * DAY }],
    [
      'gone',
      { ...failing({ kind: 'gone', status: 410 }), nextPollAt: NEVER_AT },
      { mood: 'gone', outcome: '410 gone' },
    ],
    ['gone, to be asked once more', failing({ kind: 'gone', status: 410 }), { mood: 'failing', nextAt: NOW + MINUTE }],
  ]
  it.each(rows)('that is %s', (_, more, expected) => {
    expect(feedHealth(feed(more), NOW)).toMatchObject(expected)
  })

  it('that is gone has no next poll, and one that is silent no daily number', () => {
    const gone = feed({ ...failing({ kind: 'gone', status: 410 }), nextPollAt: NEVER_AT })
    expect(feedHealth(gone, NOW)).not.toHaveProperty('nextAt')
    expect(feedHealth(feed({ last: last({}), itemsAWeek: 3, ...quiet }), NOW)).not.toHaveProperty('itemsADay')
  })
})

describe('the cure', () => {
  const rows: readonly [string, Partial<Feed>, RegExp | undefined][] = [
    ['a feed that does well', { last: last({}) }, undefined],
    ['a feed not asked yet', {}, undefined],
    ['a 404 today', failing({ status: 404, detail: 'status' }), /not there now/],
    ['a 404 of a week', failing({ status: 404, detail: 'status' }, 8 * DAY), /new address on the site, or remove it/],
    ['a 403', failing({ status: 403, detail: 'status' }), /web\.contact/],
    ['a 429', failing({ status: 429, detail: 'status' }), /everyMinutes/],
    ['a 500 today', failing({ status: 500, detail: 'status' }), /mostly passes/],
    ['a 500 of a week', failing({ status: 500, detail: 'status' }, 8 * DAY), /or remove it/],
    ['a status that nobody knows', failing({ status: 418, detail: 'status' }), /in a browser/],
    ['a web page behind a 200', failing({ status: 200, detail: 'html page' }), /no feed/],
    ['a private address', failing({ detail: 'refused: private' }), /ALLOW_PRIVATE_ADDRESSES/],
    ['a challenge', failing({ status: 403, detail: 'challenge' }), /proof of a human/],
    ['a feed that is gone', { ...failing({ kind: 'gone', status: 410 }), nextPollAt: NEVER_AT }, /gone for good/],
    ['a silent feed', { last: last({}), ...quiet }, /nothing for 12 days/],
    ['gaps of late', { last: last({}), gaps: { count: 3, lastAt: NOW - DAY } }, /3 times\. A shorter interval/],
    ['gaps of long ago', { last: last({}), gaps: { count: 3, lastAt: NOW - 8 * DAY } }, undefined],
  ]
  it.each(rows)('of %s', (_, more, says) => {
    const { cure } = feedHealth(feed(more), NOW)
    if (says) expect(cure).toMatch(says)
    else expect(cure).toBeUndefined()
  })

  // A reason that is added to one of the unions is a type error here until it has a line.
  type Reason = `refused: ${WebRefusal}` | Exclude<WebFailure, 'status'> | FeedRefusal | ReaderLoss['reason']
  const ALL: Readonly<Record<Reason, true>> = {
    'refused: not an address': true,
    'refused: scheme': true,
    'refused: credentials': true,
    'refused: port': true,
    'refused: too long': true,
    'refused: name': true,
    'refused: private': true,
    'refused: too many redirects': true,
    'refused: robots': true,
    'unknown host': true,
    unreachable: true,
    timeout: true,
    'too large': true,
    'broken encoding': true,
    challenge: true,
    protocol: true,
    stopped: true,
    held: true,
    empty: true,
    'html page': true,
    'challenge page': true,
    'not a feed': true,
    broken: true,
    'too deep': true,
    'too slow': true,
    crashed: true,
  }
  const UNKNOWN = en.health.cure('no reason of ours', 8 * DAY)
  test.each(Object.keys(ALL))('"%s" has one of its own, short enough for a list', (reason) => {
    for (const lastsMs of [0, 8 * DAY]) expect(en.health.cure(reason, lastsMs).length).toBeLessThanOrEqual(110)
    const isOwn = [0, 8 * DAY].some((ms) => en.health.cure(reason, ms) !== en.health.cure('no reason of ours', ms))
    expect(isOwn || reason === 'stopped').toBe(true)
    expect(UNKNOWN).toMatch(/browser/)
  })
})

describe('our own network', () => {
  const lost = feed(failing({ detail: 'unknown host' }))
  const well = feed({ last: last({}) })
  const refused = feed(failing({ status: 503, detail: 'status' }))
  it.each([
    ['most out of reach', [lost, lost, lost, well], /^3 of 4 feeds cannot be reached/],
    ['half of them', [lost, lost, lost, well, well, well], undefined],
    ['too few to tell', [lost, lost], undefined],
    ['errors that servers sent', [refused, refused, refused, refused], undefined],
    ['those not asked yet do not count', [lost, lost, lost, feed(), feed(), feed(), feed()], /^3 of 3/],
  ])('is at fault or not: %s', (_, feeds, says) => {
    if (says) expect(networkFault(feeds)).toMatch(says)
    else expect(networkFault(feeds)).toBeUndefined()
  })
})

test('all feeds together: what they write a day, and when the first of them is asked', () => {
  const feeds = [
    feed({ itemsAWeek: 7 }),
    feed({ itemsAWeek: 14, nextPollAt: NOW + 5 }),
    feed({ nextPollAt: NEVER_AT }),
    feed({ itemsAWeek: 70, ...quiet }),
  ]
  expect(itemsADayOf(feeds)).toBe(3)
  expect(itemsADayOf([feed()])).toBeUndefined()
  expect(nextPollOf(feeds)).toBe(NOW + 5)
  expect(nextPollOf([feed({ nextPollAt: NEVER_AT })])).toBeUndefined()
})

test('what broke lately comes first, and what was never asked last', () => {
  const rows = {
    'never asked': feed(),
    'never worked': feed({ failures: 3, last: last({ kind: 'failed' }) }),
    well: feed({ lastSuccessAt: 5, last: last({}) }),
    silent: feed({ lastSuccessAt: 5, last: last({}), ...quiet }),
    broke: feed(failing({ detail: 'timeout' })),
  }
  const sorted = Object.entries(rows).toSorted(([, a], [, b]) => byTrouble(a, b))
  expect(sorted.map(([name]) => name)).toEqual(['broke', 'silent', 'well', 'never worked', 'never asked'])
})

test.each([
  [0, '0'],
  [0.01, '<0.1'],
  [0.4285, '0.4'],
  [1, '1'],
  [2.5, '2.5'],
  [9.96, '10'],
  [14.4, '14'],
  [1_234.5, '1,235'],
])('%s items a day are "%s"', (count, words) => expect(en.health.perDay(count)).toBe(words))

test.each([
  [-12_000, '12 s'],
  [5 * MINUTE, '5 min'],
  [3 * 60 * MINUTE, '3 h'],
  [30 * 60 * MINUTE, '30 h'],
  [12 * DAY, '12 d'],
])('%s ms are "%s"', (ms, words) => expect(en.health.span(ms)).toBe(words))
