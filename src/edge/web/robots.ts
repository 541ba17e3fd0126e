import { mayRead, parseRobots, type RobotsRules } from '../../core/robots.ts'
import type { Cache, Download, Now } from '../../flow/ports.ts'

/** What an origin's robots.txt asks of us. */
export type Manners = Readonly<{
  mayRead(path: string): boolean
  /** Between two pages, 0 where it does not say. */
  delayMs: number
}>

/** robots.txt (RFC 9309), asked once a day an origin and kept in the cache. */
export type Robots = Readonly<{ of(origin: string, signal: AbortSignal): Promise<Manners> }>

export type RobotsWorld = Readonly<{
  /** Our name in such files. */
  product: string
  cache: Cache
  now: Now
  fetch(url: string, signal: AbortSignal): Promise<Download>
}>

const FRESH_MS = 24 * 60 * 60_000 // RFC 9309, 2.4: no copy is used for longer
const UNREACHED_FRESH_MS = 60 * 60_000 // a server that fails is asked again soon
const KEPT_MS = 30 * 24 * 60 * 60_000 // 2.3.1.4: what an unreachable one said before holds for so long
/** Who asks for more does not think of one page in a while; a story is not held up for minutes. */
const DELAY_MS_MAX = 10_000

type Kept = Readonly<{ rules: RobotsRules; freshUntil: number; readAt: number }>

const ALLOW_ALL: RobotsRules = { rules: [] }
const DISALLOW_ALL: RobotsRules = { rules: [{ allow: false, path: '/' }] }

export function createRobots({ product, cache, now, fetch }: RobotsWorld): Robots {
  const asking = new Map<string, Promise<RobotsRules>>()

  async function rulesOf(origin: string, signal: AbortSignal): Promise<RobotsRules> {
    const key = `robots ${origin}`
    const known = keptIn(await cache.get(key))
    const at = now()
    if (known && at < known.freshUntil) return known.rules
    const got = await fetch(`${origin}/robots.txt`, signal)
    const said = rulesIn(got, product)
    if (said === undefined && signal.aborted) return DISALLOW_ALL // told to stop: nothing was learnt
    const earlier = known && at - known.readAt < KEPT_MS ? known : undefined
    const kept: Kept = said
      ? { rules: said, freshUntil: at + FRESH_MS, readAt: at }
      : { rules: earlier?.rules ?? DISALLOW_ALL, freshUntil: at + UNREACHED_FRESH_MS, readAt: earlier?.readAt ?? at }
    await cache.set(key, kept, KEPT_MS)
    return kept.rules
  }

  return {
    async of(origin, signal) {
      // Several pages of one site come at once: one of them asks.
      const asked = asking.get(origin) ?? rulesOf(origin, signal).finally(() => asking.delete(origin))
      asking.set(origin, asked)
      const rules = await asked
      return { mayRead: (path) => mayRead(rules, path), delayMs: Math.min(rules.delayMs ?? 0, DELAY_MS_MAX) }
    },
  }
}

/** @returns undefined for a server that cannot be reached (2.3.1.4); one that has no such file allows all (2.3.1.3) */
function rulesIn(got: Download, product: string): RobotsRules | undefined {
  switch (got.kind) {
    case 'fetched':
      return parseRobots(new TextDecoder().decode(got.bytes), product)
    case 'refused':
      return ALLOW_ALL // redirected in a circle or where we do not go: as if there were none
    case 'unchanged':
      return undefined
    case 'failed': {
      const { status = 0 } = got
      return status >= 400 && status < 500 && status !== 429 ? ALLOW_ALL : undefined
    }
  }
}

/** The cache's file may have been changed by anybody. */
function keptIn(value: unknown): Kept | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { rules, freshUntil, readAt } = value as Partial<Kept>
  const whole = Array.isArray(rules?.rules) && typeof freshUntil === 'number' && typeof readAt === 'number'
  return whole && rules ? { rules, freshUntil, readAt } : undefined
}
