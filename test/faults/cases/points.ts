/** F2: the process dies at every named point: those of the program, before and after each commit, and at each stage of each request. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { checkWhole } from '../../../src/edge/store/copy.ts'
import { POINTS } from '../../../src/flow/points.ts'
import { allSaid, firstLife, print, type Result, settle, turnClock, until } from '../acts.ts'
import { merged } from '../merged.ts'
import { nameFeeds, openScene, type Scene, startBot, type Times } from '../scene.ts'
import type { Dose } from './kills.ts'
import {
  backupsOf,
  HOUR_MS,
  isOfRestore,
  LIFE_MS_MAX,
  leaveCopy,
  needOf,
  oldsTold,
  putBack,
  type Used,
} from './needs.ts'

const CHANNELS = 5
/** Of the store: those whose writes the walk, the clock and the hubs cause. */
const METHODS = [
  ...[
    'opening',
    'keepCommonFeeds',
    'keepPoll',
    'claimItems',
    'keepArticle',
    'claimDelivery',
    'saveDelivery',
    'keepDigest',
  ],
  ...['claimReadBack', 'keepReadBack', 'sweep', 'remember', 'cache set'],
]
const STAGES = ['made', 'leaving', 'answering', 'answered']
const KINDS = ['feed', 'page', 'post', 'edit', 'history']

/** 86 of them. */
export const ALL_POINTS: readonly string[] = [
  ...POINTS,
  ...METHODS.flatMap((method) => [`commit ${method} before`, `commit ${method} after`]),
  ...KINDS.flatMap((kind) => STAGES.map((stage) => `http ${kind} ${stage}`)),
  'http post sent',
  'http edit sent',
]

const TRIES_MAX = 3
/** Of the passes of a point in one life, that it is not always the first. */
const PASSES_MAX = 3

type Stage = Readonly<{ scene: Scene; hits: Map<string, number>; used: Used; broken: string[] }>

type Playing = Readonly<{ points: readonly string[]; times?: Times | undefined }>

/** @param dose.kills - rounds: so often each point is hit */
export async function f2(
  dose: Dose,
  { points = ALL_POINTS, times, worlds = WORLDS }: Partial<Playing> & Readonly<{ worlds?: number }> = {},
): Promise<Result> {
  const ends = await Promise.allSettled(
    Array.from({ length: worlds }, (_, at) =>
      played(dose, { points: points.filter((_point, n) => n % worlds === at), times }),
    ),
  )
  return merged(
    ends.map((end) => {
      if (end.status === 'rejected') throw end.reason
      return end.value
    }),
  )
}
/** Two thirds of a life are waiting for a poll or a tick: worlds beside each other share the points. */
const WORLDS = 2

async function played({ seed, kills: rounds }: Dose, { points, times }: Playing): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS, lists: 1, hub: true, ...(times ? { times } : {}) })
  try {
    const stage: Stage = { scene, hits: new Map(), used: { twins: 0, olds: 0 }, broken: [] }
    const first = await firstLife(scene)
    await print(scene, 2)
    await until(() => allSaid({ ...scene, places: scene.places.slice(0, CHANNELS) }), LIFE_MS_MAX)
    await first.kill()
    for (let round = 0; round < rounds; round++) await play(shuffled(points, scene.random), stage)
    const missed = points.filter((point) => (stage.hits.get(point) ?? 0) < rounds)
    const old = oldsTold(scene)
    // Lists are due at once.
    await turnClock(scene, HOUR_MS)
    return await settle(scene, {
      name: 'F2',
      played: `${points.length} points, ${rounds} times each`,
      startedAt,
      broken: [
        ...stage.broken,
        ...(missed.length === 0 ? [] : [`not reached ${rounds} times: ${missed.join(', ')}`]),
        ...(old.length === 0 ? [] : [`told from a first poll: ${old.join(', ')}`]),
      ],
    })
  } finally {
    await scene.close()
  }
}

/** One round. Those of an older copy's life come in a row: they share the copy. */
async function play(points: readonly string[], stage: Stage): Promise<void> {
  for (const point of points.filter((name) => !isOfRestore(name)))
    await dieAt(point, stage, () => livesTo(point, stage))
  const ofRestore = points.filter(isOfRestore)
  if (ofRestore.length === 0) return
  const copy = await leaveCopy(stage.scene)
  for (const point of ofRestore)
    await dieAt(point, stage, () => (point.startsWith('restore') ? restoresTo : livesOnTo)(point, copy, stage))
}

async function dieAt(point: string, { hits }: Stage, dies: () => Promise<boolean>): Promise<void> {
  for (let tries = 1; tries <= TRIES_MAX; tries++)
    if (await dies()) {
      hits.set(point, (hits.get(point) ?? 0) + 1)
      return
    }
}

/** @returns whether it was reached */
async function livesTo(point: string, { scene, used, broken }: Stage): Promise<boolean> {
  const { rare, ticks, before, during } = needOf(point)
  await before?.(scene, used)
  await print(scene)
  const nth = rare ? 1 : 1 + Math.floor(scene.random() * PASSES_MAX)
  const bot = startBot(scene, { point: { name: point, nth }, ...(ticks ? { ticks } : {}) })
  await until(async () => {
    await during?.(scene)
    return bot.hasEnded()
  }, LIFE_MS_MAX)
  const reached = await wasReached(bot, point)
  if (/first/.test(point)) nameFeeds({ folder: scene.folder, origin: await scene.press.call('origin') })
  if (/backup/.test(point)) broken.push(...damagedBackups(scene))
  return reached
}

async function wasReached(bot: ReturnType<typeof startBot>, point: string): Promise<boolean> {
  if (!bot.hasEnded()) {
    await bot.kill()
    return false
  }
  const { code, signal, err } = await bot.ended
  if (signal !== 'SIGKILL') throw new Error(`The bot ended by itself at ${point} with ${code}: ${err}`)
  return true
}

/** A backup that is called one is whole, whenever its making ended. */
function damagedBackups(scene: Scene): readonly string[] {
  const folder = backupsOf(scene)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sqlite')) : []
  return names.filter((name) => checkWhole(path.join(folder, name)) !== 'ok').map((name) => `damaged backup ${name}`)
}

/** In the life of a copy that was put back. */
async function livesOnTo(point: string, copy: string, { scene }: Stage): Promise<boolean> {
  putBack(scene, copy)
  const bot = startBot(scene, { point: { name: point, nth: 1 } })
  await until(() => bot.hasEnded(), LIFE_MS_MAX)
  return wasReached(bot, point)
}

/** The restoring itself dies; whoever asked for it asks again. Where the database is gone meanwhile, a start says so and makes no new one. */
async function restoresTo(point: string, copy: string, { scene, broken }: Stage): Promise<boolean> {
  const restoring = startBot(scene, { point: { name: point, nth: 1 } }, ['restore', copy])
  await until(() => restoring.hasEnded(), LIFE_MS_MAX)
  const reached = await wasReached(restoring, point)
  if (!existsSync(scene.database)) {
    const bot = startBot(scene)
    await until(() => bot.hasEnded(), LIFE_MS_MAX)
    if (!bot.hasEnded()) await bot.kill()
    const { code, err } = await bot.ended
    if (code !== 1 || !err.includes('is gone') || existsSync(scene.database)) broken.push(`${point}: ${code} ${err}`)
  }
  putBack(scene, copy)
  return reached
}

function shuffled<Value>(values: readonly Value[], random: () => number): readonly Value[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}
