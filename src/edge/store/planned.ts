/** A planned delivery finds its place: its name is unique for ever, and one card answers to several subscriptions. */
import type { PlannedDelivery } from '../../core/alert.ts'
import { deliveryOf, joinPlanned, subjectKey } from '../../core/delivery.ts'
import { targetKey } from '../../core/follow.ts'
import { type DeliveryRow, deliveryIn, insertDelivery, refreshLane, updateDelivery } from './delivery-rows.ts'
import { becomesPosted } from './read-backs.ts'
import type { Sql } from './sql.ts'

type Dated = Readonly<{ now: number; revision: number; seenAt?: number }>

/** @returns where it went; 'taken' when one of that name is there already */
export function placePlanned(sql: Sql, planned: PlannedDelivery, dated: Dated): 'queued' | 'folded' | 'taken' {
  const { alert } = planned
  const target = targetKey(alert.target)
  const row = sql.first<DeliveryRow>(
    'select * from deliveries where target = :target and subject = :subject and part = :part',
    { target, subject: subjectKey(alert.subject), part: alert.part },
  )
  if (!row) {
    const delivery = deliveryOf(planned, dated)
    insertDelivery(sql, delivery, dated)
    const isThere = becomesPosted(sql, delivery)
    refreshLane(sql, target)
    return isThere ? 'taken' : planned.state
  }
  const before = deliveryIn(row)
  const joined = before && joinPlanned(before, planned, dated.revision)
  if (!before || !joined) return 'taken'
  updateDelivery(sql, joined)
  refreshLane(sql, target)
  return before.state === 'folded' && joined.state === 'queued' ? 'queued' : 'taken'
}
