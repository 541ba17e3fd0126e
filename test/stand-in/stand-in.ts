/** A Discord of our own: real HTTP and real WebSockets on loopback, so that unpatched discord.js and @discordjs/rest, and the whole bot as one
 *  process, work against it. It lives in memory, knows one bot, and keeps a journal of all that the bot asked and did wrong.
 *
 *      const standIn = await startStandIn({ rateLimits: { scale: 0.01 } })
 *      const guild = standIn.makeGuild({ name: 'Newsroom' })                          // the bot is in it; owner is standIn.owner
 *      const { id: channelId } = standIn.makeChannel({ guildId: guild.id, kind: 'text' })
 *      const { userId } = standIn.makeMember({ guildId: guild.id, permissions: ['ManageGuild'] })
 *      // start the bot with DISCORD_TOKEN=standIn.token DISCORD_API_URL=standIn.apiUrl, wait for standIn.gatewayState().connected
 *      const answer = await standIn.send({ kind: 'command', name: 'help', channelId, by: userId })
 *      expect(answer.messages[0]).toMatchObject({ flags: 64 })                        // what the person sees
 *      expect(standIn.messages({ channelId })).toEqual([])                            // what everyone sees
 *      expect(standIn.violations).toEqual([])                                         // what Discord would refuse, and O1
 *      await standIn.close()
 *
 *  Every control method takes one plain object and returns plain data; `POST /control/<method>` with that object as JSON is the same call
 *  (control-http.ts). Permissions are Discord's names (["ViewChannel"]) or the number as text.
 *  - world: makeGuild joinGuild leaveGuild setAvailable setSystemChannel makeChannel (text announcement forum category voice thread "private
 *    thread") deleteChannel setThread setOverwrite makeRole setPermissions makeMember setRoles makeUser setPrivateMessages
 *  - people: send (Deed, interactions/payload.ts: command autocomplete "message command" button select modal) answerOf say deleteMessage
 *    messages threads commands
 *  - trouble: addFaults (Fault, faults.ts) clearFaults goDown comeBack turnClock dropGateway zombie invalidateSession askReconnect
 *    refuseResumes refuseIdentifies ignoreIdentifies revokeToken resetToken
 *  - seen: requests violationsSeen gatewayEvents gatewayState rates clearJournal
 *
 *  What a person could not do in Discord's client (a command that they do not see, a button that is not there, a required option left out)
 *  throws; `forged: true` sends it all the same. Faults, by route and chance:
 *      standIn.addFaults({ rules: [{ kind: 'reset', when: 'after', route: 'POST /channels/*', probability: 0.04 }] })
 *
 *  What it leaves out: voice, reactions, webhooks of people, audit logs, AutoMod, slow mode, sharding, compression. Bodies are judged by
 *  Discord's description where it is there (openapi), and always by the limits in limits/.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Api, serveApi } from './api.ts'
import { createChance } from './chance.ts'
import { type Control, createControl } from './control.ts'
import { CONTROL_PATH, serveControl } from './control-http.ts'
import { createFaults } from './faults.ts'
import { createGateway, GATEWAY_PATH } from './gateway.ts'
import { serveHome } from './home.ts'
import { createInteractions } from './interactions.ts'
import { createJournal, type Entry, type Violation } from './journal.ts'
import { createNonces } from './messages/nonces.ts'
import { createRateLimits, type RateLimitMode } from './rate-limits.ts'
import { openSchema } from './schema.ts'
import { createWorld } from './world.ts'

export type StandInOptions = Readonly<{
  /** A free one, if absent. */
  port?: number
  /** Discord's OpenAPI description, to judge every body by; the one beside the project, if absent and there; "none" for none. */
  openapi?: string
  /** How long `enforce_nonce` remembers. */
  nonceWindowMs?: number
  /** `scale` shortens the windows: at 0.1, five messages a channel in 0.5 s and fifty requests in 0.1 s. */
  rateLimits?: RateLimitMode
  /** Repeats the chance of faults. */
  seed?: number
  heartbeatMs?: number
  /** How long the first answer to an interaction may take. */
  answerWithinMs?: number
  /** Called with every request once it had its effect, or was lost to a fault: for a journal outside. */
  onRequest?: (entry: Entry) => void
  /** Of message times, ids, nonces and interaction tokens; rate limits and waits go by the real one. */
  now?: () => number
}>

export type StandIn = Control &
  Readonly<{
    /** For `rest.api` and DISCORD_API_URL: no version, no slash at the end. */
    apiUrl: string
    controlUrl: string
    /** The token that is valid now. */
    token: string
    applicationId: string
    botId: string
    owner: Readonly<{ id: string; username: string }>
    /** Every request, in order of arrival. */
    journal: readonly Entry[]
    /** What the bot must not do: bodies that Discord refuses, limits, unknown routes, messages without allowed_mentions. */
    violations: readonly Violation[]
    close(): Promise<void>
  }>

/** Discord's own. */
const HEARTBEAT_MS = 41_250

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { seed = 1, rateLimits = 'real' } = options
  let turnedMs = 0
  const now = (): number => (options.now ?? Date.now)() + turnedMs
  const world = createWorld(now)
  let origin = ''
  const gatewayUrl = (): string => `${origin.replace('http', 'ws')}${GATEWAY_PATH}`
  const inside = {
    world,
    gateway: createGateway({ world, url: gatewayUrl, heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS }),
    interactions: createInteractions(world, options.answerWithinMs),
    journal: createJournal(now),
    limits: createRateLimits(rateLimits, () => performance.timeOrigin + performance.now()),
    faults: createFaults(createChance(seed)),
    invalid: [] as number[],
    turnClock: (byMs: number): void => {
      turnedMs += byMs
    },
  }
  const nonces = createNonces(world, options.nonceWindowMs)
  const control = createControl(inside)
  const api: Api = {
    ...inside,
    nonces,
    schema: openSchema(options.openapi),
    origin: () => origin,
    gatewayUrl,
    onRequest: options.onRequest,
  }
  const server = createServer((request, response) => {
    serve({ api, control }, request, response).catch(() => response.destroy())
  })
  inside.gateway.attach(server)
  origin = await listen(server, options.port ?? 0)
  return {
    ...control,
    apiUrl: `${origin}/api`,
    controlUrl: `${origin}${CONTROL_PATH}`,
    get token() {
      return world.application.token
    },
    applicationId: world.application.id,
    botId: world.bot.id,
    owner: { id: world.owner.id, username: world.owner.username },
    journal: inside.journal.entries,
    violations: inside.journal.violations,
    close: async () => {
      inside.gateway.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function serve(
  { api, control }: Readonly<{ api: Api; control: Control }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? '/'
  if (path.startsWith('/api/')) return serveApi(api, request, response)
  // A page's own name may be made to lead to this machine.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    response.writeHead(403).end()
    return
  }
  if (path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`)) return serveControl(control, request, response)
  if (path === '/') serveHome(api, response)
  else response.writeHead(404).end()
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // Loopback only: whoever reaches it may do everything.
    server.listen(port, '127.0.0.1', () => resolve())
  })
  const { port: bound } = server.address() as AddressInfo
  return `http://127.0.0.1:${bound}`
}
