/** A whole bot under seeded faults: its process dies at any await, its far side fails in every way, its clock leaps. What the far side
 *  holds in the end is compared with what was published, by a ledger that asks the bot nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readArticle } from '../../src/core/article.ts'
import { readFeed } from '../../src/core/feed.ts'
import type { Delivery, Outcome } from '../../src/core/model.ts'
import { createWake } from '../../src/edge/clock/wake.ts'
import { openStore } from '../../src/edge/store/sqlite.ts'
import { deliverStep } from '../../src/flow/deliver.ts'
import { digestStep } from '../../src/flow/digest.ts'
import { gatherStep } from '../../src/flow/gather.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import type { Chat, Log, Reader, Web } from '../../src/flow/ports.ts'
import { createTopics, readStep } from '../../src/flow/read.ts'
import { createTries } from '../../src/flow/tries.ts'
import { createFakeChat, type FakeChat, type PostFate } from '../fakes/chat.ts'
import { type News, pageOf, rssOf } from './news.ts'
import { randomOf } from './random.ts'
import { BELTRAN, channel, FOLDER, HOUR, MINUTE, SEA, SECOND, source, subscription, T0 } from './stage.ts'

export type Simulated = Readonly<{
  published: number
  kills: number
  posts: number
  /** Stories that a channel should hold and does not, or holds twice; and deliveries that never came to an end. */
  lost: readonly string[]
  doubled: readonly string[]
  unsettled: readonly string[]
}>

const FEEDS = ['tide', 'moor', 'fen', 'isle']
/** Cards at once; cards of which most are over the cap; a list an hour; a forum, whose posts have no nonce. */
const CHANNELS = ['each', 'capped', 'hourly', 'forum'] as const
/** How often a call to a port is where the process dies: before its effect, or after it. */
const KILL_SHARE = 0.004

export async function simulate(seed: number, items: number): Promise<Simulated> {
  const random = randomOf(seed)
  const folder = mkdtempSync(path.join(FOLDER, 'pullquote-simulation-'))
  const run = { now: T0, calm: true, kills: 0, random, published: [] as News[] }
  const far = createFakeChat(() => run.now)
  far.fateOf.draw = () => (run.calm ? { kind: 'ok' } : fateOf(random))
  let bot = await start(folder, run, far)
  const turn = async (): Promise<void> => {
    try {
      await bot.turn()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      run.kills++
      await bot.store.close()
      // Sometimes it is down for longer than a nonce is known.
      run.now += random() < 0.3 ? 10 * MINUTE : SECOND
      bot = await start(folder, run, far)
    }
  }
  await bot.follow()
  for (let n = 0; n < 3; n++, run.now += 6 * MINUTE) await turn()
  run.calm = false
  while (run.published.length < items) {
    for (let n = Math.floor(random() * 4); n > 0 && run.published.length < items; n--)
      run.published.push({ name: `s${run.published.length}e`, at: run.now })
    run.now += Math.floor(random() < 0.02 ? 3 * HOUR * random() : 2 * MINUTE * random())
    for (let n = 0; n < 3; n++, run.now += Math.floor(10 * SECOND * random())) await turn()
  }
  run.calm = true
  for (let hour = 0; hour < 60; hour++, run.now += HOUR) {
    if (hour % 10 === 5) await bot.comeToTheAid()
    await turn()
  }
  const deliveries = await bot.deliveries()
  await bot.store.close()
  rmSync(folder, { recursive: true, force: true })
  return {
    published: run.published.length,
    kills: run.kills,
    posts: far.posts.length,
    ...ledger(run.published, far, deliveries),
  }
}

function ledger(published: readonly News[], far: FakeChat, deliveries: readonly Delivery[]) {
  const lost: string[] = []
  const doubled: string[] = []
  for (const name of CHANNELS) {
    const texts = far.messages.filter((message) => message.channel === name).map(({ payload }) => payload)
    for (const news of published) {
      const times = texts.filter((text) => text.includes(`[${news.name}`)).length
      if (times === 0) lost.push(`${news.name} in ${name}`)
      if (times > 1) doubled.push(`${news.name} in ${name}, ${times} times`)
    }
  }
  const open = deliveries.filter(({ state }) => !['sent', 'folded'].includes(state))
  return { lost, doubled, unsettled: open.map((one) => `${one.state} ${'reason' in one ? one.reason : ''}`) }
}

type Run = { now: number; calm: boolean; readonly random: () => number; readonly published: News[] }
class Killed extends Error {}

