/** The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, events; and everything that goes wrong there, on demand. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { createSessions, type Session } from './gateway/sessions.ts'
import { isRecord, type Json, numberOf, textOf } from './json.ts'
import { showGuildCreate, showUser } from './world/show.ts'
import type { World } from './world.ts'

export const GATEWAY_PATH = '/gateway'

/** What happened on the gateway, in order. */
export type GatewayEvent = Readonly<{
  at: number
  kind: 'connect' | 'identify' | 'ready' | 'resume' | 'resumed' | 'refused' | 'heartbeat' | 'close'
  code?: number
  session?: string
}>

export type GatewayOptions = Readonly<{ world: World; url(): string; heartbeatMs: number }>

export type Gateway = Readonly<{
  events: readonly GatewayEvent[]
  /** Live connections that finished READY or RESUMED. */
  connected(): number
  /** How many identifies are left today; Discord resets the token at none. */
  identifiesLeft(): number
  /** Closes all connections: with a code that Discord sends, or by cutting the line (`cut`). */
  drop(code?: number | 'cut'): void
  /** The connections of this moment stay open and go silent: no events, no heartbeat ACKs. New ones are well. */
  zombie(): void
  /** Opcode 9 to all: "resumable" or not. Sessions that are not resumable are forgotten. */
  invalidate(resumable: boolean): void
  /** Opcode 7 to all: "connect anew and resume". */
  askReconnect(): void
  /** The next so many RESUMEs are answered with "invalid session". */
  refuseResumes(count: number): void
  /** The next so many IDENTIFYs are answered by closing with this code (4004, 4014, ...). */
  refuseIdentifies(code: number, count?: number): void
  /** The next so many IDENTIFYs get no answer at all. */
  ignoreIdentifies(count: number): void
  /** While it is shut, every new connection is cut before it opens. */
  shut(isShut: boolean): void
  attach(server: Server): void
  close(): void
}>

/** Discord's documentation, "Session Start Limit". */
export const IDENTIFIES_PER_DAY = 1_000
/** Discord closes with 4008 above this. */
const SENDS_PER_MINUTE = 120
const PRIVILEGED: readonly (readonly [bit: number, flags: number])[] = [
  [GatewayIntentBits.GuildPresences, (1 << 12) | (1 << 13)],
  [GatewayIntentBits.GuildMembers, (1 << 14) | (1 << 15)],
  [GatewayIntentBits.MessageContent, (1 << 18) | (1 << 19)],
]
/** Presence, voice, members: taken, and nothing comes of them. */
const IGNORED: readonly number[] = [
  GatewayOpcodes.PresenceUpdate,
  GatewayOpcodes.VoiceStateUpdate,
  GatewayOpcodes.RequestGuildMembers,
]
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce((all: number, bit) => all | numberOf(bit), 0)

type Hub = GatewayOptions &
  Readonly<{
    sessions: ReturnType<typeof createSessions>
    events: GatewayEvent[]
    sockets: Set<WebSocket>
    silent: WeakSet<WebSocket>
  }> & {
    isShut: boolean
    resumesRefused: number
    identifiesRefused: Readonly<{ code: number; count: number }>
    identifiesIgnored: number
  }

export function createGateway(options: GatewayOptions): Gateway {
  const { world } = options
  const sessions = createSessions(world, (session, frame) => send(hub, session.socket, frame))
  const hub: Hub = {
    ...options,
    sessions,
    events: [],
    sockets: new Set(),
    silent: new WeakSet(),
    isShut: false,
    resumesRefused: 0,
    identifiesRefused: { code: 0, count: 0 },
    identifiesIgnored: 0,
  }
  const sockets = new WebSocketServer({ noServer: true })
  sockets.on('connection', (socket: WebSocket) => greet(hub, socket))
  const toAll = (frame: Json): void => {
    for (const socket of hub.sockets) send(hub, socket, frame)
  }
  return {
    events: hub.events,
    connected: () => sessions.live().length,
    identifiesLeft: () => IDENTIFIES_PER_DAY - countToday(hub),
    drop: (code = 4000) => {
      for (const socket of hub.sockets) code === 'cut' ? socket.terminate() : socket.close(code)
    },
    zombie: () => {
      for (const socket of hub.sockets) hub.silent.add(socket)
    },
    invalidate: (resumable) => {
      if (!resumable) sessions.forget()
      toAll({ op: GatewayOpcodes.InvalidSession, d: resumable })
    },
    askReconnect: () => toAll({ op: GatewayOpcodes.Reconnect, d: null }),
    refuseResumes: (count) => {
      hub.resumesRefused = count
    },
    refuseIdentifies: (code, count = 1) => {
      hub.identifiesRefused = { code, count }
    },
    ignoreIdentifies: (count) => {
      hub.identifiesIgnored = count
    },
    shut: (isShut) => {
      hub.isShut = isShut
    },
    attach: (server) => {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (!hub.isShut && request.url?.startsWith(GATEWAY_PATH))
          sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request))
        else socket.destroy()
      })
    },
    close: () => {
      // A client that connects anew meanwhile would keep the server open.
      hub.isShut = true
      for (const socket of hub.sockets) socket.terminate()
      sockets.close()
    },
  }
}

