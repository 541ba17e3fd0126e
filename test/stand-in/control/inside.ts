/** What the control methods work on, and how they find things by their ids. */
import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { Faults } from '../faults.ts'
import type { Gateway } from '../gateway.ts'
import type { Interactions } from '../interactions.ts'
import type { Journal } from '../journal.ts'
import type { RateLimits } from '../rate-limits.ts'
import type { Channel, Guild, User, World } from '../world.ts'

export type Inside = Readonly<{
  world: World
  gateway: Gateway
  interactions: Interactions
  journal: Journal
  limits: RateLimits
  faults: Faults
  invalid: readonly number[]
  turnClock(byMs: number): void
}>

/** Discord's names ("ViewChannel"), or the number as text. */
export type Permissions = readonly string[] | string | bigint

/** @throws where a name is not Discord's */
export function bitsOf(permissions: Permissions): bigint {
  if (typeof permissions === 'bigint') return permissions
  if (typeof permissions === 'string') return BigInt(permissions)
  return permissions.reduce((all, name) => {
    const bit = (PermissionFlagsBits as Readonly<Record<string, bigint>>)[name]
    if (bit === undefined) throw new Error(`Cannot set permissions: Discord has no "${name}"`)
    return all | bit
  }, 0n)
}

export function guildOf({ guilds }: World, id: string): Guild {
  const found = guilds.get(id)
  if (!found) throw new Error(`Cannot find guild ${id}`)
  return found
}

export function channelOf({ channels }: World, id: string): Channel {
  const found = channels.get(id)
  if (!found) throw new Error(`Cannot find channel ${id}`)
  return found
}

export function userOf({ users }: World, id: string): User {
  const found = users.get(id)
  if (!found) throw new Error(`Cannot find user ${id}`)
  return found
}
