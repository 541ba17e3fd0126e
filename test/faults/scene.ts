/** One bot's world for one case: Discord in a process, the web in another, a folder, and lives of the real program. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ChannelId, PersonId, ServerId, SubscriptionId, Target, TopicId } from '../../src/core/model.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { hasEnded, kill, ROOT } from '../e2e/lives.ts'
import { randomOf } from '../flow/random.ts'
import type { DiscordMethods, DiscordOptions } from './discord.ts'
import type { FaultSeen, Faults } from './faults.ts'
import { journalReader, type Line, readLeft } from './journal.ts'
import { type Peer, startPeer } from './peer.ts'
import type { PressMethods, PressOptions } from './press.ts'

export const FEEDS = 6
const PERSON = '1' as PersonId

export type Place = Readonly<{
  name: string
  kind: 'channel' | 'thread' | 'forum'
  serverId: string
  channelId: string
  rhythm: 'each' | 'hourly'
}>
export type Scene = Readonly<{
  seed: number
  random: () => number
  folder: string
  database: string
  discord: Peer<DiscordMethods>
  press: Peer<PressMethods>
  places: readonly Place[]
  access: Readonly<{ apiUrl: string; token: string }>
  statusPort: number
  journal: () => readonly Line[]
  /** When each request of the bot left it, in the journal's time. */
  left: () => readonly number[]
  /** Of the stand-in, at the scene's scale. */
  nonceWindowMs: number
  times: Times
  /** In the order of printing. */
  printed: string[]
  clock: { aheadMs: number }
  close(): Promise<void>
}>

export type SceneOptions = Readonly<{
  seed: number
  /** Channels that follow the topic; a fifth of them are announcement channels, threads or forums. */
  channels: number
  /** So many more, that get a list an hour. */
  lists?: number
  /** Of Discord's windows; the bot's own are always shortened. */
  rateLimits?: DiscordOptions['rateLimits']
  /** The feeds name a hub, and the bot can be reached by it. */
  hub?: boolean
  /** Of the times of both sides, where they are not those of the full forms. */
  times?: Times
}>

export type Times = Readonly<{
  /** Of Discord's times, on both sides. */
  share: number
  /** How long the stand-in remembers a nonce, in Discord's time; the bot trusts it for a minute. */
  nonceMs: number
  /** How long a start may take, in ours. */
  healthMs: number
  /** A down longer than the nonce window is a turn of both clocks, or else waited for. */
  turned: boolean
}>
export const FULL: Times = { share: 1 / 30, nonceMs: 90_000, healthMs: 10_000, turned: false }
/** For short forms, which run beside others on a crowded machine: whoever is held up there for seconds still is within the windows. */
export const SHORT: Times = { share: 1 / 20, nonceMs: 180_000, healthMs: 60_000, turned: true }

export async function openScene({
  seed,
  channels,
  lists = 0,
  times = FULL,
  rateLimits = { scale: times.share },
  hub = false,
}: SceneOptions): Promise<Scene> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-faults-'))
  const journal = path.join(folder, 'journal.jsonl')
  const left = leftIn(folder)
  for (const file of [journal, left]) writeFileSync(file, '')
  const nonceWindowMs = times.nonceMs * times.share
  const options: DiscordOptions = { seed, journal, nonceWindowMs, rateLimits }
  const [discord, press] = await Promise.all([
    startPeer<DiscordMethods>('discord.ts', options),
    startPeer<PressMethods>('press.ts', { feeds: FEEDS, hub } satisfies PressOptions),
  ])
  const places = await makePlaces(discord, channels, lists)
  const hubPort = hub ? await freePort() : undefined
  configure({ folder, origin: await press.call('origin'), share: times.share, hubPort })
  const database = path.join(folder, 'data', 'pullquote.sqlite')
  await subscribe(database, places)
  return {
    seed,
    random: randomOf(seed),
    folder,
    database,
    discord,
    press,
    places,
    access: await discord.call('about'),
    statusPort: await freePort(),
    journal: journalReader(journal),
    left: () => readLeft(left),
    nonceWindowMs,
    times,
    printed: [],
    clock: { aheadMs: 0 },
    close: async () => {
      await Promise.all([discord.close(), press.close()])
      // A failing run is read from what it left: FAULTS_KEEP=1 keeps it.
      if (process.env['FAULTS_KEEP'] !== '1') rmSync(folder, { recursive: true, force: true })
      else console.error(`kept: ${folder}`)
    },
  }
}

const KINDS = ['text', 'text', 'text', 'text', 'announcement', 'text', 'text', 'text', 'thread', 'forum'] as const

async function makePlaces(discord: Peer<DiscordMethods>, count: number, lists: number): Promise<readonly Place[]> {
  const servers = [
    await discord.call('makeGuild', { name: 'Newsroom' }),
    await discord.call('makeGuild', { name: 'Harbour' }),
  ]
  const talk = await Promise.all(
    servers.map(({ id: guildId }) => discord.call('makeChannel', { guildId, name: 'talk' })),
  )
  const places: Place[] = []
  for (let n = 0; n < count + lists; n++) {
    const rhythm = n < count ? 'each' : 'hourly'
    const kind = rhythm === 'hourly' ? 'text' : (KINDS[n % KINDS.length] ?? 'text')
    const serverId = servers[n % 2]?.id ?? ''
    const parent = kind === 'thread' ? { parentId: talk[n % 2]?.id ?? '' } : {}
    const { id } = await discord.call('makeChannel', { guildId: serverId, kind, name: `${kind} ${n}`, ...parent })
    const target = kind === 'thread' || kind === 'forum' ? kind : 'channel'
    places.push({ name: `${kind} ${n}`, kind: target, serverId, channelId: id, rhythm })
  }
  return places
}

