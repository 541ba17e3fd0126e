import { expect, it } from 'vitest'
import type { Cache } from '../../src/flow/ports.ts'
import { overQuota, type Quota } from '../../src/flow/quota.ts'

const HOUR = 3_600_000
const T0 = Date.UTC(2026, 10, 3, 9)
const TWO_IN_TEN: Quota = { name: 'person', max: 2, windowMs: 10_000 }

function asking() {
  const kept = new Map<string, unknown>()
  const cache: Cache = {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  }
  const world = { cache, now: () => state.now }
  const state = { now: T0, ask: () => overQuota([[TWO_IN_TEN, 'mara']], world) }
  return state
}

it('refuses what is over its measure until the oldest is a window old', async () => {
  const state = asking()
  expect(await state.ask()).toBeUndefined()
  state.now += 1_000
  expect(await state.ask()).toBeUndefined()
  expect(await state.ask()).toBe(T0 + 10_000)
  state.now = T0 + 10_000
  expect(await state.ask()).toBeUndefined()
})

it('refuses nobody for as long as the clock was put back', async () => {
  const state = asking()
  await state.ask()
  await state.ask()
  state.now -= 13 * HOUR
  expect(await state.ask()).toBeUndefined()
})
