import { createServer, request } from 'node:http'
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

const metrics = async () => 'pullquote_queue 1\n'

it('tells health and readiness apart, and nothing else', async () => {
  const port = await freePort()
  let dead: string | undefined
  const page = await openStatusPage(port, { health: () => undefined, ready: () => dead, metrics })
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
  expect(await ask('/metrics')).toEqual([200, 'pullquote_queue 1\n'])
  expect(await byName(port, 'pages.example')).toBe(403)
  await page.close()
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
})

function byName(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path: '/metrics', headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asking.once('error', reject).end()
  })
}

it('listens nowhere without a port', async () => {
  const page = await openStatusPage(undefined, { health: () => undefined, ready: () => undefined, metrics })
  await page.close()
})
