/** The channels of a history: whose they are, and who follows what in them. */
import type { ServerId, Subscription, Target } from '../../src/core/model.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { BELTRAN, CORVO, channel, source, subscription, T0 } from '../flow/stage.ts'
import type { ChannelName } from './plan.ts'

export function targetOf(name: ChannelName): Extract<Target, { channelId: unknown }> {
  const serverId = serverOf(name)
  return name === 'forum' ? { ...channel(name, serverId), kind: 'forum' } : channel(name, serverId)
}
export function serverOf(name: ChannelName): ServerId {
  return name === 'forum' || name === 'own' ? CORVO : BELTRAN
}

/** Who follows what, before the first poll. */
export async function follow(store: Store, channels: readonly ChannelName[]): Promise<void> {
  for (const server of [BELTRAN, CORVO]) await store.joinServer(server, T0)
  await store.keepCommonFeeds([source('tide'), source('moor')], T0)
  const createdBy = subscription('').createdBy
  await store.addFeed({ source: source('cove'), serverId: CORVO, personId: createdBy, max: 10 }, T0)
  for (const name of channels) {
    const common = { serverId: serverOf(name), target: targetOf(name), ...WISHES[name] }
    await store.addSubscription(subscription(name, common), 10)
    if (name !== 'own') continue
    const follows = { kind: 'feed', feedId: source('cove').id } as const
    await store.addSubscription(subscription('own-feed', { ...common, follows, style: 'rich' }), 10)
  }
}

const WISHES: Readonly<Record<ChannelName, Partial<Subscription>>> = {
  each: {},
  capped: { perDayMax: 3 },
  hourly: { rhythm: 'hourly' },
  quiet: { quietHours: { startMinute: 12 * 60 + 40, endMinute: 14 * 60, zone: 'UTC' } },
  forum: { style: 'rich' },
  own: { style: 'compact' },
}
