/** Servers that join, channels that vanish, rights that come back. */
import { targetKey } from '../core/follow.ts'
import type { Alert, ChannelId, ServerId, Target } from '../core/model.ts'
import type { Store } from './ports/store.ts'
import type { Chat, Log, Now, Wake } from './ports.ts'

export type ServersWorld = Readonly<{ store: Store; chat: Pick<Chat, 'check'>; wake: Wake; log: Log; now: Now }>

/** A check asks Discord four times. */
const CHECK_MS = 20_000

/** Greets a server that is new to us, once, in the channel it names or the first that takes it.
 *  @param channels - where a greeting may stand, best first */
export async function greetServer(
  serverId: ServerId,
  channels: readonly ChannelId[],
  world: ServersWorld,
): Promise<void> {
  const { store, wake, log, now } = world
  const joined = await store.joinServer(serverId, now())
  if (joined === 'known') return
  log.info('server joined', { serverId, joined })
  if (joined === 'back') return
  for (const channelId of channels) {
    const target: Target = { kind: 'channel', serverId, channelId }
    // Asked in vain, Discord did not say: delivery will find out, and hold it where it may not stand.
    if (!(await isReady(target, world, true))) continue
    const alert: Alert = {
      target,
      subject: { kind: 'welcome', serverId },
      part: 0,
      serverId,
      subscriptionIds: [],
      matches: [],
      style: 'full',
      mentions: [],
    }
    await store.addDelivery({ alert, state: 'queued', dueAt: now() }, now())
    wake.call('deliver')
    return
  }
}

/** A deleted channel's subscriptions pause: they can be moved, and nothing is sent into the void. */
export async function pauseChannel(
  channelId: ChannelId,
  serverId: ServerId,
  { store, log, now }: ServersWorld,
): Promise<void> {
  const all = await store.subscriptions(serverId)
  const there = all.filter(
    ({ target, pausedAt }) => target.kind !== 'person' && target.channelId === channelId && pausedAt === undefined,
  )
  for (const subscription of there) await store.changeSubscription({ ...subscription, pausedAt: now() })
  log.info('channel gone', { serverId, channelId, paused: there.length })
}

/** What was held back goes out again where the bot's rights have returned.
 *  @param serverId - only there; undefined looks everywhere */
export async function releaseReady(serverId: ServerId | undefined, world: ServersWorld): Promise<void> {
  const { store, wake, log, now } = world
  for (const target of await store.heldTargets()) {
    if (target.kind === 'person' || (serverId !== undefined && target.serverId !== serverId)) continue
    if (!(await isReady(target, world, false))) continue
    const released = await store.releaseChannel(target.channelId, now())
    log.info('channel released', { channelId: target.channelId, released })
    wake.call('deliver')
  }
}

/** @param otherwise - what to take for true where Discord does not answer: one channel's trouble holds up no other */
async function isReady(
  target: Target,
  { chat, log }: Pick<ServersWorld, 'chat' | 'log'>,
  otherwise: boolean,
): Promise<boolean> {
  try {
    return (await chat.check(target, AbortSignal.timeout(CHECK_MS))).kind === 'ready'
  } catch (error) {
    log.warn('channel not checked', { target: targetKey(target), error: String(error) })
    return otherwise
  }
}
