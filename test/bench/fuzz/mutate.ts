import { readdirSync, readFileSync } from 'node:fs'

/** One document to be read, and the header that comes with it. */
export type Wounded = Readonly<{ bytes: Uint8Array; contentType?: string; how: string }>

const GOLDEN = new URL('../../golden/feeds/', import.meta.url)
export const FEED_BYTES_MAX = 1_000_000 // what the limits of time and memory are promised for

/** The project's own feeds, by name. */
export function ownFeeds(): ReadonlyMap<string, Buffer> {
  const names = readdirSync(GOLDEN).filter((name) => !name.endsWith('.expected.json'))
  return new Map(names.toSorted().map((name) => [name, readFileSync(new URL(name, GOLDEN))]))
}

/** A linear congruential generator: the same numbers below a bound every time. */
export type Random = (below: number) => number
export function randomOf(seed: number): Random {
  let state = seed % 2 ** 31
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}

/** The nth feed of a seed: one of the own ones with one to four wounds, then perhaps in another charset or under another label.
 *  One in forty is blown up to as much as a megabyte. */
export function woundedFeed(n: number, seed: number, feeds: ReadonlyMap<string, Buffer>): Wounded {
  const random = randomOf(seed * 1_000_003 + n * 7_919)
  for (let warm = 0; warm < 3; warm++) random(2) // neighbours start alike
  const names = [...feeds.keys()]
  const pick = () => names[random(names.length)] ?? ''
  const name = pick()
  const how = [name]
  let text = feeds.get(name)?.toString('latin1') ?? ''
  for (let wounds = 1 + random(4); wounds > 0; wounds--) {
    const [wound, make] = WOUNDS[random(WOUNDS.length)] ?? ['none', same]
    how.push(wound)
    text = make(text, random, feeds.get(pick())?.toString('latin1') ?? '').slice(0, FEED_BYTES_MAX)
  }
  if (n % BIG_EVERY === 0) {
    how.push('blown up')
    text = repeated(text, random)
  }
  const bytes = Buffer.from(text, 'latin1')
  const [charset, encode] = ENCODINGS[random(ENCODINGS.length)] ?? ['as it is', (all: Buffer) => all]
  const label = LABELS[random(LABELS.length * 3)]
  how.push(charset, ...(label === undefined ? [] : [label]))
  return {
    bytes: encode(bytes).subarray(0, FEED_BYTES_MAX),
    how: `${n}: ${how.join(', ')}`,
    ...(label !== undefined && { contentType: label }),
  }
}

const BIG_EVERY = 40 // as slow as hundreds of small ones: enough to see their limits, few enough to end
type Wound = (text: string, random: Random, other: string) => string

const same: Wound = (text) => text
const WOUNDS: readonly (readonly [string, Wound])[] = [
  ['cut', (text, random) => text.slice(0, random(text.length + 1))],
  ['headless', (text, random) => text.slice(random(text.length + 1) / 4)],
  ['gap', (text, random) => splice(text, { at: random(text.length), take: random(300), give: '' })],
  ['twice', (text, random) => doubled(text, random)],
  ['swap', (text, random) => swapped(text, random)],
  ['snippet', (text, random) => splice(text, { at: random(text.length), take: 0, give: snippet(random) })],
  [
    'snippet in a tag',
    (text, random) => splice(text, { at: after(text, '<', random), take: 0, give: snippet(random) }),
  ],
  [
    'snippet in a text',
    (text, random) => splice(text, { at: after(text, '>', random), take: 0, give: snippet(random) }),
  ],
  [
    'snippets',
    (text, random) => splice(text, { at: random(text.length), take: 0, give: snippet(random).repeat(1 + random(500)) }),
  ],
  ['another feed', (text, random, other) => splice(text, { at: random(text.length), take: 0, give: other })],
  ['half and half', (text, random, other) => text.slice(0, random(text.length)) + other.slice(random(other.length))],
  ['bytes', (text, random) => bitten(text, random)],
  ['no end tags', (text, random) => text.replaceAll(/<\/[a-z:]+>/gi, (tag) => (random(3) === 0 ? '' : tag))],
  ['case', (text, random) => text.replaceAll(/<\/?[a-z:]+/gi, (tag) => (random(4) === 0 ? tag.toUpperCase() : tag))],
  [
    'addresses',
    (text, random) =>
      text.replaceAll('https://', (start) => (random(3) === 0 ? (SCHEMES[random(SCHEMES.length)] ?? '') : start)),
  ],
  ['escaped again', (text) => text.replaceAll('&', '&amp;').slice(0, FEED_BYTES_MAX)],
  ['no quotes', (text, random) => text.replaceAll('"', (mark) => (random(3) === 0 ? '' : mark))],
]

