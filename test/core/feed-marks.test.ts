import { expect, it } from 'vitest'
import type { FeedDocument } from '../../src/core/feed/document.ts'
import { type FeedReading, readFeed } from '../../src/core/feed.ts'

const URL_ = 'https://herald.example/feed'
const item = (id: string, title = `Ferry ${id}`) =>
  `<item><guid>${id}</guid><title>${title}</title><link>/${id}</link></item>`
const rss = (...items: readonly string[]) => `<rss><channel><title>Herald</title>${items.join('\n')}</channel></rss>`

async function read(text: string, known: readonly string[] = [], url = URL_): Promise<FeedDocument> {
  const reading: FeedReading = await readFeed(Buffer.from(text), { url, known })
  if (reading.kind === 'refused') throw new Error(reading.reason)
  return reading.feed
}
const guids = ({ items }: FeedDocument) => items.map(({ guid }) => guid)

it('reads of a document only the entries whose marks it does not know', async () => {
  const first = await read(rss(item('a'), item('b')))
  expect(first.marks).toHaveLength(2)
  const second = await read(rss(item('c'), item('a'), item('b', 'Ferry late')), first.marks)
  expect(guids(second)).toEqual(['c', 'b'])
  expect(second.marks).toEqual([expect.any(String), first.marks?.[0], expect.any(String)])
  expect(second.marks?.[2]).not.toBe(first.marks?.[1])
  expect(second.title).toBe('Herald')
})

it('reads a document of which it knows all entries', async () => {
  const { marks } = await read(rss(item('a')))
  expect(await read(rss(item('a')), marks)).toMatchObject({ items: [], marks, title: 'Herald' })
})

it('reads an entry again that is written in another way, and finds the same', async () => {
  const { marks, items } = await read(rss(item('a')))
  const other =
    '<item>\n <guid ><![CDATA[a]]></guid><title>Ferry a</title><slash:comments>12</slash:comments><link>/a</link></item>'
  expect((await read(rss(other), marks)).items).toEqual(items)
})

it('knows an entry again that never ended by what was read of it', async () => {
  const open = '<rss><channel><item><guid>a</guid><title>Ferry<item><guid>b</guid><title>Quay</title>'
  const { marks } = await read(open)
  expect(await read(open, marks)).toMatchObject({ items: [], marks })
})

it('knows no entry under another address, on which its links would stand', async () => {
  const { marks } = await read(rss(item('a')))
  const moved = await read(rss(item('a')), marks, 'https://gazette.example/feed')
  expect(moved.items.map(({ url }) => url)).toEqual(['https://gazette.example/a'])
})

it.each([
  ['is cut in its second entry', `<rss><channel>${item('a')}<item><guid>b</guid><ti`, ['a']],
  ['is cut in its only entry', '<rss><channel><item><guid>a</guid><title>Ferry</title><li', ['a']],
  ['leaves end tags out', '<rss><channel><item><guid>a</guid><title>Ferry<item><guid>b</guid></item>', ['a', 'b']],
])('gives a mark for each entry of a document that %s', async (_how, text, expected) => {
  const { marks = [], items } = await read(text)
  expect(items.map(({ guid }) => guid)).toEqual(expected)
  expect(marks).toHaveLength(expected.length)
  expect(guids(await read(text, marks.slice(0, 1)))).toEqual(expected.slice(1))
})
