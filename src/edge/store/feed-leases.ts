/** Who polls which feed. Known to this process alone: no other has the file open, and a new process begins without leases. So a claim
 *  writes nothing, and each poll writes its feed's row once. */
import type { Feed, FeedId } from '../../core/model.ts'
import type { Claimed } from '../../flow/ports/store.ts'

export type FeedLeases = Readonly<{
  /** The feeds that are held. Those whose lease lapsed are forgotten. */
  held(now: number): Pick<ReadonlySet<FeedId>, 'has' | 'keys'>
  take(feedId: FeedId, lease: Readonly<{ lease: string; until: number }>): void
  /** Whether `saving` may save under this claim: it holds, and nobody else saves under it. The same `saving` may ask again. */
  begin(claimed: Claimed<Feed>, saving: symbol, now: number): boolean
  /** It saved, and the feed is free; or it did not, and the claim still holds. */
  end(claimed: Claimed<Feed>, saving: symbol, saved: boolean): void
  /** The clock was put back by so much. */
  putBack(byMs: number): void
}>

export function createFeedLeases(): FeedLeases {
  const leases = new Map<FeedId, { readonly lease: string; until: number; saving?: symbol | undefined }>()
  return {
    held(now) {
      for (const [id, { until }] of leases) if (until <= now) leases.delete(id)
      return leases
    },
    take(feedId, { lease, until }) {
      leases.set(feedId, { lease, until })
    },
    begin({ work, lease }, saving, now) {
      const held = leases.get(work.id)
      if (held?.lease !== lease || held.until <= now) return false
      held.saving ??= saving
      return held.saving === saving
    },
    end({ work }, saving, saved) {
      const held = leases.get(work.id)
      if (held?.saving !== saving) return
      if (saved) leases.delete(work.id)
      else held.saving = undefined
    },
    putBack(byMs) {
      for (const held of leases.values()) held.until -= Math.ceil(byMs)
    },
  }
}
