import type { AlertContext, PlannedDelivery } from '../../../src/core/alert.ts'
import { deliveryOf, joinPlanned } from '../../../src/core/delivery.ts'
import { followKey, targetKey } from '../../../src/core/follow.ts'
import { corrected, isBetterReading, keptArticleId, storyIdOf } from '../../../src/core/kept.ts'
import type { ArticleId, Delivery, Feed, ServerId, StoryId, Subscription } from '../../../src/core/model.ts'
import { STORY_WINDOW_MS, type StoryCandidate } from '../../../src/core/story.ts'
import type { ArticleKeeping, ArticleKept, Claimed, KeptItem } from '../../../src/flow/ports/store.ts'
import { idOf, REREADS_MAX } from './feeds.ts'
import { type ArticleRow, isGone, laneOf, type State, seenFeeds, storyFor, waits } from './state.ts'

const DAY_MS = 86_400_000

type Keeping = Readonly<{ claimed: Claimed<KeptItem>; keeping: ArticleKeeping }>
type Sees = (server: ServerId) => boolean

/** Decides everything first and writes afterwards: a callback that throws leaves all as it was. */
export function keepArticle(state: State, { claimed, keeping }: Keeping, now: number): ArticleKept {
  const { work, lease } = claimed
  const item = state.items.find((row) => idOf(row) === work.id && row.state === 'waiting' && row.lease === lease)
  if (!item || item.until <= now) return { kind: 'lapsed' }
  const feedRow = state.feeds.get(work.feed.id)
  const feed: Pick<Feed, 'id' | 'common'> = { id: work.feed.id, common: feedRow?.listed ?? false }
  const article = { ...keeping.article, id: keptArticleId(keeping.article, feed) }
  const known = state.articles.find((row) => row.article.id === article.id)
  const choice = known ? undefined : keeping.choose(candidates(state, keeping.lookUp, now), corpusOf(state))
  const joined = choice?.kind === 'joins' && state.stories.has(choice.storyId)
  const storyId = known?.storyId ?? (choice?.kind === 'joins' && joined ? choice.storyId : storyIdOf(article.id))
  const before: Sees = (serverId) => known !== undefined && seenFeeds(state, known, { serverId }).length > 0
  const after: Sees = (serverId) => before(serverId) || feed.common || (feedRow?.servers.has(serverId) ?? false)
  const silent = work.admission.kind === 'silent' || work.admission.kind === 'skip'
  const subscriptions = silent ? [] : wanting(state, { keeping, storyId, feedId: feed.id, before, after })
  const planned =
    subscriptions.length === 0
      ? []
      : keeping.alert(contextOf(state, { storyId, subscriptions, articleId: article.id }, now))

  const isRevised = item.item !== work.item && item.rereads < REREADS_MAX
  const again = { admission: { kind: 'silent' }, rereads: item.rereads + 1, readAt: 0, attempts: 0 } as const
  Object.assign(item, { state: 'read', lease: undefined }, isRevised ? { state: 'waiting', ...again } : {})
  const wasPublic = known ? [...known.feeds.values()].includes(true) : false
  const changed = known !== undefined && isBetterReading(known.article, article, !known.feeds.has(feed.id))
  const wider =
    known !== undefined &&
    !wasPublic &&
    (feed.common || [...(feedRow?.servers ?? [])].some((server) => !before(server)))
  if (known) {
    if (!known.feeds.get(feed.id)) known.feeds.set(feed.id, known.feeds.get(feed.id) ?? feed.common)
    if (changed) Object.assign(known, { article: corrected(known.article, article, now), matches: keeping.matches })
  } else {
    const feeds = new Map([[feed.id, feed.common]])
    state.articles.push({
      n: ++state.seq,
      article,
      storyId,
      feeds,
      matches: keeping.matches,
      arrivedAt: now,
      hidden: new Set(),
    })
  }
  const story = state.stories.get(storyId)
  const grew = joined || changed || wider
  state.stories.set(storyId, {
    revision: story ? story.revision + (grew || !known ? 1 : 0) : 1,
    lastAt: !story || grew || !known ? now : story.lastAt,
  })
  const counts = { queued: 0, folded: 0 }
  for (const plan of planned) {
    const placed = place(state, plan, { now, seenAt: work.firstSeenAt })
    if (placed !== 'taken') counts[placed]++
  }
  const sees: Sees = known && !changed ? (server) => after(server) && !before(server) : after
  const edits = grew ? raise(state, { storyId, sees }, now) : 0
  return known ? { kind: 'known', storyId, ...counts, edits } : { kind: 'kept', storyId, joined, ...counts, edits }
}

function candidates(state: State, lookUp: readonly string[], now: number): readonly StoryCandidate[] {
  const byStory = Map.groupBy(state.articles, (row) => row.storyId)
  return [...byStory]
    .map(([storyId, rows]) => ({ storyId, rows, lastAt: state.stories.get(storyId)?.lastAt ?? 0 }))
    .filter(({ rows, lastAt }) => lastAt > now - STORY_WINDOW_MS && rows.some((row) => holdsAny(row, lookUp)))
    .toSorted((a, b) => b.lastAt - a.lastAt)
    .map(({ storyId, rows, lastAt }) => ({ storyId, lastAt, articles: rows.map(({ article }) => article) }))
}

