/** The publishers: some hosts with many feeds, in a process of their own, so that their time is not counted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** In each round one feed in so many has something new: 95 % are unchanged. */
export const CHANGED_EVERY = 20
const HOSTS = 50
const ITEMS = 30 // what most feeds list
const SENTENCE =
  'The harbour of Little Pell opened again on Monday, said Ada Quill, who keeps it, and all is well with the boats. '

/** Answers until the parent goes; a message from it is the round's number. */
export async function serve(): Promise<void> {
  let round = 0
  process.on('message', (said) => {
    round = Number(said)
    process.send?.('ready')
  })
  process.on('disconnect', () => process.exit())
  const answer = (asked: IncomingMessage, response: ServerResponse) => {
    const feed = Number(/^\/(\d+)/.exec(asked.url ?? '')?.[1] ?? 0)
    const version = Math.floor((round + (feed % CHANGED_EVERY)) / CHANGED_EVERY)
    const etag = `"${feed}-${version}"`
    const head = { etag, 'cache-control': 'max-age=300' }
    if (asked.headers['if-none-match'] === etag) return void response.writeHead(304, head).end()
    const zipped = String(asked.headers['accept-encoding']).includes('gzip')
    const plain = documentOf(feed, version)
    const body = zipped ? gzipSync(plain) : Buffer.from(plain)
    const coding = zipped ? { 'content-encoding': 'gzip' } : {}
    response.writeHead(200, { ...head, ...coding, 'content-type': 'text/xml', 'content-length': body.length }).end(body)
  }
  const ports: number[] = []
  for (let n = 0; n < HOSTS; n++) {
    const server = createServer({ keepAliveTimeout: 120_000 }, answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ports.push((server.address() as AddressInfo).port)
  }
  process.send?.(ports)
}

function documentOf(feed: number, version: number): string {
  const items = Array.from({ length: ITEMS }, (_, n) => {
    const id = `${feed}-${version + ITEMS - n}`
    const at = new Date(Date.UTC(2026, 0, 1) + (version - n) * 3_600_000).toUTCString()
    return `<item><guid isPermaLink="false">${id}</guid><title>The harbour of Little Pell opens, ${id}</title><link>https://herald.example/${id}</link>
      <description>${SENTENCE.repeat(3)}</description><category>Harbours</category><pubDate>${at}</pubDate></item>`
  })
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Herald ${feed}</title><link>https://herald.example/</link>${items.join('')}</channel></rss>`
}
