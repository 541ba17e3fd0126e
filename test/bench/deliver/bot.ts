/** The real program with a house of subscriptions, and a feed that prints on demand. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ChannelId, PersonId, ServerId, SubscriptionId, TopicId } from '../../../src/core/model.ts'
import { openStore } from '../../../src/edge/store/sqlite.ts'
import { type News, pageOf, rssOf } from '../../flow/news.ts'
import type { StandIn } from '../../stand-in/stand-in.ts'

type Place = Readonly<{ serverId: string; channelId: string }>
/** Goes to the first channels, or to all. */
type Topic = 'few' | 'many'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const TEXTS = {
  few: [
    'A lantern of the harbour of Little Pell was lit again on Tuesday after eleven dark years.',
    '“It burns as it did for my grandmother,” said Orla Venn, who keeps the lantern.',
  ],
  many: [
    'A balloon came down in the orchard of Upper Tarn on Wednesday with two geese in its basket.',
    '“Nobody has asked for them yet,” said Piet Hallam, who owns the orchard and its apples.',
  ],
} as const
const TITLES = { few: 'The lantern of Little Pell burns again', many: 'A balloon lands in an orchard' } as const

export async function openBot(standIn: StandIn, places: readonly Place[], few: number) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-bench-'))
  const press = await startPress()
  configure(folder, press.origin)
  await subscribe(folder, places, few)
  const bot = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts', 'start'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      CONFIG_DIR: path.join(folder, 'config'),
      DATA_DIR: path.join(folder, 'data'),
      DISCORD_TOKEN: standIn.token,
      DISCORD_API_URL: standIn.apiUrl,
      LOG_LEVEL: 'silent',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    },
  })
  const ended = new Promise<void>((resolve) => bot.once('exit', () => resolve()))
  let isClosed = false
  return {
    isPolled: press.isPolled,
    print: press.print,
    async close(): Promise<void> {
      if (isClosed) return
      isClosed = true
      bot.kill('SIGTERM')
      await ended
      press.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function subscribe(folder: string, places: readonly Place[], few: number): Promise<void> {
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const opened = await openStore({ path: path.join(data, 'pullquote.sqlite'), now: () => Date.now() })
  if (opened.kind === 'refused') throw new Error(opened.message)
  const { store } = opened
  const follow = (topic: Topic, { serverId, channelId }: Place) =>
    store.addSubscription(
      {
        id: `${topic}${channelId}` as SubscriptionId,
        serverId: serverId as ServerId,
        target: { kind: 'channel', serverId: serverId as ServerId, channelId: channelId as ChannelId },
        follows: { kind: 'topic', topicId: topic as TopicId },
        style: 'full',
        rhythm: 'each',
        perDayMax: 100,
        createdAt: Date.now(),
        createdBy: '1' as PersonId,
      },
      1_000,
    )
  // Known already: no welcome goes out while we count.
  for (const id of new Set(places.map(({ serverId }) => serverId))) await store.joinServer(id as ServerId, Date.now())
  for (const [n, place] of places.entries()) {
    if (n < few) await follow('few', place)
    await follow('many', place)
  }
  await store.close()
}

async function startPress() {
  const printed: News[] = []
  let polls = 0
  const server = createServer((request, response) => {
    const isFeed = request.url === '/feed'
    if (isFeed) polls += 1
    const news = printed.find(({ name }) => request.url === `/page/${name}`)
    const body = isFeed ? rssOf('press', printed.toReversed()) : news && pageOf('press', news)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': isFeed ? 'application/rss+xml' : 'text/html',
    })
    response.end(body ?? 'No such page')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    /** Twice: the first poll of a feed is silent. */
    isPolled: (): boolean => polls > 1,
    print(topic: Topic): void {
      const [title, text] = [TITLES[topic], TEXTS[topic]]
      printed.push({ name: topic, at: Date.now(), url: `${origin}/page/${topic}`, title, text, summary: text[0] })
    },
    close(): void {
      server.close()
      server.closeAllConnections()
    },
  }
}

function configure(folder: string, origin: string): void {
  const config = path.join(folder, 'config')
  mkdirSync(config)
  const files = {
    feeds: `feeds:\n  - { id: press, url: "${origin}/feed", outlet: Press, language: en, kind: outlet, everyMinutes: 0.02 }\n`,
    topics:
      'topics:\n  - { id: few, name: Lanterns, emoji: 🏮, color: "#1f6feb", any: { en: [lantern] } }\n  - { id: many, name: Balloons, emoji: 🎈, color: "#1f6feb", any: { en: [balloon] } }\n',
    settings: 'feeds: { hostGapMs: 0 }\nreader: { timeoutMs: 10000 }\n',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(config, `${name}.yaml`), text)
}
