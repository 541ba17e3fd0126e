import { expect, it } from 'vitest'
import { createWake } from '../../src/edge/clock/wake.ts'
import { type Loop, runLoop } from '../../src/flow/loop.ts'
import type { LoopName, Wake } from '../../src/flow/ports.ts'

/** Waits that end when the test says so. */
function stageLoop(step: Loop['step']) {
  const waits: { maxMs: number; end: () => void }[] = []
  const errors: unknown[] = []
  const wake: Wake = {
    call: () => {},
    wait: (_name, maxMs, signal) =>
      new Promise((resolve) => {
        waits.push({ maxMs, end: resolve })
        signal.addEventListener('abort', () => resolve(), { once: true })
      }),
  }
  const quiet = () => {}
  const log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (_event: string, facts?: object) => void errors.push(facts),
  }
  const stopping = new AbortController()
  const deadline = new AbortController()
  const ended = runLoop({ name: 'read', step, wake, log }, stopping.signal, deadline.signal)
  return { waits, errors, stopping, deadline, ended }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

it('works on while there is work, and then waits for a call, five seconds at the most', async () => {
  const work = [1, 1, 0, 1, 0]
  let steps = 0
  const loop = stageLoop(async () => {
    steps++
    return work.shift() ?? 0
  })
  await turn()
  expect(steps).toBe(3)
  expect(loop.waits.map(({ maxMs }) => maxMs)).toEqual([5_000])
  loop.waits[0]?.end()
  await turn()
  expect(steps).toBe(5)
  loop.stopping.abort()
  await loop.ended
  expect(steps).toBe(5)
})

it('catches what a step throws, says it once, and goes on a second later', async () => {
  let steps = 0
  const loop = stageLoop(async () => {
    if (++steps === 1) throw new Error('disk is full')
    return 0
  })
  await turn()
  expect(loop.errors).toMatchObject([{ loop: 'read', error: expect.stringContaining('disk is full') }])
  expect(loop.waits.map(({ maxMs }) => maxMs)).toEqual([1_000])
  loop.waits[0]?.end()
  await turn()
  expect(steps).toBe(2)
  loop.stopping.abort()
  await loop.ended
})

it('lets the step under way finish when it is told to stop, and begins no other', async () => {
  let finish = () => {}
  let steps = 0
  const signals: AbortSignal[] = []
  const loop = stageLoop(async (signal) => {
    steps++
    signals.push(signal)
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    return 1
  })
  await turn()
  loop.stopping.abort()
  let isOver = false
  void loop.ended.then(() => {
    isOver = true
  })
  await turn()
  expect(isOver).toBe(false)
  expect(signals[0]?.aborted).toBe(false)
  loop.deadline.abort()
  expect(signals[0]?.aborted).toBe(true)
  finish()
  await loop.ended
  expect(steps).toBe(1)
})

it('is woken by a call, also by one that came before it slept, and by the end', async () => {
  const wake = createWake()
  const never = new AbortController()
  const names: readonly LoopName[] = ['read', 'deliver']
  for (const name of names) {
    wake.call(name)
    await wake.wait(name, 60_000, never.signal)
    const sleepers = [wake.wait(name, 60_000, never.signal), wake.wait(name, 60_000, never.signal)]
    wake.call(name)
    await Promise.all(sleepers)
  }
  const sleeping = wake.wait('read', 60_000, never.signal)
  never.abort()
  await sleeping
  await wake.wait('read', 60_000, never.signal)
})
