/** F9, a database that cannot be had. */
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
