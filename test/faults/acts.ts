/** What every case does: print, wait, end, and be judged. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { terminate } from '../e2e/lives.ts'
import { type Expected, judge, lostOf, PER_SECOND_MAX, REFUSALS_MAX, type Verdict } from './checker.ts'
import { type Bot, FEEDS, type Scene, startBot } from './scene.ts'

export type Result = Readonly<{
  name: string
  seed: number
  /** What was played, in a few words. */
  played: string
  alerts: number
  lost: number
  doubled: number
  disordered: number
  /** Held or dead, with a reason that /status shows. */
  excused: number
  tookS: number
  /** What does not hold; empty where all does. */
  broken: readonly string[]
}>

/** The whole machine may be busy: only what hangs is ended by these. */
const FIRST_MS_MAX = 60_000
const REST_MS_MAX = 60_000
/** Longer than the longest wait of a retry, an hour or a list's. */
const LATER_MS = 70 * 60_000
const LAST_LIVES_MAX = 3

/** Waits until it holds, or gives up: the checker tells. */
export async function until(holds: () => boolean | Promise<boolean>, maxMs: number): Promise<boolean> {
  for (const startedAt = performance.now(); performance.now() - startedAt < maxMs; await sleep(50))
    if (await holds()) return true
  return false
}

/** First polls are silent: the feeds must have been seen empty. @returns the bot, still alive */
export async function firstLife(scene: Scene): Promise<Bot> {
  const bot = startBot(scene)
  await until(async () => bot.hasEnded() || (await scene.press.call('allSeen')), FIRST_MS_MAX)
  if (bot.hasEnded()) throw new Error(`The bot ended by itself: ${(await bot.ended).err}`)
  return bot
}

/** Another outlet tells a story that was told: the cards that are out grow. */
export async function printTwin(scene: Scene, n: number): Promise<void> {
  const name = scene.printed[n]
  if (name === undefined) return
  await scene.press.call('twin', { name, at: Date.now() + scene.clock.aheadMs, feed: n + 1 })
}

/** Prints the next stories. */
export async function print(scene: Scene, count = 1): Promise<void> {
  for (let n = 0; n < count; n++) {
    const name = `k${scene.printed.length}e`
    await scene.press.call('print', { name, at: Date.now() + scene.clock.aheadMs, feed: scene.printed.length % FEEDS })
    scene.printed.push(name)
  }
}

export async function turnClock(scene: Scene, byMs: number): Promise<void> {
  scene.clock.aheadMs += byMs
  await scene.discord.call('turnClock', { byMs })
}

/** Down for longer than Discord remembers a nonce, at the scale of the suite. */
export async function beAway(scene: Scene): Promise<void> {
  const awayMs = scene.nonceWindowMs + 300
  if (scene.times.turned) await turnClock(scene, awayMs)
  else await sleep(awayMs)
}

export function verdictOf(scene: Scene, excused?: ReadonlySet<string>): Verdict {
  return judge({ ...expectedOf(scene, excused), left: scene.left() }, scene.journal())
}

/** Whether everything that was printed was said everywhere. */
export function allSaid(scene: Scene, excused?: ReadonlySet<string>): boolean {
  return lostOf(expectedOf(scene, excused), scene.journal()).length === 0
}

function expectedOf({ printed, places }: Scene, excused?: ReadonlySet<string>): Expected {
  return { tags: printed, channels: places, ...(excused ? { excused } : {}) }
}

type Playing = Readonly<{
  name: string
  played: string
  startedAt: number
  broken?: readonly string[]
  excused?: ReadonlySet<string>
}>

/** Without faults until all is said and settled; then the checker's verdict.
 *  @param alive - a bot that still lives; otherwise one is started */
export async function settle(scene: Scene, playing: Playing, alive?: Bot): Promise<Result> {
  const broken = [...(playing.broken ?? [])]
  await scene.discord.call('clearFaults')
  await scene.press.call('mend')
  let bot = alive
  let kept: Kept = { unsettled: [], database: '', excused: playing.excused ?? new Set() }
  for (let life = 1; life <= LAST_LIVES_MAX; life++) {
    bot ??= startBot(scene)
    const healthy = await healthyIn(scene, bot)
    if (!healthy) broken.push(`not healthy within ${scene.times.healthMs / 1_000} s`)
    const living = bot
    await untilStill(scene, living, kept.excused)
    await sleep(500)
    if (living.hasEnded()) broken.push(`ended by itself: ${(await living.ended).err.slice(0, 200)}`)
    const code = await terminate(living.child)
    if (code !== 0) broken.push(`ended with ${code}`)
    bot = undefined
    const found = await keptIn(scene)
    kept = { ...found, excused: new Set([...found.excused, ...(playing.excused ?? [])]) }
    if (kept.unsettled.length === 0 && allSaid(scene, kept.excused)) break
    if (life < LAST_LIVES_MAX) await turnClock(scene, LATER_MS)
  }
  return resultOf(scene, { ...playing, broken }, kept)
}

