import { describe, expect, it } from 'vitest'
import { backupName, backupsIn, isBackupDue, outdatedBackups } from '../../src/core/backups.ts'

const DAY = 86_400_000
/** A Wednesday. */
const NOW = Date.UTC(2026, 10, 25, 3, 17)
const every = (days: number, stepMs = DAY) => Array.from({ length: days }, (_, n) => backupName(NOW - n * stepMs))

describe('a backup', () => {
  it('is known by its name, newest first', () => {
    const names = ['notes.txt', backupName(NOW - DAY), 'pullquote-2026-11-25.sqlite', backupName(NOW)]
    expect(backupsIn(names, NOW)).toEqual([
      { name: 'pullquote-2026-11-25T031700Z.sqlite', at: NOW },
      { name: 'pullquote-2026-11-24T031700Z.sqlite', at: NOW - DAY },
    ])
  })

  it('of tomorrow is of a wrong clock, and counts for nothing', () => {
    expect(backupsIn([backupName(NOW + DAY)], NOW)).toEqual([])
  })

  it('is due when there is none, or when the newest is a day old', () => {
    const of = (ageMs: number) => backupsIn([backupName(NOW - ageMs)], NOW)
    expect([[], of(DAY), of(DAY / 2)].map((backups) => isBackupDue(backups, NOW))).toEqual([true, true, false])
  })
})

describe('the rule', () => {
  const left = (names: readonly string[], rule: Readonly<{ daily: number; weekly: number }>) => {
    const backups = backupsIn(names, NOW)
    const gone = new Set(outdatedBackups(backups, rule))
    return backups.filter((backup) => !gone.has(backup)).map(({ name }) => name.slice(10, 20))
  }

  it('keeps seven days, and the last of four weeks before them', () => {
    expect(left(every(60), { daily: 7, weekly: 4 })).toEqual([
      ...[25, 24, 23, 22, 21, 20, 19].map((day) => `2026-11-${day}`),
      '2026-11-15',
      '2026-11-08',
      '2026-11-01',
      '2026-10-25',
    ])
  })

  it('keeps the newest of a day', () => {
    expect(left(every(4, 3_600_000), { daily: 7, weekly: 0 })).toEqual(['2026-11-25'])
  })

  it('loses none to a month of sleep', () => {
    expect(left(every(5, 40 * DAY), { daily: 3, weekly: 1 })).toHaveLength(4)
  })

  it('keeps the newest even where nothing is to be kept', () => {
    expect(left(every(3), { daily: 0, weekly: 0 })).toEqual(['2026-11-25'])
  })
})
