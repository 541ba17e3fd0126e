import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FeedId, FeedSource, Item } from '../../../src/core/model.ts'
import { createReader } from '../../../src/edge/reader/reader.ts'
import { cpuMs } from '../../fakes/cpu.ts'
import type { PageFile } from './samples.ts'

export type Pause = Readonly<{
  /** The longest that this process's loop stood still while a child read, over all pages, and with which. */
  worstPauseMs: number
  worstPage: string
  /** The most processor time that one page took of this process: a pause that is longer was the machine's, not ours. */
  worstCpuMs: number
  /** The same with nobody reading, for as long: what the machine itself takes. */
  idlePauseMs: number
  /** Pages whose child had to be killed. */
  lost: number
}>

const RESOLUTION_MS = 1
const TRIES = 3 // a busy machine stops us at times: what we do ourselves is there each time
const QUIET_MS = 20 // such a pause needs no second look
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
  let [worstPauseMs, worstCpuMs, worstPage, lost] = [0, 0, '', 0]
  const began = performance.now()
  for (const [n, job] of jobs.entries()) {
    let pauseMs = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < TRIES && pauseMs > QUIET_MS; tries++) {
      const seen = await watched(() => reader.readArticle(job, never))
      if (tries === 0 && seen.value.kind === 'lost') lost++
      if (seen.pauseMs < pauseMs) pauseMs = seen.pauseMs
      worstCpuMs = Math.max(worstCpuMs, seen.cpuMs)
    }
    if (pauseMs > worstPauseMs) [worstPauseMs, worstPage] = [pauseMs, pages[n]?.name ?? '']
  }
  await reader.close()
  const idleMs = performance.now() - began
  const { pauseMs } = await watched(() => new Promise((resolve) => setTimeout(resolve, idleMs)))
  return { worstPauseMs, worstPage, worstCpuMs, idlePauseMs: pauseMs, lost }
}

type Watched<Value> = Readonly<{ pauseMs: number; cpuMs: number; value: Value }>

async function watched<Value>(work: () => Promise<Value>): Promise<Watched<Value>> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const before = cpuMs()
  const value = await work()
  delay.disable()
  // The histogram counts the timer's own wait as well.
  return { pauseMs: rounded(Math.max(0, delay.max / 1e6 - RESOLUTION_MS)), cpuMs: rounded(cpuMs() - before), value }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}
