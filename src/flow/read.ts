/** Loop 2: the page behind each waiting item is read, joined to its story, matched, and what is to be said is kept in one transaction. */
import { alertsFor } from '../core/alert.ts'
import { withWordsOf } from '../core/article/elsewhere.ts'
import { followKey } from '../core/follow.ts'
import { createMatcher, type Matcher } from '../core/match.ts'
import type { Article, Item, Match, Topic } from '../core/model.ts'
import { safeLink } from '../core/safe-text.ts'
import { chooseStory, termsToLookUp } from '../core/story.ts'
import { summaryForTopic } from '../core/summary/for-topic.ts'
import { point } from './points.ts'
import type { Claimed, KeptItem, Store } from './ports/store.ts'
import type { Chance, Download, Log, Now, Reader, Rewriter, Wake, Web } from './ports.ts'
import { withRewrite } from './rewrite.ts'

export type ReadWorld = Readonly<{
  store: Store
  web: Web
  reader: Reader
  wake: Wake
  log: Log
  now: Now
  chance: Chance
  topics: Topics
  /** Where the operator set one. */
  rewriter?: Rewriter
}>

/** Two downloads (15 s) behind others of the same host, and four readings. */
const LEASE_MS = 3 * 60_000
/** A page that does not answer is asked once more before the feed's own words must do: an alert is not held up for longer. */
const PAGE_TRIES_MAX = 2
const PAGE_RETRY_MS = 20_000
/** Who asks for more patience is not asked again: the feed's own words are there now. */
const PAGE_RETRY_MS_MAX = 60_000

/** So many lives ended while it was read, by its fault or not: what it brings along is left alone, its title is told. */
const WHOLE_TRIES_MAX = 10

/** Reads one waiting item. @returns how many were read */
export async function readStep(world: ReadWorld, signal: AbortSignal): Promise<number> {
  const claims = await world.store.claimItems({ lease: world.chance(), leaseMs: LEASE_MS, max: 1 }, world.now())
  if (claims.length > 0) await world.topics.refresh(world.store)
  for (const claim of claims) await readItem(claim, world, signal)
  return claims.length
}

async function readItem(claim: Claimed<KeptItem>, world: ReadWorld, signal: AbortSignal): Promise<void> {
  point('read claimed')
  const { item, feed, attempts } = claim.work
  const page =
    safeLink(item.url) && isWhole(claim.work)
      ? await world.web.download({ url: item.url, kind: 'page', robots: true }, signal)
      : undefined
  if (signal.aborted) return
  point('read downloaded')
  if (page?.kind === 'failed' && isPassing(page) && attempts + 1 < PAGE_TRIES_MAX) {
    await world.store.putItemBack(claim, world.now() + Math.max(page.retryAfterMs ?? 0, PAGE_RETRY_MS))
    world.log.info('page put back', {
      itemId: claim.work.id,
      feedId: feed.id,
      reason: page.reason,
      status: page.status,
    })
    return
  }
  const article = await readArticle(claim.work, page?.kind === 'fetched' ? page : undefined, { world, signal })
  point('read parsed')
  if (!article) return
  const matches = world.topics.match(article)
  const asking = { admission: claim.work.admission, matched: matches.length > 0, signal }
  const told = summaryForTopic(withFault(article, page), world.topics.common(matches))
  await keep(claim, await withRewrite(told, asking, world), world)
}

function isWhole({ attempts }: KeptItem): boolean {
  return attempts < WHOLE_TRIES_MAX
}

/** The feed's own words serve where the page may not or cannot be read; why is kept with them. */
function withFault(article: Article, page: Download | undefined): Article {
  if (page === undefined || page.kind === 'fetched' || page.kind === 'unchanged' || article.from === 'page')
    return article
  return { ...article, pageFault: page.reason }
}

/** Whether asking again may help. */
function isPassing({ reason, status = 0, retryAfterMs = 0 }: Extract<Download, { kind: 'failed' }>): boolean {
  if (retryAfterMs > PAGE_RETRY_MS_MAX || reason === 'too large' || reason === 'challenge') return false
  return reason !== 'status' || status === 429 || status >= 500
}

