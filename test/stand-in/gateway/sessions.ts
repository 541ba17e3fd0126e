/** Sessions of the gateway: numbered events, kept for who comes back. */
import { GatewayOpcodes } from 'discord-api-types/v10'
import type { WebSocket } from 'ws'
import { type Json, textOf } from '../json.ts'
import type { Told, World } from '../world.ts'

export type Frame = Json & Readonly<{ s: number }>
export type Session = {
  readonly id: string
  readonly intents: number
  seq: number
  readonly sent: Frame[]
  socket: WebSocket | undefined
}

/** What is kept for a RESUME; Discord keeps some minutes' worth. */
const KEPT_FRAMES_MAX = 2_000

export function createSessions(world: World, send: (session: Session, frame: Frame) => void) {
  const sessions = new Map<string, Session>()
  const all = (): readonly Session[] => [...sessions.values()]
  const dispatch = (session: Session, { name, data, intents }: Told): void => {
    if (intents !== 0 && !(session.intents & intents)) return
    session.seq += 1
    const frame = { op: GatewayOpcodes.Dispatch, t: name, s: session.seq, d: data }
    session.sent.push(frame)
    if (session.sent.length > KEPT_FRAMES_MAX) session.sent.shift()
    send(session, frame)
  }
  world.listen((told) => {
    // Of a server that the bot is not in, it hears nothing.
    const guild = world.guilds.get(textOf(told.data['guild_id']))
    if (guild && !guild.joined) return
    for (const session of all()) dispatch(session, told)
  })
  return {
    dispatch,
    find: (id: string): Session | undefined => sessions.get(id),
    of: (socket: WebSocket): Session | undefined => all().find((session) => session.socket === socket),
    live: (): readonly Session[] => all().filter(({ socket }) => socket?.readyState === socket?.OPEN && socket),
    begin: (socket: WebSocket, intents: number): Session => {
      const session: Session = { id: `session-${world.newId()}`, intents, seq: 0, sent: [], socket }
      sessions.set(session.id, session)
      return session
    },
    forget: (): void => sessions.clear(),
    left: (socket: WebSocket, forGood: boolean): void => {
      for (const session of all().filter((one) => one.socket === socket)) {
        session.socket = undefined
        if (forGood) sessions.delete(session.id)
      }
    },
  }
}
