/** What this Discord holds: people, guilds, roles, channels, messages. Plain data; whoever changes it says so with `tell`. */
import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10'
import type { Json } from './json.ts'
import { createSnowflakes } from './snowflakes.ts'

export type User = {
  readonly id: string
  username: string
  globalName: string
  readonly bot: boolean
  dms: 'open' | 'closed'
}
export type Role = { readonly id: string; name: string; permissions: bigint; position: number; mentionable: boolean }
export type Member = { readonly user: User; roles: string[] }
export type Overwrite = { readonly id: string; readonly type: 0 | 1; allow: bigint; deny: bigint }
export type Guild = {
  readonly id: string
  name: string
  readonly ownerId: string
  locale: string
  systemChannelId: string | undefined
  readonly roles: Map<string, Role>
  readonly members: Map<string, Member>
  /** False once the bot left: nothing of it is shown then. */
  joined: boolean
  unavailable: boolean
}
export type Thread = { archived: boolean; locked: boolean; archivedAt: number; appliedTags: string[] }
export type Channel = {
  readonly id: string
  readonly type: ChannelType
  name: string
  readonly guildId: string | undefined
  readonly parentId: string | undefined
  position: number
  overwrites: Overwrite[]
  /** The other side of a private channel. */
  readonly recipientId: string | undefined
  readonly ownerId: string | undefined
  readonly thread: Thread | undefined
  readonly messages: Map<string, Message>
  lastMessageId: string | undefined
}
export type Message = {
  readonly id: string
  readonly channelId: string
  readonly author: User
  readonly type: number
  content: string
  embeds: readonly Json[]
  components: readonly Json[]
  attachments: readonly Json[]
  flags: number
  mentionRoles: readonly string[]
  mentionsEveryone: boolean
  readonly createdAt: number
  editedAt: number | undefined
  readonly nonce: string | number | undefined
  readonly reference: Json | undefined
  /** Set on answers to interactions. */
  readonly interaction: Json | undefined
  /** Only this person sees it; it is in no history. */
  readonly ephemeralTo: string | undefined
  /** A deferred answer that was not filled in yet. */
  loading: boolean
}

/** What the gateway is to send. Without a guild it goes to everyone who listens. */
export type Told = Readonly<{ name: string; data: Json; intents: number }>

export type World = {
  readonly now: () => number
  readonly newId: () => string
  readonly application: { readonly id: string; token: string; revoked: boolean; flags: number }
  readonly bot: User
  readonly owner: User
  readonly users: Map<string, User>
  readonly guilds: Map<string, Guild>
  readonly channels: Map<string, Channel>
  /** Ephemeral messages, by id. */
  readonly hidden: Map<string, Message>
  commands: Json[]
  readonly guildCommands: Map<string, Json[]>
  tell(told: Told): void
  listen(listener: (told: Told) => void): void
}

/** What a new server lets everyone do, as Discord's own defaults do. */
export const EVERYONE =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.CreatePublicThreads

/** A token's first part is the bot's id in base64, which discord.js reads. The rest is made up, and longer than a real one is certain to be. */
const tokenOf = (id: string, nonce: string): string =>
  `${Buffer.from(id).toString('base64url')}.local0.${nonce.padEnd(30, 'x')}`

/** A new token of the same bot. */
export function freshToken(world: World): string {
  return tokenOf(world.application.id, `token${world.newId()}`)
}

export function createWorld(now: () => number): World {
  const newId = createSnowflakes(now)
  const listeners: ((told: Told) => void)[] = []
  const id = newId()
  const bot: User = { id, username: 'pullquote', globalName: 'Pullquote', bot: true, dms: 'open' }
  const owner: User = { id: newId(), username: 'olga', globalName: 'Olga Owner', bot: false, dms: 'open' }
  return {
    now,
    newId,
    application: { id, token: tokenOf(id, 'first'), revoked: false, flags: 0 },
    bot,
    owner,
    users: new Map([bot, owner].map((user) => [user.id, user])),
    guilds: new Map(),
    channels: new Map(),
    hidden: new Map(),
    commands: [],
    guildCommands: new Map(),
    tell: (told) => {
      for (const listener of listeners) listener(told)
    },
    listen: (listener) => {
      listeners.push(listener)
    },
  }
}

export const INTENTS = GatewayIntentBits
export const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]
export const isThread = ({ type }: Pick<Channel, 'type'>): boolean => THREADS.includes(type)
