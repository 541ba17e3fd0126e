/** The whole walk on a stage: real SQLite files, the real downloader onto a web of strings, core's readers, a far side that keeps what
 *  it is told, and a clock that only the test turns. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { elsewhereOf } from '../../src/core/article/elsewhere.ts'
import { readArticle } from '../../src/core/article.ts'
import { readFeed } from '../../src/core/feed.ts'
import type {
  ChannelId,
  Delivery,
  FeedId,
  FeedSource,
  PersonId,
  ServerId,
  Subscription,
  SubscriptionId,
  Topic,
  TopicId,
} from '../../src/core/model.ts'
import { parseTopic } from '../../src/core/topic.ts'
import { createWake } from '../../src/edge/clock/wake.ts'
import { restoreStore } from '../../src/edge/store/restore.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { createWeb } from '../../src/edge/web/web.ts'
import { deliverStep } from '../../src/flow/deliver.ts'
import { digestStep } from '../../src/flow/digest.ts'
import { gatherStep } from '../../src/flow/gather.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import type { ArticleJob, Log, LogFacts, Reader, ReaderLoss, Web } from '../../src/flow/ports.ts'
import { createTopics, readStep } from '../../src/flow/read.ts'
import { readBackStep } from '../../src/flow/read-back.ts'
import { createTries, type Tries } from '../../src/flow/tries.ts'
import { createFakeChat, type FakeChat } from '../fakes/chat.ts'
import { startWeb, type WebOfStrings } from '../web/web.ts'

export const T0 = Date.UTC(2026, 10, 24, 12)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const INTERVAL = 5 * MINUTE

export const BELTRAN = 'server-beltran' as ServerId
export const CORVO = 'server-corvo' as ServerId
const HARBOUR = 'harbour' as ChannelId
const PERSON = 'person' as PersonId

/** Every story is about ferries, so that all of them are wanted. */
export const SEA = topicOf('ferry, ferries', 'sea', 'Sea')
export const NORTH = topicOf('Norrvik', 'north', 'North')

export function topicOf(typed: string, id: string, name: string): Topic {
  const parsed = parseTopic(typed, { id: id as TopicId, name, emoji: '⛴️', color: 0x1f6feb })
  if (parsed.kind !== 'topic') throw new Error(`"${typed}" is no topic`)
  return parsed.topic
}

export type Logged = LogFacts & Readonly<{ level: string; event: string }>

export type Stage = {
  now: number
  /** How far the far side's clock, which tells the truth, is ahead of ours. */
  aheadMs: number
  store: Store
  strings: WebOfStrings
  web: Web
  far: FakeChat
  logged: Logged[]
  /** What the reader loses, told from the job. */
  loses: (job: ArticleJob) => ReaderLoss['reason'] | undefined
  /** Children that read articles instead of this process. */
  children: Pick<Reader, 'readArticle'> | undefined
  stops: string[]
  /** What every step is handed. */
  signal: AbortSignal
  /** A feed of config/, on a host of its own. */
  feeds(...sources: readonly FeedSource[]): Promise<void>
  subscribe(name: string, more?: Partial<Subscription>): Promise<void>
  /** One after another until nothing is due. @returns steps taken */
  gather(): Promise<number>
  read(): Promise<number>
  deliver(): Promise<number>
  digest(): Promise<number>
  /** All four; the clock stands still. */
  walk(): Promise<void>
  /** Turns the clock and walks. */
  after(ms: number): Promise<void>
  /** As a kill would leave it: the database is opened anew. */
  reopen(): Promise<void>
  /** Keeps a copy of the database, as the daily backup does. */
  keepCopy(): Promise<void>
  /** Puts it back, as `restore` does, and opens it. */
  putBack(): Promise<void>
  deliveries(): Promise<readonly Delivery[]>
  /** The texts of what stands in a channel, first posted first. */
  shown(channel?: ChannelId): readonly string[]
}

