/** `doctor` on feeds: each is asked and read from here and now, and told with what the bot knows of it. Saves nothing. */
import { byTrouble, type FeedHealth, feedHealth, isUnreached, networkFault } from '../core/feed-health.ts'
import type { Feed, FeedSource } from '../core/model.ts'
import { oneLine } from '../core/safe-text.ts'
import { en } from '../core/say/en.ts'
import { NEVER_AT } from '../core/schedule.ts'
import { createReader } from '../edge/reader/reader.ts'
import type { Settings } from '../edge/settings/settings.ts'
import { createWeb } from '../edge/web/web.ts'
import { feedName } from '../flow/followed.ts'
import { pollOf } from '../flow/polled.ts'
import type { Reader, Web } from '../flow/ports.ts'
import type { Finding } from './finding.ts'
import { userAgentOf } from './house.ts'

/** One feed for `--json`: names and times, never an address, which may hold a secret. Times are ISO 8601. */
export type FeedReport = Readonly<{
  id: string
  name: string
  /** Of config/, or added by a server. */
  common: boolean
  mood: FeedHealth['mood']
  outcome: string
  asked: 'now' | 'not now'
  lastAt?: string
  tookMs?: number
  nextAt?: string
  itemsADay?: number
  sinceAt?: string
  cure?: string
}>

export type FeedsExamined = Readonly<{
  findings: readonly Finding[]
  feeds: readonly FeedReport[]
  lines: readonly string[]
}>

/** Feeds asked at once; the web keeps hosts apart. */
const FEEDS_AT_ONCE = 16
/** The web and the reader have limits of their own, which end it before. */
const ASK_MS = 60_000

type Asked = Pick<Settings, 'sources' | 'allowPrivate' | 'feeds' | 'reader' | 'web'>
type Examined = Readonly<{ feed: Feed; health: FeedHealth; asked: boolean }>

/** @param known - the feeds of the database, with those that servers added; empty before a first start */
export async function examineFeeds(settings: Asked, known: readonly Feed[]): Promise<FeedsExamined> {
  const all = await askAll(settings, known)
  const feeds = all.map(({ feed }) => feed)
  const network = networkFault(feeds)
  // With our own network at fault, a line for each would drown it; the list has them all.
  const told = network === undefined ? all : all.filter(({ feed }) => !isUnreached(feed))
  const answering = all.filter(({ health }) => health.mood === 'well' || health.mood === 'silent').length
  const sum: Finding =
    network === undefined
      ? { what: 'feeds', state: 'ok', says: `${answering} of ${all.length} answer` }
      : { what: 'feeds', state: 'problem', says: network, cure: NETWORK_CURE }
  return {
    // Those that do not answer are problems of their own, each with its cure.
    findings: [sum, ...told.flatMap(findingOf)],
    feeds: all.map(reportOf),
    lines: all.map(lineOf),
  }
}
const NETWORK_CURE = 'Check that this machine resolves names and reaches the web (curl -I https://example.org).'

/** A bounded crew works the list off: a slow site holds up one of them. */
async function askAll(settings: Asked, known: readonly Feed[]): Promise<readonly Examined[]> {
  const web = createWeb({
    userAgent: userAgentOf(settings),
    allowPrivate: settings.allowPrivate,
    exemptOrigins: [],
    now: () => Date.now(),
    hostGapMs: settings.feeds.hostGapMs,
  })
  const reader = createReader(settings.reader)
  const waiting = feedsOf(settings.sources, known)
  const done: Examined[] = []
  const work = async (): Promise<void> => {
    for (let feed = waiting.shift(); feed; feed = waiting.shift()) {
      done.push(await examine(feed, { web, reader, intervalMs: settings.feeds.intervalMinutes * 60_000 }))
    }
  }
  try {
    await Promise.all(Array.from({ length: FEEDS_AT_ONCE }, work))
  } finally {
    await web.close()
    await reader.close()
  }
  return done.sort((a, b) => byTrouble(a.feed, b.feed) || feedName(a.feed).localeCompare(feedName(b.feed), 'en'))
}

/** Those of config/ as it is now, with what the database knows of them, and those that servers added. */
function feedsOf(sources: readonly FeedSource[], known: readonly Feed[]): Feed[] {
  const byId = new Map(known.map((feed) => [feed.id, feed]))
  const common = sources.map((source): Feed => {
    const before = byId.get(source.id)
    return before
      ? { ...before, ...source, url: before.url }
      : { ...source, common: true, failures: 0, nextPollAt: NEVER_AT }
  })
  return [...common, ...known.filter((feed) => !feed.common && sources.every(({ id }) => id !== feed.id))]
}

type Asking = Readonly<{ web: Web; reader: Reader; intervalMs: number }>

