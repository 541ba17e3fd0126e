import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FeedId, FeedSource, Item } from '../../../src/core/model.ts'
import { createReader } from '../../../src/edge/reader/reader.ts'
import type { PageFile } from './samples.ts'

export type Pause = Readonly<{
  /** The longest that this process's loop stood still while a child read, over all pages, and with which. */
  worstPauseMs: number
  worstPage: string
  /** The same with nobody reading, for as long: what the machine itself takes. */
  idlePauseMs: number
  /** Pages whose child had to be killed. */
  lost: number
}>

const RESOLUTION_MS = 1
const SOURCE: FeedSource = { id: 'x' as FeedId, url: 'https://x.example/feed', title: '', outlet: 'X', kind: 'outlet' }
const NO_WORDS = { title: 'T', guid: '', summary: '', content: '', author: '', categories: [], enclosures: [] }

/** Gives each page to a child as the bot does, and watches this process's own loop meanwhile. */
export async function longestPause(pages: readonly PageFile[]): Promise<Pause> {
  const reader = createReader({})
  const never = new AbortController().signal
  const jobs = pages.map(({ html, url }) => {
    const item: Item = { ...NO_WORDS, url }
    return { page: { bytes: Buffer.from(html), url }, item, source: SOURCE, firstSeenAt: 0 }
  })
  await reader.readArticle({ item: { ...NO_WORDS, url: '' }, source: SOURCE, firstSeenAt: 0 }, never)
  let [worstPauseMs, worstPage, lost] = [0, '', 0]
  const began = performance.now()
  for (const [n, job] of jobs.entries()) {
    const { pauseMs, value } = await watched(() => reader.readArticle(job, never))
    if (value.kind === 'lost') lost++
    if (pauseMs > worstPauseMs) [worstPauseMs, worstPage] = [pauseMs, pages[n]?.name ?? '']
  }
  await reader.close()
  const idleMs = performance.now() - began
  const { pauseMs } = await watched(() => new Promise((resolve) => setTimeout(resolve, idleMs)))
  return { worstPauseMs, worstPage, idlePauseMs: pauseMs, lost }
}

async function watched<Value>(work: () => Promise<Value>): Promise<Readonly<{ pauseMs: number; value: Value }>> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const value = await work()
  delay.disable()
  // The histogram counts the timer's own wait as well.
  return { pauseMs: Math.max(0, Math.round((delay.max / 1e6 - RESOLUTION_MS) * 10) / 10), value }
}
