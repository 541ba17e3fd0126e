/** What feeds that were made to hurt do to the reader: wounded copies of our own, and the hostile ones kept beside the project, all
 *  through the real children. None may take over a second, 320 MB or the main process's time, and every promise settles.
 *  Usage: npm run fuzz:feeds [-- count, at most 200000 [seed]]. Ends with 1 when a limit was broken. */
import { existsSync, readFileSync } from 'node:fs'
import type { FeedReading } from '../../src/core/feed.ts'
import { createReader } from '../../src/edge/reader/reader.ts'
import type { ReaderLoss } from '../../src/flow/ports.ts'
import { FEED_BYTES_MAX, ownFeeds, type Wounded, woundedFeed } from './fuzz/mutate.ts'
import { childCpuMs, watch } from './fuzz/watch.ts'

const COUNT_MAX = 200_000
const JOB_MS_MAX = 1_000 // FEEDS.md: no input of 1 MB or less takes longer
const RSS_MB_MAX = 320 // FEEDS.md
const BLOCK_MS_MAX = 50 // FEEDS.md: the gateway answers meanwhile
const TIMEOUT_MS = 20_000 // ten times the reader's own: what is slow is measured, not cut off
const SETTLE_MS_MAX = 30_000 // and longer than that
const TRIES = 3 // a machine that serves others makes anything slow: what is slow each time is slow of itself
const ATTACKS = new URL('../../../shared/attacks/', import.meta.url)

const count = Math.min(Number(process.argv[2] ?? 20_000), COUNT_MAX)
const seed = Number(process.argv[3] ?? 1)
const reader = createReader({ timeoutMs: TIMEOUT_MS })
const never = new AbortController().signal
const seen = { read: 0, refused: 0, lost: 0, unsettled: 0, slow: 0, maxMs: 0, maxWallMs: 0, slowest: '' }

const feeds = ownFeeds()
await reader.readFeed({ bytes: new Uint8Array(1), url: 'https://a.example/' }, never) // children start meanwhile
const watching = watch()
for (const attack of attacks()) await judge(attack)
for (let n = 0; n < count; n++) await judge(woundedFeed(n, seed, feeds))
const { delayMs, blockedMs, childRssMb } = watching.stop()
await reader.close()
console.log(
  `${count} wounded feeds (seed ${seed}) and ${attacks().length} attacks: ${seen.read} read, ${seen.refused} refused, ` +
    `${seen.lost} lost, ${seen.unsettled} unsettled, ${seen.slow} over ${JOB_MS_MAX} ms`,
)
console.log(
  `slowest ${seen.maxMs.toFixed(0)} ms of processor time (${seen.slowest}), ${seen.maxWallMs.toFixed(0)} ms by the clock, ` +
    `a child's memory at most ${childRssMb.toFixed(0)} MB`,
)
console.log(`main process delayed ${delayMs.toFixed(0)} ms at most, ${blockedMs.toFixed(0)} ms of it by its own work`)
const broken = seen.lost + seen.unsettled + seen.slow > 0 || childRssMb > RSS_MB_MAX || blockedMs > BLOCK_MS_MAX
process.exitCode = broken ? 1 : 0

/** One at a time: what the children use meanwhile is this one's. */
async function judge(feed: Wounded): Promise<void> {
  let [bestMs, reading] = await timed(feed)
  for (let tries = 1; tries < TRIES && bestMs > JOB_MS_MAX; tries++) {
    const [ms, again] = await timed(feed)
    bestMs = Math.min(bestMs, ms)
    reading = again
  }
  const kind = reading?.kind ?? 'unsettled'
  seen[kind]++
  if (bestMs > JOB_MS_MAX) seen.slow++
  if (kind === 'lost' || kind === 'unsettled' || bestMs > JOB_MS_MAX)
    console.log(
      `${feed.how}: ${kind}, ${JSON.stringify(reading).slice(0, 80)}, ${bestMs.toFixed(0)} ms, ${feed.bytes.length} bytes`,
    )
  if (bestMs > seen.maxMs) Object.assign(seen, { maxMs: bestMs, slowest: feed.how })
}

/** Processor time, which the kernel counts in hundredths; never more than the clock says, and that where a child is gone with
 *  what it knew. */
async function timed(feed: Wounded): Promise<[number, FeedReading | ReaderLoss | undefined]> {
  const [startedAt, cpuMs] = [performance.now(), childCpuMs()]
  const reading = await settled(feed)
  const [wallMs, cpuNowMs] = [performance.now() - startedAt, childCpuMs()]
  seen.maxWallMs = Math.max(seen.maxWallMs, wallMs)
  const told = cpuMs !== undefined && cpuNowMs !== undefined && reading !== undefined && reading.kind !== 'lost'
  return [told ? Math.min(wallMs, cpuNowMs - cpuMs) : wallMs, reading]
}

async function settled({ bytes, contentType }: Wounded): Promise<FeedReading | ReaderLoss | undefined> {
  const late = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => late.resolve(undefined), SETTLE_MS_MAX)
  const source = { bytes, url: 'https://feeds.example/feed', ...(contentType !== undefined && { contentType }) }
  const reading = await Promise.race([reader.readFeed(source, never), late.promise])
  clearTimeout(timer)
  return reading
}

/** The hostile feeds, and each hostile date in a feed of its own; none where they are not. */
function attacks(): readonly Wounded[] {
  const manifest = new URL('manifest.json', ATTACKS)
  if (!existsSync(manifest)) return []
  const cases: { id: string; kind: string; file?: string; value?: string }[] = JSON.parse(
    readFileSync(manifest, 'utf8'),
  ).cases
  return cases
    .filter(({ kind }) => kind === 'feed' || kind === 'date')
    .map(({ id, file, value = '' }) => ({
      how: id,
      bytes: file === undefined ? dated(value) : readFileSync(new URL(file, ATTACKS)),
    }))
    .filter(({ bytes }) => bytes.length <= FEED_BYTES_MAX)
}

function dated(value: string): Uint8Array {
  return Buffer.from(`<rss><channel><item><title>T</title><pubDate>${value}</pubDate></item></channel></rss>`)
}
