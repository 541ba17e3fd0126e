/** F8, a disk that is full at the n-th write; F9, a database that cannot be had; F10, the n-th statement and the n-th request fail. */
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { terminate } from '../../e2e/lives.ts'
import { allSaid, firstLife, print, type Result, settle, until } from '../acts.ts'
import { type Bot, openScene, type Scene, startBot } from '../scene.ts'
import type { Dose } from './kills.ts'

/** One of each kind would be enough; a forum has a way of its own. */
const CHANNELS = 2
const SAID_MS_MAX = 30_000
const IOERR = 10
const FULL = 13
/** A walk takes fewer statements than this: where nothing failed any more, it was longer than the walk. */
const STATEMENTS_MAX = 2_000
/** Growth of the database, in pages, until it is full. */
const PAGES_MAX = 12

async function played(
  { name, seed, ...times }: Pick<Dose, 'seed' | 'times'> & Readonly<{ name: string }>,
  play: (scene: Scene, broken: string[]) => Promise<Readonly<{ played: string; alive?: Bot }>>,
): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS, ...times })
  try {
    const broken: string[] = []
    const { played: words, alive } = await play(scene, broken)
    return await settle(scene, { name, played: words, startedAt, broken }, alive)
  } finally {
    await scene.close()
  }
}

type Failing = Readonly<{ code: number; writesOnly: boolean; stride: number }>

/** Every n of one walk, from the printing to the last channel. @returns how many failed */
async function everyStatement(scene: Scene, bot: Bot, failing: Failing): Promise<number> {
  const { code, writesOnly, stride } = failing
  const before = bot.fired.length
  for (let nth = 1; nth < STATEMENTS_MAX; nth += stride) {
    const fired = bot.fired.length
    bot.tell({ sql: { nth, code, writesOnly } })
    await print(scene)
    await until(() => allSaid(scene) || bot.hasEnded(), SAID_MS_MAX)
    if (bot.hasEnded() || bot.fired.length === fired) break
  }
  return bot.fired.length - before
}

/** @param dose.kills - the stride through the n: 1 is every one */
export const f8 = ({ seed, kills: stride }: Dose): Promise<Result> =>
  played({ name: 'F8', seed }, async (scene, broken) => {
    const bot = await firstLife(scene)
    const failed = await everyStatement(scene, bot, { code: FULL, writesOnly: true, stride })
    for (let morePages = 0; morePages <= PAGES_MAX; morePages += stride) {
      bot.tell({ morePages })
      await print(scene)
      await sleep(FULL_MS)
      bot.tell({ morePages: null })
      await until(() => allSaid(scene) || bot.hasEnded(), SAID_MS_MAX)
    }
    if (bot.hasEnded()) broken.push('ended by itself')
    return { played: `full at ${failed} writes of a walk, and for real`, alive: bot }
  })
const FULL_MS = 1_500

/** @param dose.kills - the stride through the n: 1 is every one */
export const f10 = ({ seed, kills: stride }: Dose): Promise<Result> =>
  played({ name: 'F10', seed }, async (scene, broken) => {
    const bot = await firstLife(scene)
    const failed = await everyStatement(scene, bot, { code: IOERR, writesOnly: false, stride })
    bot.tell({ sql: { nth: STATEMENTS_MAX * 100, code: IOERR } })
    let requests = 0
    for (const when of ['before', 'after'] as const)
      for (let skip = 0; skip < REQUESTS_MAX; skip += stride) {
        await scene.discord.call('addFaults', { rules: [{ kind: 'reset', when, skip, count: 1 }] })
        await print(scene)
        await until(() => allSaid(scene), SAID_MS_MAX)
        await scene.discord.call('clearFaults')
        requests += 1
      }
    for (const kind of ['feed', 'page'] as const) {
      await scene.press.call('breakOff', { kind, status: 503, count: 1 })
      await print(scene)
      await until(() => allSaid(scene), SAID_MS_MAX)
      requests += 1
    }
    if (bot.hasEnded()) broken.push('ended by itself')
    return { played: `${failed} statements, ${requests} requests`, alive: bot }
  })
