/** discord.js on the gateway: what people ask comes in, replies go out, guilds and channels that come and go are noticed. Imported only
 *  when there is a token. */

import { ChannelType, Client, Events, GatewayIntentBits, type Guild, Options, type REST, Status } from 'discord.js'
import {
  type APIInteraction,
  ApplicationIntegrationType,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  InteractionType,
} from 'discord-api-types/v10'
import type { ChannelId, ServerId } from '../../core/model.ts'
import type { PaintedReply } from '../../core/paint.ts'
import type { Reply } from '../../core/reply.ts'
import type { Command, Pressable, World } from '../../flow/command.ts'
import type { Store } from '../../flow/ports/store.ts'
import type { Log, Now } from '../../flow/ports.ts'
import { createIdentifyThrottler } from './identify.ts'
import { respond, respondWithChoices } from './interactions.ts'
import { choicesFor, replyTo } from './requests.ts'
import { steadyLimits } from './steady.ts'

export type GatewayOptions = Readonly<{
  token: string
  apiUrl: string | undefined
  commands: readonly Command[]
  pressables: readonly Pressable[]
  world: World
  store: Store
  paintReply(reply: Reply): PaintedReply
  /** Ends the connecting, not the connection. */
  signal: AbortSignal
  log: Log
  now: Now
  /** Discord does not accept the token, or the intents: nothing will be sent any more. */
  onStop(reason: string): void
  /** Discord wants so long a wait before we introduce ourselves. */
  onIdentifyWait(waitMs: number): void
  /** With the channels where a greeting may stand, best first. */
  onJoin(serverId: ServerId, channels: readonly ChannelId[]): Promise<void>
  onLeave(serverId: ServerId): Promise<void>
  onChannelGone(channelId: ChannelId, serverId: ServerId): Promise<void>
  /** Rights may have changed there. */
  onRights(serverId: ServerId): Promise<void>
}>

export type Gateway = Readonly<{ applicationId: string; rest: REST; ready(): boolean; close(): Promise<void> }>

/** Closes after which discord.js gives up, and so do we. */
const FATAL: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: 'Discord does not accept the token',
  [GatewayCloseCodes.InvalidIntents]: 'Discord does not know the intents that were asked for',
  [GatewayCloseCodes.DisallowedIntents]: 'Discord does not allow the intents that were asked for',
  [GatewayCloseCodes.InvalidShard]: 'Discord does not accept the shard',
  [GatewayCloseCodes.ShardingRequired]: 'The bot is in too many servers for one connection',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord no longer speaks this version of its gateway',
}

/** Connects and resolves when Discord says READY. @throws discord.js's error when the token is refused */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { log } = options
  const client = createClient(options)
  watch(client, options)
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()))
  const steady = steadyLimits(client.rest)
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    steady()
    void answer(interaction, client, options)
  })
  try {
    await unlessAborted(
      client.login(options.token).then(() => ready),
      options.signal,
    )
  } catch (error) {
    // A client that is half connected would go on trying by itself.
    await leave(client)
    throw error
  }
  const applicationId = client.application?.id ?? ''
  // A greeting that fails is no reason to connect anew: this client would go on beside the next one.
  for (const guild of client.guilds.cache.values())
    await safely(log, 'join', () => options.onJoin(guild.id as ServerId, greetingChannels(guild)))
  log.info('gateway ready', { servers: client.guilds.cache.size })
  return {
    applicationId,
    rest: client.rest,
    // The client's own status stays "ready" for ever once it was; its connections tell.
    ready: () => client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
    close: () => leave(client),
  }
}

/** Waiting for Discord's leave to identify may take minutes: whoever stops the bot does not wait for it. */
function unlessAborted(connecting: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(new Error('stopped while connecting', { cause: signal.reason }))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([connecting, aborted])
}

/** A shard of @discordjs/ws 1.2 that is destroyed while it waits for HELLO or READY takes its own listener for the close away: the promise
 *  never settles, and the shard connects anew. Nobody waits for that; the program ends when its command has. */
async function leave(client: Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LEAVE_MS_MAX)
  })
  await Promise.race([client.destroy(), patience])
  clearTimeout(timer)
}
/** A close frame and its answer take one round trip. */
const LEAVE_MS_MAX = 1_000

