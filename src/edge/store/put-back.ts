/** A clock that is put back makes all that waits wait for as much longer: by its old time, what was due in a minute is due in an hour. */
import { listDueAt } from '../../core/alert.ts'
import type { FoldReason, Subscription } from '../../core/model.ts'
import { NEVER_AT } from '../../core/schedule.ts'
import { nounIn } from './json.ts'
import type { Sql } from './sql.ts'

const WAITS_SQL = "due_at > :now and state in ('queued', 'unsure', 'sending', 'sent', 'folded')"

/** All waits are as long as they were before; lists come by the clock, and so together with what is folded from now on.
 *  @param byMs - how far the clock was put back; @param now - by the clock as it is */
export function putBack(sql: Sql, byMs: number, now: number): void {
  const by = Math.ceil(byMs)
  sql.run('update feeds set next_poll_at = next_poll_at - :by where next_poll_at > :now and next_poll_at < :never', {
    by,
    now,
    never: NEVER_AT,
  })
  sql.run("update items set read_at = read_at - :by where state = 'waiting' and read_at > :now", { by, now })
  sql.run(`update deliveries set due_at = due_at - :by where ${WAITS_SQL}`, { by, now })
  listByTheClock(sql, now)
  sql.run('update lanes set due_at = due_at - :by where due_at > :now', { by, now })
  sql.run('update lanes set read_due_at = read_due_at - :by where read_due_at > :now', { by, now })
  sql.run('update lanes set served_at = min(served_at, :now)', { now })
  sql.run("update items set lease_until = lease_until - :by where state = 'waiting' and lease is not null", { by })
  sql.run('update lanes set lease_until = lease_until - :by where lease is not null', { by })
}

const FOLDED_SQL = "state = 'folded' and digest_id is null and due_at > :now"
const REASON_SQL = "case when json_valid(deliveries.body) then json_extract(deliveries.body, '$.reason') end"

function listByTheClock(sql: Sql, now: number): void {
  const lists = sql.all<{ id: string; reason: FoldReason | null; body: string }>(
    `select distinct digest_for id, ${REASON_SQL} reason, s.body from deliveries indexed by deliveries_folded join subscriptions s on s.id = digest_for where ${FOLDED_SQL}`,
    { now },
  )
  for (const { id, reason, body } of lists) {
    const subscription = nounIn<Subscription>(body, 'id', 'target', 'follows')
    if (!subscription || reason === null) continue
    const due = Math.ceil(listDueAt(reason, subscription, now))
    sql.run(
      `update deliveries indexed by deliveries_folded set due_at = :due where ${FOLDED_SQL} and digest_for = :id and ${REASON_SQL} = :reason`,
      {
        due,
        now,
        id,
        reason,
      },
    )
  }
}

/** How far the clock is behind the last that this database saw of it; 0 where it is not. */
export function behindMs(sql: Sql, now: number): number {
  const row = sql.first<{ at: number | null }>(
    `select max(at) as at from (select max(served_at) as at from lanes
       union all select max(json_extract(body, '$.last.at')) from feeds where json_valid(body))`,
  )
  return Math.max(0, (row?.at ?? 0) - now)
}