async function examine(feed: Feed, { web, reader, intervalMs }: Asking): Promise<Examined> {
  const startedAt = Date.now()
  // Who asked for patience, or said that it is gone, is not asked again for our curiosity.
  if (mustWait(feed, startedAt)) return { feed, health: feedHealth(feed, startedAt), asked: false }
  const signal = AbortSignal.timeout(ASK_MS)
  const download = await web.download({ url: feed.url, kind: 'feed' }, signal)
  const reading =
    download.kind === 'fetched'
      ? await reader.readFeed(
          {
            bytes: download.bytes,
            url: download.url,
            ...(download.contentType === undefined ? {} : { contentType: download.contentType }),
          },
          signal,
        )
      : undefined
  const now = Date.now()
  // What this asking would make of its next time is nobody's plan: the bot's own stands.
  const after = { ...pollOf({ feed, download, reading, startedAt }, intervalMs, now).feed, nextPollAt: feed.nextPollAt }
  return { feed: after, health: feedHealth(after, now), asked: true }
}

const PATIENCE_STATUSES: ReadonlySet<number | undefined> = new Set([429, 503])

function mustWait({ last, nextPollAt }: Feed, now: number): boolean {
  return last?.kind === 'gone' || (last?.kind === 'failed' && PATIENCE_STATUSES.has(last.status) && nextPollAt > now)
}

/** A day of trying: until then it may come back by itself. */
const FAILURES_MIN = 8

function findingOf({ feed, health }: Examined): readonly Finding[] {
  const { mood, cure } = health
  const what = `feed ${nameOf(feed)}`
  if (mood === 'failing' || mood === 'gone')
    return [
      {
        what,
        // What a server added is that server's to mend: ours to know, and to worry about once it lasts.
        state: feed.common || feed.failures >= FAILURES_MIN ? 'problem' : 'note',
        says: saysOf(health, Date.now()),
        ...(cure ? { cure: `${cure} ${whereOf(feed)}` } : {}),
      },
    ]
  return cure === undefined
    ? []
    : [{ what, state: 'note', says: saysOf(health, Date.now()), cure: `${cure} ${whereOf(feed)}` }]
}

function whereOf({ common, id }: Feed): string {
  return common
    ? `(${id} in config/feeds.yaml, where off: switches it off)`
    : '(a server added it: /feeds remove there)'
}

/** A terminal obeys control characters: a title from the web holds none here. */
function nameOf(feed: Feed): string {
  return oneLine(feedName(feed))
}

/** Since this very asking: that says nothing. */
const JUST_NOW_MS = 60_000

/** "503 · failing for 3 h · next in 4 min · 14 a day" */
function saysOf({ mood, outcome, sinceAt, nextAt, itemsADay }: FeedHealth, now: number): string {
  const { span } = en.health
  const lasts = sinceAt === undefined || now - sinceAt < JUST_NOW_MS ? '' : span(now - sinceAt)
  return [
    outcome,
    ...(lasts === '' ? [] : [mood === 'silent' ? `nothing new for ${lasts}` : `failing for ${lasts}`]),
    ...(nextAt === undefined ? [] : [nextAt <= now ? 'due' : `next in ${span(nextAt - now)}`]),
    ...(itemsADay === undefined ? [] : [en.health.aDay(en.health.perDay(itemsADay))]),
  ].join(' · ')
}

const MARKS: Readonly<Record<FeedHealth['mood'], string>> = {
  waiting: '–',
  well: '✓',
  silent: '!',
  failing: '✗',
  gone: '✗',
}

function lineOf({ feed, health, asked }: Examined): string {
  const { tookMs } = health
  const took = asked && tookMs !== undefined ? ` · took ${Math.round(tookMs)} ms` : asked ? '' : ' · not asked now'
  return `  ${MARKS[health.mood]} ${nameOf(feed)}: ${saysOf(health, Date.now())}${took}`
}

function reportOf({ feed, health, asked }: Examined): FeedReport {
  const { mood, outcome, lastAt, tookMs, nextAt, itemsADay, sinceAt, cure } = health
  const iso = (at: number): string => new Date(at).toISOString()
  return {
    id: feed.id,
    name: nameOf(feed),
    common: feed.common,
    mood,
    outcome,
    asked: asked ? 'now' : 'not now',
    ...(lastAt === undefined ? {} : { lastAt: iso(lastAt) }),
    ...(tookMs === undefined ? {} : { tookMs: Math.round(tookMs) }),
    ...(nextAt === undefined ? {} : { nextAt: iso(nextAt) }),
    ...(itemsADay === undefined ? {} : { itemsADay: Number(itemsADay.toFixed(2)) }),
    ...(sinceAt === undefined ? {} : { sinceAt: iso(sinceAt) }),
    ...(cure === undefined ? {} : { cure }),
  }
}
