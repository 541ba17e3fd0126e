import { dueAtOf, isFree, laneOf, type State, waits } from './state.ts'

const WAIT_MS_MAX = 3 * 86_400_000

/** A process alone on its store starts: whoever held a lease is dead, and what he was sending is unsure from now on. */
export function reopen(state: State, now: number): void {
  for (const row of state.feeds.values()) row.lease = undefined
  for (const row of state.items) {
    if (row.lease !== undefined) row.attempts++
    row.lease = undefined
  }
  for (const lane of state.lanes.values()) lane.lease = undefined
  for (const row of state.deliveries)
    if (row.delivery.state === 'sending')
      row.delivery = { ...row.delivery, leaseUntil: Math.min(row.delivery.leaseUntil, now) }
  for (const row of state.feeds.values())
    if (row.feed.nextPollAt > now + WAIT_MS_MAX) row.feed = { ...row.feed, nextPollAt: now }
}

/** When there may be work for a loop, by the store's own clock: a simulation need not ask before. */
export function nextWorkAt(state: State, loop: 'gather' | 'read' | 'deliver', now: number): number {
  const free = (row: Parameters<typeof isFree>[0] | undefined): number => (row && !isFree(row, now) ? row.until : 0)
  let next = Number.POSITIVE_INFINITY
  if (loop === 'gather')
    for (const row of state.feeds.values()) next = Math.min(next, Math.max(row.feed.nextPollAt, free(row)))
  if (loop === 'read')
    for (const row of state.items) if (row.state === 'waiting') next = Math.min(next, Math.max(row.readAt, free(row)))
  if (loop !== 'deliver') return next
  const behind = new Set<string>()
  for (const row of state.deliveries) {
    const { delivery } = row
    const lane = laneOf(row)
    const at = free(state.lanes.get(lane))
    if (waits(row)) {
      if (!behind.has(lane)) next = Math.min(next, Math.max(at, dueAtOf(row)))
      behind.add(lane)
    } else if (delivery.state === 'sent' && delivery.wantedRevision > delivery.begun.shownRevision)
      next = Math.min(next, Math.max(at, delivery.editAt))
  }
  return next
}
