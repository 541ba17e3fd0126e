import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createRewriter, type RewriterOptions } from '../../../src/edge/summary/rewriter.ts'
import { withRewrite } from '../../../src/flow/rewrite.ts'
import { piece } from '../../core/story-of.ts'

const asked = { title: 'T', text: 'x'.repeat(50_000), extract: ['One.', 'Two.'] }
const signal = new AbortController().signal
const KEY = 'sk-invented-key-of-a-test'
let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`
}
const says =
  (content: string): RequestListener =>
  (_request, response) => {
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }))
  }
const rewriter = (url: string, more: Partial<RewriterOptions> = {}, elapsed = () => 0) =>
  createRewriter({ url, key: KEY, model: 'small-model', timeoutMs: 20_000, ...more }, elapsed)

describe('the endpoint', () => {
  it('is asked once, with the key, the model and a bounded text', async () => {
    const seen: { path: string | undefined; authorization: string | undefined; body: string }[] = []
    const url = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        seen.push({ path: request.url, authorization: request.headers.authorization, body })
        says('Words.')(request, response)
      })
    })
    expect(await rewriter(url).rewrite(asked, signal)).toEqual({ kind: 'rewritten', text: 'Words.' })
    expect(seen).toMatchObject([{ path: '/v1/chat/completions', authorization: `Bearer ${KEY}` }])
    expect(JSON.parse(seen[0]?.body ?? '{}')).toMatchObject({ model: 'small-model', temperature: 0 })
    expect(seen[0]?.body.length).toBeLessThan(12_000)
  })

  it.each<[what: string, listener: RequestListener, reason: string]>([
    ['errs', (_request, response) => response.writeHead(500).end('no'), 'status 500'],
    ['wants another key', (_request, response) => response.writeHead(401).end(KEY), 'status 401'],
    [
      'leads elsewhere',
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      'unreachable',
    ],
    ['speaks no JSON', (_request, response) => response.end('<html>'), 'no JSON'],
    ['answers something else', (_request, response) => response.end('{"choices":[]}'), 'no answer in it'],
    ['never ends', (_request, response) => void pour(response), 'too large'],
    ['breaks off', (request) => request.socket.destroy(), 'unreachable'],
  ])('that %s is a failure with a reason, and no word of the key', async (_what, listener, reason) => {
    const rewriting = await rewriter(await serve(listener)).rewrite(asked, signal)
    expect(rewriting).toEqual({ kind: 'failed', reason })
    expect(JSON.stringify(rewriting)).not.toContain(KEY)
  })

  it('that stalls is given up after its time', async () => {
    const url = await serve(() => {})
    expect(await rewriter(url, { timeoutMs: 50 }).rewrite(asked, signal)).toEqual({ kind: 'failed', reason: 'timeout' })
  })

  it('that stalls in the middle of its answer is given up too', async () => {
    const url = await serve((_request, response) => void response.write('{"choices":'))
    expect(await rewriter(url, { timeoutMs: 200 }).rewrite(asked, signal)).toEqual({
      kind: 'failed',
      reason: 'timeout',
    })
  })

  it('that fails three times is left alone for a minute', async () => {
    let requests = 0
    let clock = 0
    const url = await serve((_request, response) => {
      requests++
      response.writeHead(503).end()
    })
    const one = rewriter(url, {}, () => clock)
    for (let n = 0; n < 5; n++) await one.rewrite(asked, signal)
    expect(requests).toBe(3)
    expect(await one.rewrite(asked, signal)).toEqual({ kind: 'failed', reason: 'paused after failures' })
    clock = 60_000
    await one.rewrite(asked, signal)
    expect(requests).toBe(4)
  })

  it('is asked four at once, and the fifth keeps its extract', async () => {
    const waiting: (() => void)[] = []
    const url = await serve((request, response) => void waiting.push(() => says('Words.')(request, response)))
    const one = rewriter(url)
    const first = Array.from({ length: 4 }, () => one.rewrite(asked, signal))
    expect(await one.rewrite(asked, signal)).toEqual({ kind: 'failed', reason: 'busy' })
    while (waiting.length < 4) await new Promise((resolve) => setImmediate(resolve))
    for (const answer of waiting) answer()
    expect((await Promise.all(first)).map(({ kind }) => kind)).toEqual(Array(4).fill('rewritten'))
  })
}) // prettier-ignore

describe('an article', () => {
  const article = piece('The Post', {
    title: 'Ferry Lark runs aground',
    text: 'The ferry Lark ran aground off Norrvik with 312 people on board. Nobody was hurt, the coast guard said.',
    summary: ['The ferry Lark ran aground off Norrvik with 312 people on board.'],
  })
  const logged: unknown[] = []
  const log = { debug() {}, info() {}, warn: (...line: unknown[]) => logged.push(line), error() {} }
  const told = { admission: { kind: 'alert' }, matched: true, signal } as const
  const rewritten = async (listener: RequestListener, asking: Partial<Parameters<typeof withRewrite>[1]> = {}) =>
    withRewrite(article, { ...told, ...asking }, { rewriter: rewriter(await serve(listener), { timeoutMs: 300 }), log })
  const TRUE = 'With 312 people on board, the ferry Lark has run aground off Norrvik; nobody was hurt.'

  it('takes words that are true to it, and says whose they are', async () => {
    expect(await rewritten(says(TRUE))).toEqual({ ...article, summary: [TRUE], summaryBy: 'small-model' })
  })

  it.each<[what: string, listener: RequestListener]>([
    ['lies about a number', says(TRUE.replace('312', '313'))],
    ['lies about a name', says(TRUE.replace('Norrvik', 'Skarholm'))],
    ['errs', (_request, response) => response.writeHead(500).end()],
    ['stalls', () => {}],
  ])('keeps its extract where the endpoint %s, and says so in the log without its key', async (_what, listener) => {
    logged.length = 0
    expect(await rewritten(listener)).toBe(article)
    expect(logged).toHaveLength(1)
    expect(JSON.stringify(logged)).not.toContain(KEY)
  })

  it.each([
    ['nobody is told of it', { matched: false }],
    ['it is read silently', { admission: { kind: 'silent' } as const }],
  ])('is not sent where %s', async (_what, asking) => {
    let requests = 0
    const counted: RequestListener = (request, response) => {
      requests++
      says(TRUE)(request, response)
    }
    expect(await rewritten(counted, asking)).toBe(article)
    expect(requests).toBe(0)
  })
})

async function pour(response: import('node:http').ServerResponse): Promise<void> {
  for (let n = 0; n < 200 && !response.destroyed; n++) {
    response.write('x'.repeat(10_000))
    await new Promise((resolve) => setImmediate(resolve))
  }
}
