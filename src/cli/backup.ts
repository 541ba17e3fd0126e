/** `pullquote backup [file]`, and the copy that the bot makes of itself every day. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { backupName, backupsIn, isBackupDue, outdatedBackups } from '../core/backups.ts'
import type { Settings } from '../edge/settings/settings.ts'
import { point } from '../flow/points.ts'
import { withStore } from './beside.ts'
import { EXIT, Exit } from './exit.ts'
import { type House, loadSettings } from './house.ts'

/** @param file - where to; a dated name in the folder of backups where missing */
export async function backup(env: NodeJS.ProcessEnv, file: string | undefined): Promise<void> {
  const settings = loadSettings(env)
  const now = Date.now()
  const to = file === undefined ? path.join(settings.backupDir, backupName(now)) : path.resolve(file)
  try {
    mkdirSync(path.dirname(to), { recursive: true })
    await withStore(settings, (store) => store.backup(to))
  } catch (error) {
    if (error instanceof Exit) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new Exit(EXIT.machine, message.startsWith('Cannot') ? message : `Cannot back up to "${to}": ${message}`)
  }
  process.stdout.write(`${to}\n${Math.ceil(statSync(to).size / 1024)} KiB, checked. pullquote restore puts it back.\n`)
}

/** Called every hour; a failure is told in the log, by doctor, and tried again in an hour. */
export async function backUpDaily({
  settings,
  store,
  log,
  now,
}: Pick<House, 'settings' | 'store' | 'log' | 'now'>): Promise<void> {
  const { backups: rule, backupDir } = settings
  if (rule.daily === 0 || !isBackupDue(keptBackups(settings, now()), now())) return
  const startedAt = now()
  const name = backupName(startedAt)
  try {
    mkdirSync(backupDir, { recursive: true })
    point('backup begun')
    await store.backup(path.join(backupDir, name))
    point('backup made')
    const outdated = outdatedBackups(keptBackups(settings, now()), rule)
    for (const { name: old } of outdated) rmSync(path.join(backupDir, old), { force: true })
    point('backup done')
    log.info('backed up', { name, tookMs: now() - startedAt, removed: outdated.length })
  } catch (error) {
    log.error('not backed up', { error: String(error) })
  }
}

/** Newest first. */
export function keptBackups({ backupDir }: Pick<Settings, 'backupDir'>, now: number): ReturnType<typeof backupsIn> {
  return existsSync(backupDir) ? backupsIn(readdirSync(backupDir), now) : []
}
