/** A request of the API, from the first byte to the last: known? allowed? within the limits? well formed? Then its effect, and its answer;
 *  and whatever a fault makes of it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, invalidForm, notFound, unauthorized } from './api-error.ts'
import { type Checked, checkBody } from './check-body.ts'
import { type Fault, type Faults, nameOf } from './faults.ts'
import type { Gateway } from './gateway.ts'
import type { Interactions } from './interactions.ts'
import type { Entry, Journal } from './journal.ts'
import { isRecord } from './json.ts'
import type { Nonces } from './messages/nonces.ts'
import type { Limited, RateLimits, Taken } from './rate-limits.ts'
import { type Read, readBody } from './read-body.ts'
import type { Call, Reply, Route } from './route.ts'
import { badIds, findRoute } from './routes.ts'
import type { Schema } from './schema.ts'
import type { World } from './world.ts'

export type Api = Readonly<{
  world: World
  gateway: Gateway
  interactions: Interactions
  nonces: Nonces
  journal: Journal
  limits: RateLimits
  faults: Faults
  /** Absent where Discord's description is not there. */
  schema: Schema | undefined
  origin(): string
  gatewayUrl(): string
  /** Answers with 401, 403 or 429, as Discord counts them before it bans an address. */
  invalid: number[]
  onRequest: ((entry: Entry) => void) | undefined
}>

type Answer = Readonly<{ status: number; body?: unknown; headers?: Readonly<Record<string, string>> }>
type Wire = Readonly<{
  request: IncomingMessage
  response: ServerResponse
  entry: Entry
  startedAt: number
  taken: Taken | undefined
}>

const VERSIONED = /^\/api\/v(?:9|10)(?=\/)/

export async function serveApi(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', api.origin())
  // discord.js writes "@original" with an escape.
  const path = decodeURIComponent(url.pathname).replace(VERSIONED, '')
  const entry = api.journal.open({ method: request.method ?? 'GET', path, query: url.search.slice(1) })
  try {
    await serveEntry(api, { request, response, entry, startedAt: performance.now(), taken: undefined }, url)
  } finally {
    api.onRequest?.(entry)
  }
}

async function serveEntry(api: Api, wire: Wire, url: URL): Promise<void> {
  const { request, entry } = wire
  const { path } = entry
  const found = findRoute(entry.method, path)
  if (found) entry.route = `${entry.method} ${found.route.path}`
  const read = await readBody(request)
  if (!(read instanceof ApiError)) entry.body = read.raw
  if (!found) {
    violated(api, entry, { rule: 'route', problems: [{ path: [], code: 'UNKNOWN_ROUTE', message: entry.route }] })
    finish(api, wire, refusalOf(notFound()))
    return
  }
  const fault = api.faults.pick(entry.route)
  if (fault) entry.fault = nameOf(fault)
  if (fault?.kind === 'limited') {
    finish(api, wire, limited({ retryAfterMs: fault.ms ?? SECOND_MS, scope: fault.global ? 'global' : 'shared' }))
    return
  }
  const late = fault?.kind === 'delay' ? (fault.ms ?? DELAY_MS) : 0
  if (late > 0 && fault?.when !== 'after') await sleep(late)
  if (fault && isLost(fault)) {
    spoil(api, wire, { fault, answer: undefined })
    return
  }
  const taken = api.limits.take({ route: entry.route, params: found.params })
  const counted = { ...wire, taken }
  const answer = taken.limited ? limited(taken.limited) : effect(api, wire, { ...found, read, query: url.searchParams })
  if (late > 0 && fault?.when === 'after') await sleep(late)
  if (fault && fault.kind !== 'delay') spoil(api, counted, { fault, answer })
  else finish(api, counted, answer)
}

const SECOND_MS = 1_000
const DELAY_MS = 100
const MINUTE_MS = 60_000

/** Whether the request has no effect. */
function isLost({ kind, when }: Fault): boolean {
  if (kind === 'cut' || kind === 'delay') return false
  return kind === 'garbage' ? when === 'before' : when !== 'after'
}

type Found = Readonly<{
  route: Route
  params: Readonly<Record<string, string>>
  read: Read | ApiError
  query: URLSearchParams
}>

