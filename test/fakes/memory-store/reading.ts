import { unitedMatches } from '../../../src/core/delivery.ts'
import { quoteMark, speakerKey, spokenQuotes } from '../../../src/core/kept.ts'
import type { StoryArticle } from '../../../src/core/model.ts'
import { isNamed, oneAPerson, personKey, roughWords } from '../../../src/core/people.ts'
import { searchForm } from '../../../src/core/words.ts'
import type { Page, Paged, QuoteHit, Store, StoryHit, Viewer } from '../../../src/flow/ports/store.ts'
import { raise } from './keeping.ts'
import { type ArticleRow, type State, seenArticle, seenMatches, storyFor } from './state.ts'

type ReadingMethods = Pick<
  Store,
  'story' | 'storyMatches' | 'search' | 'latest' | 'quotes' | 'speakers' | 'recentArticles' | 'hideQuote'
>

type Seen = Readonly<{ row: ArticleRow; article: StoryArticle }>
type Wanted = Readonly<{ query?: string; topicId?: string; feedId?: string; sinceAt?: number }>

export function readingMethods(state: State): ReadingMethods {
  const wanted = (asked: Wanted, viewer: Viewer) =>
    seen(state, viewer)
      .filter((hit) => fits(state, { hit, asked, viewer }))
      .toReversed()
  return {
    story: async (id, viewer) => storyFor(state, id, viewer),
    storyMatches: async (id, viewer) =>
      unitedMatches(
        seen(state, viewer).flatMap(({ row }) => (row.storyId === id ? seenMatches(state, row.matches, viewer) : [])),
      ),
    search: async (query, page, viewer) => onceAStory(state, { hits: wanted({ query }, viewer), page, viewer }),
    latest: async (asked, viewer) => onceAStory(state, { hits: wanted(asked, viewer), page: asked, viewer }),
    quotes: async (asked, viewer) => {
      const { speaker, ...rest } = asked
      return paged(quoteHits(wanted({ ...(rest.topicId ? { topicId: rest.topicId } : {}) }, viewer), speaker), asked)
    },
    async speakers(typed, limit, viewer) {
      const spoken = seen(state, viewer).flatMap(({ article }) => spokenQuotes(article))
      const named = Map.groupBy(spoken, ({ speaker }) => speakerKey(speaker.name))
      const spellings = [...named.values()]
        .map((quotes) => ({ name: quotes.at(-1)?.speaker.name ?? '', count: quotes.length }))
        .map((one) => ({ ...one, person: personKey(one.name) }))
        .toSorted((a, b) => b.count - a.count)
      const wanted = new Set(spellings.filter(({ name }) => isNamed(name, typed)).map(({ person }) => person))
      return oneAPerson(
        spellings.filter(({ person }) => wanted.has(person)),
        typed,
      ).slice(0, limit)
    },
    recentArticles: async ({ limit, ...asked }, viewer) =>
      wanted(asked, viewer)
        .slice(0, limit)
        .map(({ row, article }) => ({ article, storyId: row.storyId })),
    async hideQuote({ articleId, storyId, start, serverId }, now) {
      const row = state.articles.find(({ article, storyId: of }) => article.id === articleId && of === storyId)
      const quote = row?.article.quotes.find((candidate) => candidate.start === start)
      if (!row || !quote || !seenArticle(state, row, { serverId })) return false
      const mark = `${serverId}|${quoteMark(quote.text)}`
      const story = state.stories.get(storyId)
      if (row.hidden.has(mark) || !story) return true
      row.hidden.add(mark)
      story.revision++
      raise(state, { storyId, sees: (server) => server === serverId }, now)
      return true
    },
  }
}

function seen(state: State, viewer: Viewer): readonly Seen[] {
  return state.articles.flatMap((row) => {
    const article = seenArticle(state, row, viewer)
    return article ? [{ row, article }] : []
  })
}

function fits(state: State, { hit, asked, viewer }: Readonly<{ hit: Seen; asked: Wanted; viewer: Viewer }>): boolean {
  const { row, article } = hit
  if (asked.query !== undefined && !answers(row, asked.query)) return false
  if (asked.sinceAt !== undefined && row.arrivedAt < asked.sinceAt) return false
  if (asked.feedId !== undefined && !article.feedIds.some((id) => id === asked.feedId)) return false
  return (
    asked.topicId === undefined ||
    seenMatches(state, row.matches, viewer).some(({ topicId }) => topicId === asked.topicId)
  )
}

/** The language that `ftsQuery` writes: quoted words that stand together, a star for a prefix, all of them wanted. */
function answers({ article }: ArticleRow, query: string): boolean {
  const names = [...new Set(spokenQuotes(article).map(({ speaker }) => searchForm(speaker.name)))].join(' ')
  const columns = [searchForm(article.title), searchForm(article.text), names].map((words) => ` ${words} `)
  const parts = [...query.matchAll(/"([^"]*)"(\*?)/g)]
  return (
    parts.length > 0 &&
    parts.every(([, words, star]) => columns.some((column) => column.includes(` ${words}${star ? '' : ' '}`)))
  )
}

type Hits = Readonly<{ hits: readonly Seen[]; page: Page; viewer: Viewer }>

function onceAStory(state: State, { hits, page, viewer }: Hits): Paged<StoryHit> {
  const newest = [...Map.groupBy(hits, ({ row }) => row.storyId).values()].flatMap(([first]) => (first ? [first] : []))
  const { rows, total } = paged(newest, page)
  return {
    total,
    rows: rows.flatMap(({ row, article }) => {
      const story = storyFor(state, row.storyId, viewer)
      return story ? [{ story, article, matches: seenMatches(state, row.matches, viewer) }] : []
    }),
  }
}

function quoteHits(hits: readonly Seen[], speaker: string | undefined): readonly QuoteHit[] {
  const names = hits.flatMap(({ article }) => spokenQuotes(article).map((quote) => quote.speaker.name))
  const holds = (words: string, wanted: string) => wanted !== '' && ` ${words} `.includes(` ${wanted} `)
  const persons = new Set(
    names
      .filter(
        (name) =>
          holds(speakerKey(name), speakerKey(speaker ?? '')) || holds(personKey(name), roughWords(speaker ?? '')),
      )
      .map(personKey),
  )
  return hits.flatMap(({ row, article }) =>
    spokenQuotes(article)
      .filter(({ speaker: { name } }) => speaker === undefined || persons.has(personKey(name)))
      .toSorted((a, b) => a.start - b.start)
      .map((quote) => ({ quote, article, storyId: row.storyId })),
  )
}

function paged<Row>(rows: readonly Row[], { limit, offset = 0 }: Page): Paged<Row> {
  return { rows: rows.slice(offset, offset + limit), total: rows.length }
}