function holdsAny({ article }: ArticleRow, terms: readonly string[]): boolean {
  return article.signature.terms.some(([term]) => terms.includes(term))
}

function corpusOf({ articles }: State) {
  return {
    articles: articles.length,
    frequency: (term: string) => articles.filter((row) => holdsAny(row, [term])).length,
  }
}

type Wanting = Readonly<{ keeping: ArticleKeeping; storyId: StoryId; feedId: Feed['id']; before: Sees; after: Sees }>

function wanting(state: State, { keeping, storyId, feedId, before, after }: Wanting): readonly Subscription[] {
  const keys = new Set([...keeping.followKeys, `story:${storyId}`])
  return state.subscriptions.filter(({ serverId, follows, sources, pausedAt }) => {
    if (!keys.has(followKey(follows)) || pausedAt !== undefined || isGone(state, serverId) || !after(serverId))
      return false
    return (
      (follows.kind === 'feed' && follows.feedId === feedId) || sources?.includes(feedId) === true || !before(serverId)
    )
  })
}

function contextOf(
  state: State,
  {
    storyId,
    subscriptions,
    articleId,
  }: Readonly<{
    storyId: StoryId
    subscriptions: readonly Subscription[]
    articleId: ArticleId
  }>,
  now: number,
): AlertContext {
  const today = Math.floor(now / DAY_MS) * DAY_MS
  const said = new Set<Delivery['state']>(['queued', 'sending', 'unsure', 'sent'])
  return {
    storyId,
    articleId,
    subscriptions,
    mutes: state.mutes.filter(
      ({ untilAt, serverId }) => untilAt > now && subscriptions.some((own) => own.serverId === serverId),
    ),
    cardsToday: (id) =>
      state.deliveries.filter(
        ({ delivery: { alert, createdAt, state: stands } }) =>
          alert.subject.kind === 'card' && alert.subscriptionIds.includes(id) && createdAt >= today && said.has(stands),
      ).length,
    waiting: (target) => state.deliveries.filter((row) => waits(row) && laneOf(row) === targetKey(target)).length,
    earlier: (serverId) =>
      (storyFor(state, storyId, { serverId })?.articles ?? []).filter(({ id }) => id !== articleId),
    said: (target) => {
      const here = state.deliveries.filter((row) => laneOf(row) === targetKey(target)).map(({ delivery }) => delivery)
      const card = here.find(({ alert: { subject } }) => subject.kind === 'card' && subject.storyId === storyId)
      const later = here.filter(
        ({ alert: { subject } }) => subject.kind === 'development' && subject.storyId === storyId,
      )
      const lastAt = Math.max(0, ...later.map(({ createdAt }) => createdAt))
      const sent = card?.state === 'sent' ? { card: { at: card.sentAt, message: card.message } } : {}
      return { ...sent, developments: later.length, lastAt }
    },
  }
}

/** @returns where it went; 'taken' when one of that name is there already */
export function place(
  state: State,
  planned: PlannedDelivery,
  { now, seenAt }: Readonly<{ now: number; seenAt?: number }>,
) {
  const { subject } = planned.alert
  const drawn =
    subject.kind === 'card' || subject.kind === 'development' ? state.stories.get(subject.storyId) : undefined
  const made = deliveryOf(planned, { now, revision: drawn?.revision ?? 0 })
  const row = state.deliveries.find(({ delivery }) => delivery.id === made.id)
  if (!row) {
    state.deliveries.push({ seq: ++state.seq, delivery: made, seenAt })
    return planned.state
  }
  const { delivery: before } = row
  const joined = joinPlanned(before, planned, made.wantedRevision)
  row.delivery = joined ?? before
  return before.state === 'folded' && joined?.state === 'queued' ? 'queued' : 'taken'
}

/** @returns how many cards that are out, or may be, will be edited */
export function raise(
  state: State,
  { storyId, sees }: Readonly<{ storyId: StoryId; sees: Sees }>,
  now: number,
): number {
  const revision = state.stories.get(storyId)?.revision ?? 0
  let edits = 0
  for (const row of state.deliveries) {
    const { delivery } = row
    const { subject, serverId } = delivery.alert
    if (
      subject.kind !== 'card' ||
      subject.storyId !== storyId ||
      !sees(serverId) ||
      isGone(state, serverId) ||
      delivery.wantedRevision >= revision
    )
      continue
    if (delivery.state === 'deleted') continue
    const idle = delivery.state === 'sent' && delivery.wantedRevision <= delivery.begun.shownRevision
    row.delivery = {
      ...delivery,
      wantedRevision: revision,
      ...(idle ? { editAt: Math.max(delivery.editAt, now) } : {}),
    } as Delivery
    if (delivery.state === 'sent' || delivery.state === 'sending' || delivery.state === 'unsure') edits++
  }
  return edits
}
