/** The feed behind an address that somebody typed: the address itself, or one that its page names. Judged by reading it. */
import { feedIdOf } from '../core/feed-id.ts'
import type { FeedDocument, FeedSource } from '../core/model.ts'
import { oneLine, shownHost } from '../core/safe-text.ts'
import type { Download, Reader, Web } from './ports.ts'

/** A page may name dozens; the first few are the site's own. Each costs a second of its host's pace. */
const CANDIDATES_MAX = 6
/** In all: the person waits. */
const DISCOVER_MS_MAX = 40_000

export type Discovery = Readonly<
  | { kind: 'found'; source: FeedSource; document: FeedDocument }
  /** `reason` is one of the catalogue's, `status` where the site answered with an error. */
  | { kind: 'none'; reason: string; status?: number }
>

export async function discoverFeed(
  typed: string,
  { web, reader }: Readonly<{ web: Web; reader: Reader }>,
): Promise<Discovery> {
  const signal = AbortSignal.timeout(DISCOVER_MS_MAX)
  const url = withScheme(typed.trim())
  const first = await web.download({ url, kind: 'feed' }, signal)
  if (first.kind !== 'fetched') return lost(first)
  const reading = await reader.readFeed(page(first), signal)
  if (reading.kind === 'read') return found(first.movedTo ?? first.url, reading.feed)
  const candidates = await reader.candidateFeeds(page(first), signal)
  for (const candidate of candidates.kind === 'read' ? candidates.urls.slice(0, CANDIDATES_MAX) : []) {
    const tried = await web.download({ url: candidate, kind: 'feed' }, signal)
    if (tried.kind !== 'fetched') continue
    const read = await reader.readFeed(page(tried), signal)
    if (read.kind === 'read') return found(tried.url, read.feed)
  }
  return { kind: 'none', reason: reading.reason }
}

/** People type "example.org". */
function withScheme(typed: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[\w.-]+:\d+(\/|$)/.test(typed) ? typed : `https://${typed}`
}

function page({ bytes, url, contentType }: Extract<Download, { kind: 'fetched' }>) {
  return contentType === undefined ? { bytes, url } : { bytes, url, contentType }
}

function lost(download: Exclude<Download, { kind: 'fetched' }>): Discovery {
  if (download.kind === 'unchanged') return { kind: 'none', reason: 'protocol' }
  const status = download.kind === 'failed' ? download.status : undefined
  return { kind: 'none', reason: download.reason, ...(status === undefined ? {} : { status }) }
}

function found(url: string, document: FeedDocument): Discovery {
  const title = oneLine(document.title).slice(0, 200) || shownHost(url)
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
