import { afterEach, expect, it, vi } from 'vitest'
import { createTicks } from '../../../src/edge/clock/ticks.ts'
import type { LogFacts } from '../../../src/flow/ports.ts'

const errors: (LogFacts | undefined)[] = []
const quiet = () => {}
const log = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (_event: string, facts?: LogFacts) => void errors.push(facts),
}

afterEach(() => void vi.unstubAllGlobals())

it('ticks by the second, says what goes wrong, and ends when what is under way has ended', async () => {
  const ticks = createTicks(log)
  let isUnderWay = false
  let hasEnded = false
  let finish = () => {}
  ticks.every('long', '* * * * * *', async () => {
    isUnderWay = true
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    hasEnded = true
  })
  ticks.every('broken', '* * * * * *', async () => {
    throw new Error('a tick that breaks')
  })
  await expect.poll(() => isUnderWay && errors.length > 0, { timeout: 30_000 }).toBe(true)
  let isStopped = false
  const stopping = ticks.stop().then(() => {
    isStopped = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(isStopped).toBe(false)
  finish()
  await stopping
  expect(hasEnded).toBe(true)
  expect(errors[0]).toMatchObject({ name: 'broken', error: expect.stringContaining('a tick that breaks') })
})

it('ticks on when the clock is put back by an hour', async () => {
  let aheadMs = 0
  vi.stubGlobal(
    'Date',
    datesAhead(() => aheadMs),
  )
  const ticks = createTicks(log)
  let count = 0
  ticks.every('count', '* * * * * *', async () => {
    count += 1
  })
  await vi.waitFor(() => expect(count).toBeGreaterThan(0), { timeout: 30_000 })
  aheadMs = -3_600_000
  const before = count
  // The tick that was under way may still come.
  await vi.waitFor(() => expect(count).toBeGreaterThan(before + 1), { timeout: 30_000 })
  await ticks.stop()
}, 90_000)

/** The clock of a machine that is so far ahead. */
function datesAhead(aheadMs: () => number): DateConstructor {
  const { now } = Date
  return new Proxy(Date, {
    get: (target, name) => (name === 'now' ? () => now() + aheadMs() : Reflect.get(target, name)),
    construct: (target, given, made) =>
      Reflect.construct(target, given.length === 0 ? [now() + aheadMs()] : given, made) as object,
  })
}
