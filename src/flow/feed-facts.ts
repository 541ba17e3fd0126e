/** Feeds' health as replies tell it. */
import { byTrouble, type FeedHealth, feedHealth, itemsADayOf, networkFault, nextPollOf } from '../core/feed-health.ts'
import type { Feed } from '../core/model.ts'
import type { Block } from '../core/reply.ts'
import { ago, joined, type Rich, rich } from '../core/rich.ts'
import { en } from '../core/say/en.ts'
import { feedName } from './followed.ts'

/** The facts of a feed's line, in order.
 *  @param cures - false where one cause for all of them is said already */
export function healthFacts(
  feed: Feed,
  health: FeedHealth,
  { now, cures }: Readonly<{ now: number; cures: boolean }>,
): readonly Rich[] {
  const { mood, nextAt, itemsADay, cure } = health
  const { gaps } = feed
  return [
    ...lastFacts(feed, health),
    ...(nextAt === undefined ? [] : [nextFact(nextAt, mood === 'failing', now)]),
    ...(itemsADay === undefined ? [] : [rich`${en.health.aDay(en.health.perDay(itemsADay))}`]),
    ...(gaps ? [en.feeds.health.gaps(gaps.count)] : []),
    ...(cure && cures ? [rich`${cure}`] : []),
  ]
}

function lastFacts(feed: Feed, { mood, outcome, lastAt, sinceAt }: FeedHealth): readonly Rich[] {
  const { health } = en.feeds
  switch (mood) {
    case 'failing':
    case 'gone':
      return [health.failing(outcome, [ago(sinceAt ?? lastAt ?? feed.nextPollAt)])]
    case 'waiting':
      return [health.waiting]
    case 'silent':
    case 'well': {
      const asked = lastAt === undefined ? [] : [health.ok([ago(lastAt)], feed.last?.newItems ?? 0)]
      return sinceAt === undefined ? asked : [...asked, health.silent([ago(sinceAt)])]
    }
  }
}

/** A time that is past says "5 minutes ago", which nobody would take for a next one. */
function nextFact(at: number, failing: boolean, now: number): Rich {
  if (at <= now) return en.health.due
  return failing ? en.health.retry(at) : en.health.next(at)
}

/** How much comes, and when the next of it; empty where nothing is known. */
export function paceLine(feeds: readonly Feed[], now: number): readonly Rich[] {
  const perDay = itemsADayOf(feeds)
  const nextAt = nextPollOf(feeds)
  if (perDay === undefined && nextAt === undefined) return []
  const next = nextAt === undefined ? [] : nextAt <= now ? en.status.dueNow : en.status.nextPoll(nextAt)
  return [en.status.pace(perDay === undefined ? undefined : en.health.perDay(perDay), next)]
}

/** More would push the rest off the screen; /feeds list has all. */
const TROUBLES_SHOWN_MAX = 5

/** What answered once and fails now is the news; what is silent, and what never answered, comes after it. Empty where
 *  nothing is wrong. */
export function troubleBlocks(feeds: readonly Feed[], now: number): readonly Block[] {
  const all = feeds.map((feed) => ({ feed, health: feedHealth(feed, now) }))
  const ill = all
    .filter(({ health: { mood } }) => mood === 'failing' || mood === 'gone' || mood === 'silent')
    .sort((a, b) => byTrouble(a.feed, b.feed))
  if (ill.length === 0) return []
  const network = networkFault(feeds)
  const items = ill.slice(0, TROUBLES_SHOWN_MAX).map(({ feed, health }) => {
    const facts = joined(healthFacts(feed, health, { now, cures: !network }))
    return health.mood === 'silent' ? en.status.silent(feedName(feed), facts) : en.status.failing(feedName(feed), facts)
  })
  return [
    { kind: 'divider' },
    ...(network ? [{ kind: 'text', text: en.status.network(network) } as const] : []),
    { kind: 'bullets', items },
    { kind: 'note', text: en.status.allFeeds },
  ]
}
