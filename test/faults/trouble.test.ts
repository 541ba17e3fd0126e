/** Short forms of the cases that need no kills: an outage, a clock that jumps, a gateway that closes, a second instance, a database that
 *  cannot be had, an older copy. The long ones are `npm run faults`. */
import { expect, it } from 'vitest'
import type { Result } from './acts.ts'
import { f15 } from './cases/bodies.ts'
import { f6, f7, f11, f12 } from './cases/discord.ts'
import { f9 } from './cases/disk.ts'
import type { Dose } from './cases/kills.ts'
import { SHORT } from './scene.ts'

const HANGS_MS = 240_000
const dose = (kills: number): Dose => ({ seed: 11, kills, alerts: 0, times: SHORT })
const SHORTS: readonly (readonly [title: string, run: () => Promise<Result>])[] = [
  ['F6: says after an outage what it hid, also from a start into it', () => f6(dose(1))],
  ['F7: says every alert once though its clock jumps by hours, in life and between lives', () => f7(dose(2))],
  [
    'F9: ends with a line where the database cannot be had, and outlives a lock',
    () => f9(dose(1), ['empty', 'locked']),
  ],
  [
    'F11: says every alert once though the gateway closes in every way, and ends where it must',
    () => f11(dose(1), { closes: [4000, 'cut'], fatal: [4014] }),
  ],
  ['F12: refuses a second instance, and the first lives on', () => f12(dose(1))],
  ['F15: says nothing twice after an older copy was put back', () => f15(dose(1))],
]

it.each(SHORTS)(
  '%s',
  async (_, run) => {
    const result = await run()
    expect(result.broken).toEqual([])
    expect(result).toMatchObject({ lost: 0, doubled: 0, disordered: 0 })
  },
  HANGS_MS,
)
