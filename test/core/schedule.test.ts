import { describe, expect, it } from 'vitest'
import {
  digestDueAt,
  firstPollAt,
  fraction,
  isZone,
  itemsAWeek,
  nextPollAt,
  quietUntil,
  retryAfterMs,
} from '../../src/core/schedule.ts'

const S = 1_000
const MIN = 60 * S
const HOUR = 60 * MIN
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 10, 24, 12)

describe('a retry', () => {
  it.each([
    [0, S],
    [1, S],
    [2, 5 * S],
    [3, 30 * S],
    [4, 2 * MIN],
    [5, 10 * MIN],
    [6, 30 * MIN],
    [7, HOUR],
    [500, HOUR],
  ])('after %i tries waits its step and at most a tenth more', (attempts, step) => {
    const waits = Array.from({ length: 50 }, (_, n) => retryAfterMs(attempts, `seed ${n}`))
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(step)
      expect(wait).toBeLessThanOrEqual(step * 1.1)
    }
    expect(new Set(waits).size).toBeGreaterThan(10)
    expect(retryAfterMs(attempts, 'a')).toBe(retryAfterMs(attempts, 'a'))
  })
})

it('spreads fractions and first polls evenly, the same way each time', () => {
  const fractions = Array.from({ length: 1_000 }, (_, n) => fraction(`feed-${n}`))
  expect(fractions.every((one) => one >= 0 && one < 1)).toBe(true)
  for (let tenth = 0; tenth < 10; tenth++)
    expect(fractions.filter((one) => Math.floor(one * 10) === tenth).length).toBeGreaterThan(60)
  expect(firstPollAt('feed-1', MIN, NOW)).toBe(firstPollAt('feed-1', MIN, NOW))
  expect(firstPollAt('feed-1', 0, NOW)).toBe(NOW)
})

describe('the next poll', () => {
  const pace = { feedId: 'tide', intervalMs: 5 * MIN, failures: 0 }
  it.each([
    ['comes after the interval', {}, 5 * MIN],
    ['is asked for by ttl', { ttlMs: HOUR }, HOUR],
    ['is asked for by max-age', { maxAgeMs: 20 * MIN }, 20 * MIN],
    ['is asked for by Expires', { expiresAt: NOW + 30 * MIN }, 30 * MIN],
    ['takes the most patient wish', { ttlMs: 10 * MIN, maxAgeMs: 20 * MIN, expiresAt: NOW + 15 * MIN }, 20 * MIN],
    ['is not sooner for a wish in the past', { expiresAt: NOW - DAY, maxAgeMs: 0 }, 5 * MIN],
    ['comes within a day whatever is asked', { ttlMs: 40 * DAY }, DAY],
    ['doubles with each failure', { failures: 1 }, 10 * MIN],
    ['and doubles', { failures: 3 }, 40 * MIN],
    ['but comes within a day', { failures: 400 }, DAY],
    ['obeys Retry-After', { failures: 1, retryAfterMs: 3 * HOUR }, 3 * HOUR],
    ['is not sooner for a short Retry-After', { failures: 1, retryAfterMs: S }, 5 * MIN],
    ['does not fall for a Retry-After of a year', { failures: 1, retryAfterMs: 365 * DAY }, 2 * DAY],
    ['is quick for a feed of many items', { itemsLastWeek: 7 * 24 * 60 }, 5 * MIN],
    ['adapts to half the gap of a feed', { itemsLastWeek: 7 * 24 }, 30 * MIN],
    ['is late by an hour at the most for a quiet feed', { itemsLastWeek: 0 }, HOUR],
    ['keeps an interval over an hour', { itemsLastWeek: 0, intervalMs: 3 * HOUR }, 3 * HOUR],
  ])('%s', (_name, more, expected) => {
    const wait = nextPollAt({ ...pace, ...more }, NOW) - NOW
    expect(wait).toBeGreaterThanOrEqual(expected)
    expect(wait).toBeLessThanOrEqual(Math.max(expected * 1.1, expected === DAY ? DAY : 0))
  })
})

describe('items a week', () => {
  const every = (gap: number, count: number) => Array.from({ length: count }, (_, n) => NOW - n * gap - gap)
  it.each([
    ['none without a date', [undefined, undefined], undefined],
    ['counts the week where the list is longer', every(DAY, 30), 6],
    ['is none where all are old', [NOW - 30 * DAY], 0],
    ['looks beyond a list of thirty that covers a day', every(DAY / 30, 30), 210],
    ['does not make a flood of one minute endless', every(S, 50), 50 * 7 * 24],
    ['passes over dates to come', [NOW + DAY, NOW - DAY, NOW - 8 * DAY], 1],
  ])('%s', (_name, times, expected) => {
    expect(itemsAWeek(times, NOW)).toEqual(expected)
  })
})

