import { readFeed } from '../../src/core/feed.ts'
import { pollOf } from '../../src/flow/polled.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { randomOf } from './random.ts'
import { MINUTE, source, T0 } from './stage.ts'

type Entry = { id: number; text: number; at: number }

/** A feed as feeds are: news on top, old entries leave, a few of them come back, some change, some stand twice, some have no date. */
function next(
  entries: readonly Entry[],
  past: readonly Entry[],
  { random, round }: Readonly<{ random(): number; round: number }>,
): readonly Entry[] {
  const fresh = Array.from({ length: Math.floor(random() * 4) }, (_, n) => ({ id: round * 10 + n, text: 0, at: round }))
  const older = entries
    .map((entry) => (random() < 0.1 ? { ...entry, text: entry.text + 1 } : entry))
    .flatMap((entry) => (random() < 0.05 ? [entry, { ...entry, text: entry.text + 7 }] : [entry]))
  const back = random() < 0.3 ? past.slice(Math.floor(random() * past.length)).slice(0, 1) : []
  const listed = [...fresh, ...back, ...older].slice(0, 12)
  return random() < 0.1 ? listed.toReversed() : listed
}

function documentOf(entries: readonly Entry[]): Uint8Array {
  const items = entries.map(({ id, text, at }) => {
    const date = id % 5 === 0 ? '' : `<pubDate>${new Date(T0 + at * MINUTE).toUTCString()}</pubDate>`
    return `<item><guid>${id}</guid><title>Ferry ${id}</title><link>http://tide.example/${id}</link><description>Text ${text}</description>${date}</item>`
  })
  return Buffer.from(`<rss><channel><title>Tide</title>${items.join('')}</channel></rss>`)
}

/** Polls them one after another, by the clock too. */
export async function pollAll(store: Store, documents: readonly Uint8Array[], doesRemember: boolean) {
  await store.keepCommonFeeds([source('tide')], T0)
  const said: unknown[] = []
  let items = 0
  for (const [round, bytes] of documents.entries()) {
    const now = T0 + round * 20 * MINUTE
    const [claim] = await store.claimFeeds({ lease: `${round}`, leaseMs: MINUTE, max: 1 }, now)
    if (!claim) throw new Error('not due')
    const before = doesRemember ? await store.listing(claim.work.id) : []
    const { url } = claim.work
    const reading = await readFeed(bytes, { url, known: before.map(({ mark }) => mark) })
    if (reading.kind === 'read') items += reading.feed.items.length
    const download = { kind: 'fetched', status: 200, bytes, url } as const
    const poll = pollOf({ feed: claim.work, download, reading, before, startedAt: now }, MINUTE, now)
    said.push(await store.keepPoll(claim, poll, now), (await store.allFeeds())[0])
  }
  return { said, items }
}

/** Thirty rounds of it. */
export function documentsOf(seed: number): readonly Uint8Array[] {
  const random = randomOf(seed)
  let entries: readonly Entry[] = []
  const past: Entry[] = []
  return Array.from({ length: 30 }, (_, round) => {
    past.push(...entries)
    entries = next(entries, past, { random, round })
    return documentOf(entries)
  })
}
