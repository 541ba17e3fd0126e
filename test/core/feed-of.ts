import type { FeedDocument } from '../../src/core/feed/document.ts'
import { type FeedReading, readFeed } from '../../src/core/feed.ts'
import type { Item } from '../../src/core/model.ts'

const URL_ = 'https://feeds.example/path/feed'
/** Reads a text or bytes as the feed at one address. */
export const read = (text: string | Uint8Array, contentType?: string): Promise<FeedReading> =>
  readFeed(typeof text === 'string' ? Buffer.from(text) : text, { url: URL_, ...(contentType && { contentType }) })

/** The document; throws when it was refused. */
export async function feedOf(text: string | Uint8Array): Promise<FeedDocument> {
  const reading = await read(text)
  if (reading.kind === 'refused') throw new Error(`refused: ${reading.reason}`)
  return reading.feed
}

/** The first item of a feed that holds this. */
export async function itemOf(
  inner: string,
  root = '<rss version="2.0"><channel><item>|</item></channel></rss>',
): Promise<Item> {
  const [item] = (await feedOf(root.replace('|', inner))).items
  if (!item) throw new Error('no item')
  return item
}
export const ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>|</entry></feed>'
