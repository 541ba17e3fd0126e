/** How often we may introduce ourselves to the gateway. Discord resets the token after 1,000 in a day; discord.js alone tries every half
 *  second (DISCORD.md, trap 8). The times are kept on disk, so that a crash loop is slowed down too. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../../flow/ports/store.ts'
import type { Log, Now } from '../../flow/ports.ts'

const REMEMBERED = 'identified at'
const HOUR_MS = 60 * 60_000
/** Discord takes one in five seconds from most bots. */
const GAP_MS = 5_000
/** Three are a restart and two hiccups; from then on the wait doubles. */
const FREE_PER_HOUR = 3
/** 1,000 a day are one in 86 s; at this pace a loop stays far below. */
const WAIT_MS_MAX = 15 * 60_000

/** @param past - times of earlier identifies, epoch ms
 *  @returns how long to wait before the next */
export function identifyWaitMs(past: readonly number[], now: number): number {
  const recent = past.filter((at) => at <= now && now - at < HOUR_MS)
  const last = Math.max(0, ...recent)
  const gap =
    recent.length < FREE_PER_HOUR ? GAP_MS : Math.min(WAIT_MS_MAX, GAP_MS * 2 ** (recent.length - FREE_PER_HOUR + 1))
  return recent.length === 0 ? 0 : Math.max(0, last + gap - now)
}

type Identifying = Readonly<{
  store: Pick<Store, 'recall' | 'remember'>
  now: Now
  log: Log
  onWait?(waitMs: number): void
}>

/** What discord.js asks before each identify. */
export function createIdentifyThrottler({
  store,
  now,
  log,
  onWait,
}: Identifying): Readonly<{ waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> }> {
  return {
    async waitForIdentify(_shardId, signal) {
      const past = readTimes(await store.recall(REMEMBERED))
      const wait = identifyWaitMs(past, now())
      if (wait > 0) {
        onWait?.(wait)
        log.info('identify waits', { waitMs: wait, lastHour: past.length })
        await sleep(wait, undefined, { signal })
      }
      const kept = [...past.filter((at) => now() - at < HOUR_MS), now()]
      await store.remember(REMEMBERED, JSON.stringify(kept))
    },
  }
}

function readTimes(text: string | undefined): readonly number[] {
  const read: unknown = text === undefined ? [] : JSON.parse(text)
  return Array.isArray(read) ? read.filter((at) => typeof at === 'number') : []
}
