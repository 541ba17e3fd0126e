import { expect, it } from 'vitest'
import { createHolds } from '../../../src/edge/web/holds.ts'
import type { Cache } from '../../../src/flow/ports.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A machine, its clock, and a cache that forgets nothing. */
function machine() {
  const kept = new Map<string, unknown>()
  const cache: Cache = {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  }
  const state = { elapsed: 1_000, aheadMs: Date.UTC(2026, 9, 5) }
  const start = async () => {
    const holds = createHolds({ now: () => state.elapsed + state.aheadMs, elapsed: () => state.elapsed, cache })
    await holds.ready()
    return holds
  }
  return { state, start }
}

it.each([13 * HOUR, -13 * HOUR])(
  'holds a host for as long as it asked, though the clock jumps by %i ms',
  async (byMs) => {
    const { state, start } = machine()
    const holds = await start()
    await holds.hold('tide.example', 5 * MINUTE)
    state.aheadMs += byMs
    expect(holds.leftMs('tide.example')).toBe(5 * MINUTE)
    expect(holds.leftMs('gull.example')).toBe(0)
    state.elapsed += 5 * MINUTE
    expect(holds.leftMs('tide.example')).toBe(0)
  },
)

it('holds on after a restart, and never for longer than the host asked, though the clock was put back meanwhile', async () => {
  const { state, start } = machine()
  const holds = await start()
  await holds.hold('tide.example', 5 * MINUTE)
  state.elapsed += 2 * MINUTE
  expect((await start()).leftMs('tide.example')).toBe(3 * MINUTE)
  state.aheadMs -= HOUR
  expect((await start()).leftMs('tide.example')).toBe(5 * MINUTE)
})
