import { decodeEntities } from './feed/entities.ts'
import { absoluteUrl } from './feed/links.ts'
import { tokens } from './feed/tokens.ts'

/** Addresses where the feed of a site may be, likeliest first: what the page names itself, what is known of the large sites,
 *  links that look like feeds, and well-known paths. A guess is only a guess: fetch and `readFeed` it.
 *  @param html - the page as text, or '' when it could not be had
 *  @param pageUrl - where it was found
 *  @returns http(s) addresses, no two the same, at most 15. Linear. */
export function candidateFeeds(html: string, pageUrl: string): readonly string[] {
  const page = URL.parse(pageUrl)
  if (page === null || !/^https?:$/.test(page.protocol)) return []
  const named = linksIn(html, pageUrl)
  const candidates = [...named.alternates, ...knownSite(page, html), ...named.anchors, ...usualPaths(page)]
  const own = page.href
  return [...new Set(candidates.map((url) => url.replace(/#.*$/, '')))]
    .filter((url) => url !== '' && url !== own)
    .slice(0, CANDIDATES_MAX)
}

const CANDIDATES_MAX = 15 // each costs a request, one a second to the same host
const ALTERNATES_MAX = 8 // a blog names two or three; a portal one a section
const ANCHORS_MAX = 4
const HTML_CHARS_MAX = 2_000_000 // no page that we fetch is longer

type Named = { alternates: readonly string[]; anchors: readonly string[] }

/** `<link rel="alternate" type="application/rss+xml">`, feeds of comments last; and `<a>` whose address looks like a feed's. */
function linksIn(html: string, pageUrl: string): Named {
  const alternates: { url: string; comments: boolean }[] = []
  const anchors: string[] = []
  let base = pageUrl
  for (const token of tokens(html.slice(0, HTML_CHARS_MAX))) {
    if (token.kind !== 'open') continue
    const name = token.name.toLowerCase()
    if (name !== 'link' && name !== 'a' && name !== 'base') continue
    const attribute = (key: string) => decodeEntities(token.attributes.get(key) ?? '')
    const url = absoluteUrl(attribute('href'), base)
    if (url === '') continue
    if (name === 'base') base = url
    else if (
      name === 'link' &&
      isAlternate(attribute('rel'), attribute('type')) &&
      alternates.length < ALTERNATES_MAX
    ) {
      alternates.push({ url, comments: COMMENTS.test(attribute('title')) || COMMENTS.test(url) })
    } else if (name === 'a' && FEED_ADDRESS.test(url) && anchors.length < ANCHORS_MAX) anchors.push(url)
  }
  alternates.sort((a, b) => Number(a.comments) - Number(b.comments))
  return { alternates: alternates.map(({ url }) => url), anchors }
}

function isAlternate(rel: string, type: string): boolean {
  const words = rel.toLowerCase().split(/\s+/)
  if (words.includes('feed')) return true
  return words.includes('alternate') && FEED_TYPE.test(type.trim())
}
const FEED_TYPE = /^(?:application|text)\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|x?\.?rss|xml|atom)(?:;|$)/i
const COMMENTS = /comment|kommentar|commentaire|comentario/i
/** The last step of the path, or a parameter, says feed: /rss, /feed/, /news.rss, /atom.xml, ?format=rss. */
const FEED_ADDRESS =
  /(?:[/.](?:rss|atom|rdf|feed|feeds)(?:\.xml|\.rdf|\.json|\.php|\.aspx)?\/?|\/index\.xml|[?&](?:feed|format|type|output)=(?:rss|rss2|atom))$/i

/** Sites whose feeds have a known address that their pages often do not name. */
function knownSite(page: URL, html: string): readonly string[] {
  const host = page.hostname.replace(/^(?:www|m|mobile|old|new)\./, '')
  const [first = '', second = '', third = ''] = page.pathname.split('/').filter((step) => step !== '')
  if (host === 'youtube.com' || host === 'youtu.be') return youtube(page, html)
  if (host === 'news.google.com') return googleNews(page)
  if (host === 'reddit.com') return reddit(page)
  if (host === 'github.com' && second !== '') {
    const repository = `https://github.com/${first}/${second}`
    const wanted = third === 'commits' || third === 'tags' ? third : 'releases'
    return [`${repository}/${wanted}.atom`, `${repository}/releases.atom`, `${repository}/commits.atom`]
  }
  if (host === 'github.com' && first !== '') return [`https://github.com/${first}.atom`]
  if (host === 'gitlab.com' && second !== '') return [`https://gitlab.com/${first}/${second}.atom`]
  if (host === 'medium.com' && first !== '') return [`https://medium.com/feed/${first}`]
  if (host.endsWith('.medium.com') || host.endsWith('.substack.com')) return [`${page.origin}/feed`]
  if (host === 'bsky.app' && first === 'profile' && second !== '') return [`https://bsky.app/profile/${second}/rss`]
  if (host === 'vimeo.com' && first !== '') return [`https://vimeo.com/${first}/videos/rss`]
  if (host.endsWith('.tumblr.com')) return [`${page.origin}/rss`]
  if (host.endsWith('.blogspot.com')) return [`${page.origin}/feeds/posts/default`]
  if (host.endsWith('.wordpress.com')) return [`${page.origin}/feed/`]
  if (host === 'news.ycombinator.com') return ['https://news.ycombinator.com/rss']
  if (first.startsWith('@') && second === '' && isMastodon(html)) return [`${page.origin}/${first}.rss`]
  if (first === 'tags' && second !== '' && isMastodon(html)) return [`${page.origin}/tags/${second}.rss`]
  return generator(page, html)
}

/** A search, a topic or a section: the same path under /rss, with the edition that the parameters name. */
function googleNews(page: URL): readonly string[] {
  const path = page.pathname.replace(/^\/rss(?=\/|$)/, '').replace(/^\/home$/, '')
  return [`https://news.google.com/rss${path === '/' ? '' : path}${page.search}`]
}

/** A community, several at once ("r/a+b"), a search in one, a person, or a person's collection ("user/name/m/collection"). */
function reddit(page: URL): readonly string[] {
  const steps = page.pathname.split('/').filter((step) => step !== '')
  const [first = '', second = '', third = '', fourth = ''] = steps
  const inside = (first === 'r' || first === 'user' || first === 'u') && second !== ''
  if (!inside) return ['https://www.reddit.com/.rss']
  const place = `https://www.reddit.com/${first}/${second}`
  if (third === 'm' && fourth !== '') return [`${place}/m/${fourth}/.rss`]
  if (third === 'search') return [`${place}/search.rss${page.search}`]
  return [`${place}/.rss`]
}

function youtube(page: URL, html: string): readonly string[] {
  const [first = '', second = ''] = page.pathname.split('/').filter((step) => step !== '')
  const feed = 'https://www.youtube.com/feeds/videos.xml'
  const list = page.searchParams.get('list')
  if (list !== null && /^[\w-]{10,60}$/.test(list)) return [`${feed}?playlist_id=${list}`]
  if (first === 'channel' && /^UC[\w-]{22}$/.test(second)) return [`${feed}?channel_id=${second}`]
  if (first === 'user' && second !== '') return [`${feed}?user=${second}`]
  // A name ("/@name", "/c/name") is resolved by the page alone.
  const [, channel] = /(?:"externalId":"|youtube\.com\/channel\/)(UC[\w-]{22})/.exec(html) ?? []
  return channel === undefined ? [] : [`${feed}?channel_id=${channel}`]
}

function isMastodon(html: string): boolean {
  return html.slice(0, HEAD_CHARS).includes('mastodon')
}

/** Feeds of the programs that run the web's news and blogs, where the page says which one it is. */
function generator(page: URL, html: string): readonly string[] {
  const head = html.slice(0, HEAD_CHARS)
  if (head.includes('/wp-content/') || head.includes('WordPress'))
    return [`${page.origin}/feed/`, `${page.origin}/?feed=rss2`]
  if (head.includes('content="Ghost') || head.includes('/ghost/api')) return [`${page.origin}/rss/`]
  if (head.includes('static1.squarespace.com')) return [`${here(page)}?format=rss`]
  if (head.includes('Drupal')) return [`${page.origin}/rss.xml`]
  if (head.includes('substackcdn.com')) return [`${page.origin}/feed`]
  return head.includes('content="Hugo') ? [`${page.origin}/index.xml`] : []
}
const HEAD_CHARS = 60_000 // where pages name their scripts and generator

/** Where feeds stand on many sites: beside the page asked for, then at the root. */
function usualPaths(page: URL): readonly string[] {
  const section = page.pathname === '/' ? [] : ['/feed', '/rss'].map((path) => `${here(page)}${path}`)
  const root = [
    '/feed',
    '/rss',
    '/rss.xml',
    '/feed.xml',
    '/atom.xml',
    '/index.xml',
    '/feed.json',
    '/feeds/posts/default',
  ].map((path) => `${page.origin}${path}`)
  return [...section, ...root]
}

function here(page: URL): string {
  return `${page.origin}${page.pathname.replace(/\/$/, '')}`
}
