/** Short forms of the fault suite, with fixed seeds. The long ones are `npm run faults`. */
import { expect, it } from 'vitest'
import type { Result } from './acts.ts'
import { f1, f4 } from './cases/kills.ts'
import { judge } from './checker.ts'
import type { Line } from './journal.ts'

const HANGS_MS = 240_000

/** Lives and faults are stretches of real time, which a crowded machine makes into others: CI leaves them to `npm run faults`. */
const realTime = it.skipIf(process.env['CI'])

realTime(
  'F1: says every alert once although it is killed again and again',
  async () => holds(await f1(dose(5, 60))),
  HANGS_MS,
)
realTime(
  'F4: says every alert once although most requests go wrong',
  async () => holds(await f4(dose(0, 60))),
  HANGS_MS,
)

function dose(kills: number, alerts: number) {
  return { seed: 11, kills, alerts }
}

function holds(result: Result): void {
  expect(result.broken).toEqual([])
  expect(result).toMatchObject({ lost: 0, doubled: 0, disordered: 0 })
}

const CHANNELS = [
  { name: 'one', channelId: '1' },
  { name: 'two', channelId: '2' },
]
const said = (channelId: string, tag: string, effect = 'message 5'): Line => ({
  ...{ n: 1, ms: 0, method: 'POST', path: `/channels/${channelId}/messages`, route: '', status: 200, fault: '' },
  effect,
  tags: [tag],
})

it('the checker finds what was lost, doubled and said in another order', () => {
  const lines = [said('1', 'k0e'), said('1', 'k1e'), said('2', 'k1e'), said('2', 'k0e'), said('2', 'k0e')]
  const verdict = judge({ tags: ['k0e', 'k1e', 'k2e'], channels: CHANNELS }, lines)
  expect(verdict).toMatchObject({
    alerts: 6,
    lost: ['one k2e', 'two k2e'],
    doubled: ['two k0e (2)'],
    disordered: ['two'],
  })
})

it('the checker counts no answer to a repeated nonce and no edit as said', () => {
  const lines = [said('1', 'k0e'), said('1', 'k0e', 'same 5'), said('1', 'k0e', 'edited 5'), said('2', 'k0e')]
  expect(judge({ tags: ['k0e'], channels: CHANNELS }, lines)).toMatchObject({ lost: [], doubled: [] })
})
