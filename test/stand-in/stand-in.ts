/** A Discord of our own: real HTTP and real WebSockets on loopback, so that unpatched discord.js and @discordjs/rest, and the whole bot as one
 *  process, work against it. It lives in memory, knows one bot, and keeps a journal of all that the bot asked and did wrong.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Api, serveApi } from './api.ts'
import { createChance } from './chance.ts'
import { type Control, createControl } from './control.ts'
import { CONTROL_PATH, serveControl } from './control-http.ts'
import { createFaults } from './faults.ts'
import { createGateway, GATEWAY_PATH } from './gateway.ts'
import { createInteractions } from './interactions.ts'
import { createJournal, type Entry, type Violation } from './journal.ts'
import { createNonces } from './messages/nonces.ts'
import { createRateLimits, type RateLimitMode } from './rate-limits.ts'
import { openSchema } from './schema.ts'
import { createWorld } from './world.ts'

export type StandInOptions = Readonly<{
  /** A free one, if absent. */
  port?: number
  /** Discord's OpenAPI description, to judge every body by; the one beside the project, if absent and there. */
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
  const { now = Date.now, seed = 1, rateLimits = 'real' } = options
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
  }
  const nonces = createNonces(world, options.nonceWindowMs)
  const control = createControl(inside)
  const api: Api = { ...inside, nonces, schema: openSchema(options.openapi), origin: () => origin, gatewayUrl }
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
  if (path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`)) return serveControl(control, request, response)
  response.writeHead(404).end()
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
