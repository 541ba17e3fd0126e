import { resolve } from 'node:path'
import type { Log, Reader } from '../../flow/ports.ts'
import type { Job, TaskName, Tasks } from './job.ts'
import { createPool } from './pool.ts'

export type ReaderOptions = Readonly<{
  /** Jobs at a time. */
  children?: number
  timeoutMs?: number
  oldSpaceMb?: number
  rssMaxMb?: number
  /** The module that children run. */
  entry?: string
  log?: Log
}>

const CHILDREN = 2 // FEEDS.md: two, one job at a time
const TIMEOUT_MS = 2_000 // FEEDS.md: no honest document of our size limits takes longer
const OLD_SPACE_MB = 192 // FEEDS.md
const RSS_MAX_MB = 320 // FEEDS.md: ordinary pages reach 244
const START_MS = 20_000 // twenty times what it takes on a slow machine that does nothing else

/** Parses untrusted bytes with core's functions, in children that have neither environment, network nor disk. */
export function createReader(options: ReaderOptions): Reader & { close(): Promise<void> } {
  const pool = createPool({
    children: options.children ?? CHILDREN,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    oldSpaceMb: options.oldSpaceMb ?? OLD_SPACE_MB,
    rssMaxMb: options.rssMaxMb ?? RSS_MAX_MB,
    startMs: START_MS,
    entry: options.entry ?? resolve(import.meta.dirname, 'child.ts'),
    ...(options.log === undefined ? {} : { log: options.log }),
  })
  const ask =
    <Name extends TaskName>(name: Name) =>
    async (input: Tasks[Name][0], signal: AbortSignal) => {
      const end = await pool.run({ name, input } as Job, signal)
      return end.kind === 'lost' ? end : (end.value as Tasks[Name][1])
    }
  return {
    readFeed: ask('readFeed'),
    readArticle: ask('readArticle'),
    candidateFeeds: ask('candidateFeeds'),
    readOpml: ask('readOpml'),
    close: pool.close,
  }
}
