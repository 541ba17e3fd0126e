/** Pictures of messages, fetched here so that the page asks nobody else. Only those that a message shows. */
import type { Context } from 'hono'
import type { FetchedImage, PreviewWorld, SeenImages } from './preview-world.ts'

const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml']
const IMAGE_BYTES_MAX = 5_000_000
const TIMEOUT_MS = 10_000
/** What a page shows at once, some times over. */
const CACHED_MAX = 40
const SEEN_MAX = 400
/** An SVG opened on its own runs nothing and loads nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

export function createImages(preview: PreviewWorld): (c: Context) => Promise<Response> {
  const cached = new Map<string, Promise<FetchedImage | undefined>>()
  const fetchOnce = (url: string): Promise<FetchedImage | undefined> => {
    const known = cached.get(url)
    if (known !== undefined) return known
    const coming = fetched(url, preview).then((image) => {
      if (!image) cached.delete(url)
      return image
    })
    cached.set(url, coming)
    if (cached.size > CACHED_MAX) for (const oldest of cached.keys()) if (cached.delete(oldest)) break
    return coming
  }
  return async (c) => {
    const url = c.req.query('url') ?? ''
    if (!(preview.seenImages.has(url) || preview.messages.shows(url)))
      return c.json({ error: 'No message shows this picture.' }, 404)
    const image = await fetchOnce(url)
    // Nothing to see and no error in the browser's console: the page draws its place holder.
    if (!image) return c.body(null, 204)
    return c.body(new Uint8Array(image.bytes), 200, {
      'content-type': image.contentType,
      'content-security-policy': POLICY,
      'cache-control': 'private, max-age=3600',
    })
  }
}

async function fetched(url: string, { fetchImage, log }: PreviewWorld): Promise<FetchedImage | undefined> {
  try {
    const image = await fetchImage(url, AbortSignal.timeout(TIMEOUT_MS))
    const contentType = image?.contentType.split(';')[0]?.trim().toLowerCase() ?? ''
    if (!(image && TYPES.includes(contentType) && image.bytes.byteLength <= IMAGE_BYTES_MAX)) return undefined
    return { bytes: image.bytes, contentType }
  } catch (error) {
    log.debug('picture failed', { error: String(error) })
    return undefined
  }
}

/** The last few hundred addresses: what is older is on no screen. */
export function createSeenImages(): SeenImages {
  const seen = new Set<string>()
  return {
    add(url) {
      seen.add(url)
      if (seen.size > SEEN_MAX) for (const oldest of seen) if (seen.delete(oldest)) break
    },
    has: (url) => seen.has(url),
  }
}
