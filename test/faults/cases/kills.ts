/** F1, kill -9 at random; F3, down for longer than Discord remembers a nonce; F4, faults of the far side together; F5, storms of 429. */
import type { Fault } from '../../stand-in/faults.ts'
import { allSaid, beAway, firstLife, print, type Result, settle, until } from '../acts.ts'
import { lostOf } from '../checker.ts'
import { openScene, type Scene, startBot, type Times } from '../scene.ts'

export type Dose = Readonly<{ seed: number; kills: number; alerts: number; times?: Times }>

const CHANNEL_ROUTES = '*/channels/*'
const POST = 'POST /channels/{channel_id}/messages'
const CHANNELS = 20
/** Of lives: those that end at a moment after a post, however long the start took; the others end at any moment. */
const AFTER_POSTS_SHARE = 0.75
const POSTS_MAX = 12
/** Only what hangs ends by this; a start takes many seconds where the machine is crowded. */
const LIFE_MS_MAX = 20_000
/** Nothing was printed, and what waits may wait for longer. */
const IDLE_LIFE_MS_MAX = 4_000
const QUIET_MS = 400
const ANY_MS_MAX = 1_500
const AFTER_MS_MAX = 40
/** One in so many lives prints two stories. */
const STORIES_LEFT_MAX = 2

/** Four in a hundred requests of each kind go wrong meanwhile. */
const HUM: readonly Fault[] = faultsOf(0.04)
/** A tenth of each that DELIVERY.md names: four of ten requests go wrong. Were it a tenth of all ten above, two of three would, and one that must be
 *  read back would need hours: three requests have to go well in a row, and between two tries lies an hour. */
const STORM: readonly Fault[] = [
  { kind: 'error', when: 'before', probability: 0.1, route: CHANNEL_ROUTES },
  { kind: 'error', when: 'after', probability: 0.1, route: CHANNEL_ROUTES },
  { kind: 'reset', when: 'before', probability: 0.05, route: CHANNEL_ROUTES },
  { kind: 'reset', when: 'after', probability: 0.05, route: CHANNEL_ROUTES },
  { kind: 'stall', when: 'before', ms: 800, probability: 0.05, route: CHANNEL_ROUTES },
  { kind: 'stall', when: 'after', ms: 800, probability: 0.05, route: CHANNEL_ROUTES },
  { kind: 'garbage', when: 'before', probability: 0.03, route: CHANNEL_ROUTES },
  { kind: 'garbage', when: 'after', probability: 0.03, route: CHANNEL_ROUTES },
  { kind: 'cut', probability: 0.04, route: CHANNEL_ROUTES },
]

function faultsOf(probability: number): readonly Fault[] {
  const kinds: readonly Fault[] = [
    { kind: 'error', when: 'before' },
    { kind: 'error', when: 'after' },
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'stall', when: 'before', ms: 800 },
    { kind: 'stall', when: 'after', ms: 800 },
    { kind: 'garbage', when: 'before' },
    { kind: 'garbage', when: 'after' },
    { kind: 'cut' },
    { kind: 'limited', ms: 300 },
  ]
  return kinds.map((fault) => ({ ...fault, probability, route: CHANNEL_ROUTES }))
}

/** @param away - every life is followed by a down that outlasts the nonce */
async function killed(name: string, { seed, kills, alerts, ...times }: Dose, away: boolean): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS, ...times })
  try {
    await (await firstLife(scene)).kill()
    await scene.discord.call('addFaults', { rules: away ? faultsOf(0.08) : HUM })
    const stories = Math.ceil(alerts / CHANNELS)
    for (let life = 1; life <= kills; life++) {
      await liveAndDie(scene, Math.floor((stories * life) / kills) - scene.printed.length)
      if (away) await beAway(scene)
    }
    await print(scene, stories - scene.printed.length)
    return await settle(scene, { name, played: `${kills} kills${away ? ', each down > nonce window' : ''}`, startedAt })
  } finally {
    await scene.close()
  }
}

async function liveAndDie(scene: Scene, stories: number): Promise<void> {
  const { random, discord } = scene
  await print(scene, Math.min(stories, STORIES_LEFT_MAX))
  const bot = startBot(scene)
  const anyMs = random() < AFTER_POSTS_SHARE && !allSaid(scene) ? undefined : random() * ANY_MS_MAX
  if (anyMs === undefined) {
    const count = 1 + Math.floor(random() * POSTS_MAX)
    const ms = stories > 0 ? LIFE_MS_MAX : IDLE_LIFE_MS_MAX
    await discord.call('comes', { route: POST, count, ms, quietMs: QUIET_MS })
    await until(() => false, random() * AFTER_MS_MAX)
  } else await until(() => false, anyMs)
  if (bot.hasEnded()) throw new Error(`The bot ended by itself: ${(await bot.ended).err}`)
  await bot.kill()
}

export const f1 = (dose: Dose): Promise<Result> => killed('F1', dose, false)
export const f3 = (dose: Dose): Promise<Result> => killed('F3', dose, true)

/** One life without a kill, in which much goes wrong. */
async function stormed(
  name: string,
  { seed, kills: _, alerts, ...times }: Dose,
  rules: readonly Fault[],
): Promise<Result> {
  const startedAt = performance.now()
  const channels = Math.min(STORM_CHANNELS, alerts / STORIES_MIN)
  const scene = await openScene({ seed, channels, ...times })
  try {
    const bot = await firstLife(scene)
    await scene.discord.call('addFaults', { rules })
    for (let left = Math.ceil(alerts / channels); left > 0; left -= 1) {
      await print(scene)
      // Nor is more printed than is said: the far side's journal tells how the storm goes.
      await until(
        () => share(scene) * scene.printed.length > scene.printed.length - BEHIND_MAX || bot.hasEnded(),
        STORM_WAIT_MS_MAX,
      )
    }
    await until(() => share(scene) >= SAID_SHARE || bot.hasEnded(), STORM_MS_AN_ALERT * alerts)
    const struck = scene.journal().filter(({ fault }) => fault !== '').length
    const played = `${struck} of ${scene.journal().length} requests struck, ${rules.length} kinds`
    return await settle(scene, { name, played, startedAt }, bot)
  } finally {
    await scene.close()
  }
}
/** One in flight a channel, and a retry may wait for minutes: many channels are a storm, few are a queue. */
const STORM_CHANNELS = 100
const STORIES_MIN = 3
/** A lane that is longer than sixty is said as a list. */
const BEHIND_MAX = 40
const STORM_WAIT_MS_MAX = 30_000
/** What is left then waits for its tenth try; it is said when the storm is over. */
const SAID_SHARE = 0.98
const STORM_MS_AN_ALERT = 100

/** Of the alerts that were printed, what was said so far. */
function share({ places, printed, journal }: Scene): number {
  return 1 - lostOf({ tags: printed, channels: places }, journal()).length / (places.length * printed.length)
}

export const f4 = (dose: Dose): Promise<Result> => stormed('F4', dose, STORM)
export const f5 = (dose: Dose): Promise<Result> =>
  stormed('F5', dose, [
    { kind: 'limited', ms: 300, probability: 0.1 },
    { kind: 'limited', ms: 500, global: true, probability: 0.1 },
    { kind: 'limited', ms: 1_500, probability: 0.1, route: POST },
  ])
