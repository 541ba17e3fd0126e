/** The kill test against Discord: the real program, killed with SIGKILL again and again while alerts flow and the stand-in plays faults; then the
 *  stand-in's own messages are counted against what was to be said.
 *
 *      node test/e2e/kill-discord.ts [kills] [seed]
 *
 *  After a quarter of the kills both clocks are turned on by more than the nonce window: those restarts can only read back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomOf } from '../flow/random.ts'
import type { Fault } from '../stand-in/faults.ts'
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts'
import { type Place, placesIn, subscribe } from './kill-discord-stage.ts'
import { configure, hasEnded, keptIn, kill, type Press, ROOT, startPress, tagOf, terminate, until } from './lives.ts'

export type KillTest = Readonly<{ seed: number; kills: number; stories: number }>
export type KillReport = Readonly<{
  alerts: number
  kills: number
  tookS: number
  /** Lives in which something was posted; and of them, those that ended without a gateway. */
  livesWithPosts: number
  livesWithoutGateway: number
  faults: number
  readBacks: number
  lost: readonly string[]
  doubled: readonly string[]
  /** Deliveries that are neither sent nor in a list. */
  unsettled: readonly string[]
  database: string
  violations: number
  /** Of the last life, which was asked to end. */
  exitCode: number | null
}>

const FEEDS = 4
/** A life: long enough to start up, wait the second that delivery waits, and say something; or not. */
const LIFE_MS_MIN = 300
const LIFE_MS_MAX = 5_000
const AWAY_SHARE = 0.25
/** Longer than the stand-in remembers a nonce. */
const AWAY_MS = 4 * 60_000
/** No kill after so long: the long form ends within ten minutes. */
const KILLING_MS_MAX = 6 * 60_000
const FIRST_MS_MAX = 30_000
/** What is left is said in so many lives; between them the clocks are turned past the longest wait of a retry. */
const LAST_LIVES_MAX = 3
const LAST_MS_MAX = 60_000
const LATER_MS = 35 * 60_000

/** Four in a hundred requests each; together a quarter of all goes wrong. */
const FAULTS: readonly Fault[] = (
  [
    { kind: 'error', when: 'before' },
    { kind: 'error', when: 'after' },
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'limited', ms: 500 },
    { kind: 'stall', when: 'before', ms: 2_000 },
    { kind: 'stall', when: 'after', ms: 2_000 },
  ] as const
).map((fault) => ({ ...fault, probability: 0.04 }))

type Scene = Readonly<{ folder: string; standIn: StandIn; press: Press; places: readonly Place[] }>

