/** Who may talk to the preview: pages of its own, on this machine (SECURITY.md H3). */
import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'

/** The header that carries the token of this start on every POST. */
const TOKEN_HEADER = 'x-pullquote'
/** Another site whose name was pointed at this machine sends its own name. Any port: it may be forwarded. */
const HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]'])

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No text ever becomes markup by way of innerHTML.
  "require-trusted-types-for 'script'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

export function guard(token: string): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    const fault = hostFault(host) ?? (isReading(c.req.method) ? undefined : writeFault(host, c.req.raw.headers, token))
    if (fault) return c.json({ error: fault }, 403, HEADERS)
    await next()
    for (const [name, value] of Object.entries(HEADERS)) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    return undefined
  }
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

function hostFault(host: string): string | undefined {
  const name = host.replace(/:\d{1,5}$/, '').toLowerCase()
  return HOSTS.has(name) ? undefined : 'Host not allowed: open the preview as http://127.0.0.1 or http://localhost.'
}

/** Programs such as curl send no Origin; the token is what counts for them. */
function writeFault(host: string, headers: Headers, token: string): string | undefined {
  const origin = headers.get('origin')
  if (origin !== null && origin !== `http://${host}`) return 'Origin not allowed: only the preview page may do this.'
  return isToken(headers.get(TOKEN_HEADER), token)
    ? undefined
    : `Header ${TOKEN_HEADER} is missing or old: reload the page. Its value stands in the page, in the meta tag "${TOKEN_HEADER}".`
}

function isToken(given: string | null, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}
