/** Invented news, and the feeds and pages that print it. */
import { type Stage, source } from './stage.ts'

export type News = Readonly<{
  name: string
  at: number
  title?: string
  url?: string
  summary?: string
  /** Paragraphs of its page. */
  text?: readonly string[]
}>

type Named = Readonly<{ feed: string; headers: Readonly<Record<string, string>> }>

/** Publishes a feed with these pieces, newest first, and a page behind each. */
export function publish({ strings }: Pick<Stage, 'strings'>, named: string | Named, pieces: readonly News[]): void {
  const { feed, headers } = typeof named === 'string' ? { feed: named, headers: {} } : named
  for (const piece of pieces) {
    const { host, pathname } = new URL(piece.url ?? madeUp(feed, piece).url)
    strings.set(`${host}${pathname}`, pageOf(feed, piece))
  }
  strings.set(`${feed}.example/feed`, {
    headers: { 'content-type': 'application/rss+xml', ...headers },
    body: rssOf(feed, pieces),
  })
}

export function rssOf(feed: string, pieces: readonly News[]): string {
  const items = pieces.map((piece) => {
    const { title, url, summary } = { ...madeUp(feed, piece), ...piece }
    return `<item><guid isPermaLink="false">${piece.name}</guid><title>${title}</title><link>${url}</link>
      <description>${summary}</description><pubDate>${new Date(piece.at).toUTCString()}</pubDate></item>`
  })
  return `<rss version="2.0"><channel><title>${feed}</title><link>http://${feed}.example/</link>${items.join('')}</channel></rss>`
}

export function pageOf(feed: string, piece: News): string {
  const { title, text } = { ...madeUp(feed, piece), ...piece }
  return page(title, text)
}

export function page(title: string, text: readonly string[]): string {
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>
    ${text.map((paragraph) => `<p>${paragraph}</p>`).join('')}</article></body></html>`
}

const SYLLABLES = [
  'bar',
  'den',
  'gol',
  'hax',
  'jun',
  'kel',
  'mor',
  'nis',
  'pol',
  'rud',
  'sav',
  'tor',
  'vel',
  'wix',
  'yan',
  'zor',
]
/** A word that no other number makes. */
export function word(n: number, salt = ''): string {
  let hash = 2_166_136_261
  for (const char of `${n}|${salt}`) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0
  return [0, 4, 8, 12].map((shift) => SYLLABLES[(hash >>> shift) & 15] ?? '').join('')
}

/** An event of its own: names, places and deeds that no other piece has. */
function madeUp(feed: string, { name }: News): Required<Omit<News, 'name' | 'at'>> {
  const own = (salt: string): string => {
    const made = word([...name].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) >>> 0, salt)
    return made.charAt(0).toUpperCase() + made.slice(1)
  }
  const [place, person, ship, deed, ware] = ['place', 'person', 'ship', 'deed', 'ware'].map(own)
  return {
    title: `${ship} ferry ${deed} at ${place} [${name}]`,
    url: `http://${feed}.example/${name}`,
    summary: `A ferry called ${ship} came to ${place}.`,
    text: [
      `The ferry ${ship} came to ${place} on Tuesday with ${ware} on board, and ${person} ${deed} met it there with ${own('band')} ${own('song')}.`,
      `“The ${ware} of ${place} will be ${own('fate')} before ${own('month')},” said ${person} ${own('last')}, who keeps ${own('house')} for ${own('lord')}.`,
      `Nobody in ${place} had seen ${own('beast')} or ${own('bird')} since the ${own('feast')} of ${own('saint')}, a ${own('trade')} of ${own('street')} said.`,
    ],
  }
}

/** One event in two tellings. */
export const TEXT = [
  'The ferry Northern Lark ran aground off Skarholm on Tuesday morning with 312 passengers on board, and lifeboats from Norrvik brought everybody ashore.',
  '“We heard a long scraping sound, and then nothing at all,” said Captain Ingrid Aalto, who has sailed the ferry for eleven years.',
  'The coast guard of Norrvik said that the rudder of the Northern Lark had failed, and that divers would look at the hull on Wednesday.',
]
export const RETOLD = [
  'Lifeboats from Norrvik took 312 passengers off the ferry Northern Lark after it ran aground near Skarholm on Tuesday morning.',
  '“Everybody was calm; the children sang,” said Tove Rask, a passenger from Norrvik who had been on deck.',
  'Captain Ingrid Aalto said that the rudder had failed. Divers will look at the hull of the Northern Lark on Wednesday, the coast guard said.',
]

/** The first telling, published at this moment. */
export function lark({ now }: Pick<Stage, 'now'>, more: Partial<News> = {}): News {
  return { name: 'lark', at: now, title: 'Ferry Northern Lark runs aground off Skarholm', text: TEXT, ...more }
}

/** Feeds of these names, polled while they were empty: all that comes is news. */
export async function followed(stage: Stage, ...names: readonly string[]): Promise<void> {
  await stage.feeds(...names.map((name) => source(name)))
  for (const name of names) publish(stage, name, [])
  await stage.walk()
}
