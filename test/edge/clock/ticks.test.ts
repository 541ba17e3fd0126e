import { expect, it } from 'vitest'
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
