/** F1, kill -9 at random; F3, down for longer than Discord remembers a nonce; F4, faults of the far side together; F5, storms of 429. */
import type { Fault } from '../../stand-in/faults.ts'
import { allSaid, beAway, firstLife, print, type Result, settle, until } from '../acts.ts'
import { openScene, type Scene, startBot } from '../scene.ts'

export type Dose = Readonly<{ seed: number; kills: number; alerts: number }>

const POST = 'POST /channels/{channel_id}/messages'
const CHANNELS = 20
/** Of lives: those that end at a moment after a post, however long the start took; the others end at any moment. */
const AFTER_POSTS_SHARE = 0.75
const POSTS_MAX = 12
const LIFE_MS_MAX = 4_000
const QUIET_MS = 400
const ANY_MS_MAX = 1_500
const AFTER_MS_MAX = 40
/** One in so many lives prints two stories. */
const STORIES_LEFT_MAX = 2

/** Four in a hundred requests of each kind go wrong meanwhile. */
const HUM: readonly Fault[] = faultsOf(0.04)
/** A tenth of each kind. */
const STORM: readonly Fault[] = faultsOf(0.1)

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
  return kinds.map((fault) => ({ ...fault, probability, route: '*/channels/*' }))
}

/** @param away - every life is followed by a down that outlasts the nonce */
async function killed(name: string, { seed, kills, alerts }: Dose, away: boolean): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS })
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
    await discord.call('comes', { route: POST, count, ms: LIFE_MS_MAX, quietMs: QUIET_MS })
    await until(() => false, random() * AFTER_MS_MAX)
  } else await until(() => false, anyMs)
  if (bot.hasEnded()) throw new Error(`The bot ended by itself: ${(await bot.ended).err}`)
  await bot.kill()
}

export const f1 = (dose: Dose): Promise<Result> => killed('F1', dose, false)
export const f3 = (dose: Dose): Promise<Result> => killed('F3', dose, true)

/** One life without a kill, in which much goes wrong. */
async function stormed(name: string, { seed, alerts }: Dose, rules: readonly Fault[]): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS })
  try {
    const bot = await firstLife(scene)
    await scene.discord.call('addFaults', { rules })
    const stories = Math.ceil(alerts / CHANNELS)
    while (scene.printed.length < stories) {
      await print(scene, Math.min(2, stories - scene.printed.length))
      // A lane that is long is said as a list: no more is printed than is said.
      const said = scene.printed.length - BEHIND_MAX
      await until(() => saidSomewhere(scene) >= said || bot.hasEnded(), STORM_WAIT_MS_MAX)
    }
    return await settle(scene, { name, played: `${rules.length} faults, 10 % each`, startedAt }, bot)
  } finally {
    await scene.close()
  }
}
const BEHIND_MAX = 20
const STORM_WAIT_MS_MAX = 30_000

/** Stories that the slowest channel got. */
function saidSomewhere({ places, journal }: Scene): number {
  const counts = new Map(places.map(({ channelId }) => [channelId, 0]))
  for (const { effect, path, tags } of journal()) {
    const channelId = path.split('/')[2] ?? ''
    if (/^(message|thread) /.test(effect)) counts.set(channelId, (counts.get(channelId) ?? 0) + tags.length)
  }
  return Math.min(...counts.values())
}

export const f4 = (dose: Dose): Promise<Result> => stormed('F4', dose, STORM)
export const f5 = (dose: Dose): Promise<Result> =>
  stormed('F5', dose, [
    { kind: 'limited', ms: 300, probability: 0.1 },
    { kind: 'limited', ms: 500, global: true, probability: 0.1 },
    { kind: 'limited', ms: 1_500, probability: 0.1, route: POST },
  ])
