/** What must be the case that a life passes a point: a story that grows, a message out and unsure, a list that is due, an older copy put back. */
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { copyDatabase } from '../../../src/edge/store/copy.ts'
import { restoreStore } from '../../../src/edge/store/restore.ts'
import { allSaid, print, printTwin, turnClock, until } from '../acts.ts'
import type { Faults } from '../faults.ts'
import { nameFeeds, type Scene, startBot } from '../scene.ts'

/** What the rounds have used up so far. */
export type Used = { twins: number; olds: number }

type Need = Readonly<{
  points: RegExp
  /** Comes once in a life: always the first pass. */
  rare?: true
  ticks?: Faults['ticks']
  /** Before the life, with no bot alive. */
  before?(scene: Scene, used: Used): Promise<void> | void
  /** In the life, again and again. */
  during?(scene: Scene): Promise<unknown>
}>

const SOON = '* * * * * *'
export const HOUR_MS = 61 * 60_000
/** The longest way to a point that everything leads to. */
export const LIFE_MS_MAX = 20_000

/** The first that fits. */
const NEEDS: readonly Need[] = [
  { points: /edit/, rare: true, before: growStory },
  { points: /history|found/, rare: true, before: leaveUnsure },
  { points: /igest/, rare: true, ticks: { digests: SOON }, before: (scene) => turnClock(scene, HOUR_MS) },
  { points: /backup/, rare: true, ticks: { backup: SOON }, before: forgetBackups },
  { points: /sweep/, rare: true, ticks: { housekeeping: SOON } },
  { points: /hub|cache/, ticks: { hubs: SOON }, before: forgetHubs, during: ({ press }) => press.call('push') },
  { points: /first/, rare: true, before: openFeed },
  { points: /remember/, rare: true, before: forgetCommands },
  { points: /read|page|woke|keepArticle|claimItems|opening|keepCommonFeeds/, rare: true },
]

export function needOf(point: string): Omit<Need, 'points'> {
  return NEEDS.find(({ points }) => points.test(point)) ?? {}
}

/** Points of a restored copy's life, and of the restoring itself: they have an act of their own. */
export const isOfRestore = (point: string): boolean => /restore|read-back|ReadBack/.test(point)

/** Another outlet joins a story that was told. */
async function growStory(scene: Scene, used: Used): Promise<void> {
  await printTwin(scene, used.twins++)
}

/** A life that ends with a message out and no answer read, unless one lies there already. */
async function leaveUnsure(scene: Scene): Promise<void> {
  if (countIn(scene, "select count(*) n from deliveries where state in ('sending', 'unsure')") > 0) return
  await print(scene)
  await dieIn(scene, { name: 'http post answering', nth: 1 })
}

/** @returns whether it came so far */
export async function dieIn(scene: Scene, point: NonNullable<Faults['point']>): Promise<boolean> {
  const bot = startBot(scene, { point })
  const died = await until(() => bot.hasEnded(), LIFE_MS_MAX)
  if (!died) await bot.kill()
  return died
}

function forgetBackups(scene: Scene): void {
  rmSync(backupsOf(scene), { recursive: true, force: true })
}

export function backupsOf({ database }: Scene): string {
  return path.join(path.dirname(database), 'backups')
}

function forgetHubs(scene: Scene): void {
  execIn(scene, "delete from cache where key like 'websub%'")
}

function forgetCommands(scene: Scene): void {
  execIn(scene, "delete from facts where name = 'registered commands'")
}

/** Of what was there before a feed's first poll nothing is said. Its stories have numbers of their own. */
async function openFeed(scene: Scene, used: Used): Promise<void> {
  const { folder, press, clock } = scene
  const feed = FEEDS_COUNTED + used.olds
  for (let n = 0; n < OLDS; n++)
    await press.call('printOld', { name: `k${OLD_FROM + used.olds++}e`, at: Date.now() + clock.aheadMs, feed })
  nameFeeds({ folder, origin: await press.call('origin') }, [feed])
}
const FEEDS_COUNTED = 100
const OLDS = 3
const OLD_FROM = 900_000

/** Told though they were there before a first poll. */
export function oldsTold({ journal }: Scene): readonly string[] {
  return journal().flatMap(({ tags }) => tags.filter((tag) => Number(/\d+/.exec(tag)?.[0]) >= OLD_FROM))
}

/** A copy, and a life after it that it knows nothing of: what the copy would say is said already. */
export async function leaveCopy(scene: Scene): Promise<string> {
  const copy = `${scene.database}.copy`
  rmSync(copy, { force: true })
  await print(scene)
  await dieIn(scene, { name: 'deliver claimed', nth: 1 })
  copyDatabase({ from: scene.database, to: copy, now: nowOf(scene) })
  const bot = startBot(scene)
  const each = scene.places.filter(({ rhythm }) => rhythm === 'each')
  await until(() => bot.hasEnded() || allSaid({ ...scene, places: each }), LIFE_MS_MAX)
  await bot.kill()
  return copy
}

/** Puts it back, with no bot alive. */
export function putBack(scene: Scene, copy: string): void {
  const restored = restoreStore({ path: scene.database, file: copy, now: nowOf(scene) })
  if (restored.kind === 'refused') throw new Error(restored.message)
  const { aside } = restored
  if (aside) for (const companion of ['', '-wal', '-shm']) rmSync(`${aside}${companion}`, { force: true })
}

function nowOf({ clock }: Scene): number {
  return Date.now() + clock.aheadMs
}

function countIn({ database }: Scene, text: string): number {
  const db = new DatabaseSync(database, { readOnly: true })
  try {
    return Number(db.prepare(text).get()?.['n'] ?? 0)
  } finally {
    db.close()
  }
}

function execIn({ database }: Scene, text: string): void {
  if (!existsSync(database)) return
  const db = new DatabaseSync(database)
  try {
    db.exec(text)
  } finally {
    db.close()
  }
}
