/** Story, matches and subscriptions -> what is said to whom, and when. Pure: called inside the transaction that keeps the article. */
import { followKey, targetKey } from './follow.ts'
import type {
  Alert,
  Article,
  ArticleId,
  FoldReason,
  Match,
  Mute,
  RoleId,
  SentMessage,
  ServerId,
  StoryId,
  Style,
  Subscription,
  SubscriptionId,
  Target,
} from './model.ts'
import { digestDueAt, quietUntil } from './schedule.ts'
import { developmentOf } from './story/development.ts'

/** Read inside the transaction that keeps the article. */
export type AlertContext = Readonly<{
  storyId: StoryId
  /** Under which the article is kept. */
  articleId: ArticleId
  /** Those that follow one of the article's follow keys, are not paused, and whose server sees the article. */
  subscriptions: readonly Subscription[]
  /** Mutes of those subscriptions' servers that are in force. */
  mutes: readonly Mute[]
  /** Cards queued or sent for a subscription since its day began (UTC). */
  cardsToday(id: SubscriptionId): number
  /** Deliveries that wait in a target's lane. */
  waiting(target: Target): number
  /** The story's other articles that this server sees. */
  earlier(serverId: ServerId): readonly Article[]
  /** The story's card, where it was sent there, and how many developments were planned since, the last of them when. */
  said(
    target: Target,
  ): Readonly<{ card?: Readonly<{ at: number; message: SentMessage }>; developments: number; lastAt: number }>
}>

/** An alert, and whether it goes out now or into a list. */
export type PlannedDelivery = Readonly<
  | { alert: Alert; state: 'queued'; dueAt: number }
  | { alert: Alert; state: 'folded'; reason: FoldReason; digestAt: number }
>

/** What the article brings to the decision. `fold` is set for items of a flood or a downtime. */
export type Told = Readonly<{
  article: Article
  outlet: string
  feedId: string
  matches: readonly Match[]
  fold?: FoldReason
}>

/** What waits longer than this in one channel is easier read as a list (a flood of many feeds at once). */
const LANE_WAITING_MAX = 60
/** A list of a flood goes out when the flood is over. */
const FLOOD_DIGEST_MS = 5 * 60_000

/** One plan a target: several subscriptions of one channel make one card, of the earliest rhythm and the richest style. */
export function alertsFor(told: Told, context: AlertContext, now: number): readonly PlannedDelivery[] {
  const wanting = context.subscriptions.filter((subscription) => wants(subscription, told, context.mutes))
  const byTarget = Map.groupBy(wanting, ({ target }) => targetKey(target))
  return [...byTarget.values()].flatMap((group): readonly PlannedDelivery[] => {
    const [first] = group
    if (!first) return []
    const alert: Alert = {
      target: first.target,
      subject: { kind: 'card', storyId: context.storyId },
      part: 0,
      serverId: first.serverId,
      subscriptionIds: group.map(({ id }) => id),
      matches: matchesOf(group, told),
      style: richest(group.map(({ style }) => style)),
      mentions: [...new Set(group.flatMap(({ mention }) => (mention ? [mention] : [])))] satisfies RoleId[],
    }
    const folds = group.flatMap((subscription) => {
      const fold = foldOf(subscription, { told, context, now })
      return fold ? [{ id: subscription.id, fold }] : []
    })
    if (folds.length < group.length)
      return [{ alert, state: 'queued', dueAt: now }, ...developments(alert, { told, context, now })]
    folds.sort((a, b) => a.fold.digestAt - b.fold.digestAt)
    const [earliest] = folds
    // The list is made for the first one named: the one whose time it keeps.
    return earliest
      ? [{ alert: { ...alert, subscriptionIds: folds.map(({ id }) => id) }, state: 'folded', ...earliest.fold }]
      : []
  })
}

/** More replies to one card are a live report. */
const DEVELOPMENTS_MAX = 3
/** Readers of a channel are told of one story once an hour at the most. */
const DEVELOPMENT_GAP_MS = 60 * 60_000

/** A short reply to a card that stands there already, without a ping: the card itself is edited in any case. A forum has a thread a
 *  card, and no place for it beside. */
function developments(card: Alert, { told, context, now }: Deciding): readonly PlannedDelivery[] {
  const { card: first, developments: before, lastAt } = context.said(card.target)
  if (first === undefined || card.target.kind === 'forum' || before >= DEVELOPMENTS_MAX) return []
  if (now < Math.max(first.at, lastAt) + DEVELOPMENT_GAP_MS) return []
  if (developmentOf(told.article, context.earlier(card.serverId)) === undefined) return []
  const subject = { kind: 'development', storyId: context.storyId, n: before + 1 } as const
  const development = { articleId: context.articleId, replyTo: first.message }
  return [{ alert: { ...card, subject, mentions: [], development }, state: 'queued', dueAt: now }]
}

