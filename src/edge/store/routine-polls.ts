/** Polls that brought nothing, as nineteen of twenty do, and changed nothing of their feed but when it is asked next. To write a page of
 *  feeds for each would be most of what they cost: they are known at once, and written within a second, in the order of their rows, many
 *  to a page. Should the process be killed before that, those feeds are asked once more. */
import type { Feed, FeedId, FeedSource } from '../../core/model.ts'
import type { Poll } from '../../flow/ports/store.ts'
import { updateFeed } from './feed-rows.ts'
import { type Database, uncounted } from './sql.ts'

export type RoutinePolls = Readonly<{
  keep(feed: Feed): void
  /** Asks for the writing of all there is, before whatever is asked for next.
   *  @returns once it was tried: what cannot be written stays known */
  write(): Promise<void>
  /** Something could not be written, and `again` was not called since. */
  isStuck(): boolean
  again(): void
  has(id: FeedId): boolean
  /** The feed of a row as it will stand. Whose it is, is the row's to say. */
  of(feed: Feed): Feed
}>

const LATER_MS = 1_000
const FEEDS_A_WRITE = 200 // some 2 ms

export function createRoutinePolls({
  gather,
  changes,
  beforeWrites,
}: Pick<Database, 'gather' | 'changes' | 'beforeWrites'>): RoutinePolls {
  const fresh = new Map<FeedId, Feed>()
  const asked = new Map<FeedId, Feed>() // to be written, and not yet known to be
  let tried: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isStuck = false

  async function writePart(part: readonly Feed[]): Promise<void> {
    for (const feed of part) asked.set(feed.id, feed)
    try {
      await gather((sql) =>
        uncounted(changes, () => {
          for (const feed of part) updateFeed(sql, feed)
        }),
      )
      for (const feed of part) if (asked.get(feed.id) === feed) asked.delete(feed.id)
    } catch {
      isStuck = true
    }
  }

  async function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const feeds = [...fresh.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    fresh.clear()
    const parts: Promise<unknown>[] = [tried]
    for (let at = 0; at < feeds.length; at += FEEDS_A_WRITE) parts.push(writePart(feeds.slice(at, at + FEEDS_A_WRITE)))
    if (parts.length > 1) tried = Promise.all(parts)
    await tried
  }

  const known = (id: FeedId) => fresh.get(id) ?? asked.get(id)
  beforeWrites(() => void write())
  return {
    keep(feed) {
      fresh.set(feed.id, feed)
      timer ??= setTimeout(() => void write(), LATER_MS)
    },
    write,
    isStuck: () => isStuck,
    again() {
      isStuck = false
      for (const [id, feed] of asked) if (!fresh.has(id)) fresh.set(id, feed)
      void write()
    },
    has: (id) => known(id) !== undefined,
    of(feed) {
      const kept = known(feed.id)
      return kept ? { ...kept, common: feed.common } : feed
    },
  }
}

/** Whether all that it says is of itself and of the next one. */
export function isRoutine(before: Feed, { feed: after, items, still = [] }: Poll): boolean {
  return items.length === 0 && still.length === 0 && LASTING.every((key) => before[key] === after[key])
}

/** All else that a poll can change of a feed. */
const LASTING = Object.keys({
  url: true,
  common: true,
  failures: true,
  failingSince: true,
  firstPolledAt: true,
  fetchedAt: true,
  listed: true,
  pace: true,
  moved: true,
  silent: true,
  gaps: true,
  cadence: true,
  itemsAWeek: true,
} satisfies Record<Exclude<keyof Feed, OfThePoll | Exclude<keyof FeedSource, 'url'>>, true>) as (keyof Feed)[]
type OfThePoll = 'nextPollAt' | 'last' | 'lastSuccessAt' | 'etag' | 'lastModified'
