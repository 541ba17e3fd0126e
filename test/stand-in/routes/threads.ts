/** Threads and forum posts. A forum post is a thread whose first message has the thread's own id. */
import { PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10'
import {
  emptyMessage,
  invalidForm,
  missingAccess,
  missingPermissions,
  unknownMessage,
  wrongChannelType,
} from '../api-error.ts'
import { isRecord, type Json, numberOf, textOf } from '../json.ts'
import { withUploads } from '../messages/attachments.ts'
import { openChannel, write } from '../messages.ts'
import { type Call, created, ok, param, type Reply, type Route, route } from '../route.ts'
import { makeChannel } from '../world/make.ts'
import { permissionsOf } from '../world/permissions.ts'
import { showChannel, showMessage } from '../world/show.ts'
import { type Channel, type Guild, isThread, type World } from '../world.ts'

export const THREAD_ROUTES: readonly Route[] = [
  route('POST /channels/{channel_id}/threads', (call) => {
    const { channel, may } = openChannel(call.world, param(call, 'channel_id'))
    return channel.type === ChannelType.GuildForum ? postInForum(call, channel, may) : startThread(call, channel, may)
  }),
  route('POST /channels/{channel_id}/messages/{message_id}/threads', (call) => {
    const { channel, may } = openChannel(call.world, param(call, 'channel_id'))
    const message = channel.messages.get(param(call, 'message_id'))
    if (!message) throw unknownMessage()
    if (!(may & Bits.CreatePublicThreads)) throw missingPermissions()
    const isNews = channel.type === ChannelType.GuildAnnouncement
    const type = isNews ? ChannelType.AnnouncementThread : ChannelType.PublicThread
    return made(call, open(call, channel, { type, id: message.id }))
  }),
  route('GET /guilds/{guild_id}/threads/active', (call) => {
    const guildId = param(call, 'guild_id')
    if (!call.world.guilds.get(guildId)?.joined) throw missingAccess()
    const threads = [...call.world.channels.values()]
      .filter((one) => one.guildId === guildId && isThread(one) && !one.thread?.archived && mayRead(call.world, one))
      .sort((one, other) => (one.id < other.id ? 1 : -1))
    return ok({ threads: threads.map((one) => showChannel(call.world, one)), members: [], has_more: false })
  }),
  route('GET /channels/{channel_id}/threads/archived/public', (call) => {
    const { channel, may } = openChannel(call.world, param(call, 'channel_id'))
    if (!(may & Bits.ReadMessageHistory)) throw missingPermissions()
    const threads = [...call.world.channels.values()]
      .filter(({ parentId, thread }) => parentId === channel.id && thread?.archived)
      .filter(({ thread }) => numberOf(thread?.archivedAt) < Date.parse(call.query.get('before') ?? '9999-01-01'))
      .sort((one, other) => numberOf(other.thread?.archivedAt) - numberOf(one.thread?.archivedAt))
    const limit = Number(call.query.get('limit') ?? 50)
    const shown = threads.slice(0, limit).map((one) => showChannel(call.world, one))
    return ok({ threads: shown, members: [], has_more: threads.length > limit })
  }),
]

const mayRead = (world: World, channel: Channel): boolean =>
  (permissionsOf(world, world.bot.id, channel) & Bits.ViewChannel) !== 0n

function guildOf(world: World, channel: Channel): Guild {
  const guild = world.guilds.get(channel.guildId ?? '')
  if (!guild) throw wrongChannelType()
  return guild
}

function open({ world, body }: Call, parent: Channel, { type, id }: Readonly<{ type: ChannelType; id?: string }>) {
  const tags: readonly unknown[] = Array.isArray(body['applied_tags']) ? body['applied_tags'] : []
  const thread = makeChannel(world, guildOf(world, parent), {
    name: textOf(body['name']),
    type,
    parent,
    owner: world.bot,
    ...(id === undefined ? {} : { id }),
  })
  thread.thread?.appliedTags.push(...tags.map(String))
  return thread
}

const made = ({ world }: Call, thread: Channel, more: Json = {}): Reply =>
  created({ ...showChannel(world, thread), ...more }, `thread ${thread.id}`)

function startThread(call: Call, channel: Channel, may: bigint): Reply {
  if (channel.guildId === undefined || isThread(channel)) throw wrongChannelType()
  // Without a type, Discord makes a private one.
  const type = numberOf(call.body['type']) || ChannelType.PrivateThread
  const needed = type === ChannelType.PrivateThread ? Bits.CreatePrivateThreads : Bits.CreatePublicThreads
  if (!(may & needed)) throw missingPermissions()
  return made(call, open(call, channel, { type }))
}

/** In a forum, sending messages means making posts. */
function postInForum(call: Call, forum: Channel, may: bigint): Reply {
  const { world, body } = call
  if (!isRecord(body['message']))
    throw invalidForm([{ path: ['message'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }])
  if (!(may & Bits.SendMessages)) throw missingPermissions()
  const message = withUploads({ ...call, body: body['message'] })
  if (message.embeds?.length && !(may & Bits.EmbedLinks)) throw missingPermissions()
  if (!(message.content || message.embeds?.length || message.components?.length || message.attachments?.length))
    throw emptyMessage()
  const thread = open(call, forum, { type: ChannelType.PublicThread })
  const first = write(world, thread, { author: world.bot, body: message, id: thread.id })
  return made(call, thread, { message: showMessage(first) })
}
