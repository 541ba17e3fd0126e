/** The ten nouns that walk through Pullquote, and the ids that name them. Data only: no behaviour lives here.
 *  Times are numbers: `...At` is epoch milliseconds UTC, `...Ms` a duration. Offsets count UTF-16 code units. */
import type { Habits } from './cadence.ts'
import type { FeedWishes } from './feed/wishes.ts'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type FeedId = Branded<'FeedId'>
export type ItemId = Branded<'ItemId'>
export type ArticleId = Branded<'ArticleId'>
export type StoryId = Branded<'StoryId'>
export type TopicId = Branded<'TopicId'>
export type SubscriptionId = Branded<'SubscriptionId'>
export type DeliveryId = Branded<'DeliveryId'>
/** Discord snowflakes stay text: they do not fit a number. */
export type ServerId = Branded<'ServerId'>
export type ChannelId = Branded<'ChannelId'>
export type PersonId = Branded<'PersonId'>
export type RoleId = Branded<'RoleId'>
export type MessageId = Branded<'MessageId'>

/** Who stands behind an outlet, in the words that the reader is shown. */
export type OutletKind = 'wire' | 'outlet' | 'official' | 'state media' | 'think tank' | 'other'

/** What we know of a source before we have read a word of it. `url` may hold a secret in its query: never show it whole. */
export type FeedSource = Readonly<{
  id: FeedId
  url: string
  title: string
  outlet: string
  kind: OutletKind
  language?: string
  country?: string
  /** Who owns or controls the outlet ("public broadcaster"), where a source says so. */
  label?: string
  /** How often to ask at the most, where the operator set it for this feed. */
  intervalMs?: number
}>

/** How the last poll of a feed ended, in domain words; `detail` is a sentence from a fixed list. */
export type PollOutcome = Readonly<{
  kind: 'fetched' | 'unchanged' | 'failed' | 'gone'
  at: number
  tookMs: number
  status?: number
  detail?: string
  newItems?: number
}>

/** A web feed and where we stand with it. Not its settings. */
export type Feed = FeedSource &
  Habits &
  Readonly<{
    /** A feed of config/ is everyone's; any other is seen only by the servers that added it. */
    common: boolean
    etag?: string
    lastModified?: string
    /** Failures in a row, since the last success. */
    failures: number
    failingSince?: number
    firstPolledAt?: number
    lastSuccessAt?: number
    /** When a body last came: after a day of "unchanged" the feed is asked once without validators. */
    fetchedAt?: number
    /** Items in its document when a body last came: empty after full is a fault of the feed, not news. */
    listed?: number
    pace?: FeedWishes & Readonly<{ itemsLastWeek?: number }> // what its last document asks of us, for polls that find it unchanged
    /** Where it says that it moved for good, and since when it says so. */
    moved?: Readonly<{ url: string; sinceAt: number }>
    nextPollAt: number
    last?: PollOutcome
  }>

export type Enclosure = Readonly<{ url: string; type: string; length: string }>

/** What a feed said about one piece. Untrusted: text may hold anything, addresses are http(s) but not yet checked. */
export type Item = Readonly<{
  title: string
  titleHtml?: string // where the title holds links: its markup, with absolute addresses
  url: string
  guid: string
  /** Short description and full content, as the feed gave them (HTML or text), or ''. */
  summary: string
  content: string
  author: string
  publishedAt?: number
  updatedAt?: number
  categories: readonly string[]
  enclosures: readonly Enclosure[]
  image?: string
}>

export type Speaker = Readonly<{
  /** The fullest form of the name that the same text holds: "Mark Rutte". */
  name: string
  /** "NATO Secretary General", where the text says so. */
  role?: string
}>

/** Words that somebody said. Invariant: `article.text.slice(start, end) === text`; the marks stand outside. */
export type Quote = Readonly<{
  text: string
  start: number
  end: number
  speaker?: Speaker // missing when nobody could be named: never shown as a pull-quote
  /** The verb that attributes it, as it stands in the text: "said", "warned". */
  cue?: string
  /** To whom, where or when, as the text says it: "to reporters in Prague", "Wednesday". */
  setting?: string
}>

