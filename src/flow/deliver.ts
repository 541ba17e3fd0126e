/** Loop 3: what was kept is said. One in flight a lane; what is unsure is read back before it is said again. */
import { advance, begin, isTooOld, nonceStillKnown, readBackInMs, readOnAfter, TOO_LATE } from '../core/advance.ts'
import type { Delivery, Outcome } from '../core/model.ts'
import { retryAfterMs } from '../core/schedule.ts'
import { type Drawing, type Drawn, type DrawWorld, drawDelivery } from './draw.ts'
import { point } from './points.ts'
import type { Claimed } from './ports/store.ts'
import type { Chance, Chat, EditOutcome, Found, Log, Now } from './ports.ts'
import type { Tries } from './tries.ts'

export type DeliverWorld = DrawWorld &
  Readonly<{
    chat: Chat
    log: Log
    now: Now
    chance: Chance
    /** One for all workers of this process. */
    tries: Tries
    /** Of our own waits: 1 save against a stand-in whose windows are as much shorter. Where it is less, `tries` counts as much faster. */
    share?: number
    /** Called when the far side will take nothing from us any more (a revoked token). Delivery stops; nothing is lost. */
    onStop(reason: string): void
  }>

/** A request's own time limit is 15 s; the lease outlives it and the saving. */
const LEASE_MS = 60_000
/** A card that grows with every outlet is edited once a minute at the most (DELIVERY.md). */
const EDIT_GAP_MS = 60_000
/** An edit that keeps failing is given up: the next outlet brings a new one. */
const EDIT_TRIES_MAX = 8

type Stated<State extends Delivery['state']> = Extract<Delivery, { state: State }>

/** @returns 1 when a delivery was claimed, 0 when none is due */
export async function deliverStep(world: DeliverWorld, signal: AbortSignal): Promise<number> {
  const claim = await world.store.claimDelivery({ lease: world.chance(), leaseMs: LEASE_MS }, world.now())
  if (!claim) return 0
  point('deliver claimed')
  const next = await nextState(claim, world, signal)
  const saved = await world.store.saveDelivery(claim, next, true)
  point('deliver saved')
  if (next.state !== 'sending' && next.state !== 'unsure') world.tries.end(next.nonce)
  if (next.state === 'sent') world.tries.see(next.message.messageId)
  const { id, alert, state, attempts } = next
  world.log.info('delivery advanced', {
    deliveryId: id,
    subject: alert.subject.kind,
    from: claim.work.state,
    state,
    attempts,
    saved,
    ...('reason' in next ? { reason: next.reason } : {}),
  })
  return 1
}

async function nextState(claim: Claimed<Delivery>, world: DeliverWorld, signal: AbortSignal): Promise<Delivery> {
  const delivery = claim.work
  switch (delivery.state) {
    case 'queued':
      return post(claim, { delivery, mayBeThere: false }, { world, signal })
    case 'unsure':
      return settle(claim, delivery, { world, signal })
    case 'sent':
      return edit(delivery, world, signal)
    case 'sending': // the store hands these over as unsure
    case 'held':
    case 'dead':
    case 'deleted':
    case 'folded':
      return delivery
  }
}

type Far = Readonly<{ world: DeliverWorld; signal: AbortSignal }>
type Trying = Readonly<{ delivery: Stated<'queued' | 'unsure'>; mayBeThere: boolean }>

async function post(
  claim: Claimed<Delivery>,
  { delivery, mayBeThere }: Trying,
  { world, signal }: Far,
): Promise<Delivery> {
  const drawing = await firstDrawing(delivery, world)
  if (drawing.kind !== 'drawn') return stateDead(delivery, reasonOf(drawing), world.now())
  point('deliver drawn')
  // Reading back may have taken most of the lease: the request gets a whole one.
  const now = world.now()
  const far = { youngest: world.tries.youngest(), farAt: world.tries.farAt() }
  const sending = begin(delivery, drawing, { now, leaseUntil: now + LEASE_MS, ...far })
  // Saved before the first byte leaves: after a crash this row is read back, never blindly repeated.
  if ((await world.store.saveDelivery(claim, sending, false)) === 'lapsed') return delivery
  world.tries.begin(delivery.nonce, world.now() / (world.share ?? 1))
  point('deliver begun')
  const posting = { target: delivery.alert.target, payload: sending.begun.payload, nonce: delivery.nonce }
  const outcome = await answered<Outcome>(
    () => world.chat.post(posting, signal),
    (reason) => ({ kind: 'unsure', reason }),
  )
  point('deliver answered')
  if (outcome.kind === 'stop') world.onStop(outcome.reason)
  return advance(sending, outcome, { now: world.now(), mayBeThere, share: world.share ?? 1 })
}

/** The payload freezes with the first sending. */
async function firstDrawing(delivery: Stated<'queued' | 'unsure'>, world: DeliverWorld): Promise<Drawing> {
  const { begun } = delivery
  if (!begun) return drawDelivery(delivery, world)
  return { kind: 'drawn', payload: begun.payload, revision: begun.shownRevision }
}

function reasonOf(drawing: Exclude<Drawing, { kind: 'drawn' }>): string {
  return drawing.kind === 'nothing' ? 'nothing left to show' : `cannot be drawn: ${drawing.reason}`
}

/** An edge that throws has a bug. The row goes on as if there had been no answer: it must not hold up its lane. */
async function answered<Answer>(ask: () => Promise<Answer>, broken: (reason: string) => Answer): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error))
  }
}

