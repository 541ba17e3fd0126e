/** What the kill test against Discord plays on: channels of every kind, and a house that follows them. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { ChannelId, PersonId, ServerId, SubscriptionId, TopicId } from '../../src/core/model.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import type { StandIn } from '../stand-in/stand-in.ts'

/** A target, with a name for the ledger. */
export type Place = Readonly<{
  name: string
  kind: 'channel' | 'thread' | 'forum'
  serverId: string
  channelId: string
}>

/** Two servers, three text channels, an announcement channel, a thread and a forum. */
export function placesIn(standIn: StandIn): readonly Place[] {
  const [one, other] = ['Newsroom', 'Harbour'].map((name) => standIn.makeGuild({ name }).id)
  if (!one || !other) throw new Error('Cannot make two servers')
  const make = (guildId: string, kind: 'text' | 'announcement' | 'forum', name: string) =>
    standIn.makeChannel({ guildId, kind, name }).id
  const parentId = make(one, 'text', 'talk')
  const thread = standIn.makeChannel({ guildId: one, kind: 'thread', name: 'a thread', parentId }).id
  return [
    { name: 'text 1', kind: 'channel', serverId: one, channelId: make(one, 'text', 'first') },
    { name: 'text 2', kind: 'channel', serverId: one, channelId: make(one, 'text', 'second') },
    { name: 'text 3', kind: 'channel', serverId: other, channelId: make(other, 'text', 'third') },
    { name: 'announcements', kind: 'channel', serverId: other, channelId: make(other, 'announcement', 'told') },
    { name: 'thread', kind: 'thread', serverId: one, channelId: thread },
    { name: 'forum', kind: 'forum', serverId: other, channelId: make(other, 'forum', 'posts') },
  ]
}

/** Every place follows the topic. */
export async function subscribe(folder: string, places: readonly Place[]): Promise<void> {
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const opened = await openStore({ path: path.join(data, 'pullquote.sqlite'), now: () => Date.now() })
  if (opened.kind === 'refused') throw new Error(opened.message)
  for (const [n, { kind, serverId, channelId }] of places.entries())
    await opened.store.addSubscription(
      {
        id: `s${n}` as SubscriptionId,
        serverId: serverId as ServerId,
        target: { kind, serverId: serverId as ServerId, channelId: channelId as ChannelId },
        follows: { kind: 'topic', topicId: 'sea' as TopicId },
        style: 'full',
        rhythm: 'each',
        perDayMax: 1_000,
        createdAt: Date.now(),
        createdBy: '1' as PersonId,
      },
      100,
    )
  await opened.store.close()
}
