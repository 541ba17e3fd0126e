/** A planned delivery finds its place: its name is unique for ever, and one card answers to several subscriptions. */
import type { PlannedDelivery } from '../../core/alert.ts'
import { deliveryNonce, subjectKey } from '../../core/delivery.ts'
import { targetKey } from '../../core/follow.ts'
import type { Alert, Delivery, DeliveryId, Match, Style } from '../../core/model.ts'
import { type DeliveryRow, deliveryOf, insertDelivery, refreshLane, updateDelivery } from './delivery-rows.ts'
import type { Sql } from './sql.ts'

type Dated = Readonly<{ now: number; revision: number; seenAt?: number }>

/** @returns where it went; 'taken' when one of that name is there already */
export function placePlanned(sql: Sql, planned: PlannedDelivery, dated: Dated): 'queued' | 'folded' | 'taken' {
  const { alert } = planned
  const row = sql.first<DeliveryRow>(
    'select * from deliveries where target = :target and subject = :subject and part = :part',
    { target: targetKey(alert.target), subject: subjectKey(alert.subject), part: alert.part },
  )
  if (row) return unite(sql, { row, planned, revision: dated.revision })
  insertDelivery(sql, newDelivery(planned, dated), dated)
  if (planned.state === 'queued') refreshLane(sql, targetKey(alert.target))
  return planned.state
}

/** The id is the name's hash: the same in a database restored from yesterday. */
export function newDelivery(planned: PlannedDelivery, { now, revision }: Dated): Delivery {
  const nonce = deliveryNonce(planned.alert)
  const common = { id: nonce as DeliveryId, createdAt: now, attempts: 0, nonce, wantedRevision: revision }
  return { ...common, ...planned }
}

type Uniting = Readonly<{ row: DeliveryRow; planned: PlannedDelivery; revision: number }>

/** What waits answers to all who asked for it, at the earliest time of them; what was said stays as it is. */
function unite(sql: Sql, { row, planned, revision }: Uniting): 'queued' | 'folded' | 'taken' {
  const before = deliveryOf(row)
  if (!before || (before.state !== 'queued' && before.state !== 'folded')) return 'taken'
  if (before.state === 'folded' && before.digestId !== undefined) return 'taken'
  const alert = unitedAlert(before.alert, planned.alert)
  const wanted = { alert, wantedRevision: Math.max(before.wantedRevision, revision) }
  updateDelivery(sql, { ...earliest(before, planned), ...wanted })
  refreshLane(sql, row.target)
  return before.state === 'folded' && planned.state === 'queued' ? 'queued' : 'taken'
}

type Waiting = Extract<Delivery, { state: 'queued' | 'folded' }>

function earliest(before: Waiting, planned: PlannedDelivery): Waiting {
  if (before.state === 'queued')
    return planned.state === 'queued' ? { ...before, dueAt: Math.min(before.dueAt, planned.dueAt) } : before
  if (planned.state === 'folded')
    return planned.digestAt < before.digestAt
      ? { ...before, digestAt: planned.digestAt, reason: planned.reason }
      : before
  const { id, alert, createdAt, attempts, nonce, wantedRevision } = before
  return { id, alert, createdAt, attempts, nonce, wantedRevision, state: 'queued', dueAt: planned.dueAt }
}

const STYLES_BY_RICHNESS: readonly Style[] = ['rich', 'full', 'compact']

function unitedAlert(before: Alert, added: Alert): Alert {
  return {
    ...before,
    subscriptionIds: [...new Set([...before.subscriptionIds, ...added.subscriptionIds])],
    matches: unitedMatches([...before.matches, ...added.matches]),
    mentions: [...new Set([...before.mentions, ...added.mentions])],
    style: STYLES_BY_RICHNESS.find((style) => style === before.style || style === added.style) ?? before.style,
  }
}

/** One a topic, with the terms of all; the first sentence stays. */
export function unitedMatches(matches: readonly Match[]): readonly Match[] {
  const byTopic = new Map<string, Match>()
  for (const match of matches) {
    const before = byTopic.get(match.topicId)
    const terms = [...new Set([...(before?.terms ?? []), ...match.terms])]
    byTopic.set(match.topicId, { ...(before ?? match), terms })
  }
  return [...byTopic.values()]
}
