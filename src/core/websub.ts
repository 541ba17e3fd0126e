/** WebSub (W3C, 2018): what we say to a hub, and what of its answers is believed. */
import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto'

/** Our subscription at a hub, as it is kept. */
export type HubSubscription = Readonly<{
  hub: string
  topic: string
  /** The last part of our address there, which nobody can guess. */
  token: string
  secret: string
  /** `asked`: not yet confirmed. */
  state: 'asked' | 'active'
  /** Askings in a row without a confirmation. */
  tries: number
  /** When it is asked for, again or anew. */
  nextAt: number
}>

const LEASE_S = 10 * 86_400 // what we ask for; hubs give what they like, most of them ten days
const LEASE_S_MIN = 60
const LEASE_S_MAX = 90 * 86_400
const RENEW_SHARE = 0.8 // of the lease: a fifth is left to try in
const CONFIRM_MS = 10 * 60_000 // hubs confirm within seconds
const RETRY_MS_MAX = 24 * 60 * 60_000

/** The body of a request to subscribe (5.1). */
export function subscribeForm({ topic, secret }: HubSubscription, callback: string): string {
  return new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': callback,
    'hub.secret': secret,
    'hub.lease_seconds': String(LEASE_S),
  }).toString()
}

/** A subscription that was just asked for: asked again, ever more seldom, until the hub confirms it. */
export function asked(subscription: HubSubscription, now: number): HubSubscription {
  const tries = subscription.tries + 1
  return { ...subscription, tries, nextAt: now + Math.min(CONFIRM_MS * 2 ** Math.min(tries - 1, 16), RETRY_MS_MAX) }
}

/** What the hub's question (5.3) is answered with, and what it makes of the subscription.
 *  - `confirmed`: we did ask for this; `challenge` is sent back
 *  - `denied`: it will not have us (5.2); asked again in a day
 *  - `unknown`: we asked for no such thing */
export type Intent = Readonly<
  | { kind: 'confirmed'; challenge: string; subscription: HubSubscription }
  | { kind: 'denied'; subscription: HubSubscription }
  | { kind: 'unknown' }
>

export function answerIntent(subscription: HubSubscription, query: URLSearchParams, now: number): Intent {
  if (query.get('hub.topic') !== subscription.topic) return { kind: 'unknown' }
  const challenge = query.get('hub.challenge') ?? ''
  switch (query.get('hub.mode')) {
    case 'subscribe': {
      const lease = Number(query.get('hub.lease_seconds') ?? Number.NaN)
      if (!CHALLENGE.test(challenge) || !(lease > 0)) return { kind: 'unknown' }
      const leaseMs = Math.min(Math.max(lease, LEASE_S_MIN), LEASE_S_MAX) * 1_000
      const nextAt = now + Math.round(leaseMs * RENEW_SHARE)
      return { kind: 'confirmed', challenge, subscription: { ...subscription, state: 'active', tries: 0, nextAt } }
    }
    case 'denied':
      return { kind: 'denied', subscription: { ...subscription, state: 'asked', nextAt: now + RETRY_MS_MAX } }
    default:
      return { kind: 'unknown' } // we never ask to end one
  }
}
const CHALLENGE = /^[\u0021-\u007e]{1,512}$/ // it is sent back: nothing in it may be markup's white space or a line end

/** How a push is signed (8): the method's name and the hex digits of an HMAC over the body. */
export type Signature = Readonly<{ hmac: Hmac; expected: Buffer }>

/** @returns undefined for a header that names no known method, or has another number of digits than it gives */
export function signatureOf(header: string, secret: string): Signature | undefined {
  const [, method = '', digits = ''] = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(header.trim()) ?? []
  if (method === '' || digits.length !== DIGITS[method.toLowerCase()]) return undefined
  return { hmac: createHmac(method.toLowerCase(), secret), expected: Buffer.from(digits, 'hex') }
}
const DIGITS: Readonly<Record<string, number>> = { sha1: 40, sha256: 64, sha384: 96, sha512: 128 }

/** Whether the body that the HMAC has seen is signed so, in a time that tells nothing of where they differ. */
export function isSigned({ hmac, expected }: Signature): boolean {
  const digest = hmac.digest()
  return digest.length === expected.length && timingSafeEqual(digest, expected)
}
