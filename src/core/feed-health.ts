/** How a feed does, for whoever looks after it: the last outcome, when it is asked next, how much it brings, what is wrong and the cure.
 *  /feeds list, /status, the operator's panel and `doctor` all say what is found here. */
import type { Feed } from './model.ts'
import { en } from './say/en.ts'
import { NEVER_AT } from './schedule.ts'

/** `waiting`: not asked yet; `gone`: given up for good; `silent`: answers, but has brought nothing for long. */
export type FeedMood = 'waiting' | 'well' | 'silent' | 'failing' | 'gone'

export type FeedHealth = Readonly<{
  mood: FeedMood
  /** The last outcome in short: "304 unchanged", "200 ok · 2 new", "503", "timeout". From fixed lists: nothing that a server said. */
  outcome: string
  lastAt?: number
  tookMs?: number
  /** Missing where it is asked no more of our own accord, or where nothing is known of it. */
  nextAt?: number
  /** What it writes a day, by its own dates; missing where they do not tell. */
  itemsADay?: number
  /** Since when it fails, or when the newest piece of a silent one was written. */
  sinceAt?: number
  /** What to do, in one sentence; missing where nothing is wrong. */
  cure?: string
}>

const DAYS_A_WEEK = 7

export function feedHealth(feed: Feed, now: number): FeedHealth {
  const { last, nextPollAt, itemsAWeek } = feed
  const mood = moodOf(feed)
  const sinceAt = mood === 'failing' || mood === 'gone' ? feed.failingSince : silentSince(feed, mood)
  const cure = cureOf(feed, mood, now)
  return {
    mood,
    outcome: outcomeOf(feed),
    ...(last ? { lastAt: last.at, tookMs: last.tookMs } : {}),
    ...(nextPollAt < NEVER_AT ? { nextAt: nextPollAt } : {}),
    // What a silent one once wrote is no news of it.
    ...(itemsAWeek === undefined || mood === 'silent' ? {} : { itemsADay: itemsAWeek / DAYS_A_WEEK }),
    ...(sinceAt === undefined ? {} : { sinceAt }),
    ...(cure === undefined ? {} : { cure }),
  }
}

function moodOf({ last, failures, silent, cadence, nextPollAt }: Feed): FeedMood {
  if (failures > 0) return last?.kind === 'gone' && nextPollAt >= NEVER_AT ? 'gone' : 'failing'
  if (!last) return 'waiting'
  return silent && cadence ? 'silent' : 'well'
}

function silentSince({ cadence }: Feed, mood: FeedMood): number | undefined {
  return mood === 'silent' ? cadence?.newestAt : undefined
}

function outcomeOf(feed: Feed): string {
  const { last } = feed
  switch (last?.kind) {
    case 'unchanged':
      return en.health.unchanged
    case 'fetched':
      return en.health.fetched(last.status ?? 200, last.newItems ?? 0)
    case 'gone':
      return en.health.gone(last.status ?? 410)
    case 'failed':
    case undefined:
      return faultText(feed)
  }
}

/** Why a feed fails, from fixed lists: "503", "timeout". */
export function faultText({ last }: Pick<Feed, 'last'>): string {
  const detail = last?.detail === 'status' ? undefined : last?.detail
  return [last?.status, detail].filter(Boolean).join(' ') || en.health.notAsked
}

/** One sentence on what to do about the worst of it. */
function cureOf(feed: Feed, mood: FeedMood, now: number): string | undefined {
  const { last, failingSince, cadence, gaps } = feed
  switch (mood) {
    case 'gone':
      return en.health.cureStatus(GONE)
    case 'failing': {
      const lastsMs = now - (failingSince ?? now)
      // Beside any other fault stands the status of the answer that went wrong later.
      if (last?.status !== undefined && (last.detail === undefined || last.detail === 'status'))
        return en.health.cureStatus(last.status, lastsMs)
      return en.health.cure(last?.detail ?? '', lastsMs)
    }
    case 'silent':
      return en.health.cureSilent(now - (cadence?.newestAt ?? now))
    case 'well':
      return gaps && now - gaps.lastAt < GAPS_TOLD_MS ? en.health.cureGaps(gaps.count) : undefined
    case 'waiting':
      return undefined
  }
}
const GONE = 410
/** One that was missed a week ago is history: since then the polls have met. */
const GAPS_TOLD_MS = 7 * 24 * 60 * 60_000

/** What kept us from the far side at all. With many feeds at once, the cause is rather here than there. */
const UNREACHED: ReadonlySet<string | undefined> = new Set(['unknown host', 'unreachable', 'timeout'])
/** Fewer may well be out of reach by themselves. */
const UNREACHED_MIN = 3

/** Most of what was asked cannot be reached: a fault of our own network, said once instead of a cure a feed.
 *  @returns one sentence, or undefined */
export function networkFault(feeds: readonly Feed[]): string | undefined {
  const asked = feeds.filter(({ last }) => last)
  const unreached = asked.filter(isUnreached).length
  return unreached >= UNREACHED_MIN && unreached * 2 > asked.length
    ? en.health.network(unreached, asked.length)
    : undefined
}

/** Whether its last poll never came to the far side. */
export function isUnreached({ failures, last }: Pick<Feed, 'failures' | 'last'>): boolean {
  return failures > 0 && UNREACHED.has(last?.detail)
}

/** How much all of them write a day; undefined where none of them tells. */
export function itemsADayOf(feeds: readonly Feed[]): number | undefined {
  const told = feeds.filter(({ itemsAWeek, silent }) => itemsAWeek !== undefined && !silent)
  return told.length === 0 ? undefined : told.reduce((sum, { itemsAWeek = 0 }) => sum + itemsAWeek, 0) / DAYS_A_WEEK
}

/** When the first of them is asked next; undefined where none is. */
export function nextPollOf(feeds: readonly Feed[]): number | undefined {
  const nextAt = feeds.reduce((first, { nextPollAt }) => Math.min(first, nextPollAt), NEVER_AT)
  return nextAt < NEVER_AT ? nextAt : undefined
}

/** What broke lately first, then what is silent or well, then what never answered, which is no news. */
export function byTrouble(a: Feed, b: Feed): number {
  return troubleRank(a) - troubleRank(b)
}

function troubleRank(feed: Feed): number {
  if (feed.lastSuccessAt === undefined) return feed.last ? 3 : 4
  const mood = moodOf(feed)
  return mood === 'failing' || mood === 'gone' ? 0 : mood === 'silent' ? 1 : 2
}
