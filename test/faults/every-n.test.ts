/** Short forms of F2, F8, F10, F13 and F14, with fixed seeds. The long ones are `npm run faults`. */
import { expect, it } from 'vitest'
import type { Result } from './acts.ts'
import { f13 } from './cases/bodies.ts'
import { f8, f10, SHORT_FORM } from './cases/every-n.ts'
import { ALL_POINTS, f2 } from './cases/points.ts'
import { f14 } from './cases/poison.ts'
import { SHORT } from './scene.ts'

const HANGS_MS = 240_000
const SEED = 11

/** One of the program's, one of a commit and one of a request. */
const POINTS = ['commit keepArticle after', 'deliver begun', 'http post answering']

it(
  'F2: says every alert once although it dies at named points',
  async () => holds(await f2({ seed: SEED, kills: 1, alerts: 0 }, { points: POINTS, times: SHORT, worlds: 1 })),
  HANGS_MS,
)
it(
  'F8: says every alert once although the disk is full now and then',
  async () => holds(await f8({ seed: SEED, kills: 25, alerts: 0 }, SHORT_FORM)),
  HANGS_MS,
)
it(
  'F10: says every alert once although statements and requests fail',
  async () => holds(await f10({ seed: SEED, kills: 150, alerts: 0 }, SHORT_FORM)),
  HANGS_MS,
)
it(
  'F13: says every alert once although bodies break off',
  async () => holds(await f13({ seed: SEED, kills: 3, alerts: 0 }, SHORT)),
  HANGS_MS,
)
it(
  'F14: a row that cannot be read harms nobody else',
  async () => holds(await f14({ seed: SEED, kills: 1, alerts: 0 }, SHORT)),
  HANGS_MS,
)

it('F2 names each point once, and forty at the least', () => {
  expect(ALL_POINTS.length).toBeGreaterThanOrEqual(40)
  expect(new Set(ALL_POINTS).size).toBe(ALL_POINTS.length)
})

function holds(result: Result): void {
  expect(result.broken).toEqual([])
  expect(result).toMatchObject({ lost: 0, doubled: 0, disordered: 0 })
}
