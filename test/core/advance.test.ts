import { describe, expect, it } from 'vitest'
import { advance, begin, isTooOld, messageIdAt, nonceStillKnown, readBackInMs } from '../../src/core/advance.ts'
import { deliveryOf, requeued } from '../../src/core/delivery.ts'
import type { ChannelId, Delivery, MessageId, Outcome, Sending } from '../../src/core/model.ts'
import { alertOf } from './story-of.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000
const made = deliveryOf({ alert: alertOf(), state: 'queued', dueAt: NOW }, { now: NOW, revision: 3 })
if (made.state !== 'queued') throw new Error('not queued')
const queued = made
const at = { now: NOW, leaseUntil: NOW + 60_000, youngest: messageIdAt(NOW - 5) }
const sending = begin(queued, { payload: '{}', revision: 3 }, at)
const message = { channelId: '2' as ChannelId, messageId: '9' as MessageId }
const later = { ...sending, begun: { ...sending.begun, firstAt: NOW - DAY - 1 } }

type Unsure = Extract<Delivery, { state: 'unsure' }>
function unsure(from: Sending = sending, now = NOW): Unsure {
  const next = advance(from, { kind: 'unsure', reason: 'time-out' }, { now, mayBeThere: false })
  if (next.state !== 'unsure') throw new Error('not unsure')
  return next
}

it('freezes the payload with the first sending, and where reading back begins', () => {
  expect(sending).toMatchObject({
    state: 'sending',
    begun: { payload: '{}', shownRevision: 3, firstAt: NOW, lastAt: NOW, afterId: messageIdAt(NOW - 3_600_000) },
  })
  const again = begin(unsure(), { payload: 'other', revision: 9 }, { now: NOW + 5, leaseUntil: NOW + 60_005 })
  expect(again.begun).toEqual({ ...sending.begun, lastAt: NOW + 5 })
})

it('counts ids as Discord does', () => {
  // 2016-04-30 11:18:25.796 UTC is the example in Discord's documentation.
  expect(messageIdAt(1_462_015_105_796)).toBe(String(175928847299117063n & ~((1n << 22n) - 1n)))
  expect(messageIdAt(0)).toBe('0')
})

describe('what an outcome makes of a delivery', () => {
  const rows: readonly (readonly [string, Outcome, object])[] = [
    ['sent', { kind: 'sent', message }, { state: 'sent', message, sentAt: NOW, attempts: 1, editAttempts: 0 }],
    [
      'a 429',
      { kind: 'notSent', afterMs: 777, attempt: false, reason: '429' },
      { state: 'queued', dueAt: NOW + 777, attempts: 0 },
    ],
    ['unreachable', { kind: 'notSent', afterMs: 0, attempt: true, reason: 'x' }, { state: 'queued', attempts: 1 }],
    ['unsure', { kind: 'unsure', reason: 'x' }, { state: 'unsure', checkAt: NOW + 5_000, attempts: 1 }],
    ['held', { kind: 'held', reason: '50013' }, { state: 'held', reason: '50013', heldAt: NOW }],
    ['dead', { kind: 'dead', reason: '50035' }, { state: 'dead', reason: '50035', diedAt: NOW }],
    ['deleted', { kind: 'deleted' }, { state: 'deleted', deletedAt: NOW }],
    ['stop', { kind: 'stop', reason: '401' }, { state: 'queued', dueAt: NOW, attempts: 0 }],
  ]
  it.each(rows)('%s', (_name, outcome, expected) => {
    const next = advance(sending, outcome, { now: NOW, mayBeThere: false })
    expect(next).toMatchObject({ id: queued.id, begun: sending.begun, ...expected })
  })

  it.each(rows.filter(([name]) => ['a 429', 'unreachable', 'stop'].includes(name)))(
    '%s, after an earlier try that may have arrived: it stays unsure',
    (_name, outcome, { state: _state, dueAt, ...expected }: Readonly<{ state?: string; dueAt?: number }>) => {
      const next = advance(sending, outcome, { now: NOW, mayBeThere: true })
      expect(next).toMatchObject({ state: 'unsure', begun: sending.begun, ...expected })
      if (dueAt !== undefined) expect(next).toMatchObject({ checkAt: dueAt })
    },
  )

  it('waits longer with each try that came to nothing', () => {
    const tried = (attempts: number) =>
      advance(
        { ...sending, attempts },
        { kind: 'notSent', afterMs: 0, attempt: true, reason: 'x' },
        { now: NOW, mayBeThere: false },
      )
    const waits = [0, 1, 2, 3].map((attempts) => {
      const next = tried(attempts)
      return next.state === 'queued' ? next.dueAt - NOW : 0
    })
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(unsure({ ...sending, attempts: 5 }).checkAt - NOW).toBeGreaterThan(10 * 60_000)
  })

  it('gives up what was tried in vain for a day, never for a 429', () => {
    const notSent = (attempt: boolean) =>
      advance(later, { kind: 'notSent', afterMs: 5, attempt, reason: 'x' }, { now: NOW, mayBeThere: false })
    expect(notSent(true)).toMatchObject({ state: 'dead', reason: 'not sent within a day: x' })
    expect(notSent(false)).toMatchObject({ state: 'queued', dueAt: NOW + 5 })
    expect(isTooOld(sending, NOW + DAY)).toBe(false)
  })

  it('tries what waited in its queue for days before it gives it up', () => {
    const old = { ...sending, createdAt: NOW - 3 * DAY }
    expect(
      advance(old, { kind: 'notSent', afterMs: 0, attempt: true, reason: 'x' }, { now: NOW, mayBeThere: false }),
    ).toMatchObject({ state: 'queued' })
  })
})