async function start(folder: string, run: Run, far: FakeChat) {
  const opened = await openStore({ path: path.join(folder, 'news.sqlite'), now: () => run.now })
  if (opened.kind === 'refused') throw new Error(opened.message)
  const life = { isOver: false }
  const store: Store = mortal(opened.store, run, life)
  const chat: Chat = mortal(far.chat, run, life)
  const quiet = () => {}
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  let names = 0
  const chance = () => `${run.now}-${names++}-${run.random()}`
  const common = { store, wake: createWake(), log, now: () => run.now, chance }
  const web: Web = mortal({ download: async ({ url }) => answerOf(url, run) }, run, life)
  const reader: Reader = mortal(READER, run, life)
  const reading = { ...common, web, reader, topics: createTopics([SEA]) }
  const delivering = { ...common, topics: [SEA], chat, tries: createTries(() => run.now), onStop: die }
  function die(): never {
    life.isOver = true
    throw new Killed('stopped')
  }
  const until = new AbortController().signal
  const all = async (step: () => Promise<number>): Promise<void> => {
    while ((await step()) > 0);
  }
  return {
    store: opened.store,
    async follow() {
      await opened.store.joinServer(BELTRAN, run.now)
      await opened.store.keepCommonFeeds(
        FEEDS.map((one) => source(one)),
        run.now,
      )
      for (const at of CHANNELS)
        await opened.store.addSubscription(
          subscription(at, {
            target: at === 'forum' ? { ...channel(at), kind: 'forum' } : channel(at),
            rhythm: at === 'hourly' ? 'hourly' : 'each',
            perDayMax: at === 'capped' ? 10 : 1_000,
          }),
          10,
        )
    },
    /** Several workers a loop, as in life; the first death is everybody's. */
    async turn() {
      const workers = [
        all(() => gatherStep({ ...reading, intervalMs: 5 * MINUTE }, until)),
        ...[1, 2].map(() => all(() => readStep(reading, until))),
        ...[1, 2, 3].map(() => all(() => deliverStep(delivering, until))),
        digestStep(common),
      ]
      const ends = await Promise.allSettled(workers)
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    },
    /** What an operator does: gives rights back, tries again what is dead. */
    async comeToTheAid() {
      for (const name of CHANNELS) await opened.store.releaseChannel(channel(name).channelId, run.now)
      for (const { delivery } of await opened.store.deliveries(2_000))
        await opened.store.retryDelivery(delivery.id, run.now)
    },
    deliveries: async () => (await opened.store.deliveries(5_000)).map(({ delivery }) => delivery),
  }
}

const READER: Reader = {
  readFeed: async (document) => readFeed(document.bytes, document),
  readArticle: async (job) => ({ kind: 'read', article: readArticle(job) }),
  candidateFeeds: async () => ({ kind: 'read', urls: [] }),
  readOpml: async () => ({ kind: 'no list' }),
}

/** Every call may be the last: before its effect or after it. Nothing that belongs to a dead process has an effect. */
function mortal<Port extends object>(port: Port, run: Run, life: { isOver: boolean }): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver)
      if (typeof method !== 'function') return method
      return async (...given: readonly unknown[]) => {
        const mayDie = () => {
          if (!run.calm && run.random() < KILL_SHARE / 2) life.isOver = true
          if (life.isOver) throw new Killed(String(name))
        }
        mayDie()
        const result: unknown = await method.apply(target, given)
        mayDie()
        return result
      }
    },
  })
}

function answerOf(url: string, { published, random, calm }: Run): Awaited<ReturnType<Web['download']>> {
  if (!calm && random() < 0.05) return { kind: 'failed', reason: 'timeout' }
  const { host, pathname } = new URL(url)
  const feed = host.replace('.example', '')
  const own = published.filter((_, n) => FEEDS[n % FEEDS.length] === feed)
  const news = own.find(({ name }) => pathname === `/${name}`)
  const body = news ? pageOf(feed, news) : rssOf(feed, own.toReversed())
  return { kind: 'fetched', status: 200, url, bytes: Buffer.from(body) }
}

function fateOf(random: () => number): PostFate {
  const says = (outcome: Outcome): PostFate => ({ kind: 'says', outcome })
  const draw = random()
  const at = [0.6, 0.66, 0.72, 0.78, 0.83, 0.88, 0.91, 0.94, 0.96, 0.97].findIndex((share) => draw < share)
  const fates: readonly PostFate[] = [
    { kind: 'ok' },
    { kind: 'lost' },
    { kind: 'none' },
    { kind: 'late', afterMs: Math.floor(4_500 * random()) },
    says({ kind: 'notSent', afterMs: Math.floor(5 * MINUTE * random()), attempt: false, reason: '429' }),
    says({ kind: 'notSent', afterMs: 0, attempt: true, reason: 'unreachable' }),
    says({ kind: 'held', reason: '50013' }),
    says({ kind: 'dead', reason: '50035' }),
    { kind: 'throws' },
    says({ kind: 'stop', reason: '401' }),
  ]
  return fates[at] ?? { kind: 'ok' }
}
