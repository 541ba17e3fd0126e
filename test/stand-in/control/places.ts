/** Guilds, channels, roles: made and changed, as people do in Discord's own client. */
import { ChannelType } from 'discord-api-types/v10'
import {
  deleteChannel,
  joinGuild,
  leaveGuild,
  makeChannel,
  makeGuild,
  makeMember,
  makeRole,
  setAvailable,
  setOverwrite,
  setPermissions,
  setRoles,
  tellChannel,
} from '../world/make.ts'
import { EVERYONE } from '../world.ts'
import { bitsOf, channelOf, guildOf, type Inside, type Permissions, userOf } from './inside.ts'

/** What a channel can be. */
const KINDS = {
  text: ChannelType.GuildText,
  announcement: ChannelType.GuildAnnouncement,
  forum: ChannelType.GuildForum,
  category: ChannelType.GuildCategory,
  voice: ChannelType.GuildVoice,
  thread: ChannelType.PublicThread,
  'private thread': ChannelType.PrivateThread,
} as const
export type ChannelKind = keyof typeof KINDS
type OverwriteWish = Readonly<{ id: string; type?: 'role' | 'member'; allow?: Permissions; deny?: Permissions }>

export type Places = ReturnType<typeof createPlaces>

export function createPlaces({ world }: Inside) {
  return {
    /** The bot is in it at once, unless `joined` is false. `permissions` are everyone's (absent: Discord's own defaults, Manage Guild not
     *  among them). The owner of the bot owns the guild, unless another is named. */
    makeGuild: (
      wish: Readonly<{
        name?: string
        ownerId?: string
        locale?: string
        permissions?: Permissions
        joined?: boolean
      }> = {},
    ) => {
      const { ownerId, permissions, ...rest } = wish
      const owner = ownerId === undefined ? {} : { owner: userOf(world, ownerId) }
      const everyone = { permissions: permissions === undefined ? EVERYONE : bitsOf(permissions) }
      const guild = makeGuild(world, { ...rest, ...owner, ...everyone })
      return { id: guild.id, ownerId: guild.ownerId, everyoneRoleId: guild.id }
    },
    joinGuild: ({ guildId }: Readonly<{ guildId: string }>) => joinGuild(world, guildOf(world, guildId)),
    /** The bot is thrown out. */
    leaveGuild: ({ guildId }: Readonly<{ guildId: string }>) => leaveGuild(world, guildOf(world, guildId)),
    /** An outage of one guild begins or ends. */
    setAvailable: ({ guildId, available }: Readonly<{ guildId: string; available: boolean }>) =>
      setAvailable(world, guildOf(world, guildId), available),
    setSystemChannel: ({ guildId, channelId }: Readonly<{ guildId: string; channelId: string }>) => {
      guildOf(world, guildId).systemChannelId = channelId
    },
    makeChannel: (
      wish: Readonly<{
        guildId: string
        kind?: ChannelKind
        name?: string
        /** A thread's channel; a channel's category. */
        parentId?: string
        overwrites?: readonly OverwriteWish[]
      }>,
    ) => {
      const { guildId, kind = 'text', name = 'news', parentId, overwrites = [] } = wish
      const type = KINDS[kind]
      if (type === undefined)
        throw new Error(`Cannot make a channel of kind "${kind}": use one of ${Object.keys(KINDS).join(', ')}`)
      const channel = makeChannel(world, guildOf(world, guildId), {
        name,
        type,
        overwrites: overwrites.map(overwriteOf),
        ...(parentId === undefined ? {} : { parent: channelOf(world, parentId) }),
      })
      return { id: channel.id }
    },
    deleteChannel: ({ channelId }: Readonly<{ channelId: string }>) =>
      deleteChannel(world, channelOf(world, channelId)),
    /** A thread is shut: `locked`, only who may manage threads opens it again. */
    setThread: ({
      channelId,
      archived,
      locked = false,
    }: Readonly<{ channelId: string; archived: boolean; locked?: boolean }>) => {
      const channel = channelOf(world, channelId)
      if (!channel.thread) throw new Error(`Cannot archive ${channelId}: it is no thread`)
      Object.assign(channel.thread, { archived, locked, archivedAt: world.now() })
      tellChannel(world, channel)
    },
    /** Of a role (the guild's own id is everyone's), or of a member; it takes the place of the one that stood. */
    setOverwrite: ({ channelId, ...wish }: OverwriteWish & Readonly<{ channelId: string }>) =>
      setOverwrite(world, channelOf(world, channelId), overwriteOf(wish)),
    makeRole: ({
      guildId,
      permissions = 0n,
      ...wish
    }: Readonly<{ guildId: string; name?: string; permissions?: Permissions; mentionable?: boolean }>) => {
      const role = makeRole(world, guildOf(world, guildId), { ...wish, permissions: bitsOf(permissions) })
      return { id: role.id }
    },
    /** What a role may do; everyone, if no role is named. */
    setPermissions: ({
      guildId,
      roleId = guildId,
      permissions,
    }: Readonly<{ guildId: string; roleId?: string; permissions: Permissions }>) =>
      setPermissions(world, guildOf(world, guildId), { roleId, permissions: bitsOf(permissions) }),
    /** A person joins: a new one, or the one named. With `permissions`, a role of their own holds them. */
    makeMember: ({
      guildId,
      name,
      userId,
      roleIds = [],
      permissions,
    }: Readonly<{
      guildId: string
      name?: string
      userId?: string
      roleIds?: readonly string[]
      permissions?: Permissions
    }>) => {
      const guild = guildOf(world, guildId)
      const own = permissions === undefined ? [] : [makeRole(world, guild, { permissions: bitsOf(permissions) })]
      const member = makeMember(world, guild, {
        ...(name === undefined ? {} : { name }),
        ...(userId === undefined ? {} : { user: userOf(world, userId) }),
        roles: own,
      })
      member.roles.push(...roleIds)
      return { userId: member.user.id, roleIds: [...member.roles] }
    },
    /** The bot's own id gives roles to the bot. */
    setRoles: ({ guildId, ...given }: Readonly<{ guildId: string; userId: string; roleIds: readonly string[] }>) =>
      setRoles(world, guildOf(world, guildId), { userId: given.userId, roles: given.roleIds }),
  }
}

function overwriteOf({ id, type = 'role', allow = 0n, deny = 0n }: OverwriteWish) {
  return { id, type: type === 'role' ? 0 : 1, allow: bitsOf(allow), deny: bitsOf(deny) } as const
}