const SCHEMES = ['javascript:', 'data:text/html,', 'file:///', '//', 'ftp://', ' HTTPS://', 'https:/', 'java\nscript:']

/** What has hurt a reader of feeds somewhere: markup that never ends, entities, depth, references to what is not, dates, addresses,
 *  names of every object, and JSON's own. */
const SNIPPETS = [
  ...[
    '<',
    '<!',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '</',
    '/>',
    '<a b="',
    '&',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
  ],
  ...[
    '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]>&a;',
    '<!DOCTYPE x SYSTEM "file:///etc/hosts">',
    '&nbsp',
    '&amp;lt;',
  ],
  ...[
    '<item>',
    '</item>',
    '<entry>',
    '</channel>',
    '</rss>',
    '<rss>',
    '<html>',
    '<title>',
    '</title>',
    '<link>',
    '<guid/>',
    '<item/>',
  ],
  ...[
    '<b>'.repeat(450),
    '<i><b></i></b>',
    '<p>',
    '<description>',
    '<content type="xhtml">',
    '<content type="image/png">AAAA</content>',
  ],
  ...[
    '<script>',
    '</script>',
    '&lt;script&gt;',
    '&lt;a href="java&amp;#10;script:x()"&gt;',
    '<link href="javascript:x()"/>',
  ],
  ...[
    ' xmlns:x="urn:x"',
    ' xmlns=""',
    ' xml:base="javascript:x()"',
    ' xml:base="//x.example/"',
    ' a="b"'.repeat(80),
    '\0',
    '\x1b$B',
  ],
  ...[
    '<pubDate>Thu, 99 Foo 99999 99:99:99 +9999</pubDate>',
    '<pubDate>9e999</pubDate>',
    `<updated>${'1 '.repeat(200)}</updated>`,
  ],
  ...[
    '<__proto__>x</__proto__>',
    '<constructor/>',
    '<dc:creator>a@b (',
    `<link>http://${'a'.repeat(5_000)}/</link>`,
    '\xff\xfe',
    '\xc3',
  ],
  ...[
    '{',
    '[',
    '"',
    '"items":[',
    '"__proto__":{"a":1},',
    '\\u0000',
    '\\ud800',
    '1e999',
    '['.repeat(5_000),
    '{"a":'.repeat(2_000),
  ],
]
function snippet(random: Random): string {
  return SNIPPETS[random(SNIPPETS.length)] ?? ''
}

function splice(text: string, { at, take, give }: { at: number; take: number; give: string }): string {
  return text.slice(0, at) + give + text.slice(at + take)
}

/** Behind one of the places where this character stands. */
function after(text: string, mark: string, random: Random): number {
  return text.indexOf(mark, random(text.length)) + 1
}

function doubled(text: string, random: Random): string {
  const at = random(text.length)
  return splice(text, { at, take: 0, give: text.slice(at, at + random(3_000)).repeat(1 + random(4)) })
}

function swapped(text: string, random: Random): string {
  const [a = 0, b = 0, c = 0] = [random(text.length), random(text.length), random(text.length)].toSorted(
    (x, y) => x - y,
  )
  return text.slice(0, a) + text.slice(b, c) + text.slice(a, b) + text.slice(c)
}

function bitten(text: string, random: Random): string {
  const bytes = Buffer.from(text, 'latin1')
  for (let bites = 1 + random(20); bites > 0 && bytes.length > 0; bites--) bytes[random(bytes.length)] = random(256)
  return bytes.toString('latin1')
}

/** A part of it over and over: what is linear for a page of text may not be for a megabyte. */
function repeated(text: string, random: Random): string {
  const at = random(text.length)
  const part = text.slice(at, at + 1 + random(random(2) === 0 ? 40 : 4_000))
  return part === '' ? text : splice(text, { at, take: 0, give: part.repeat(random(FEED_BYTES_MAX) / part.length) })
}

const ENCODINGS: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ...Array.from({ length: 8 }, () => ['as it is', (bytes: Buffer) => bytes] as const),
  ['utf-16le', (bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le')],
  ['utf-16be', (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le').swap16()],
  ['utf-8 as latin1', (bytes) => Buffer.from(bytes.toString('latin1'), 'utf8')],
  ['latin1', (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1')],
  ['odd utf-16', (bytes) => Buffer.concat([Buffer.of(0xff, 0xfe), bytes])],
]
const LABELS = [
  'text/xml; charset=utf-16',
  'text/html; charset=shift_jis',
  'charset="gb2312',
  'application/json;charset=x',
  ';;charset=',
]
