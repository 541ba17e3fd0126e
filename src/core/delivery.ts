/** A delivery's name, and what becomes of it before and between its sendings. What the far side makes of it is in `advance.ts`. */
import { createHash } from 'node:crypto'
import { momentOf } from './advance.ts'
import type { PlannedDelivery } from './alert.ts'
import { targetKey } from './follow.ts'
import type { Alert, Delivery, DeliveryId, Match, SentMessage, Style, Subject } from './model.ts'

/** Discord takes a nonce of at most 25 characters. */
const NONCE_CHARS = 24

/** One text for what a message is about: unique for ever with its target and part. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'card':
      return `card:${subject.storyId}`
    case 'development':
      return `development:${subject.storyId}:${subject.n}`
    case 'digest':
      return `digest:${subject.subscriptionId}:${subject.dueAt}`
    case 'notice':
      return `notice:${subject.feedId}:${subject.event}:${subject.n}`
    case 'welcome':
      return `welcome:${subject.serverId}`
  }
}

/** 24 characters of base64url: the far side's guard against doubles, and the mark by which a message is found again. */
export function deliveryNonce({ target, subject, part }: Pick<Alert, 'target' | 'subject' | 'part'>): string {
  return createHash('sha256')
    .update(`v1|${targetKey(target)}|${subjectKey(subject)}|${part}`)
    .digest('base64url')
    .slice(0, NONCE_CHARS)
}

type Common = Pick<Delivery, 'id' | 'alert' | 'createdAt' | 'attempts' | 'nonce' | 'wantedRevision'>
type Stated<State extends Delivery['state']> = Extract<Delivery, { state: State }>

function commonOf({ id, alert, createdAt, attempts, nonce, wantedRevision }: Delivery): Common {
  return { id, alert, createdAt, attempts, nonce, wantedRevision }
}

/** A new delivery. Its id is its name's hash: the same in a database restored from yesterday.
 *  @param at.revision - of its story; 0 for what is not drawn from one */
export function deliveryOf(planned: PlannedDelivery, at: Readonly<{ now: number; revision: number }>): Delivery {
  const nonce = deliveryNonce(planned.alert)
  return { id: nonce as DeliveryId, createdAt: at.now, attempts: 0, nonce, wantedRevision: at.revision, ...planned }
}

/** One of the same name waits already: it answers to all who asked for it, at the earliest time of them.
 *  @returns undefined when it was said, listed or given up: then it stays as it is */
export function joinPlanned(before: Delivery, planned: PlannedDelivery, revision: number): Delivery | undefined {
  if (before.state !== 'queued' && before.state !== 'folded') return undefined
  if (before.state === 'folded' && before.digestId !== undefined) return undefined
  const wantedRevision = Math.max(before.wantedRevision, revision)
  return { ...earliest(before, planned), alert: unitedAlert(before.alert, planned.alert), wantedRevision }
}

function earliest(before: Stated<'queued' | 'folded'>, planned: PlannedDelivery): Stated<'queued' | 'folded'> {
  if (before.state === 'queued')
    return planned.state === 'queued' ? { ...before, dueAt: Math.min(before.dueAt, planned.dueAt) } : before
  if (planned.state === 'queued') return { ...commonOf(before), state: 'queued', dueAt: planned.dueAt }
  const sooner = planned.digestAt < before.digestAt
  return sooner ? { ...before, digestAt: planned.digestAt, reason: planned.reason } : before
}

const STYLES_BY_RICHNESS: readonly Style[] = ['rich', 'full', 'compact']

function unitedAlert(before: Alert, added: Alert): Alert {
  return {
    ...before,
    subscriptionIds: [...new Set([...before.subscriptionIds, ...added.subscriptionIds])],
    matches: unitedMatches([...before.matches, ...added.matches]),
    mentions: [...new Set([...before.mentions, ...added.mentions])],
    style: STYLES_BY_RICHNESS.find((style) => style === before.style || style === added.style) ?? before.style,
  }
}

/** One a topic, with the terms of all; the first sentence stays. */
export function unitedMatches(matches: readonly Match[]): readonly Match[] {
  const byTopic = new Map<string, Match>()
  for (const match of matches) {
    const before = byTopic.get(match.topicId)
    const terms = [...new Set([...(before?.terms ?? []), ...match.terms])]
    byTopic.set(match.topicId, { ...(before ?? match), terms })
  }
  return [...byTopic.values()]
}

/** Whoever was sending it never came back: whether it arrived is to be found out, from now on. */
export function orphaned(delivery: Stated<'sending'>, now: number): Stated<'unsure'> {
  return { ...commonOf(delivery), begun: delivery.begun, state: 'unsure', checkAt: now }
}

/** Back into its queue with its attempts forgotten; what froze at the first sending stays frozen. One that was tried may be there,
 *  however its last try ended: it is read back before it is said again. */
export function requeued(delivery: Stated<'dead' | 'held'>, now: number): Stated<'queued' | 'unsure'> {
  const { begun } = delivery
  const common = { ...commonOf(delivery), attempts: 0 }
  return begun ? { ...common, begun, state: 'unsure', checkAt: now } : { ...common, state: 'queued', dueAt: now }
}

/** It stands on the far side, though this database does not know of its sending: a later life of it said it (a restored backup).
 *  @returns undefined for what is settled: sent, or deleted there */
export function foundPosted(before: Delivery, message: SentMessage): Stated<'sent'> | undefined {
  if (before.state === 'sent' || before.state === 'deleted') return undefined
  const at = momentOf(message.messageId)
  const begun =
    'begun' in before && before.begun
      ? before.begun
      : { payload: '', firstAt: at, lastAt: at, shownRevision: before.wantedRevision }
  // What it shows is at least as much as we know: only news from here on edits it.
  const shown = { ...begun, shownRevision: before.wantedRevision }
  return { ...commonOf(before), begun: shown, state: 'sent', sentAt: at, message, editAt: at, editAttempts: 0 }
}

/** A list of a later life has it already (a restored backup). @returns undefined where that changes nothing */
export function foundListed(before: Delivery, digestId: DeliveryId): Stated<'folded'> | undefined {
  if (before.state !== 'queued' && before.state !== 'held' && before.state !== 'folded') return undefined
  if ('begun' in before && before.begun) return undefined
  if (before.state === 'folded') return before.digestId === digestId ? undefined : { ...before, digestId }
  return { ...commonOf(before), state: 'folded', reason: 'cap', digestAt: before.createdAt, digestId }
}

/** Out of its queue until somebody releases it. */
export function held(delivery: Stated<'queued' | 'unsure'>, reason: string, now: number): Stated<'held'> {
  const { begun } = delivery
  return { ...commonOf(delivery), ...(begun ? { begun } : {}), state: 'held', reason, heldAt: now }
}

/** What a worker saves does not undo what others wrote meanwhile: who asked for it, and how far its story grew. */
export function savedOver(before: Delivery, next: Delivery): Delivery {
  const wantedRevision = Math.max(before.wantedRevision, next.wantedRevision)
  return { ...next, alert: before.alert, wantedRevision }
}
