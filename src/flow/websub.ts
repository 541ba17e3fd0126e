/** WebSub, where the bot has a public address: hubs are asked to tell us of news (FEEDS.md, Polling 11). A push is a hint to poll, and
 *  nothing of it is read. Subscriptions live in the cache: what is lost there is asked for anew. */
import type { Feed, FeedId } from '../core/model.ts'
import { answerIntent, asked, type HubSubscription, subscribeForm } from '../core/websub.ts'
import { point } from './points.ts'
import type { Store } from './ports/store.ts'
import type { Cache, Chance, Log, Now, Wake, Web } from './ports.ts'

export type WebSubWorld = Readonly<{
  store: Pick<Store, 'allFeeds' | 'pollSoon'>
  web: Web
  cache: Cache
  wake: Wake
  log: Log
  now: Now
  chance: Chance
  /** Under which hubs reach us; their tokens are put behind it. */
  publicUrl: string
}>

/** Hubs asked a step: a new house is no burst. */
const ASKED_MAX = 20
/** A subscription whose lease is long over is forgotten. */
const KEPT_MS = 100 * 24 * 60 * 60_000
/** Pushes that come faster make one poll: a publisher who edits a piece ten times is asked once a minute. */
const HINT_GAP_MS = 60_000

/** Asks the hubs of feeds that name one: anew, again where they did not confirm, and before a lease ends. @returns how many were asked */
export async function webSubStep(world: WebSubWorld, signal: AbortSignal): Promise<number> {
  let count = 0
  for (const feed of await world.store.allFeeds()) {
    if (count >= ASKED_MAX || signal.aborted) break
    const due = await dueSubscription(feed, world)
    if (!due) continue
    count++
    await ask(feed, due, { world, signal })
  }
  return count
}

async function dueSubscription(feed: Feed, { cache, now, chance }: WebSubWorld): Promise<HubSubscription | undefined> {
  const { hub = '', self = feed.url } = feed.pace ?? {}
  if (hub === '') return undefined
  const known = subscriptionIn(await cache.get(keyOf(feed.id)))
  if (known?.hub === hub && known.topic === self) return now() >= known.nextAt ? known : undefined
  return { hub, topic: self, token: chance(), secret: chance(), state: 'asked', tries: 0, nextAt: 0 }
}

type Asking = Readonly<{ world: WebSubWorld; signal: AbortSignal }>

/** Kept before it is asked for: the hub's question may come before its answer. */
async function ask(feed: Feed, due: HubSubscription, { world, signal }: Asking): Promise<void> {
  const { web, now, log, cache } = world
  await keep(feed.id, asked(due, now()), world)
  await cache.set(tokenKeyOf(due.token), feed.id, KEPT_MS)
  const callback = `${world.publicUrl.replace(/\/+$/, '')}/${due.token}`
  const got = await web.download({ url: due.hub, kind: 'hub', form: subscribeForm(due, callback) }, signal)
  point('hub asked')
  const why = got.kind === 'refused' || got.kind === 'failed' ? { reason: got.reason } : {}
  log.debug('hub asked', { feedId: feed.id, outcome: got.kind, ...why })
}

/** What a hub's request is answered with. */
export type HubAnswer = Readonly<{ status: number; body: string }>
const UNKNOWN: HubAnswer = { status: 404, body: '' }

/** A hub asks whether we mean it. Only what we asked for is confirmed, so that nobody can subscribe us to anything. */
export async function answerHub(token: string, query: URLSearchParams, world: WebSubWorld): Promise<HubAnswer> {
  const found = await find(token, world)
  if (!found) return UNKNOWN
  const intent = answerIntent(found.subscription, query, world.now())
  if (intent.kind === 'unknown') return UNKNOWN
  await keep(found.feedId, intent.subscription, world)
  point('hub answered')
  world.log.info('hub answered', { feedId: found.feedId, outcome: intent.kind })
  return { status: 200, body: intent.kind === 'confirmed' ? intent.challenge : '' }
}

/** @returns the secret that a push to this address is signed with; undefined for an address that is none of ours */
export async function secretOf(token: string, world: WebSubWorld): Promise<string | undefined> {
  return (await find(token, world))?.subscription.secret
}

/** A push whose signature was found to be right. @returns false when nobody wants its feed any more */
export async function takePush(token: string, world: WebSubWorld): Promise<boolean> {
  const found = await find(token, world)
  if (!found) return false
  const { store, cache, now, wake, log } = world
  const key = `websub hint ${found.feedId}`
  const last = await cache.get(key)
  const at = Math.max(now(), typeof last === 'number' ? last + HINT_GAP_MS : 0)
  const wanted = await store.pollSoon(found.feedId, at)
  if (!wanted) {
    await cache.delete(tokenKeyOf(token))
    return false
  }
  await cache.set(key, at, HINT_GAP_MS * 2)
  point('hub pushed')
  log.debug('pushed', { feedId: found.feedId, inMs: at - now() })
  wake.call('gather')
  return true
}

type Found = Readonly<{ feedId: FeedId; subscription: HubSubscription }>

async function find(token: string, { cache }: WebSubWorld): Promise<Found | undefined> {
  if (!TOKEN.test(token)) return undefined
  const feedId = await cache.get(tokenKeyOf(token))
  if (typeof feedId !== 'string') return undefined
  const subscription = subscriptionIn(await cache.get(keyOf(feedId as FeedId)))
  return subscription?.token === token ? { feedId: feedId as FeedId, subscription } : undefined
}
const TOKEN = /^[\w-]{16,64}$/

function keep(feedId: FeedId, subscription: HubSubscription, { cache }: WebSubWorld): Promise<void> {
  return cache.set(keyOf(feedId), subscription, KEPT_MS)
}

function keyOf(feedId: FeedId): string {
  return `websub feed ${feedId}`
}

function tokenKeyOf(token: string): string {
  return `websub token ${token}`
}

/** The cache's file may have been changed by anybody. */
function subscriptionIn(value: unknown): HubSubscription | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { hub, topic, token, secret, nextAt } = value as Partial<HubSubscription>
  const texts = [hub, topic, token, secret].every((text) => typeof text === 'string')
  return texts && typeof nextAt === 'number' ? (value as HubSubscription) : undefined
}
