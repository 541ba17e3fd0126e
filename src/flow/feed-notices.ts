/** A feed that somebody follows by name fails for hours, is gone, or answers again: said once in their channel (FEEDS.md, Polling 12). */
import { targetKey } from '../core/follow.ts'
import type { Alert, Feed, Subscription } from '../core/model.ts'
import { en } from '../core/say/en.ts'
import { feedName } from './followed.ts'
import type { Store } from './ports/store.ts'
import type { Now, Wake } from './ports.ts'

/** Shorter troubles mend themselves, and nobody wants to hear of them. */
const FAILING_TOLD_MS = 6 * 60 * 60_000
const HOUR_MS = 60 * 60_000

type Event = Readonly<{ event: 'failing' | 'gone' | 'recovered' | 'silent' | 'speaking'; since: number; text: string }>

/** A silence is told in the day in which it is noticed: a notice's name holds it, so that it is told once. */
const SILENCE_TOLD_MS = 24 * HOUR_MS

/** @param before - the feed as it was claimed
 *  @param after - as the poll left it; a notice's name holds when the trouble began, so that it is never said twice */
export async function tellOfTrouble(
  { before, after }: Readonly<{ before: Feed; after: Feed }>,
  { store, wake, now }: Readonly<{ store: Store; wake: Wake; now: Now }>,
): Promise<void> {
  const told = eventOf(before, after, now())
  if (!told) return
  const followers = (await store.allSubscriptions()).filter((one) => names(one, after) && one.pausedAt === undefined)
  const byTarget = new Map(followers.map((one) => [targetKey(one.target), one]))
  for (const { target, serverId, id, style } of byTarget.values()) {
    const alert: Alert = {
      target,
      subject: { kind: 'notice', feedId: after.id, event: told.event, n: told.since },
      part: 0,
      serverId,
      subscriptionIds: [id],
      matches: [],
      style,
      mentions: [],
      notice: told.text,
    }
    if (await store.addDelivery({ alert, state: 'queued', dueAt: now() }, now())) wake.call('deliver')
  }
}

function eventOf(before: Feed, after: Feed, now: number): Event | undefined {
  const { failingSince } = after
  if (failingSince !== undefined) {
    if (after.last?.kind === 'gone')
      return { event: 'gone', since: failingSince, text: en.notices.gone(feedName(after)) }
    if (now - failingSince < FAILING_TOLD_MS) return undefined
    return {
      event: 'failing',
      since: failingSince,
      text: en.notices.failing(feedName(after), Math.floor((now - failingSince) / HOUR_MS)),
    }
  }
  const since = before.failingSince
  // Told only where the trouble was: the last failing poll came after the six hours.
  const wasTold =
    since !== undefined && (before.last?.kind === 'gone' || (before.last?.at ?? since) - since >= FAILING_TOLD_MS)
  return wasTold
    ? { event: 'recovered', since, text: en.notices.recovered(feedName(after)) }
    : silenceOf(before, after, now)
}

function silenceOf(before: Feed, after: Feed, now: number): Event | undefined {
  const sinceAt = (after.silent ?? before.silent)?.sinceAt ?? 0
  if (sinceAt === 0) return undefined
  const name = feedName(after)
  if (!after.silent) return { event: 'speaking', since: sinceAt, text: en.notices.speaking(name) }
  if (now - sinceAt >= SILENCE_TOLD_MS) return undefined
  const days = Math.floor((now - (after.cadence?.newestAt ?? now)) / (24 * HOUR_MS))
  return { event: 'silent', since: sinceAt, text: en.notices.silent(name, days) }
}

function names({ follows, sources }: Subscription, { id }: Feed): boolean {
  return (follows.kind === 'feed' && follows.feedId === id) || (sources?.includes(id) ?? false)
}
