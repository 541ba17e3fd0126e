/** What was read, newest first: by words, by topic, by feed. A story answers once, with its newest article that fits. */
import type { StoryId } from '../../core/model.ts'
import type { Page, Paged, Store, StoryHit, Viewer } from '../../flow/ports/store.ts'
import type { ArticleRow } from './article-rows.ts'
import { readable } from './json.ts'
import type { Bound, Database, Sql } from './sql.ts'
import { articleFor, articleMatches, storyFor } from './stories.ts'
import { articleSeen, broughtByFeed, MATCH_SEEN, serverOf } from './viewer.ts'

type SearchMethods = Pick<Store, 'search' | 'latest' | 'recentArticles'>

/** The exact number of hits of a common word is worth no wait: stories are counted among so many articles. */
const COUNTED_ARTICLES_MAX = 5_000
const ROWS_MAX = 500
/** A rehearsal looks at so many and says so; no page is longer than a few rows. */
const RECENT_ROWS_MAX = 2_000

export function searchMethods({ read }: Database): SearchMethods {
  return {
    search: (query, page, viewer) =>
      read((sql) => (query === '' ? NOTHING : pageOf(sql, { wanted: { query }, page, viewer }))),
    latest: (asked, viewer) => read((sql) => pageOf(sql, { wanted: asked, page: asked, viewer })),
    recentArticles: (asked, viewer) => read((sql) => recentArticles(sql, asked, viewer)),
  }
}

const NOTHING: Paged<never> = { rows: [], total: 0 }

type Wanted = Readonly<{ query?: string; topicId?: string; feedId?: string; sinceAt?: number }>

/** Conditions on an article, named by its alias, and what they are bound to. */
function conditions(wanted: Wanted, viewer: Viewer) {
  const bound: Bound = {
    ...serverOf(viewer),
    ...(wanted.query === undefined ? {} : { query: wanted.query }),
    ...(wanted.topicId === undefined ? {} : { topic: wanted.topicId }),
    ...(wanted.feedId === undefined ? {} : { feed: wanted.feedId }),
    ...(wanted.sinceAt === undefined ? {} : { since: Math.ceil(wanted.sinceAt) }),
  }
  const where = (a: 'a' | 'b'): string =>
    [
      articleSeen(a),
      ...(wanted.sinceAt === undefined ? [] : [`${a}.arrived_at >= :since`]),
      ...(wanted.feedId === undefined ? [] : [broughtByFeed(a)]),
      ...(wanted.topicId === undefined
        ? []
        : [`exists (select 1 from article_matches m where m.n = ${a}.n and m.topic_id = :topic and ${MATCH_SEEN})`]),
    ].join(' and ')
  // Said again in a way that an index can follow: what fits is gone through, not all that was ever kept.
  const among = [
    ...(wanted.sinceAt === undefined ? [] : ['a.n >= (select min(n) from articles where arrived_at >= :since)']),
    ...(wanted.feedId === undefined ? [] : ['a.n in (select n from article_feeds where feed_id = :feed)']),
    ...(wanted.topicId === undefined ? [] : ['a.n in (select n from article_matches where topic_id = :topic)']),
  ]
  // The index itself walks from the newest, where it is asked by its row.
  const searched = wanted.query !== undefined
  return {
    bound,
    from: searched ? 'search join articles a on a.n = search.rowid' : 'articles a',
    n: searched ? 'search.rowid' : 'a.n',
    where: searched ? `search match :query and ${where('a')}` : [where('a'), ...among].join(' and '),
    newer: `exists (select 1 from articles b where b.story_id = a.story_id and b.n > a.n and ${where('b')}
      ${searched ? 'and exists (select 1 from search where search match :query and rowid = b.n)' : ''})`,
  }
}

function pageOf(
  sql: Sql,
  { wanted, page, viewer }: Readonly<{ wanted: Wanted; page: Page; viewer: Viewer }>,
): Paged<StoryHit> {
  const { bound, from, n, where, newer } = conditions(wanted, viewer)
  const rows = sql.all<ArticleRow>(
    `select a.* from ${from} where ${where} and not ${newer} order by ${n} desc limit :limit offset :offset`,
    { ...bound, limit: limitOf(page), offset: offsetOf(page) },
  )
  return {
    rows: readable(rows, (row) => hitOf(sql, row, viewer)),
    total: totalOf(
      sql,
      `select count(distinct story_id) count from (select a.story_id from ${from} where ${where} order by ${n} desc limit ${COUNTED_ARTICLES_MAX})`,
      bound,
    ),
  }
}

export function totalOf(sql: Sql, text: string, bound: Bound): number {
  return sql.first<{ count: number }>(text, bound)?.count ?? 0
}

export function limitOf({ limit }: Pick<Page, 'limit'>): number {
  return Math.min(Math.max(Math.trunc(limit), 1), ROWS_MAX)
}

export function offsetOf({ offset = 0 }: Pick<Page, 'offset'>): number {
  return Math.max(Math.trunc(offset), 0)
}

function hitOf(sql: Sql, row: ArticleRow, viewer: Viewer): StoryHit | undefined {
  const story = storyFor(sql, row.story_id as StoryId, viewer)
  const article = articleFor(sql, row, viewer)
  return story && article && { story, article, matches: articleMatches(sql, row.n, viewer) }
}

type Recent = Parameters<Store['recentArticles']>[0]

function recentArticles(sql: Sql, asked: Recent, viewer: Viewer): Awaited<ReturnType<Store['recentArticles']>> {
  if (asked.query === '') return []
  const { bound, from, n, where } = conditions(asked, viewer)
  const rows = sql.all<ArticleRow>(`select a.* from ${from} where ${where} order by ${n} desc limit :limit`, {
    ...bound,
    limit: Math.min(Math.max(Math.trunc(asked.limit), 1), RECENT_ROWS_MAX),
  })
  return readable(rows, (row) => {
    const article = articleFor(sql, row, viewer)
    return article && { article, storyId: row.story_id as StoryId }
  })
}
