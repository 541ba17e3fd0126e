/** What any store decides when it keeps a piece: names, which reading of it is the better one, and what a viewer is shown. */
import { createHash } from 'node:crypto'
import type { Article, ArticleId, Feed, FeedId, ItemId, Quote, Speaker, Story, StoryArticle, StoryId } from './model.ts'
import { normalize, searchForm } from './words.ts'

const ID_CHARS = 16 // 96 bits; with a command and a verb it fits a custom_id

/** The same item of the same feed, in every database. */
export function itemIdOf(feedId: FeedId, key: string): ItemId {
  return hash(`${feedId}|${key}`) as ItemId
}

/** A story is named by the piece that began it: the same in a database restored from yesterday, so that nothing is said twice. */
export function storyIdOf(first: ArticleId): StoryId {
  return hash(`story|${first}`) as StoryId
}

/** The words of a feed that one server added are for that server alone: they never stand in for a piece that others see, and get
 *  an id of their own. A page is the same for all. */
export function keptArticleId(article: Pick<Article, 'id' | 'from'>, feed: Pick<Feed, 'id' | 'common'>): ArticleId {
  return article.from === 'page' || feed.common ? article.id : (`${article.id}.${hash(feed.id)}` as ArticleId)
}

/** Names a quote by its words: it stays the same one when the article around it changes. */
export function quoteMark(words: string): string {
  return hash(words)
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, ID_CHARS)
}

type Reading = Pick<Article, 'title' | 'text' | 'from'>

/** Whether a second reading of a piece takes the first one's place: a page is better than a feed's words, and words of another
 *  feed are no correction. */
export function isBetterReading(before: Reading, next: Reading, fromNewFeed: boolean): boolean {
  if (before.from !== next.from) return next.from === 'page'
  if (before.title === next.title && before.text === next.text) return false
  return next.from === 'page' || !fromNewFeed
}

/** What a publisher changed in a piece, and when we saw it. */
export type Changes = NonNullable<Article['changed']>

/** A text of which less is left was cut, by a paywall or an error: what it lacks was not taken back. */
const WHOLE_SHARE_MIN = 0.6

/** The reading that takes the first one's place, with what its publisher changed since. A page after a feed's words changed nothing.
 *  @param now - when the change was seen */
export function corrected(before: Article, next: Article, now: number): Article {
  const same = before.from === next.from
  const title = same && searchForm(before.title) !== searchForm(next.title)
  const quote = same && next.text.length >= before.text.length * WHOLE_SHARE_MIN && lostWords(before, next)
  const changed: Changes = {
    ...before.changed,
    ...(title ? { titleAt: now } : {}),
    ...(quote ? { quoteAt: now } : {}),
  }
  return Object.keys(changed).length === 0 ? next : { ...next, changed }
}

/** Somebody's words stood there and stand there no more. */
function lostWords(before: Article, next: Article): boolean {
  const text = searchForm(next.text)
  return before.quotes.some((quote) => quote.speaker !== undefined && !text.includes(searchForm(quote.text)))
}

/** The key under which all spellings of a speaker's name come together. */
export function speakerKey(name: string): string {
  return searchForm(name) || normalize(name)
}

export type SpokenQuote = Quote & Readonly<{ speaker: Speaker }>

/** Those whose speaker is known, one a place. */
export function spokenQuotes({ quotes }: Pick<Article, 'quotes'>): readonly SpokenQuote[] {
  const byStart = new Map<number, SpokenQuote>()
  for (const quote of quotes) {
    const { speaker } = quote
    if (speaker && !byStart.has(quote.start)) byStart.set(quote.start, { ...quote, speaker })
  }
  return [...byStart.values()]
}

/** The articles of a story that one viewer sees, as that viewer's story: the first to arrive leads.
 *  @param seen - oldest arrival first
 *  @returns undefined when the viewer sees none of it */
export function storyOf(
  named: Readonly<{ id: StoryId; revision: number }>,
  seen: readonly StoryArticle[],
): Story | undefined {
  const articles = oneAnAddress(seen)
  const [lead] = articles
  const lastAt = Math.max(...seen.map(({ arrivedAt }) => arrivedAt))
  return lead && { ...named, firstAt: lead.arrivedAt, lastAt, lead, articles }
}

/** A piece may be there twice, as everyone's and in the words of a server's own feed: the fuller reading stands for both. */
function oneAnAddress(articles: readonly StoryArticle[]): readonly StoryArticle[] {
  const byUrl = new Map<string, StoryArticle>()
  for (const article of articles) {
    const before = byUrl.get(article.url)
    if (!before) byUrl.set(article.url, article)
    else if (before.from === 'feed' && article.from === 'page')
      byUrl.set(article.url, { ...article, arrivedAt: before.arrivedAt })
  }
  return [...byUrl.values()]
}