/** What makes two articles comparable: words with their weight in the text, and shingle hashes for copies. */
export type Signature = Readonly<{
  /** At most `SIGNATURE_TERMS_MAX`, heaviest first. */
  terms: readonly (readonly [term: string, count: number])[]
  /** MinHash of the text's five-word shingles: unsigned 32-bit numbers, one a hash function, or [] for a text too short. */
  shingles: readonly number[]
}>

/** One piece by one outlet. */
export type Article = Readonly<{
  id: ArticleId
  url: string
  title: string
  outlet: string
  author?: string
  publishedAt: number
  /** Clean text, paragraphs joined by a blank line. */
  text: string
  language: string // ISO 639-1, or '' when unsure
  /** Sentences of the text, in its order; at most three. */
  summary: readonly string[]
  /** Until it is matched: sentences that may stand instead of the summary's weakest (its index), at an index of what is left. */
  nearly?: readonly Readonly<{ sentence: string; insteadOf: number; at: number }>[]
  summaryBy?: string // the model that put the summary in its own words, where the operator set one
  quotes: readonly Quote[]
  image?: string
  /** Where the text comes from: the page itself, or the feed's own words when the page could not be read. */
  from: 'page' | 'feed'
  /** Why the page gave less than it might, from fixed lists: "robots", "challenge page", "paywall", "consent page", "timeout". */
  pageFault?: string
  signature: Signature
  changed?: Readonly<{ titleAt?: number; quoteAt?: number }> // when we saw that its publisher changed the headline, or somebody's words
}>

/** One article as a story knows it, with the feeds that brought it. */
export type StoryArticle = Article & Readonly<{ feedIds: readonly FeedId[]; arrivedAt: number }>

/** One news event, seen by one server: the articles that this server may see, oldest arrival first; `lead` is one of them. */
export type Story = Readonly<{
  id: StoryId
  /** Grows by one whenever an article joins or changes: what a card shows is a revision of its story. */
  revision: number
  firstAt: number
  lastAt: number
  lead: StoryArticle
  articles: readonly StoryArticle[]
}>

/** One thing that a topic looks for. Text is what the user typed; matching uses its normal form. */
export type Term = Readonly<
  | { kind: 'words'; text: string } // one word or a phrase: whole words, any inflection is a term of its own
  | { kind: 'capitals'; text: string } // an acronym that is also a word: "WHO" matches only in capitals
  | { kind: 'prefix'; text: string } // "sanction*"
  | { kind: 'pattern'; text: string } // /regular expression/, by re2js
  | { kind: 'speaker'; text: string }
  | { kind: 'source'; text: string }
>

/** A named query. Matches when any of `any` stands there, all of `all`, and none of `none`. */
export type Topic = Readonly<{
  id: TopicId
  name: string
  emoji: string
  /** 0xRRGGBB */
  color: number
  any: readonly Term[]
  all: readonly Term[]
  none: readonly Term[]
  /** Phrases that spell a term in another sense ("chicken Kiev"): the words they cover do not count, the rest of the article does. */
  lookalikes?: readonly Term[]
}>

/** Which topic, which terms as the text spells them, and the sentence they stand in: the why, shown to the reader. */
export type Match = Readonly<{ topicId: TopicId; terms: readonly string[]; sentence: string }>

export type Target = Readonly<
  | { kind: 'channel' | 'thread' | 'forum'; serverId: ServerId; channelId: ChannelId }
  | { kind: 'person'; personId: PersonId }
>

export type Follows = Readonly<
  | { kind: 'topic'; topicId: TopicId }
  | { kind: 'words'; topic: Topic } // a server's own keywords, parsed; the topic's id is a hash of what was typed
  | { kind: 'feed'; feedId: FeedId }
  | { kind: 'speaker'; name: string }
  | { kind: 'story'; storyId: StoryId }
>

export type Style = 'full' | 'compact' | 'rich'
/** When it speaks: every story as it breaks, or folded into one list an hour or a day. */
export type Rhythm = 'each' | 'hourly' | 'daily'

