/** A web of strings: a real HTTP server on loopback that plays hosts, paths and faults for tests. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'

/** What a path answers: a body alone, or more. */
export type Page = string | Uint8Array | PageAnswer | ((request: SeenRequest) => Page)

export type PageAnswer = Readonly<{
  status?: number
  /** An `etag` or `last-modified` here is honoured: a request that brings it back gets a 304. */
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** Encodes the body, and says so. */
  coding?: Coding
  /** Waits before the head. */
  delayMs?: number
  /** Waits after the first half of the body. */
  pauseMs?: number
  /** How it goes wrong: the body ends after its half, is reset there, or nothing more comes; or no answer at all. */
  fault?: 'truncate' | 'reset' | 'stall' | 'silence'
  /** Written to the socket as it is, which is then closed. */
  raw?: string | Uint8Array
}>

export type SeenRequest = Readonly<{
  at: number
  host: string
  path: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}>

export type WebOfStrings = Readonly<{
  /** "http://127.0.0.1:12345" */
  origin: string
  port: number
  url(path: string): string
  /** Adds or replaces a page; its name is "/path", or "host.test/path" for one host alone. */
  set(name: string, page: Page): void
  remove(name: string): void
  /** All requests in order of arrival. */
  requests: readonly SeenRequest[]
  /** Of one path, or of all. */
  count(path?: string): number
  /** TCP connections that were accepted. */
  connections(): number
  /** Where `dial` was asked to go, in order: "93.184.215.14:80". */
  dialled: readonly string[]
  /** For createWeb: every name has one public address, and every address leads here. */
  resolve(host: string): Promise<readonly string[]>
  dial(ips: readonly string[], port: number): Socket
  close(): Promise<void>
}>

/** In no special range, so that the guard lets it pass; `dial` never goes there. */
export const PUBLIC_IP = '93.184.215.14'

/** @param tls - key and certificate, to speak https */
export async function startWeb(
  pages: Readonly<Record<string, Page>> = {},
  tls?: Readonly<{ key: string; cert: string }>,
): Promise<WebOfStrings> {
  const book = new Map(Object.entries(pages))
  const requests: SeenRequest[] = []
  const dialled: string[] = []
  let connections = 0
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const seen = seenOf(request)
    requests.push(seen)
    const path = seen.path.split('?')[0] ?? ''
    const page =
      book.get(`${seen.host}${seen.path}`) ?? book.get(seen.path) ?? book.get(`${seen.host}${path}`) ?? book.get(path)
    answer(response, seen, page ?? { status: 404, body: 'No such page' })
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.on('connection', () => connections++)
  const port = await listen(server)
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  return {
    origin,
    port,
    url: (path) => `${origin}${path}`,
    set: (name, page) => void book.set(name, page),
    remove: (name) => void book.delete(name),
    requests,
    count: (path) => requests.filter((request) => path === undefined || request.path === path).length,
    connections: () => connections,
    dialled,
    resolve: async () => [PUBLIC_IP],
    dial(ips, asked) {
      dialled.push(...ips.map((ip) => `${ip}:${asked}`))
      const socket = connect(port, '127.0.0.1')
      // The guard looks whom it met.
      Object.defineProperty(socket, 'remoteAddress', { value: ips[0], configurable: true })
      return socket
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server): Promise<number> {
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function seenOf(request: IncomingMessage): SeenRequest {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  return { at: performance.now(), host, path: request.url ?? '', headers: request.headers }
}

function answer(response: ServerResponse, seen: SeenRequest, page: Page): void {
  if (typeof page === 'function') answer(response, seen, page(seen))
  else if (typeof page === 'string' || page instanceof Uint8Array) answer(response, seen, { body: page })
  else if (page.raw !== undefined) response.socket?.end(page.raw)
  else if (page.fault !== 'silence') setTimeout(() => write(response, seen, page), page.delayMs ?? 0)
}

function write(response: ServerResponse, seen: SeenRequest, page: PageAnswer): void {
  const headers = page.headers ?? {}
  if (isUnchanged(seen, headers)) {
    response.writeHead(304, headers).end()
    return
  }
  const coded = page.coding === undefined ? page.body : encode(page.body ?? '', page.coding)
  const body = Buffer.from(coded ?? '')
  const bare = page.status === 204 || page.status === 304 || 'transfer-encoding' in headers
  const length = bare ? {} : { 'content-length': body.length }
  const coding = page.coding === undefined ? {} : { 'content-encoding': codingName(page.coding) }
  response.writeHead(page.status ?? 200, { ...length, ...coding, ...headers })
  const half = Math.floor(body.length / 2)
  const end = () => response.end(body.subarray(half))
  if (page.pauseMs !== undefined) response.write(body.subarray(0, half), () => setTimeout(end, page.pauseMs))
  else if (page.fault === undefined) response.end(body)
  else response.write(body.subarray(0, half), () => breakOff(response.socket, page.fault))
}

function breakOff(socket: Socket | null, fault: PageAnswer['fault']): void {
  if (fault === 'truncate') socket?.end()
  if (fault === 'reset') socket?.resetAndDestroy()
}

function isUnchanged({ headers: asked }: SeenRequest, headers: Readonly<Record<string, string>>): boolean {
  const { etag, 'last-modified': lastModified } = headers
  if (etag !== undefined && asked['if-none-match'] !== undefined) return asked['if-none-match'] === etag
  return lastModified !== undefined && asked['if-modified-since'] === lastModified
}

export type Coding = keyof typeof CODERS
export function encode(body: string | Uint8Array, coding: Coding): Uint8Array {
  return CODERS[coding](body)
}
/** As Content-Encoding spells it. */
export function codingName(coding: Coding): string {
  return coding === 'deflateRaw' ? 'deflate' : coding
}

const CODERS = {
  gzip: gzipSync,
  br: brotliCompressSync,
  deflate: deflateSync,
  deflateRaw: deflateRawSync,
  zstd: zstdCompressSync,
} as const
