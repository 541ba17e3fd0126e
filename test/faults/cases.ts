/** Every case with its full dose: what issue and DELIVERY.md ask for. */
import type { Result } from './acts.ts'
import { type Dose, f1, f3, f4, f5 } from './cases/kills.ts'
import { f2 } from './cases/points.ts'

export type Case = Readonly<{
  name: string
  run(dose: Dose): Promise<Result>
  seeds: readonly number[]
  /** Of one seed. */
  kills: number
  alerts: number
}>

export const CASES: readonly Case[] = [
  { name: 'F1', run: f1, seeds: [1, 2, 3, 4, 5], kills: 200, alerts: 2_000 },
  // Rounds: each point ten times in all.
  { name: 'F2', run: f2, seeds: [21, 22], kills: 5, alerts: 0 },
  { name: 'F3', run: f3, seeds: [6], kills: 100, alerts: 1_000 },
  { name: 'F4', run: f4, seeds: [7], kills: 0, alerts: 5_000 },
  { name: 'F5', run: f5, seeds: [8], kills: 0, alerts: 5_000 },
]
