/** Every case with its full dose: what issue and DELIVERY.md ask for. */
import type { Result } from './acts.ts'
import { f13, f15 } from './cases/bodies.ts'
import { f6, f7, f11, f12 } from './cases/discord.ts'
import { f9 } from './cases/disk.ts'
import { f8, f10 } from './cases/every-n.ts'
import { type Dose, f1, f3, f4, f5 } from './cases/kills.ts'
import { f2 } from './cases/points.ts'
import { f14 } from './cases/poison.ts'

export type Case = Readonly<{
  name: string
  run(dose: Dose): Promise<Result>
  seeds: readonly number[]
  /** Of one seed; what a case makes of `kills` stands in its file. A stride grows where the dose is smaller. */
  kills: number
  alerts: number
  stride?: true
}>

export const CASES: readonly Case[] = [
  { name: 'F1', run: f1, seeds: [1, 2, 3, 4, 5], kills: 200, alerts: 2_000 },
  // Rounds: each point ten times in all.
  { name: 'F2', run: f2, seeds: [21, 22], kills: 5, alerts: 0 },
  { name: 'F3', run: f3, seeds: [6], kills: 100, alerts: 1_000 },
  { name: 'F4', run: f4, seeds: [7], kills: 0, alerts: 5_000 },
  { name: 'F5', run: f5, seeds: [8], kills: 0, alerts: 5_000 },
  { name: 'F6', run: f6, seeds: [9], kills: 12, alerts: 0 },
  { name: 'F7', run: f7, seeds: [10], kills: 40, alerts: 0 },
  // Strides through the n: 1 is every one.
  { name: 'F8', run: f8, seeds: [14], kills: 1, alerts: 0, stride: true },
  { name: 'F9', run: f9, seeds: [15], kills: 1, alerts: 0 },
  { name: 'F10', run: f10, seeds: [16], kills: 1, alerts: 0, stride: true },
  { name: 'F11', run: f11, seeds: [12], kills: 2, alerts: 0 },
  { name: 'F12', run: f12, seeds: [13], kills: 10, alerts: 0 },
  { name: 'F13', run: f13, seeds: [17], kills: 100, alerts: 0 },
  { name: 'F14', run: f14, seeds: [18], kills: 5, alerts: 0 },
  { name: 'F15', run: f15, seeds: [19], kills: 6, alerts: 0 },
]
