/** Whom a message really pings: what its text names, as far as `allowed_mentions` and the bot's permissions let it. */
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { type Json, recordsOf, textOf } from '../json.ts'
import { permissionsOf } from '../world/permissions.ts'
import type { Channel, World } from '../world.ts'

type Body = Readonly<{ content?: string | null; components?: readonly Json[] | null; allowed_mentions?: Json | null }>

export function mentionsOf(
  world: World,
  channel: Channel,
  body: Body,
): Readonly<{ roles: readonly string[]; everyone: boolean }> {
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)
  if (!guild) return { roles: [], everyone: false }
  const text = [textOf(body.content), ...textsOf(recordsOf(body.components))].join('\n')
  const mayAll = (permissionsOf(world, world.bot.id, channel) & Bits.MentionEveryone) !== 0n
  const allowed = body.allowed_mentions
  const parsed = allowed == null ? ['roles', 'users', 'everyone'] : listOf(allowed['parse'])
  const named = listOf(allowed?.['roles'])
  const roles = [...text.matchAll(/<@&(\d+)>/g)].flatMap(([, id]) => {
    const role = guild.roles.get(id ?? '')
    return role && (role.mentionable || mayAll) && (parsed.includes('roles') || named.includes(role.id))
      ? [role.id]
      : []
  })
  return {
    roles: [...new Set(roles)],
    everyone: mayAll && parsed.includes('everyone') && /@(everyone|here)/.test(text),
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Text displays, however deep. */
function textsOf(components: readonly Json[]): readonly string[] {
  return components.flatMap((one) => [
    ...(one['type'] === 10 ? [textOf(one['content'])] : []),
    ...textsOf(recordsOf(one['components'])),
  ])
}
