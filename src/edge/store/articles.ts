/** An article is kept with its story, its alerts and the edits that it causes, in one transaction. */
import { corrected, isBetterReading, keptArticleId, storyIdOf } from '../../core/kept.ts'
import type { Article, Feed, StoryId } from '../../core/model.ts'
import {
  type Corpus,
  STORY_CANDIDATES_MAX,
  STORY_WINDOW_MS,
  type StoryCandidate,
  type StoryMember,
} from '../../core/story.ts'
import type { ArticleKeeping, ArticleKept, Claimed, KeptItem } from '../../flow/ports/store.ts'
import { planAlerts } from './alerts.ts'
import {
  type ArticleRow,
  addArticleFeed,
  articleOf,
  insertArticle,
  replaceArticle,
  saveMatches,
} from './article-rows.ts'
import { type FeedRow, feedOf } from './feed-rows.ts'
import { nounIn, readable } from './json.ts'
import { REREADS_MAX } from './polls.ts'
import { raiseCards } from './raise.ts'
import type { Sql } from './sql.ts'
import { type Audience, audienceOf, isIn, NOBODY } from './viewer.ts'

type Keeping = Readonly<{ claimed: Claimed<KeptItem>; keeping: ArticleKeeping }>

export function keepArticle(sql: Sql, { claimed, keeping }: Keeping, now: number): ArticleKept {
  const { work } = claimed
  if (!endReading(sql, { claimed, articleId: keeping.article.id }, now)) return { kind: 'lapsed' }
  const feed = feedNow(sql, work.feed)
  const article = { ...keeping.article, id: keptArticleId(keeping.article, feed) }
  const row = sql.first<ArticleRow>('select * from articles where id = :id', { id: article.id })
  const placed = row
    ? placeKnown(sql, { row, article, feed, keeping }, now)
    : placeNew(sql, { article, feed, keeping }, now)
  const { storyId, fresh } = placed
  const silent = work.admission.kind === 'silent' || work.admission.kind === 'skip'
  const planned = silent
    ? NOTHING
    : planAlerts(sql, { keeping, articleId: article.id, storyId, item: work, ...placed.audiences }, now)
  const edits = fresh ? raiseCards(sql, { storyId, sees: placed.raised }, now) : 0
  const counts = { storyId, queued: planned.queued, folded: planned.folded, edits }
  return row ? { kind: 'known', ...counts } : { kind: 'kept', joined: placed.joined, ...counts }
}

const NOTHING = { queued: 0, folded: 0 }

type Reading = Readonly<{ claimed: Claimed<KeptItem>; articleId: string }>

/** The item is read. Where the feed changed its words meanwhile it waits again, to be read silently.
 *  @returns false when the lease lapsed */
function endReading(sql: Sql, { claimed, articleId }: Reading, now: number): boolean {
  const { work, lease } = claimed
  const mine = `id = :id and state = 'waiting' and lease = :lease and lease_until > :now`
  const bound = { id: work.id, lease, now }
  const row = sql.first<{ body: string | null }>(`select body from items where ${mine}`, bound)
  if (!row) return false
  const words = JSON.stringify(work.item)
  const done = `article_id = :article, lease = null, lease_until = null`
  const again = sql.run(
    `update items set state = 'waiting', admission = '{"kind":"silent"}', rereads = rereads + 1, read_at = 0, attempts = 0, ${done}
     where ${mine} and body <> :words and rereads < ${REREADS_MAX}`,
    { ...bound, article: articleId, words },
  )
  if (again === 1) return true
  return (
    sql.run(`update items set state = 'read', body = null, admission = null, ${done} where ${mine}`, {
      ...bound,
      article: articleId,
    }) === 1
  )
}

/** Whose it is may have changed since the item was claimed. */
function feedNow(sql: Sql, claimed: Feed): Feed {
  const row = sql.first<FeedRow>('select * from feeds where id = :id', { id: claimed.id })
  return (row && feedOf(row)) ?? claimed
}

type Placed = Readonly<{
  storyId: StoryId
  joined: boolean
  /** Whether the story grew or changed for anybody. */
  fresh: boolean
  /** Those for whom it did. */
  raised: Audience
  /** Who saw the article before, and who does now. */
  audiences: Readonly<{ before: Audience; after: Audience }>
}>
type New = Readonly<{ article: Article; feed: Feed; keeping: ArticleKeeping }>

function placeNew(sql: Sql, { article, feed, keeping }: New, now: number): Placed {
  const choice = keeping.choose(candidates(sql, keeping.lookUp, now), corpusOf(sql))
  const joined = choice.kind === 'joins' && growStory(sql, choice.storyId, now)
  const storyId = joined ? choice.storyId : makeStory(sql, article, now)
  const n = insertArticle(sql, article, { storyId, common: feed.common, now })
  addArticleFeed(sql, n, feed)
  saveMatches(sql, n, keeping.matches)
  const after = audienceOf(sql, n)
  return { storyId, joined, fresh: joined, raised: after, audiences: { before: NOBODY, after } }
}

