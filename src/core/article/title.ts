import { tokens } from '../words.ts'

/** What a piece may be called, by whom. */
export type Titles = Readonly<{ feed: string; page: string; outlets: readonly string[]; url: string }>

/** The headline of a piece: the page's where it names the same piece as the feed's, since feeds cut and rephrase theirs; else the
 *  feed's. Never the name of the site.
 *  @returns '' when neither has one */
export function titleOf({ feed, page, outlets, url }: Titles): string {
  const names = new Set([...outlets, ...hostNames(url)].map(key).filter((name) => name !== ''))
  const [ofFeed, ofPage] = [feed, page].map((title) => withoutSite(title, names))
  if (!ofFeed || !ofPage) return ofFeed || ofPage || ''
  return isSamePiece(ofFeed, ofPage) ? ofPage : ofFeed
}

const SEPARATORS = [' | ', ' - ', ' – ', ' — ', ' :: ', ' · ', ' • ', ' « ', ' » '] // between headline and site, in templates of pages

/** Cuts the site's name off either end; '' where nothing else was there. */
function withoutSite(title: string, names: ReadonlySet<string>): string {
  if (names.has(key(title))) return ''
  for (const separator of SEPARATORS) {
    const [first, last] = [title.indexOf(separator), title.lastIndexOf(separator)]
    if (first < 0) continue
    if (names.has(key(title.slice(last + separator.length)))) return withoutSite(title.slice(0, last).trim(), names)
    if (names.has(key(title.slice(0, first)))) return withoutSite(title.slice(first + separator.length).trim(), names)
  }
  return title
}

/** "www.herald.example" may sign as "herald.example" or "Herald". */
function hostNames(url: string): readonly string[] {
  const host = URL.parse(url)?.hostname.replace(/^www\./, '') ?? ''
  return [host, host.split('.').at(-2) ?? '']
}

function key(text: string): string {
  return tokens(text)
    .map(({ word }) => word)
    .join('')
}

const SHARED_MIN = 0.5 // of the shorter headline's words; two pieces of one event share a third

function isSamePiece(feed: string, page: string): boolean {
  const [ofFeed, ofPage] = [feed, page].map((title) => new Set(tokens(title).map(({ word }) => word)))
  if (!ofFeed || !ofPage) return false
  // A page that says much less has a label for a headline: "Live".
  if (ofPage.size < ofFeed.size / 2) return false
  const shared = [...ofPage].filter((word) => ofFeed.has(word)).length
  return shared >= Math.min(ofFeed.size, ofPage.size) * SHARED_MIN
}
