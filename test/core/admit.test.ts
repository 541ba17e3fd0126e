import { expect, it } from 'vitest'
import { admit } from '../../src/core/admit.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const MIN = 60_000
const HOUR = 60 * MIN
const known = { firstPoll: false, now: NOW, intervalMs: 5 * MIN, lastSuccessAt: NOW - 5 * MIN }

/** Newest first, a minute apart. */
const times = (count: number) => Array.from({ length: count }, (_, n) => NOW - n * MIN)
const kinds = (admissions: ReturnType<typeof admit>) =>
  admissions.map((one) => (one.kind === 'fold' ? one.reason : one.kind))
const first = (...[count, kind, rest, total]: readonly [number, string, string, number]) =>
  Array.from({ length: total }, (_, n) => (n < count ? kind : rest))

it('reads aloud what is new', () => {
  expect(kinds(admit(times(3), known))).toEqual(['alert', 'alert', 'alert'])
  expect(admit([], known)).toEqual([])
})

it('alerts nothing on a first poll, and reads the newest five silently', () => {
  expect(kinds(admit(times(60), { ...known, firstPoll: true }))).toEqual(first(5, 'silent', 'skip', 60))
})

it('takes fifty new items for news, and more for a feed rewritten', () => {
  expect(kinds(admit(times(50), known))).toEqual(first(50, 'alert', '', 50))
  expect(kinds(admit(times(51), known))).toEqual(first(5, 'alert', 'flood', 51))
})

it.each([
  ['just in time', 2 * HOUR, 5 * MIN, 'alert'],
  ['after a downtime', 2 * HOUR + 1, 5 * MIN, 'downtime'],
  ['of a feed that is asked once a day', 25 * HOUR, 24 * HOUR, 'alert'],
  ['of such a feed after a downtime', 49 * HOUR, 24 * HOUR, 'downtime'],
])('lists what is beyond five: %s', (...[, agoMs, intervalMs, rest]) => {
  expect(kinds(admit(times(7), { ...known, lastSuccessAt: NOW - agoMs, intervalMs }))).toEqual(
    first(5, 'alert', rest, 7),
  )
  expect(kinds(admit(times(5), { ...known, lastSuccessAt: NOW - agoMs, intervalMs }))).toEqual(first(5, 'alert', '', 5))
})

it('goes by the dates, whatever the order of the feed', () => {
  const oldestFirst = times(60).reverse()
  expect(kinds(admit(oldestFirst, { ...known, firstPoll: true }))).toEqual(first(55, 'skip', 'silent', 60))
})

it('goes by the order of the feed where a date is missing', () => {
  const dates = [undefined, ...times(59).reverse()]
  expect(kinds(admit(dates, { ...known, firstPoll: true }))).toEqual(first(5, 'silent', 'skip', 60))
})
