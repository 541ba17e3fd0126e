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

export type HoldsWorld = Readonly<{
  /** For what an earlier process was told: its waits end by the wall clock. */
  now: Now
  /** Milliseconds that only ever grow: our own waits are counted by it, whatever becomes of the clock. */
  elapsed: Now
  cache?: Cache | undefined
}>

const KEY = 'web held'
const HOSTS_MAX = 1_000 // beyond, the soonest to end are forgotten: their feeds keep a time of their own

type Hold = Readonly<{ endsAt: number; waitMs: number }>

export function createHolds({ now, elapsed, cache }: HoldsWorld): Holds {
  const holds = new Map<string, Hold>() // ends by `elapsed`
  let loading: Promise<void> | undefined

  function lengthen(host: string, leftMs: number, waitMs: number): void {
    const endsAt = elapsed() + leftMs
    if (endsAt > (holds.get(host)?.endsAt ?? 0)) holds.set(host, { endsAt, waitMs })
  }

  async function load(): Promise<void> {
    const known = await cache?.get(KEY)
    if (typeof known !== 'object' || known === null) return
    for (const [host, kept] of Object.entries(known)) {
      const { until, waitMs } = keptIn(kept)
      // By a clock that was put back meanwhile it would wait for longer than it was ever told to.
      lengthen(host, Math.min(until - now(), waitMs), waitMs)
    }
  }

  return {
    ready: () => (loading ??= load()),
    leftMs(host) {
      const held = holds.get(host)
      if (held === undefined) return 0
      const left = held.endsAt - elapsed()
      if (left <= 0) holds.delete(host)
      return Math.max(0, left)
    },
    async hold(host, waitMs) {
      lengthen(host, waitMs, waitMs)
      const at = elapsed()
      for (const [each, { endsAt }] of holds) if (endsAt <= at) holds.delete(each)
      const kept = [...holds].toSorted(([, one], [, other]) => other.endsAt - one.endsAt)
      for (const [each] of kept.splice(HOSTS_MAX)) holds.delete(each)
      const ahead = now() - at
      const untils = [...holds].map(([each, held]) => [each, { until: held.endsAt + ahead, waitMs: held.waitMs }])
      const longest = Math.max(0, ...[...holds.values()].map(({ endsAt }) => endsAt - at))
      await cache?.set(KEY, Object.fromEntries(untils), longest)
    },
  }
}

/** The cache's file may have been changed by anybody. */
function keptIn(value: unknown): Readonly<{ until: number; waitMs: number }> {
  const { until, waitMs } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return typeof until === 'number' && typeof waitMs === 'number' ? { until, waitMs } : { until: 0, waitMs: 0 }
}
