/** What the kill test stands on: a press on loopback that prints when it is told, the program's settings, lives that end, and what its
 *  database says afterwards. */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { type News, pageOf, rssOf } from '../flow/news.ts'

export const ROOT = path.resolve(import.meta.dirname, '../..')
/** CARD.md, D5, and some. */
const END_MS_MAX = 15_000

/** How a story is known again in a message. */
export const tagOf = (name: string): string => `[${name}`

export type Press = Awaited<ReturnType<typeof startPress>>

/** So many feeds that list what was printed so far, in turn, and a page behind every piece. */
export async function startPress(feeds: number) {
  const printed: News[] = []
  const asked = new Map<string, number>()
  const server = createServer((request, response) => {
    const [kind = '', name = ''] = (request.url ?? '').split('/').slice(1)
    const news = printed.find((one) => one.name === name)
    if (kind === 'feed') asked.set(name, (asked.get(name) ?? 0) + 1)
    const body =
      kind === 'feed'
        ? rssOf(name, printed.filter((_, n) => String(n % feeds) === name).toReversed())
        : news && pageOf('press', news)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': kind === 'feed' ? 'application/rss+xml' : 'text/html',
    })
    response.end(body ?? 'No such page')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    feeds,
    origin,
    /** First polls are silent: the feeds must have been seen empty. Only who asks again has kept the first answer. */
    allSeen: (): boolean => asked.size === feeds && [...asked.values()].every((count) => count > 1),
    printed: (): readonly News[] => printed,
    /** @param aheadMs - how far the bot's clock is ahead of ours */
    print(count: number, aheadMs = 0) {
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

export function configure(folder: string, { feeds, origin }: Press): void {
  const config = path.join(folder, 'config')
  mkdirSync(config)
  const listed = Array.from(
    { length: feeds },
    (_, n) =>
      `  - { id: press-${n}, url: "${origin}/feed/${n}", outlet: Press ${n}, language: en, kind: outlet, everyMinutes: 0.02 }\n`,
  )
  writeFileSync(path.join(config, 'feeds.yaml'), `feeds:\n${listed.join('')}`)
  writeFileSync(
    path.join(config, 'topics.yaml'),
    'topics:\n  - { id: sea, name: Sea, emoji: 🚢, color: "#1f6feb", any: { en: [ferry] } }\n',
  )
  writeFileSync(
    path.join(config, 'settings.yaml'),
    'feeds: { hostGapMs: 0 }\nsubscriptions: { cardsPerDayMax: 1000 }\nreader: { timeoutMs: 10000 }\n',
  )
}

/** Deliveries that are neither sent nor in a list, and what the database says of itself. */
export async function keptIn(folder: string): Promise<Readonly<{ unsettled: readonly string[]; database: string }>> {
  const opened = await openStore({ path: path.join(folder, 'data', 'pullquote.sqlite'), now: () => Date.now() })
  if (opened.kind === 'refused') return { unsettled: [], database: opened.message }
  const { store } = opened
  const deliveries = (await store.deliveries(10_000)).map(({ delivery }) => delivery)
  const database = await store.check()
  await store.close()
  const unsettled = deliveries
    .filter((one) => one.state !== 'sent' && !(one.state === 'folded' && one.digestId))
    .map((one) => `${one.state} ${'reason' in one ? one.reason : ''} ${one.alert.target.kind} ${one.attempts}`)
  return { unsettled, database }
}

export async function kill(bot: ChildProcess): Promise<void> {
  const ended = endOf(bot)
  bot.kill('SIGKILL')
  await ended
}

/** Null where it had to be killed. */
export async function terminate(bot: ChildProcess): Promise<number | null> {
  const ended = endOf(bot)
  bot.kill('SIGTERM')
  const timer = setTimeout(() => bot.kill('SIGKILL'), END_MS_MAX)
  const code = await ended
  clearTimeout(timer)
  return code
}

function endOf(bot: ChildProcess): Promise<number | null> {
  if (hasEnded(bot)) return Promise.resolve(bot.exitCode)
  return new Promise((resolve) => bot.once('exit', (code) => resolve(code)))
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** Returns when it holds, or when the time is over: the ledger tells. */
export async function until(holds: () => boolean, maxMs: number): Promise<void> {
  for (const startedAt = Date.now(); !holds() && Date.now() - startedAt < maxMs; ) await sleep(250)
}
