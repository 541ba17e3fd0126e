import type { FeedDocument } from '../core/feed/document.ts'
/** The feed behind an address that somebody typed: the address itself, or one that its page names. Judged by reading it. */
import { feedIdOf } from '../core/feed-id.ts'
import type { FeedSource } from '../core/model.ts'
import { oneLine, shownHost } from '../core/safe-text.ts'
import type { Download, Reader, Web } from './ports.ts'

/** A page may name dozens; the first few are the site's own. Each costs a second of its host's pace. */
const CANDIDATES_MAX = 6
/** In all: the person waits. */
const DISCOVER_MS_MAX = 40_000
const TITLE_CHARS_MAX = 200

export type Discovery = Readonly<
  | { kind: 'found'; source: FeedSource; document: FeedDocument }
  /** `reason` is one of the catalogue's, `status` where the site answered with an error. `passing`: it may go better next time. */
  | { kind: 'none'; reason: string; status?: number; passing: boolean }
>

type Finding = Readonly<{ web: Web; reader: Reader }>

/** @param typed - as it was typed: an address of a feed or a page, with or without its scheme */
export async function discoverFeed(typed: string, finding: Finding): Promise<Discovery> {
  const signal = AbortSignal.timeout(DISCOVER_MS_MAX)
  const url = typedAddress(typed)
  const first = await read(url, finding, signal)
  // Whoever types "example.org" does not say that it speaks https.
  if (first.kind === 'none' && first.status === undefined && first.passing && !hasScheme(typed)) {
    const plain = await read(url.replace(/^https:/, 'http:'), finding, signal)
    if (plain.kind !== 'none') return settle(plain, finding, signal)
  }
  return settle(first, finding, signal)
}

/** People type "example.org", "<https://example.org/>" as Discord shows it, and "feed:" as browsers once did. */
export function typedAddress(typed: string): string {
  const bare = typed
    .trim()
    .replace(/^<(.*)>$/s, '$1')
    .replace(/^feed:(?=https?:)/i, '')
    .replace(/^feed:(\/\/)?/i, 'https://')
    // As people of the Fediverse write who they are: @name@host.
    .replace(/^@([\w.-]+)@([\w.-]+)$/, 'https://$2/@$1')
  const url = hasScheme(bare) ? bare : `https://${bare}`
  return URL.canParse(url) ? new URL(url).href : url
}

/** "example.org:8080" has a port, not a scheme. */
function hasScheme(typed: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[\w.-]+:\d+(\/|$)/.test(typed)
}

type None = Extract<Discovery, { kind: 'none' }>
type Page = Extract<Download, { kind: 'fetched' }>
type Read = Extract<Discovery, { kind: 'found' }> | None | Readonly<{ kind: 'page'; page: Page; reason: string }>

/** One address: a feed, a page that is none, or nothing. */
async function read(url: string, { web, reader }: Finding, signal: AbortSignal): Promise<Read> {
  const got = await web.download({ url, kind: 'feed' }, signal)
  if (got.kind !== 'fetched') return lost(got, signal)
  const reading = await reader.readFeed(bytesOf(got), signal)
  // A redirect that is not for good is asked again at every poll: the address that was given stays.
  if (reading.kind === 'read') return found(got.movedTo ?? url, reading.feed)
  return { kind: 'page', page: got, reason: reading.reason }
}

async function settle(first: Read, finding: Finding, signal: AbortSignal): Promise<Discovery> {
  if (first.kind !== 'page') return first
  const { page, reason } = first
  const candidates = await finding.reader.candidateFeeds(bytesOf(page), signal)
  for (const url of candidates.kind === 'read' ? candidates.urls.slice(0, CANDIDATES_MAX) : []) {
    const tried = await read(url, finding, signal)
    if (tried.kind === 'found') return tried
    if (signal.aborted) return timedOut
  }
  return signal.aborted ? timedOut : { kind: 'none', reason, passing: false }
}

function bytesOf({ bytes, url, contentType }: Page) {
  return contentType === undefined ? { bytes, url } : { bytes, url, contentType }
}

const timedOut: None = { kind: 'none', reason: 'timeout', passing: true }

function lost(download: Exclude<Download, Page>, signal: AbortSignal): None {
  if (signal.aborted) return timedOut
  if (download.kind === 'unchanged') return { kind: 'none', reason: 'protocol', passing: true }
  const { reason } = download
  if (download.kind === 'refused') return { kind: 'none', reason, passing: false }
  const { status } = download
  // Beside any other reason stands the status of the answer that went wrong later: "error 200" would say nothing.
  if (reason !== 'status' || status === undefined) return { kind: 'none', reason, passing: PASSING.has(reason) }
  return { kind: 'none', reason, status, passing: status === 429 || status >= 500 }
}
const PASSING: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'broken encoding',
  'stopped',
  'protocol',
  'held',
])

function found(url: string, document: FeedDocument): Discovery & { kind: 'found' } {
  const title = oneLine(document.title).slice(0, TITLE_CHARS_MAX).toWellFormed() || shownHost(url)
  const source: FeedSource = {
    id: feedIdOf(url),
    url,
    title,
    outlet: title,
    kind: 'other',
    ...(document.language ? { language: document.language } : {}),
  }
  return { kind: 'found', source, document }
}
