/** All that the database holds, a row a time, as it stood at one moment. What can be made again (the index, counts, caches) is left out. */
import { DatabaseSync } from 'node:sqlite'
import { executedMigrations } from './migrations.ts'

/** Grows when a line's shape changes so that its readers must. */
export const DUMP_VERSION = 1

export type DumpLine = Readonly<{ row: string } & Record<string, unknown>>

/** A row's columns, under the names that the nouns have; `body` is the noun itself. Some nouns have a `kind` of their own. */
const KINDS: readonly (readonly [kind: string, query: string])[] = [
  ['server', 'select id, joined_at joinedAt, left_at leftAt from servers order by id'],
  ['feed', 'select listed, left_at leftAt, body from feeds order by id'],
  [
    'feedOfServer',
    'select feed_id feedId, server_id serverId, person_id personId, added_at addedAt from feed_servers order by feed_id, server_id',
  ],
  ['subscription', 'select body from subscriptions order by seq'],
  ['mute', 'select body from mutes order by server_id, channel_id, what'],
  [
    'item',
    `select id, feed_id feedId, key, state, first_seen_at firstSeenAt, published_at publishedAt, left_at leftAt, article_id articleId,
    body item from items order by seq`,
  ],
  ['story', 'select id, revision, first_at firstAt, last_at lastAt from stories order by first_at, id'],
  ['article', 'select story_id storyId, common, arrived_at arrivedAt, title, text, body from articles order by n'],
  [
    'articleFeed',
    `select a.id articleId, af.feed_id feedId, af.common from article_feeds af join articles a on a.n = af.n order by af.n, af.feed_id`,
  ],
  [
    'match',
    `select a.id articleId, m.topic_id topicId, m.terms, m.sentence from article_matches m join articles a on a.n = m.n order by m.n, m.topic_id`,
  ],
  [
    'hiddenQuote',
    `select a.id articleId, h.server_id serverId, h.hash, h.person_id personId, h.at from hidden_quotes h join articles a on a.n = h.n order by h.n`,
  ],
  ['delivery', 'select seen_at seenAt, digest_id digestId, wanted wantedRevision, body from deliveries order by seq'],
  [
    'journal',
    'select target, subject, part, at, server_id serverId, channel_id channelId, said, reason from journal order by at, target, subject, part',
  ],
]

/** The first line tells what follows. Rows come from the disk as they are asked for.
 *  @returns undefined where there is no database of ours */
export function* dump(path: string, madeAt: number): Generator<DumpLine> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS })
  try {
    db.exec('begin')
    yield {
      row: 'pullquote',
      version: DUMP_VERSION,
      schema: executedMigrations(db).at(-1),
      madeAt,
      rows: KINDS.map(([kind]) => kind),
    }
    for (const [kind, query] of KINDS)
      for (const row of db.prepare(query).iterate()) yield { row: kind, ...nounOf(row) }
    db.exec('commit')
  } finally {
    db.close()
  }
}

/** A lock that is met here is soon gone. */
const BUSY_MS = 5_000

function nounOf({ body, ...columns }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kept = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null))
  const noun = parsed(body)
  return typeof noun === 'object' && noun
    ? { ...noun, ...kept, ...inner(kept) }
    : { ...kept, ...inner(kept), ...(body == null ? {} : { damaged: body }) }
}

/** Columns that are JSON themselves. */
function inner(columns: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    ['item', 'terms'].flatMap((name) => (name in columns ? [[name, parsed(columns[name]) ?? columns[name]]] : [])),
  )
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
