/** Rows that cannot be read: each harms nobody but itself, and doctor names it. */
import { DatabaseSync } from 'node:sqlite'

export type Damaged = Readonly<{
  table: string
  rows: number
  /** Of the first few. */
  ids: readonly string[]
}>

const IDS_MAX = 5

/** Looks at every row: for the command line. */
export function damagedRows(path: string): readonly Damaged[] {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return BODIES.flatMap(({ table, id, lacks }) => {
      const rows = db.prepare(`select ${id} as id from ${table} where ${lacks}`).all() as Readonly<{ id: string }>[]
      return rows.length === 0 ? [] : [{ table, rows: rows.length, ids: rows.slice(0, IDS_MAX).map((row) => row.id) }]
    })
  } finally {
    db.close()
  }
}

/** That a text is no JSON, or of something else than what stands there. */
const lacks = (column: string, member: string): string =>
  `case when json_valid(${column}) then json_extract(${column}, '$.${member}') is null else 1 end`

const BODIES = [
  { table: 'feeds', id: 'id', lacks: lacks('body', 'url') },
  {
    table: 'feed_listings',
    id: 'feed_id',
    lacks: "case when json_valid(body) then json_type(body) <> 'array' else 1 end",
  },
  {
    table: 'items',
    id: 'id',
    lacks: `state = 'waiting' and (${lacks('body', 'title')} or ${lacks('admission', 'kind')})`,
  },
  { table: 'articles', id: 'id', lacks: lacks('body', 'signature') },
  { table: 'article_matches', id: "topic_id || ' in article ' || n", lacks: 'not json_valid(terms)' },
  { table: 'subscriptions', id: 'id', lacks: lacks('body', 'follows') },
  { table: 'mutes', id: "what || ' in ' || channel_id", lacks: lacks('body', 'what') },
  { table: 'deliveries', id: 'id', lacks: lacks('body', 'alert') },
] as const
