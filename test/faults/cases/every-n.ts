/** F8, a disk that is full at the n-th write of a walk, and for real; F10, the n-th statement and the n-th request of a walk fail. */
import { setTimeout as sleep } from 'node:timers/promises'
import { allSaid, firstLife, print, type Result, settle, until } from '../acts.ts'
import type { Faults } from '../faults.ts'
import { merged } from '../merged.ts'
import { type Bot, FULL, openScene, type Scene, SHORT, type Times } from '../scene.ts'
import type { Dose } from './kills.ts'

/** One of each kind would be enough; a forum has a way of its own. */
const CHANNELS = 2
/** Most of a walk is waiting: worlds beside each other share the n among them. */
const WORLDS = 3
/** Of Discord's times: no window matters here, and several worlds on one machine make each other wait. */
const PATIENT: Times = { ...FULL, share: 1 / 6 }
const IOERR = 10
const NO_ROOM = 13
/** A walk takes fewer statements than this: where nothing failed any more, it was longer than the walk. */
const STATEMENTS_MAX = 2_000
/** Growth of the database, in pages, until it is full. */
const PAGES_MAX = 12
const FULL_MS = 1_500
/** Two posts and, where the first is unsure, what reading back asks. */
const REQUESTS_MAX = 8
/** What a walk takes at its longest without a lease that must lapse. */
const PROMPT_MS = 5_000
const SAID_MS_MAX = 40_000
/** Longer than the longest lease, three minutes, and the wait for a page that failed. */
const LEASE_MS = 200_000

type World = Readonly<{ scene: Scene; bot: Bot; broken: string[] }>
type Act = (world: World) => Promise<void>
/** How much of it, and how patiently. */
type Playing = Readonly<{ times: Times; worlds: number; actsMax: number }>
const FULL_FORM: Playing = { times: PATIENT, worlds: WORLDS, actsMax: Infinity }
export const SHORT_FORM: Playing = { times: SHORT, worlds: 1, actsMax: 2 }
type Case = Readonly<{
  name: string
  seed: number
  stride: number
  playing: Playing
  statements: Omit<NonNullable<Faults['sql']>, 'nth'>
  acts: readonly Act[]
}>

async function played(one: Case): Promise<Result> {
  const ends = await Promise.allSettled(Array.from({ length: one.playing.worlds }, (_, at) => playedIn(one, at)))
  return merged(
    ends.map((end) => {
      if (end.status === 'rejected') throw end.reason
      return end.value
    }),
  )
}

async function playedIn({ name, seed, stride, playing, statements, acts }: Case, at: number): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed: seed * 100 + at, channels: CHANNELS, times: playing.times })
  try {
    const broken: string[] = []
    const world = { scene, bot: await firstLife(scene), broken }
    const failed = await everyStatement(world, { ...statements, first: 1 + at * stride, step: playing.worlds * stride })
    const own = acts.slice(0, playing.actsMax).filter((_, n) => n % playing.worlds === at)
    for (const act of own) await act(world)
    const { bot } = world
    if (bot.hasEnded()) broken.push(`ended by itself: ${(await bot.ended).err.slice(0, 200)}`)
    const words = `${failed} statements, ${own.length} others`
    return { ...(await settle(scene, { name, played: words, startedAt, broken }, bot)), seed }
  } finally {
    await scene.close()
  }
}

type Failing = Case['statements'] & Readonly<{ first: number; step: number }>

/** Every n of one walk, from the printing to the last channel. @returns how many failed */
async function everyStatement(world: World, { first, step, ...failing }: Failing): Promise<number> {
  const { bot } = world
  const failed = new Set<number>()
  for (let nth = first, idle = 0; nth < STATEMENTS_MAX && idle < IDLE_MAX; nth += step) {
    const before = bot.fired.length
    bot.tell({ sql: { ...failing, nth } })
    await walk(world)
    if (bot.hasEnded()) break
    if (bot.fired.length > before) failed.add(nth)
    idle = bot.fired.length > before ? 0 : idle + 1
  }
  bot.tell({ sql: { ...failing, nth: STATEMENTS_MAX * 1_000 } })
  return failed.size
}
/** Walks differ in their length: what is not reached by two of them is beyond it. */
const IDLE_MAX = 2

/** A story from the printing to the last channel. Where a lease has to lapse first, the bot's clock is put forward. */
async function walk({ scene, bot, broken }: World): Promise<void> {
  await print(scene)
  for (let tries = 0; tries < LAPSES_MAX; tries++) {
    if (await until(() => bot.hasEnded() || allSaid(scene), PROMPT_MS)) return
    scene.clock.aheadMs += LEASE_MS
    bot.tell({ aheadMs: scene.clock.aheadMs })
  }
  if (!(await until(() => bot.hasEnded() || allSaid(scene), SAID_MS_MAX)))
    broken.push(`silent after story ${scene.printed.length}`)
}
/** What fails twice leaves a lease twice. */
const LAPSES_MAX = 3

/** The disk is full after so many pages more, for a while. */
function fullAfter(morePages: number): Act {
  return async (world) => {
    const { scene, bot } = world
    bot.tell({ morePages })
    await print(scene)
    await sleep(FULL_MS)
    bot.tell({ morePages: null })
    await walk(world)
  }
}

/** The n-th request of Discord's. */
function reset(skip: number, when: 'before' | 'after'): Act {
  return async (world) => {
    const { discord } = world.scene
    await discord.call('addFaults', { rules: [{ kind: 'reset', when, skip, count: 1 }] })
    await walk(world)
    await discord.call('clearFaults')
  }
}

/** The n-th answer of the web. */
function webFails(kind: 'feed' | 'page', skip: number, fault: Readonly<{ status?: number; cuts?: boolean }>): Act {
  return async (world) => {
    await world.scene.press.call('breakOff', { kind, skip, count: 1, ...fault })
    await walk(world)
    await world.scene.press.call('mend')
  }
}

/** @param dose.kills - the stride through the n: 1 is every one */
export const f8 = ({ seed, kills: stride }: Dose, playing: Playing = FULL_FORM): Promise<Result> =>
  played({
    ...{ name: 'F8', seed, stride, playing },
    // What was full once is full when it is tried again.
    statements: { code: NO_ROOM, writesOnly: true, times: 2 },
    acts: upTo(PAGES_MAX + 1, stride).map(fullAfter),
  })

/** @param dose.kills - the stride through the n: 1 is every one */
export const f10 = ({ seed, kills: stride }: Dose, playing: Playing = FULL_FORM): Promise<Result> =>
  played({
    ...{ name: 'F10', seed, stride, playing },
    statements: { code: IOERR, times: 2 },
    acts: [
      ...upTo(REQUESTS_MAX, stride).flatMap((skip) => [reset(skip, 'before'), reset(skip, 'after')]),
      // One poll of each feed, and one more; the page of the story.
      ...upTo(7, stride).flatMap((skip) => [
        webFails('feed', skip, { status: 503 }),
        webFails('feed', skip, { cuts: true }),
      ]),
      ...upTo(2, stride).flatMap((skip) => [
        webFails('page', skip, { status: 503 }),
        webFails('page', skip, { cuts: true }),
      ]),
    ],
  })

function upTo(end: number, stride: number): readonly number[] {
  return Array.from({ length: Math.ceil(end / stride) }, (_, n) => n * stride)
}
