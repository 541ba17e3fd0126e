/** Making and changing what the world holds, as people do in Discord's own client; every change is told to the gateway. */
import { ChannelType } from 'discord-api-types/v10'
import {
  type Channel,
  EVERYONE,
  type Guild,
  INTENTS,
  isThread,
  type Member,
  type Overwrite,
  type Role,
  type User,
  type World,
} from '../world.ts'
import { channelsOf, showChannel, showGuildCreate, showMember, showRole } from './show.ts'

export function makeUser(world: World, name: string): User {
  const user: User = { id: world.newId(), username: name.toLowerCase(), globalName: name, bot: false, dms: 'open' }
  world.users.set(user.id, user)
  return user
}

export type GuildWish = Readonly<{
  name?: string
  owner?: User
  locale?: string
  /** What everyone may do; Discord's defaults if absent. */
  permissions?: bigint
  /** The bot joins at once, if not said otherwise. */
  joined?: boolean
}>

export function makeGuild(world: World, wish: GuildWish = {}): Guild {
  const owner = wish.owner ?? world.owner
  const id = world.newId()
  const everyone: Role = {
    id,
    name: '@everyone',
    permissions: wish.permissions ?? EVERYONE,
    position: 0,
    mentionable: false,
  }
  const guild: Guild = {
    id,
    name: wish.name ?? 'Newsroom',
    ownerId: owner.id,
    locale: wish.locale ?? 'en-US',
    systemChannelId: undefined,
    roles: new Map([[id, everyone]]),
    members: new Map([[owner.id, { user: owner, roles: [] }]]),
    joined: false,
    unavailable: false,
  }
  world.guilds.set(id, guild)
  if (wish.joined ?? true) joinGuild(world, guild)
  return guild
}

/** The bot is added to a guild. */
export function joinGuild(world: World, guild: Guild): void {
  guild.joined = true
  guild.members.set(world.bot.id, { user: world.bot, roles: guild.members.get(world.bot.id)?.roles ?? [] })
  world.tell({ name: 'GUILD_CREATE', data: showGuildCreate(world, guild), intents: INTENTS.Guilds })
}

/** The bot is thrown out. */
export function leaveGuild(world: World, guild: Guild): void {
  guild.joined = false
  guild.members.delete(world.bot.id)
  world.tell({ name: 'GUILD_DELETE', data: { id: guild.id }, intents: INTENTS.Guilds })
}

/** An outage of Discord's: the guild goes and comes back, and nobody left. */
export function setAvailable(world: World, guild: Guild, available: boolean): void {
  guild.unavailable = !available
  const told = available
    ? { name: 'GUILD_CREATE', data: showGuildCreate(world, guild) }
    : { name: 'GUILD_DELETE', data: { id: guild.id, unavailable: true } }
  world.tell({ ...told, intents: INTENTS.Guilds })
}

export type ChannelWish = Readonly<{
  name?: string
  type?: ChannelType
  /** Where a thread stands. */
  parent?: Channel
  overwrites?: readonly Overwrite[]
  owner?: User
  /** A thread of a message has the message's id. */
  id?: string
}>

export function makeChannel(world: World, guild: Guild, wish: ChannelWish = {}): Channel {
  const type = wish.type ?? ChannelType.GuildText
  const channel: Channel = {
    id: wish.id ?? world.newId(),
    type,
    name: wish.name ?? 'news',
    guildId: guild.id,
    parentId: wish.parent?.id,
    position: channelsOf(world, guild.id).length,
    overwrites: [...(wish.overwrites ?? [])],
    recipientId: undefined,
    ownerId: wish.owner?.id,
    thread: isThread({ type })
      ? { archived: false, locked: false, archivedAt: world.now(), appliedTags: [] }
      : undefined,
    messages: new Map(),
    lastMessageId: undefined,
  }
  world.channels.set(channel.id, channel)
  const data = showChannel(world, channel)
  if (isThread(channel))
    world.tell({ name: 'THREAD_CREATE', data: { ...data, newly_created: true }, intents: INTENTS.Guilds })
  else world.tell({ name: 'CHANNEL_CREATE', data, intents: INTENTS.Guilds })
  return channel
}

