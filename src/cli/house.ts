/** The edges that every running bot has, built in order and taken down in reverse: settings, log, store, web, reader. */

import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createWake } from '../edge/clock/wake.ts'
import { createLog } from '../edge/log/log.ts'
import { measuredReader, measuredStore, measuredWeb } from '../edge/metrics/measured.ts'
import { createMetrics, type Metrics } from '../edge/metrics/metrics.ts'
import { createReader } from '../edge/reader/reader.ts'
import { readSettings, type Settings } from '../edge/settings/settings.ts'
import { openStore } from '../edge/store/sqlite.ts'
import { createWeb, proxyProblem } from '../edge/web/web.ts'
import type { Store } from '../flow/ports/store.ts'
import type { Cache, Chance, Log, Now, Reader, Wake, Web } from '../flow/ports.ts'
import { EXIT, Exit } from './exit.ts'

export const ROOT = path.resolve(import.meta.dirname, '../..')
export const DATABASE = 'pullquote.sqlite'

export type House = Readonly<{
  settings: Settings
  version: string
  log: Log
  store: Store
  cache: Cache
  web: Web
  reader: Reader
  wake: Wake
  metrics: Metrics
  /** The clock was put back by so much. */
  putBack(byMs: number): Promise<void>
  now: Now
  chance: Chance
  close(): Promise<void>
}>

export function version(): string {
  return String(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version)
}

/** @throws Exit 78 with one line a problem */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  const read = readSettings(env, ROOT)
  if (read.kind === 'broken') throw new Exit(EXIT.configuration, read.lines.join('\n'))
  return read.settings
}

/** 22 characters of base64url: 128 bits. */
export const chance: Chance = () => randomBytes(16).toString('base64url')

/** @param exemptOrigins - of the sample wire, which lives on loopback
 *  @throws Exit with one clear line */
export async function openHouse(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  exemptOrigins: readonly string[],
): Promise<House> {
  const now: Now = () => Date.now()
  const { dataDir } = settings
  const log = openLog(settings, env)
  const proxy = proxyProblem(env)
  if (proxy && !settings.web.allowProxy) throw new Exit(EXIT.configuration, proxy)
  makeFolder(dataDir)
  const opened = await openStore({ path: path.join(dataDir, DATABASE), now })
  if (opened.kind === 'refused') throw new Exit(EXIT.machine, opened.message)
  const { store, cache, restoredFrom, putBack } = opened
  if (restoredFrom !== undefined)
    log.warn('the database is an older copy: every channel is read back from its time before anything is sent there', {
      copyAt: new Date(restoredFrom).toISOString(),
    })
  try {
    const userAgent = userAgentOf(settings)
    const { allowPrivate } = settings
    const { hostGapMs } = settings.feeds
    const metrics = createMetrics()
    const clocks = { metrics, now, elapsed: () => performance.now() }
    const guarded = createWeb({ userAgent, allowPrivate, exemptOrigins, now, cache, log, hostGapMs })
    const web = measuredWeb(guarded, clocks)
    const reader = measuredReader(createReader({ ...settings.reader, log }), clocks)
    const close = async (): Promise<void> => {
      await web.close()
      await reader.close()
      await store.close()
    }
    const edges = { log, store: measuredStore(store, clocks), cache, web, reader, wake: createWake(), metrics }
    return { settings, version: version(), ...edges, putBack, now, chance, close }
  } catch (error) {
    await store.close()
    throw new Exit(EXIT.configuration, error instanceof Error ? error.message : String(error))
  }
}

/** Names us and, where the operator set one, a contact: publishers ask for both. */
export function userAgentOf({ web }: Pick<Settings, 'web'>): string {
  return `Pullquote/${version()} (Discord news bot${web.contact ? `; ${web.contact}` : ''})`
}

export function openLog(settings: Settings, env: NodeJS.ProcessEnv): Log {
  const terminal = process.stdout.isTTY === true
  const { level } = settings.logs
  return createLog({
    level,
    out: process.stdout,
    pretty: terminal,
    color: terminal && !env['NO_COLOR'],
    secrets: settings.secrets,
  })
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new Exit(
      EXIT.machine,
      `Cannot make the data folder ${folder}: ${error instanceof Error ? error.message : String(error)}. Set DATA_DIR to a folder that I may write to.`,
    )
  }
}
