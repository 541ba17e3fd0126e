/** Messages: made, edited, deleted, read. Who may do so is decided here, from the permissions of this moment. */
import { PermissionFlagsBits as Bits, ChannelType, MessageFlags } from 'discord-api-types/v10'
import {
  archivedThread,
  closedMessages,
  emptyMessage,
  invalidForm,
  missingAccess,
  missingPermissions,
  notText,
  notYours,
  unknownChannel,
  unknownMessage,
} from './api-error.ts'
import { type Json, recordsOf, textOf } from './json.ts'
import { mentionsOf } from './messages/mentions.ts'
import { numbered } from './messages/numbered.ts'
import { compareIds } from './snowflakes.ts'
import { permissionsOf } from './world/permissions.ts'
import { showMessage } from './world/show.ts'
import { type Channel, INTENTS, isThread, type Message, type User, type World } from './world.ts'

/** A checked body of Create Message, Edit Message or of an answer. */
export type MessageBody = Readonly<{
  content?: string | null
  embeds?: readonly Json[] | null
  components?: readonly Json[] | null
  attachments?: readonly Json[] | null
  flags?: number | null
  nonce?: string | number | null
  enforce_nonce?: boolean | null
  allowed_mentions?: Json | null
  message_reference?: Json | null
}>

/** What the bot may do in a channel. @throws unknown channel, or missing access where it cannot see it */
export function openChannel(world: World, channelId: string): Readonly<{ channel: Channel; may: bigint }> {
  const channel = world.channels.get(channelId)
  if (!channel) throw unknownChannel()
  const may = permissionsOf(world, world.bot.id, channel)
  if (!(may & Bits.ViewChannel)) throw missingAccess()
  return { channel, may }
}

/** @throws Discord's refusal, where the bot may not send this here */
export function mayPost(world: World, channelId: string, body: MessageBody): Channel {
  const { channel, may } = openChannel(world, channelId)
  if (channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildCategory) throw notText()
  if (channel.recipientId && !takesMessages(world, channel.recipientId)) throw closedMessages()
  if (channel.thread?.archived && channel.thread.locked) throw archivedThread()
  const send = isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages
  const embeds = recordsOf(body.embeds).length > 0 ? Bits.EmbedLinks : 0n
  const files = recordsOf(body.attachments).length > 0 ? Bits.AttachFiles : 0n
  const needed = send | embeds | files
  if ((may & needed) !== needed) throw missingPermissions()
  return channel
}

/** Whoever shuts their door, or shares no server with the bot, is out of reach. */
function takesMessages({ users, guilds }: World, userId: string): boolean {
  const isNear = [...guilds.values()].some(({ joined, members }) => joined && members.has(userId))
  return isNear && users.get(userId)?.dms !== 'closed'
}

export type Written = Readonly<{
  author: User
  body: MessageBody
  type?: number
  interaction?: Json
  ephemeralTo?: string
  loading?: boolean
  /** A thread's starter has the thread's own id. */
  id?: string
}>

/** Puts a message into a channel and tells the gateway; no permission is asked for any more. */
export function write(world: World, channel: Channel, written: Written): Message {
  const { body, author, ephemeralTo } = written
  if (!written.loading && isEmpty(body)) throw emptyMessage()
  const mentions = mentionsOf(world, channel, body)
  const message: Message = {
    id: written.id ?? world.newId(),
    channelId: channel.id,
    author,
    type: written.type ?? (body.message_reference ? 19 : 0),
    content: body.content ?? '',
    embeds: embedded(body.embeds),
    components: numbered(recordsOf(body.components)),
    attachments: recordsOf(body.attachments),
    flags: (body.flags ?? 0) | (ephemeralTo === undefined ? 0 : MessageFlags.Ephemeral),
    mentionRoles: mentions.roles,
    mentionsEveryone: mentions.everyone,
    createdAt: world.now(),
    editedAt: undefined,
    nonce: body.nonce ?? undefined,
    reference: body.message_reference ?? undefined,
    interaction: written.interaction,
    ephemeralTo,
    loading: written.loading ?? false,
  }
  if (ephemeralTo !== undefined) {
    world.hidden.set(message.id, message)
    return message
  }
  channel.messages.set(message.id, message)
  channel.lastMessageId = message.id
  if (channel.thread) channel.thread.archived = false
  tell(world, channel, { name: 'MESSAGE_CREATE', data: showMessage(message) })
  return message
}

