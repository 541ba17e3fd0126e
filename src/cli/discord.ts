/** The bot in Discord: three loops with Discord on the far side, the gateway for what people ask, and a way out when the token dies. */
import { setTimeout as sleep } from 'node:timers/promises'
import { commands, pressables } from '../commands.ts'
import { paintReply } from '../core/paint.ts'
import { en } from '../core/say/en.ts'
import {
  type Access,
  type Application,
  createRest,
  fetchApplication,
  TokenRefused,
  tellOwner,
} from '../edge/discord/application.ts'
import type { Gateway } from '../edge/discord/gateway.ts'
import { leaving } from '../edge/discord/leaving.ts'
import { createPaces, type Pace, START_WAIT_MS } from '../edge/discord/pace.ts'
import { inviteUrl } from '../edge/discord/permissions.ts'
import { createPlaces } from '../edge/discord/places.ts'
import { createChat, createCheck } from '../edge/discord/post.ts'
import { registerCommands } from '../edge/discord/register.ts'
import { steadyLimits } from '../edge/discord/steady.ts'
import type { Chat } from '../flow/ports.ts'
import { greetServer, pauseChannel, releaseReady } from '../flow/servers.ts'
import { EXIT, Exit } from './exit.ts'
import { createGatewayWatch, type GatewayWatch } from './gateway-watch.ts'
import { writeHeartbeat } from './heartbeat.ts'
import { type House, loadSettings, openHouse } from './house.ts'
import { FIRST_POLLS_MS, type Running, startLoops } from './loops.ts'
import { untilTold } from './signals.ts'
import { watched } from './watch.ts'
import { startWebSub } from './web-sub.ts'
import { worldOf } from './world.ts'

const HEARTBEAT_MS = 10_000
/** Discord out of reach: asked again, ever more slowly. */
const CONNECT_WAIT_MS = 5_000
const CONNECT_WAIT_MS_MAX = 5 * 60_000
/** How often the clock is looked at, and what it may be put back unnoticed: no wait is told so exactly. */
const CLOCK_MS = 1_000
const GATEWAY_MS = 1_000
/** Held channels are looked at so often, in case their rights changed while the gateway was away. */
const HELD_MS = 10 * 60_000

export async function discord(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = loadSettings(env)
  if (!settings.discord) throw new Exit(EXIT.configuration, 'There is no DISCORD_TOKEN. Set it, or run the preview.')
  const house = await openHouse(settings, env, [])
  const end = new AbortController()
  void untilTold().then(() => end.abort())
  try {
    await house.store.keepCommonFeeds(settings.sources, house.now(), FIRST_POLLS_MS)
    await live(house, settings.discord, end)
  } finally {
    await house.close()
  }
}

type Life = Readonly<{ house: House; access: Access; application: Application; end: AbortController }>
/** The far side, as far as it is known. */
type Far = { chat?: Chat; application?: Application; gateway?: Gateway; dead?: string; hung?: string }

/** Feeds are read whether Discord answers or not: what an outage hides there is said after it. */
async function live(house: House, access: Access, end: AbortController): Promise<void> {
  const { log } = house
  const far: Far = {}
  const onStop = (reason: string): void => {
    if (far.dead !== undefined) return
    far.dead = reason
    running.stopDelivery()
    log.error('Discord refuses us: nothing is sent any more', { reason })
    end.abort()
  }
  const running = startLoops(house, { chat: () => far.chat, onStop })
  const watch = createGatewayWatch({
    isOpen: () => far.gateway?.ready() === true,
    isReachable: () => answers(access),
    elapsed: () => performance.now(),
    onHung(reason) {
      far.hung = reason
      log.error('the gateway hangs', { reason })
      end.abort()
    },
  })
  const status = await watched(house, running, () => far.dead ?? watch.problem())
  const webSub = await startWebSub(house)
  const timers = [...watchOver(house, running, far), setInterval(() => void watch.look(), GATEWAY_MS)]
  try {
    await meet(house, { access, far, onStop, end, watch, onTime: running.hearTime })
    await aborted(end.signal)
  } finally {
    log.info('stopping')
    for (const timer of timers) clearInterval(timer)
    await status.close()
    await webSub.stop()
    await running.stop()
    await far.gateway?.close()
  }
  if (far.hung !== undefined)
    throw new Exit(EXIT.machine, `${far.hung}: the bot ends, to be started anew. Nothing is lost.`)
  if (far.dead === undefined || far.application === undefined) return
  await tellOwner(far.application, access, en.notices.stopped(far.dead))
  throw new Exit(
    EXIT.configuration,
    `${far.dead}. Set a valid DISCORD_TOKEN (developer portal, Bot, Reset Token) and start again: nothing is lost.`,
  )
}

/** A token that is refused is an answer too: the next start says so. */
function answers(access: Access): Promise<boolean> {
  return fetchApplication(access).then(
    () => true,
    (error: unknown) => error instanceof TokenRefused,
  )
}

type Meeting = Readonly<{
  access: Access
  far: Far
  end: AbortController
  watch: GatewayWatch
  onStop(reason: string): void
  onTime(at: number): void
}>

