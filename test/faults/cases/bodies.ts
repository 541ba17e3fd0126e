/** F13, bodies that break off at every percent, plain and gzipped; F14, rows that cannot be read; F15, yesterday's backup put back. */
import { copyFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { terminate } from '../../e2e/lives.ts'
import { allSaid, firstLife, keptIn, print, type Result, settle, turnClock, until } from '../acts.ts'
import { type Bot, openScene, type Scene, startBot } from '../scene.ts'
import type { Dose } from './kills.ts'

const SAID_MS_MAX = 60_000
const CUTS_MS_MAX = 400_000
const DAY_MS = 24 * 60 * 60_000
/** So many pieces at once are no flood. */
const BATCH = 12

/** @param dose.kills - how many percents: 100 are all of them */
export async function f13({ seed, kills: percents }: Dose): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: 2 })
  try {
    const bot = await firstLife(scene)
    for (const gzip of [false, true]) {
      await cutFeeds(scene, { gzip, percents })
      await cutPages(scene, { gzip, percents })
    }
    return await settle(scene, { name: 'F13', played: `${4 * percents} bodies cut`, startedAt }, bot)
  } finally {
    await scene.close()
  }
}

type Cutting = Readonly<{ gzip: boolean; percents: number }>

async function cutFeeds({ press, ...scene }: Scene, { gzip, percents }: Cutting): Promise<void> {
  await press.call('breakOff', { kind: 'feed', cuts: true, gzip, count: percents })
  await print({ press, ...scene }, 2)
  await until(async () => (await press.call('cuts')) >= percents, CUTS_MS_MAX)
}

async function cutPages(scene: Scene, { gzip, percents }: Cutting): Promise<void> {
  await scene.press.call('breakOff', { kind: 'page', cuts: true, gzip, count: percents })
  for (let printed = 0; printed < percents; printed += BATCH) {
    await print(scene, Math.min(BATCH, percents - printed))
    const wanted = Math.min(percents, printed + BATCH)
    await until(async () => (await scene.press.call('cuts')) >= wanted, SAID_MS_MAX)
  }
  await until(() => allSaid(scene), SAID_MS_MAX)
}

/** Rows of every table that hold JSON, spoilt while their work waits: they harm nobody but themselves.
 *  @param dose.kills - rounds */
export async function f14({ seed, kills: rounds }: Dose): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: 4 })
  try {
    let bot = await firstLife(scene)
    const spoilt = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      await scene.discord.call('goDown')
      await print(scene, 3)
      await until(() => waiting(scene) >= 3 * scene.places.length, SAID_MS_MAX)
      await terminate(bot.child)
      for (const one of spoil(scene)) spoilt.add(one)
      await scene.discord.call('comeBack')
      bot = startBot(scene)
      await until(() => allSaid(scene, spoilt), SAID_MS_MAX)
    }
    const playing = { name: 'F14', played: `${spoilt.size} rows spoilt`, startedAt, excused: spoilt }
    return await settle(scene, playing, bot)
  } finally {
    await scene.close()
  }
}

type Row = Readonly<{ seq: number; channel_id: string; title: string }>

/** The middle one of each lane. @returns names for the checker */
function spoil({ database, places }: Scene): readonly string[] {
  const db = new DatabaseSync(database)
  const rows = db
    .prepare(
      `select d.seq, d.channel_id, (select a.title from articles a where a.story_id = d.story_id order by a.n limit 1) as title
       from deliveries d where d.state in ('queued', 'unsure', 'sending') order by d.seq`,
    )
    .all() as Row[]
  const names: string[] = []
  for (const { name, channelId } of places) {
    const lane = rows.filter((row) => row.channel_id === channelId)
    const middle = lane[Math.floor(lane.length / 2)]
    if (!middle) continue
    db.prepare("update deliveries set body = '{\"broken' where seq = ?").run(middle.seq)
    names.push(`${name} ${/\[(k\d+e)/.exec(middle.title)?.[1] ?? ''}`)
  }
  db.close()
  return names
}

function waiting({ database }: Scene): number {
  const db = new DatabaseSync(database, { readOnly: true })
  const row = db.prepare("select count(*) as n from deliveries where state in ('queued', 'unsure', 'sending')").get()
  db.close()
  return Number(row?.['n'] ?? 0)
}

/** @param dose.kills - rounds; in every other one a day has passed */
export async function f15({ seed, kills: rounds, alerts: _, ...times }: Dose): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: 10, ...times })
  const copy = `${scene.database}.yesterday`
  try {
    let bot = await firstLife(scene)
    for (let round = 0; round < rounds; round++) {
      await saidAll(scene, 2)
      await terminate(bot.child)
      copyFileSync(scene.database, copy)
      bot = startBot(scene)
      await saidAll(scene, 3)
      await end(bot, round, scene)
      if (round % 2 === 1) await turnClock(scene, DAY_MS)
      copyFileSync(copy, scene.database)
      bot = startBot(scene)
      await saidAll(scene, 2)
    }
    return await settle(scene, { name: 'F15', played: `${rounds} backups put back`, startedAt }, bot)
  } finally {
    await scene.close()
  }
}

async function saidAll(scene: Scene, count: number): Promise<void> {
  await print(scene, count)
  await until(() => allSaid(scene), SAID_MS_MAX)
}

/** Asked to end, or killed with its last messages unsaved; what SQLite keeps beside the file goes with it. */
async function end(bot: Bot, round: number, scene: Scene): Promise<void> {
  if (round % 3 === 2) await bot.kill()
  else await terminate(bot.child)
  // A backup takes the place of all that was there: the log of the later life is not its own.
  await keptIn(scene)
}
