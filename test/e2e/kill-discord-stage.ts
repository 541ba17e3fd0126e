/** What the kill test against Discord plays on: feeds on loopback, channels of every kind, and a house that follows them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { ChannelId, PersonId, ServerId, SubscriptionId, TopicId } from '../../src/core/model.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { type News, pageOf, rssOf } from '../flow/news.ts'
import type { StandIn } from '../stand-in/stand-in.ts'

const FEEDS = 4

/** A target, with a name for the ledger. */
export type Place = Readonly<{
  name: string
  kind: 'channel' | 'thread' | 'forum'
  serverId: string
  channelId: string
}>

/** Two servers, three text channels, an announcement channel, a thread and a forum. */
export function placesIn(standIn: StandIn): readonly Place[] {
  const [one, other] = ['Newsroom', 'Harbour'].map((name) => standIn.makeGuild({ name }).id)
  if (!one || !other) throw new Error('Cannot make two servers')
  const make = (guildId: string, kind: 'text' | 'announcement' | 'forum', name: string) =>
    standIn.makeChannel({ guildId, kind, name }).id
  const parentId = make(one, 'text', 'talk')
  const thread = standIn.makeChannel({ guildId: one, kind: 'thread', name: 'a thread', parentId }).id
  return [
    { name: 'text 1', kind: 'channel', serverId: one, channelId: make(one, 'text', 'first') },
    { name: 'text 2', kind: 'channel', serverId: one, channelId: make(one, 'text', 'second') },
    { name: 'text 3', kind: 'channel', serverId: other, channelId: make(other, 'text', 'third') },
    { name: 'announcements', kind: 'channel', serverId: other, channelId: make(other, 'announcement', 'told') },
    { name: 'thread', kind: 'thread', serverId: one, channelId: thread },
    { name: 'forum', kind: 'forum', serverId: other, channelId: make(other, 'forum', 'posts') },
  ]
}

/** Every place follows the topic. */
export async function subscribe(folder: string, places: readonly Place[]): Promise<void> {
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const opened = await openStore({ path: path.join(data, 'pullquote.sqlite'), now: () => Date.now() })
  if (opened.kind === 'refused') throw new Error(opened.message)
  for (const [n, { kind, serverId, channelId }] of places.entries())
    await opened.store.addSubscription(
      {
        id: `s${n}` as SubscriptionId,
        serverId: serverId as ServerId,
        target: { kind, serverId: serverId as ServerId, channelId: channelId as ChannelId },
        follows: { kind: 'topic', topicId: 'sea' as TopicId },
        style: 'full',
        rhythm: 'each',
        perDayMax: 1_000,
        createdAt: Date.now(),
        createdBy: '1' as PersonId,
      },
      100,
    )
  await opened.store.close()
}

/** How a story is known again in a message. */
export const tagOf = (name: string): string => `[${name}`

export type Press = Awaited<ReturnType<typeof startPress>>

/** Feeds that list what was printed so far, and a page behind every piece. */
export async function startPress() {
  const printed: News[] = []
  const seen = new Set<string>()
  const server = createServer((request, response) => {
    const [kind = '', name = ''] = (request.url ?? '').split('/').slice(1)
    const news = printed.find((one) => one.name === name)
    if (kind === 'feed') seen.add(name)
    const body =
      kind === 'feed'
        ? rssOf(name, printed.filter((_, n) => String(n % FEEDS) === name).toReversed())
        : news && pageOf('press', news)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': kind === 'feed' ? 'application/rss+xml' : 'text/html',
    })
    response.end(body ?? 'No such page')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    allSeen: (): boolean => seen.size === FEEDS,
    printed: (): readonly News[] => printed,
    print(count: number, aheadMs: number) {
      while (printed.length < count) {
        const name = `k${printed.length}e`
        printed.push({ name, at: Date.now() + aheadMs, url: `${origin}/page/${name}` })
      }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function configure(folder: string, origin: string): void {
  const config = path.join(folder, 'config')
  mkdirSync(config)
  const feeds = Array.from(
    { length: FEEDS },
    (_, n) =>
      `  - { id: press-${n}, url: "${origin}/feed/${n}", outlet: Press ${n}, language: en, kind: outlet, everyMinutes: 0.02 }\n`,
  )
  writeFileSync(path.join(config, 'feeds.yaml'), `feeds:\n${feeds.join('')}`)
  writeFileSync(
    path.join(config, 'topics.yaml'),
    'topics:\n  - { id: sea, name: Sea, emoji: 🚢, color: "#1f6feb", any: { en: [ferry] } }\n',
  )
  writeFileSync(
    path.join(config, 'settings.yaml'),
    'feeds: { hostGapMs: 0 }\nsubscriptions: { cardsPerDayMax: 1000 }\nreader: { timeoutMs: 10000 }\n',
  )
}
