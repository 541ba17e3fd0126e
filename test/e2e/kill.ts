/** The kill test: the real program, killed with SIGKILL again and again while news flows, and what the preview shows in the end.
 *
 *      node test/e2e/kill.ts [kills] [seed]
 *
 *  The bot's database and the preview's never commit together, as Discord's would not: what one knows the other may not. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { type News, pageOf, rssOf } from '../flow/news.ts'
import { randomOf } from '../flow/random.ts'

export type KillTest = Readonly<{ seed: number; kills: number; items: number }>
export type KillReport = Readonly<{
  published: number
  kills: number
  /** Lives in which something was posted. */
  livesWithPosts: number
  lost: readonly string[]
  doubled: readonly string[]
  /** Deliveries that are neither sent nor in a list. */
  unsettled: readonly string[]
  /** What the database says of itself, 'ok' as a rule. */
  database: string
  /** Of the last life, which was asked to end. */
  exitCode: number | null
}>

const ROOT = path.resolve(import.meta.dirname, '../..')
const FEEDS = 5
/** A life: long enough to start up and do something, or not. */
const LIFE_MS_MIN = 300
const LIFE_MS_MAX = 3_300
/** How long the last life may take to say all that is left. */
const REST_MS_MAX = 90_000

export async function killTest({ seed, kills, items }: KillTest): Promise<KillReport> {
  const random = randomOf(seed)
  const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-kill-'))
  const press = await startPress()
  configure(folder, press.origin)
  let livesWithPosts = 0
  try {
    // First polls are silent: the feeds must have been seen empty.
    const first = start(folder)
    await until(() => hasEnded(first) || press.seen.size === FEEDS, REST_MS_MAX)
    if (hasEnded(first)) throw new Error('Cannot kill the bot: it ended by itself')
    await sleep(1_000)
    await kill(first)
    for (let life = 1; life <= kills; life++) {
      const before = shown(folder).length
      const bot = start(folder)
      const lifeMs = LIFE_MS_MIN + random() * (LIFE_MS_MAX - LIFE_MS_MIN)
      for (const share of [0.3, 0.6, 1]) {
        press.print(Math.floor((items * (life - 1 + share)) / kills))
        await sleep(lifeMs / 3)
      }
      await kill(bot)
      if (shown(folder).length > before) livesWithPosts++
    }
    const last = start(folder)
    await until(
      () => press.printed().every(({ name }) => shown(folder).some((text) => text.includes(tagOf(name)))),
      REST_MS_MAX,
    )
    await sleep(2_000)
    const exitCode = await terminate(last)
    return { published: items, kills, livesWithPosts, exitCode, ...(await ledger(folder, press.printed())) }
  } finally {
    await press.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ledger(folder: string, printed: readonly News[]) {
  const texts = shown(folder)
  const times = (name: string) => texts.filter((text) => text.includes(tagOf(name))).length
  const opened = await openStore({ path: path.join(folder, 'data', 'pullquote.sqlite'), now: () => Date.now() })
  if (opened.kind === 'refused') return { lost: [], doubled: [], unsettled: [], database: opened.message }
  const { store } = opened
  const deliveries = (await store.deliveries(10_000)).map(({ delivery }) => delivery)
  const database = await store.check()
  await store.close()
  return {
    lost: printed.map(({ name }) => name).filter((name) => times(name) === 0),
    doubled: printed.map(({ name }) => name).filter((name) => times(name) > 1),
    unsettled: deliveries
      .filter((one) => one.state !== 'sent' && !(one.state === 'folded' && one.digestId))
      .map((one) => `${one.state} ${'reason' in one ? one.reason : ''}`),
    database,
  }
}

const tagOf = (name: string): string => `[${name}`

/** The bodies of all messages in the preview, by its own file. */
function shown(folder: string): readonly string[] {
  try {
    const db = new DatabaseSync(path.join(folder, 'data', 'preview.sqlite'), { readOnly: true, timeout: 1_000 })
    try {
      return (db.prepare('select body from message').all() as { body: string }[]).map(({ body }) => body)
    } finally {
      db.close()
    }
  } catch {
    return [] // it is not there yet
  }
}

/** Five feeds on loopback that list what was printed so far, and a page behind every piece. */
async function startPress() {
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
    seen,
    printed: (): readonly News[] => printed,
    print(count: number) {
      while (printed.length < count) {
        const name = `k${printed.length}e`
        printed.push({ name, at: Date.now(), url: `${origin}/page/${name}` })
      }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function configure(folder: string, origin: string): void {
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

function start(folder: string): ChildProcess {
  const main = path.join(ROOT, 'src/main.ts')
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'preview'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      CONFIG_DIR: path.join(folder, 'config'),
      DATA_DIR: path.join(folder, 'data'),
      PREVIEW_PORT: '0',
      LOG_LEVEL: 'silent',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    },
  })
}

async function kill(bot: ChildProcess): Promise<void> {
  const ended = endOf(bot)
  bot.kill('SIGKILL')
  await ended
}

async function terminate(bot: ChildProcess): Promise<number | null> {
  const ended = endOf(bot)
  bot.kill('SIGTERM')
  return ended
}

function endOf(bot: ChildProcess): Promise<number | null> {
  if (hasEnded(bot)) return Promise.resolve(bot.exitCode)
  return new Promise((resolve) => bot.once('exit', (code) => resolve(code)))
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** Returns when it holds, or when the time is over: the ledger tells. */
async function until(holds: () => boolean, maxMs: number): Promise<void> {
  for (const startedAt = Date.now(); !holds() && Date.now() - startedAt < maxMs; ) await sleep(250)
}

if (import.meta.main) {
  const [kills = 50, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
  console.log(`kill test: ${kills} kills, seed ${seed}`)
  const report = await killTest({ seed, kills, items: 4 * kills })
  console.log(report)
  const bad = report.lost.length + report.doubled.length + report.unsettled.length
  process.exitCode = bad === 0 && report.database === 'ok' && report.exitCode === 0 ? 0 : 1
}
