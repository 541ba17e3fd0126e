/** The world as Discord's JSON shows it. */
import { ChannelType } from 'discord-api-types/v10'
import { type Json, present } from '../json.ts'
import { madeAt } from '../snowflakes.ts'
import {
  type Channel,
  type Guild,
  isThread,
  type Member,
  type Message,
  type Role,
  type User,
  type World,
} from '../world.ts'
import { permissionsOf } from './permissions.ts'

const iso = (at: number): string => new Date(at).toISOString().replace('Z', '000+00:00')

export function showUser(user: User): Json {
  return {
    id: user.id,
    username: user.username,
    global_name: user.bot ? null : user.globalName,
    discriminator: user.bot ? '0000' : '0',
    avatar: null,
    public_flags: 0,
    flags: 0,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  }
}

export function showRole(role: Role): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    managed: false,
    mentionable: role.mentionable,
    flags: 0,
  }
}

export function showMember(member: Member): Json {
  return {
    user: showUser(member.user),
    roles: [...member.roles],
    nick: null,
    avatar: null,
    banner: null,
    joined_at: iso(madeAt(member.user.id)),
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  }
}

export function showChannel(world: World, channel: Channel): Json {
  if (channel.type === ChannelType.DM) {
    const recipient = world.users.get(channel.recipientId ?? '')
    return {
      id: channel.id,
      type: channel.type,
      flags: 0,
      last_message_id: channel.lastMessageId ?? null,
      recipients: recipient ? [showUser(recipient)] : [],
    }
  }
  const shared = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId ?? null,
    last_message_id: channel.lastMessageId ?? null,
    rate_limit_per_user: 0,
    flags: 0,
  }
  return isThread(channel) ? { ...shared, ...threadFields(channel) } : { ...shared, ...placeFields(channel) }
}

function placeFields(channel: Channel): Json {
  const isForum = channel.type === ChannelType.GuildForum
  return {
    position: channel.position,
    topic: null,
    nsfw: false,
    permission_overwrites: channel.overwrites.map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(isForum
      ? { available_tags: [], default_reaction_emoji: null, default_sort_order: null, default_forum_layout: 0 }
      : {}),
  }
}

function threadFields(channel: Channel): Json {
  const { thread, messages } = channel
  return {
    owner_id: channel.ownerId,
    message_count: Math.max(0, messages.size - 1),
    total_message_sent: Math.max(0, messages.size - 1),
    member_count: 1,
    applied_tags: thread?.appliedTags ?? [],
    thread_metadata: {
      archived: thread?.archived ?? false,
      locked: thread?.locked ?? false,
      auto_archive_duration: 4_320,
      archive_timestamp: iso(thread?.archivedAt ?? 0),
      create_timestamp: iso(madeAt(channel.id)),
    },
  }
}

export function channelsOf(world: World, guildId: string): readonly Channel[] {
  return [...world.channels.values()].filter((channel) => channel.guildId === guildId)
}

/** What both GUILD_CREATE and GET /guilds/{id} hold. */
export function showGuild(guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    icon: null,
    icon_hash: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    afk_channel_id: null,
    afk_timeout: 300,
    application_id: null,
    default_message_notifications: 0,
    emojis: [],
    explicit_content_filter: 0,
    features: [],
    max_members: 500_000,
    max_presences: null,
    mfa_level: 0,
    nsfw_level: 0,
    preferred_locale: guild.locale,
    premium_progress_bar_enabled: false,
    premium_subscription_count: 0,
    premium_tier: 0,
    public_updates_channel_id: null,
    roles: [...guild.roles.values()].map(showRole),
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    stickers: [],
    system_channel_flags: 0,
    system_channel_id: guild.systemChannelId ?? null,
    vanity_url_code: null,
    verification_level: 0,
    widget_enabled: false,
    widget_channel_id: null,
    region: 'deprecated',
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    nsfw: false,
    incidents_data: null,
    home_header: null,
  }
}

/** A guild on the gateway, with what the bot can see of it. */
export function showGuildCreate(world: World, guild: Guild): Json {
  const channels = channelsOf(world, guild.id)
  const own = guild.members.get(world.bot.id)
  const seen = channels.filter((channel) => permissionsOf(world, world.bot.id, channel) !== 0n)
  return {
    ...showGuild(guild),
    joined_at: iso(madeAt(guild.id)),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: own ? [showMember(own)] : [],
    // Hidden channels are sent too: only their messages are kept back.
    channels: channels.filter((channel) => !isThread(channel)).map((channel) => showChannel(world, channel)),
    threads: seen
      .filter((channel) => isThread(channel) && !channel.thread?.archived)
      .map((one) => showChannel(world, one)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}

export function showMessage(message: Message): Json {
  return present({
    id: message.id,
    type: message.type,
    channel_id: message.channelId,
    author: showUser(message.author),
    content: message.content,
    timestamp: iso(message.createdAt),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    tts: false,
    mention_everyone: message.mentionsEveryone,
    mentions: [],
    mention_roles: message.mentionRoles,
    attachments: message.attachments,
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags | (message.loading ? 128 : 0),
    ...(message.author.bot ? { application_id: message.author.id } : {}),
    ...(message.interaction ? { webhook_id: message.author.id, interaction_metadata: message.interaction } : {}),
    message_reference: message.reference,
  })
}
