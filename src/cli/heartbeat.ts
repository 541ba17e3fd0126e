/** A file that says when the loops last turned: a container without a port can be asked by it. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Log, LoopName } from '../flow/ports.ts'

const FILE = 'heartbeat.json'
/** A loop turns at least every five seconds; a step may wait for slow sites. */
const STALE_MS = 120_000

/** A full disk must not end the bot: the check that reads the old file tells. */
export function writeHeartbeat(
  dataDir: string,
  turns: ReadonlyMap<LoopName, Readonly<{ turnedAt: number }>>,
  log: Log,
): void {
  const times = Object.fromEntries([...turns].map(([name, { turnedAt }]) => [name, turnedAt]))
  try {
    writeFileSync(path.join(dataDir, FILE), JSON.stringify(times))
  } catch (error) {
    log.warn('heartbeat not written', { error: String(error) })
  }
}

/** Undefined when all three loops turned of late; otherwise one line that says which did not. */
export function heartbeatProblem(dataDir: string, now: number): string | undefined {
  let turns: Readonly<Record<string, unknown>>
  try {
    turns = JSON.parse(readFileSync(path.join(dataDir, FILE), 'utf8'))
  } catch {
    return `There is no heartbeat in ${dataDir}: the bot does not run there.`
  }
  return standingStill((name) => Number(turns[name]), now)
}

/** The same of this very process, which need not wait for its heartbeat. */
export function turnsProblem(
  turns: ReadonlyMap<LoopName, Readonly<{ turnedAt: number }>>,
  now: number,
): string | undefined {
  return standingStill((name) => turns.get(name)?.turnedAt ?? Number.NaN, now)
}

function standingStill(turnedAt: (name: LoopName) => number, now: number): string | undefined {
  const names: readonly LoopName[] = ['gather', 'read', 'deliver']
  // A clock that was put back makes what stands still look young: a time that is still to come tells nothing either.
  const late = names.filter((name) => !(Math.abs(now - turnedAt(name)) < STALE_MS))
  return late.length > 0 ? `These loops stand still: ${late.join(', ')}.` : undefined
}
