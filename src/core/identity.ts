import { hash } from 'node:crypto'
import type { Item } from './model.ts'

/** What tells an item from the others of its feed, and stays when the feed is read again: its guid as it is, else its clean
 *  link, else title and date, else its text. A key is good within its feed only: guids such as "1234" collide between feeds.
 *  @returns 22 characters of base64url, the kind's letter before them */
export function itemKey(item: Item): string {
  if (item.guid !== '') return `g${fingerprint(item.guid)}`
  const link = cleanLink(item.url)
  if (link !== '') return `l${fingerprint(link)}`
  if (item.title !== '') return `t${fingerprint(`${item.title}\n${item.publishedAt ?? ''}`)}`
  return `x${textHash(item)}`
}

/** Other names by which the same item may be known, for the day when a feed changes its guids or moves to another host: its
 *  address without scheme, host noise and tracking; its title with the day. Strongest first; two items that share one of them are the
 *  same piece as far as one feed goes. Without address and title there is none. */
export function itemAliases(item: Item): readonly string[] {
  const addresses = [item.url, item.guid].map(linkAlias).filter((alias) => alias !== '')
  const words =
    item.title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const day = item.publishedAt === undefined ? '' : Math.floor(item.publishedAt / DAY_MS)
  const title = words.length < TITLE_WORDS_MIN || day === '' ? [] : [`t${fingerprint(`${words.join(' ')}\n${day}`)}`]
  return [...new Set(addresses.map((alias) => `l${fingerprint(alias)}`)), ...title]
}

/** A hash of what the feed says of the item: another one for the same key is a revision. */
export function textHash(item: Item): string {
  return fingerprint([item.title, item.summary, item.content].join('\n\u0000\n'))
}

/** An article's address without what only counts visitors: utm_*, fbclid and their like, `?from=rss`, and the fragment. It
 *  still leads to the same page.
 *  @returns '' for what is no http(s) address */
export function cleanLink(url: string): string {
  const parsed = parseHttp(url)
  if (parsed === undefined) return ''
  if (!parsed.hash.startsWith('#!')) parsed.hash = '' // "#!" is the page itself, not a place on it
  const kept = parameters(parsed).filter(([name, value]) => !counts(name, value))
  if (kept.length < parameters(parsed).length) parsed.search = new URLSearchParams(kept).toString()
  return parsed.href.endsWith('?') ? parsed.href.slice(0, -1) : parsed.href
}

const DAY_MS = 86_400_000
const TITLE_WORDS_MIN = 4 // "Live updates" and "Morning briefing" come every day
const PARAMETERS_MAX = 100 // more is no address that anybody links to

/** 132 bits of SHA-256, 22 characters of base64url. */
export function fingerprint(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22)
}

function parseHttp(url: string): URL | undefined {
  const parsed = URL.parse(url)
  return parsed !== null && (parsed.protocol === 'http:' || parsed.protocol === 'https:') ? parsed : undefined
}

function parameters(url: URL): [string, string][] {
  return url.search === '' ? [] : [...url.searchParams].slice(0, PARAMETERS_MAX)
}

/** Whether a parameter only says where the reader came from. */
function counts(name: string, value: string): boolean {
  const lower = name.toLowerCase()
  return COUNTERS.has(lower) || COUNTER_PREFIX.test(lower) || (ORIGINS.has(lower) && FROM_FEED.test(value))
}

/** Click ids and campaign marks of the large networks, analytics and mailing tools, as they document them. */
const COUNTERS: ReadonlySet<string> = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh li_fat_id epik sc_cid s_cid mc_cid mc_eid ' +
    'mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking oly_anon_id oly_enc_id vero_id vero_conv wickedid rb_clickid ' +
    'cmpid cmp campaign_id ito xtor ncid ocid smid sref taid ftag dcmp intcmp icid wt.mc_id wt_mc wtmc ns_campaign ns_source ' +
    'ns_mchannel ns_linkname ref_src ref_url feature_id spm share_id guccounter guce_referrer guce_referrer_sig ga_source _ga'
  ).split(' '),
)
const COUNTER_PREFIX =
  /^(?:utm_|mtm_|pk_|piwik_|matomo_|hsa_|at_(?:medium|campaign|link|custom|format|ptr)|stm_|itm_|int_(?:source|medium|campaign))/
/** Parameters that name an origin, where the origin is the feed: `?partner=rss`, `?source=rssfeed`. */
const ORIGINS: ReadonlySet<string> = new Set([
  'partner',
  'source',
  'src',
  'from',
  'ref',
  'referrer',
  'origin',
  'via',
  'rss',
  'medium',
])
const FROM_FEED = /^(?:$|1|true|rss|feed|atom|.{0,20}[-_.]?rss[-_.]?.{0,20})$/i

/** The address as an identity, no longer one to fetch: no scheme, no www/m/amp, no closing slash, parameters in order. */
function linkAlias(url: string): string {
  const clean = parseHttp(cleanLink(url))
  if (clean === undefined) return ''
  const host = clean.hostname.replace(/^(?:www\d?|m|mobile|amp)\./, '').replace(/\.m\./, '.')
  const path = clean.pathname.replace(/\/(?:index\.(?:html?|php)|amp)?\/?$/, '').replace(/\.amp(?=\.html?$|$)/, '')
  const kept = parameters(clean).filter(
    ([name, value]) => !(/^(?:amp|outputtype)$/i.test(name) && /^(?:amp|1|)$/i.test(value)),
  )
  if (path === '' && kept.length === 0) return '' // a home page is no item
  const query = kept
    .map((pair) => pair.join('='))
    .sort()
    .join('&')
  return `${host}${clean.port && `:${clean.port}`}${path}?${query}${clean.hash}`
}
