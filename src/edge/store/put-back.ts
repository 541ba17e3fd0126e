/** A clock that is put back makes all that waits wait for as much longer: by its old time, what was due in a minute is due in an hour. */
import { NEVER_AT } from '../../core/schedule.ts'
import type { Sql } from './sql.ts'

const WAITS_SQL = "due_at > :now and state in ('queued', 'unsure', 'sending', 'sent', 'folded')"

/** All waits are as long as they were before. @param byMs - how far the clock was put back; @param now - by the clock as it is */
export function putBack(sql: Sql, byMs: number, now: number): void {
  const by = Math.ceil(byMs)
  sql.run('update feeds set next_poll_at = next_poll_at - :by where next_poll_at > :now and next_poll_at < :never', {
    by,
    now,
    never: NEVER_AT,
  })
  sql.run("update items set read_at = read_at - :by where state = 'waiting' and read_at > :now", { by, now })
  sql.run(`update deliveries set due_at = due_at - :by where ${WAITS_SQL}`, { by, now })
  sql.run('update lanes set due_at = due_at - :by where due_at > :now', { by, now })
  sql.run('update lanes set read_due_at = read_due_at - :by where read_due_at > :now', { by, now })
  sql.run('update lanes set served_at = min(served_at, :now)', { now })
  for (const table of ['items', 'lanes'])
    sql.run(`update ${table} set lease_until = lease_until - :by where lease is not null`, { by })
}

/** How far the clock is behind the last that this database saw of it; 0 where it is not. */
export function behindMs(sql: Sql, now: number): number {
  const row = sql.first<{ at: number | null }>(
    `select max(at) as at from (select max(served_at) as at from lanes
       union all select max(json_extract(body, '$.last.at')) from feeds where json_valid(body))`,
  )
  return Math.max(0, (row?.at ?? 0) - now)
}
