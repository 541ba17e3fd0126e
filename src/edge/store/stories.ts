/** Stories as one server sees them. */
import { unitedMatches } from '../../core/delivery.ts'
import { quoteMark, storyOf } from '../../core/kept.ts'
import type { FeedId, Match, Story, StoryArticle, StoryId, TopicId } from '../../core/model.ts'
import type { Store, Viewer } from '../../flow/ports/store.ts'
import { type ArticleRow, articleOf } from './article-rows.ts'
import { fromJson, readable } from './json.ts'
import type { Database, Sql } from './sql.ts'
import { articleSeen, MATCH_SEEN, serverOf } from './viewer.ts'

export function storyMethods({ read }: Database): Pick<Store, 'story' | 'storyMatches'> {
  return {
    story: (id, viewer) => read((sql) => storyFor(sql, id, viewer)),
    storyMatches: (id, viewer) => read((sql) => matchesFor(sql, id, viewer)),
  }
}

/** Undefined when there is no such story for these eyes. */
export function storyFor(sql: Sql, id: StoryId, viewer: Viewer): Story | undefined {
  const revision = sql.first<{ revision: number }>('select revision from stories where id = :id', { id })?.revision
  const rows = sql.all<ArticleRow>(
    `select * from articles a where a.story_id = :id and ${articleSeen('a')} order by a.n`,
    { id, ...serverOf(viewer) },
  )
  const articles = readable(rows, (row) => articleFor(sql, row, viewer))
  return revision === undefined ? undefined : storyOf({ id, revision }, articles)
}

/** The article without the quotes that this server hid, and with those of its feeds that this server may know of. */
export function articleFor(sql: Sql, row: ArticleRow, viewer: Viewer): StoryArticle | undefined {
  const article = articleOf(row)
  if (!article) return undefined
  const bound = { n: row.n, ...serverOf(viewer) }
  const hidden = sql.all<{ hash: string }>('select hash from hidden_quotes where n = :n and server_id = :server', bound)
  const hashes = new Set(hidden.map(({ hash }) => hash))
  const feeds = sql.all<{ feed_id: string }>(
    `select af.feed_id from article_feeds af where af.n = :n and (af.common = 1
       or exists (select 1 from feed_servers fs where fs.feed_id = af.feed_id and fs.server_id = :server)) order by af.feed_id`,
    bound,
  )
  return {
    ...article,
    quotes: hashes.size === 0 ? article.quotes : article.quotes.filter(({ text }) => !hashes.has(quoteMark(text))),
    feedIds: feeds.map((feed) => feed.feed_id as FeedId),
    arrivedAt: row.arrived_at,
  }
}

type MatchRow = Readonly<{ topic_id: string; terms: string; sentence: string }>

/** One a topic, over all articles that these eyes see. */
export function matchesFor(sql: Sql, id: StoryId, viewer: Viewer): readonly Match[] {
  const rows = sql.all<MatchRow>(
    `select m.topic_id, m.terms, m.sentence from articles a join article_matches m on m.n = a.n
     where a.story_id = :id and ${articleSeen('a')} and ${MATCH_SEEN} order by a.n, m.topic_id`,
    { id, ...serverOf(viewer) },
  )
  return unitedMatches(readable(rows, matchOf))
}

/** Those of one article. */
export function articleMatches(sql: Sql, n: number, viewer: Viewer): readonly Match[] {
  const rows = sql.all<MatchRow>(
    `select m.topic_id, m.terms, m.sentence from article_matches m where m.n = :n and ${MATCH_SEEN} order by m.topic_id`,
    { n, ...serverOf(viewer) },
  )
  return readable(rows, matchOf)
}

function matchOf({ topic_id: topicId, terms, sentence }: MatchRow): Match | undefined {
  const words = fromJson<readonly string[]>(terms)
  return Array.isArray(words) ? { topicId: topicId as TopicId, terms: words, sentence } : undefined
}
