/** All that Pullquote asks of the world, save the store (`ports/store.ts`). An edge implements a port; flow knows only these. */
import type { FeedReading } from '../core/feed.ts'
import type { Marks } from '../core/marks.ts'
import type { Article, FeedSource, Item, MessageId, Outcome, SentMessage, Target } from '../core/model.ts'
import type { OpmlReading } from '../core/opml.ts'

/** Epoch milliseconds UTC. The only clock that flow knows. */
export type Now = () => number

/** A fresh random name, 22 characters of base64url: leases and undo windows need one that nobody can guess. */
export type Chance = () => string

/** Ids, counts and durations of one outcome: never secrets, addresses with a query, or article text. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>
/** From the most to the least talkative. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export type Log = Readonly<{
  debug(event: string, facts?: LogFacts): void
  info(event: string, facts?: LogFacts): void
  warn(event: string, facts?: LogFacts & { error?: string }): void
  error(event: string, facts?: LogFacts & { error?: string }): void
}>

/** Why the guard would not go to an address (FEEDS.md, S1 to S10). Never retried; the catalogue has a sentence for each. */
export type WebRefusal =
  | 'not an address'
  | 'scheme'
  | 'credentials'
  | 'port'
  | 'too long'
  | 'name'
  | 'private'
  | 'too many redirects'
  /** The site's robots.txt asks us not to read this page. */
  | 'robots'

/** Why nothing usable came back. May be tried again. */
export type WebFailure =
  | 'unknown host'
  | 'unreachable'
  | 'timeout'
  | 'too large'
  | 'broken encoding'
  | 'challenge'
  | 'status'
  | 'protocol'
  | 'stopped'
  /** Not asked: its host had told us to wait (Retry-After), and `retryAfterMs` of that are left. */
  | 'held'

export type DownloadRequest = Readonly<{
  url: string
  /** Sets the size limits and the Accept header. A list may also lie where Discord keeps what people attach. */
  kind: 'feed' | 'page' | 'list' | 'robots' | 'hub'
  /** Sent by POST as a form: what a hub is told. Any 2xx is an answer. */
  form?: string
  /** Ask the site's robots.txt first, and keep its crawl delay: for pages that nobody asked us to open. */
  robots?: true
  etag?: string
  lastModified?: string
}>

/** What the publisher wishes for our pace, read from the answer's headers. */
export type Freshness = Readonly<{ maxAgeMs?: number; expiresAt?: number }>

/** WebSub, as the answer's Link header says: it goes before the document's own links. http(s), not yet checked. */
export type Announced = Readonly<{ hub?: string; self?: string }>

export type Download = Readonly<
  | (Freshness &
      Announced & {
        kind: 'fetched'
        status: number
        bytes: Uint8Array
        contentType?: string
        etag?: string
        lastModified?: string
        /** Where the bytes came from, after redirects. */
        url: string
        /** Set when every hop was permanent (301, 308). */
        movedTo?: string
      })
  /** `movedTo` as above: the address that says so is not yet known to lead to a feed that can be read. */
  | (Freshness & { kind: 'unchanged'; etag?: string; lastModified?: string; movedTo?: string })
  | { kind: 'refused'; reason: WebRefusal }
  /** `status` where there was an answer, `redirected` where it came from another address than the one asked; `retryAfterMs` where it
   *  said so (429, 503), for the whole host. */
  | { kind: 'failed'; reason: WebFailure; status?: number; redirected?: true; retryAfterMs?: number }
>

/** The only door to the web: guarded, polite (one request a host at a time, 1 s apart; who asks for patience is given it), with every
 *  wait bounded. */
export type Web = Readonly<{ download(request: DownloadRequest, signal: AbortSignal): Promise<Download> }>

export type Rewriting = Readonly<{ kind: 'rewritten'; text: string } | { kind: 'failed'; reason: string }>

/** A language model of the operator's that may put a summary in other words. Bounded in time; what it says is not believed. */
export type Rewriter = Readonly<{
  /** Told to the reader. */
  model: string
  rewrite(
    asked: Readonly<{ title: string; text: string; extract: readonly string[] }>,
    signal: AbortSignal,
  ): Promise<Rewriting>
}>

/** A child's job that ended without an answer: over its time or memory, or broken. The input is at fault, never the alert. */
export type ReaderLoss = Readonly<{ kind: 'lost'; reason: 'too slow' | 'too large' | 'crashed' | 'stopped' }>

