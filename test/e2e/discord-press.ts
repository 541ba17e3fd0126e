/** Two invented outlets on loopback: a feed for each, and a page behind every piece. A third feed waits for whoever adds it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type News, page, pageOf, RETOLD, rssOf, TEXT } from '../flow/news.ts'

/** By the ids of their feeds. The last one stands in no file: a server adds it. */
export const OUTLETS = { post: 'Skerry Post', herald: 'Norrvik Herald', gazette: 'Lofthaven Gazette' } as const
export type Outlet = keyof typeof OUTLETS

/** One event in two tellings. */
export const LARK: News = {
  name: 'lark',
  at: 0,
  title: 'Ferry Northern Lark runs aground off Skarholm',
  text: TEXT,
}
export const LARK_RETOLD: News = {
  name: 'lark-retold',
  at: 0,
  title: 'Lifeboats take 312 off stranded ferry Northern Lark',
  text: RETOLD,
}
/** Enough quotes for a second page of them. */
export const COUNCIL: News = {
  name: 'council',
  at: 0,
  title: 'Lofthaven council argues over the new ferry berth',
  text: [
    'The council of Lofthaven spent its whole Wednesday on the ferry berth that the island of Brask has asked for since spring.',
    ...[
      ['We waited nine winters for this berth and will not wait a tenth', 'Mayor Sunniva Dahlkvist'],
      ['Nobody has shown me who pays for the dredging of that channel', 'Treasurer Olav Rennesund'],
      ['My grandchildren row to school, and that is a shame for this town', 'Brask teacher Helga Mørkvik'],
      ['The pilots will refuse the northern approach in any wind', 'Harbour master Tormod Eikeland'],
      ['A berth without a road behind it is a monument', 'Engineer Liv Stensrud'],
      ['We can weld the pontoon before the ice comes', 'Shipwright Jonas Haverstad'],
      ['Let us vote tonight and be done with it', 'Councillor Ragna Tveiten'],
    ].map(([words, who]) => `“${words},” said ${who}, who spoke for several minutes.`),
  ],
}

export type Press = Readonly<{
  origin: string
  feedUrl(outlet: Outlet): string
  /** From now on the outlet's feed lists it, newest first. */
  print(outlet: Outlet, piece: Omit<News, 'at'>): void
  /** How often its feed was asked. */
  asked(outlet: Outlet): number
  close(): Promise<void>
}>

export async function startPress(): Promise<Press> {
  const printed = new Map<string, News[]>()
  const asked = new Map<string, number>()
  const server = createServer((request, response) => {
    const [kind = '', outlet = '', name = ''] = (request.url ?? '').split('/').slice(1)
    const news = printed.get(outlet) ?? []
    if (kind === 'feed') asked.set(outlet, (asked.get(outlet) ?? 0) + 1)
    const piece = news.find((one) => one.name === name)
    const title = OUTLETS[outlet as Outlet] ?? outlet
    const body =
      kind === 'feed' ? rssOf(title, news) : kind === 'page' && piece ? pageOf('sea', piece) : page('Home', ['Nothing'])
    response.writeHead(200, { 'content-type': kind === 'feed' ? 'application/rss+xml' : 'text/html' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    feedUrl: (outlet) => `${origin}/feed/${outlet}`,
    print(outlet, piece) {
      const news = { ...piece, at: Date.now(), url: `${origin}/page/${outlet}/${piece.name}` }
      printed.set(outlet, [news, ...(printed.get(outlet) ?? [])])
    },
    asked: (outlet) => asked.get(outlet) ?? 0,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
