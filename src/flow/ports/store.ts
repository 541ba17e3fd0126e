/** The store's contract. Every method is one transaction; no handle leaves it; a lease that lapsed saves nothing.
 *  Whatever shows news takes a Viewer: the common feeds and those that this server added, and nothing else. */
import type { Admission } from '../../core/admit.ts'
import type { AlertContext, PlannedDelivery } from '../../core/alert.ts'
import type { AuditRow } from '../../core/audit.ts'
import type { DigestStory } from '../../core/digest.ts'
import type {
  Article,
  ArticleId,
  ChannelId,
  Delivery,
  DeliveryId,
  DeliveryState,
  Feed,
  FeedId,
  FeedSource,
  Item,
  ItemId,
  Match,
  MessageId,
  Mute,
  PersonId,
  Quote,
  ServerId,
  Speaker,
  Story,
  StoryId,
  Subscription,
  SubscriptionId,
  Target,
  Topic,
  TopicId,
} from '../../core/model.ts'
import type { Corpus, StoryCandidate, StoryChoice } from '../../core/story.ts'
import type { PostedMark } from '../ports.ts'

/** Whose eyes: a server's, or nobody's in particular (a direct message), who sees the common feeds only. */
export type Viewer = Readonly<{ serverId?: ServerId }>

/** Work that one worker holds until `until`; afterwards another may take it, and the first can save nothing more. */
export type Claimed<Work> = Readonly<{ work: Work; lease: string; until: number }>
export type ClaimTerms = Readonly<{ lease: string; leaseMs: number; max: number }>

export type SeenItem = Readonly<{ key: string; aliases: readonly string[]; textHash: string; item: Item }>
/** An entry of a feed's document as it was at the last poll: `mark` stands for its every word (`FeedDocument.marks`). */
export type ListedItem = Readonly<{ mark: string; key: string; publishedAt?: number }>
export type Poll = Readonly<{
  /** The feed as it stands afterwards. `last.newItems` is filled in by the store. */
  feed: Feed
  /** What was read of the document: empty when nothing was fetched. */
  items: readonly SeenItem[]
  /** Keys of what else it lists, word for word as before. */
  still?: readonly string[]
  /** Keys of what the document before listed and this one does not. Missing where not all of that is known: the store then finds out. */
  left?: readonly string[]
  /** All entries, for the next poll; missing where nothing was fetched. */
  listing?: readonly ListedItem[]
  /** Called inside the transaction with what is new here, in the feed's order. */
  admit(
    unseen: readonly SeenItem[],
    known: Readonly<{ firstPoll: boolean; overlap: boolean; lastSuccessAt?: number }>,
  ): readonly Admission[]
}>
export type PollKept = Readonly<
  { kind: 'kept'; fresh: number; toRead: number; revised: number; gap: boolean } | { kind: 'lapsed' }
>

/** An item that waits to be read, with the feed that brought it. */
export type KeptItem = Readonly<{
  id: ItemId
  feed: Feed
  item: Item
  firstSeenAt: number
  admission: Admission
  /** Readings that were put back so far. */
  attempts: number
}>

export type ArticleKeeping = Readonly<{
  article: Article
  matches: readonly Match[]
  /** What may be followed about it: see `followKey`. */
  followKeys: readonly string[]
  /** Heavy terms by which candidates are found. */
  lookUp: readonly string[]
  /** Pure and synchronous; called inside the transaction. */
  choose(candidates: readonly StoryCandidate[], corpus: Corpus): StoryChoice
  /** Pure and synchronous; called inside the transaction, not at all for a silent item. */
  alert(context: AlertContext): readonly PlannedDelivery[]
}>
export type ArticleKept = Readonly<
  | { kind: 'kept'; storyId: StoryId; joined: boolean; queued: number; folded: number; edits: number }
  /** The same piece came by another feed before: that feed was added to it. Counts as in `kept`. */
  | { kind: 'known'; storyId: StoryId; queued: number; folded: number; edits: number }
  | { kind: 'lapsed' }
>

/** A story found, with the article and the place that answered. */
export type StoryHit = Readonly<{ story: Story; article: Article; matches: readonly Match[] }>
export type QuoteHit = Readonly<{ quote: Quote & Readonly<{ speaker: Speaker }>; article: Article; storyId: StoryId }>
/** Newest first; `offset` rows are passed over (0 where missing). A button knows its page's number and nothing else. */
export type Page = Readonly<{ limit: number; offset?: number }>
export type Paged<Row> = Readonly<{ rows: readonly Row[]; total: number }>

/** A channel that is to be read back from after `afterId`, because the database is an older copy, put in place at `until`. */
export type ReadBack = Readonly<{ target: Target; afterId: MessageId; until: number; attempts: number }>
/** How far a look at it came. `later`: nothing was learnt, or not all; `blind`: what waits there is held for this reason. */
export type ReadBackKept = Readonly<
  | { kind: 'read'; posted: readonly PostedMark[] }
  | { kind: 'later'; posted: readonly PostedMark[]; afterId: MessageId; attempts: number; dueAt: number }
  | { kind: 'blind'; reason: string }
