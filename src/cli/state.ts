/** What doctor reads from the disk and the database: what is held, dead or lost, room, and backups. */
import { statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { balancesOf, balanceText, dayOf } from '../core/audit.ts'
import { targetKey } from '../core/follow.ts'
import type { Settings } from '../edge/settings/settings.ts'
import type { DeliveryRow, Store } from '../flow/ports/store.ts'
import { keptBackups } from './backup.ts'
import type { Finding } from './finding.ts'
import { DATABASE } from './house.ts'

const DAY_MS = 86_400_000
const MIB = 1024 * 1024
/** SQLite's log, a checkpoint and a few days of news. */
const FREE_BYTES_MIN = 256 * MIB
/** A backup is a whole copy: the next one needs room for itself. */
const FREE_DATABASES_MIN = 1.5
/** A day, and the hours that a night's outage costs. */
const BACKUP_AGE_MS_MAX = 36 * 60 * 60_000
const TROUBLED_ROWS_MAX = 1_000
/** The first ones show what is wrong. */
const GROUPS_SHOWN_MAX = 10
/** Ten minutes of reading at its usual pace. */
const WAITING_MAX = 2_000

export function examineDisk({ dataDir }: Pick<Settings, 'dataDir'>): Finding {
  const what = 'disk'
  try {
    const { bavail, bsize } = statfsSync(dataDir)
    const free = Number(bavail) * Number(bsize)
    const size = statSync(path.join(dataDir, DATABASE), { throwIfNoEntry: false })?.size ?? 0
    const says = `${Math.floor(free / MIB)} MiB free, the database takes ${Math.ceil(size / MIB)}`
    const cure = `Make room on the disk of ${dataDir}, or keep less: articles.keepDays and backups in settings.yaml.`
    return free < Math.max(FREE_BYTES_MIN, size * FREE_DATABASES_MIN)
      ? { what, state: 'problem', says: `nearly full: ${says}`, cure }
      : { what, state: 'ok', says }
  } catch (error) {
    return { what, state: 'skipped', says: `tells no room (${error instanceof Error ? error.message : String(error)})` }
  }
}

export function examineBackups(settings: Pick<Settings, 'backupDir' | 'backups' | 'dataDir'>, now: number): Finding {
  const what = 'backups'
  const { backupDir, backups, dataDir } = settings
  if (backups.daily === 0) return { what, state: 'skipped', says: 'backups.daily is 0: none are made' }
  const [newest] = keptBackups(settings, now)
  const cure = `See whether ${backupDir} may be written and has room, and look for "not backed up" in the log. pullquote backup makes one now.`
  if (newest) {
    const hours = Math.floor((now - newest.at) / 3_600_000)
    const says = `the newest is ${hours} hours old (${newest.name})`
    return now - newest.at > BACKUP_AGE_MS_MAX ? { what, state: 'problem', says, cure } : { what, state: 'ok', says }
  }
  const madeAt = statSync(path.join(dataDir, `${DATABASE}`), { throwIfNoEntry: false })?.birthtimeMs ?? now
  return now - madeAt > BACKUP_AGE_MS_MAX
    ? { what, state: 'problem', says: `there is none in ${backupDir}`, cure }
    : { what, state: 'ok', says: 'none yet: the first is made within an hour of running' }
}

export async function examineState(
  store: Pick<Store, 'troubled' | 'audit' | 'status'>,
  now: number,
): Promise<readonly Finding[]> {
  const troubled = await store.troubled({ limit: TROUBLED_ROWS_MAX })
  return [...deliveryFindings(troubled), await queueFinding(store, now), await balanceFinding(store, now)]
}

function deliveryFindings(rows: readonly DeliveryRow[]): readonly Finding[] {
  if (rows.length === 0)
    return [{ what: 'deliveries', state: 'ok', says: 'nothing is held back, and none failed for good' }]
  const groups = Map.groupBy(rows, ({ delivery }) => {
    const reason = 'reason' in delivery ? delivery.reason : ''
    return JSON.stringify([delivery.state, delivery.state === 'held' ? targetKey(delivery.alert.target) : '', reason])
  })
  const findings = [...groups].map(([key, group]): Finding => {
    const [state, target, reason]: readonly string[] = JSON.parse(key)
    return state === 'held'
      ? {
          what: `deliveries to ${target}`,
          state: 'problem',
          says: `${group.length} held back: ${reason}`,
          cure: 'Give me View Channel, Send Messages, Embed Links and Read Message History there; what is held goes out within ten minutes.',
        }
      : {
          what: 'deliveries',
          state: 'problem',
          says: `${group.length} failed for good: ${reason}`,
          cure: `Mend the cause, then: pullquote retry ${group.length === 1 ? group[0]?.delivery.id : '--all'} (pullquote retry lists them).`,
        }
  })
  return findings.slice(0, GROUPS_SHOWN_MAX)
}

async function queueFinding({ status }: Pick<Store, 'status'>, now: number): Promise<Finding> {
  const { itemsWaiting, deliveries } = await status('operator', now)
  const waiting = deliveries.queued + deliveries.sending + deliveries.unsure
  const says = `${itemsWaiting} items wait to be read, ${waiting} messages to be sent`
  return itemsWaiting > WAITING_MAX || waiting > WAITING_MAX
    ? {
        what: 'queues',
        state: 'problem',
        says,
        cure: 'See whether the bot runs. If it does, it is behind: reader.children in settings.yaml may be raised.',
      }
    : { what: 'queues', state: 'ok', says }
}

async function balanceFinding({ audit }: Pick<Store, 'audit'>, now: number): Promise<Finding> {
  const what = 'balance'
  const rows = await audit({ since: dayOf(now).since - DAY_MS, until: dayOf(now).until })
  const [sum] = balancesOf(rows.map((row) => ({ ...row, target: '' })))
  if (!sum) return { what, state: 'ok', says: 'nothing was seen since yesterday' }
  return sum.fates.lost > 0
    ? {
        what,
        state: 'problem',
        says: balanceText(sum),
        cure: 'pullquote audit tells where. It is a bug: please report it.',
      }
    : { what, state: 'ok', says: `since yesterday ${balanceText(sum)}` }
}
