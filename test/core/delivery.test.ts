import { describe, expect, it } from 'vitest'
import type { PlannedDelivery } from '../../src/core/alert.ts'
import { deliveryNonce, deliveryOf, joinPlanned, savedOver, subjectKey } from '../../src/core/delivery.ts'
import type { Alert, Delivery, Subject } from '../../src/core/model.ts'

const NOW = 1_000_000
const target = { kind: 'channel', serverId: 's', channelId: 'c' } as Alert['target']
const subject = { kind: 'card', storyId: 'story' } as Subject
const alert = {
  target,
  subject,
  part: 0,
  serverId: 's',
  subscriptionIds: ['a'],
  matches: [],
  style: 'full',
  mentions: [],
} as unknown as Alert
const queued = (dueAt: number, more: object = {}): PlannedDelivery => ({
  alert: { ...alert, ...more },
  state: 'queued',
  dueAt,
})
const folded = (digestAt: number): PlannedDelivery => ({ alert, state: 'folded', reason: 'cap', digestAt })
const made = (planned: PlannedDelivery) => deliveryOf(planned, { now: NOW, revision: 1 })

it.each([
  [{ kind: 'card', storyId: 'x' }, 'card:x'],
  [{ kind: 'development', storyId: 'x', n: 2 }, 'development:x:2'],
  [{ kind: 'digest', subscriptionId: 'x', dueAt: 9 }, 'digest:x:9'],
  [{ kind: 'notice', feedId: 'x', event: 'down', n: 1 }, 'notice:x:down:1'],
  [{ kind: 'welcome', serverId: 'x' }, 'welcome:x'],
])('names the subject of %j', (named, key) => {
  expect(subjectKey(named as Subject)).toBe(key)
})

describe('a nonce', () => {
  it('is the same for the same target, subject and part, in every version to come', () => {
    // base64url(sha256("v1|channel:c|card:story|0")), first 24 characters, worked out apart from the code.
    expect(deliveryNonce(alert)).toBe('GmiWQSOLr8x6GYyfzYMhFGgq')
    expect(deliveryNonce({ ...alert, part: 1 })).not.toBe(deliveryNonce(alert))
    expect(deliveryNonce({ ...alert, target: { ...target, kind: 'thread' } as Alert['target'] })).not.toBe(
      deliveryNonce(alert),
    )
  })
})

describe('a planned delivery that meets one of its name', () => {
  it.each([
    {
      name: 'queued, the earlier time',
      before: queued(20),
      planned: queued(10),
      expected: { state: 'queued', dueAt: 10 },
    },
    {
      name: 'queued, its own earlier time',
      before: queued(10),
      planned: queued(20),
      expected: { state: 'queued', dueAt: 10 },
    },
    {
      name: 'queued, whatever is folded later',
      before: queued(10),
      planned: folded(5),
      expected: { state: 'queued', dueAt: 10 },
    },
    {
      name: 'folded, what is wanted at once',
      before: folded(5),
      planned: queued(10),
      expected: { state: 'queued', dueAt: 10 },
    },
    {
      name: 'folded, the earlier list',
      before: folded(9),
      planned: folded(5),
      expected: { state: 'folded', digestAt: 5 },
    },
    {
      name: 'folded, its own earlier list',
      before: folded(5),
      planned: folded(9),
      expected: { state: 'folded', digestAt: 5 },
    },
  ] as const)('takes, when $name', ({ before, planned, expected }) => {
    expect(joinPlanned(made(before), planned, 2)).toMatchObject({ ...expected, wantedRevision: 2 })
  })

  it('unites who asked, who is called and what matched, in the richest style', () => {
    const match = (topicId: string, ...terms: string[]) => ({ topicId, terms, sentence: terms.join() })
    const before = queued(1, { mentions: ['r1'], matches: [match('t', 'a')], style: 'compact' })
    const planned = queued(1, {
      subscriptionIds: ['b', 'a'],
      mentions: ['r2', 'r1'],
      matches: [match('t', 'b'), match('u', 'c')],
      style: 'rich',
    })
    expect(joinPlanned(made(before), planned, 1)?.alert).toMatchObject({
      subscriptionIds: ['a', 'b'],
      mentions: ['r1', 'r2'],
      matches: [{ topicId: 't', terms: ['a', 'b'], sentence: 'a' }, match('u', 'c')],
      style: 'rich',
    })
  })

  it.each(['sending', 'unsure', 'sent', 'held', 'dead', 'deleted'])('leaves alone one that is %s', (state) => {
    expect(joinPlanned({ ...made(queued(1)), state } as Delivery, queued(1), 2)).toBeUndefined()
  })

  it('leaves alone one that stands in a list', () => {
    const listed = { ...made(folded(1)), digestId: 'd' } as Delivery
    expect(joinPlanned(listed, queued(1), 2)).toBeUndefined()
  })
})

it('does not undo, when saving, what others wrote meanwhile', () => {
  const before = { ...made(queued(1, { subscriptionIds: ['a', 'b'] })), wantedRevision: 5 }
  const next = { ...made(queued(1)), attempts: 3 }
  expect(savedOver(before, next)).toMatchObject({
    attempts: 3,
    wantedRevision: 5,
    alert: { subscriptionIds: ['a', 'b'] },
  })
  expect(savedOver({ ...before, wantedRevision: 1 }, { ...next, wantedRevision: 2 }).wantedRevision).toBe(2)
})