>

/** How much is kept of a person, and of a server where one is named. */
export type KeptOf = Readonly<{
  person: Readonly<{ subscriptions: number; feeds: number; quotes: number; messages: number }>
  server?: Readonly<{ subscriptions: number; feeds: number; mutes: number; quotes: number; messages: number }>
}>

export type DeliveryRow = Readonly<{ delivery: Delivery; title: string }>
export type DeliveryCounts = Readonly<Record<DeliveryState, number>>
/** What /status and the operator's panel show. */
export type StoreStatus = Readonly<{
  feeds: number
  feedsFailing: number
  itemsWaiting: number
  storiesToday: number
  articles: number
  deliveries: DeliveryCounts
  subscriptions: number
  /** p95 of item first seen to card sent over the last 200 sent, milliseconds. */
  feedToCardP95Ms?: number
}>

/** `revision` grows whenever they change; `gone` are ids of topics that nobody follows any more. */
export type FollowedWords = Readonly<{ topics: readonly Topic[]; gone: readonly TopicId[]; revision: number }>

/** Folded alerts of one subscription that are due as one list. */
export type DueDigest = Readonly<{ subscription: Subscription; dueAt: number; rows: number }>

export type Store = Readonly<{
  // Feeds and their items
  /** The feeds of config/, which are everyone's. Those no longer listed are polled no more; their articles stay. First polls are
   *  spread over `spreadMs` (0 where missing), save those of feeds with an interval of their own, which are asked at once. */
  keepCommonFeeds(sources: readonly FeedSource[], now: number, spreadMs?: number): Promise<void>
  addFeed(
    adding: Readonly<{ source: FeedSource; serverId: ServerId; personId: PersonId; max: number }>,
    now: number,
  ): Promise<'added' | 'already' | 'full'>
  /** False when this server had not added it. Polled no more when nobody is left. */
  removeFeed(feedId: FeedId, serverId: ServerId): Promise<boolean>
  feeds(viewer: Viewer): Promise<readonly Feed[]>
  feed(feedId: FeedId, viewer: Viewer): Promise<Feed | undefined>
  /** Every feed that is polled, for the operator. */
  allFeeds(): Promise<readonly Feed[]>
  /** Due feeds, longest due first. */
  claimFeeds(terms: ClaimTerms, now: number): Promise<readonly Claimed<Feed>[]>
  /** A hint that there is news: the feed is asked at `at` if that is sooner. One that fails, or was given up, keeps its time.
   *  False when nobody polls it. */
  pollSoon(feedId: FeedId, at: number): Promise<boolean>
  /** What the feed's last document listed; its items are kept for as long. */
  listing(feedId: FeedId): Promise<readonly ListedItem[]>
  /** `lapsed`: under a claim that is over, or where fewer items are kept than `still` has; then the listing is forgotten, and all is read anew. */
  keepPoll(claimed: Claimed<Feed>, poll: Poll, now: number): Promise<PollKept>
  /** Waiting items, oldest first, those of one host spread over the claims. */
  claimItems(terms: ClaimTerms, now: number): Promise<readonly Claimed<KeptItem>[]>
  keepArticle(claimed: Claimed<KeptItem>, keeping: ArticleKeeping, now: number): Promise<ArticleKept>
  /** To be read again at `readAt`. */
  putItemBack(claimed: Claimed<KeptItem>, readAt: number): Promise<void>

  // Subscriptions, topics and mutes
  addSubscription(subscription: Subscription, max: number): Promise<'added' | 'already' | 'full'>
  changeSubscription(subscription: Subscription): Promise<boolean>
  /** Queued deliveries that only it asked for are withdrawn. */
  removeSubscription(id: SubscriptionId, serverId: ServerId): Promise<Subscription | undefined>
  subscriptions(serverId: ServerId): Promise<readonly Subscription[]>
  /** Of every server that we are in, for the operator. */
  allSubscriptions(): Promise<readonly Subscription[]>
  subscription(id: SubscriptionId, serverId: ServerId): Promise<Subscription | undefined>
  /** The servers' own keywords that somebody follows: all of them, or those that changed since a revision. */
  followedWords(since?: number): Promise<FollowedWords>
  followedRevision(): Promise<number>
  addMute(mute: Mute): Promise<void>
  mutes(serverId: ServerId, now: number): Promise<readonly Mute[]>
  removeMute(mute: Mute): Promise<void>

  // What was read, as a viewer may see it
  story(id: StoryId, viewer: Viewer): Promise<Story | undefined>
  storyMatches(id: StoryId, viewer: Viewer): Promise<readonly Match[]>
  /** `query` in the index's own language, made by `ftsQuery`. */
  search(query: string, page: Page, viewer: Viewer): Promise<Paged<StoryHit>>
  latest(
    asked: Page & Readonly<{ topicId?: TopicId; feedId?: FeedId; sinceAt?: number }>,
    viewer: Viewer,
  ): Promise<Paged<StoryHit>>
  quotes(asked: Page & Readonly<{ speaker?: string; topicId?: TopicId }>, viewer: Viewer): Promise<Paged<QuoteHit>>
  /** Names that begin with or hold the typed words, most quoted first. */
  speakers(typed: string, limit: number, viewer: Viewer): Promise<readonly Readonly<{ name: string; quotes: number }>[]>
  /** Articles that arrived since, newest first, from the index where a query is given: what a rehearsal matches. */
  recentArticles(
    asked: Readonly<{ sinceAt: number; query?: string; feedId?: FeedId; limit: number }>,
    viewer: Viewer,
  ): Promise<readonly Readonly<{ article: Article; storyId: StoryId }>[]>
  /** This server says that a quote is wrong: it is shown there no more, and its card is edited. */
  hideQuote(
    hiding: Readonly<{ articleId: ArticleId; storyId: StoryId; start: number; serverId: ServerId; personId: PersonId }>,
    now: number,
  ): Promise<boolean>

  // Deliveries
  /** The head of a lane that is due and that nobody holds: queued, unsure, or sent and to be edited. */
  claimDelivery(terms: Omit<ClaimTerms, 'max'>, now: number): Promise<Claimed<Delivery> | undefined>
  /** Saves the next state; `done` gives the lane back. */
  saveDelivery(claimed: Claimed<Delivery>, next: Delivery, done: boolean): Promise<'saved' | 'lapsed'>
  /** A channel with something due that must be read back first, after an older copy was put in the database's place. Nothing is handed
   *  out by `claimDelivery` there until then. */
  claimReadBack(terms: Omit<ClaimTerms, 'max'>, now: number): Promise<Claimed<ReadBack> | undefined>
  /** What was found posted becomes sent, now or when it is planned anew. @returns how many rows became sent */
  keepReadBack(claimed: Claimed<ReadBack>, kept: ReadBackKept, now: number): Promise<number>
  /** Adds one that no story asked for (welcome, notice, test card). False where its name is taken. */
  addDelivery(planned: PlannedDelivery, now: number): Promise<boolean>
  deliveries(limit: number): Promise<readonly DeliveryRow[]>
  /** A dead or held one goes back into its queue. */
  retryDelivery(id: DeliveryId, now: number): Promise<boolean>
  /** Everything held in a channel goes back into its queue. */
  releaseChannel(channelId: ChannelId, now: number): Promise<number>
  /** Where something is held back: the channels whose rights are worth asking for. */
  heldTargets(): Promise<readonly Target[]>
  /** What became of everything that was seen for a server's or a channel's targets in a time; all where neither is named. */
  audit(
    asked: Readonly<{ since: number; until: number; serverId?: ServerId; channelId?: ChannelId }>,
  ): Promise<readonly AuditRow[]>
  /** Held and dead ones, newest first. */
  troubled(asked: Readonly<{ limit: number; channelId?: ChannelId }>): Promise<readonly DeliveryRow[]>
  dueDigests(now: number): Promise<readonly DueDigest[]>
  /** Makes the digest's deliveries and ties the folded rows to them, `perPart` stories a message. */
  keepDigest(due: DueDigest, perPart: number, now: number): Promise<number>
  digestStories(delivery: Delivery): Promise<readonly DigestStory[]>

  // Servers and the house
  joinServer(id: ServerId, now: number): Promise<'new' | 'back' | 'known'>
  leaveServer(id: ServerId, now: number): Promise<void>
  keptOf(asked: Readonly<{ personId: PersonId; serverId?: ServerId }>): Promise<KeptOf>
  /** Takes the person's id from everything, and what was theirs alone. */
  forgetPerson(id: PersonId): Promise<void>
  /** All that the server made and all that was said to it. We stay in it. */
  forgetServer(id: ServerId): Promise<void>
  status(viewer: Viewer | 'operator', now: number): Promise<StoreStatus>
  /** Small durable facts of an edge: the hash of registered commands, the identify budget. */
  recall(name: string): Promise<string | undefined>
  remember(name: string, value: string): Promise<void>
  /** Deletes what is past its keeping: articles after `articleMs`, item keys, old deliveries, servers left. */
  sweep(
    keep: Readonly<{ articleMs: number; deliveryMs?: number }>,
    now: number,
  ): Promise<Readonly<{ articles: number; items: number; deliveries?: number }>>
  /** 'ok', or what the database's own check found. */
  check(): Promise<string>
  backup(path: string): Promise<void>
  close(): Promise<void>
}>
