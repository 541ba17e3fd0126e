/** Channels as such. */
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { missingPermissions, wrongChannelType } from '../api-error.ts'
import { textOf } from '../json.ts'
import { openChannel } from '../messages.ts'
import { type Call, ok, param, type Reply, type Route, route } from '../route.ts'
import { deleteChannel, tellChannel } from '../world/make.ts'
import { showChannel } from '../world/show.ts'
import { isThread } from '../world.ts'

export const CHANNEL_ROUTES: readonly Route[] = [
  route('GET /channels/{channel_id}', (call) => {
    const { channel } = openChannel(call.world, param(call, 'channel_id'))
    return ok(showChannel(call.world, channel))
  }),
  route('PATCH /channels/{channel_id}', change),
  route('DELETE /channels/{channel_id}', (call) => {
    const { channel, may } = openChannel(call.world, param(call, 'channel_id'))
    if (channel.guildId === undefined) return ok(showChannel(call.world, channel), 'closed a private channel')
    if (!(may & (isThread(channel) ? Bits.ManageThreads : Bits.ManageChannels))) throw missingPermissions()
    const shown = showChannel(call.world, channel)
    deleteChannel(call.world, channel)
    return ok(shown, `deleted channel ${channel.id}`)
  }),
]

/** Names, and a thread's doors. Who made a thread may open and close it. */
function change(call: Call): Reply {
  const { world, body } = call
  const { channel, may } = openChannel(world, param(call, 'channel_id'))
  const { thread } = channel
  if (channel.guildId === undefined) throw wrongChannelType()
  const isOwn = thread !== undefined && channel.ownerId === world.bot.id
  const opens = thread !== undefined && !thread.locked && body['archived'] === false
  if (!(isOwn || opens || may & (thread ? Bits.ManageThreads : Bits.ManageChannels))) throw missingPermissions()
  if (typeof body['name'] === 'string') channel.name = textOf(body['name'])
  if (thread && typeof body['archived'] === 'boolean') {
    thread.archived = body['archived']
    thread.archivedAt = world.now()
  }
  if (thread && typeof body['locked'] === 'boolean') thread.locked = body['locked']
  tellChannel(world, channel)
  return ok(showChannel(world, channel), `changed channel ${channel.id}`)
}
