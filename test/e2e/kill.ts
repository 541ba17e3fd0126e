/** The kill test: the real program, killed with SIGKILL again and again while news flows, and what the preview shows in the end.
 *
 *      node test/e2e/kill.ts [kills] [seed]
 *
 *  The bot's database and the preview's never commit together, as Discord's would not: what one knows the other may not. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { COMPILED } from '../cli/program.ts'
import type { Faults } from '../faults/faults.ts'
import type { News } from '../flow/news.ts'
import { randomOf } from '../flow/random.ts'
import { configure, hasEnded, keptIn, kill, ROOT, startPress, tagOf, terminate, until } from './lives.ts'

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
  /** Of the last lives, which were asked to end. */
  exitCode: number
}>

/** Turns the program's clock, if it is told to. */
const INJECT = path.join(ROOT, 'test/faults/inject.ts')
const FEEDS = 5
/** A life: long enough to start up and do something, or not. */
const LIFE_MS_MIN = 300
const LIFE_MS_MAX = 3_300
/** Only what hangs ends by this. */
const POST_MS_MAX = 30_000
/** How long the last life may take to say all that is left. */
const REST_MS_MAX = 90_000
const LAST_LIVES_MAX = 3
/** Longer than any list or retry waits. */
const LATER_MS = 70 * 60_000

export async function killTest({ seed, kills, items }: KillTest): Promise<KillReport> {
  const random = randomOf(seed)
  const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-kill-'))
  const press = await startPress(FEEDS)
  configure(folder, press)
  let livesWithPosts = 0
  try {
    // First polls are silent: the feeds must have been seen empty.
    const first = start(folder)
    await until(() => hasEnded(first) || press.allSeen(), REST_MS_MAX)
    if (hasEnded(first)) throw new Error('Cannot kill the bot: it ended by itself')
    await kill(first)
    for (let life = 1; life <= kills; life++) {
      const before = shown(folder).length
      const bot = start(folder)
      // Every other life says something before it ends, however long a start takes here.
      const isAfterPost = life % 2 === 0
      const lifeMs = LIFE_MS_MIN + random() * (LIFE_MS_MAX - LIFE_MS_MIN)
      for (const share of [0.3, 0.6, 1]) {
        press.print(Math.floor((items * (life - 1 + share)) / kills))
        await sleep(lifeMs / 3)
        if (isAfterPost) await until(() => shown(folder).length > before, POST_MS_MAX)
      }
      await kill(bot)
      if (shown(folder).length > before) livesWithPosts++
    }
    return { published: items, kills, livesWithPosts, ...(await liveOut(folder, press.printed())) }
  } finally {
    await press.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Lives that are not killed, until all is said. What a flood folded waits for its list: the clock is turned to it. */
async function liveOut(folder: string, printed: readonly News[]) {
  const codes: (number | null)[] = []
  const isShown = ({ name }: News): boolean => shown(folder).some((text) => text.includes(tagOf(name)))
  for (let life = 0; ; life++) {
    const bot = start(folder, life * LATER_MS)
    await until(() => printed.every(isShown), REST_MS_MAX)
    await sleep(2_000)
    codes.push(await terminate(bot))
    const found = await ledger(folder, printed)
    const isSettled = found.lost.length + found.unsettled.length === 0
    if (isSettled || life + 1 >= LAST_LIVES_MAX)
      return { exitCode: codes.every((code) => code === 0) ? 0 : 1, ...found }
  }
}

async function ledger(folder: string, printed: readonly News[]) {
  const texts = shown(folder)
  const times = (name: string) => texts.filter((text) => text.includes(tagOf(name))).length
  return {
    lost: printed.map(({ name }) => name).filter((name) => times(name) === 0),
    doubled: printed.map(({ name }) => name).filter((name) => times(name) > 1),
    ...(await keptIn(folder)),
  }
}

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

function start(folder: string, aheadMs = 0): ChildProcess {
  const main = path.join(ROOT, 'src/main.ts')
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', INJECT, main, 'preview'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      ...COMPILED,
      FAULTS: JSON.stringify({ aheadMs } satisfies Faults),
      CONFIG_DIR: path.join(folder, 'config'),
      DATA_DIR: path.join(folder, 'data'),
      PREVIEW_PORT: '0',
      LOG_LEVEL: 'silent',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
    },
  })
}

if (import.meta.main) {
  const [kills = 50, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
  console.log(`kill test: ${kills} kills, seed ${seed}`)
  const report = await killTest({ seed, kills, items: 4 * kills })
  console.log(report)
  const bad = report.lost.length + report.doubled.length + report.unsettled.length
  process.exitCode = bad === 0 && report.database === 'ok' && report.exitCode === 0 ? 0 : 1
}