function wants(subscription: Subscription, told: Told, mutes: readonly Mute[]): boolean {
  if (subscription.sources && !subscription.sources.some((id) => id === told.feedId)) return false
  return muteOf(subscription, told, mutes) === undefined
}

/** What a channel does not want to hear for a while, though it asked for it. */
function muteOf(
  { serverId, target, follows }: Subscription,
  { outlet }: Pick<Told, 'outlet'>,
  mutes: readonly Mute[],
): Mute | undefined {
  if (target.kind === 'person') return undefined
  return mutes.find(({ serverId: muting, channelId, what }) => {
    if (muting !== serverId || channelId !== target.channelId) return false
    return what.kind === 'source' ? what.outlet === outlet : followKey(follows) === `topic:${what.topicId}`
  })
}

export type Muted = Readonly<{ target: Target; serverId: Subscription['serverId']; reason: string }>

/** Targets that asked for it and hear nothing of it because of a mute, one each. */
export function mutedIn(
  told: Pick<Told, 'outlet' | 'feedId'>,
  context: Pick<AlertContext, 'subscriptions' | 'mutes'>,
): readonly Muted[] {
  const asking = context.subscriptions.filter(
    ({ sources }) => sources === undefined || sources.some((id) => id === told.feedId),
  )
  return [...Map.groupBy(asking, ({ target }) => targetKey(target)).values()].flatMap((group) => {
    const mutes = group.map((subscription) => muteOf(subscription, told, context.mutes))
    const [first] = group
    const [mute] = mutes
    if (!first || !mute || mutes.includes(undefined)) return []
    const { what } = mute
    const reason = what.kind === 'source' ? `source ${what.outlet}` : `topic ${what.topicId}`
    return [{ target: first.target, serverId: first.serverId, reason }]
  })
}

/** A card names only what its own subscriptions asked for: another server's words are its own. */
function matchesOf(group: readonly Subscription[], told: Told): readonly Match[] {
  const followed = new Set(group.map(({ follows }) => followKey(follows)))
  return told.matches.filter(({ topicId }) => followed.has(`topic:${topicId}`))
}

const STYLES_BY_RICHNESS: readonly Style[] = ['rich', 'full', 'compact']
function richest(styles: readonly Style[]): Style {
  return STYLES_BY_RICHNESS.find((style) => styles.includes(style)) ?? 'full'
}

type Fold = Readonly<{ reason: FoldReason; digestAt: number }>

type Deciding = Readonly<{ told: Told; context: AlertContext; now: number }>

/** Undefined: it may go out now. */
function foldOf(subscription: Subscription, deciding: Deciding): Fold | undefined {
  const reason = reasonToFold(subscription, deciding)
  return reason && { reason, digestAt: listDueAt(reason, subscription, deciding.now) }
}

function reasonToFold(subscription: Subscription, { told, context, now }: Deciding): FoldReason | undefined {
  if (subscription.rhythm !== 'each') return 'rhythm'
  if (told.fold) return told.fold
  if (quietUntil(subscription, now) !== undefined) return 'quiet'
  if (context.cardsToday(subscription.id) >= subscription.perDayMax) return 'cap'
  return context.waiting(subscription.target) >= LANE_WAITING_MAX ? 'flood' : undefined
}

/** When what is folded now becomes a list, epoch ms. None goes out in quiet hours. */
export function listDueAt(
  reason: FoldReason,
  subscription: Pick<Subscription, 'rhythm' | 'quietHours'>,
  now: number,
): number {
  const at = listedAt(reason, subscription, now)
  return quietUntil(subscription, at) ?? at
}

function listedAt(reason: FoldReason, subscription: Pick<Subscription, 'rhythm' | 'quietHours'>, now: number): number {
  switch (reason) {
    case 'rhythm':
    case 'cap':
      return digestDueAt(subscription, now)
    case 'quiet':
      return now
    case 'flood':
    case 'downtime':
      return onGrid(now, FLOOD_DIGEST_MS)
  }
}

/** Alerts of one flood share one due time, so that they become one list. */
function onGrid(now: number, stepMs: number): number {
  return (Math.floor(now / stepMs) + 1) * stepMs
}