/** The page, or else the feed's own words, or else its title: a page that kills its reader costs its text, never its alert. */
async function readArticle(
  kept: KeptItem,
  page: Readonly<{ bytes: Uint8Array; url: string; contentType?: string }> | undefined,
  { world, signal }: Readonly<{ world: ReadWorld; signal: AbortSignal }>,
): Promise<Article | undefined> {
  const { item, feed: source, firstSeenAt } = kept
  const bare: Item = { ...item, summary: '', content: '' }
  const jobs = [
    ...(page ? [{ page, item, source, firstSeenAt }] : []),
    ...(isWhole(kept) ? [{ item, source, firstSeenAt }] : []),
    { item: bare, source, firstSeenAt },
  ]
  for (const job of jobs) {
    const reading = await world.reader.readArticle(job, signal)
    if (reading.kind === 'read') {
      const { article, elsewhere } = reading
      return elsewhere === undefined ? article : await readElsewhere(article, elsewhere, { kept, world, signal })
    }
    if (reading.reason === 'stopped') return undefined
    world.log.warn('reading lost', { itemId: kept.id, feedId: source.id, reason: reading.reason })
  }
  // A title alone can only be lost to a broken machine: the lease lapses, and the item is read again.
  throw new Error(`Cannot read item "${kept.id}": its title alone was lost`)
}

type Reading = Readonly<{ kept: KeptItem; world: ReadWorld; signal: AbortSignal }>

/** The page had next to no words: its AMP or print variant may have them. Asked once; when it fails, what there is must do. */
async function readElsewhere(
  article: Article,
  url: string,
  { kept, world, signal }: Reading,
): Promise<Article | undefined> {
  const page = await world.web.download({ url, kind: 'page', robots: true }, signal)
  if (signal.aborted) return undefined
  if (page.kind !== 'fetched') return article
  const { item, feed: source, firstSeenAt } = kept
  const job = { page, item: { ...item, summary: '', content: '' }, source, firstSeenAt }
  const reading = await world.reader.readArticle(job, signal)
  if (signal.aborted) return undefined
  return reading.kind === 'read' ? withWordsOf(article, reading.article) : article
}

async function keep(claim: Claimed<KeptItem>, article: Article, world: ReadWorld): Promise<void> {
  const { feed, admission, firstSeenAt, id } = claim.work
  const matches = world.topics.match(article)
  const now = world.now()
  const told = {
    article,
    outlet: article.outlet,
    feedId: feed.id,
    matches,
    ...(admission.kind === 'fold' ? { fold: admission.reason } : {}),
  }
  const kept = await world.store.keepArticle(
    claim,
    {
      article,
      matches,
      followKeys: followKeysOf(article, claim.work, matches),
      lookUp: termsToLookUp(article.signature),
      choose: (candidates, corpus) => chooseStory(article, candidates, corpus),
      alert: (context) => alertsFor(told, context, now),
    },
    now,
  )
  const facts = {
    itemId: id,
    feedId: feed.id,
    articleId: article.id,
    from: article.from,
    pageFault: article.pageFault,
    quotes: article.quotes.length,
    matches: matches.length,
  }
  point('read kept')
  if (kept.kind === 'lapsed') return world.log.warn('reading lapsed', facts)
  const { storyId, queued, folded, edits } = kept
  world.log.info('article kept', {
    ...facts,
    outcome: kept.kind,
    storyId,
    queued,
    folded,
    edits,
    waitedMs: now - firstSeenAt,
  })
  if (queued + edits > 0) world.wake.call('deliver')
  point('read woke')
}

function followKeysOf(article: Article, { feed }: KeptItem, matches: readonly Match[]): readonly string[] {
  const speakers = article.quotes.flatMap(({ speaker }) =>
    speaker ? [followKey({ kind: 'speaker', name: speaker.name })] : [],
  )
  const topics = matches.map(({ topicId }) => followKey({ kind: 'topic', topicId }))
  return [...new Set([followKey({ kind: 'feed', feedId: feed.id }), ...topics, ...speakers])]
}

/** The matcher of all topics, shipped and the servers' own, kept in step with the store. */
export type Topics = Readonly<{
  refresh(store: Store): Promise<void>
  match(article: Article): readonly Match[]
  /** Those of the topics that every server sees: what one follows by words of its own shapes nothing that others read. */
  common(matches: readonly Match[]): readonly Match[]
}>

export function createTopics(shipped: readonly Topic[]): Topics {
  const matcher: Matcher = createMatcher(shipped)
  const ids = new Set(shipped.map(({ id }) => id))
  let seen: number | undefined
  return {
    async refresh(store) {
      if ((await store.followedRevision()) === seen) return
      const { topics, gone, revision } = await store.followedWords(seen)
      for (const id of gone) matcher.remove(id)
      for (const topic of topics) matcher.add(topic)
      seen = revision
    },
    match: (article) => matcher.match(article),
    common: (matches) => matches.filter(({ topicId }) => ids.has(topicId)),
  }
}
