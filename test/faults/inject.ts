/** Preloaded into the bot's process by the suite: its wall clock, named points, the n-th statement, the size of its database. The program itself
 *  knows nothing of it. */
import diagnostics from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import cron from 'node-cron'
import { listenAtPoints } from '../../src/flow/points.ts'
import type { FaultSeen, Faults } from './faults.ts'
import { monotonicMs } from './journal.ts'

const FULL = 13 // SQLITE_FULL
const PAGES_MAX = 4_294_967_294 // SQLite's own

const faults: { -readonly [Name in keyof Faults]: Faults[Name] } = {}
let passes = 0
let statements = 0
/** How often each came since the suite began to count. */
const texts = new Map<string, number>()
/** Workers look for work all the time: the same words again and again belong to no walk. */
const SAME_MAX = 25
let again: { readonly text: string; left: number } | undefined
let pages = 0
/** The store's two connections, and the one that writes. */
const databases = new Set<DatabaseSync>()
const writers = new Set<DatabaseSync>()
const ownerOf = new WeakMap<StatementSync, DatabaseSync>()

const now = Date.now
Date.now = () => now() + (faults.aheadMs ?? 0)
take(JSON.parse(process.env['FAULTS'] ?? '{}') as Faults)
process.on('message', (given: Faults) => take(given))
process.channel?.unref()

function take(given: Faults): void {
  Object.assign(faults, given)
  if (given.sql !== undefined) {
    statements = 0
    again = undefined
    texts.clear()
  }
  if (given.morePages !== undefined) for (const db of writers) limitPages(db, given.morePages)
}

function tell(seen: FaultSeen): void {
  if (process.connected) process.send?.(seen)
}

// Points: those of the program, and each request by its kind and stage.

listenAtPoints(pass)

function pass(name: string): void {
  if (faults.point?.name !== name) return
  passes += 1
  if (passes >= faults.point.nth) process.kill(process.pid, 'SIGKILL')
}

// When a request's first byte goes to the socket: what the far side's journal says of it is later by the far side's own business. Answers to
// people count for no limit.
const left = process.env['FAULTS_LEFT']
if (left)
  diagnostics.subscribe('undici:client:sendHeaders', (message) => {
    const { path } = (message as { request: { path: string } }).request
    if (/^\/api\/(?!v\d+\/(interactions|webhooks)\/)/.test(path)) appendFileSync(left, `${monotonicMs()}\n`)
  })

const STAGES = {
  'undici:request:create': 'made',
  'undici:client:sendHeaders': 'leaving',
  'undici:request:bodySent': 'sent',
  'undici:request:headers': 'answering',
  'undici:request:trailers': 'answered',
} as const
for (const [channel, stage] of Object.entries(STAGES))
  diagnostics.subscribe(channel, (message) => {
    const { request } = message as { request: { method: string; path: string } }
    const kind = kindOf(request)
    if (kind) pass(`http ${kind} ${stage}`)
  })

function kindOf({ method, path }: Readonly<{ method: string; path: string }>): string | undefined {
  if (/^\/(feed|page)\//.test(path)) return path.split('/')[1]
  if (!/\/channels\/\d+\/(messages|threads)/.test(path)) return undefined
  return { POST: 'post', PATCH: 'edit', GET: 'history' }[method]
}

// Ticks: they may come oftener than by their own clock.

const { schedule } = cron
cron.schedule = (expression, run, options) => schedule(faults.ticks?.[options?.name ?? ''] ?? expression, run, options)

// Statements

const { prepare, exec } = DatabaseSync.prototype
DatabaseSync.prototype.prepare = function prepared(text, ...more) {
  const statement = prepare.call(this, text, ...more)
  if (this.location()?.endsWith('pullquote.sqlite')) databases.add(this)
  ownerOf.set(statement, this)
  return statement
}
DatabaseSync.prototype.exec = function executed(text) {
  if (text.startsWith('pragma journal_mode')) watch(this)
  count(this, text)
  exec.call(this, text)
}
for (const name of ['run', 'get', 'all'] as const) {
  const before = StatementSync.prototype[name] as (...values: unknown[]) => unknown
  const counted = function counted(this: StatementSync, ...values: unknown[]): unknown {
    const owner = ownerOf.get(this)
    if (owner && databases.has(owner)) count(owner, this.sourceSQL)
    return before.apply(this, values)
  }
  StatementSync.prototype[name] = counted as never
}

/** The writer of the store. */
function watch(db: DatabaseSync): void {
  databases.add(db)
  writers.add(db)
  if (faults.morePages !== undefined) limitPages(db, faults.morePages)
}

function limitPages(db: DatabaseSync, more: number | null): void {
  pages = Number(Object.values(prepare.call(db, 'pragma page_count').get() ?? {})[0])
  exec.call(db, `pragma max_page_count = ${more === null ? PAGES_MAX : pages + more}`)
}

function count(db: DatabaseSync, text: string): void {
  const { sql } = faults
  if (!sql || !databases.has(db) || text === 'rollback') return
  if (sql.writesOnly && !/^\s*(insert|update|delete|commit)/i.test(text)) return
  const times = (texts.get(text) ?? 0) + 1
  texts.set(text, times)
  if (times <= SAME_MAX) statements += 1
  if (times <= SAME_MAX && statements === sql.nth) again = { text, left: (sql.times ?? 1) - 1 }
  else if (again?.text === text && again.left > 0) again.left -= 1
  else return
  tell({ fired: text.trim().slice(0, 60) })
  // As SQLite does when the disk is full.
  if (sql.code === FULL && db.isTransaction) exec.call(db, 'rollback')
  throw Object.assign(new Error('planted by the suite'), { code: 'ERR_SQLITE_ERROR', errcode: sql.code })
}
