/** Rate limits as Discord has them: buckets a route and main id, fifty requests a second in all, and headers that tell of both. */
import { createHash } from 'node:crypto'

/** `real` windows, none, or all windows times `scale`. */
export type RateLimitMode = 'real' | 'off' | Readonly<{ scale: number }>

export type Limited = Readonly<{ retryAfterMs: number; scope: 'user' | 'global' | 'shared' }>
export type Taken = Readonly<{
  headers: Readonly<Record<string, string>>
  limited: Limited | undefined
  /** To be called when the answer is out: from then on the client knows what is left. */
  told(): void
}>
export type RateLimitCounts = {
  /** All 429 for the sake of limits; faults are not counted. */
  hits: number
  global: number
  /** Those that the client could have known of from earlier answers. */
  avoidable: number
}

export type RateLimits = Readonly<{
  counts: RateLimitCounts
  take(request: Readonly<{ route: string; params: Readonly<Record<string, string>> }>): Taken
}>

type Bucket = { startedAt: number; used: number; told: boolean; readonly limit: number; readonly windowMs: number }
type Size = Readonly<{ limit: number; windowMs: number }>

/** Discord's documentation, "Global Rate Limit". */
const GLOBAL: Size = { limit: 50, windowMs: 1_000 }
/** Seen in the headers of the real one; it publishes none and may change them. */
const SIZES: Readonly<Record<string, Size>> = {
  'POST /channels/{channel_id}/messages': { limit: 5, windowMs: 5_000 },
  'PATCH /channels/{channel_id}/messages/{message_id}': { limit: 5, windowMs: 5_000 },
  'DELETE /channels/{channel_id}/messages/{message_id}': { limit: 5, windowMs: 1_000 },
  'GET /channels/{channel_id}/messages': { limit: 5, windowMs: 5_000 },
  'POST /channels/{channel_id}/threads': { limit: 5, windowMs: 5_000 },
  'POST /users/@me/channels': { limit: 10, windowMs: 10_000 },
  'POST /webhooks/{webhook_id}/{webhook_token}': { limit: 5, windowMs: 2_000 },
}
const OTHERS: Size = { limit: 50, windowMs: 1_000 }
/** Buckets of one route are kept apart by these. */
const MAIN_IDS = ['channel_id', 'guild_id', 'webhook_id', 'webhook_token', 'interaction_id']

export function createRateLimits(mode: RateLimitMode, now: () => number): RateLimits {
  const counts: RateLimitCounts = { hits: 0, global: 0, avoidable: 0 }
  const scale = mode === 'real' ? 1 : mode === 'off' ? 0 : mode.scale
  const buckets = new Map<string, Bucket>()
  const open = (key: string, { limit, windowMs }: Size): Bucket => {
    const found = buckets.get(key)
    if (found && now() < found.startedAt + found.windowMs) return found
    const fresh = { startedAt: now(), used: 0, told: false, limit, windowMs: windowMs * scale }
    buckets.set(key, fresh)
    return fresh
  }
  const refuse = (bucket: Bucket, scope: Limited['scope']): Limited => {
    counts.hits += 1
    if (scope === 'global') counts.global += 1
    if (bucket.told) counts.avoidable += 1
    return { retryAfterMs: Math.max(1, bucket.startedAt + bucket.windowMs - now()), scope }
  }
  const take: RateLimits['take'] = ({ route, params }) => {
    const hash = createHash('sha256').update(route).digest('hex').slice(0, 32)
    const own = open([hash, ...MAIN_IDS.map((name) => params[name] ?? '')].join(':'), SIZES[route] ?? OTHERS)
    // Answers to people are not counted with the rest.
    const all = /\/(interactions|webhooks)\//.test(route) ? undefined : open('global', GLOBAL)
    const told = (): void => {
      for (const bucket of [own, all]) if (bucket && bucket.used >= bucket.limit) bucket.told = true
    }
    const headers = (): Taken['headers'] => headersOf(own, hash, now())
    if (all && all.used >= all.limit) return { headers: headers(), limited: refuse(all, 'global'), told }
    if (own.used >= own.limit) return { headers: headers(), limited: refuse(own, 'user'), told }
    own.used += 1
    if (all) all.used += 1
    return { headers: headers(), limited: undefined, told }
  }
  return { counts, take: scale === 0 ? () => ({ headers: {}, limited: undefined, told: () => undefined }) : take }
}

function headersOf({ limit, used, startedAt, windowMs }: Bucket, hash: string, now: number): Taken['headers'] {
  const leftMs = Math.max(0, startedAt + windowMs - now)
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, limit - used)),
    'x-ratelimit-reset': ((now + leftMs) / 1_000).toFixed(3),
    'x-ratelimit-reset-after': (leftMs / 1_000).toFixed(3),
    'x-ratelimit-bucket': hash,
  }
}
