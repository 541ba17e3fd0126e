/** How a feed does and what to do about it, in one sentence each: for people in Discord, at the panel and at a terminal. Nothing that a
 *  server said is repeated. Sentences stay short: a list shows ten of them. */
import { ago, type Rich, rich } from '../../rich.ts'
import { many } from './many.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const NOTHING_YET = 'Nothing to do yet: I keep trying.'
const FIND_ANEW = 'Look for its new address on the site, or remove it.'
const OPEN_IT = 'Open its address in a browser: the site may have moved the feed.'
const SMALLER = 'Look for a smaller feed on the site.'
const NO_FEED = 'What is there now is no feed. Look for “RSS” on the site.'
const DAMAGED = 'The document is damaged. It may mend itself; otherwise tell the site.'
const HUMAN = 'The site wants proof of a human, which I cannot give. Look for another address of its feed.'
const PUBLIC = 'Use a public web address, or remove it.'
const PASSING = 'The site is in trouble, which mostly passes. I keep trying.'
/** After a week nobody believes that it passes. */
const PASSING_MS_MAX = 7 * DAY_MS

/** By WebRefusal (as "refused: ..."), WebFailure, FeedRefusal and ReaderLoss. A second sentence is for what has lasted a week. */
const CURES: Readonly<Record<string, string | readonly [first: string, lasting: string]>> = {
  'refused: not an address': PUBLIC,
  'refused: scheme': PUBLIC,
  'refused: credentials': 'Its address holds a password. Use one without.',
  'refused: port': 'I do not connect to that port. Use the site’s ordinary address.',
  'refused: too long': 'Its address is too long. Look for a shorter one.',
  'refused: name': PUBLIC,
  'refused: private': 'It leads into a private network. ALLOW_PRIVATE_ADDRESSES permits that, if it is meant.',
  'refused: too many redirects': OPEN_IT,
  'refused: robots': 'The site asks programs not to read it (robots.txt). Look for another feed.',
  'unknown host': ['Its host is not found now. Check the spelling, and this machine’s DNS.', FIND_ANEW],
  unreachable: ['It cannot be reached now. I keep trying.', FIND_ANEW],
  timeout: ['It is slow to answer. I keep trying.', FIND_ANEW],
  'too large': SMALLER,
  'broken encoding': [DAMAGED, FIND_ANEW],
  challenge: HUMAN,
  protocol: [PASSING, OPEN_IT],
  stopped: NOTHING_YET,
  held: 'The site asked me to wait, and I do.',
  'too slow': SMALLER,
  crashed: SMALLER,
  empty: ['It answers with nothing now, and did not before. I keep trying.', FIND_ANEW],
  'html page': NO_FEED,
  'challenge page': HUMAN,
  'not a feed': NO_FEED,
  broken: [DAMAGED, FIND_ANEW],
  'too deep': NO_FEED,
}

/** A pair: a second sentence for what has lasted a week. */
const STATUSES: Readonly<Record<number, string | readonly [string, string]>> = {
  401: 'It wants a password. Look for a public feed of the site.',
  402: 'It wants to be paid. Look for a public feed of the site.',
  403: 'The site turns me away. Naming a contact (web.contact) may help, or another feed of it.',
  404: ['It is not there now. Look for its new address on the site.', FIND_ANEW],
  410: 'It says that it is gone for good. Remove it, or look for its new address.',
  429: 'I was told to ask less often, and do. A longer interval (everyMinutes) helps.',
  451: 'It is blocked by law where I run. Look for another feed.',
}

function lasting(said: string | readonly [string, string], lastsMs: number): string {
  return typeof said === 'string' ? said : said[lastsMs >= PASSING_MS_MAX ? 1 : 0]
}

export const health = {
  notAsked: 'not asked yet',
  unchanged: '304 unchanged',
  fetched: (status: number, fresh: number): string => `${status} ok${fresh > 0 ? ` · ${fresh} new` : ''}`,
  gone: (status: number): string => `${status} gone`,
  /** @param lastsMs - for how long it has been so */
  cure: (fault: string, lastsMs: number): string => lasting(CURES[fault] ?? [NOTHING_YET, OPEN_IT], lastsMs),
  cureStatus: (status: number, lastsMs = 0): string =>
    lasting(STATUSES[status] ?? (status >= 500 ? [PASSING, FIND_ANEW] : OPEN_IT), lastsMs),
  cureSilent: (quietMs: number): string =>
    `It answers, but brought nothing for ${many(Math.floor(quietMs / DAY_MS), 'day', 'days')}. See on the site whether it goes on elsewhere.`,
  cureGaps: (count: number): string =>
    `Items rolled past between polls ${count === 1 ? 'once' : `${count} times`}. A shorter interval (everyMinutes) keeps up.`,
  network: (unreached: number, asked: number): string =>
    `${unreached} of ${asked} feeds cannot be reached: look at this machine’s network first.`,
  /** "14", "2.5", "0.4": what a feed writes a day. */
  perDay: (count: number): string => {
    if (count >= 10) return Math.round(count).toLocaleString('en')
    return count > 0 && count < 0.05 ? '<0.1' : String(Number(count.toFixed(1)))
  },
  aDay: (perDay: string): string => `${perDay} a day`,
  next: (at: number): Rich => rich`next ${ago(at)}`,
  retry: (at: number): Rich => rich`again ${ago(at)}`,
  due: rich`due now`,
  /** "12 s", "5 min", "3 h", "2 d": for terminals, which have no living times. */
  span: (spanMs: number): string => {
    const ms = Math.abs(spanMs)
    if (ms < MINUTE_MS) return `${Math.round(ms / 1_000)} s`
    if (ms < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
    return ms < 2 * DAY_MS ? `${Math.round(ms / HOUR_MS)} h` : `${Math.round(ms / DAY_MS)} d`
  },
} as const