/** One channel a pair, for ever. */
export function privateChannel(world: World, recipient: User): Channel {
  const known = [...world.channels.values()].find(({ recipientId }) => recipientId === recipient.id)
  if (known) return known
  const channel: Channel = {
    id: world.newId(),
    type: ChannelType.DM,
    name: '',
    guildId: undefined,
    parentId: undefined,
    position: 0,
    overwrites: [],
    recipientId: recipient.id,
    ownerId: undefined,
    thread: undefined,
    messages: new Map(),
    lastMessageId: undefined,
  }
  world.channels.set(channel.id, channel)
  return channel
}

/** Its threads go with it. */
export function deleteChannel(world: World, channel: Channel): void {
  for (const thread of [...world.channels.values()].filter(({ parentId }) => parentId === channel.id))
    world.channels.delete(thread.id)
  world.channels.delete(channel.id)
  const data = isThread(channel)
    ? { id: channel.id, guild_id: channel.guildId, parent_id: channel.parentId, type: channel.type }
    : showChannel(world, channel)
  world.tell({ name: isThread(channel) ? 'THREAD_DELETE' : 'CHANNEL_DELETE', data, intents: INTENTS.Guilds })
}

export function setOverwrite(world: World, channel: Channel, overwrite: Overwrite): void {
  channel.overwrites = [...channel.overwrites.filter(({ id }) => id !== overwrite.id), overwrite]
  tellChannel(world, channel)
}

export function tellChannel(world: World, channel: Channel): void {
  const name = isThread(channel) ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE'
  world.tell({ name, data: showChannel(world, channel), intents: INTENTS.Guilds })
}

export type RoleWish = Readonly<{ name?: string; permissions?: bigint; mentionable?: boolean }>

export function makeRole(world: World, guild: Guild, wish: RoleWish = {}): Role {
  const role: Role = {
    id: world.newId(),
    name: wish.name ?? 'readers',
    permissions: wish.permissions ?? 0n,
    position: guild.roles.size,
    mentionable: wish.mentionable ?? false,
  }
  guild.roles.set(role.id, role)
  tellRole(world, guild, { name: 'GUILD_ROLE_CREATE', role })
  return role
}

/** What a role may do changes; the guild's own id is the role of everyone. */
export function setPermissions(
  world: World,
  guild: Guild,
  given: Readonly<{ roleId: string; permissions: bigint }>,
): void {
  const role = guild.roles.get(given.roleId)
  if (!role) throw new Error(`Cannot set permissions: no role ${given.roleId} in ${guild.name}`)
  role.permissions = given.permissions
  tellRole(world, guild, { name: 'GUILD_ROLE_UPDATE', role })
}

function tellRole(world: World, guild: Guild, { name, role }: Readonly<{ name: string; role: Role }>): void {
  world.tell({ name, data: { guild_id: guild.id, role: showRole(role) }, intents: INTENTS.Guilds })
}

export type MemberWish = Readonly<{ name?: string; user?: User; roles?: readonly Role[] }>

export function makeMember(world: World, guild: Guild, wish: MemberWish = {}): Member {
  const user = wish.user ?? makeUser(world, wish.name ?? 'Mara')
  const member: Member = { user, roles: (wish.roles ?? []).map(({ id }) => id) }
  guild.members.set(user.id, member)
  const data = { ...showMember(member), guild_id: guild.id }
  world.tell({ name: 'GUILD_MEMBER_ADD', data, intents: INTENTS.GuildMembers })
  return member
}

export function setRoles(
  world: World,
  guild: Guild,
  given: Readonly<{ userId: string; roles: readonly string[] }>,
): void {
  const member = guild.members.get(given.userId)
  if (!member) throw new Error(`Cannot set roles: no member ${given.userId} in ${guild.name}`)
  member.roles = [...given.roles]
  // The bot hears of itself with any intents.
  const intents = given.userId === world.bot.id ? INTENTS.Guilds : INTENTS.GuildMembers
  world.tell({ name: 'GUILD_MEMBER_UPDATE', data: { ...showMember(member), guild_id: guild.id }, intents })
}
