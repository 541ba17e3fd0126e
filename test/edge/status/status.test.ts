import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { openStatusPage } from '../../../src/edge/status/status.ts'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('tells health and readiness apart, and nothing else', async () => {
  const port = await freePort()
  let dead: string | undefined
  const page = await openStatusPage(port, { health: () => undefined, ready: () => dead })
  const ask = async (path: string): Promise<readonly [number, string]> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`)
    return [answer.status, await answer.text()]
  }
  expect(await ask('/health')).toEqual([200, 'ok\n'])
  expect(await ask('/ready')).toEqual([200, 'ok\n'])
  dead = 'Discord does not accept the token'
  expect(await ask('/ready')).toEqual([503, 'Discord does not accept the token\n'])
  expect(await ask('/health')).toEqual([200, 'ok\n'])
  expect((await ask('/'))[0]).toBe(404)
  await page.close()
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
})

it('listens nowhere without a port', async () => {
  const page = await openStatusPage(undefined, { health: () => undefined, ready: () => undefined })
  await page.close()
})
