/** The journal: what was seen for whom is written down when it is decided, apart from the deliveries that it is checked against. */
import { subjectKey } from '../../core/delivery.ts'
import { targetKey } from '../../core/follow.ts'
import type { Alert, Target } from '../../core/model.ts'
import type { Sql } from './sql.ts'

type Said = Readonly<{ said: 'planned' | 'muted'; reason?: string }>
type Named = Pick<Alert, 'target' | 'subject' | 'part' | 'serverId'>

/** A list is no news of its own: what it lists was seen before. What was muted and is planned after all counts once, from then on. */
export function journal(
  sql: Sql,
  { target, subject, part, serverId }: Named,
  { said, reason = '', now }: Said & { now: number },
): void {
  if (subject.kind === 'digest') return
  sql.run(
    `insert into journal (target, subject, part, at, server_id, channel_id, said, reason)
     values (:target, :subject, :part, :now, :server, :channel, :said, :reason)
     on conflict (target, subject, part) do update set at = excluded.at, said = excluded.said, reason = excluded.reason
       where journal.said = 'muted' and excluded.said = 'planned'`,
    {
      target: targetKey(target),
      subject: subjectKey(subject),
      part,
      now,
      server: serverId,
      channel: channelOf(target),
      said,
      reason,
    },
  )
}

function channelOf(target: Target): string | null {
  return target.kind === 'person' ? null : target.channelId
}

/** The delivery of this row goes away unsaid. */
export function journalWithdrawn(sql: Sql, seq: number): void {
  sql.run(
    `update journal set said = 'withdrawn', reason = 'its subscription ended' where (target, subject, part) =
       (select target, subject, part from deliveries where seq = :seq)`,
    { seq },
  )
}
