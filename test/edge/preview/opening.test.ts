import { request } from 'node:http'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPreview, type PreviewOptions } from '../../../src/edge/preview/preview.ts'
import { channels, NOON, type Opened, opened, TOKEN } from './opened.ts'

let preview: Opened
beforeEach(async () => {
  preview = await opened()
})
afterEach(() => preview.close())

/** fetch sets Host itself; this can lie. */
function statusOf(path: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, preview.url), { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.on('error', reject)
    asked.end(method === 'POST' ? '{"name":"shout"}' : undefined)
  })
}

describe('who may talk to the preview', () => {
  it.each([
    ['its own address', '127.0.0.1:8080', 200],
    ['localhost', 'localhost:9000', 200],
    ['another name that points here', 'evil.example', 403],
    ['a name that begins like ours', 'localhost.evil.example:8080', 403],
    ['an address of the network', '192.168.1.5:8080', 403],
  ])('answers by Host: %s', async (_, host, status) => {
    expect(await statusOf('/api/messages', { host })).toBe(status)
  })

  it.each([
    ['without a token', {}, 403],
    ['with a wrong token', { 'x-pullquote': 'a-token-of-this-start2' }, 403],
    ['with the token and no Origin', { 'x-pullquote': TOKEN }, 200],
    ['with the token from another page', { 'x-pullquote': TOKEN, origin: 'http://evil.example' }, 403],
    ['with the token from another port', { 'x-pullquote': TOKEN, origin: 'http://127.0.0.1:1' }, 403],
    ['with the token from a file', { 'x-pullquote': TOKEN, origin: 'null' }, 403],
  ])('answers a command %s', async (_, headers, status) => {
    const host = new URL(preview.url).host
    expect(await statusOf('/api/commands', { host, ...headers } as Record<string, string>, 'POST')).toBe(status)
  })

  it('takes a command from its own page', async () => {
    const { origin } = new URL(preview.url)
    expect((await preview.post('/api/commands', { name: 'shout' }, { origin })).status).toBe(200)
  })

  it('sends the policy and no guessing of types with every answer', async () => {
    for (const path of ['/', '/api/messages', '/health', '/nowhere']) {
      const { headers } = await preview.get(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('lets its token stand in the page alone', async () => {
    expect(await (await preview.get('/')).text()).toContain(`<meta name="x-pullquote" content="${TOKEN}"`)
  })

  it('refuses a large body', async () => {
    expect((await preview.post('/api/commands', { name: 'x'.repeat(70_000) })).status).toBe(413)
  })
})

describe('opening', () => {
  const closed = async () => {
    throw new Error('not asked here')
  }
  const base: PreviewOptions = {
    database: ':memory:',
    now: () => NOON,
    chance: () => TOKEN,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    channels,
    commands: [],
    world: () => {
      throw new Error('not asked here')
    },
    paintReply: () => ({ kind: 'silent' }),
    status: closed,
  }

  it('refuses a port that was asked for and is taken', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    )
    const message = `Cannot open the preview: port ${port} is taken. Stop what uses it, or choose another with PREVIEW_PORT.`
    expect(await openPreview({ ...base, port })).toEqual({ kind: 'refused', message })
    taken.close()
  })

  it('takes the next free port where none was asked for', async () => {
    const [first, second] = [await openPreview(base), await openPreview(base)]
    if (first.kind !== 'open' || second.kind !== 'open') throw new Error('refused')
    expect(Number(new URL(second.url).port)).toBeGreaterThan(Number(new URL(first.url).port))
    await Promise.all([first.close(), second.close()])
  })

  it('refuses a file that is no database, in one line', async () => {
    const opening = await openPreview({ ...base, port: 0, database: import.meta.filename })
    expect(opening).toMatchObject({ kind: 'refused', message: expect.stringContaining('move it away to begin anew') })
  })
})
