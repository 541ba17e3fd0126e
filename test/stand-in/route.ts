/** One request of the API, and what it is answered with. */
import type { Interactions } from './interactions.ts'
import type { Json } from './json.ts'
import type { Nonces } from './messages/nonces.ts'
import type { World } from './world.ts'

export type Upload = Readonly<{ field: string; name: string; type: string; bytes: number }>

export type Call = Readonly<{
  world: World
  interactions: Interactions
  nonces: Nonces
  /** "http://127.0.0.1:1234" */
  origin: string
  gatewayUrl: string
  identifiesLeft: number
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  /** What was sent; an empty object where nothing was. */
  body: Json
  /** What was sent, where it was a list. */
  list: readonly Json[]
  uploads: readonly Upload[]
}>

/** `effect` tells the journal what was changed. */
export type Reply = Readonly<{ status: number; body?: unknown; effect?: string }>

export type Route = Readonly<{
  method: string
  /** As the description writes it: "/channels/{channel_id}/messages". */
  path: string
  /** False where the path itself holds the secret. */
  needsToken: boolean
  handle(call: Call): Reply
}>

/** @param named - "POST /channels/{channel_id}/messages" */
export function route(named: string, handle: (call: Call) => Reply, needsToken = true): Route {
  const [method = '', path = ''] = named.split(' ')
  return { method, path, needsToken, handle }
}

export const ok = (body: unknown, effect?: string): Reply =>
  effect === undefined ? { status: 200, body } : { status: 200, body, effect }
export const created = (body: unknown, effect: string): Reply => ({ status: 201, body, effect })
export const done = (effect: string): Reply => ({ status: 204, effect })

/** A parameter of the path; the pattern has it, or this is a bug. */
export function param({ params }: Call, name: string): string {
  const value = params[name]
  if (value === undefined) throw new Error(`Cannot read "${name}": the path has no such parameter`)
  return value
}
