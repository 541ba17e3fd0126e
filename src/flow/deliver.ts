/** Loop 3: what was kept is said. One in flight a lane; what is unsure is read back before it is said again. */
import { advance, begin, nonceStillKnown } from '../core/advance.ts'
import type { Delivery } from '../core/model.ts'
import { retryAfterMs } from '../core/schedule.ts'
import { type DrawWorld, drawDelivery } from './draw.ts'
import type { Claimed } from './ports/store.ts'
import type { Chance, Chat, Log, Now } from './ports.ts'

export type DeliverWorld = DrawWorld &
  Readonly<{
    chat: Chat
    log: Log
    now: Now
    chance: Chance
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
  const next = await nextState(claim, world, signal)
  const saved = await world.store.saveDelivery(claim, next, true)
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
      return post(claim, delivery, { world, signal })
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

async function post(
  claim: Claimed<Delivery>,
  delivery: Stated<'queued' | 'unsure'>,
  { world, signal }: Far,
): Promise<Delivery> {
  const drawn = delivery.begun
    ? { payload: delivery.begun.payload, revision: delivery.begun.shownRevision }
    : await drawDelivery(delivery, world)
  const { id, alert, createdAt, attempts, nonce, wantedRevision } = delivery
  if (!drawn) {
    return {
      id,
      alert,
      createdAt,
      attempts,
      nonce,
      wantedRevision,
      state: 'dead',
      reason: 'nothing left to show',
      diedAt: world.now(),
    }
  }
  const sending = begin(delivery, drawn, { now: world.now(), leaseUntil: claim.until })
  // Saved before the first byte leaves: after a crash this row is read back, never blindly repeated.
  if ((await world.store.saveDelivery(claim, sending, false)) === 'lapsed') return delivery
  const outcome = await world.chat.post({ target: alert.target, payload: sending.begun.payload, nonce }, signal)
  if (outcome.kind === 'stop') world.onStop(outcome.reason)
  return advance(sending, outcome, world.now())
}

/** Young enough: the nonce protects a second try. Otherwise the channel is read back. */
async function settle(claim: Claimed<Delivery>, delivery: Stated<'unsure'>, far: Far): Promise<Delivery> {
  const { world, signal } = far
  // A forum post has no nonce: only reading back tells.
  if (delivery.alert.target.kind !== 'forum' && nonceStillKnown(delivery, world.now()))
    return post(claim, delivery, far)
  const { alert, nonce, begun } = delivery
  const found = await world.chat.find(
    { target: alert.target, nonce, ...(begun.afterId ? { afterId: begun.afterId } : {}) },
    signal,
  )
  const now = world.now()
  const { id, createdAt, attempts, wantedRevision } = delivery
  const common = { id, alert, createdAt, attempts, nonce, wantedRevision, begun }
  switch (found.kind) {
    case 'found':
      return { ...common, state: 'sent', sentAt: now, message: found.message, editAt: now, editAttempts: 0 }
    case 'absent':
      return post(claim, delivery, far)
    case 'later':
      return {
        ...common,
        attempts: attempts + 1,
        state: 'unsure',
        checkAt: now + Math.max(found.afterMs, retryAfterMs(attempts + 1, nonce)),
      }
    case 'blind':
      return { ...common, state: 'held', reason: found.reason, heldAt: now }
    case 'stop':
      world.onStop(found.reason)
      return { ...common, state: 'unsure', checkAt: now }
  }
}

/** Edits carry the whole new card and are harmless to repeat. */
async function edit(delivery: Stated<'sent'>, world: DeliverWorld, signal: AbortSignal): Promise<Delivery> {
  const drawn = await drawDelivery(delivery, world)
  const shown = (revision: number): Stated<'sent'> => ({
    ...delivery,
    begun: { ...delivery.begun, shownRevision: revision },
    editAt: world.now() + EDIT_GAP_MS,
    editAttempts: 0,
  })
  // Nothing left to show, or nothing that this server would see: the message stays as it is.
  if (!drawn || drawn.payload === delivery.begun.payload) return shown(delivery.wantedRevision)
  const outcome = await world.chat.edit(delivery.message, drawn.payload, signal)
  const editAttempts = delivery.editAttempts + 1
  switch (outcome.kind) {
    case 'edited':
      return {
        ...shown(Math.max(drawn.revision, delivery.wantedRevision)),
        begun: {
          ...delivery.begun,
          payload: drawn.payload,
          shownRevision: Math.max(drawn.revision, delivery.wantedRevision),
        },
      }
    case 'gone':
      return stateDeleted(delivery, world.now())
    case 'notEdited':
      if (outcome.attempt && editAttempts >= EDIT_TRIES_MAX) return shown(delivery.wantedRevision)
      return {
        ...delivery,
        editAttempts: outcome.attempt ? editAttempts : delivery.editAttempts,
        editAt:
          world.now() +
          (outcome.attempt ? Math.max(outcome.afterMs, retryAfterMs(editAttempts, delivery.nonce)) : outcome.afterMs),
      }
    case 'held':
    case 'dead':
      // The message stands as it was; the next posting to the channel finds out what is wrong with it.
      return shown(delivery.wantedRevision)
    case 'stop':
      world.onStop(outcome.reason)
      return delivery
  }
}

function stateDeleted(
  { id, alert, createdAt, attempts, nonce, wantedRevision, begun }: Stated<'sent'>,
  now: number,
): Delivery {
  return { id, alert, createdAt, attempts, nonce, wantedRevision, begun, state: 'deleted', deletedAt: now }
}
