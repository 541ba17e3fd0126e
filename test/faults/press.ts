/** The web in a process of its own: feeds that list what was printed, a page behind every piece, and bodies that break off. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { type News, pageOf, rssOf } from '../flow/news.ts'
import { peerOptions, servePeer } from './peer.ts'

export type PressOptions = Readonly<{
  feeds: number
  /** The feeds name a hub, which is here as well. */
  hub?: boolean
}>
type Fault = Readonly<{
  /** The line breaks in the body: at 0 % of it the first time, then at the next percent, every other time that it is asked for. */
  cuts?: boolean
  gzip?: boolean
  status?: number
  kind: 'feed' | 'page'
  /** So many answers before it. */
  skip?: number
  /** So many answers; without end, if absent. */
  count?: number
}>
export type PressMethods = ReturnType<typeof methods>

/** The press ends with the oldest when a feed is longer than this, as feeds do. */
const LISTED_MAX = 45

if (process.send) await serve(peerOptions<PressOptions>())

async function serve({ feeds, hub = false }: PressOptions): Promise<void> {
  const printed: Printed[] = []
  const polls = new Map<string, number>()
  const state: State = { printed, polls, fault: undefined, skip: 0, left: 0, cut: 0, asked: new Map(), asking: [] }
  const server = createServer((request, response) => {
    const [kind = '', name = ''] = (request.url ?? '').split('/').slice(1)
    if (kind === 'hub') return void takeAsking(request, response, state)
    if (kind === 'feed') polls.set(name, (polls.get(name) ?? 0) + 1)
    const news = printed.find((one) => one.news.url?.endsWith(request.url ?? '?'))?.news
    const feed = kind === 'feed' ? feedOf(name, printed) : undefined
    const body = feed === undefined ? news && pageOf('press', news) : hub ? withHub(feed, name, origin()) : feed
    answer(response, { kind, name: request.url ?? '', body }, state)
  })
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servePeer(methods(state, { feeds, origin: origin() }))
}

type Printed = Readonly<{ feed: number; news: News }>
type State = {
  readonly printed: Printed[]
  readonly polls: Map<string, number>
  fault: Fault | undefined
  skip: number
  left: number
  /** How many were cut so far. */
  cut: number
  readonly asked: Map<string, number>
  /** What the hub was asked for. */
  readonly asking: Asking[]
}
type Asking = Readonly<{ callback: string; topic: string; secret: string }>

function methods(state: State, { feeds, origin }: Readonly<{ feeds: number; origin: string }>) {
  return {
    origin: () => origin,
    /** First polls are silent: the feeds must have been seen empty, and a second poll shows that the first was kept. */
    allSeen: () => state.polls.size === feeds && [...state.polls.values()].every((count) => count > 1),
    print: ({ name, at, feed }: Readonly<{ name: string; at: number; feed: number }>): void => {
      state.printed.push({ feed: feed % feeds, news: { name, at, url: `${origin}/page/${name}` } })
    },
    /** In a feed that nobody counts: what was there before its first poll. */
    printOld: ({ name, at, feed }: Readonly<{ name: string; at: number; feed: number }>): void => {
      state.printed.push({ feed, news: { name, at, url: `${origin}/page/${name}` } })
    },
    /** The hub asks those who asked it, as long as they answer, and tells them of news. @returns how many took it */
    push: () => push(state.asking),
    /** Another outlet prints what the first did. */
    twin: ({ name, at, feed }: Readonly<{ name: string; at: number; feed: number }>): void => {
      state.printed.push({ feed: feed % feeds, news: { name, at, url: `${origin}/page/twin/${name}` } })
    },
    breakOff: (fault: Fault): void => {
      state.fault = fault
      state.skip = fault.skip ?? 0
      state.left = fault.count ?? Infinity
      state.cut = 0
      state.asked.clear()
    },
    mend: (): void => {
      state.fault = undefined
    },
    /** How many bodies were cut since breakOff. */
    cuts: () => state.cut,
  }
}

function feedOf(name: string, printed: readonly Printed[]): string {
  const pieces = printed.filter(({ feed }) => String(feed) === name).map(({ news }) => news)
  return rssOf(name, pieces.slice(-LISTED_MAX).toReversed())
}

function withHub(feed: string, name: string, origin: string): string {
  const link = (rel: string, href: string) => `<atom:link rel="${rel}" href="${href}"/>`
  return feed
    .replace('<rss ', '<rss xmlns:atom="http://www.w3.org/2005/Atom" ')
    .replace('<channel>', `<channel>${link('hub', `${origin}/hub`)}${link('self', `${origin}/feed/${name}`)}`)
}

async function takeAsking(request: IncomingMessage, response: ServerResponse, { asking }: State): Promise<void> {
  const form = new URLSearchParams(await text(request))
  const callback = form.get('hub.callback') ?? ''
  const topic = form.get('hub.topic') ?? ''
  response.writeHead(202).end()
  asking.unshift({ callback, topic, secret: form.get('hub.secret') ?? '' })
  await confirm({ callback, topic }).catch(() => undefined)
}

function confirm({ callback, topic }: Pick<Asking, 'callback' | 'topic'>): Promise<Response> {
  const query = {
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.challenge': 'harbour',
    'hub.lease_seconds': '86400',
  }
  return fetch(`${callback}?${new URLSearchParams(query)}`)
}

async function push(asking: readonly Asking[]): Promise<number> {
  let taken = 0
  for (const { callback, topic, secret } of asking.slice(0, HINTS_MAX)) {
    const body = 'news'
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    const asked = await confirm({ callback, topic }).catch(() => undefined)
    const headers = { 'x-hub-signature': signature }
    const told = asked?.ok ? await fetch(callback, { method: 'POST', headers, body }).catch(() => undefined) : undefined
    if (told?.ok) taken += 1
  }
  return taken
}
const HINTS_MAX = 6

type Answering = Readonly<{ kind: string; name: string; body: string | undefined }>

function answer(response: ServerResponse, { kind, name, body }: Answering, state: State): void {
  const { fault } = state
  const asked = state.asked.get(name) ?? 0
  state.asked.set(name, asked + 1)
  const isMeant = fault?.kind === kind && body !== undefined && state.left > 0
  const strikes = isMeant && state.skip === 0 && !(fault.cuts && asked % 2 === 1)
  if (isMeant && state.skip > 0) state.skip -= 1
  if (strikes) state.left -= 1
  const status = strikes && fault.status !== undefined ? fault.status : body === undefined ? 404 : 200
  const type = kind === 'feed' ? 'application/rss+xml' : 'text/html'
  const plain = Buffer.from(body ?? 'No such page')
  const zipped = strikes && fault.gzip === true
  const bytes = zipped ? gzipSync(plain) : plain
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
  })
  if (!strikes || !fault.cuts) {
    response.end(bytes)
    return
  }
  const percent = state.cut % 100
  state.cut += 1
  response.write(bytes.subarray(0, Math.floor((bytes.length * percent) / 100)), () => response.socket?.destroy())
}
