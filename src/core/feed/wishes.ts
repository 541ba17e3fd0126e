import { plainLine } from './text.ts'
import { type Fields, firstText, linkUrl, relOf, type Value } from './value.ts'

/** How a publisher wishes to be polled. What is missing was not said. */
export type FeedWishes = Readonly<{
  /** The least time between two polls, from `ttl` and the sy: module. */
  ttlMs?: number
  /** Hours of the day in UTC, 0 to 23, in which nothing comes; never all of them. */
  skipHours?: readonly number[]
  /** Days of the week in UTC, 0 for Sunday, on which nothing comes; never all of them. */
  skipDays?: readonly number[]
  /** WebSub: who tells of news, and the address under which the feed is known there. http(s), not yet checked. */
  hub?: string
  self?: string
}>

/** What a feed says of how it wants to be polled: its pace, the hours and days on which it rests, and who tells of news (WebSub).
 *  What it says wrongly is not said. */
export function wishesOf(all: Fields): FeedWishes {
  const ttlMs = pace(all)
  const skipHours = rest(marked(all('skiphours')).flatMap(hourOf), 24)
  const skipDays = rest(marked(all('skipdays')).flatMap(dayOf), 7)
  const hub = linkTo(all('link'), 'hub')
  const self = linkTo(all('link'), 'self')
  return {
    ...(ttlMs > 0 && { ttlMs }),
    ...(skipHours && { skipHours }),
    ...(skipDays && { skipDays }),
    ...(hub !== '' && { hub }),
    ...(self !== '' && { self }),
  }
}

const TTL_MS_MAX = 7 * 86_400_000 // who asks for more has mistaken the unit

function linkTo(links: readonly Value[], rel: string): string {
  return (
    links
      .filter((link) => relOf(link).split(' ').includes(rel))
      .map(linkUrl)
      .find((url) => url !== '') ?? ''
  )
}

/** How long the publisher asks us to wait between two polls; 0 if it does not say. */
function pace(all: Fields): number {
  const minutes = Number(firstText(all, ['ttl']))
  const period = PERIODS_MS.get(firstText(all, ['sy:updateperiod']).trim().toLowerCase()) ?? 0
  const frequency = Number(firstText(all, ['sy:updatefrequency'])) || 1
  const wished = Math.max(minutes > 0 ? minutes * 60_000 : 0, period / Math.max(1, frequency))
  return wished <= TTL_MS_MAX ? Math.round(wished) : 0
}
const DAY_MS = 86_400_000
const PERIODS_MS: ReadonlyMap<string, number> = new Map([
  ['hourly', 3_600_000],
  ['daily', DAY_MS],
  ['weekly', 7 * DAY_MS],
  ['monthly', 30 * DAY_MS], // with a frequency of 30 it is another way to say daily
  ['yearly', 365 * DAY_MS],
])

/** The texts of the children of `<skipHours>` or `<skipDays>`; some write them as one list without children. */
function marked(values: readonly Value[]): readonly string[] {
  return values.flatMap(({ text }) => plainLine(text.slice(0, MARKED_CHARS_MAX)).split(/[\s,;]+/)).filter(Boolean)
}
const MARKED_CHARS_MAX = 2_000 // 24 hours with their tags and indents take about 600

/** RSS 0.91 counts from 1 to 24, RSS 2.0 from 0 to 23: both call noon 12. */
function hourOf(text: string): readonly number[] {
  return /^\d{1,2}$/.test(text) && Number(text) <= 24 ? [Number(text) % 24] : []
}

function dayOf(name: string): readonly number[] {
  const day = DAYS.indexOf(name.slice(0, 3).toLowerCase())
  return day < 0 ? [] : [day]
}
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] // as Date counts

/** In order, each once; not said at all where nothing is left to poll in. */
function rest(found: readonly number[], of: number): readonly number[] | undefined {
  const once = [...new Set(found)].toSorted((a, b) => a - b)
  return once.length === 0 || once.length >= of ? undefined : once
}
