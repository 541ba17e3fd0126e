/** A reader's child that reads as the real one does, save for pages that say how they win over it. */
import { readArticle } from '../../../src/core/article.ts'
import type { ToChild, ToParent } from '../../../src/edge/reader/job.ts'
import { dieWithParent } from '../../../src/edge/reader/orphan.ts'

const meetSiblings = dieWithParent()
const hoard: unknown[] = []

const WINS: Readonly<Record<string, () => void>> = {
  loop: () => {
    for (;;);
  },
  objects: () => {
    for (;;) hoard.push({ at: hoard.length, text: `${hoard.length}` })
  },
  exit: () => process.exit(3),
  abort: () => process.abort(),
}

process.on('message', (message: ToChild) => {
  if (message.kind === 'siblings') return meetSiblings(message.pids)
  const [job] = message.jobs
  if (job?.name !== 'readArticle') return tell({ kind: 'failed', error: 'not asked here' })
  const { page } = job.input
  const how = /wins by (\w+)/.exec(Buffer.from(page?.bytes ?? '').toString())?.[1]
  if (how !== undefined) WINS[how]?.()
  tell({
    kind: 'done',
    values: [{ kind: 'read', article: readArticle(job.input) }],
    rssBytes: process.memoryUsage.rss(),
  })
})
tell({ kind: 'ready' })

function tell(message: ToParent): void {
  process.send?.(message)
}