export type PageBytes = Readonly<{ bytes: Uint8Array; contentType?: string; url: string }>
/** `known`: marks of entries that need not be read again. */
export type FeedBytes = PageBytes & Readonly<{ known?: readonly string[] }>
/** Without a page, the feed's own words are read. */
export type ArticleJob = Readonly<{ page?: PageBytes; item: Item; source: FeedSource; firstSeenAt: number }>

/** `elsewhere`: where the same site has the words that the page did not give. */
export type ArticleReading = Readonly<{ kind: 'read'; article: Article; elsewhere?: string }>

/** Parses untrusted bytes with core's functions, in child processes that have neither network nor disk. */
export type Reader = Readonly<{
  readFeed(document: FeedBytes, signal: AbortSignal): Promise<FeedReading | ReaderLoss>
  readArticle(job: ArticleJob, signal: AbortSignal): Promise<ArticleReading | ReaderLoss>
  /** Addresses of feeds that a site's page names or that are usual there, best first. */
  candidateFeeds(
    page: PageBytes,
    signal: AbortSignal,
  ): Promise<Readonly<{ kind: 'read'; urls: readonly string[] }> | ReaderLoss>
  /** A list of feeds, as readers export it. */
  readOpml(list: PageBytes, signal: AbortSignal): Promise<OpmlReading | ReaderLoss>
}>

/** One message to be made. `payload` is the JSON body of Discord's Create Message, frozen at the first sending. */
export type Posting = Readonly<{ target: Target; payload: string; nonce: string }>
/** What an edit did. `gone`: somebody deleted the message, which is final and no failure. */
export type EditOutcome = Readonly<
  | { kind: 'edited' }
  | { kind: 'gone' }
  | { kind: 'notEdited'; afterMs: number; attempt: boolean; reason: string }
  | { kind: 'held' | 'dead' | 'stop'; reason: string }
>
/** Reading back what a channel holds. `blind`: the history may not be read, so nothing is known. */
export type Found = Readonly<
  | { kind: 'found'; message: SentMessage }
  | { kind: 'absent' }
  /** Not among the messages up to `readTo`; there are more, which the next look begins with. */
  | { kind: 'more'; readTo: MessageId }
  | { kind: 'later'; afterMs: number; reason: string }
  | { kind: 'blind' | 'stop'; reason: string }
>
/** A message of ours that was found on the far side: its mark is its delivery's nonce, and so its id. */
export type PostedMark = Marks & Readonly<{ message: SentMessage }>
/** A stretch of a channel's history: our own messages by the marks in their custom_ids. `readTo`: there is more after it. */
export type History = Readonly<
  | { kind: 'read'; posted: readonly PostedMark[]; readTo?: MessageId }
  | { kind: 'later'; afterMs: number; reason: string }
  | { kind: 'blind' | 'stop'; reason: string }
>
/** What the bot may do in a target now: `missing` names permissions in Discord's words. */
export type Standing = Readonly<
  { kind: 'ready' } | { kind: 'lacking'; missing: readonly string[] } | { kind: 'unknown target' }
>

/** The far side: Discord, or the preview that stands in for it. */
export type Chat = Readonly<{
  post(posting: Posting, signal: AbortSignal): Promise<Outcome>
  edit(message: SentMessage, payload: string, signal: AbortSignal): Promise<EditOutcome>
  /** Looks for the message whose custom_ids hold `nonce`, among those younger than `afterId`. */
  find(lookup: Readonly<{ target: Target; nonce: string; afterId?: MessageId }>, signal: AbortSignal): Promise<Found>
  /** All of ours that is younger than `afterId`, oldest first, as much as one look may read. */
  history(lookup: Readonly<{ target: Target; afterId: MessageId }>, signal: AbortSignal): Promise<History>
  check(target: Target, signal: AbortSignal): Promise<Standing>
}>

/** Calls `run` at the times of a cron expression (six fields, seconds first), never twice at once; `stop` ends all. */
export type Ticks = Readonly<{
  every(name: string, cron: string, run: () => Promise<void>): void
  stop(): Promise<void>
}>

/** What expires and can be made again: undo windows, cooldowns, page state. Never what must commit with a story. */
export type Cache = Readonly<{
  get(key: string): Promise<unknown>
  set(key: string, value: unknown, ttlMs: number): Promise<void>
  delete(key: string): Promise<void>
}>

/** The three loops, by name. */
export type LoopName = 'gather' | 'read' | 'deliver'

/** Says "there is work": only ever a hint, the store knows. */
export type Wake = Readonly<{
  call(loop: LoopName): void
  /** Returns at a call for `loop`, after `maxMs`, or when `signal` aborts. */
  wait(loop: LoopName, maxMs: number, signal: AbortSignal): Promise<void>
}>