/** Who we are, then delivery, then the door for people. */
async function meet(house: House, { access, far, end, onStop, onTime, watch }: Meeting): Promise<void> {
  const { settings, wake } = house
  const application = await connected(() => fetchApplication(access, onTime), house, end.signal)
  if (!application) return
  const { timeShare } = settings.delivery
  const paces = createPaces(undefined, START_WAIT_MS * timeShare)
  const chat = createChat({ ...access, applicationId: application.id, timeShare, onTime, pace: paces.delivery })
  Object.assign(far, { application, chat })
  wake.call('deliver')
  process.stdout.write(
    `\n  Pullquote ${house.version} in Discord, as ${application.name}\n  Invite: ${inviteUrl(application.id)}\n\n`,
  )
  const life = { house, access, application, end }
  const door = { chat, onStop, onIdentifyWait: watch.excuse, urgent: paces.urgent }
  const gateway = await connected(() => openDoor(life, door), house, end.signal)
  if (!gateway) return
  far.gateway = gateway
  await registered(life, gateway)
}

/** Where Discord fails meanwhile, those that it knows from before go on working. */
async function registered({ house, application, end }: Life, { rest }: Gateway): Promise<void> {
  const { store, log } = house
  const register = () => registerCommands(commands, { rest, applicationId: application.id, store })
  const sent = await connected(register, house, end.signal)
  if (sent !== undefined) log.info('commands registered', { sent, commands: commands.length })
}

type Door = Readonly<{
  chat: Chat
  onStop(reason: string): void
  onIdentifyWait(waitMs: number): void
  urgent: Pace
}>

/** The gateway has a REST client of its own: people do not wait behind a fan-out. */
async function openDoor(
  { house, access, application, end }: Life,
  { chat, onStop, onIdentifyWait, urgent }: Door,
): Promise<Gateway> {
  const { store, log, now, wake } = house
  // Half a second of loading, in which delivery is at work already.
  const { openGateway } = await import('../edge/discord/gateway.ts')
  const rest = createRest(access)
  const steady = steadyLimits(rest)
  const look = async <Answer>(
    ask: (client: typeof rest, signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const { left } = await urgent(signal)
    steady()
    return leaving(() => ask(rest, signal), left)
  }
  const check = createCheck(look, application.id)
  const world = worldOf(house, { chat: { ...chat, check }, places: createPlaces(look) })
  const servers = { store, chat: { check }, wake, log, now }
  return openGateway({
    ...access,
    signal: end.signal,
    commands,
    pressables,
    world,
    store,
    paintReply,
    log,
    now,
    onStop,
    onIdentifyWait,
    onJoin: (serverId, channels) => greetServer(serverId, channels, servers),
    onLeave: (serverId) => store.leaveServer(serverId, now()),
    onChannelGone: (channelId, serverId) => pauseChannel(channelId, serverId, servers),
    onRights: (serverId) => releaseReady(serverId, servers),
  })
}

function watchOver(house: House, running: Running, far: Far): readonly NodeJS.Timeout[] {
  const { settings, store, wake, log, now } = house
  const release = (): void => {
    const { chat } = far
    if (!chat) return
    releaseReady(undefined, { store, chat, wake, log, now }).catch((error: unknown) =>
      log.warn('held channels not looked at', { error: String(error) }),
    )
  }
  return [
    setInterval(() => writeHeartbeat(settings.dataDir, running.turns, log), HEARTBEAT_MS),
    setInterval(release, HELD_MS),
    setInterval(clockWatch(house), CLOCK_MS),
  ]
}

/** A clock that is put back makes all that waits wait for as much longer. @returns to be called every now and then */
function clockWatch({ putBack, wake, log, now }: House): () => void {
  let ahead = now() - performance.now()
  return () => {
    const before = ahead
    ahead = now() - performance.now()
    const byMs = before - ahead
    if (byMs < CLOCK_MS) return
    log.warn('the clock was put back', { byMs: Math.round(byMs) })
    putBack(byMs)
      .then(() => {
        for (const loop of ['gather', 'read', 'deliver'] as const) wake.call(loop)
      })
      .catch((error: unknown) => log.error('clock not followed', { error: String(error) }))
  }
}

/** Tries until it works or we are told to end. A refused token ends it at once: one line, exit 78, no loop.
 *  @returns undefined when we were told to end */
async function connected<Value>(
  attempt: () => Promise<Value>,
  { log }: House,
  signal: AbortSignal,
): Promise<Value | undefined> {
  for (let wait = CONNECT_WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, CONNECT_WAIT_MS_MAX)) {
    try {
      return await attempt()
    } catch (error) {
      if (isRefused(error))
        throw new Exit(
          EXIT.configuration,
          'Discord does not accept the token. Set DISCORD_TOKEN to the one that the developer portal shows under Bot (Reset Token makes a new one).',
        )
      log.warn('Discord is out of reach', { error: String(error), nextTryMs: wait })
      await sleep(wait, undefined, { signal }).catch(() => undefined)
    }
  }
  return undefined
}

function isRefused(error: unknown): boolean {
  return error instanceof TokenRefused || (error instanceof Error && 'code' in error && error.code === 'TokenInvalid')
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
