/** A story grew: the cards that show it are to be edited. */
import { refreshLane } from './delivery-rows.ts'
import type { Sql } from './sql.ts'
import type { Audience } from './viewer.ts'

type Grown = Readonly<{ storyId: string; sees: Audience }>

/** Every card of the story in a server that we are in and that sees what is new wants the story's revision. One that was sent is edited now, or when
 *  its last edit is a minute old; several wishes make one edit. A held or dead one wants it too: it may be tried again.
 *  @returns how many messages that are out, or may be, will be edited */
export function raiseCards(sql: Sql, { storyId, sees }: Grown, now: number): number {
  const raised = sql.all<{ target: string; state: string }>(
    `update deliveries set wanted = (select revision from stories where id = :story),
       due_at = case when state = 'sent' and wanted <= shown then max(due_at, :now) else due_at end
     where story_id = :story and subject = 'card:' || :story and state in ('queued', 'sending', 'unsure', 'sent', 'held', 'dead', 'folded')
       and wanted < (select revision from stories where id = :story)
       and not exists (select 1 from servers v where v.id = deliveries.server_id and v.left_at is not null)
       and (:everyone = 1 or server_id in (select value from json_each(:servers)))
     returning target, state`,
    { story: storyId, now, everyone: sees.everyone ? 1 : 0, servers: JSON.stringify([...sees.servers]) },
  )
  const out = raised.filter(({ state }) => state === 'sent' || state === 'sending' || state === 'unsure')
  for (const target of new Set(out.map((row) => row.target))) refreshLane(sql, target)
  return out.length
}
