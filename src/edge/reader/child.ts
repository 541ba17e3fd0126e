/** Runs in a process of its own, without environment, network and disk: untrusted bytes come in, plain data goes out. */
import { elsewhereOf } from '../../core/article/elsewhere.ts'
import { readArticle } from '../../core/article.ts'
import { decodeBytes } from '../../core/decode.ts'
import { candidateFeeds } from '../../core/discover.ts'
import { readFeed } from '../../core/feed.ts'
import type { FeedSource } from '../../core/model.ts'
import { readOpml } from '../../core/opml.ts'
import type { ArticleJob, ArticleReading, PageBytes } from '../../flow/ports.ts'
import { bytesIn, type Job, SMALL_BYTES, type ToChild, type ToParent } from './job.ts'
import { dieWithParent } from './orphan.ts'

/** Small jobs between two looks at our memory, for which the kernel is asked: together no more than one large one. */
const SMALL_JOBS_MAX = 8
let unseen = SMALL_JOBS_MAX

const meetSiblings = dieWithParent()

process.on('message', (message: ToChild) => {
  if (message.kind === 'siblings') meetSiblings(message.pids)
  else void answer(message.jobs)
})

const WARM_SENTENCE =
  'The harbour of Little Pell opened again on Monday, said Ada Quill, its keeper: "All is well with the boats." '
const WARM_PAGE = `<html><title>Warm</title><article><p>${WARM_SENTENCE.repeat(3)}</p><p>${WARM_SENTENCE.repeat(3)}</p></article></html>`
await warmUp()
tell({ kind: 'ready' })

async function answer(jobs: readonly Job[]): Promise<void> {
  try {
    const values: unknown[] = []
    for (const job of jobs) values.push(await run(job))
    unseen = jobs.some((job) => bytesIn(job) > SMALL_BYTES) ? SMALL_JOBS_MAX : unseen + jobs.length
    const isDue = unseen >= SMALL_JOBS_MAX
    if (isDue) unseen = 0
    tell({ kind: 'done', values, ...(isDue ? { rssBytes: process.memoryUsage.rss() } : {}) })
  } catch (error) {
    tell({ kind: 'failed', error: error instanceof Error ? error.name : 'unknown' }) // its message may quote the input
  }
}

function run(job: Job): unknown {
  switch (job.name) {
    case 'readFeed':
      return readFeed(job.input.bytes, job.input)
    case 'readArticle':
      return readPiece(job.input)
    case 'candidateFeeds':
      return { kind: 'read', urls: candidateFeeds(textOf(job.input, 'html'), job.input.url) }
    case 'readOpml':
      return readOpml(textOf(job.input, 'xml'))
  }
}

function readPiece(job: ArticleJob): ArticleReading {
  const article = readArticle(job)
  const elsewhere = elsewhereOf(job, article)
  return { kind: 'read', article, ...(elsewhere === undefined ? {} : { elsewhere }) }
}

function textOf({ bytes, contentType }: PageBytes, kind: 'html' | 'xml'): string {
  return decodeBytes(bytes, { kind, ...(contentType === undefined ? {} : { contentType }) })
}

/** The first job of a process costs several times the next ones: tables are built and code is compiled here instead. */
async function warmUp(): Promise<void> {
  const url = 'https://warm.invalid/'
  const page = { bytes: Buffer.from(WARM_PAGE), url }
  const feed = Buffer.from(
    `<rss version="2.0"><channel><item><title>Warm</title><link>${url}</link></item></channel></rss>`,
  )
  const reading = await readFeed(feed, { url })
  const [item] = reading.kind === 'read' ? reading.feed.items : []
  const source = { id: '', url, title: '', outlet: '', kind: 'other' } as unknown as FeedSource
  if (item !== undefined) readArticle({ page, item, source, firstSeenAt: 0 })
  candidateFeeds(WARM_PAGE, url)
}

function tell(message: ToParent): void {
  process.send?.(message)
}