/** The server's own system channel first, then its text channels from the top. */
function greetingChannels(guild: Guild): readonly ChannelId[] {
  const texts = [...guild.channels.cache.values()].filter((channel) => channel.type === ChannelType.GuildText)
  const ordered = texts.sort((a, b) => a.rawPosition - b.rawPosition).map(({ id }) => id)
  const first = guild.systemChannelId ? [guild.systemChannelId] : []
  return [...new Set([...first, ...ordered])].slice(0, GREETING_TRIES_MAX) as ChannelId[]
}
/** Each costs four requests. */
const GREETING_TRIES_MAX = 5

/** Caches hold what is used and no more: channels and roles of guilds come with them, messages and members are none of our business. */
function createClient({ apiUrl, store, now, log, onIdentifyWait: onWait }: GatewayOptions): Client {
  const none = { maxSize: 0 }
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: none,
      PresenceManager: none,
      ReactionManager: none,
      GuildEmojiManager: none,
      GuildStickerManager: none,
      GuildInviteManager: none,
      GuildScheduledEventManager: none,
      StageInstanceManager: none,
      VoiceStateManager: none,
      AutoModerationRuleManager: none,
    }),
    rest: { ...(apiUrl ? { api: apiUrl } : {}), timeout: 10_000, retries: 1 },
    ws: { buildIdentifyThrottler: async () => createIdentifyThrottler({ store, now, log, onWait }) },
  })
}

function watch(client: Client, options: GatewayOptions): void {
  const { log, onStop, onJoin, onLeave, onChannelGone, onRights } = options
  const noticing = (what: string, run: () => Promise<void>): void => {
    void safely(log, what, run)
  }
  client.on(Events.ShardDisconnect, ({ code }) => {
    const reason = FATAL[code]
    if (reason) onStop(reason)
    else log.warn('gateway closed', { code })
  })
  client.on(Events.ShardReconnecting, () => log.info('gateway reconnects'))
  client.on(Events.ShardError, (error) => log.warn('gateway error', { error: String(error) }))
  client.on(Events.Error, (error) => log.warn('gateway error', { error: String(error) }))
  client.on(Events.GuildCreate, (guild) =>
    noticing('join', () => onJoin(guild.id as ServerId, greetingChannels(guild))),
  )
  client.on(Events.GuildDelete, (guild) => noticing('leave', () => onLeave(guild.id as ServerId)))
  client.on(Events.ChannelDelete, (channel) => {
    if ('guildId' in channel)
      noticing('channel gone', () => onChannelGone(channel.id as ChannelId, channel.guildId as ServerId))
  })
  // discord.js tells only of threads that it knows; one that was shut before the bot came is not among them.
  client.ws.on(GatewayDispatchEvents.ThreadDelete, ({ id, guild_id }: ThreadSeen) =>
    noticing('thread gone', () => onChannelGone(id as ChannelId, guild_id as ServerId)),
  )
  client.ws.on(GatewayDispatchEvents.ThreadUpdate, ({ guild_id }: ThreadSeen) =>
    noticing('rights', () => onRights(guild_id as ServerId)),
  )
  client.on(Events.ChannelUpdate, (_before, channel) => {
    if ('guildId' in channel) noticing('rights', () => onRights(channel.guildId as ServerId))
  })
  client.on(Events.GuildRoleUpdate, (_before, role) => noticing('rights', () => onRights(role.guild.id as ServerId)))
  // Of itself the bot hears without the members intent: a role that it got may be what was missing.
  client.ws.on(GatewayDispatchEvents.GuildMemberUpdate, ({ user, guild_id }: MemberSeen) => {
    if (user.id === client.user?.id) noticing('rights', () => onRights(guild_id as ServerId))
  })
}

type ThreadSeen = Readonly<{ id: string; guild_id: string }>
type MemberSeen = Readonly<{ guild_id: string; user: Readonly<{ id: string }> }>

function safely(log: Log, what: string, run: () => Promise<void>): Promise<void> {
  return run().catch((error: unknown) => log.error('gateway event failed', { what, error: String(error) }))
}

async function answer(interaction: APIInteraction, client: Client, options: GatewayOptions): Promise<void> {
  const { paintReply, log } = options
  const responder = { rest: client.rest, applicationId: interaction.application_id, paintReply, log }
  try {
    // Installed on a person instead of the server: no server stands behind what it asks.
    const ofServer = interaction.authorizing_integration_owners[ApplicationIntegrationType.GuildInstall] !== undefined
    if (interaction.type === InteractionType.Ping) return
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
      await respondWithChoices(interaction, await choicesFor(interaction, options, ofServer), responder)
      return
    }
    await respond(interaction, () => replyTo(interaction, options, ofServer), responder)
  } catch (error) {
    log.error('interaction failed', {
      interactionId: interaction.id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}