/** A target follows something. */
export type Subscription = Readonly<{
  id: SubscriptionId
  serverId: ServerId
  target: Target
  follows: Follows
  /** Only these feeds, when set. */
  sources?: readonly FeedId[]
  style: Style
  rhythm: Rhythm
  /** Minutes since midnight in `zone`; alerts inside are folded into a digest at `endMinute`. */
  quietHours?: Readonly<{ startMinute: number; endMinute: number; zone: string }>
  mention?: RoleId
  /** Cards a day at the most; what is over it is folded into a digest, never dropped. */
  perDayMax: number
  pausedAt?: number
  createdAt: number
  createdBy: PersonId
}>

/** Why something was folded instead of posted. */
export type FoldReason = 'cap' | 'flood' | 'downtime' | 'rhythm' | 'quiet'

/** What a delivery is about. Its name with the target and part is unique for ever. */
export type Subject = Readonly<
  | { kind: 'card'; storyId: StoryId }
  | { kind: 'development'; storyId: StoryId; n: number }
  | { kind: 'digest'; subscriptionId: SubscriptionId; dueAt: number }
  | { kind: 'notice'; feedId: FeedId; event: string; n: number }
  | { kind: 'welcome'; serverId: ServerId }
>

/** What we decided to say about one subject to one target. The card itself is drawn from the store when it is sent. */
export type Alert = Readonly<{
  target: Target
  subject: Subject
  part: number // Discord splits what is too long; 0 is the first message
  /** Whose eyes it is for: the story is shown as this server sees it. */
  serverId: ServerId
  subscriptionIds: readonly SubscriptionId[]
  matches: readonly Match[]
  style: Style
  mentions: readonly RoleId[]
  development?: Readonly<{ articleId: ArticleId; replyTo: SentMessage }> // the report that leads it, and the story's card
  notice?: string // what happened, where no story is drawn: one sentence of the catalogue
}>

/** Where a message stands on the far side. */
export type SentMessage = Readonly<{ channelId: ChannelId; messageId: MessageId }>

type DeliveryCommon = Readonly<{
  id: DeliveryId
  alert: Alert
  createdAt: number
  attempts: number
  /** base64url(sha256("v1|target|subject|part")), 24 characters: the far side's guard against doubles. */
  nonce: string
  /** The story's revision that the message should show. */
  wantedRevision: number
}>
/** The message as it was first sent, frozen; `afterId` is where reading back begins. */
type Begun = Readonly<{ payload: string; firstAt: number; lastAt: number; afterId?: MessageId; shownRevision: number }>
type EditState = Readonly<{ editAt: number; editAttempts: number }>

/** Whether it was said. A sent one without a message cannot be written. */
export type Delivery = Readonly<
  | (DeliveryCommon & { state: 'queued'; dueAt: number; begun?: Begun })
  | (DeliveryCommon & { state: 'sending'; begun: Begun; leaseUntil: number })
  | (DeliveryCommon & { state: 'unsure'; begun: Begun; checkAt: number })
  | (DeliveryCommon & EditState & { state: 'sent'; begun: Begun; sentAt: number; message: SentMessage })
  | (DeliveryCommon & { state: 'held'; begun?: Begun; reason: string; heldAt: number })
  | (DeliveryCommon & { state: 'dead'; begun?: Begun; reason: string; diedAt: number })
  | (DeliveryCommon & { state: 'deleted'; begun?: Begun; deletedAt: number })
  | (DeliveryCommon & { state: 'folded'; reason: FoldReason; digestAt: number; digestId?: DeliveryId })
>
export type Sending = Extract<Delivery, { state: 'sending' }>
export type DeliveryState = Delivery['state']

/** What the far side did with a message, told by the edge. */
export type Outcome = Readonly<
  | { kind: 'sent'; message: SentMessage }
  | { kind: 'notSent'; afterMs: number; attempt: boolean; reason: string } // certainly not there; `attempt` false for a 429
  | { kind: 'unsure'; reason: string }
  | { kind: 'held'; reason: string }
  | { kind: 'dead'; reason: string }
  | { kind: 'deleted' }
  | { kind: 'stop'; reason: string }
>

/** A source or topic that a server's channel does not want for a while. */
export type Mute = Readonly<{
  serverId: ServerId
  channelId: ChannelId
  what: Readonly<{ kind: 'source'; outlet: string } | { kind: 'topic'; topicId: TopicId }>
  untilAt: number
}>
