import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FeedReading } from '../../../src/core/feed.ts'
import { createReader } from '../../../src/edge/reader/reader.ts'
import type { ReaderLoss } from '../../../src/flow/ports.ts'
import { ownFeeds, woundedFeed } from '../../bench/fuzz/mutate.ts'

/** The short form of `npm run fuzz:feeds`, always the same. What each costs is measured there. */
const SEED = 2
const [ROUNDS, FEEDS_A_ROUND] = [8, 50]

let reader: ReturnType<typeof createReader>
beforeAll(() => {
  reader = createReader({ timeoutMs: 30_000 })
})
afterAll(() => reader.close())

const feeds = ownFeeds()
const read = (n: number): Promise<FeedReading | ReaderLoss> => {
  const { bytes, contentType } = woundedFeed(n, SEED, feeds)
  const source = { bytes, url: 'https://feeds.example/feed', ...(contentType !== undefined && { contentType }) }
  return reader.readFeed(source, new AbortController().signal)
}

test.each(Array.from({ length: ROUNDS }, (_, round) => round * FEEDS_A_ROUND))(
  'no child is lost to wounded feeds from %d on, and what they read is sound',
  { timeout: 120_000 },
  async (from) => {
    const readings = await Promise.all(Array.from({ length: FEEDS_A_ROUND }, (_, n) => read(from + n)))
    for (const [n, reading] of readings.entries()) {
      const { how } = woundedFeed(from + n, SEED, feeds)
      expect(reading.kind, how).not.toBe('lost')
      expect(
        reading.kind === 'read' ? addressesOf(reading).filter((url) => !/^https?:\/\//i.test(url)) : [],
        how,
      ).toEqual([])
      expect(JSON.stringify(reading).isWellFormed(), how).toBe(true)
    }
    expect(readings.filter(({ kind }) => kind === 'read').length).toBeGreaterThan(FEEDS_A_ROUND / 3)
  },
)

function addressesOf({ feed }: Extract<FeedReading, { kind: 'read' }>): readonly string[] {
  const items = feed.items.flatMap(({ url, image = '', enclosures }) => [
    url,
    image,
    ...enclosures.map((one) => one.url),
  ])
  return [feed.link, feed.hub ?? '', feed.self ?? '', ...items].filter((url) => url !== '')
}

test('the same number of the same seed is the same feed', () => {
  const [one, again, other] = [woundedFeed(7, SEED, feeds), woundedFeed(7, SEED, feeds), woundedFeed(8, SEED, feeds)]
  expect(Buffer.compare(one.bytes, again.bytes)).toBe(0)
  expect(Buffer.compare(one.bytes, other.bytes)).not.toBe(0)
})
