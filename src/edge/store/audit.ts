/** The balance: what the journal says was seen, against what its deliveries say now. */
import type { AuditRow } from '../../core/audit.ts'
import type { DeliveryRow as ShownRow, Store } from '../../flow/ports/store.ts'
import { type DeliveryRow, deliveryIn } from './delivery-rows.ts'
import { readable } from './json.ts'
import type { Database, Sql } from './sql.ts'

type AuditMethods = Pick<Store, 'audit' | 'troubled'>

export function auditMethods({ read }: Database, shown: (sql: Sql) => Shown): AuditMethods {
  return {
    audit: (asked) => read((sql) => audit(sql, asked)),
    troubled: (asked) => read((sql) => troubled(sql, asked, shown(sql))),
  }
}

type Shown = (row: DeliveryRow) => ShownRow | undefined
/** A damaged body has no reason to read. */
const REASON = (row: 'd' | 'g') => `case when json_valid(${row}.body) then json_extract(${row}.body, '$.reason') end`
/** A folded one fares as its list does. A list that is not there was read back from its channel. */
const FATE = `case
  when d.seq is null then case when j.said in ('muted', 'withdrawn') then j.said else 'lost' end
  when d.state in ('sent', 'deleted') then 'posted'
  when d.state in ('queued', 'sending', 'unsure') then 'waiting'
  when d.state = 'folded' and g.state in ('held', 'dead') then g.state
  else d.state end`
const WHY = `case
  when d.seq is null then j.reason
  when d.state = 'sent' then ''
  when d.state = 'deleted' then 'deleted there'
  when d.state in ('queued', 'sending', 'unsure') then d.state
  when d.state = 'folded' and g.state in ('held', 'dead') then 'its list: ' || coalesce(${REASON('g')}, 'damaged')
  when d.state = 'folded' and (d.digest_id is null or g.state in ('queued', 'sending', 'unsure')) then ${REASON('d')} || ', its list is to come'
  else ${REASON('d')} end`

type Asked = Parameters<Store['audit']>[0]

function audit(sql: Sql, { since, until, serverId, channelId }: Asked): readonly AuditRow[] {
  const bound = {
    since,
    until,
    ...(serverId ? { server: serverId } : {}),
    ...(channelId ? { channel: channelId } : {}),
  }
  const own = `${serverId ? 'and j.server_id = :server' : ''} ${channelId ? 'and j.channel_id = :channel' : ''}`
  const rows = sql.all<AuditRow>(
    `select j.target target, j.server_id serverId, ${FATE} fate, coalesce(${WHY}, 'damaged') reason, count(*) count
     from journal j left join deliveries d on d.target = j.target and d.subject = j.subject and d.part = j.part
     left join deliveries g on g.id = d.digest_id
     where j.at >= :since and j.at < :until ${own} group by 1, 2, 3, 4 order by 1, 3, 4`,
    bound,
  )
  // Only the operator's audit looks at every delivery for one that nobody wrote down.
  if (serverId) return rows
  const unseen = sql.all<AuditRow>(
    `select d.target target, d.server_id serverId, 'lost' fate, 'nobody wrote down that it was seen' reason, count(*) count
     from deliveries d where d.created_at >= :since and d.created_at < :until ${channelId ? 'and d.channel_id = :channel' : ''}
       and not (d.subject >= 'digest:' and d.subject < 'digest;') and not exists
       (select 1 from journal j where j.target = d.target and j.subject = d.subject and j.part = d.part)
     group by 1, 2 order by 1`,
    bound,
  )
  return [...rows, ...unseen]
}

function troubled(sql: Sql, { limit, channelId }: Parameters<Store['troubled']>[0], shown: Shown): readonly ShownRow[] {
  const rows = sql.all<DeliveryRow>(
    `select * from deliveries where state in ('held', 'dead') ${channelId ? 'and channel_id = :channel' : ''}
     order by seq desc limit :limit`,
    { limit, ...(channelId ? { channel: channelId } : {}) },
  )
  return readable(rows, (row) => (deliveryIn(row) ? shown(row) : undefined))
}
