/** A delivery's next state: every change of state after a request is on this page (DELIVERY.md). */
import type { Delivery, MessageId, Outcome, Sending } from './model.ts'
import { retryAfterMs } from './schedule.ts'

/** Within so long of the first try the far side surely still knows the nonce; afterwards only the channel's history tells. */
export const NONCE_SURE_MS = 60_000
/** Stragglers: a request that we gave up may still arrive. Half the nonce window leaves time for one more try inside it. */
const UNSURE_WAIT_MS = 5_000
/** News of yesterday is no alert. */
const ALERT_AGE_MS_MAX = 24 * 60 * 60_000
/** Discord's ids count milliseconds from here, shifted by 22 bits. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n
/** How far the far side's clock is usually behind ours at the most. Reading an hour more of a channel costs a request or two. */
const CLOCK_SKEW_MS = 60 * 60_000
/** How far it may be behind: a machine that takes its local time for UTC is off by 14 hours at the most. */
const CLOCK_SKEW_MS_MAX = 15 * 60 * 60_000
/** Ids are made by many machines of the far side, whose clocks differ a little. */
const ID_SKEW_MS = 60_000

/** From a state before its first or next sending to `sending`. The payload freezes with the first one.
 *  @param at.youngest - the youngest message that the far side named, as this process knows
 *  @param at.farAt - what the far side's own clock shows at the least, where it was heard */
export function begin(
  delivery: Extract<Delivery, { state: 'queued' | 'unsure' }>,
  drawn: Readonly<{ payload: string; revision: number }>,
  at: Readonly<{ now: number; leaseUntil: number; youngest?: MessageId | undefined; farAt?: number | undefined }>,
): Sending {
  const begun = delivery.begun
    ? { ...delivery.begun, lastAt: at.now }
    : {
        payload: drawn.payload,
        shownRevision: drawn.revision,
        firstAt: at.now,
        lastAt: at.now,
        afterId: readBackAfter(at.now, at.youngest, at.farAt),
      }
  const { id, alert, createdAt, attempts, nonce, wantedRevision } = delivery
  return { id, alert, createdAt, attempts, nonce, wantedRevision, state: 'sending', begun, leaseUntil: at.leaseUntil }
}

/** What an outcome of the far side makes of a delivery in flight. `stop` and a 429 are no attempt: nothing was tried.
 *  @param at.mayBeThere - an earlier try may have arrived: that this one did not says nothing of it, and it is read back before the next
 *  @param at.share - of our own waits, 1 save in tests; what the far side asks for is always waited for in full */
export function advance(
  delivery: Sending,
  outcome: Outcome,
  { now, mayBeThere, share = 1 }: Readonly<{ now: number; mayBeThere: boolean; share?: number }>,
): Delivery {
  const { id, alert, createdAt, nonce, wantedRevision, begun } = delivery
  const attempts =
    delivery.attempts + (outcome.kind === 'stop' || (outcome.kind === 'notSent' && !outcome.attempt) ? 0 : 1)
  const common = { id, alert, createdAt, nonce, wantedRevision, attempts }
  switch (outcome.kind) {
    case 'sent':
      return { ...common, state: 'sent', begun, sentAt: now, message: outcome.message, editAt: now, editAttempts: 0 }
    case 'notSent': {
      // A 429 of a day-old one that an operator retried is no reason to give it up again.
      if (outcome.attempt && isTooOld(delivery, now) && !mayBeThere)
        return { ...common, state: 'dead', begun, reason: `${TOO_LATE}: ${outcome.reason}`, diedAt: now }
      const dueAt =
        now + (outcome.attempt ? Math.max(outcome.afterMs, retryAfterMs(attempts, nonce) * share) : outcome.afterMs)
      return mayBeThere
        ? { ...common, state: 'unsure', begun, checkAt: dueAt }
        : { ...common, state: 'queued', begun, dueAt }
    }
    case 'unsure':
      return {
        ...common,
        state: 'unsure',
        begun,
        checkAt: now + (attempts > 1 ? retryAfterMs(attempts, nonce) : UNSURE_WAIT_MS) * share,
      }
    case 'held':
      return { ...common, state: 'held', begun, reason: outcome.reason, heldAt: now }
    case 'dead':
      return { ...common, state: 'dead', begun, reason: outcome.reason, diedAt: now }
    case 'deleted':
      return { ...common, state: 'deleted', begun, deletedAt: now }
    case 'stop':
      return mayBeThere
        ? { ...common, state: 'unsure', begun, checkAt: now }
        : { ...common, state: 'queued', begun, dueAt: now }
  }
}

/** Why a delivery that no try could bring is given up. */
export const TOO_LATE = 'not sent within a day'

/** Tried in vain for a day. One that waited in its queue for so long (we were down, its channel was held) was not tried yet. */
export function isTooOld({ begun }: Pick<Sending, 'begun'>, now: number): boolean {
  return now - begun.firstAt > ALERT_AGE_MS_MAX
}

/** Whether an unsure delivery may be posted again with its nonce, without reading back.
 *  @param firstAgeMs - since this process first tried, by a clock that nobody can put back; undefined where it never did */
export function nonceStillKnown(firstAgeMs: number | undefined): boolean {
  return firstAgeMs !== undefined && firstAgeMs < NONCE_SURE_MS
}

/** How long before the channel may be read back: a try of a moment ago may still arrive.
 *  @param lastAgeMs - since the last try, at the least, by a clock that nobody can put forward */
export function readBackInMs(lastAgeMs: number): number {
  return Math.max(0, UNSURE_WAIT_MS - lastAgeMs)
}

/** Only what is younger than this needs to be read back for what is posted from `now` on. Where our clock is ahead, the far side's own
 *  tells, or its youngest message; where neither is known, the margin is wide. */
export function readBackAfter(now: number, youngest: MessageId | undefined, farAt?: number): MessageId {
  if (farAt !== undefined) return messageIdAt(Math.min(now - CLOCK_SKEW_MS, farAt - ID_SKEW_MS))
  const [usual, least] = [messageIdAt(now - CLOCK_SKEW_MS), messageIdAt(now - CLOCK_SKEW_MS_MAX)]
  if (youngest === undefined) return least
  const named = messageIdAt(momentOf(youngest) - ID_SKEW_MS)
  return laterId(least, laterId(usual, named) === usual ? named : usual)
}

export function laterId(a: MessageId, b: MessageId): MessageId {
  return BigInt(a) > BigInt(b) ? a : b
}

/** Where the next look begins after one that came as far as `readTo`: a little before it, but always further than the last. */
export function readOnAfter(readTo: MessageId, afterId: MessageId | undefined): MessageId {
  const margin = messageIdAt(momentOf(readTo) - ID_SKEW_MS)
  return afterId !== undefined && laterId(margin, afterId) === margin && margin !== afterId ? margin : readTo
}

/** What is younger was posted after this moment for certain, whatever our clock says. */
export function postedBy(at: number): MessageId {
  return messageIdAt(at + CLOCK_SKEW_MS_MAX)
}

/** When the far side made a message. */
export function momentOf(id: MessageId): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS)
}

/** The id that a message made at this moment would have at the least. */
export function messageIdAt(at: number): MessageId {
  const since = BigInt(Math.max(0, Math.floor(at))) - DISCORD_EPOCH_MS
  return String((since > 0n ? since : 0n) << 22n) as MessageId
}
