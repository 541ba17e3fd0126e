/** The one port that the internet may reach: hubs ask here whether we mean a subscription, and tell of news (SECURITY.md, H4). Nothing of
 *  what they send is kept; a body is only measured and compared with its signature. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isSigned, type Signature, signatureOf } from '../../core/websub.ts'
import type { HubAnswer } from '../../flow/websub.ts'

/** What stands behind the port. */
export type HubDesk = Readonly<{
  answer(token: string, query: URLSearchParams): Promise<HubAnswer>
  secret(token: string): Promise<string | undefined>
  /** @returns false when nobody wants it any more */
  push(token: string): Promise<boolean>
}>

const BODY_BYTES_MAX = 5 * 1024 * 1024 // a push may hold the whole feed (S10)
const REQUEST_MS = 15_000 // as long as our own downloads take at the most (S11)
const HEADER_BYTES = 16 * 1024 // S11
const CONNECTIONS_MAX = 64 // as many as we have in flight ourselves (S12)

/** @returns the port, and a closer. Rejects when the port is taken */
export async function openHubs(
  place: Readonly<{ host: string; port: number }>,
  desk: HubDesk,
  onError: (error: unknown) => void,
): Promise<Readonly<{ port: number; close(): Promise<void> }>> {
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES, requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS },
    (request, response) => {
      void handle(request, desk)
        .catch((error: unknown) => {
          onError(error)
          return { status: 500, body: '' }
        })
        .then((answer) => say(response, answer))
    },
  )
  server.maxConnections = CONNECTIONS_MAX
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place.port, place.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function handle(request: IncomingMessage, desk: HubDesk): Promise<HubAnswer> {
  const { pathname = '', searchParams = new URLSearchParams() } =
    URL.parse(request.url ?? '', 'http://hub.invalid') ?? {}
  const token = pathname.slice(pathname.lastIndexOf('/') + 1) // a proxy may have cut the path before it
  if (request.method === 'GET') return desk.answer(token, searchParams)
  if (request.method !== 'POST') return { status: 405, body: '' }
  const secret = await desk.secret(token)
  if (secret === undefined) return { status: 404, body: '' }
  const signature = signatureOf(headerOf(request), secret)
  if (!(signature && (await hashBody(request, signature)) && isSigned(signature))) return TAKEN // 8: ignored, and not told
  return (await desk.push(token)) ? TAKEN : { status: 410, body: '' }
}
const TAKEN: HubAnswer = { status: 202, body: '' }

function headerOf(request: IncomingMessage): string {
  const value = request.headers['x-hub-signature']
  return typeof value === 'string' ? value : ''
}

/** @returns false when it is too long, or broke off */
async function hashBody(request: IncomingMessage, { hmac }: Signature): Promise<boolean> {
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > BODY_BYTES_MAX) return false
      hmac.update(chunk)
    }
    return true
  } catch {
    return false // the hub went away: it will push again
  }
}

function say(response: ServerResponse, { status, body }: HubAnswer): void {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
  response.writeHead(status, { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) }).end(body)
}
