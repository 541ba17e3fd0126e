/** An older copy of the database is in use: each channel is read back from the copy's time before anything is sent there (DELIVERY.md). */
import { postedBy, readOnAfter } from '../core/advance.ts'
import { targetKey } from '../core/follow.ts'
import { retryAfterMs } from '../core/schedule.ts'
import { point } from './points.ts'
import type { ReadBack, ReadBackKept, Store } from './ports/store.ts'
import type { Chance, Chat, History, Log, Now } from './ports.ts'

export type ReadBackWorld = Readonly<{
  store: Pick<Store, 'claimReadBack' | 'keepReadBack'>
  chat: Pick<Chat, 'history'>
  log: Log
  now: Now
  chance: Chance
  onStop(reason: string): void
}>

/** One look reads a bounded stretch, at Discord's pace: a page a second. */
const LEASE_MS = 120_000

/** Beside loop 3, which hands out nothing of a channel that was not read back. @returns 1 when a channel was looked at */
export async function readBackStep(world: ReadBackWorld, signal: AbortSignal): Promise<number> {
  const { store, chat, log, now, chance, onStop } = world
  const claim = await store.claimReadBack({ lease: chance(), leaseMs: LEASE_MS }, now())
  if (!claim) return 0
  point('read-back claimed')
  const { target, afterId } = claim.work
  const history = await answered(() => chat.history({ target, afterId }, signal))
  if (history.kind === 'stop') onStop(history.reason)
  point('read-back read')
  const kept = keptOf(claim.work, history, now())
  const found = await store.keepReadBack(claim, kept, now())
  point('read-back kept')
  log.info('channel read back', {
    target: targetKey(target),
    state: kept.kind,
    found,
    ...('reason' in history ? { reason: history.reason } : {}),
  })
  return 1
}

/** An edge that throws has a bug: what waits there waits on. */
async function answered(ask: () => Promise<History>): Promise<History> {
  try {
    return await ask()
  } catch (error) {
    return { kind: 'later', afterMs: 0, reason: error instanceof Error ? error.message : String(error) }
  }
}

function keptOf(work: ReadBack, history: History, now: number): ReadBackKept {
  const { target, afterId, until, attempts } = work
  const soFar = { kind: 'later', posted: [], afterId, attempts, dueAt: now } as const
  switch (history.kind) {
    case 'read': {
      const { posted, readTo } = history
      // What stands after the copy's return is this life's own, and known to it.
      if (readTo === undefined || BigInt(readTo) > BigInt(postedBy(until))) return { kind: 'read', posted }
      return { ...soFar, posted, afterId: readOnAfter(readTo, afterId), attempts: 0 }
    }
    case 'later': {
      const tries = attempts + 1
      const wait = Math.max(history.afterMs, retryAfterMs(tries, targetKey(target)))
      return { ...soFar, attempts: tries, dueAt: now + wait }
    }
    case 'blind':
      return { kind: 'blind', reason: history.reason }
    case 'stop':
      return soFar
  }
}
