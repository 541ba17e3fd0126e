import { deliveryOf, orphaned, requeued, savedOver } from '../../../src/core/delivery.ts'
import type { Delivery } from '../../../src/core/model.ts'
import type { Claimed, DueDigest, Store } from '../../../src/flow/ports/store.ts'
import { place } from './keeping.ts'
import { type DeliveryRow, dueAtOf, isFree, isGone, type Lane, laneOf, type State, storyFor, waits } from './state.ts'

type DeliveryMethods = Pick<
  Store,
  | 'claimDelivery'
  | 'saveDelivery'
  | 'claimReadBack'
  | 'keepReadBack'
  | 'audit'
  | 'troubled'
  | 'addDelivery'
  | 'deliveries'
  | 'retryDelivery'
  | 'releaseChannel'
  | 'heldTargets'
  | 'dueDigests'
  | 'keepDigest'
  | 'digestStories'
>

export function deliveryMethods(state: State): DeliveryMethods {
  const inOrder = () => state.deliveries.toSorted((a, b) => a.seq - b.seq)
  return {
    claimDelivery: async (terms, now) => claimDelivery(state, terms, now),
    async saveDelivery(claimed, next, done) {
      const row = state.deliveries.find(({ delivery }) => delivery.id === claimed.work.id)
      const lane = row && state.lanes.get(laneOf(row))
      if (!row || !lane || lane.lease !== claimed.lease || next.id !== row.delivery.id) return 'lapsed'
      row.delivery = savedOver(row.delivery, next)
      if (done) lane.lease = undefined
      else if (next.state === 'sending') lane.until = next.leaseUntil
      return 'saved'
    },
    // Nobody can put an older copy of memory in its place.
    claimReadBack: async () => undefined,
    keepReadBack: async () => 0,
    // Memory keeps no journal.
    audit: async () => [],
    async troubled({ limit, channelId }) {
      const rows = inOrder().filter(({ delivery: { state, alert } }) => {
        if (channelId !== undefined && (alert.target.kind === 'person' || alert.target.channelId !== channelId))
          return false
        return state === 'held' || state === 'dead'
      })
      return rows
        .toReversed()
        .slice(0, limit)
        .map(({ delivery }) => ({ delivery, title: titleOf(state, delivery) }))
    },
    addDelivery: async (planned, now) => place(state, planned, { now }) !== 'taken',
    deliveries: async (limit) =>
      inOrder()
        .toReversed()
        .slice(0, limit)
        .map(({ delivery }) => ({ delivery, title: titleOf(state, delivery) })),
    async retryDelivery(id, now) {
      const row = state.deliveries.find(({ delivery }) => delivery.id === id)
      if (row?.delivery.state !== 'dead' && row?.delivery.state !== 'held') return false
      row.delivery = requeued(row.delivery, now)
      return true
    },
    async releaseChannel(channelId, now) {
      let released = 0
      for (const row of state.deliveries) {
        const { target } = row.delivery.alert
        if (row.delivery.state !== 'held' || target.kind === 'person' || target.channelId !== channelId) continue
        row.delivery = requeued(row.delivery, now)
        released++
      }
      return released
    },
    async heldTargets() {
      const rows = state.deliveries.filter(
        ({ delivery }) => delivery.state === 'held' && !isGone(state, delivery.alert.serverId),
      )
      return [...new Map(rows.map((row) => [laneOf(row), row.delivery.alert.target])).values()]
    },
    dueDigests: async (now) => dueDigests(state, now),
    keepDigest: async (due, perPart, now) => keepDigest(state, { due, perPart }, now),
    digestStories: async ({ id, alert }) =>
      inOrder().flatMap(({ delivery }) => {
        if (delivery.state !== 'folded' || delivery.digestId !== id || delivery.alert.subject.kind !== 'card') return []
        const story = storyFor(state, delivery.alert.subject.storyId, { serverId: alert.serverId })
        return story ? [{ story, matches: delivery.alert.matches, reason: delivery.reason }] : []
      }),
  }
}