/** Two posts and, where the first is unsure, what reading back asks. */
const REQUESTS_MAX = 8

type Wrong = Readonly<{ name: string; says: RegExp; make(path: string): (() => void) | undefined }>

/** What is wrong with the file, and how it is put right again. */
const WRONGS: readonly Wrong[] = [
  { name: 'empty', says: /the file is empty/, make: (path) => spoilt(path, () => Buffer.alloc(0)) },
  { name: 'corrupt', says: /damaged/, make: (path) => spoilt(path, (bytes) => bytes.fill(0, 4_096, 16_384)) },
  { name: 'no database', says: /damaged/, make: (path) => spoilt(path, () => Buffer.from('no database\n'.repeat(99))) },
  { name: 'newer', says: /newer Pullquote/, make: (path) => changed(path, NEWER) },
  { name: 'foreign', says: /belongs to another program/, make: (path) => changed(path, 'drop table kysely_migration') },
  { name: 'read-only', says: /it is read-only/, make: readOnly },
  { name: 'locked', says: /lock/, make: locked },
]
const NEWER = "insert into kysely_migration (name, timestamp) values ('9999_tomorrow', '2040-01-01')"

function spoilt(path: string, make: (bytes: Buffer) => Buffer): () => void {
  const bytes = readFileSync(path)
  writeFileSync(path, make(Buffer.from(bytes)))
  return () => writeFileSync(path, bytes)
}

function changed(path: string, statement: string): () => void {
  copyFileSync(path, `${path}.kept`)
  const db = new DatabaseSync(path)
  db.exec(`pragma wal_checkpoint(truncate); ${statement}; pragma wal_checkpoint(truncate)`)
  db.close()
  return () => copyFileSync(`${path}.kept`, path)
}

function readOnly(path: string): (() => void) | undefined {
  chmodSync(path, 0o444)
  return () => chmodSync(path, 0o600)
}

function locked(path: string): () => void {
  const db = new DatabaseSync(path, { timeout: SAID_MS_MAX })
  db.exec('begin exclusive')
  return () => {
    db.exec('rollback')
    db.close()
  }
}

/** @param names - of what is wrong with the file; all, if absent */
export const f9 = ({ kills: _, ...dose }: Dose, names?: readonly string[]): Promise<Result> =>
  played({ ...dose, name: 'F9' }, async (scene, broken) => {
    const wrongs = WRONGS.filter(({ name }) => names === undefined || names.includes(name))
    const first = await firstLife(scene)
    await print(scene)
    await until(() => allSaid(scene), SAID_MS_MAX)
    await terminate(first.child)
    for (const { name, says, make } of wrongs) {
      const mend = make(scene.database)
      const bot = startBot(scene)
      await until(() => bot.hasEnded(), SAID_MS_MAX)
      if (!bot.hasEnded()) await bot.kill()
      const { code, err } = await bot.ended
      mend?.()
      if (code !== 1 || !says.test(err) || err.trim().split('\n').length !== 1)
        broken.push(`${name} ends with ${code}: ${err.slice(0, 120)}`)
    }
    const bot = await heldUp(scene)
    if (bot.hasEnded()) broken.push('ended by itself while another program held the lock')
    return { played: `${wrongs.length} refusals, and a lock of 3 s in life`, alive: bot }
  })

/** Another program holds the lock for a while, in the middle of the walk. */
async function heldUp(scene: Scene): Promise<Bot> {
  const bot = startBot(scene)
  await print(scene)
  await scene.discord.call('comes', { route: 'GET /applications/@me', count: 1, ms: SAID_MS_MAX })
  const letGo = locked(scene.database)
  await sleep(LOCKED_MS)
  letGo()
  return bot
}
const LOCKED_MS = 3_000