export async function killTest({ seed, kills, stories }: KillTest): Promise<KillReport> {
  const startedAt = Date.now()
  const standIn = await startStandIn({ seed })
  const press = await startPress(FEEDS)
  const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-kill-'))
  try {
    const places = placesIn(standIn)
    configure(folder, press)
    await subscribe(folder, places)
    const scene = { folder, standIn, press, places }
    const clock = { aheadMs: 0 }
    await firstLife(scene)
    standIn.addFaults({ rules: FAULTS })
    const lives = await killedLives(scene, { seed, kills, stories, clock })
    press.print(stories, clock.aheadMs)
    const end = await lastLives(scene, clock)
    return { ...lives, ...end, ...counted(scene), tookS: Math.round((Date.now() - startedAt) / 1_000) }
  } finally {
    await press.close()
    await standIn.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** First polls are silent: the feeds must have been seen empty. */
async function firstLife(scene: Scene): Promise<void> {
  const first = start(scene, 0)
  await until(() => hasEnded(first) || scene.press.allSeen(), FIRST_MS_MAX)
  if (hasEnded(first)) throw new Error('Cannot kill the bot: it ended by itself')
  await sleep(1_000)
  await kill(first)
}

type Clock = { aheadMs: number }

function turn(clock: Clock, standIn: StandIn, byMs: number): void {
  clock.aheadMs += byMs
  standIn.turnClock({ byMs })
}

async function killedLives(scene: Scene, { seed, kills, stories, clock }: KillTest & Readonly<{ clock: Clock }>) {
  const { standIn, press, places } = scene
  const random = randomOf(seed)
  const startedAt = Date.now()
  const seen = { kills: 0, livesWithPosts: 0, livesWithoutGateway: 0 }
  for (let life = 1; life <= kills && Date.now() - startedAt < KILLING_MS_MAX; life++) {
    const before = said(standIn, places).length
    const bot = start(scene, clock.aheadMs)
    const lifeMs = LIFE_MS_MIN + random() * (LIFE_MS_MAX - LIFE_MS_MIN)
    for (const share of [0.3, 0.6, 1]) {
      press.print(Math.floor((stories * (life - 1 + share)) / kills), clock.aheadMs)
      await sleep(lifeMs / 3)
    }
    const hasGateway = standIn.gatewayState().connected > 0
    if (hasEnded(bot)) throw new Error(`Cannot kill the bot: it ended by itself in life ${life} with ${bot.exitCode}`)
    await kill(bot)
    seen.kills += 1
    if (said(standIn, places).length > before) {
      seen.livesWithPosts += 1
      if (!hasGateway) seen.livesWithoutGateway += 1
    }
    if (random() < AWAY_SHARE) turn(clock, standIn, AWAY_MS)
  }
  return seen
}

/** Without faults, until all is said and settled, or until there is no more patience: the ledger tells. */
async function lastLives(scene: Scene, clock: Clock) {
  const { standIn } = scene
  standIn.clearFaults()
  for (let life = 1; ; life++) {
    const bot = start(scene, clock.aheadMs)
    await until(() => ledger(scene).lost.length === 0, LAST_MS_MAX)
    await sleep(2_000)
    const exitCode = await terminate(bot)
    const kept = await keptIn(scene.folder)
    if (life === LAST_LIVES_MAX || (kept.unsettled.length === 0 && ledger(scene).lost.length === 0))
      return { ...kept, exitCode }
    turn(clock, standIn, LATER_MS)
  }
}

type Said = Readonly<{ place: string; text: string }>

/** Every message that stands in the stand-in, in the words of its JSON. */
function said(standIn: StandIn, places: readonly Place[]): readonly Said[] {
  return places.flatMap(({ name, kind, channelId }) => {
    const channels = kind === 'forum' ? standIn.threads({ channelId }).map(({ id }) => id) : [channelId]
    return channels
      .flatMap((id) => standIn.messages({ channelId: id }))
      .map((message) => ({ place: name, text: JSON.stringify(message) }))
  })
}

function ledger({ standIn, places, press }: Scene): Readonly<{ lost: readonly string[]; doubled: readonly string[] }> {
  const all = said(standIn, places)
  const pairs = places.flatMap(({ name: place }) => {
    const texts = all.filter((one) => one.place === place).map(({ text }) => text)
    return press.printed().map(({ name }) => ({
      name: `${place}: ${name}`,
      times: texts.filter((text) => text.includes(tagOf(name))).length,
    }))
  })
  return {
    lost: pairs.filter(({ times }) => times === 0).map(({ name }) => name),
    doubled: pairs.filter(({ times }) => times > 1).map(({ name, times }) => `${name} (${times})`),
  }
}

function counted(scene: Scene) {
  const { standIn, press, places } = scene
  const { lost, doubled } = ledger(scene)
  return {
    alerts: press.printed().length * places.length,
    lost,
    doubled,
    faults: standIn.journal.filter(({ fault }) => fault !== undefined).length,
    readBacks: standIn.requests({ route: 'GET /channels/{channel_id}/messages' }).length,
    violations: standIn.violations.length,
  }
}

/** The program reads `Date.now` alone; its clock goes as far ahead as the stand-in's. */
const AHEAD = 'data:text/javascript,const now=Date.now;Date.now=()=>now()+Number(process.env.CLOCK_AHEAD_MS)'

function start({ folder, standIn }: Scene, aheadMs: number): ChildProcess {
  const main = path.join(ROOT, 'src/main.ts')
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', AHEAD, main, 'start'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      CLOCK_AHEAD_MS: String(aheadMs),
      CONFIG_DIR: path.join(folder, 'config'),
      DATA_DIR: path.join(folder, 'data'),
      DISCORD_TOKEN: standIn.token,
      DISCORD_API_URL: standIn.apiUrl,
      LOG_LEVEL: 'silent',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    },
  })
}

if (import.meta.main) {
  const [kills = 100, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
  console.log(`kill test against Discord: ${kills} kills, seed ${seed}`)
  const report = await killTest({ seed, kills, stories: Math.max(1, Math.round(kills / 2)) })
  console.log(report)
  const bad = report.lost.length + report.doubled.length + report.unsettled.length + report.violations
  process.exitCode = bad === 0 && report.database === 'ok' && report.exitCode === 0 ? 0 : 1
}
