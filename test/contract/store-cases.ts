/** What every Store must do. Run against each of them; `open` gives a fresh, empty one. */
import { afterEach, beforeEach, describe } from 'vitest'
import type { Store } from '../../src/flow/ports/store.ts'
import { alertCases } from './store/alerts.ts'
import { articleCases } from './store/articles.ts'
import { deliveryCases } from './store/deliveries.ts'
import { digestCases } from './store/digests.ts'
import { feedCases } from './store/feeds.ts'
import type { Held } from './store/held.ts'
import { houseCases } from './store/house.ts'
import { itemCases } from './store/items.ts'
import { listingCases } from './store/listings.ts'
import { privacyCases } from './store/privacy.ts'
import { readingCases } from './store/reading.ts'
import { subscriptionCases } from './store/subscriptions.ts'

export function storeCases(name: string, open: () => Promise<Store>): void {
  const held = {} as Held
  const group = (subject: string, cases: (held: Held) => void): void => {
    describe(`${name}: ${subject}`, () => {
      beforeEach(async () => {
        held.store = await open()
      })
      afterEach(() => held.store.close())
      cases(held)
    })
  }
  group('feeds', feedCases)
  group('listings', listingCases)
  group('items', itemCases)
  group('articles', articleCases)
  group('alerts', alertCases)
  group('privacy', privacyCases)
  group('subscriptions', subscriptionCases)
  group('reading', readingCases)
  group('deliveries', deliveryCases)
  group('digests', digestCases)
  group('the house', houseCases)
}
