/** What the bot, or a member, may do in a channel: computed from what Discord says of the channel, the guild's roles and the member.
 *  Nothing of it is believed from a request. */
import { ChannelType, Routes } from 'discord-api-types/v10'
import { z } from 'zod'
import type { PersonId, Target } from '../../core/model.ts'
import type { Standing } from '../../flow/ports.ts'
import { type Ask, failed } from './ask.ts'
import { missingOf, NEEDED, NEEDED_IN_THREADS, permissionsIn } from './permissions.ts'

const channelShape = z.looseObject({
  id: z.string(),
  type: z.number(),
  name: z.string().default(''),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() }))
    .default([]),
})
const guildShape = z.looseObject({
  id: z.string(),
  owner_id: z.string(),
  roles: z.array(z.looseObject({ id: z.string(), permissions: z.string() })),
})
const memberShape = z.looseObject({ roles: z.array(z.string()) })
export type ChannelSeen = z.infer<typeof channelShape>

const THREADS: readonly number[] = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread]
export const isThread = ({ type }: ChannelSeen): boolean => THREADS.includes(type)

type ChannelTarget = Exclude<Target, { kind: 'person' }>
export type Asking = Readonly<{ ask: Ask; signal: AbortSignal }>

export async function standingOf(target: ChannelTarget, applicationId: string, asking: Asking): Promise<Standing> {
  try {
    const seen = await permissionsOf(target, applicationId, asking)
    if (!seen) return { kind: 'unknown target' }
    const missing = missingOf(seen.permissions, isThread(seen.channel) ? NEEDED_IN_THREADS : NEEDED)
    return missing.length > 0 ? { kind: 'lacking', missing } : { kind: 'ready' }
  } catch (error) {
    if (failed(error).kind === 'held') return { kind: 'unknown target' }
    throw error
  }
}

/** Undefined where the channel is not in that guild. Throws what Discord answers. */
export async function permissionsOf(
  { channelId, serverId }: Pick<ChannelTarget, 'channelId' | 'serverId'>,
  memberId: PersonId | string,
  { ask, signal }: Asking,
): Promise<Readonly<{ channel: ChannelSeen; permissions: bigint }> | undefined> {
  const get = (route: `/${string}`): Promise<unknown> =>
    ask((rest, abort) => rest.get(route, { signal: abort }), signal)
  const channel = channelShape.parse(await get(Routes.channel(channelId)))
  if (channel.guild_id !== serverId) return undefined
  // A thread has its parent's overwrites.
  const parent = isThread(channel) ? channel.parent_id : undefined
  const placed = parent ? channelShape.parse(await get(Routes.channel(parent))) : channel
  const guild = guildShape.parse(await get(Routes.guild(serverId)))
  const { roles } = memberShape.parse(await get(Routes.guildMember(serverId, memberId)))
  const permissions = permissionsIn({
    guildId: guild.id,
    ownerId: guild.owner_id,
    roles: guild.roles,
    member: { id: memberId, roles },
    overwrites: placed.permission_overwrites,
  })
  return { channel, permissions }
}
