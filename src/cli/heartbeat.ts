/** A file that says when the loops last turned: a container without a port can be asked by it. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { LoopName } from '../flow/ports.ts'

const FILE = 'heartbeat.json'
/** A loop turns at least every five seconds; a step may wait for slow sites. */
const STALE_MS = 120_000

export function writeHeartbeat(dataDir: string, turns: ReadonlyMap<LoopName, number>): void {
  writeFileSync(path.join(dataDir, FILE), JSON.stringify(Object.fromEntries(turns)))
}

/** Undefined when all three loops turned of late; otherwise one line that says which did not. */
export function heartbeatProblem(dataDir: string, now: number): string | undefined {
  let turns: Readonly<Record<string, unknown>>
  try {
    turns = JSON.parse(readFileSync(path.join(dataDir, FILE), 'utf8'))
  } catch {
    return `There is no heartbeat in ${dataDir}: the bot does not run there.`
  }
  const late = ['gather', 'read', 'deliver'].filter((name) => !(now - Number(turns[name]) < STALE_MS))
  return late.length > 0 ? `These loops stand still: ${late.join(', ')}.` : undefined
}
