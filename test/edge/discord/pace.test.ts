import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { REST } from '@discordjs/rest'
import { expect, it } from 'vitest'
import { leaving } from '../../../src/edge/discord/leaving.ts'
import { createPace, createPaces, type Leave } from '../../../src/edge/discord/pace.ts'

const never = new AbortController().signal
const SECOND_MS = 1_000
/** Timers count whole milliseconds. */
const ROUNDING_MS = 2

it('counts what was let go and did not leave yet as if it left this moment', async () => {
  const pace = createPace(3, 0)
  const heap = [await pace(never), await pace(never), await pace(never)]
  let isGone = false
  const fourth = pace(never).then(() => {
    isGone = true
  })
  // By the even pace alone it would have gone by now.
  await sleep(SECOND_MS / 2)
  expect(isGone).toBe(false)
  const leftAt = performance.now()
  for (const { left } of heap) left()
  await fourth
  expect(performance.now() - leftAt).toBeGreaterThanOrEqual(SECOND_MS - ROUNDING_MS)
}, 60_000)

it('counts what people wait for with the rest, lets it go first, and holds it back only where the second is full', async () => {
  const { delivery, urgent } = createPaces(3, 0)
  const heap: Leave[] = []
  for (let n = 0; n < 49; n++) heap.push(await urgent(never))
  let gone = 0
  const waiting = [delivery(never), urgent(never)].map(async (one) => {
    await one
    gone += 1
  })
  await sleep(SECOND_MS / 2)
  expect(gone).toBe(0)
  for (const { left } of heap) left()
  await Promise.all(waiting)
}, 60_000)

it('lets one go in the place of one that left a second ago', async () => {
  const pace = createPace(3, 0)
  for (let n = 0; n < 7; n++) {
    const { left } = await pace(never)
    left()
    left()
  }
}, 60_000)

it('tells when a request leaves, before there is an answer', async () => {
  let leave: () => void = () => undefined
  const hasLeft = new Promise<void>((resolve) => {
    leave = resolve
  })
  // Answers only once it was told.
  const server = createServer((_, response) => void hasLeft.then(() => response.end('{}')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  try {
    await leaving(() => new REST({ api }).setToken('t').get('/gateway'), leave)
    await hasLeft
  } finally {
    server.closeAllConnections()
    server.close()
  }
}, 60_000)

it('tells that a request is over which never left', async () => {
  let count = 0
  const asked = leaving(
    () => Promise.reject(new Error('refused here')),
    () => {
      count += 1
    },
  )
  await expect(asked).rejects.toThrow('refused here')
  expect(count).toBe(1)
})
