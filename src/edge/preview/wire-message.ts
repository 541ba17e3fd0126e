import type { KeptMessage } from './messages.ts'
import type { WireChannel, WireMessage } from './page/wire.ts'

/** A kept message as the page and other readers get it: Discord's fields, and where and when beside them. */
export function wireMessage(message: KeptMessage, channels: readonly WireChannel[]): WireMessage {
  const { id, channelId, createdAt, editedAt, body, used } = message
  return {
    id,
    channel: channels.find((channel) => channel.id === channelId)?.name ?? channelId,
    channelId,
    createdAt,
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(used ? { interaction: { ...used, user: { username: 'you' } } } : {}),
    ...body,
  }
}