const at = (text: string) => Date.parse(text)
const quiet = (startMinute: number, endMinute: number, zone: string) => ({
  quietHours: { startMinute, endMinute, zone },
})

describe('quiet hours', () => {
  it.each([
    ['none are set', {}, '2026-11-24T03:00Z', undefined],
    ['before they begin', quiet(22 * 60, 7 * 60, 'UTC'), '2026-11-24T21:59:59Z', undefined],
    ['as they begin', quiet(22 * 60, 7 * 60, 'UTC'), '2026-11-24T22:00Z', '2026-11-25T07:00Z'],
    ['after midnight', quiet(22 * 60, 7 * 60, 'UTC'), '2026-11-25T06:59:59Z', '2026-11-25T07:00Z'],
    ['as they end', quiet(22 * 60, 7 * 60, 'UTC'), '2026-11-25T07:00Z', undefined],
    ['within one day', quiet(12 * 60, 13 * 60, 'UTC'), '2026-11-25T12:30Z', '2026-11-25T13:00Z'],
    ['of no length', quiet(60, 60, 'UTC'), '2026-11-25T01:00Z', undefined],
    ['in another zone', quiet(22 * 60, 7 * 60, 'Asia/Kolkata'), '2026-11-24T17:00Z', '2026-11-25T01:30Z'],
    ['in a zone that is none, as UTC', quiet(22 * 60, 7 * 60, 'Moon/Base'), '2026-11-24T23:00Z', '2026-11-25T07:00Z'],
    [
      'over the night that is an hour shorter',
      quiet(22 * 60, 7 * 60, 'Europe/Berlin'),
      '2027-03-27T22:00Z',
      '2027-03-28T05:00Z',
    ],
    [
      'over the night that is an hour longer',
      quiet(22 * 60, 7 * 60, 'Europe/Berlin'),
      '2027-10-30T21:00Z',
      '2027-10-31T06:00Z',
    ],
    [
      'that end in the hour that is skipped',
      quiet(22 * 60, 150, 'Europe/Berlin'),
      '2027-03-27T22:00Z',
      '2027-03-28T01:00Z',
    ],
    ['that end in it, a minute before', quiet(22 * 60, 150, 'Europe/Berlin'), '2027-03-28T00:59Z', '2027-03-28T01:00Z'],
    [
      'by half an hour (Lord Howe)',
      quiet(22 * 60, 7 * 60, 'Australia/Lord_Howe'),
      '2026-10-03T14:00Z',
      '2026-10-03T20:00Z',
    ],
  ])('%s', (...[, subscription, now, expected]) => {
    const until = quietUntil(subscription, at(now))
    expect(until === undefined ? undefined : new Date(until).toISOString()).toBe(
      expected === undefined ? undefined : new Date(expected).toISOString(),
    )
  })
})

describe('the next list', () => {
  it.each([
    ['hourly, at the next full hour', { rhythm: 'hourly' }, '2026-11-24T12:34Z', '2026-11-24T13:00Z'],
    ['hourly, as the hour strikes, at the next', { rhythm: 'hourly' }, '2026-11-24T12:00Z', '2026-11-24T13:00Z'],
    ['daily, at eight', { rhythm: 'daily' }, '2026-11-24T07:59Z', '2026-11-24T08:00Z'],
    ['daily, as it strikes eight, tomorrow', { rhythm: 'daily' }, '2026-11-24T08:00Z', '2026-11-25T08:00Z'],
    [
      'daily, in its zone',
      { rhythm: 'daily', ...quiet(0, 0, 'America/New_York') },
      '2026-11-24T12:34Z',
      '2026-11-24T13:00Z',
    ],
    [
      'daily, over a change to summer time',
      { rhythm: 'daily', ...quiet(0, 0, 'Europe/Berlin') },
      '2027-03-27T12:00Z',
      '2027-03-28T06:00Z',
    ],
    [
      'daily, over a change to winter time',
      { rhythm: 'daily', ...quiet(0, 0, 'Europe/Berlin') },
      '2027-10-30T12:00Z',
      '2027-10-31T07:00Z',
    ],
  ] as const)('%s', (...[, subscription, now, expected]) => {
    expect(new Date(digestDueAt(subscription, at(now))).toISOString()).toBe(new Date(expected).toISOString())
  })
})

it('knows a zone of the database from an invention', () => {
  expect(['Europe/Kyiv', 'UTC', 'Moon/Base', ''].map(isZone)).toEqual([true, true, false, false])
})