/** What Discord adds to every embed that it is sent. */
function embedded(embeds: MessageBody['embeds']): readonly Json[] {
  return recordsOf(embeds).map((embed) => ({
    ...embed,
    type: 'rich',
    ...(embed['fields'] ? { fields: recordsOf(embed['fields']).map((field) => ({ inline: false, ...field })) } : {}),
  }))
}

function isEmpty({ content, embeds, components, attachments }: MessageBody): boolean {
  return !textOf(content).trim() && ![embeds, components, attachments].some((list) => recordsOf(list).length > 0)
}

/** What the body does not name stays. Filling in a deferred answer is no edit. @throws where a message of components would become another */
export function rewrite(world: World, message: Message, body: MessageBody): void {
  const v2 = MessageFlags.IsComponentsV2
  if (message.flags & v2 && !message.loading && typeof body.flags === 'number' && !(body.flags & v2))
    throw refused(['flags'], 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG', 'The components v2 flag cannot be removed')
  const flags = body.flags == null ? message.flags : message.flags | (body.flags & (v2 | MessageFlags.SuppressEmbeds))
  const after = {
    content: body.content === undefined ? message.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? message.embeds : embedded(body.embeds),
    components: body.components === undefined ? message.components : numbered(recordsOf(body.components)),
    attachments: body.attachments === undefined ? message.attachments : recordsOf(body.attachments),
  }
  if (flags & v2 && (after.content || after.embeds.length > 0))
    throw refused(
      [after.content ? 'content' : 'embeds'],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      'This field cannot be used with components v2',
    )
  if (isEmpty(after)) throw emptyMessage()
  if (!message.loading) message.editedAt = world.now()
  const channel = world.channels.get(message.channelId)
  if (channel && body.allowed_mentions !== undefined) message.mentionRoles = mentionsOf(world, channel, body).roles
  Object.assign(message, { ...after, flags, loading: false })
  if (channel && message.ephemeralTo === undefined)
    tell(world, channel, { name: 'MESSAGE_UPDATE', data: showMessage(message) })
}

function refused(path: readonly string[], code: string, message: string) {
  return invalidForm([{ path, code, message }])
}

/** Edit Message, as the bot. */
export function edit(world: World, at: Readonly<{ channelId: string; messageId: string }>, body: MessageBody): Message {
  const { channel } = openChannel(world, at.channelId)
  const message = channel.messages.get(at.messageId)
  if (!message) throw unknownMessage()
  if (message.author.id !== world.bot.id) throw notYours()
  if (channel.thread?.archived) throw archivedThread()
  rewrite(world, message, body)
  return message
}

export function remove(world: World, channel: Channel, message: Message): void {
  channel.messages.delete(message.id)
  world.hidden.delete(message.id)
  tell(world, channel, {
    name: 'MESSAGE_DELETE',
    data: { id: message.id, channel_id: channel.id, ...(channel.guildId ? { guild_id: channel.guildId } : {}) },
  })
}

/** A page of history, youngest first. Without the permission to read it, it is empty, and no error (seen on Discord). */
export function history(world: World, channelId: string, query: URLSearchParams): readonly Message[] {
  const { channel, may } = openChannel(world, channelId)
  if (channel.type === ChannelType.GuildForum) throw notText()
  if (!(may & Bits.ReadMessageHistory)) return []
  const limit = Number(query.get('limit') ?? 50)
  const rising = [...channel.messages.values()].sort((one, other) => compareIds(one.id, other.id))
  return page(rising, query, limit).toReversed()
}

function page(rising: readonly Message[], query: URLSearchParams, limit: number): readonly Message[] {
  const after = query.get('after')
  const before = query.get('before')
  const around = query.get('around')
  if (around) {
    const half = Math.floor(limit / 2)
    const first = rising.findIndex(({ id }) => compareIds(id, around) >= 0)
    const middle = first < 0 ? rising.length : first
    return rising.slice(Math.max(0, middle - half), middle + half + 1).slice(0, limit)
  }
  // `after` pages upwards from its id: the oldest of what is younger.
  if (after) return rising.filter(({ id }) => compareIds(id, after) > 0).slice(0, limit)
  return (before ? rising.filter(({ id }) => compareIds(id, before) < 0) : rising).slice(-limit)
}

function tell(world: World, channel: Channel, { name, data }: Readonly<{ name: string; data: Json }>): void {
  // Messages of a channel that the bot cannot see are not its business.
  if (!(permissionsOf(world, world.bot.id, channel) & Bits.ViewChannel)) return
  const intents = channel.guildId === undefined ? INTENTS.DirectMessages : INTENTS.GuildMessages
  world.tell({ name, data: { ...data, ...(channel.guildId ? { guild_id: channel.guildId } : {}) }, intents })
}
