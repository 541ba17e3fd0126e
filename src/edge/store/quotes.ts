/** Who said what: quotes with a known speaker, and what a server hid of them. */
import { quoteMark, speakerKey, spokenQuotes } from '../../core/kept.ts'
import type { StoryId } from '../../core/model.ts'
import { oneAPerson, roughWords } from '../../core/people.ts'
import { searchForm } from '../../core/words.ts'
import type { Page, Paged, QuoteHit, Store, Viewer } from '../../flow/ports/store.ts'
import { type ArticleRow, articleOf } from './article-rows.ts'
import { readable } from './json.ts'
import { raiseCards } from './raise.ts'
import { limitOf, offsetOf, totalOf } from './search.ts'
import type { Bound, Database, Sql } from './sql.ts'
import { articleFor } from './stories.ts'
import { articleSeen, MATCH_SEEN, serverOf } from './viewer.ts'

type QuoteMethods = Pick<Store, 'quotes' | 'speakers' | 'hideQuote'>

/** A name that so many speakers share ("Smith") is searched among the most quoted of them. */
const SPEAKERS_MAX = 50
const COUNTED_QUOTES_MAX = 5_000

export function quoteMethods({ read, write }: Database): QuoteMethods {
  return {
    quotes: (asked, viewer) => read((sql) => quotesFor(sql, asked, viewer)),
    speakers: (typed, limit, viewer) => read((sql) => speakersFor(sql, { typed, limit }, viewer)),
    hideQuote: (hiding, now) => write((sql) => hideQuote(sql, hiding, now)),
  }
}

const QUOTE_SEEN = `${articleSeen('a')} and not exists (select 1 from hidden_quotes h where h.n = q.n and h.server_id = :server and h.hash = q.hash)`

type Asked = Page & Readonly<{ speaker?: string; topicId?: string }>

function quotesFor(sql: Sql, asked: Asked, viewer: Viewer): Paged<QuoteHit> {
  const bound: Bound = {
    ...serverOf(viewer),
    ...(asked.speaker === undefined ? {} : { speakers: JSON.stringify(speakersNamed(sql, asked.speaker)) }),
    ...(asked.topicId === undefined ? {} : { topic: asked.topicId }),
  }
  const where = [
    QUOTE_SEEN,
    ...(asked.speaker === undefined ? [] : ['q.speaker in (select value from json_each(:speakers))']),
    ...(asked.topicId === undefined
      ? []
      : [`exists (select 1 from article_matches m where m.n = q.n and m.topic_id = :topic and ${MATCH_SEEN})`]),
  ].join(' and ')
  const from = 'quotes q join articles a on a.n = q.n'
  const rows = sql.all<ArticleRow & { start: number }>(
    `select a.*, q.start from ${from} where ${where} order by q.n desc, q.start limit :limit offset :offset`,
    { ...bound, limit: limitOf(asked), offset: offsetOf(asked) },
  )
  return {
    rows: readable(rows, (row) => quoteOf(sql, row, viewer)),
    total: totalOf(
      sql,
      `select count(*) count from (select 1 from ${from} where ${where} limit ${COUNTED_QUOTES_MAX})`,
      bound,
    ),
  }
}

function quoteOf(sql: Sql, row: ArticleRow & { start: number }, viewer: Viewer): QuoteHit | undefined {
  const article = articleFor(sql, row, viewer)
  const quote = article && spokenQuotes(article).find(({ start }) => start === row.start)
  return quote && article && { quote, article, storyId: row.story_id as StoryId }
}

/** Keys of the speakers whose names hold these words, with every other spelling of the same persons. */
function speakersNamed(sql: Sql, name: string): readonly string[] {
  const rows = sql.all<{ speaker: string }>(
    `with named as (select distinct person from (select person from speakers
         where instr(' ' || speaker || ' ', ' ' || :key || ' ') > 0
           or (:rough <> '' and instr(' ' || person || ' ', ' ' || :rough || ' ') > 0)
         order by quotes desc, speaker limit ${SPEAKERS_MAX}))
     select s.speaker from named join speakers s on s.person = named.person order by s.quotes desc, s.speaker limit ${SPEAKERS_MAX}`,
    { key: speakerKey(name), rough: roughWords(name) },
  )
  return rows.map(({ speaker }) => speaker)
}

/** More names than are shown, since some of them may be quoted only where these eyes do not see. */
const SPARE_NAMES = 25

function speakersFor(
  sql: Sql,
  { typed, limit }: Readonly<{ typed: string; limit: number }>,
  viewer: Viewer,
): readonly Readonly<{ name: string; quotes: number }>[] {
  const bound = { key: searchForm(typed), rough: roughWords(typed), names: limitOf({ limit }) + SPARE_NAMES }
  // Only names that these eyes see somewhere: how often others quote them must not even shift the order.
  const rows = sql.all<{ person: string; name: string; count: number }>(
    `with named as (select person from speakers
         where instr(speaker, :key) > 0 or (:rough <> '' and instr(' ' || person, ' ' || :rough) > 0)
         group by person order by sum(quotes) desc, person limit :names)
     select s.person, s.name, count(*) count from named join speakers s on s.person = named.person
       join quotes q on q.speaker = s.speaker join articles a on a.n = q.n
     where ${QUOTE_SEEN} group by s.speaker order by count desc, s.speaker`,
    { ...serverOf(viewer), ...bound },
  )
  return oneAPerson(rows, typed).slice(0, limitOf({ limit }))
}

type Hiding = Parameters<Store['hideQuote']>[0]

function hideQuote(sql: Sql, hiding: Hiding, now: number): boolean {
  const { articleId, storyId, start, serverId, personId } = hiding
  const row = sql.first<ArticleRow>(
    `select * from articles a where a.id = :id and a.story_id = :story and ${articleSeen('a')}`,
    { id: articleId, story: storyId, server: serverId },
  )
  const quote = row && articleOf(row)?.quotes.find((candidate) => candidate.start === start)
  if (!row || !quote) return false
  const hidden = sql.run(
    'insert or ignore into hidden_quotes (n, server_id, hash, person_id, at) values (:n, :server, :hash, :person, :now)',
    { n: row.n, server: serverId, hash: quoteMark(quote.text), person: personId, now },
  )
  if (hidden === 1) {
    sql.run('update stories set revision = revision + 1 where id = :id', { id: storyId })
    raiseCards(sql, { storyId, sees: { everyone: false, servers: new Set([serverId]) } }, now)
  }
  return true
}
