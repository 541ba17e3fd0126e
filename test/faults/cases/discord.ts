/** F6, Discord gone for half an hour; F7, clocks that jump; F11, a gateway that closes; F12, two instances. */
import { setTimeout as sleep } from 'node:timers/promises'
import { allSaid, firstLife, isHealthy, print, type Result, settle, until } from '../acts.ts'
import { type Bot, openScene, type Scene, startBot } from '../scene.ts'
import type { Dose } from './kills.ts'

const CHANNELS = 10
const SAID_MS_MAX = 60_000
/** Half an hour at the scale of the suite. */
const OUTAGE_MS = 60_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

async function played(
  { name, seed, ...times }: Pick<Dose, 'seed' | 'times'> & Readonly<{ name: string }>,
  play: (scene: Scene, broken: string[]) => Promise<Readonly<{ played: string; alive?: Bot | undefined }>>,
): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS, ...times })
  try {
    const broken: string[] = []
    const { played: words, alive } = await play(scene, broken)
    return await settle(scene, { name, played: words, startedAt, broken }, alive)
  } finally {
    await scene.close()
  }
}

/** @param dose.kills - of the outage's parts: after each a story is printed, and in the middle the bot starts anew */
export const f6 = ({ kills: parts, ...dose }: Dose): Promise<Result> =>
  played({ ...dose, name: 'F6' }, async (scene, broken) => {
    let bot = await firstLife(scene)
    await print(scene)
    await until(() => allSaid(scene), SAID_MS_MAX)
    await scene.discord.call('goDown')
    for (let part = 0; part < parts; part++) {
      await print(scene)
      await sleep(OUTAGE_MS / PARTS)
      if (part === Math.floor(parts / 2)) {
        await bot.kill()
        bot = startBot(scene)
        if (!(await until(() => isHealthy(scene), scene.times.healthMs)))
          broken.push('started into the outage, not healthy')
      }
      if (bot.hasEnded()) broken.push('ended by itself in the outage')
    }
    await scene.discord.call('comeBack')
    return { played: `down ${Math.round((parts * OUTAGE_MS) / PARTS / 1_000)} s, a start into it`, alive: bot }
  })
const PARTS = 12

const JUMPS_MS = [HOUR_MS, -HOUR_MS, 5 * MINUTE_MS, -5 * MINUTE_MS, 13 * HOUR_MS, -13 * HOUR_MS]

/** Discord's clock stays: ours alone is turned, in life and between lives, while requests go wrong. */
export const f7 = ({ kills: jumps, ...dose }: Dose): Promise<Result> =>
  played({ ...dose, name: 'F7' }, async (scene, broken) => {
    let bot = await firstLife(scene)
    for (let jump = 0; jump < jumps; jump++) {
      const rules = (['error', 'reset', 'stall'] as const).flatMap((kind) =>
        (['before', 'after'] as const).map((when) => ({ kind, when, ms: 800, probability: 0.1, route: '*/messages' })),
      )
      await scene.discord.call('addFaults', { rules })
      await print(scene)
      await scene.discord.call('comes', { route: 'POST /channels/{channel_id}/messages', count: 5, ms: 5_000 })
      scene.clock.aheadMs += JUMPS_MS[Math.floor(scene.random() * JUMPS_MS.length)] ?? 0
      if (scene.random() < 0.5) bot.tell({ aheadMs: scene.clock.aheadMs })
      else {
        await bot.kill()
        bot = startBot(scene)
      }
      await print(scene)
      await scene.discord.call('clearFaults')
      const saying = bot
      if (!(await until(() => allSaid(scene) || saying.hasEnded(), SAID_MS_MAX)))
        broken.push(`silent after jump ${jump} to ${scene.clock.aheadMs / MINUTE_MS} min`)
    }
    return { played: `${jumps} jumps of up to 13 h`, alive: bot }
  })

const CLOSES = [4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009, 1000, 1001, 'cut'] as const
const FATAL = [4004, 4010, 4011, 4012, 4013, 4014]

type Closes = Readonly<{ closes: readonly (number | 'cut')[]; fatal: readonly number[] }>

/** @param dose.kills - rounds of all close codes */
export const f11 = (
  { kills: rounds, ...dose }: Dose,
  { closes, fatal }: Closes = { closes: CLOSES, fatal: FATAL },
): Promise<Result> =>
  played({ ...dose, name: 'F11' }, async (scene, broken) => {
    const { discord } = scene
    const bot = await firstLife(scene)
    const acts = [
      ...closes.map((code) => () => discord.call('dropGateway', { code })),
      () => discord.call('refuseResumes', { count: 2 }),
      () => discord.call('askReconnect'),
      () => discord.call('invalidateSession', { resumable: true }),
      () => discord.call('invalidateSession', { resumable: false }),
      () => discord.call('zombie'),
    ]
    for (let round = 0; round < rounds; round++)
      for (const act of acts) {
        await act()
        await print(scene)
        if (!(await until(() => allSaid(scene), SAID_MS_MAX))) broken.push('silent after a close of the gateway')
        if (bot.hasEnded()) broken.push('ended by itself')
      }
    await bot.kill()
    for (const code of fatal) await endsAt(code, scene, broken)
    return { played: `${acts.length * rounds} closes, ${fatal.length} fatal` }
  })

async function endsAt(code: number, scene: Scene, broken: string[]): Promise<void> {
  await scene.discord.call('refuseIdentifies', { code })
  // What was identified of late is waited for; a day later it is forgotten.
  scene.clock.aheadMs += 2 * HOUR_MS
  const bot = startBot(scene)
  await until(() => bot.hasEnded(), SAID_MS_MAX)
  if (!bot.hasEnded()) {
    broken.push(`lives on after ${code}`)
    await bot.kill()
    return
  }
  const { code: exit, err } = await bot.ended
  if (exit !== 78 || err.trim().split('\n').length !== 1) broken.push(`${code} ends with ${exit}: ${err.slice(0, 80)}`)
}

/** @param dose.kills - so many times somebody starts a second one */
export const f12 = ({ kills: seconds, ...dose }: Dose): Promise<Result> =>
  played({ ...dose, name: 'F12' }, async (scene, broken) => {
    const bot = await firstLife(scene)
    for (let second = 0; second < seconds; second++) {
      await print(scene)
      const { code, err } = await startBot(scene).ended
      if (code !== 1 || !err.includes('another Pullquote')) broken.push(`the second ended with ${code}: ${err}`)
      if (bot.hasEnded()) broken.push('the first ended')
    }
    return { played: `a second one started ${seconds} times`, alive: bot }
  })
