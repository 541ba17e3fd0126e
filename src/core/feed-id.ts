/** A feed that a server adds is named after its address: whoever adds the same one shares its polls. */
import { createHash } from 'node:crypto'
import type { FeedId } from './model.ts'

/** 12 characters of base64url: 72 bits, far from any collision among the feeds of one bot. */
export function feedIdOf(url: string): FeedId {
  return `x-${createHash('sha256').update(url).digest('base64url').slice(0, 12)}` as FeedId
}
