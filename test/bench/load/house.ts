/** The bot's house before the load: its settings, its subscriptions, and articles of the days before. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { followKey, targetKey } from '../../../src/core/follow.ts'
import type {
  ArticleId,
  ChannelId,
  FeedId,
  PersonId,
  ServerId,
  StoryId,
  Subscription,
  SubscriptionId,
  Topic,
  TopicId,
} from '../../../src/core/model.ts'
import { addArticleFeed, insertArticle } from '../../../src/edge/store/article-rows.ts'
import { sqlOf } from '../../../src/edge/store/sql.ts'
import { openStore } from '../../../src/edge/store/sqlite.ts'
import type { FarReady } from './far.ts'
import { SIZE, storyOf, subjectsOf } from './stories.ts'

/** Every so manieth subscription is a regular expression as well. */
const PATTERN_EVERY = 250
const HOURS_MS = 70 * 3_600_000

/** @returns the folder: `config` and `data` in it */
export async function furnish(far: FarReady, articles: number): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-load-'))
  const file = path.join(folder, 'data', 'pullquote.sqlite')
  mkdirSync(path.join(folder, 'config'))
  mkdirSync(path.join(folder, 'data'))
  for (const [name, text] of Object.entries(configOf(far)))
    writeFileSync(path.join(folder, 'config', `${name}.yaml`), text)
  const opened = await openStore({ path: file, now: () => Date.now() })
  if (opened.kind === 'refused') throw new Error(opened.message)
  // Known already: no welcome goes out while we count.
  for (const id of far.guilds) await opened.store.joinServer(id as ServerId, Date.now())
  await opened.store.close()
  const db = new DatabaseSync(file)
  db.exec('begin')
  addSubscriptions(db, far)
  addArticles(db, articles)
  db.exec('commit')
  db.close()
  return folder
}

function configOf({ urls }: FarReady): Readonly<Record<string, string>> {
  const feeds = urls.map(
    (url, n) => `  - { id: feed-${n}, url: "${url}", outlet: Outlet ${n}, language: en, kind: outlet }`,
  )
  return {
    feeds: `feeds:\n${feeds.join('\n')}\n`,
    topics: 'topics:\n  - { id: sea, name: Sea, emoji: 🌊, color: "#1f6feb", any: { en: [lighthouse] } }\n',
    settings: 'feeds: { intervalMinutes: 1 }\nreader: { timeoutMs: 10000 }\n',
  }
}

/** Each its own words, one of them the subject's: nothing is shared but by chance. */
function topicFor(n: number, word: string): Topic {
  const any = [
    { kind: 'words', text: word } as const,
    { kind: 'words', text: `quiet harbour ${n}` } as const,
    ...(n % PATTERN_EVERY === 0 ? [{ kind: 'pattern', text: `/q[uv]x-?${n % 97}\\w+z/` } as const] : []),
  ]
  return {
    id: `words-${n}` as TopicId,
    name: word,
    emoji: '🔎',
    color: 1,
    any,
    all: [],
    none: [{ kind: 'words', text: `nothing ${n}` }],
  }
}

function addSubscriptions(db: DatabaseSync, { channels }: FarReady): void {
  const sql = sqlOf(db)
  for (const { word, fan, first } of subjectsOf(SIZE)) {
    for (let n = first; n < first + fan; n++) {
      const { id: channelId, guildId } = channels[n % channels.length] ?? { id: '', guildId: '' }
      const serverId = guildId as ServerId
      const subscription: Subscription = {
        id: `s${n}` as SubscriptionId,
        serverId,
        target: { kind: 'channel', serverId, channelId: channelId as ChannelId },
        follows: { kind: 'words', topic: topicFor(n, word) },
        style: 'full',
        rhythm: 'each',
        perDayMax: 1_000,
        createdAt: Date.now(),
        createdBy: '1' as PersonId,
      }
      sql.run(
        `insert into subscriptions (id, server_id, target, follow_key, paused, body) values (:id, :server, :target, :follow, 0, :body)`,
        {
          id: subscription.id,
          server: serverId,
          target: targetKey(subscription.target),
          follow: followKey(subscription.follows),
          body: JSON.stringify(subscription),
        },
      )
      sql.run('insert into word_topics (topic_id) values (:topic)', { topic: `words-${n}` })
    }
  }
  sql.run("insert into facts (name, value) values ('followed words', '1')")
}

/** Its text is only searched; what a new story is compared with is its terms. */
const PARAGRAPHS_KEPT = 2
const TERMS = 60

/** As `signatureOf` makes them, in a tenth of its time: names first, then words that stand there once. */
function termsOf(names: readonly string[], paragraphs: readonly string[]): readonly (readonly [string, number])[] {
  const words = new Set(
    paragraphs
      .join(' ')
      .toLowerCase()
      .match(/\b[a-z]{5,}\b/g),
  )
  const named = names.map((name) => [name.toLowerCase(), 12] as const)
  return [...named, ...[...words].map((word) => [word, 1] as const)].slice(0, TERMS)
}

/** What a bot of this size has read in the last three days is what a new story is compared with. */
function addArticles(db: DatabaseSync, count: number): void {
  const sql = sqlOf(db)
  for (let n = 0; n < count; n++) {
    const { title, paragraphs, names } = storyOf(10_000_000 + n, { word: 'harbour' })
    const text = paragraphs.slice(0, PARAGRAPHS_KEPT).join('\n\n')
    const now = Date.now() - HOURS_MS + Math.floor((HOURS_MS * n) / count)
    const storyId = `old-story-${n}` as StoryId
    sql.run('insert into stories (id, revision, first_at, last_at) values (:id, 1, :now, :now)', { id: storyId, now })
    const article = {
      id: `old-${n}` as ArticleId,
      url: `http://old.example/${n}`,
      title,
      outlet: 'Outlet 0',
      publishedAt: now,
      text,
      language: 'en',
      summary: [],
      quotes: [],
      from: 'page' as const,
      signature: { terms: termsOf(names, paragraphs), shingles: [] },
    }
    const row = insertArticle(sql, article, { storyId, common: true, now })
    addArticleFeed(sql, row, { id: 'feed-0' as FeedId, common: true })
  }
}