function countToday({ events, world }: Hub): number {
  const since = world.now() - 24 * 60 * 60_000
  return events.filter(({ kind, at }) => kind === 'identify' && at > since).length
}

function send(hub: Hub, socket: WebSocket | undefined, frame: Json): void {
  if (!socket || hub.silent.has(socket) || socket.readyState !== socket.OPEN) return
  socket.send(JSON.stringify({ s: null, t: null, ...frame }))
}

function note(hub: Hub, event: Omit<GatewayEvent, 'at'>): void {
  hub.events.push({ at: hub.world.now(), ...event })
}

function greet(hub: Hub, socket: WebSocket): void {
  hub.sockets.add(socket)
  note(hub, { kind: 'connect' })
  const times: number[] = []
  socket.on('message', (raw: RawData) => {
    times.push(performance.now())
    const lastMinute = times.filter((at) => at > performance.now() - 60_000).length
    if (lastMinute > SENDS_PER_MINUTE) socket.close(4008)
    else hear(hub, socket, raw)
  })
  // A line that breaks is told by "close".
  socket.on('error', () => undefined)
  socket.on('close', (code) => {
    hub.sockets.delete(socket)
    note(hub, { kind: 'close', code })
    // By closing so, the client says that it will not resume.
    hub.sessions.left(socket, code === 1000 || code === 1001)
  })
  send(hub, socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: hub.heartbeatMs, _trace: [] } })
}

function hear(hub: Hub, socket: WebSocket, raw: RawData): void {
  const frame = parsed(raw)
  const data = isRecord(frame?.['d']) ? frame['d'] : {}
  const op = frame?.['op']
  if (!frame) socket.close(4002)
  else if (op === GatewayOpcodes.Heartbeat) {
    note(hub, { kind: 'heartbeat' })
    send(hub, socket, { op: GatewayOpcodes.HeartbeatAck, d: null })
  } else if (op === GatewayOpcodes.Identify) identify(hub, socket, data)
  else if (op === GatewayOpcodes.Resume) resume(hub, socket, data)
  else if (!IGNORED.includes(numberOf(op))) socket.close(4001)
  else if (!hub.sessions.of(socket)) socket.close(4003)
}

function parsed(raw: RawData): Json | undefined {
  try {
    const frame: unknown = JSON.parse(String(raw))
    return isRecord(frame) ? frame : undefined
  } catch {
    return undefined
  }
}

function identify(hub: Hub, socket: WebSocket, data: Json): void {
  note(hub, { kind: 'identify' })
  if (hub.identifiesIgnored > 0) {
    hub.identifiesIgnored -= 1
    return
  }
  const code = hub.sessions.of(socket) ? 4005 : identifyFault(hub, data)
  if (code === undefined) ready(hub, hub.sessions.begin(socket, numberOf(data['intents'])))
  else {
    note(hub, { kind: 'refused', code })
    socket.close(code)
  }
}

function identifyFault(hub: Hub, data: Json): number | undefined {
  const { application } = hub.world
  if (data['token'] !== application.token || application.revoked) return 4004
  const { code, count } = hub.identifiesRefused
  if (count > 0) {
    hub.identifiesRefused = { code, count: count - 1 }
    return code
  }
  const intents = data['intents']
  if (typeof intents !== 'number' || intents & ~ALL_INTENTS) return 4013
  const refused = PRIVILEGED.some(([bit, flags]) => intents & bit && !(application.flags & flags))
  return refused ? 4014 : undefined
}

function ready(hub: Hub, session: Session): void {
  const { world, sessions } = hub
  const guilds = [...world.guilds.values()].filter(({ joined }) => joined)
  const data = {
    v: 10,
    user: { ...showUser(world.bot), verified: true, mfa_enabled: false, email: null },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: hub.url(),
    shard: [0, 1],
    application: { id: world.application.id, flags: world.application.flags },
    private_channels: [],
    presences: [],
    relationships: [],
    user_settings: {},
    geo_ordered_rtc_regions: [],
    _trace: [],
  }
  sessions.dispatch(session, { name: 'READY', data, intents: 0 })
  note(hub, { kind: 'ready', session: session.id })
  for (const guild of guilds.filter(({ unavailable }) => !unavailable))
    sessions.dispatch(session, {
      name: 'GUILD_CREATE',
      data: showGuildCreate(world, guild),
      intents: GatewayIntentBits.Guilds,
    })
}

function resume(hub: Hub, socket: WebSocket, data: Json): void {
  const { world, sessions } = hub
  const session = sessions.find(textOf(data['session_id']))
  const seq = numberOf(data['seq'])
  note(hub, { kind: 'resume', session: textOf(data['session_id']) })
  if (data['token'] !== world.application.token || world.application.revoked) socket.close(4004)
  else if (!session || hub.resumesRefused > 0) {
    hub.resumesRefused = Math.max(0, hub.resumesRefused - 1)
    note(hub, { kind: 'refused' })
    send(hub, socket, { op: GatewayOpcodes.InvalidSession, d: false })
  } else if (seq > session.seq) socket.close(4007)
  else {
    session.socket = socket
    for (const frame of session.sent.filter(({ s }) => s > seq)) send(hub, socket, frame)
    sessions.dispatch(session, { name: 'RESUMED', data: { _trace: [] }, intents: 0 })
    note(hub, { kind: 'resumed', session: session.id })
  }
}
