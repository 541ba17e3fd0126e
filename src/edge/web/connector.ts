import { type LookupFunction, connect as openSocket, type Socket } from 'node:net'
import { connect as openTls } from 'node:tls'
import type { buildConnector } from 'undici'
import { type AddressRules, type AddressVerdict, hostOf, type Ip, judgeIps, parseIp } from '../../core/addresses.ts'
import { failure, nameError, refusal } from './web-error.ts'

/** An address that may be asked. What is judged depends on its origin alone, as connections do. */
export type Judged = Extract<AddressVerdict, { kind: 'allowed' }>

export type ConnectorWorld = Readonly<{
  rules: AddressRules
  resolve(host: string): Promise<readonly string[]>
  dial(ips: readonly string[], port: number): Socket
  connectMs: number
  /** Aborts when the web closes. */
  closing: AbortSignal
  /** Certificates to trust besides the system's, PEM. */
  ca?: string
}>

type Done = (error: Error | undefined, socket?: Socket) => void

/** The guard at connect (S6): resolves once, judges every answer, goes to one of these very addresses and looks whom it met.
 *  Nothing is sent before. */
export function guardedConnector(judged: Judged, world: ConnectorWorld): buildConnector.connector {
  return (_options, callback) => {
    let socket: Socket | undefined
    let settled = false
    const done: Done = (error, connected) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      world.closing.removeEventListener('abort', onClose)
      if (error === undefined && connected !== undefined) return callback(null, connected)
      socket?.destroy()
      callback(nameError(error), null)
    }
    const timer = setTimeout(() => done(failure('timeout')), world.connectMs)
    const onClose = () => done(failure('stopped'))
    world.closing.addEventListener('abort', onClose)
    judgedIps(judged, world)
      .then((ips) => {
        if (!settled) socket = open({ judged, world, ips }, done)
      })
      .catch((error) => done(nameError(error)))
  }
}

async function judgedIps(judged: Judged, world: ConnectorWorld): Promise<readonly string[]> {
  const host = hostOf(judged.url)
  const answers = parseIp(host) === undefined ? await world.resolve(host) : [host]
  if (answers.length === 0) throw failure('unknown host')
  const fault = judged.exempt ? undefined : judgeIps(answers.map(parseIp), world.rules, judged.onlyPrivate)
  if (fault !== undefined) throw refusal(fault)
  return answers
}

type Opening = Readonly<{ judged: Judged; world: ConnectorWorld; ips: readonly string[] }>

/** Calls `done` in the same turn as the socket's event: a gap would lose an error that comes next. */
function open({ judged, world, ips }: Opening, done: Done): Socket {
  const { url } = judged
  const secure = url.protocol === 'https:'
  const socket = world.dial(ips, Number(url.port) || (secure ? 443 : 80))
  socket.on('error', (error) => done(error))
  socket.once('close', () => done(failure('unreachable')))
  socket.once('connect', () => {
    if (!isOneOf(parseIp(socket.remoteAddress ?? ''), ips)) return done(refusal('private'))
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_PROBE_MS)
    if (!secure) return done(undefined, socket)
    const host = hostOf(url)
    const tls = openTls({
      socket,
      // An IP is no server name (RFC 6066); its certificate is checked against `host`.
      ...(parseIp(host) === undefined ? { servername: host } : { host }),
      ALPNProtocols: ['http/1.1'],
      ...(world.ca === undefined ? {} : { ca: world.ca }),
    })
    tls.on('error', (error) => done(error))
    tls.once('secureConnect', () => done(undefined, tls))
  })
  return socket
}
const KEEP_ALIVE_PROBE_MS = 60_000 // finds dead peers before the next poll does

function isOneOf(peer: Ip | undefined, ips: readonly string[]): boolean {
  return peer !== undefined && ips.some((text) => isSame(parseIp(text), peer))
}

function isSame(one: Ip | undefined, other: Ip): boolean {
  return one?.family === other.family && one.value === other.value
}

/** Connects to the first of the addresses that answers; IPv6 and IPv4 in turn where there are both (RFC 8305). */
export function dialAny(ips: readonly string[], port: number): Socket {
  const [only = '', ...more] = ips
  if (more.length === 0) return openSocket({ host: only, port })
  const answers = ips
    .slice(0, ADDRESSES_TRIED_MAX)
    .map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const lookup: LookupFunction = (_host, _options, callback) => callback(null, answers)
  return openSocket({
    host: 'judged.invalid', // never asked: `lookup` has the answers
    port,
    lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
  })
}
const ADDRESSES_TRIED_MAX = 4 // as many as fit the time for connecting
const ATTEMPT_MS = 1_200 // Node's 250 ms gives up on hosts across the world
