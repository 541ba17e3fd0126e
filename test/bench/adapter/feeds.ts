import { readFeed } from '../../../src/core/feed.ts'
import type { Item } from '../../../src/core/model.ts'

/** Reads one feed of the scorer with the bot's own reader: `{ bytes, contentType, url }`, bytes in base64. */
export async function answer({ bytes, contentType, url }: Readonly<Record<string, unknown>>): Promise<object> {
  const source = { url: String(url), ...(typeof contentType === 'string' && { contentType }) }
  const reading = await readFeed(Buffer.from(String(bytes), 'base64'), source)
  if (reading.kind === 'refused') return { ok: false, error: reading.reason }
  const { title, titleHtml = title, link, items } = reading.feed
  return { ok: true, feed: { title: titleHtml, link }, items: items.map(answerItem) }
}

function answerItem(item: Item): object {
  const { title, titleHtml = title, guid, publishedAt, updatedAt, ...rest } = item
  return { ...rest, title: titleHtml, id: guid, published: iso(publishedAt), updated: iso(updatedAt) }
}

function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString()
}
