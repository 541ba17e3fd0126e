import type { FeedDocument } from '../../src/core/feed/document.ts'
/** The outlets of a history: what their feeds list at a moment, and what the reader makes of it. Nothing is parsed: that is other
 *  suites' matter, and takes most of the time. */
import type { Article, ArticleId, Item } from '../../src/core/model.ts'
import type { Download, DownloadRequest, Reader } from '../../src/flow/ports.ts'
import type { FeedName } from './plan.ts'

type Piece = { feed: FeedName; event: number; at: number; revision: number }

/** Once all is over, nobody asks more often than this: a history of days costs no polls. */
const CALM_AGE_MS = 12 * 60 * 60_000
/** As long as a feed usually is. */
const LISTED_MAX = 80

export function createPress() {
  const pieces: Piece[] = []
  const told = new Map<string, number>()
  let isOver = false
  /** `order`: an outlet's first piece is there before anybody follows it. */
  const press = {
    pieces: pieces as readonly Readonly<Piece>[],
    tell(feed: FeedName, event: number, at: number): void {
      if (pieces.some((piece) => piece.feed === feed && piece.event === event)) return
      pieces.push({ feed, event, at, revision: 1 })
      told.set(feed, (told.get(feed) ?? 0) + 1)
    },
    revise(feed: FeedName, event: number): void {
      const piece = pieces.find((one) => one.feed === feed && one.event === event)
      if (!piece) return
      piece.revision++
      told.set(feed, (told.get(feed) ?? 0) + 1)
    },
    calm(): void {
      isOver = true
    },
    /** The feeds go on to other things: what was not taken is not listed any more. */
    turnPage(): void {
      for (const feed of told.keys()) told.set(feed, -1)
    },
    answer({ url, kind, etag }: DownloadRequest): Download {
      const { host, pathname } = new URL(url)
      const feed = host.replace('.example', '')
      const calm = isOver ? { maxAgeMs: CALM_AGE_MS } : {}
      if (kind === 'page') {
        const piece = pieces.find((one) => one.feed === feed && urlOf(one).endsWith(pathname))
        return piece
          ? { kind: 'fetched', status: 200, url, bytes: Buffer.from(String(piece.revision)) }
          : { kind: 'failed', reason: 'status', status: 404 }
      }
      const count = told.get(feed) ?? 0
      const version = `"${count}"`
      if (etag === version) return { kind: 'unchanged', ...calm }
      const listed = count < 0 ? [] : pieces.filter((piece) => piece.feed === feed)
      const shown = [OLD, ...listed.map(({ event, revision, at }) => [event, revision, at])].slice(-LISTED_MAX)
      return { kind: 'fetched', status: 200, url, bytes: Buffer.from(JSON.stringify(shown)), etag: version, ...calm }
    },
  }
  return press
}
export type Press = ReturnType<typeof createPress>

/** What a feed listed before anybody followed it. */
const OLD = [-1, 1, 0]

export const urlOf = ({ feed, event }: Pick<Piece, 'feed' | 'event'>): string =>
  `http://${feed}.example/${markOf(event)}`

/** By which an event is told in a text from any other. */
export function markOf(event: number): string {
  return `s${event}e`
}
/** A headline changes with its revision. */
export function titleMark(event: number, revision: number): string {
  return `ferry ${markOf(event)}v${revision};`
}
export function outletOf(feed: string): string {
  return `The ${feed}`
}

function itemOf(feed: string, [event = 0, revision = 1, at = 0]: readonly number[]): Item {
  return {
    title: `The ${titleMark(event, revision)} of ${feed}`,
    url: urlOf({ feed: feed as FeedName, event }),
    guid: `${event}`,
    summary: '',
    content: '',
    author: '',
    ...(at > 0 ? { publishedAt: at } : {}),
    categories: [],
    enclosures: [],
  }
}

const TERMS = ['ship', 'port', 'deed', 'ware', 'name', 'tide', 'crew', 'pier']

export const READER: Reader = {
  async readFeed({ bytes, url }) {
    const feed = new URL(url).host.replace('.example', '')
    const listed = JSON.parse(Buffer.from(bytes).toString()) as number[][]
    const document: FeedDocument = {
      title: outletOf(feed),
      link: '',
      items: listed.map((one) => itemOf(feed, one)).reverse(),
    }
    return { kind: 'read', feed: document }
  },
  async readArticle({ item, page, source, firstSeenAt }) {
    const event = Number(item.guid)
    const text = `A ${item.title} came in.`
    const article: Article = {
      id: `a${source.id}.${event}` as ArticleId,
      url: item.url,
      title: item.title,
      outlet: source.outlet,
      publishedAt: item.publishedAt ?? firstSeenAt,
      text,
      language: 'en',
      summary: [text],
      quotes: [],
      from: page ? 'page' : 'feed',
      signature: { terms: TERMS.map((term) => [`${term}${event}`, 2] as const), shingles: [] },
    }
    return { kind: 'read', article }
  },
  candidateFeeds: async () => ({ kind: 'read', urls: [] }),
  readOpml: async () => ({ kind: 'no list' }),
}
