/** An article's rows: its text is stored once, with the tables and the index that answer questions about it. */
import { quoteMark, speakerKey, spokenQuotes } from '../../core/kept.ts'
import type { Article, FeedId, Match, Quote } from '../../core/model.ts'
import { personKey } from '../../core/people.ts'
import { searchForm } from '../../core/words.ts'
import { nounIn } from './json.ts'
import type { Sql } from './sql.ts'

export type ArticleRow = Readonly<{
  n: number
  id: string
  story_id: string
  common: number
  arrived_at: number
  title: string
  text: string
  body: string
}>

type Body = Omit<Article, 'text' | 'quotes'> & Readonly<{ quotes: readonly Omit<Quote, 'text'>[] }>

/** Undefined for a damaged row. */
export function articleOf(row: ArticleRow): Article | undefined {
  const body = nounIn<Body>(row.body, 'id', 'quotes', 'signature')
  if (!body) return undefined
  const { text } = row
  return { ...body, text, quotes: body.quotes.map((quote) => ({ text: text.slice(quote.start, quote.end), ...quote })) }
}

function bodyOf(article: Article): string {
  const { text: _text, quotes, ...rest } = article
  const body: Body = { ...rest, quotes: quotes.map(({ text: _words, ...quote }) => quote) }
  return JSON.stringify(body)
}

/** @returns the article's number in the order of arrival */
export function insertArticle(
  sql: Sql,
  article: Article,
  at: Readonly<{ storyId: string; common: boolean; now: number }>,
): number {
  sql.run(
    `insert into articles (id, story_id, common, arrived_at, title, text, body)
     values (:id, :story, :common, :now, :title, :text, :body)`,
    {
      id: article.id,
      story: at.storyId,
      common: at.common ? 1 : 0,
      now: at.now,
      title: article.title,
      text: article.text,
      body: bodyOf(article),
    },
  )
  const { n } = sql.first<{ n: number }>('select last_insert_rowid() n') ?? { n: 0 }
  insertParts(sql, n, article)
  countTerm(sql, '', 1)
  return n
}

/** The same piece with another text. */
export function replaceArticle(sql: Sql, row: ArticleRow, article: Article): void {
  deleteParts(sql, row)
  sql.run('update articles set title = :title, text = :text, body = :body where n = :n', {
    n: row.n,
    title: article.title,
    text: article.text,
    body: bodyOf(article),
  })
  insertParts(sql, row.n, article)
}

export function deleteArticle(sql: Sql, row: ArticleRow): void {
  deleteParts(sql, row)
  countTerm(sql, '', -1)
  for (const table of ['article_matches', 'article_feeds', 'hidden_quotes', 'articles'])
    sql.run(`delete from ${table} where n = :n`, { n: row.n })
}

/** Only what the feed brings for the first time is a change. */
export function addArticleFeed(sql: Sql, n: number, feed: Readonly<{ id: FeedId; common: boolean }>): boolean {
  const bound = { n, feed: feed.id, common: feed.common ? 1 : 0 }
  const added = sql.run('insert or ignore into article_feeds (n, feed_id, common) values (:n, :feed, :common)', bound)
  if (feed.common) sql.run('update articles set common = 1 where n = :n and common = 0', { n })
  return added === 1
}

export function saveMatches(sql: Sql, n: number, matches: readonly Match[]): void {
  sql.run('delete from article_matches where n = :n', { n })
  for (const { topicId, terms, sentence } of matches)
    sql.run(
      'insert or ignore into article_matches (n, topic_id, terms, sentence) values (:n, :topic, :terms, :sentence)',
      { n, topic: topicId, terms: JSON.stringify(terms), sentence },
    )
}

function insertParts(sql: Sql, n: number, article: Article): void {
  const spoken = spokenQuotes(article)
  sql.run('insert into search (rowid, title, text, speakers) values (:n, :title, :text, :speakers)', {
    n,
    title: searchForm(article.title),
    text: searchForm(article.text),
    speakers: [...new Set(spoken.map(({ speaker }) => searchForm(speaker.name)))].join(' '),
  })
  for (const [term] of termsOf(article)) {
    sql.run('insert or ignore into article_terms (term, n) values (:term, :n)', { term, n })
    countTerm(sql, term, 1)
  }
  for (const { start, text, speaker } of spoken) {
    const key = speakerKey(speaker.name)
    sql.run('insert or ignore into quotes (n, start, hash, speaker) values (:n, :start, :hash, :key)', {
      n,
      start,
      hash: quoteMark(text),
      key,
    })
    sql.run(
      `insert into speakers (speaker, name, quotes, person) values (:key, :name, 1, :person)
       on conflict (speaker) do update set quotes = quotes + 1, name = excluded.name`,
      { key, name: speaker.name, person: personKey(speaker.name) },
    )
  }
}

function deleteParts(sql: Sql, row: ArticleRow): void {
  const { n } = row
  sql.run('delete from search where rowid = :n', { n })
  const article = articleOf(row)
  for (const [term] of article ? termsOf(article) : []) {
    if (sql.run('delete from article_terms where term = :term and n = :n', { term, n }) === 1) countTerm(sql, term, -1)
  }
  for (const { speaker } of sql.all<{ speaker: string }>('select speaker from quotes where n = :n', { n }))
    sql.run('update speakers set quotes = quotes - 1 where speaker = :speaker', { speaker })
  sql.run('delete from speakers where quotes <= 0')
  sql.run('delete from quotes where n = :n', { n })
}

/** Each term once. */
function termsOf({ signature }: Article): ReadonlyMap<string, number> {
  return new Map(signature.terms.filter(([term]) => term !== ''))
}

function countTerm(sql: Sql, term: string, by: 1 | -1): void {
  sql.run(
    `insert into term_counts (term, articles) values (:term, :by) on conflict (term) do update set articles = articles + :by`,
    { term, by },
  )
}
