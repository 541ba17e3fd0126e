import { CHALLENGE_MARKS, CHALLENGES, CONSENT_FAMILIES, CONSENT_PLACES, CONSENT_SELVES, WALLS } from './gate-signs.ts'

/** What stands where an article should: a bot protection's page, a question about cookies, an offer to subscribe. */
export type Gate = 'challenge page' | 'consent page' | 'paywall'

/** `instead`: the page is nothing else, and no word of it is news; otherwise the article begins before the gate. */
export type GateFound = Readonly<{ kind: Gate; instead: boolean }>

/** Names the gate that a page is, by what such pages say of themselves in many languages and what their makers write into them.
 *  Ordinary pages hold the same banners and offers beside an article: what was read as the article's text decides. Linear.
 *  @param page.html - as it came
 *  @param page.text - what was read from it, paragraphs joined by a blank line
 *  @param page.url - where it came from, after redirects */
export function gateOf({
  html,
  text,
  url,
}: Readonly<{ html: string; text: string; url: string }>): GateFound | undefined {
  if (isChallenge(html, text)) return { kind: 'challenge page', instead: true }
  if (isConsent(text, url)) return { kind: 'consent page', instead: true }
  return wallOf(html, text)
}

const CHALLENGE_CHARS_MAX = 800 // an explanation and a reference number; articles that speak of robots are longer
const HEAD_CHARS = 30_000 // such pages are short, and name themselves early

function isChallenge(html: string, text: string): boolean {
  if (text.length > CHALLENGE_CHARS_MAX) return false
  const head = html.slice(0, HEAD_CHARS)
  return CHALLENGE_MARKS.some((mark) => head.includes(mark)) || holds(head.toLowerCase(), CHALLENGES)
}

const CONSENT_CHARS_MAX = 6_000 // with all purposes spelt out; who asks at such length has no article below
const CONSENT_SHARE_MIN = 0.6 // of the text: a banner that was read along is less of an article's
const FAMILIES_MIN = 2 // a sentence that has but one speaks of biscuits, or of partners

/** Where a site sends those who have not agreed, or a text that is mostly its own request. */
function isConsent(text: string, url: string): boolean {
  if (text.length > CONSENT_CHARS_MAX) return false
  if (isConsentPlace(url)) return true
  const words = text.toLowerCase()
  if (!holds(words, CONSENT_SELVES)) return false
  const asking = words.split('\n\n').filter((paragraph) => familiesIn(paragraph) >= FAMILIES_MIN)
  return asking.reduce((sum, { length }) => sum + length, 0) >= words.length * CONSENT_SHARE_MIN
}

function isConsentPlace(url: string): boolean {
  const parsed = URL.parse(url)
  if (parsed === null) return false
  const [label = ''] = parsed.hostname.split('.')
  const segments = parsed.pathname.toLowerCase().split('/')
  return CONSENT_PLACES.has(label) || segments.some((segment) => segment !== 'privacy' && CONSENT_PLACES.has(segment))
}

function familiesIn(paragraph: string): number {
  return CONSENT_FAMILIES.filter((family) => holds(paragraph, family)).length
}

const STUB_CHARS_MAX = 1_500 // a lead and two paragraphs, as much as a wall lets out; with more, there is an article
const NOTHING_CHARS_MAX = 60 // with a sentence, the article has begun

/** By what the page declares for search engines (schema.org `isAccessibleForFree`, Facebook's `article:content_tier`), or by the offer
 *  in what was read. */
function wallOf(html: string, text: string): GateFound | undefined {
  if (text.length > STUB_CHARS_MAX) return undefined
  const paragraphs = text.split('\n\n')
  const own = paragraphs.filter((paragraph) => !holds(paragraph.toLowerCase(), WALLS))
  const left = own.reduce((sum, { length }) => sum + length, 0)
  const walled = own.length < paragraphs.length || DECLARED.test(html) || TIER.test(html)
  const bare = left < NOTHING_CHARS_MAX
  if (!(walled || (bare && holds(html.toLowerCase(), WALLS)))) return undefined
  return { kind: 'paywall', instead: bare }
}
const DECLARED = /"isAccessibleForFree"\s{0,5}:\s{0,5}"?false\b/i
const TIER = /<meta\s[^<>]{0,60}article:content_tier["'][^<>]{0,60}["'](?:locked|metered)["']/i

function holds(words: string, signs: readonly string[]): boolean {
  return signs.some((sign) => words.includes(sign))
}
