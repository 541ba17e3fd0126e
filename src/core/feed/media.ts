import type { Enclosure } from '../model.ts'
import { absoluteUrl } from './links.ts'
import { childText, type Fields, relOf, type Value } from './value.ts'

/** What the item brings along: RSS's enclosures, Atom's links of that kind, the contents of Media RSS. */
export function enclosuresOf(all: Fields): readonly Enclosure[] {
  return carried(all)
    .map(enclosure)
    .filter(({ url }) => url !== '')
    .slice(0, ENCLOSURES_MAX)
}

function enclosure({ attributes, base }: Value): Enclosure {
  const medium = attributes['medium']
  return {
    url: absoluteUrl(attributes['url'] ?? attributes['href'] ?? '', base),
    type: attributes['type'] ?? (medium === undefined ? '' : `${medium}/*`),
    length: attributes['length'] ?? attributes['filesize'] ?? '',
  }
}

/** The widest of the pictures that the item shows, else its thumbnail or its own image. */
export function pickImage(all: Fields): string {
  const shown = carried(all)
    .filter(
      (value) =>
        PICTURE.test(enclosure(value).type) ||
        (value.attributes['type'] === undefined && PICTURE_PATH.test(enclosure(value).url)),
    )
    .sort((a, b) => widthOf(b) - widthOf(a))
  const thumbnails = all('media:thumbnail').toSorted((a, b) => widthOf(b) - widthOf(a))
  const own = all('image').map(({ text, attributes, base }) =>
    absoluteUrl(attributes['markup'] === 'yes' ? childText(text, 'url') : (attributes['href'] ?? text), base),
  )
  const urls = [...shown, ...thumbnails, ...all('itunes:image')].map((value) => enclosure(value).url)
  return [...urls, ...own].find((url) => url !== '') ?? ''
}
const PICTURE = /^image\//
const PICTURE_PATH = /\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)/i

function widthOf({ attributes }: Value): number {
  return Number(attributes['width']) || 0
}

function carried(all: Fields): readonly Value[] {
  const links = all('link').filter((link) => relOf(link) === 'enclosure')
  const media = all('media:content').filter(({ attributes }) => attributes['url'] !== undefined)
  return [...all('enclosure'), ...links, ...media]
}
const ENCLOSURES_MAX = 50 // a gallery
