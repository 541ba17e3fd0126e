import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseDate, saneDate } from '../../src/core/dates.ts'

const iso = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z')

test.each([
  ['Tue, 02 Jan 2024 03:04:05 GMT', '2024-01-02T03:04:05Z'],
  ['Tue, 02 Jan 2024 03:04 GMT', '2024-01-02T03:04:00Z'],
  ['Tuesday, 2 January 2024 03:04:05 +0000', '2024-01-02T03:04:05Z'],
  ['Tue, 2 Jan, 2024 03:04:05 +0100', '2024-01-02T02:04:05Z'],
  ['02 Jan 24 03:04:05 EST', '2024-01-02T08:04:05Z'],
  ['Fri, 3 Sep 99 12:00 UT', '1999-09-03T12:00:00Z'],
  ['Tue, 02 Jul 2024 05:04:05 CEST', '2024-07-02T03:04:05Z'],
  ['Tue, 02 Jul 2024 05:04:05 GMT+0200', '2024-07-02T03:04:05Z'],
  ['Tue, 02 Jul 2024 05:04:05 +0530 (IST)', '2024-07-01T23:34:05Z'],
  ['Mon, 05 Oct 2026 10:00:00 XYZ', '2026-10-05T10:00:00Z'],
  ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00Z'],
  ['Jan 2, 2024 3:04:05 PM', '2024-01-02T15:04:05Z'],
  ['January 2, 2024, 12:30 a.m. PST', '2024-01-02T08:30:00Z'],
  ['Thu Jan  1 19:48:21 2004', '2004-01-01T19:48:21Z'],
  ['Thu Jan 1 19:48:21 EST 2004', '2004-01-02T00:48:21Z'],
  ['05-Oct-2026', '2026-10-05T00:00:00Z'],
  ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z'],
  ['2024-01-02T03:04:05.678+01:00', '2024-01-02T02:04:05.678Z'],
  ['2024-01-02T03:04:05.123456789Z', '2024-01-02T03:04:05.123Z'],
  ['2024-01-02 03:04:05', '2024-01-02T03:04:05Z'],
  ['2024-01-02T03:04-0500', '2024-01-02T08:04:00Z'],
  ['2024-01-02T24:00:00Z', '2024-01-03T00:00:00Z'],
  ['20240102T030405Z', '2024-01-02T03:04:05Z'],
  ['2024/01/02 03:04', '2024-01-02T03:04:00Z'],
  ['2024-01', '2024-01-01T00:00:00Z'],
  ['2024', '2024-01-01T00:00:00Z'],
  ['1791194400', '2026-10-05T10:00:00Z'],
  ['1791194400000', '2026-10-05T10:00:00Z'],
  ['2026年10月5日', '2026-10-05T00:00:00Z'],
  ['2026년 10월 5일 09:30', '2026-10-05T09:30:00Z'],
  ['5.10.2026 08:00', '2026-10-05T08:00:00Z'],
  ['31/12/2026', '2026-12-31T00:00:00Z'],
  ['12/31/2026 5:00 PM', '2026-12-31T17:00:00Z'],
  ['lun., 5 févr. 2024 10:00:00 +0100', '2024-02-05T09:00:00Z'],
  ['5 de octubre de 2026', '2026-10-05T00:00:00Z'],
  ['Mo, 04 März 2024 10:00:00 MEZ', '2024-03-04T09:00:00Z'],
  ['5 октября 2026, 10:00 MSK', '2026-10-05T07:00:00Z'],
  ['mar., 02 janv. 2024 03:04:05 +0100', '2024-01-02T02:04:05Z'],
  ['mar. 05 mars 2024 03:04:05 +0100', '2024-03-05T02:04:05Z'],
  ['Tue, 05 Mar 2024 03:04:05 GMT', '2024-03-05T03:04:05Z'],
  ['March 5th, 2024', '2024-03-05T00:00:00Z'],
  ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00Z'],
  ['2004-05-25 오후 11:23:17', '2004-05-25T23:23:17Z'],
  ['2026年10月5日 午前9:05', '2026-10-05T09:05:00Z'],
  ['02.01.24 10:00', '2024-01-02T10:00:00Z'],
  ['Tue, 02 Jan 2024 3:4:5 GMT', '2024-01-02T03:04:05Z'],
  ['10:30, 5 October 2026', '2026-10-05T10:30:00Z'],
  ['12 października 2026', '2026-10-12T00:00:00Z'],
])('"%s" is %s', (text, at) => {
  expect(iso(parseDate(text))).toBe(at)
})

test.each([
  '',
  'yesterday',
  'NaN',
  '1e400',
  '99999-01-01T00:00:00Z',
  'Fri, 31 Dec 99999 23:59:59 GMT',
  '0000-00-00',
  '2026-02-30T00:00:00Z',
  '2026-10-05T25:61:61Z',
  '2026-13-01',
  '2026-10-05T10:00:75Z',
  'Thu, 32 Jan 2026 10:00:00 GMT',
  '05/10/2026',
  'Infinity',
  'Jan',
  '1 1 1 '.repeat(30_000),
  `Tue, 02 Jan 2024 ${' '.repeat(100_000)}x`,
])('%j is no date', (text) => {
  expect(parseDate(text.slice(0, 200_000))).toBeUndefined()
})

test.each([
  ['1969-12-31T23:59:59Z', undefined],
  ['Thu, 01 Jan 1970 00:00:00 GMT', undefined],
  ['2999-01-01', undefined],
  ['2026-10-06T09:00:00Z', '2026-10-06T09:00:00Z'],
  ['2026-10-06T11:00:00Z', undefined],
])('%s is sane only within its bounds', (text, at) => {
  expect(iso(saneDate(parseDate(text), Date.UTC(2026, 9, 5, 10)))).toBe(at)
})

type Attack = { id: string; kind: string; value?: string }
const manifest = new URL('../../../shared/attacks/manifest.json', import.meta.url)
test.skipIf(!existsSync(manifest))('no hostile date gives anything but a sane instant or nothing', () => {
  const { cases }: { cases: Attack[] } = JSON.parse(readFileSync(manifest, 'utf8'))
  const now = Date.UTC(2026, 10, 25)
  for (const { id, value } of cases.filter((one) => one.kind === 'date' && one.value !== undefined)) {
    const at = saneDate(parseDate(value ?? ''), now)
    expect(at === undefined || (at >= Date.UTC(1990, 0) && at <= now + 86_400_000), id).toBe(true)
  }
})
