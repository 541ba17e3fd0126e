/** Seventy outlets on hosts of their own, which publish a story every minute each; and when each story could be seen, and was. */
import { createServer, type ServerResponse } from 'node:http'
import { pageOf, type Subject, storyOf } from './stories.ts'

export type Published = {
  readonly n: number
  readonly visibleAt: number
  servedAt: number | undefined
  /** Its page was asked for. */
  readAt: number | undefined
  readonly subject: number
}

/** As many as a minute's pace makes in an hour: the bot asks a feed as often as it tells something. */
const LISTED = 60
const MINUTE_MS = 60_000
/** A day's stories, spread as they come: by chance. */
const DAY_MS = 86_400_000

export type Press = Readonly<{
  published: readonly Published[]
  urls: readonly string[]
  start(storiesADay: number): void
  stop(): void
  close(): void
}>

export async function startPress(feeds: number, subjects: readonly Subject[]): Promise<Press> {
  const published: Published[] = []
  const byFeed = Array.from({ length: feeds }, (): Published[] => [])
  const servers = await Promise.all(
    byFeed.map(async (own, feed) => {
      const server = createServer((request, response) => {
        if (request.url === '/feed')
          return serveFeed(own, { feed, subjects }, { etag: request.headers['if-none-match'], response })
        const n = Number(/^\/s\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1)
        const story = published[n]
        if (story) story.readAt ??= Date.now()
        response.writeHead(story ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
        response.end(story && pageOf(storyOf(story.n, subjects[story.subject] ?? { word: '' })))
      })
      // A host each: the bot is polite to hosts.
      await new Promise<void>((resolve) => server.listen(PORT, hostOf(feed), resolve))
      return server
    }),
  )
  let timer: NodeJS.Timeout | undefined
  const publish = (): void => {
    const n = published.length
    const subject = Math.floor(Math.random() * subjects.length)
    const story = { n, visibleAt: Date.now(), servedAt: undefined, readAt: undefined, subject }
    published.push(story)
    byFeed[n % feeds]?.push(story)
  }
  return {
    published,
    urls: byFeed.map((_, feed) => `${originOf(feed)}/feed`),
    start(storiesADay) {
      const next = (): void => {
        timer = setTimeout(
          () => {
            publish()
            next()
          },
          -Math.log(1 - Math.random()) * (DAY_MS / storiesADay),
        )
      }
      next()
    },
    stop: () => clearTimeout(timer),
    close() {
      for (const server of servers) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
}

const STARTED_AT = Date.now()
const PORT = 4_888
const hostOf = (feed: number): string => `127.0.9.${feed + 1}`
const originOf = (feed: number): string => `http://${hostOf(feed)}:${PORT}`

/** Before the load, a feed lists pieces of the hour before: a first poll is silent. */
function serveFeed(
  own: readonly Published[],
  { feed, subjects }: Readonly<{ feed: number; subjects: readonly Subject[] }>,
  { etag, response }: Readonly<{ etag: string | undefined; response: ServerResponse }>,
): void {
  const version = `"${own.length}"`
  if (etag === version) {
    response.writeHead(304, { etag: version }).end()
    return
  }
  const listed = own.slice(-LISTED).toReversed()
  for (const story of listed) story.servedAt ??= Date.now()
  const items = listed.map(({ n, visibleAt, subject }) => {
    const { title, paragraphs } = storyOf(n, subjects[subject] ?? { word: '' })
    return `<item><title>${title}</title><link>${originOf(feed)}/s/${n}</link><guid>${n}</guid>
<description>${paragraphs[0]?.slice(0, 200)}</description><pubDate>${new Date(visibleAt).toUTCString()}</pubDate></item>`
  })
  const old = Array.from({ length: LISTED - listed.length }, (_, n) => {
    const at = new Date(STARTED_AT - n * MINUTE_MS).toUTCString()
    return `<item><title>Piece ${n} of outlet ${feed}</title><link>${originOf(feed)}/old/${n}</link><guid>old${n}</guid><pubDate>${at}</pubDate></item>`
  })
  response.writeHead(200, { etag: version, 'content-type': 'application/rss+xml' })
  response.end(
    `<rss version="2.0"><channel><title>Outlet ${feed}</title><link>${originOf(feed)}/</link>${items.join('')}${old.join('')}</channel></rss>`,
  )
}
