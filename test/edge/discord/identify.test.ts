import { describe, expect, it } from 'vitest'
import { createIdentifyThrottler, identifyWaitMs } from '../../../src/edge/discord/identify.ts'

const NOW = Date.UTC(2026, 10, 25)
const MINUTE = 60_000
const ago = (...times: readonly number[]) => times.map((ms) => NOW - ms)

describe('the wait before an identify', () => {
  it.each([
    ['is none at the first', [], 0],
    ['is none long after the last', ago(2 * 60 * MINUTE), 0],
    ['keeps Discord’s five seconds', ago(2_000), 3_000],
    ['grows with how many there were in the hour', ago(30 * MINUTE, 20 * MINUTE, 10 * MINUTE, 1_000), 19_000],
    ['does not heed a clock that was ahead', [NOW + MINUTE], 0],
  ])('%s', (_what, past, wait) => {
    expect(identifyWaitMs(past, NOW)).toBe(wait)
  })

  it('keeps a crash loop below a tenth of Discord’s thousand a day', () => {
    let now = NOW
    const past: number[] = []
    for (; now < NOW + 24 * 60 * MINUTE; ) {
      now += identifyWaitMs(past, now) + 500
      past.push(now)
    }
    expect(past.length).toBeLessThan(200)
  })
})

it('is counted on disk, so that a restart does not forget', async () => {
  const facts = new Map<string, string>()
  const store = {
    recall: async (name: string) => facts.get(name),
    remember: async (name: string, value: string) => void facts.set(name, value),
  }
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const throttler = createIdentifyThrottler({ store, now: () => NOW, log })
  await throttler.waitForIdentify(0, new AbortController().signal)
  expect([...facts.values()]).toEqual([JSON.stringify([NOW])])
  const ended = new AbortController()
  ended.abort()
  await expect(
    createIdentifyThrottler({ store, now: () => NOW, log }).waitForIdentify(0, ended.signal),
  ).rejects.toThrow()
})