function claimDelivery(
  state: State,
  { lease, leaseMs }: Readonly<{ lease: string; leaseMs: number }>,
  now: number,
): Claimed<Delivery> | undefined {
  const heads = new Map<string, DeliveryRow>()
  const edits = new Map<string, DeliveryRow>()
  for (const row of state.deliveries) {
    const target = laneOf(row)
    if (waits(row)) {
      if (!heads.has(target)) heads.set(target, row)
    } else if (wantsEdit(row)) {
      const before = edits.get(target)
      if (!before || dueAtOf(row) < dueAtOf(before)) edits.set(target, row)
    }
  }
  let next: Readonly<{ lane: Lane; row: DeliveryRow; dueAt: number; turn: number }> | undefined
  for (const target of new Set([...heads.keys(), ...edits.keys()])) {
    const lane = state.lanes.get(target) ?? { until: 0, servedAt: 0 }
    state.lanes.set(target, lane)
    const work = [heads.get(target), edits.get(target)].flatMap((row) => (row ? [row] : []))
    const row = work.find((candidate) => dueAtOf(candidate) <= now)
    if (!row || !isFree(lane, now)) continue
    const dueAt = Math.min(...work.map(dueAtOf))
    const turn = Math.max(dueAt, lane.servedAt)
    if (!next || turn < next.turn || (turn === next.turn && dueAt < next.dueAt)) next = { lane, row, dueAt, turn }
  }
  if (!next) return undefined
  const { lane, row } = next
  Object.assign(lane, { lease, until: now + leaseMs, servedAt: now })
  if (row.delivery.state === 'sending') row.delivery = orphaned(row.delivery, now)
  return { work: row.delivery, lease, until: lane.until }
}

function wantsEdit({ delivery }: DeliveryRow): boolean {
  return delivery.state === 'sent' && delivery.wantedRevision > delivery.begun.shownRevision
}

type Folded = Extract<Delivery, { state: 'folded' }>

function foldedRows(state: State): readonly Readonly<{ row: DeliveryRow; delivery: Folded }>[] {
  return state.deliveries
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((row) => {
      const { delivery } = row
      return delivery.state === 'folded' && delivery.digestId === undefined ? [{ row, delivery }] : []
    })
}

function dueDigests(state: State, now: number): readonly DueDigest[] {
  const due = foldedRows(state).filter(({ delivery }) => delivery.digestAt <= now)
  const groups = Map.groupBy(due, ({ delivery }) => `${delivery.digestAt} ${delivery.alert.subscriptionIds[0]}`)
  return [...groups.values()]
    .flatMap((rows) => {
      const [first] = rows
      const subscription = state.subscriptions.find(({ id }) => id === first?.delivery.alert.subscriptionIds[0])
      if (!first || !subscription || subscription.pausedAt !== undefined || isGone(state, subscription.serverId))
        return []
      return [{ subscription, dueAt: first.delivery.digestAt, rows: rows.length }]
    })
    .toSorted((a, b) => a.dueAt - b.dueAt)
}

function keepDigest(
  state: State,
  { due, perPart }: Readonly<{ due: DueDigest; perPart: number }>,
  now: number,
): number {
  const { subscription, dueAt } = due
  const { id, serverId, target, style } = subscription
  const rows = foldedRows(state).filter(
    ({ delivery }) => delivery.digestAt === dueAt && delivery.alert.subscriptionIds[0] === id,
  )
  const subject = { kind: 'digest', subscriptionId: id, dueAt } as const
  let parts = 0
  for (let at = 0, part = 0; at < rows.length; part++) {
    const alert = { target, subject, part, serverId, subscriptionIds: [id], matches: [], style, mentions: [] }
    const made = deliveryOf({ alert, state: 'queued', dueAt: now }, { now, revision: 0 })
    if (state.deliveries.some(({ delivery }) => delivery.id === made.id)) continue
    state.deliveries.push({ seq: ++state.seq, delivery: made })
    for (const { row, delivery } of rows.slice(at, at + perPart)) row.delivery = { ...delivery, digestId: made.id }
    at += perPart
    parts++
  }
  return parts
}

function titleOf(state: State, { alert }: Delivery): string {
  const { subject, serverId } = alert
  const story =
    subject.kind === 'card' || subject.kind === 'development'
      ? storyFor(state, subject.storyId, { serverId })
      : undefined
  return story?.lead.title ?? alert.notice ?? subject.kind
}
