/** Who the bot is, and where its gateway is. */
import { invalidRecipient, unknownUser } from '../api-error.ts'
import { textOf } from '../json.ts'
import { type Call, ok, param, type Route, route } from '../route.ts'
import { privateChannel } from '../world/make.ts'
import { showChannel, showUser } from '../world/show.ts'

const DAY_MS = 24 * 60 * 60_000

export const IDENTITY_ROUTES: readonly Route[] = [
  route('GET /gateway', ({ gatewayUrl }) => ok({ url: gatewayUrl }), false),
  route('GET /gateway/bot', ({ gatewayUrl, identifiesLeft }) =>
    ok({
      url: gatewayUrl,
      shards: 1,
      session_start_limit: { total: 1_000, remaining: identifiesLeft, reset_after: DAY_MS, max_concurrency: 1 },
    }),
  ),
  route('GET /users/@me', ({ world }) =>
    ok({ ...showUser(world.bot), verified: true, mfa_enabled: false, locale: 'en-US' }),
  ),
  route('GET /users/@me/guilds', ({ world }) =>
    ok(
      [...world.guilds.values()]
        .filter(({ joined }) => joined)
        .map(({ id, name }) => ({ id, name, icon: null, banner: null, owner: false, permissions: '0', features: [] })),
    ),
  ),
  route('POST /users/@me/channels', openPrivateChannel),
  route('GET /users/{user_id}', (call) => {
    const user = call.world.users.get(param(call, 'user_id'))
    if (!user) throw unknownUser()
    return ok(showUser(user))
  }),
  route('GET /applications/@me', application),
  route('GET /oauth2/applications/@me', application),
]

function openPrivateChannel({ world, body }: Call) {
  const user = world.users.get(textOf(body['recipient_id']))
  if (!user || user.bot) throw invalidRecipient()
  const channel = privateChannel(world, user)
  return ok(showChannel(world, channel), `private channel ${channel.id}`)
}

function application({ world }: Call) {
  const { id, flags } = world.application
  return ok({
    id,
    name: world.bot.globalName,
    icon: null,
    description: 'Reads the news and posts one card a story.',
    summary: '',
    bot: showUser(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    owner: showUser(world.owner),
    team: null,
    flags,
    verify_key: '0'.repeat(64),
    approximate_guild_count: [...world.guilds.values()].filter(({ joined }) => joined).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    redirect_uris: [],
    type: null,
    flags_new: String(flags),
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: ['bot', 'applications.commands'],
    integration_types_config: { '0': {}, '1': {} },
  })
}
