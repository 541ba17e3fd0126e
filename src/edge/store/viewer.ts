/** Who sees what. The one rule: an article is seen by those for whom one of its feeds is common or their server's own. */
import type { Viewer } from '../../flow/ports/store.ts'
import type { Sql } from './sql.ts'

/** True for an article, named by its alias, that the server `:server` may see. */
export function articleSeen(a: 'a' | 'b'): string {
  return `(${a}.common = 1 or exists (select 1 from article_feeds af join feed_servers fs on fs.feed_id = af.feed_id
    where af.n = ${a}.n and fs.server_id = :server))`
}

/** True when the feed `:feed` brought the article for the eyes of `:server`. */
export function broughtByFeed(a: 'a' | 'b'): string {
  return `exists (select 1 from article_feeds af where af.n = ${a}.n and af.feed_id = :feed
    and (af.common = 1 or exists (select 1 from feed_servers fs where fs.feed_id = af.feed_id and fs.server_id = :server)))`
}

/** True for a match `m`: a server's own words are told to servers that follow them, and to nobody else. */
export const MATCH_SEEN = `(not exists (select 1 from word_topics w where w.topic_id = m.topic_id)
  or exists (select 1 from subscriptions s where s.follow_key = 'topic:' || m.topic_id and s.server_id = :server))`

/** True for a feed `f` that is polled: listed, or added by a server that is still there. */
export const FEED_POLLED = `(f.listed = 1 or exists (select 1 from feed_servers fs where fs.feed_id = f.id
  and not exists (select 1 from servers v where v.id = fs.server_id and v.left_at is not null)))`

/** A viewer without a server has the server '', which adds no feeds. */
export function serverOf(viewer: Viewer): Readonly<{ server: string }> {
  return { server: viewer.serverId ?? '' }
}

/** The servers that see an article: all of them, or those that added one of its feeds. */
export type Audience = Readonly<{ everyone: boolean; servers: ReadonlySet<string> }>

export const NOBODY: Audience = { everyone: false, servers: new Set() }

export function audienceOf(sql: Sql, n: number): Audience {
  const everyone = sql.first<{ common: number }>('select common from articles where n = :n', { n })?.common === 1
  const rows = sql.all<{ server_id: string }>(
    'select distinct fs.server_id from article_feeds af join feed_servers fs on fs.feed_id = af.feed_id where af.n = :n',
    { n },
  )
  return { everyone, servers: new Set(rows.map(({ server_id }) => server_id)) }
}

export function isIn(audience: Audience, server: string): boolean {
  return audience.everyone || audience.servers.has(server)
}
