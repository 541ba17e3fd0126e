/** How often one may ask (SECURITY.md Q2): exact over any window's length, for a person and for a place. */
import type { Cache, Now } from './ports.ts'

export type Quota = Readonly<{ name: string; max: number; windowMs: number }>

type Counting = Readonly<{ cache: Cache; now: Now }>

export const COMMANDS_PER_PERSON: Quota = { name: 'person', max: 5, windowMs: 10_000 } // Q2
export const COMMANDS_PER_SERVER: Quota = { name: 'server', max: 20, windowMs: 60_000 } // Q2
export const FETCHES_PER_SERVER: Quota = { name: 'fetch', max: 10, windowMs: 60_000 } // Q2
/** Buttons turn pages and open quotes for every reader of a card: they have a measure of their own, wide enough for leafing. */
export const PRESSES_PER_PERSON: Quota = { name: 'press', max: 30, windowMs: 10_000 }
export const PRESSES_PER_SERVER: Quota = { name: 'presses', max: 180, windowMs: 60_000 }

/** Takes one from each quota, in turn, until one is used up.
 *  @returns when to ask again, epoch ms, or undefined where it may go on */
export async function overQuota(
  quotas: readonly (readonly [Quota, who: string])[],
  world: Counting,
): Promise<number | undefined> {
  for (const [quota, who] of quotas) {
    const key = `quota:${quota.name}:${who}`
    const againAt = await inTurn(world.cache, key, () => takeOne(quota, key, world))
    if (againAt !== undefined) return againAt
  }
  return undefined
}

async function takeOne({ max, windowMs }: Quota, key: string, { cache, now }: Counting): Promise<number | undefined> {
  const at = now()
  const kept = await cache.get(key)
  // A time that is still to come is of a clock that was put back since: by it, one would be refused for as long.
  const recent = (Array.isArray(kept) ? kept.map(Number) : []).filter((time) => time > at - windowMs && time <= at)
  const [oldest] = recent
  if (oldest !== undefined && recent.length >= max) return oldest + windowMs
  await cache.set(key, [...recent, at], windowMs)
  return undefined
}

/** Reading and writing a count are two steps: what came at the same moment waits for its turn, or twenty at once would all be
 *  the first. It lives as long as the cache that it guards. */
const turns = new WeakMap<Cache, Map<string, Promise<unknown>>>()

async function inTurn<Result>(cache: Cache, key: string, run: () => Promise<Result>): Promise<Result> {
  const waiting = turns.get(cache) ?? new Map<string, Promise<unknown>>()
  turns.set(cache, waiting)
  const before = waiting.get(key) ?? Promise.resolve()
  const mine = before.then(run, run)
  waiting.set(key, mine)
  try {
    return await mine
  } finally {
    if (waiting.get(key) === mine) waiting.delete(key)
  }
}
