/** Many feeds at once: each address is read before it is taken, and every line of the list gets its own answer. */
import { cleanLink } from '../core/identity.ts'
import type { FeedSource } from '../core/model.ts'
import type { ListedFeed } from '../core/opml.ts'
import { discoverFeed, typedAddress } from './discover.ts'
import type { Reader, Web } from './ports.ts'

/** What became of a line. `reason` is one of the catalogue's for addresses; `later`: the time was up before its turn came. */
export type BulkOutcome = Readonly<
  | { kind: 'added'; source: FeedSource }
  | { kind: 'known' | 'full' | 'later' }
  | { kind: 'refused'; reason: string; status?: number }
>
export type BulkLine = Readonly<{ listed: ListedFeed; outcome: BulkOutcome }>

export type BulkTerms = Readonly<{
  web: Web
  reader: Reader
  /** Addresses that need no adding. */
  knownUrls: readonly string[]
  keep(source: FeedSource): Promise<'added' | 'already' | 'full'>
  /** As they are settled, which is not the order of the list. */
  onLine?(line: BulkLine): void
  /** How many addresses are asked at the most; the rest is `later`. */
  triesMax?: number
  /** Ends the asking; what was not reached is `later`. */
  signal: AbortSignal
}>

/** Hosts are asked one request at a time by the web itself; so many addresses are under way together. */
const AT_ONCE = 8

/** @returns the lines in the order of the list. Run again with the same list, it goes on where it ended: what was added is known. */
export async function addInBulk(listed: readonly ListedFeed[], terms: BulkTerms): Promise<readonly BulkLine[]> {
  const known = new Set(terms.knownUrls.map(identityOf))
  const lines: BulkLine[] = []
  let next = 0
  let isFull = false
  let triesLeft = terms.triesMax ?? listed.length
  const settle = async (feed: ListedFeed): Promise<BulkOutcome> => {
    if (known.has(identityOf(typedAddress(feed.url)))) return { kind: 'known' }
    if (isFull) return { kind: 'full' }
    if (terms.signal.aborted || triesLeft === 0) return { kind: 'later' }
    triesLeft -= 1
    const found = await discoverFeed(feed.url, terms)
    if (found.kind === 'none') {
      if (terms.signal.aborted) return { kind: 'later' }
      return { kind: 'refused', reason: found.reason, ...(found.status === undefined ? {} : { status: found.status }) }
    }
    if (known.has(identityOf(found.source.url))) return { kind: 'known' }
    known.add(identityOf(found.source.url))
    const source = named(found.source, feed)
    const kept = await terms.keep(source)
    isFull ||= kept === 'full'
    return kept === 'added' ? { kind: 'added', source } : { kind: kept === 'full' ? 'full' : 'known' }
  }
  const work = async (): Promise<void> => {
    for (let at = next++; at < listed.length; at = next++) {
      const feed = listed[at]
      if (!feed) return
      const line = { listed: feed, outcome: await settle(feed) }
      lines[at] = line
      terms.onLine?.(line)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, listed.length) }, work))
  return lines
}

/** http and https lead to the same feed, and so do a closing slash and its absence. */
function identityOf(url: string): string {
  return cleanLink(url)
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\/$/, '')
}

/** The name that its owner gave it in the list, where the feed has none of its own. */
function named(source: FeedSource, { title }: ListedFeed): FeedSource {
  const isNameless = title !== '' && URL.parse(source.url)?.hostname.endsWith(source.title)
  return isNameless ? { ...source, title, outlet: title } : source
}
