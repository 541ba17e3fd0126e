/** Short forms of the fault suite, with fixed seeds. The long ones are `npm run faults`. */
import { expect, it } from 'vitest'
import type { Result } from './acts.ts'
import { type Dose, f1, f3, f4, f5 } from './cases/kills.ts'
import { judge } from './checker.ts'
import type { Line } from './journal.ts'
import { SHORT } from './scene.ts'

const HANGS_MS = 240_000

const SHORTS: readonly (readonly [title: string, run: () => Promise<Result>])[] = [
  ['F1: says every alert once although it is killed again and again', () => f1(dose(3, 60))],
  ['F3: says every alert once although it was down for longer than a nonce is remembered', () => f3(dose(3, 60))],
  ['F4: says every alert once although four of ten requests go wrong', () => f4(dose(0, 30))],
  ['F5: says every alert once through storms of rate limits', () => f5(dose(0, 60))],
]
it.each(SHORTS)('%s', async (_, run) => holds(await run()), HANGS_MS)

function dose(kills: number, alerts: number): Dose {
  return { seed: 11, kills, alerts, times: SHORT }
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
  isList: false,
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

it('the checker lets a list come when it is due, and holds it to everything else', () => {
  const list = { ...said('2', 'k0e'), isList: true }
  const lines = [said('1', 'k0e'), said('1', 'k1e'), said('2', 'k1e'), list]
  const expected = { tags: ['k0e', 'k1e'], channels: CHANNELS }
  expect(judge(expected, lines)).toMatchObject({ lost: [], doubled: [], disordered: [] })
  expect(judge(expected, [...lines, list])).toMatchObject({ doubled: ['two k0e (2)'] })
})

it('the checker counts no answer to a repeated nonce and no edit as said', () => {
  const lines = [said('1', 'k0e'), said('1', 'k0e', 'same 5'), said('1', 'k0e', 'edited 5'), said('2', 'k0e')]
  expect(judge({ tags: ['k0e'], channels: CHANNELS }, lines)).toMatchObject({ lost: [], doubled: [] })
})

it('the checker counts what left the bot in any one second, in however large a heap it came in', () => {
  const lines = Array.from({ length: 60 }, () => said('1', 'k0e', 'edited 5'))
  const evenly = lines.map((_, n) => n * 20)
  const expected = { tags: [], channels: CHANNELS }
  expect(judge({ ...expected, left: evenly }, lines)).toMatchObject({ perSecondMax: 50, unseen: 0 })
  expect(judge({ ...expected, left: [...evenly, 700] }, lines)).toMatchObject({ perSecondMax: 51 })
  expect(judge({ ...expected, left: evenly.slice(1) }, lines)).toMatchObject({ unseen: 1 })
})
