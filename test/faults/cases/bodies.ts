/** F13, bodies that break off at every percent, plain and gzipped; F15, yesterday's backup put back. */
import { copyFileSync } from 'node:fs'
import { terminate } from '../../e2e/lives.ts'
import { allSaid, firstLife, keptIn, print, type Result, settle, turnClock, until } from '../acts.ts'
import { merged } from '../merged.ts'
import { type Bot, openScene, type Scene, startBot, type Times } from '../scene.ts'
import type { Dose } from './kills.ts'

const SAID_MS_MAX = 60_000
const CUTS_MS_MAX = 400_000
const RETRY_MS = 30_000
const DAY_MS = 24 * 60 * 60_000
/** So many pieces at once are no flood. */
const BATCH = 12

/** @param dose.kills - how many percents: 100 are all of them */
export async function f13({ seed, kills: percents }: Dose, times?: Times): Promise<Result> {
  // Most of it is waiting for the next poll: two worlds beside each other.
  const ends = await Promise.allSettled([false, true].map((gzip) => cutAll({ seed, gzip, percents, times })))
  return merged(
    ends.map((end) => {
      if (end.status === 'rejected') throw end.reason
      return end.value
    }),
  )
}

async function cutAll({ seed, times, ...cutting }: Cutting & Readonly<{ seed: number; times: Times | undefined }>) {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: 2, ...(times ? { times } : {}) })
  try {
    const bot = await firstLife(scene)
    await cutFeeds(scene, cutting)
    await cutPages(scene, bot, cutting)
    const played = `${2 * cutting.percents} ${cutting.gzip ? 'gzipped' : 'plain'} bodies cut`
    return await settle(scene, { name: 'F13', played, startedAt }, bot)
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

async function cutPages(scene: Scene, bot: Bot, { gzip, percents }: Cutting): Promise<void> {
  await scene.press.call('breakOff', { kind: 'page', cuts: true, gzip, count: percents })
  for (let printed = 0; printed < percents; printed += BATCH) {
    await print(scene, Math.min(BATCH, percents - printed))
    const wanted = Math.min(percents, printed + BATCH)
    await until(async () => (await scene.press.call('cuts')) >= wanted, SAID_MS_MAX)
    // A page that failed is asked again after twenty seconds. Batch by batch: so many at once that a channel falls behind are told in a list.
    scene.clock.aheadMs += RETRY_MS
    bot.tell({ aheadMs: scene.clock.aheadMs })
    await until(() => bot.hasEnded() || allSaid(scene), SAID_MS_MAX)
  }
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
