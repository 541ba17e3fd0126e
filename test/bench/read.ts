/** What reading costs, in milliseconds of CPU, beside others in the same run: a page's text beside Readability alone and defuddle,
 *  both on linkedom; an article's quotes and summary beside node-summarizer; and the whole reading as the bot does it (text, quotes,
 *  summary, language, signature), which may cost at most one and a half times Readability alone. Then the worst pages are given to
 *  the children, and the longest time that the main process was held up is told.
 *  Usage: node test/bench/read.ts [pages]; the pages of ../shared/eval where that is there, else those that the tests own. */
import { readArticle } from '../../src/core/article.ts'
import type { FeedId, FeedSource, Item } from '../../src/core/model.ts'
import { readPage } from '../../src/core/page.ts'
import { findQuotes } from '../../src/core/quotes.ts'
import { summarize } from '../../src/core/summary.ts'
import { longestPause } from './read/pause.ts'
import { defuddle, nodeSummarizer, readability } from './read/peers.ts'
import { ownPages, type PageFile, sharedPages, worstPages } from './read/samples.ts'

const PAGES = Number(process.argv[2] ?? 80)
const WARM = 12 // pages read by everybody before the clock runs: the first ones pay for compiling
const RATIO_MAX = 1.5 // issue 5, done-when 6
const PAUSE_MS_MAX = 50 // the same
const SOURCE: FeedSource = { id: 'x' as FeedId, url: 'https://x.example/feed', title: '', outlet: 'X', kind: 'outlet' }
const NO_WORDS = { title: '', guid: '', summary: '', content: '', author: '', categories: [], enclosures: [] }

const shared = sharedPages(PAGES)
const pages = shared.length > 0 ? shared : ownPages(PAGES)
const texts = pages.flatMap(({ html, url }) => {
  const reading = readPage(html, { url })
  return reading.kind === 'read' ? [reading.page.text] : []
})

const text = await costOf(pages, ({ html, url }) => readPage(html, { url }))
const whole = await costOf(pages, readWhole)
const byReadability = await costOf(pages, readability)
const byDefuddle = await costOf(pages, defuddle)
const quotes = await costOf(texts, findQuotes)
const summary = await costOf(texts, (article) => summarize(article))
const byNodeSummarizer = await costOf(texts, nodeSummarizer)
const pause = await longestPause(worstPages())

const ratio = whole / byReadability
console.log(
  JSON.stringify({
    pages: pages.length,
    from: shared.length > 0 ? '../shared/eval' : 'test/golden',
    cpuMsAPage: { text, readability: byReadability, defuddle: byDefuddle },
    cpuMsAnArticle: { quotes, summary, nodeSummarizer: byNodeSummarizer },
    wholeReading: { cpuMsAPage: whole, timesReadability: round(ratio), mayBe: RATIO_MAX },
    mainProcess: { ...pause, mayBeMs: PAUSE_MS_MAX },
  }),
)
const paused = Math.min(pause.worstPauseMs, pause.worstCpuMs) > PAUSE_MS_MAX
if (ratio > RATIO_MAX || paused) process.exitCode = 1

function readWhole({ html, url }: PageFile): unknown {
  const item: Item = { ...NO_WORDS, url }
  return readArticle({ page: { bytes: Buffer.from(html), url }, item, source: SOURCE, firstSeenAt: 0 })
}

/** Milliseconds of CPU for one of them, over all. */
async function costOf<Sample>(samples: readonly Sample[], work: (sample: Sample) => unknown): Promise<number> {
  for (const sample of samples.slice(0, WARM)) await work(sample)
  const before = process.cpuUsage()
  for (const sample of samples) await work(sample)
  const { user, system } = process.cpuUsage(before)
  return round((user + system) / 1000 / samples.length)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