/** The same piece again: by another feed, so that others may see it now, or with a changed text. */
function placeKnown(
  sql: Sql,
  { row, article, feed, keeping }: New & Readonly<{ row: ArticleRow }>,
  now: number,
): Placed {
  const storyId = row.story_id as StoryId
  const before = audienceOf(sql, row.n)
  const added = addArticleFeed(sql, row.n, feed)
  const after = audienceOf(sql, row.n)
  const stored = articleOf(row)
  const changed = !stored || isBetterReading(stored, article, added)
  if (changed) {
    replaceArticle(sql, row, stored ? corrected(stored, article, now) : article)
    saveMatches(sql, row.n, keeping.matches)
  }
  const wider = newcomers(before, after)
  const fresh = (changed || wider.everyone || wider.servers.size > 0) && growStory(sql, storyId, now)
  return { storyId, joined: true, fresh, raised: changed ? after : wider, audiences: { before, after } }
}

function newcomers(before: Audience, after: Audience): Audience {
  if (before.everyone) return NOBODY
  return { everyone: after.everyone, servers: new Set([...after.servers].filter((server) => !isIn(before, server))) }
}

/** False when the story is gone. */
function growStory(sql: Sql, storyId: StoryId, now: number): boolean {
  const grown = 'update stories set revision = revision + 1, last_at = max(last_at, :now) where id = :id'
  return sql.run(grown, { id: storyId, now }) === 1
}

function makeStory(sql: Sql, article: Article, now: number): StoryId {
  const id = storyIdOf(article.id)
  sql.run(
    `insert into stories (id, revision, first_at, last_at) values (:id, 1, :now, :now)
     on conflict (id) do update set revision = revision + 1, last_at = :now`,
    { id, now },
  )
  return id
}

/** An event is told by so many articles as well as by more of them (`chooseStory` looks at no more). */
const MEMBERS_MAX = 12

/** Stories of late, those that share most of the heavy terms first. Only articles of the window are looked at: a term may stand in
 *  a tenth of all that was ever kept. */
function candidates(sql: Sql, lookUp: readonly string[], now: number): readonly StoryCandidate[] {
  const since = 'select n from articles where arrived_at > :since order by arrived_at, n limit 1'
  const first = sql.first<{ n: number }>(since, { since: now - STORY_WINDOW_MS })?.n
  if (first === undefined) return []
  const rows = sql.all<{ id: string; last_at: number }>(
    `select s.id, s.last_at from article_terms t join articles a on a.n = t.n join stories s on s.id = a.story_id
     where t.term in (select value from json_each(:terms)) and t.n >= :first
     group by s.id order by count(distinct t.term) desc, s.last_at desc limit ${STORY_CANDIDATES_MAX}`,
    { terms: JSON.stringify(tellingTerms(sql, lookUp, first)), first },
  )
  return rows.map(({ id, last_at: lastAt }) => {
    const bodies = sql.all<Pick<ArticleRow, 'body'>>(
      `select body from articles where story_id = :id order by n limit ${MEMBERS_MAX}`,
      { id },
    )
    const articles = readable(bodies, ({ body }) => nounIn<StoryMember>(body, 'signature'))
    return { storyId: id as StoryId, lastAt, articles }
  })
}

/** Places in the index of terms that one look may take: 5 ms. A busy house keeps 300,000 articles in the window. */
const PLACES_MAX = 3_000
/** A story shares more than one word with what joins it. */
const TERMS_MIN = 2

/** The rarest of them, as many as fit: that a common word is shared says little, and costs most. */
function tellingTerms(sql: Sql, lookUp: readonly string[], first: number): readonly string[] {
  const known = sql.all<{ term: string; articles: number }>(
    'select term, articles from term_counts where term in (select value from json_each(:terms)) order by articles, term',
    { terms: JSON.stringify(lookUp) },
  )
  const { n: last } = sql.first<{ n: number }>('select max(n) n from articles') ?? { n: first }
  const all = sql.first<{ articles: number }>("select articles from term_counts where term = ''")?.articles ?? 0
  // Counts are of all that is kept, the window holds a part of it.
  const share = Math.min(1, (last - first + 1) / Math.max(1, all))
  let places = 0
  return known
    .filter(({ articles }, at) => {
      places += articles * share
      return at < TERMS_MIN || places <= PLACES_MAX
    })
    .map(({ term }) => term)
}

function corpusOf(sql: Sql): Corpus {
  const known = new Map<string, number>()
  const count = (term: string): number =>
    sql.first<{ articles: number }>('select articles from term_counts where term = :term', { term })?.articles ?? 0
  return {
    articles: count(''),
    frequency(term) {
      const before = known.get(term)
      if (before !== undefined) return before
      const found = term === '' ? 0 : count(term)
      known.set(term, found)
      return found
    },
  }
}