/** Young enough, as this process knows itself: the nonce protects a second try. Otherwise the channel is read back. */
async function settle(claim: Claimed<Delivery>, delivery: Stated<'unsure'>, far: Far): Promise<Delivery> {
  const { world, signal } = far
  const { alert, nonce } = delivery
  const { share = 1 } = world
  // A forum post has no nonce: only reading back tells.
  if (alert.target.kind !== 'forum' && nonceStillKnown(world.tries.firstAgeMs(nonce, world.now() / share)))
    return post(claim, { delivery, mayBeThere: true }, far)
  const inMs = readBackInMs(world.tries.lastAgeMs(nonce))
  if (inMs > 0) return { ...delivery, checkAt: world.now() + inMs * share }
  const { afterId } = delivery.begun
  const found = await answered<Found>(
    () => world.chat.find({ target: alert.target, nonce, ...(afterId ? { afterId } : {}) }, signal),
    (reason) => ({ kind: 'later', afterMs: 0, reason }),
  )
  point('deliver found')
  if (found.kind === 'stop') world.onStop(found.reason)
  const now = world.now()
  if (found.kind === 'absent' && !isTooOld(delivery, now)) return post(claim, { delivery, mayBeThere: false }, far)
  return settled(delivery, found, { now, share })
}

type Timed = Readonly<{ now: number; share: number }>

/** What reading back makes of an unsure one that is not posted again at once. */
function settled(delivery: Stated<'unsure'>, found: Found, { now, share }: Timed): Delivery {
  const { begun, nonce } = delivery
  const common = commonOf(delivery)
  switch (found.kind) {
    case 'found':
      return { ...common, begun, state: 'sent', sentAt: now, message: found.message, editAt: now, editAttempts: 0 }
    case 'absent':
      return stateDead(delivery, TOO_LATE, now)
    case 'more':
      return { ...delivery, begun: { ...begun, afterId: readOnAfter(found.readTo, begun.afterId) }, checkAt: now }
    case 'later': {
      if (isTooOld(delivery, now)) return stateDead(delivery, `${TOO_LATE}: ${found.reason}`, now)
      const attempts = delivery.attempts + 1
      return { ...delivery, attempts, checkAt: now + Math.max(found.afterMs, retryAfterMs(attempts, nonce) * share) }
    }
    case 'blind':
      return { ...common, begun, state: 'held', reason: found.reason, heldAt: now }
    case 'stop':
      return { ...delivery, checkAt: now }
  }
}

/** Edits carry the whole new card and are harmless to repeat. */
async function edit(delivery: Stated<'sent'>, world: DeliverWorld, signal: AbortSignal): Promise<Delivery> {
  const drawing = await drawDelivery(delivery, world)
  // Nothing left to show, or nothing that this server would see: the message stays as it is.
  const { share = 1 } = world
  if (drawing.kind !== 'drawn' || drawing.payload === delivery.begun.payload)
    return shown(delivery, {}, { now: world.now(), share })
  const { payload, revision } = drawing
  const outcome = await answered<EditOutcome>(
    () => world.chat.edit(delivery.message, payload, signal),
    (reason) => ({ kind: 'notEdited', afterMs: 0, attempt: true, reason }),
  )
  point('deliver edited')
  if (outcome.kind === 'stop') world.onStop(outcome.reason)
  return edited(delivery, { outcome, payload, revision }, { now: world.now(), share })
}

type Editing = Drawn & Readonly<{ outcome: EditOutcome }>

function edited(delivery: Stated<'sent'>, { outcome, payload, revision }: Editing, timed: Timed): Delivery {
  const { now, share } = timed
  switch (outcome.kind) {
    case 'edited':
      return shown(delivery, { payload, revision }, timed)
    case 'gone':
      return { ...commonOf(delivery), begun: delivery.begun, state: 'deleted', deletedAt: now }
    case 'notEdited': {
      if (!outcome.attempt) return { ...delivery, editAt: now + outcome.afterMs }
      const editAttempts = delivery.editAttempts + 1
      if (editAttempts >= EDIT_TRIES_MAX) return shown(delivery, {}, timed)
      const waitMs = Math.max(outcome.afterMs, retryAfterMs(editAttempts, delivery.nonce) * share)
      return { ...delivery, editAttempts, editAt: now + waitMs }
    }
    case 'held':
    case 'dead':
      // The message stands as it was; the next posting to the channel finds out what is wrong with it.
      return shown(delivery, {}, timed)
    case 'stop':
      return delivery
  }
}

/** No more is to be done for the revision that was wanted when this began. */
function shown(
  delivery: Stated<'sent'>,
  { payload, revision = 0 }: Partial<Drawn>,
  { now, share }: Timed,
): Stated<'sent'> {
  const { begun, wantedRevision } = delivery
  const shownRevision = Math.max(revision, wantedRevision)
  return {
    ...delivery,
    begun: { ...begun, payload: payload ?? begun.payload, shownRevision },
    editAt: now + EDIT_GAP_MS * share,
    editAttempts: 0,
  }
}

function commonOf({ id, alert, createdAt, attempts, nonce, wantedRevision }: Delivery) {
  return { id, alert, createdAt, attempts, nonce, wantedRevision }
}

function stateDead(delivery: Stated<'queued' | 'unsure'>, reason: string, now: number): Delivery {
  const { begun } = delivery
  return { ...commonOf(delivery), ...(begun ? { begun } : {}), state: 'dead', reason, diedAt: now }
}
