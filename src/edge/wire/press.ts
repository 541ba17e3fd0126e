/** How the sample wire's pieces are printed: RSS feeds, pages with the furniture of real ones, and pictures. */
import { crc32, deflateSync } from 'node:zlib'
import type { Piece, WireOutlet } from './pieces.ts'

export type Printed = Readonly<{ piece: Piece; url: string; publishedAt: number; image: string; guid: string }>

export function printFeed(outlet: WireOutlet, home: string, printed: readonly Printed[]): string {
  const items = printed.map(
    ({ piece, url, publishedAt, guid }) => `    <item>
      <title>${escaped(piece.title)}</title>
      <link>${escaped(url)}</link>
      <guid isPermaLink="false">${escaped(guid)}</guid>
      <pubDate>${new Date(publishedAt).toUTCString()}</pubDate>
      <dc:creator>${escaped(piece.author)}</dc:creator>
      <description>${escaped(piece.teaser)}</description>
    </item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>${escaped(outlet.name)}</title>
    <link>${escaped(home)}</link>
    <description>Invented news of the sample wire</description>
    <language>en</language>
${items.join('\n')}
  </channel>
</rss>
`
}

/** Menus, a caption twice, a newsletter box and links to other pieces: what a reader must leave out. */
export function printPage(
  outlet: WireOutlet,
  { piece, url, publishedAt, image }: Printed,
  others: readonly Printed[],
): string {
  const published = new Date(publishedAt).toISOString()
  const weekday = new Date(publishedAt).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: piece.title,
    datePublished: published,
    author: { '@type': 'Person', name: piece.author },
    publisher: { '@type': 'Organization', name: outlet.name },
    image: [image],
  }
  const related = others
    .map((other) => `<li><a href="${escaped(other.url)}">${escaped(other.piece.title)}</a></li>`)
    .join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(piece.title)} | ${escaped(outlet.name)}</title>
<link rel="canonical" href="${escaped(url)}">
<meta property="og:title" content="${escaped(piece.title)}">
<meta property="og:site_name" content="${escaped(outlet.name)}">
<meta property="og:image" content="${escaped(image)}">
<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
</head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav></header>
<main>
<article>
<h1>${escaped(piece.title)}</h1>
<p class="byline">By ${escaped(piece.author)}</p>
<time datetime="${published}">${new Date(publishedAt).toUTCString()}</time>
<figure><img src="${escaped(image)}" alt="${escaped(piece.caption)}"><figcaption>${escaped(piece.caption)}</figcaption></figure>
${piece.paragraphs.map((paragraph) => `<p>${escaped(paragraph.replaceAll('{weekday}', weekday))}</p>`).join('\n')}
<div class="share"><a href="#">Share on a network</a> <a href="#">Send by mail</a></div>
</article>
<aside class="newsletter"><p>Get our newsletter every morning. Sign up here.</p></aside>
<section class="related"><h2>More from ${escaped(outlet.name)}</h2><ul>${related}</ul></section>
</main>
<footer><p>© ${escaped(outlet.name)}. All rights reserved.</p></footer>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

const SIZE = 192 // pixels a side: a card's thumbnail at double density
/** Every scan line begins with its filter, which is none. */
const STRIDE = SIZE * 3 + 1

/** A PNG without words or faces: a low sun over two hills, in the hue of the story. */
export function drawPicture(hue: number): Uint8Array {
  const pixels = new Uint8Array(STRIDE * SIZE)
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const [red, green, blue] = colorAt(x, y, hue)
      pixels.set([red, green, blue], y * STRIDE + 1 + x * 3)
    }
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, SIZE)
  view.setUint32(4, SIZE)
  header.set([8, 2], 8) // eight bits a channel, RGB
  const signature = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(pixels)),
      chunk('IEND', new Uint8Array()),
    ]),
  )
}

function colorAt(x: number, y: number, hue: number): readonly [number, number, number] {
  if (y > SIZE * 0.78 + 14 * Math.sin((x + hue) / 26)) return rgb(hue, 0.55, 0.16)
  if (y > SIZE * 0.66 + 18 * Math.sin((x - hue) / 40)) return rgb(hue, 0.6, 0.28)
  if (Math.hypot(x - SIZE * 0.68, y - SIZE * 0.42) < SIZE * 0.13) return rgb((hue + 180) % 360, 0.75, 0.78)
  return rgb(hue, 0.65, 0.42 + (0.3 * y) / SIZE)
}

function rgb(hue: number, saturation: number, lightness: number): readonly [number, number, number] {
  const channel = (shift: number): number => {
    const k = (shift + hue / 30) % 12
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(value * 255)
  }
  return [channel(0), channel(8), channel(4)]
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
