/** The port Places: a channel of the asker's server, as Discord knows it at this moment. */
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10'
import type { ChannelFact, Places } from '../../flow/command.ts'
import { type Ask, failed } from './ask.ts'
import { type ChannelSeen, isThread, permissionsOf } from './standing.ts'

/** The person waits. */
const LOOK_MS = 4_000

export function createPlaces(ask: Ask): Places {
  return {
    async channel(channelId, { serverId, personId }) {
      if (!serverId) return undefined
      try {
        // Guild, channel and the asker's own rights in one look: foreign means not found.
        const seen = await permissionsOf({ channelId, serverId }, personId, {
          ask,
          signal: AbortSignal.timeout(LOOK_MS),
        })
        const kind = seen && kindOf(seen.channel)
        if (!(seen && kind)) return undefined
        const bits =
          PermissionFlagsBits.ViewChannel |
          (isThread(seen.channel) ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages)
        return { id: channelId, name: seen.channel.name, kind, mayAskerPost: (seen.permissions & bits) === bits }
      } catch (error) {
        if (failed(error).kind === 'held') return undefined
        throw error
      }
    },
  }
}

function kindOf(channel: ChannelSeen): ChannelFact['kind'] | undefined {
  if (isThread(channel)) return 'thread'
  if (channel.type === ChannelType.GuildForum) return 'forum'
  return channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement
    ? 'channel'
    : undefined
}
