import { expect, it } from 'vitest'
import { createRefusals } from '../../../src/edge/discord/refusals.ts'

const MINUTE = 60_000

it('holds everything back from a thousand refusals in ten minutes on, until the first of them is ten minutes old', () => {
  let now = 5_000
  const refusals = createRefusals(() => now)
  for (let n = 0; n < 999; n++) refusals.count([401, 403, 429][n % 3] ?? 0)
  for (let n = 0; n < 5_000; n++) refusals.count([200, 404, 500][n % 3] ?? 0)
  expect(refusals.waitMs()).toBe(0)
  now += 4 * MINUTE
  refusals.count(429)
  expect(refusals.waitMs()).toBe(6 * MINUTE)
  now += 6 * MINUTE - 1
  expect(refusals.waitMs()).toBe(1)
  now += 1
  expect(refusals.waitMs()).toBe(0)
})

it('never holds back where they are spread over more than ten minutes', () => {
  let now = 0
  const refusals = createRefusals(() => now)
  for (let n = 0; n < 5_000; n++) {
    now += (10 * MINUTE) / 900
    refusals.count(429)
    expect(refusals.waitMs()).toBe(0)
  }
})

it('does not count what Discord does not: a limit that others used up', () => {
  const refusals = createRefusals(() => 5_000)
  for (let n = 0; n < 5_000; n++) refusals.count(429, 'shared')
  expect(refusals.waitMs()).toBe(0)
  for (let n = 0; n < 500; n++) {
    refusals.count(429, 'user')
    refusals.count(429, 'global')
  }
  expect(refusals.waitMs()).toBeGreaterThan(0)
})
