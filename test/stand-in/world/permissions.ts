/** Permissions by Discord's documentation ("Permission Overwrites", "Implicit Permissions"), computed anew for every request. */
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { type Channel, type Guild, isThread, type Member, type Overwrite, type World } from '../world.ts'

const ALL = Object.values(Bits).reduce((all, bit) => all | bit, 0n)
/** Who may not send may do none of these either. */
const BY_SENDING = Bits.MentionEveryone | Bits.SendTTSMessages | Bits.AttachFiles | Bits.EmbedLinks
/** What both sides of a private channel may do. */
const IN_PRIVATE =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.ReadMessageHistory |
  Bits.AddReactions

/** Of a member in the whole guild, before any channel. */
export function guildPermissions(guild: Guild, member: Member): bigint {
  if (guild.ownerId === member.user.id) return ALL
  const held = [guild.id, ...member.roles].map((id) => guild.roles.get(id)?.permissions ?? 0n)
  const base = held.reduce((all, one) => all | one, 0n)
  return base & Bits.Administrator ? ALL : base
}

/** Of a person in a channel; nothing for strangers. */
export function permissionsOf(world: World, userId: string, channel: Channel): bigint {
  if (channel.guildId === undefined) return userId === channel.recipientId || userId === world.bot.id ? IN_PRIVATE : 0n
  const guild = world.guilds.get(channel.guildId)
  const member = guild?.members.get(userId)
  if (!(guild && member)) return 0n
  const base = guildPermissions(guild, member)
  if (base & Bits.Administrator) return ALL
  // A thread has its parent's overwrites.
  const parent = isThread(channel) ? world.channels.get(channel.parentId ?? '') : undefined
  const allowed = levels((parent ?? channel).overwrites, guild, member).reduce(overwritten, base)
  if (!(allowed & Bits.ViewChannel)) return 0n
  const mayTalk = allowed & (isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages)
  return mayTalk ? allowed : allowed & ~BY_SENDING
}

function levels(overwrites: readonly Overwrite[], guild: Guild, member: Member): readonly (readonly Overwrite[])[] {
  return [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && member.roles.includes(id)),
    overwrites.filter(({ id, type }) => type === 1 && id === member.user.id),
  ]
}

function overwritten(base: bigint, level: readonly Overwrite[]): bigint {
  const denied = level.reduce((left, { deny }) => left & ~deny, base)
  return level.reduce((all, { allow }) => all | allow, denied)
}