/** Until all is said, or nothing more was said for long: how much is left says nothing of how long it takes. */
async function untilStill(scene: Scene, bot: Bot, excused: ReadonlySet<string>): Promise<void> {
  const missing = (): number => lostOf(expectedOf(scene, excused), scene.journal()).length
  for (let left = missing(); left > 0 && !bot.hasEnded(); ) {
    const before = left
    await until(() => bot.hasEnded() || missing() < before, REST_MS_MAX)
    left = missing()
    if (left === before) return
  }
}

async function resultOf(scene: Scene, { name, played, startedAt, broken = [] }: Playing, kept: Kept): Promise<Result> {
  const verdict = verdictOf(scene, kept.excused)
  const violations = await scene.discord.call('violationsSeen')
  const wrong = [
    ...broken,
    ...some('lost', verdict.lost),
    ...some('doubled', verdict.doubled),
    ...some('other order in', verdict.disordered),
    ...some('unsettled', kept.unsettled),
    ...some(
      'violations',
      violations.map(({ route, rule }) => `${route} ${rule}`),
    ),
    ...(kept.database === 'ok' ? [] : [`database: ${kept.database}`]),
    ...(verdict.perSecondMax > PER_SECOND_MAX ? [`${verdict.perSecondMax} requests in a second`] : []),
    ...(verdict.unseen > 0 ? [`${verdict.unseen} requests that nobody saw leave`] : []),
    ...(verdict.refusals >= REFUSALS_MAX ? [`${verdict.refusals} refusals in ten minutes`] : []),
  ]
  return {
    name,
    seed: scene.seed,
    played,
    alerts: verdict.alerts,
    lost: verdict.lost.length,
    doubled: verdict.doubled.length,
    disordered: verdict.disordered.length,
    excused: kept.excused.size,
    tookS: Math.round((performance.now() - startedAt) / 1_000),
    broken: wrong,
  }
}

function some(what: string, list: readonly string[]): readonly string[] {
  return list.length === 0 ? [] : [`${list.length} ${what}: ${list.slice(0, 4).join(', ')}`]
}

async function healthyIn(scene: Scene, bot: Bot): Promise<boolean> {
  const maxMs = Math.max(0, scene.times.healthMs - (performance.now() - bot.startedAt))
  return (await until(() => bot.hasEnded() || isHealthy(scene), Math.max(maxMs, 1_000))) && !bot.hasEnded()
}

export async function isHealthy({ statusPort }: Scene): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${statusPort}/health`)).status === 200
  } catch {
    return false // it does not listen yet
  }
}

type Kept = Readonly<{ unsettled: readonly string[]; database: string; excused: ReadonlySet<string> }>

/** What the bot says of itself: what is neither said nor in a list, and what is held or dead with its reason, which /status shows. */
export async function keptIn(scene: Scene): Promise<Kept> {
  const opened = await openStore({ path: scene.database, now: () => Date.now() + scene.clock.aheadMs })
  if (opened.kind === 'refused') return { unsettled: [], database: opened.message, excused: new Set() }
  const { store } = opened
  const rows = await store.deliveries(100_000)
  const database = await store.check()
  await store.close()
  const excused = new Set<string>()
  const unsettled: string[] = []
  for (const { delivery, title } of rows) {
    const { alert, state, attempts } = delivery
    if (state === 'sent' || (state === 'folded' && delivery.digestId)) continue
    const channel = alert.target.kind === 'person' ? '' : alert.target.channelId
    const name = scene.places.find(({ channelId }) => channelId === channel)?.name ?? channel
    if ((state === 'held' || state === 'dead') && delivery.reason !== '')
      excused.add(`${name} ${/\[(k\d+e)/.exec(title)?.[1] ?? ''}`)
    else unsettled.push(`${state} ${name} after ${attempts}`)
  }
  return { unsettled, database, excused }
}