const leftIn = (folder: string): string => path.join(folder, 'left.txt')

type Configuring = Readonly<{ folder: string; origin: string; share: number; hubPort?: number | undefined }>

function configure({ folder, origin, share, hubPort }: Configuring): void {
  const config = path.join(folder, 'config')
  mkdirSync(config)
  mkdirSync(path.join(folder, 'data'))
  nameFeeds({ folder, origin })
  writeFileSync(
    path.join(config, 'topics.yaml'),
    'topics:\n  - { id: sea, name: Sea, emoji: 🚢, color: "#1f6feb", any: { en: [ferry] } }\n',
  )
  writeFileSync(
    path.join(config, 'settings.yaml'),
    `feeds: { hostGapMs: 0 }\nsubscriptions: { cardsPerDayMax: 1000 }\nreader: { children: 1, timeoutMs: 20000 }\ndelivery: { timeShare: ${share} }\n${hubPort === undefined ? '' : hubsOn(hubPort)}`,
  )
}

function hubsOn(port: number): string {
  return `web: { publicUrl: "http://127.0.0.1:${port}", publicHost: 127.0.0.1, publicPort: ${port} }\n`
}

/** @param more - feeds beside the counted ones */
export function nameFeeds(
  { folder, origin }: Pick<Configuring, 'folder' | 'origin'>,
  more: readonly number[] = [],
): void {
  const feeds = [...Array.from({ length: FEEDS }, (_, n) => n), ...more].map(
    (n) =>
      `  - { id: press-${n}, url: "${origin}/feed/${n}", outlet: Press ${n}, language: en, kind: outlet, everyMinutes: 0.017 }\n`,
  )
  writeFileSync(path.join(folder, 'config', 'feeds.yaml'), `feeds:\n${feeds.join('')}`)
}

async function subscribe(database: string, places: readonly Place[]): Promise<void> {
  const opened = await openStore({ path: database, now: () => Date.now() })
  if (opened.kind === 'refused') throw new Error(opened.message)
  for (const [n, { kind, serverId, channelId, rhythm }] of places.entries())
    await opened.store.addSubscription(
      {
        id: `s${n}` as SubscriptionId,
        serverId: serverId as ServerId,
        target: { kind, serverId, channelId: channelId as ChannelId } as Target,
        follows: { kind: 'topic', topicId: 'sea' as TopicId },
        style: 'full',
        rhythm,
        perDayMax: 1_000,
        createdAt: Date.now(),
        createdBy: PERSON,
      },
      100,
    )
  await opened.store.close()
}

/** One that no outgoing connection takes between two lives of the bot: systems give those higher numbers. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN))
    if (await isFree(port)) return port
  }
}
const PORT_MIN = 10_000
const PORT_MAX = 32_000

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

export type Bot = Readonly<{
  child: ChildProcess
  startedAt: number
  /** The signal or code it ended with, and what it said on stderr. */
  ended: Promise<Readonly<{ code: number | null; signal: string | null; err: string }>>
  hasEnded(): boolean
  tell(faults: Faults): void
  /** Statements that failed so far. */
  fired: readonly string[]
  kill(): Promise<void>
}>

/** FAULTS_LOG=info writes what the bot says beside its database. */
function logOf(folder: string): number | 'ignore' {
  return process.env['FAULTS_LOG'] === undefined ? 'ignore' : openSync(path.join(folder, 'bot.log'), 'a')
}

const INJECT = path.join(import.meta.dirname, 'inject.ts')

/** @param given - the subcommand */
export function startBot(scene: Scene, faults: Faults = {}, given: readonly string[] = ['start']): Bot {
  const { folder, access, clock, statusPort } = scene
  const main = path.join(ROOT, 'src/main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', INJECT, main, ...given], {
    cwd: folder,
    stdio: ['ignore', logOf(folder), 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      FAULTS_LEFT: leftIn(folder),
      FAULTS: JSON.stringify({ aheadMs: clock.aheadMs, ...faults } satisfies Faults),
      CONFIG_DIR: path.join(folder, 'config'),
      DATA_DIR: path.join(folder, 'data'),
      NODE_COMPILE_CACHE: path.join(tmpdir(), 'pullquote-faults-code'),
      DISCORD_TOKEN: access.token,
      DISCORD_API_URL: access.apiUrl,
      STATUS_PORT: String(statusPort),
      LOG_LEVEL: process.env['FAULTS_LOG'] ?? 'silent',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    },
  })
  const fired: string[] = []
  let err = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  child.on('message', (seen: FaultSeen) => fired.push(seen.fired))
  child.on('error', () => undefined) // a message to one that just died
  const ended: Bot['ended'] = new Promise((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, err })),
  )
  return {
    child,
    startedAt: performance.now(),
    ended,
    hasEnded: () => hasEnded(child),
    tell: (given) => void (child.connected && child.send(given)),
    fired,
    kill: () => kill(child),
  }
}