describe('an unsure one', () => {
  it.each([
    ['at once', 0, true],
    ['within a minute of the first try', 59_999, true],
    ['after a minute', 60_000, false],
    ['when another process tried it', undefined, false],
  ])('is protected by its nonce: %s', (_name, firstAgeMs, expected) => {
    expect(nonceStillKnown(firstAgeMs)).toBe(expected)
  })

  it('is read back when what was sent a moment ago must have arrived', () => {
    expect(readBackInMs(1)).toBe(4_999)
    expect(readBackInMs(5_000)).toBe(0)
    expect(readBackInMs(90_000)).toBe(0)
  })

  const HOUR = 3_600_000
  it.each([
    ['over an hour before its first try', NOW - 1_000, NOW - HOUR],
    ["from the far side's youngest message on where our clock is hours ahead", NOW - 3 * HOUR, NOW - 3 * HOUR - 60_000],
    ['over fifteen hours where nothing is known of the far side', undefined, NOW - 15 * HOUR],
    ['over fifteen hours where it was silent for longer', NOW - 99 * HOUR, NOW - 15 * HOUR],
    ['over an hour where our clock is behind', NOW + 9 * HOUR, NOW - HOUR],
  ])('is looked for %s', (_name, youngestAt, expected) => {
    const youngest = youngestAt === undefined ? undefined : messageIdAt(youngestAt)
    const { begun } = begin(queued, { payload: '', revision: 0 }, { now: NOW, leaseUntil: NOW, youngest })
    expect(begun.afterId).toBe(messageIdAt(expected))
  })

  it.each([
    ['a minute before the far side’s clock where ours is days ahead', NOW - 99 * HOUR, NOW - 99 * HOUR - 60_000],
    ['an hour before ours where both agree', NOW, NOW - HOUR],
  ])('is looked for from %s', (_name, farAt, expected) => {
    const far = { youngest: messageIdAt(NOW - 200 * HOUR), farAt }
    const { begun } = begin(queued, { payload: '', revision: 0 }, { now: NOW, leaseUntil: NOW, ...far })
    expect(begun.afterId).toBe(messageIdAt(expected))
  })
})

it('reads back what an operator or a permission brings into its queue again, if it was ever tried', () => {
  const held = (from: Sending | undefined) =>
    ({ ...queued, ...(from ? { begun: from.begun } : {}), state: 'held', reason: 'x', heldAt: NOW }) as Extract<
      Delivery,
      { state: 'held' }
    >
  expect(requeued(held(sending), NOW + 9)).toMatchObject({
    state: 'unsure',
    checkAt: NOW + 9,
    attempts: 0,
    begun: sending.begun,
  })
  expect(requeued(held(undefined), NOW + 9)).toMatchObject({ state: 'queued', dueAt: NOW + 9, attempts: 0 })
})
