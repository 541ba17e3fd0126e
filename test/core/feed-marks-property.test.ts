import { expect, it } from 'vitest'
import type { FeedDocument } from '../../src/core/feed/document.ts'
import { readFeed } from '../../src/core/feed.ts'
import { randomOf } from '../flow/random.ts'

const URL_ = 'https://herald.example/feed'

/** Openings under which the same entry means something else each time. */
const HEADS = [
  '<rss><channel>',
  '<rss xmlns:m="http://search.yahoo.com/mrss/" xml:base="https://isle.example/"><channel>',
  '<!DOCTYPE rss [<!ENTITY pell "Little Pell">]><rss xml:base="/quay/"><channel><title>Herald</title>',
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><title>Herald</title></channel>',
  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '<group><rss><channel>',
]
/** Entries as they come, and as they must not be passed over. */
const ENTRIES: readonly ((n: number) => string)[] = [
  (n) => `<item><guid>${n}</guid><title>Ferry ${n}</title><link>/${n}</link></item>`,
  (n) => `<item rdf:about="/${n}"><m:title>Ferry</m:title><title>&pell; &amp; ${n}</title></item>`,
  (n) => `<entry><id>${n}</id><title type="html"><![CDATA[<b>Ferry</b> </entry> ${n}]]></title></entry>`,
  (n) => `<ITEM><guid>${n}</guid><title>Quay</title></ITEM>`,
  (n) => `<item><guid>${n}</guid><title>Ferry<item><guid>${n}0</guid></item>`,
  (n) => `<item><guid>${n}</guid><title>Left open`,
  (n) => `<item><title>a <b and c < d ${n}</title></item>`,
  (n) => `<item><guid>${n}</guid><link href="/x${n}>Quote forgotten</link></item>`,
  (n) => `<item><guid>${n}</guid><description>"<!-- </item> -->${n}</description></item>`,
  (n) => `<item><guid>${n}</guid></channel><title>Closed around it</title></item>`,
  (n) => `<item><guid>${n}</guid></group></item>`,
  (n) => `<item><!DOCTYPE x [<!ENTITY pell "Great Pell ${n}">]><title>&pell;</title></item>`,
  (n) => `<item xmlns:m="urn:other" xml:base="/${n}/"><m:title>${n}</m:title><link>here</link></item>`,
  (n) => `<item><title>${n}</title><!-- not closed`,
  () => '<item/>',
  (n) => `<x:y xmlns:x="urn:y"><item><title>foreign ${n}</title></item></x:y>`,
  () => '</channel>',
  () => `<channel xml:base="https://other.example/">`,
  () => `'">-->]]></item>`,
]

type Random = () => number
const pick = <Thing>(things: readonly Thing[], random: Random): Thing =>
  things[Math.floor(random() * things.length)] as Thing

function documentOf(random: Random, numbers: number): string {
  const entries = Array.from({ length: 1 + Math.floor(random() * 8) }, () =>
    // Half are sound, or a misplaced quote would spoil every document.
    (random() < 0.5 ? (ENTRIES[0] as (n: number) => string) : pick(ENTRIES, random))(Math.floor(random() * numbers)),
  )
  return `${pick(HEADS, random)}${entries.join(random() < 0.5 ? '' : '\n')}</channel></rss>`
}

async function read(text: string, known: readonly string[] = []): Promise<FeedDocument | undefined> {
  const reading = await readFeed(Buffer.from(text), { url: URL_, known })
  return reading.kind === 'read' ? reading.feed : undefined
}

it('what is read beside what is known is the whole document (SEED=1)', async () => {
  const random = randomOf(1)
  const byMark = new Map<string, unknown>()
  let passed = 0
  for (let round = 0; round < 3_000; round++) {
    const text = documentOf(random, 6)
    const whole = await read(text)
    if (!whole) continue
    const { items, marks = [], ...channel } = whole
    expect(marks).toHaveLength(items.length)
    const known = [...byMark.keys()].filter(() => random() < 0.5)
    const { items: rest, marks: seen = [], ...same } = (await read(text, known)) as FeedDocument
    expect(same).toEqual(channel)
    const anew = rest.values()
    const all = seen.map((mark) => (known.includes(mark) ? byMark.get(mark) : anew.next().value))
    expect(all, text).toEqual(items)
    passed += items.length - rest.length
    for (const [at, mark] of marks.entries()) {
      if (byMark.has(mark)) expect(items[at], text).toEqual(byMark.get(mark))
      byMark.set(mark, items[at])
    }
  }
  expect(passed).toBeGreaterThan(3_000)
})
