/** F14: rows that cannot be read, of every table that holds JSON, spoilt while their work waits. They harm nobody but themselves, and doctor
 *  names them. */
import { DatabaseSync } from 'node:sqlite'
import { damagedRows } from '../../../src/edge/store/damaged.ts'
import { kill, terminate } from '../../e2e/lives.ts'
import { allSaid, firstLife, print, printTwin, type Result, settle, turnClock, until } from '../acts.ts'
import { type Bot, openScene, type Place, type Scene, startBot, type Times } from '../scene.ts'
import type { Dose } from './kills.ts'

const SAID_MS_MAX = 60_000
const CHANNELS = 4
const STORIES = 3
const HOUR_MS = 61 * 60_000
/** What a damaged text may look like; one a round. */
const SPOILT = ['{"broken', 'null', '{}', '', '[]']

type Stage = Readonly<{
  scene: Scene
  text: string
  /** "channel story": what is lost with its row. */
  excused: Set<string>
  /** Tables of which a row was spoilt. */
  tables: Set<string>
  broken: string[]
}>

/** @param dose.kills - rounds */
export async function f14({ seed, kills: rounds }: Dose, times?: Times): Promise<Result> {
  const startedAt = performance.now()
  const scene = await openScene({ seed, channels: CHANNELS, lists: 1, ...(times ? { times } : {}) })
  try {
    const shared = { scene, excused: new Set<string>(), tables: new Set<string>(), broken: [] as string[] }
    let bot = await firstLife(scene)
    for (let round = 0; round < rounds; round++) {
      const stage: Stage = { ...shared, text: SPOILT[round % SPOILT.length] ?? '' }
      bot = await spoilWaiting(bot, stage)
      bot = await spoilUnread(bot, stage)
      bot = await spoilList(bot, stage)
    }
    const { excused, tables, broken } = shared
    const played = `${rounds} times rows of ${tables.size} tables`
    return await settle(scene, { name: 'F14', played, startedAt, broken, excused }, bot)
  } finally {
    await scene.close()
  }
}

/** Deliveries wait for Discord, one of them for an edit and one for a list; a story loses its article, another its matches. */
async function spoilWaiting(bot: Bot, stage: Stage): Promise<Bot> {
  const { scene, excused } = stage
  const { discord, places } = scene
  const from = scene.printed.length
  await discord.call('goDown')
  await print(scene, STORIES)
  if (from > 0) await printTwin(scene, from - 1)
  await until(() => count(scene, `${WAITING}`) >= STORIES * CHANNELS, SAID_MS_MAX)
  await terminate(bot.child)
  const tags = scene.printed.slice(from)
  for (const place of places) {
    const rows = rowsOf(
      scene,
      `select seq n, ${TITLE} title from deliveries d where channel_id = '${place.channelId}'
      and state in ('queued', 'unsure', 'sending', 'folded') and digest_id is null order by seq`,
    )
    const middle = rows.find(({ title }) => title?.includes(tags[1] ?? '?'))
    if (middle) spoil(stage, 'deliveries.body', `seq = ${middle.n}`)
    if (middle) excused.add(`${place.name} ${tags[1]}`)
  }
  spoil(stage, 'deliveries.body', "seq = (select max(seq) from deliveries where state = 'sent' and wanted > shown)")
  spoil(stage, 'articles.body', `title like '%[${tags[2]}%'`)
  excuse(stage, places, tags.slice(2, 3))
  spoil(stage, 'article_matches.terms', `n in (select n from articles where title like '%[${tags[0]}%')`)
  change(
    scene,
    `insert or replace into mutes (server_id, channel_id, what, until_at, body)
    select server_id, channel_id, 'topic:none', 9e15, '{}' from deliveries limit 1`,
  )
  spoil(stage, 'mutes.body', '1')
  spoil(stage, 'cache.value', '1')
  spoil(stage, 'facts.value', "name in ('registered commands', 'identified at')")
  named(stage, ['deliveries', 'articles', 'mutes'])
  await discord.call('comeBack')
  return said(startBot(scene), stage)
}