/** What the request does, without anything going wrong on the way. */
function effect(api: Api, { request, entry }: Wire, { route, params, read, query }: Found): Answer {
  try {
    const { application } = api.world
    const given = request.headers.authorization
    if (route.needsToken && (given !== `Bot ${application.token}` || application.revoked)) throw unauthorized()
    if (read instanceof ApiError) throw read
    const call: Call = {
      world: api.world,
      interactions: api.interactions,
      nonces: api.nonces,
      origin: api.origin(),
      gatewayUrl: api.gatewayUrl(),
      identifiesLeft: api.gateway.identifiesLeft(),
      params,
      query,
      ...read,
    }
    check(api, entry, call)
    const reply: Reply = route.handle(call)
    entry.effect = reply.effect
    return reply
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // Some faults of a body show only against what is there already.
    if (error.problems.length > 0 && !api.journal.violations.some(({ n }) => n === entry.n))
      violated(api, entry, { rule: 'limit', problems: error.problems })
    return refusalOf(error)
  }
}

/** Keeps what is wrong with the request, and refuses what Discord would refuse. */
function check(api: Api, entry: Entry, call: Call): void {
  const asked = api.schema?.checkQuery(entry.route, call.query) ?? []
  if (asked.length > 0) violated(api, entry, { rule: 'description', problems: asked })
  const ids = badIds(call.params).map((name) => ({
    path: [name],
    code: 'NUMBER_TYPE_COERCE',
    message: `Value "${call.params[name]}" is not snowflake.`,
  }))
  if (ids.length > 0) {
    violated(api, entry, { rule: 'id', problems: ids })
    throw invalidForm(ids)
  }
  const found = checkBody(entry.route, call, { raw: entry.body, schema: api.schema })
  for (const one of found) violated(api, entry, one)
  const refused = found.filter(({ rule }) => rule !== 'mentions').flatMap(({ problems }) => problems)
  if (refused.length > 0) throw invalidForm(refused)
}

function violated({ journal }: Api, { n, route }: Entry, { rule, problems }: Checked): void {
  journal.violations.push({ n, route, rule, problems })
}

function refusalOf({ status, code, message, errors }: ApiError): Answer {
  return { status, body: { message, code, ...(errors ? { errors } : {}) } }
}

/** Whole seconds in the header, as Discord sends them, save where scaled windows are shorter. */
function limited({ retryAfterMs, scope }: Limited): Answer {
  const seconds = Number((retryAfterMs / 1_000).toFixed(3))
  const global = scope === 'global'
  return {
    status: 429,
    headers: {
      'retry-after': String(seconds < 1 ? seconds : Math.ceil(seconds)),
      'x-ratelimit-scope': scope,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
    body: { message: 'You are being rate limited.', retry_after: seconds, global },
  }
}

type Spoiling = Readonly<{ fault: Fault; answer: Answer | undefined }>

/** What the client gets instead of the right answer. */
function spoil(api: Api, wire: Wire, { fault, answer }: Spoiling): void {
  const { response, entry } = wire
  const { kind, status = 502, ms = MINUTE_MS } = fault
  if (kind === 'error') finish(api, wire, { status, body: PROXY_PAGE })
  else if (kind === 'garbage') finish(api, wire, { status: 200, body: PROXY_PAGE })
  else if (kind === 'reset') response.socket?.resetAndDestroy()
  else if (kind === 'stall') setTimeout(() => response.socket?.destroy(), ms).unref()
  else {
    const text = JSON.stringify(answer?.body ?? {})
    entry.status = answer?.status ?? 200
    response.writeHead(entry.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    // Ended by force, or the client waits for the rest.
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy())
  }
}

/** What stands before Discord answers in its own words. */
const PROXY_PAGE = '<!doctype html><title>Discord</title>'
/** Discord bans an address that had ten thousand of these in ten minutes. */
const INVALID: readonly number[] = [401, 403, 429]

function finish(api: Api, { response, entry, startedAt, taken }: Wire, { status, body, headers = {} }: Answer): void {
  entry.status = status
  entry.tookMs = performance.now() - startedAt
  entry.answer = body
  if (isRecord(body) && status >= 400) entry.code = Number(body['code'] ?? 0)
  if (INVALID.includes(status)) api.invalid.push(api.world.now())
  const text = body === undefined || status === 204 ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' && status >= 400 ? 'text/html' : 'application/json'
  response.writeHead(status, {
    // Without it, a 429 is not from the API but from what stands before it.
    via: '1.1 google',
    date: new Date(api.world.now()).toUTCString(),
    ...taken?.headers,
    ...headers,
    ...(text === undefined ? {} : { 'content-type': type }),
  })
  response.end(text, () => taken?.told())
}
