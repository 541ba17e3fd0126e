/** Guilds, and who is in them. */
import { unknownGuild, unknownMember } from '../api-error.ts'
import { type Call, ok, param, type Route, route } from '../route.ts'
import { channelsOf, showChannel, showGuild, showMember, showRole } from '../world/show.ts'
import { type Guild, isThread } from '../world.ts'

export const GUILD_ROUTES: readonly Route[] = [
  route('GET /guilds/{guild_id}', (call) => ok(showGuild(guildOf(call)))),
  route('GET /guilds/{guild_id}/channels', (call) =>
    ok(
      channelsOf(call.world, guildOf(call).id)
        .filter((channel) => !isThread(channel))
        .map((channel) => showChannel(call.world, channel)),
    ),
  ),
  route('GET /guilds/{guild_id}/roles', (call) => ok([...guildOf(call).roles.values()].map(showRole))),
  route('GET /guilds/{guild_id}/members/{user_id}', (call) => {
    const member = guildOf(call).members.get(param(call, 'user_id'))
    if (!member) throw unknownMember()
    return ok(showMember(member))
  }),
]

/** Where the bot is not, there is nothing. */
function guildOf(call: Call): Guild {
  const guild = call.world.guilds.get(param(call, 'guild_id'))
  if (!guild?.joined) throw unknownGuild()
  return guild
}
