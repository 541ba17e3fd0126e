/** F2: the process dies at every named point: those of the program, before and after each commit, and at each stage of each request. */
import { POINTS } from '../../../src/flow/points.ts'
import { allSaid, firstLife, print, printTwin, type Result, settle, turnClock, until } from '../acts.ts'
import { openScene, type Scene, startBot } from '../scene.ts'
import type { Dose } from './kills.ts'

const CHANNELS = 5
const METHODS = ['claimFeeds', 'keepPoll', 'claimItems', 'keepArticle', 'claimDelivery', 'saveDelivery', 'keepDigest']
const STAGES = ['made', 'leaving', 'answering', 'answered']
const KINDS = ['feed', 'page', 'post', 'edit', 'history']

/** 55 of them. */
export const ALL_POINTS: readonly string[] = [
  ...POINTS,
  ...METHODS.flatMap((method) => [`commit ${method} before`, `commit ${method} after`]),
  ...KINDS.flatMap((kind) => STAGES.map((stage) => `http ${kind} ${stage}`)),
  'http post sent',
  'http edit sent',
]

/** The longest way to a point: a start, and a list that is looked for every ten seconds. */
const LIFE_MS_MAX = 20_000
const TRIES_MAX = 3
const HOUR_MS = 61 * 60_000
/** Of the passes of a point in one life, that it is not always the first. */
const PASSES_MAX = 3

type Stage = Readonly<{ scene: Scene; hits: Map<string, number>; twins: { told: number } }>

/** @param dose.kills - rounds: so often each point is hit */
export async function f2({ seed, kills: rounds }: Dose, points: readonly string[] = ALL_POINTS): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS, lists: 1 })
  try {
    const stage: Stage = { scene, hits: new Map(), twins: { told: 0 } }
    const first = await firstLife(scene)
    await print(scene, 2)
    await until(() => allSaid({ ...scene, places: scene.places.slice(0, CHANNELS) }), LIFE_MS_MAX)
    await first.kill()
    for (let round = 0; round < rounds; round++)
      for (const point of shuffled(points, scene.random)) await dieAt(point, stage)
    const missed = points.filter((point) => (stage.hits.get(point) ?? 0) < rounds)
    return await settle(scene, {
      name: 'F2',
      played: `${points.length} points, ${rounds} times each`,
      startedAt,
      broken: missed.length === 0 ? [] : [`not reached ${rounds} times: ${missed.join(', ')}`],
    })
  } finally {
    await scene.close()
  }
}

async function dieAt(point: string, stage: Stage): Promise<void> {
  for (let tries = 1; tries <= TRIES_MAX; tries++) if (await diesAt(point, stage)) return
}

async function diesAt(point: string, { scene, hits, twins }: Stage): Promise<boolean> {
  // A poll and a request come often in a life; an edit, a list, a reading back and a story once.
  const isRare = /edit|igest|history|found|read|page|woke|keepArticle|claimItems/.test(point)
  if (/edit/.test(point)) await printTwin(scene, twins.told++)
  if (/history|found/.test(point)) await leaveUnsure(scene)
  if (/igest/.test(point)) await turnClock(scene, HOUR_MS)
  await print(scene)
  const nth = isRare ? 1 : 1 + Math.floor(scene.random() * PASSES_MAX)
  const bot = startBot(scene, { point: { name: point, nth } })
  await until(() => bot.hasEnded(), LIFE_MS_MAX)
  if (!bot.hasEnded()) {
    await bot.kill()
    return false
  }
  const { signal, err } = await bot.ended
  if (signal !== 'SIGKILL') throw new Error(`The bot ended by itself at ${point}: ${err}`)
  hits.set(point, (hits.get(point) ?? 0) + 1)
  return true
}

/** A life that ends with a message out and no answer read. */
async function leaveUnsure(scene: Scene): Promise<void> {
  await print(scene)
  const bot = startBot(scene, { point: { name: 'http post answering', nth: 1 } })
  await until(() => bot.hasEnded(), LIFE_MS_MAX)
  if (!bot.hasEnded()) await bot.kill()
}

function shuffled<Value>(values: readonly Value[], random: () => number): readonly Value[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}
