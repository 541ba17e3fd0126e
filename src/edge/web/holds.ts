import type { Cache, Now } from '../../flow/ports.ts'

/** Hosts that told us to wait (429, 503 with Retry-After; FEEDS.md, Polling 4): none of their addresses is asked before, whichever
 *  feed or page was refused. Kept in the cache, where there is one, so that a restart is no way around it. */
export type Holds = Readonly<{
  /** What is left to wait, 0 for most. */
  leftMs(host: string): number
  hold(host: string, waitMs: number): Promise<void>
  /** Reads once what an earlier process was told. */
  ready(): Promise<void>
}>

const KEY = 'web held'
const HOSTS_MAX = 1_000 // beyond, the soonest to end are forgotten: their feeds keep a time of their own

export function createHolds(now: Now, cache?: Cache): Holds {
  const untils = new Map<string, number>()
  let loading: Promise<void> | undefined

  async function load(): Promise<void> {
    const known = await cache?.get(KEY)
    if (typeof known !== 'object' || known === null) return
    for (const [host, until] of Object.entries(known))
      if (typeof until === 'number') untils.set(host, Math.max(until, untils.get(host) ?? 0))
  }

  return {
    ready: () => (loading ??= load()),
    leftMs(host) {
      const until = untils.get(host)
      if (until === undefined) return 0
      const left = until - now()
      if (left <= 0) untils.delete(host)
      return Math.max(0, left)
    },
    async hold(host, waitMs) {
      const at = now()
      untils.set(host, Math.max(at + waitMs, untils.get(host) ?? 0))
      for (const [each, until] of untils) if (until <= at) untils.delete(each)
      const kept = [...untils].toSorted(([, one], [, other]) => other - one)
      for (const [each] of kept.splice(HOSTS_MAX)) untils.delete(each)
      const longest = Math.max(0, ...untils.values()) - at
      await cache?.set(KEY, Object.fromEntries(untils), longest)
    },
  }
}
