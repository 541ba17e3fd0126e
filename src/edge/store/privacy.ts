/** What is kept of a person and of a server, and its deletion on request. */
import type { KeptOf, Store } from '../../flow/ports/store.ts'
import { refreshLane } from './delivery-rows.ts'
import { forgetDelivery, untilNothing } from './parts.ts'
import { forgetServer } from './servers.ts'
import type { Database, Sql } from './sql.ts'

type PrivacyMethods = Pick<Store, 'keptOf' | 'forgetPerson' | 'forgetServer'>

export function privacyMethods(database: Database): PrivacyMethods {
  return {
    keptOf: (asked) => database.read((sql) => keptOf(sql, asked)),
    forgetPerson: (id) => forgetPerson(database, id),
    forgetServer: async (id) => void (await forgetServer(database, id, false)),
  }
}

function keptOf(sql: Sql, { personId, serverId }: Parameters<Store['keptOf']>[0]): KeptOf {
  const count = (text: string, id: string): number =>
    sql.first<{ count: number }>(`select count(*) count from ${text}`, { id })?.count ?? 0
  const person = {
    subscriptions: count(`subscriptions where json_extract(body, '$.createdBy') = :id`, personId),
    feeds: count('feed_servers where person_id = :id', personId),
    quotes: count('hidden_quotes where person_id = :id', personId),
    messages: count(`deliveries where target = 'person:' || :id`, personId),
  }
  if (serverId === undefined) return { person }
  const server = {
    subscriptions: count('subscriptions where server_id = :id', serverId),
    feeds: count('feed_servers where server_id = :id', serverId),
    mutes: count('mutes where server_id = :id', serverId),
    quotes: count('hidden_quotes where server_id = :id', serverId),
    messages: count('deliveries where server_id = :id', serverId),
  }
  return { person, server }
}

/** A person's own messages go; what a server's managers made together stays, without the name. */
async function forgetPerson({ write }: Database, id: string): Promise<void> {
  const target = `person:${id}`
  await untilNothing(() => write((sql) => forgetMessages(sql, target)))
  await write((sql) => {
    sql.run('delete from journal where target = :target', { target })
    sql.run('delete from subscriptions where target = :target', { target })
    sql.run(
      `update subscriptions set body = json_set(body, '$.createdBy', '') where json_extract(body, '$.createdBy') = :id`,
      { id },
    )
    sql.run("update feed_servers set person_id = '' where person_id = :id", { id })
    sql.run("update hidden_quotes set person_id = '' where person_id = :id", { id })
    // Not the count that keeps a person from asking too fast, which ends by itself.
    sql.run("delete from cache where instr(key, :id) > 0 and not (key >= 'quota:' and key < 'quota;')", { id })
  })
}

/** A row takes some tens of microseconds, its indexes included. */
const ROWS_A_PART = 200

function forgetMessages(sql: Sql, target: string): number {
  const rows = sql.all<{ seq: number }>(`select seq from deliveries where target = :target limit ${ROWS_A_PART}`, {
    target,
  })
  for (const { seq } of rows) forgetDelivery(sql, seq)
  if (rows.length > 0) refreshLane(sql, target)
  return rows.length
}
