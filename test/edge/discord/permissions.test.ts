import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { inviteUrl, missingOf, NEEDED, permissionsIn, type Standings } from '../../../src/edge/discord/permissions.ts'

const GUILD = '100000000000000001'
const ME = '100000000000000002'
const READERS = '100000000000000003'
const base = Bits.ViewChannel | Bits.SendMessages

const standing = (more: Partial<Standings> = {}): Standings => ({
  guildId: GUILD,
  ownerId: '1',
  roles: [
    { id: GUILD, permissions: String(base) },
    { id: READERS, permissions: String(Bits.EmbedLinks) },
  ],
  member: { id: ME, roles: [READERS] },
  overwrites: [],
  ...more,
})
const role = (id: string, allow: bigint, deny: bigint) => ({ id, type: 0, allow: String(allow), deny: String(deny) })
const member = (id: string, allow: bigint, deny: bigint) => ({ id, type: 1, allow: String(allow), deny: String(deny) })

describe('permissions in a channel', () => {
  it.each([
    ['are those of everyone and of the roles held', standing(), base | Bits.EmbedLinks],
    ['do not count roles of others', standing({ member: { id: ME, roles: [] } }), base],
    [
      'are denied to everyone by the channel',
      standing({ overwrites: [role(GUILD, 0n, Bits.SendMessages)] }),
      Bits.ViewChannel | Bits.EmbedLinks,
    ],
    [
      'are allowed to a role over everyone’s denial',
      standing({ overwrites: [role(READERS, Bits.SendMessages, 0n), role(GUILD, 0n, Bits.SendMessages)] }),
      base | Bits.EmbedLinks,
    ],
    [
      'are decided for the member last',
      standing({ overwrites: [member(ME, 0n, Bits.ViewChannel), role(READERS, Bits.ViewChannel, 0n)] }),
      Bits.SendMessages | Bits.EmbedLinks,
    ],
    [
      'do not heed what is said of another member',
      standing({ overwrites: [member('9', 0n, base)] }),
      base | Bits.EmbedLinks,
    ],
  ])('%s', (_what, standings, permissions) => {
    expect(permissionsIn(standings)).toBe(permissions)
  })

  it('are everything for the owner and an administrator, whatever the channel denies', () => {
    const denied = [role(GUILD, 0n, base)]
    const owner = permissionsIn(standing({ ownerId: ME, overwrites: denied }))
    const administrator = permissionsIn(
      standing({ roles: [{ id: GUILD, permissions: String(Bits.Administrator) }], overwrites: denied }),
    )
    for (const all of [owner, administrator]) expect(missingOf(all, NEEDED)).toEqual([])
  })
})

it('names what is missing in the words of Discord’s settings', () => {
  expect(missingOf(Bits.ViewChannel | Bits.EmbedLinks, NEEDED)).toEqual(['Send Messages', 'Read Message History'])
})

it('invites with what is used and no more', () => {
  const url = new URL(inviteUrl('100000000000000009'))
  const asked = BigInt(url.searchParams.get('permissions') ?? '0')
  expect(missingOf(asked, NEEDED)).toEqual([])
  for (const bit of [Bits.Administrator, Bits.ManageGuild, Bits.ManageMessages, Bits.MentionEveryone])
    expect(asked & bit).toBe(0n)
})
