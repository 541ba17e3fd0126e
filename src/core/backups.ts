/** Names of backups, and which of them are kept. A file of another name is never touched. */

const DAY_MS = 86_400_000
/** A backup is a day old when the next one is due; the hourly look may come a few minutes early. */
const DUE_MS = DAY_MS - 30 * 60_000
/** A name from beyond this is of a clock that was wrong: it says nothing of what is here. */
const AHEAD_MS_MAX = 60 * 60_000
const NAME = /^pullquote-(\d{4})-(\d\d)-(\d\d)T(\d\d)(\d\d)(\d\d)Z\.sqlite$/

export type Backup = Readonly<{ name: string; at: number }>
/** The newest of each of `daily` days, and of each of `weekly` weeks before them. */
export type BackupRule = Readonly<{ daily: number; weekly: number }>

/** `pullquote-2026-11-25T031700Z.sqlite` */
export function backupName(at: number): string {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '')
  return `pullquote-${stamp}Z.sqlite`
}

/** Those that are named as ours, newest first. */
export function backupsIn(names: readonly string[], now: number): readonly Backup[] {
  return names
    .flatMap((name) => {
      const [, ...numbers] = NAME.exec(name) ?? []
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers.map(Number)
      const at = Date.UTC(year, month - 1, day, hour, minute, second)
      return numbers.length > 0 && at <= now + AHEAD_MS_MAX ? [{ name, at }] : []
    })
    .sort((a, b) => b.at - a.at)
}

export function isBackupDue([newest]: readonly Backup[], now: number): boolean {
  return newest === undefined || now - newest.at >= DUE_MS
}

/** Those that no rule keeps. The newest is always kept. A day without a backup takes no place: a bot that slept for a month loses none.
 *  @param backups - newest first */
export function outdatedBackups(backups: readonly Backup[], { daily, weekly }: BackupRule): readonly Backup[] {
  const ofDays = firstOfEach(backups, dayOf).slice(0, daily)
  const weeks = new Set(ofDays.map(weekOf))
  const before = backups.filter((backup) => !weeks.has(weekOf(backup)))
  const kept = new Set([...backups.slice(0, 1), ...ofDays, ...firstOfEach(before, weekOf).slice(0, weekly)])
  return backups.filter((backup) => !kept.has(backup))
}

const dayOf = ({ at }: Backup): number => Math.floor(at / DAY_MS)
/** The epoch's first day was a Thursday: weeks begin on Mondays. */
const weekOf = (backup: Backup): number => Math.floor((dayOf(backup) + 3) / 7)

function firstOfEach(backups: readonly Backup[], key: (backup: Backup) => number): readonly Backup[] {
  return [...Map.groupBy(backups, key).values()].flatMap((group) => group.slice(0, 1))
}
