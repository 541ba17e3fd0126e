/** Folded alerts that are due become one list a subscription, in as many messages as it takes. */

import { point } from './points.ts'
import type { Store } from './ports/store.ts'
import type { Log, Now, Wake } from './ports.ts'

/** Fits a message of components: a headline and a line of facts each, under 4,000 characters. */
const STORIES_PER_MESSAGE = 10

/** @returns how many messages were queued */
export async function digestStep({
  store,
  wake,
  log,
  now,
}: Readonly<{ store: Store; wake: Wake; log: Log; now: Now }>): Promise<number> {
  let queued = 0
  for (const due of await store.dueDigests(now())) {
    point('digest due')
    const parts = await store.keepDigest(due, STORIES_PER_MESSAGE, now())
    point('digest kept')
    log.info('digest kept', { subscriptionId: due.subscription.id, rows: due.rows, parts })
    queued += parts
  }
  if (queued > 0) wake.call('deliver')
  return queued
}