/** Waiting for a disk would take nine tenths of the time; what a power cut would lose is another test's matter. */
export const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export function useStage(): Stage {
  let folder = ''
  let web: Web & { close(): Promise<void> }
  let topics = createTopics([SEA, NORTH])
  let tries: Tries
  const log = (level: string) => (event: string, facts?: LogFacts) => void stage.logged.push({ ...facts, level, event })
  const world = () => {
    const recorder: Log = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
    let names = 0
    const { store } = stage
    const chance = () => `lease-${stage.now}-${names++}`
    const common = { store, wake: createWake(), log: recorder, now: () => stage.now, chance }
    return {
      gather: { ...common, web: stage.web, reader, intervalMs: INTERVAL },
      read: { ...common, web: stage.web, reader, topics },
      deliver: {
        ...common,
        topics: [SEA, NORTH],
        tries,
        chat: stage.far.chat,
        onStop: (reason: string) => void stage.stops.push(reason),
      },
      digest: common,
    }
  }
  const reader: Reader = {
    readFeed: async (document) => readFeed(document.bytes, document),
    readArticle: async (job, signal) => {
      if (stage.children) return stage.children.readArticle(job, signal)
      const reason = stage.loses(job)
      if (reason) return { kind: 'lost', reason }
      const article = readArticle(job)
      const elsewhere = elsewhereOf(job, article)
      return { kind: 'read', article, ...(elsewhere === undefined ? {} : { elsewhere }) }
    },
    candidateFeeds: async () => ({ kind: 'read', urls: [] }),
    readOpml: async () => ({ kind: 'no list' }),
  }
  const repeat = async (step: () => Promise<number>): Promise<number> => {
    for (let steps = 0; ; steps++) {
      if (steps === 500) throw new Error('a step that always finds work')
      if ((await step()) === 0) return steps
    }
  }
  const stage: Stage = {
    now: T0,
    aheadMs: 0,
    store: undefined as unknown as Store,
    strings: undefined as unknown as WebOfStrings,
    web: undefined as unknown as Web,
    far: undefined as unknown as FakeChat,
    logged: [],
    loses: () => undefined,
    children: undefined,
    stops: [],
    signal: new AbortController().signal,
    feeds: (...sources) => stage.store.keepCommonFeeds(sources, stage.now),
    async subscribe(name, more = {}) {
      await stage.store.addSubscription(subscription(name, more), 100)
    },
    gather: () => repeat(() => gatherStep(world().gather, stage.signal)),
    read: () => repeat(() => readStep(world().read, stage.signal)),
    deliver: () =>
      repeat(async () => {
        if (stage.stops.length > 0) return 0
        const looked = await readBackStep(world().deliver, stage.signal)
        return looked || deliverStep(world().deliver, stage.signal)
      }),
    digest: () => digestStep(world().digest),
    async walk() {
      await stage.gather()
      await stage.read()
      await stage.digest()
      await stage.deliver()
    },
    async after(ms) {
      stage.now += ms
      await stage.walk()
    },
    async reopen() {
      if (stage.store) await stage.store.close()
      const opened = await openStore({ path: path.join(folder, 'news.sqlite'), now: () => stage.now })
      if (opened.kind === 'refused') throw new Error(opened.message)
      stage.store = opened.store
      topics = createTopics([SEA, NORTH])
      tries = createTries(() => stage.now + stage.aheadMs)
    },
    keepCopy: () => stage.store.backup(path.join(folder, 'copy.sqlite')),
    async putBack() {
      await stage.store.close()
      const [database, copy] = [path.join(folder, 'news.sqlite'), path.join(folder, 'copy.sqlite')]
      const restored = restoreStore({ path: database, file: copy, now: stage.now })
      if (restored.kind === 'refused') throw new Error(restored.message)
      stage.store = undefined as unknown as Store
      await stage.reopen()
    },
    deliveries: async () => (await stage.store.deliveries(1_000)).map(({ delivery }) => delivery).toReversed(),
    shown: (channel = HARBOUR) =>
      stage.far.messages.filter((message) => message.channel === channel).map(({ payload }) => payload),
  }
  beforeEach(async () => {
    folder = mkdtempSync(path.join(FOLDER, 'pullquote-flow-'))
    Object.assign(stage, {
      now: T0,
      aheadMs: 0,
      logged: [],
      stops: [],
      loses: () => undefined,
      children: undefined,
      signal: new AbortController().signal,
    })
    stage.strings = await startWeb()
    stage.far = createFakeChat(() => stage.now + stage.aheadMs)
    const { resolve, dial } = stage.strings
    web = createWeb({
      userAgent: 'Pullquote/0 (+test)',
      allowPrivate: [],
      exemptOrigins: [],
      now: () => stage.now,
      elapsed: () => stage.now,
      hostGapMs: 0,
      resolve,
      dial,
    })
    stage.web = web
    await reopenFresh()
    await stage.store.joinServer(BELTRAN, T0)
    await stage.store.joinServer(CORVO, T0)
  })
  const reopenFresh = async () => {
    stage.store = undefined as unknown as Store
    await stage.reopen()
  }
  afterEach(async () => {
    await web.close()
    await stage.store.close()
    await stage.strings.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return stage
}

export function subscription(name: string, more: Partial<Subscription> = {}): Subscription {
  return {
    id: name as SubscriptionId,
    serverId: BELTRAN,
    target: { kind: 'channel', serverId: more.serverId ?? BELTRAN, channelId: HARBOUR },
    follows: { kind: 'topic', topicId: SEA.id },
    style: 'full',
    rhythm: 'each',
    perDayMax: 100,
    createdAt: T0,
    createdBy: PERSON,
    ...more,
  }
}

export const channel = (name: string, serverId = BELTRAN) =>
  ({ kind: 'channel', serverId, channelId: name as ChannelId }) as const

/** "tide" is http://tide.example/feed, of the outlet "The tide". Asked every five minutes: tests of the pace say so. */
export function source(name: string, more: Partial<FeedSource> = {}): FeedSource {
  return {
    id: name as FeedId,
    url: `http://${name}.example/feed`,
    title: `The ${name}`,
    outlet: `The ${name}`,
    kind: 'outlet',
    intervalMs: INTERVAL,
    language: 'en',
    ...more,
  }
}
