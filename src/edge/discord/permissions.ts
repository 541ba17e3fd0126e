/** Discord's permission arithmetic, and what the bot needs where. */
import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'

/** Names as Discord's own settings show them: a person must find them there. */
export const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const
export const NEEDED_IN_THREADS = {
  ...NEEDED,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
} as const

/** What an invite asks for: nothing that is not used. */
export const INVITE_PERMISSIONS = Object.values(NEEDED_IN_THREADS).reduce((all, one) => all | one, 0n)

/** Where a person adds the bot to a server, with the least permissions. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(INVITE_PERMISSIONS),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

export type Overwrite = Readonly<{ id: string; type: number; allow: string; deny: string }>
export type Standings = Readonly<{
  guildId: string
  ownerId: string
  roles: readonly Readonly<{ id: string; permissions: string }>[]
  member: Readonly<{ id: string; roles: readonly string[] }>
  overwrites: readonly Overwrite[]
}>

const EVERYTHING = Object.values(PermissionFlagsBits).reduce((all, one) => all | one, 0n)

/** Permissions of a member in a channel, as Discord's documentation computes them ("Permissions", overwrites). */
export function permissionsIn({ guildId, ownerId, roles, member, overwrites }: Standings): bigint {
  if (member.id === ownerId) return EVERYTHING
  const held = new Set([guildId, ...member.roles])
  const base = roles.filter(({ id }) => held.has(id)).reduce((all, { permissions }) => all | BigInt(permissions), 0n)
  if (base & PermissionFlagsBits.Administrator) return EVERYTHING
  const everyone = overwrites.filter(({ id }) => id === guildId)
  const ofRoles = overwrites.filter(({ id, type }) => type === OverwriteType.Role && id !== guildId && held.has(id))
  const own = overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === member.id)
  return [everyone, ofRoles, own].reduce(overwritten, base)
}

/** Within one level all denials come before all allowances. */
function overwritten(permissions: bigint, level: readonly Overwrite[]): bigint {
  const deny = level.reduce((all, one) => all | BigInt(one.deny), 0n)
  const allow = level.reduce((all, one) => all | BigInt(one.allow), 0n)
  return (permissions & ~deny) | allow
}

/** Those of `needed` that are not held, by name. Without View Channel nothing else counts. */
export function missingOf(permissions: bigint, needed: Readonly<Record<string, bigint>>): readonly string[] {
  return Object.entries(needed).flatMap(([name, bit]) => (permissions & bit ? [] : [name]))
}
