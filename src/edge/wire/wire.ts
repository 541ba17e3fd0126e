/** The sample wire: invented outlets on loopback, so that a newcomer without network or token sees the real thing. The same poller
 *  reads them as any other feed. Feeds start empty; one piece after another is published, one outlet fails and recovers. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FeedId, FeedSource } from '../../core/model.ts'
import type { Now } from '../../flow/ports.ts'
import { OUTAGE, OUTLETS, PIECES, type WireOutlet } from './pieces.ts'
import { drawPicture, type Printed, printFeed, printPage } from './press.ts'

/** The wire is asked so often: it lives in this very process. */
const INTERVAL_MS = 2_000

export type Wire = Readonly<{ origin: string; sources: readonly FeedSource[]; close(): Promise<void> }>

/** Listens on 127.0.0.1, any free port. Every run prints pieces of its own (guids and addresses differ), so that a second start shows
 *  cards again. */
export async function startWire({ now }: Readonly<{ now: Now }>): Promise<Wire> {
  const startedAt = now()
  const run = startedAt.toString(36)
  const server = createServer((request, response) => {
    const { status, headers, body } = answerTo(request, { startedAt, run, origin, now })
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sources = OUTLETS.map(
    (outlet): FeedSource => ({
      id: `wire-${outlet.id}` as FeedId,
      url: `${origin}/${run}/${outlet.id}/feed.xml`,
      title: outlet.name,
      outlet: outlet.name,
      kind: outlet.kind,
      language: 'en',
      label: 'sample wire, invented',
      intervalMs: INTERVAL_MS,
    }),
  )
  return {
    origin,
    sources,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Running = Readonly<{ startedAt: number; run: string; origin: string; now: Now }>

type Answer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body?: string | Uint8Array }>

function answerTo(request: IncomingMessage, running: Running): Answer {
  const [run, outletId, name] = new URL(request.url ?? '/', running.origin).pathname.split('/').slice(1)
  const outlet = OUTLETS.find(({ id }) => id === outletId)
  if (!(outlet && run === running.run && name)) return plain(404, 'There is no such page on the sample wire.')
  const age = running.now() - running.startedAt
  if (outlet.id === OUTAGE.outlet && age >= OUTAGE.fromMs && age < OUTAGE.toMs) {
    return plain(503, 'This outlet of the sample wire is out of order for a while.')
  }
  const printed = printedBy(outlet, running)
  if (name === 'feed.xml') {
    const home = `${running.origin}/${running.run}/${outlet.id}/`
    return feed(printFeed(outlet, home, printed), request.headers['if-none-match'])
  }
  const one = printed.find(({ piece }) => name === piece.slug || name === `${piece.slug}.png`)
  if (!one) return plain(404, 'There is no such page on the sample wire.')
  if (name.endsWith('.png')) {
    const headers = { 'content-type': 'image/png', 'cache-control': 'max-age=3600' }
    return { status: 200, headers, body: drawPicture(one.piece.hue) }
  }
  const others = printed.filter((other) => other !== one)
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: printPage(outlet, one, others) }
}

/** What this outlet has published by now, newest first. */
function printedBy(outlet: WireOutlet, { startedAt, run, origin, now }: Running): readonly Printed[] {
  const age = now() - startedAt
  const base = `${origin}/${run}/${outlet.id}`
  return PIECES.filter(({ outlet: id, afterMs }) => id === outlet.id && afterMs <= age)
    .map((piece) => ({
      piece,
      url: `${base}/${piece.slug}`,
      publishedAt: startedAt + piece.afterMs,
      image: `${base}/${piece.slug}.png`,
      guid: `sample-wire:${run}:${outlet.id}:${piece.slug}`,
    }))
    .reverse()
}

function feed(body: string, seen: string | undefined): Answer {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`
  if (seen === etag) return { status: 304, headers: { etag } }
  return { status: 200, headers: { 'content-type': 'application/rss+xml; charset=utf-8', etag }, body }
}

function plain(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