/** What a feed brought waits to be read; the feed, what it listed, and one who follows are spoilt as well. */
async function spoilUnread(bot: Bot, stage: Stage): Promise<Bot> {
  const { scene } = stage
  await kill(bot.child)
  const from = scene.printed.length
  await print(scene, STORIES)
  const dying = startBot(scene, { point: { name: 'read claimed', nth: 1 } })
  await until(() => dying.hasEnded(), SAID_MS_MAX)
  if (!dying.hasEnded()) await dying.kill()
  const [unread] = rowsOf(
    scene,
    "select seq n, json_extract(body, '$.title') title from items where state = 'waiting' limit 1",
  )
  const tags = scene.printed.slice(from)
  if (unread) {
    spoil(stage, 'items.body', `seq = ${unread.n}`)
    excuse(
      stage,
      scene.places,
      tags.filter((tag) => unread.title?.includes(`[${tag}`)),
    )
  } else stage.broken.push('no item waited')
  spoil(stage, 'feeds.body', "id = 'press-0'")
  spoil(stage, 'feed_listings.body', "feed_id in ('press-0', 'press-1')")
  const [place] = scene.places
  const before = bodyOf(scene)
  spoil(stage, 'subscriptions.body', "id = 's0'")
  named(stage, ['items', 'feeds', 'subscriptions'])
  if (place) excuse(stage, [place], tags)
  const next = await said(startBot(scene), stage)
  change(scene, "update subscriptions set body = ? where id = 's0'", before)
  return next
}

/** A list that is to be posted. */
async function spoilList(bot: Bot, stage: Stage): Promise<Bot> {
  const { scene } = stage
  const listed = scene.places.filter(({ rhythm }) => rhythm === 'hourly')
  await print(scene)
  await said(
    bot,
    stage,
    scene.places.filter(({ rhythm }) => rhythm === 'each'),
  )
  await scene.discord.call('goDown')
  await kill(bot.child)
  await turnClock(scene, HOUR_MS)
  const making = startBot(scene, { ticks: { digests: '* * * * * *' } })
  await until(() => count(scene, `${WAITING} and subject like 'digest:%'`) > 0, SAID_MS_MAX)
  await making.kill()
  spoil(stage, 'deliveries.body', "state in ('queued', 'sending', 'unsure') and subject like 'digest:%'")
  for (const tag of scene.printed) if (!isToldIn(scene, listed, tag)) excuse(stage, listed, [tag])
  await scene.discord.call('comeBack')
  return startBot(scene)
}

const WAITING = "select count(*) n from deliveries where state in ('queued', 'unsure', 'sending')"
const TITLE = '(select a.title from articles a where a.story_id = d.story_id order by a.n limit 1)'

async function said(
  bot: Bot,
  { scene, excused, broken }: Stage,
  places: readonly Place[] = scene.places,
): Promise<Bot> {
  const each = places.filter(({ rhythm }) => rhythm === 'each')
  if (!(await until(() => allSaid({ ...scene, places: each }, excused) || bot.hasEnded(), SAID_MS_MAX)))
    broken.push(`silent after story ${scene.printed.length}`)
  if (bot.hasEnded()) broken.push(`ended by itself: ${(await bot.ended).err.slice(0, 200)}`)
  return bot
}

function excuse({ excused }: Stage, places: readonly Place[], tags: readonly string[]): void {
  for (const { name } of places) for (const tag of tags) excused.add(`${name} ${tag}`)
}

/** While they are there. */
function named({ scene, broken }: Stage, tables: readonly string[]): void {
  const found = damagedRows(scene.database).map(({ table }) => table)
  const missing = tables.filter((table) => !found.includes(table))
  if (missing.length > 0) broken.push(`not named by doctor: ${missing.join(', ')}`)
}

function isToldIn(scene: Scene, places: readonly Place[], tag: string): boolean {
  return allSaid({ ...scene, places, printed: [tag] })
}

/** @param place - table and column */
function spoil(stage: Stage, place: string, where: string): void {
  const [table = '', column = ''] = place.split('.')
  const changed = change(stage.scene, `update ${table} set ${column} = ? where ${where}`, stage.text)
  if (changed > 0) stage.tables.add(table)
}

function change({ database }: Scene, statement: string, ...values: readonly string[]): number {
  const db = new DatabaseSync(database, { timeout: 5_000 })
  try {
    return Number(db.prepare(statement).run(...values).changes)
  } finally {
    db.close()
  }
}

type Row = Readonly<{ n: number; title: string | null }>

function rowsOf({ database }: Scene, text: string): readonly Row[] {
  const db = new DatabaseSync(database, { readOnly: true, timeout: 5_000 })
  try {
    return db.prepare(text).all() as Row[]
  } finally {
    db.close()
  }
}

function count(scene: Scene, text: string): number {
  return rowsOf(scene, text)[0]?.n ?? 0
}

function bodyOf(scene: Scene): string {
  return rowsOf(scene, "select 0 n, body title from subscriptions where id = 's0'")[0]?.title ?? ''
}
