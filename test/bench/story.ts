/** Clustering: how well, and at what cost. B-cubed precision and recall over the invented news of `stories-data.ts`, beside a peer that
 *  joins what shares most of its headline's words (Jaccard); and the milliseconds that keeping one article takes in the real store as
 *  its window grows. Usage: node test/bench/story.ts [articles in the window, 100000] */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ArticleId } from '../../src/core/model.ts'
import { termsOf } from '../../src/core/signature/terms.ts'
import { chooseStory, STORY_WINDOW_MS, termsToLookUp } from '../../src/core/story.ts'
import { insertArticle } from '../../src/edge/store/article-rows.ts'
import { type Sql, transactions } from '../../src/edge/store/sql.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { article, bring, commonFeeds, T0 } from '../contract/store/world.ts'
import { answer } from './adapter/stories.ts'
import { storyRows } from './stories-data.ts'

type Placing = Readonly<{ event: string; story: string }>

// ---- how well ---------------------------------------------------------------------------------------------------

/** B-cubed (Bagga and Baldwin 1998): the mean over articles of how pure, and how whole, the story around each is. */
function bCubed(placings: readonly Placing[]) {
  const shares = placings.map(({ event, story }) => {
    const together = placings.filter((other) => other.story === story)
    const told = placings.filter((other) => other.event === event)
    const right = together.filter((other) => other.event === event).length
    return { precision: right / together.length, recall: right / told.length }
  })
  const mean = (of: 'precision' | 'recall') => shares.reduce((sum, share) => sum + share[of], 0) / shares.length
  return { precision: mean('precision'), recall: mean('recall') }
}

/** Half of the words of two headlines alike: tried from .2 to .6, this did best on F1. */
const JACCARD_MIN = 0.5
type Heading = Readonly<{ story: string; at: number; words: ReadonlySet<string> }>

function byHeadline(): readonly Placing[] {
  const headings: Heading[] = []
  return storyRows().map(({ event, title, publishedAt }) => {
    const words = new Set(termsOf(title))
    const at = Date.parse(publishedAt)
    const likest = headings
      .filter((one) => at - one.at <= STORY_WINDOW_MS)
      .map((one) => ({ one, alike: jaccard(one.words, words) }))
      .reduce<{ one?: Heading; alike: number }>((best, next) => (next.alike > best.alike ? next : best), { alike: 0 })
    const story = likest.one && likest.alike >= JACCARD_MIN ? likest.one.story : `story-${headings.length}`
    headings.push({ story, at, words })
    return { event, story }
  })
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = one.intersection(other).size
  return shared / Math.max(1, one.size + other.size - shared)
}

const ours = storyRows().map((row): Placing => ({ event: row.event, story: (answer(row) as { story: string }).story }))
for (const [name, placings] of [
  ['Pullquote', ours],
  ['headline Jaccard', byHeadline()],
] as const) {
  const { precision, recall } = bCubed(placings)
  const f1 = (2 * precision * recall) / (precision + recall)
  console.log(
    `${name.padEnd(17)} ${placings.length} articles: B-cubed precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}`,
  )
} // prettier-ignore

// ---- at what cost -----------------------------------------------------------------------------------------------

const WINDOW = Number(process.argv[2] ?? 100_000)
const SIZES = [1_000, 10_000, 30_000, WINDOW].filter((size, n, all) => size <= WINDOW && all.indexOf(size) === n)
const MEASURED = 200
const WARM = 30
const VOCABULARY = 80_000
const TERMS = 60
/** An event's reports share so many of their terms; three tell it. */
const EVENT_TERMS = 24
const REPORTS = 3

let seed = 20_261_125
const random = (): number => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}
/** Zipf's law, nearly: a few words stand in a tenth of all texts, most in hardly any. */
const term = (): string => `w${Math.floor(VOCABULARY ** random() * random() ** 0.2)}`

function signature(event: number, report: number) {
  seed = 1 + ((event * 7919 + 13) % 2_147_483_000)
  const shared = Array.from({ length: EVENT_TERMS }, term)
  seed = 1 + ((event * 7919 + report * 104_729 + 17) % 2_147_483_000)
  const own = Array.from({ length: TERMS - EVENT_TERMS }, term)
  const terms = [...new Set([...shared, ...own])].map((word, n) => [word, Math.max(1, 9 - Math.floor(n / 5))] as const)
  return { terms, shingles: [] }
}

function piece(n: number) {
  const report = signature(Math.floor(n / REPORTS), n % REPORTS)
  return article(`n${n}`, {
    id: `article-n${n}` as ArticleId,
    outlet: `Outlet ${n % 40}`,
    signature: report,
    text: 'One line.',
  })
}

function fill(sql: Sql, from: number, to: number): void {
  for (let n = from; n < to; n++) {
    const storyId = `filler-${Math.floor(n / REPORTS)}`
    const bound = { id: storyId, now: T0 }
    sql.run(
      'insert into stories (id, revision, first_at, last_at) values (:id, 1, :now, :now) on conflict do nothing',
      bound,
    )
    insertArticle(sql, piece(n), { storyId, common: true, now: T0 })
  }
}

/** Milliseconds of `keepArticle` alone: candidates, the choice, and all rows of one article, in one transaction. */
async function keepTimes(store: Store, first: number): Promise<readonly number[]> {
  const took: number[] = []
  const timed: Store = {
    ...store,
    keepArticle: async (...kept) => {
      const started = performance.now()
      const result = await store.keepArticle(...kept)
      took.push(performance.now() - started)
      return result
    },
  }
  for (let n = first; n < first + WARM + MEASURED; n++) {
    const kept = piece(n)
    const choose: NonNullable<Parameters<typeof bring>[1]['choose']> = (candidates, corpus) =>
      chooseStory(kept, candidates, corpus)
    const lookUp = termsToLookUp(kept.signature)
    await bring(timed, { feed: 'tide', name: `n${n}`, article: kept, choose, lookUp }, T0)
  }
  return took.slice(WARM).toSorted((a, b) => a - b)
}

const folder = mkdtempSync(join(tmpdir(), 'pullquote-stories-'))
const path = join(folder, 'news.db')
try {
  let filled = 0
  for (const size of SIZES) {
    const db = filled === 0 ? undefined : new DatabaseSync(path)
    const opened = await openStore({ path, now: () => T0 })
    if (opened.kind === 'refused') throw new Error(opened.message)
    await commonFeeds(opened.store, 'tide')
    const filling = db ?? new DatabaseSync(path)
    const write = transactions(filling, 'begin immediate', { path })
    for (; filled < size; filled += 1_000) await write((sql) => fill(sql, filled, filled + 1_000))
    filling.close()
    const took = await keepTimes(opened.store, 10_000_000 + size * 10)
    const at = (share: number) => took[Math.floor(share * (took.length - 1))]?.toFixed(2)
    console.log(
      `${String(size).padStart(7)} articles in the window: an article is kept in p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`,
    )
    await opened.store.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
} // prettier-ignore
