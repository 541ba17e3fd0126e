/** The Store without a disk, for simulations and flow tests: plain lists, read from end to end. It passes the same contract. */
import type { Store } from '../../src/flow/ports/store.ts'
import { deliveryMethods } from './memory-store/deliveries.ts'
import { feedMethods } from './memory-store/feeds.ts'
import { houseMethods } from './memory-store/house.ts'
import { keepArticle } from './memory-store/keeping.ts'
import { readingMethods } from './memory-store/reading.ts'
import { emptyState } from './memory-store/state.ts'
import { talkMethods } from './memory-store/talk.ts'

export function createMemoryStore(): Store {
  const state = emptyState()
  return {
    ...feedMethods(state),
    ...talkMethods(state),
    ...readingMethods(state),
    ...deliveryMethods(state),
    ...houseMethods(state),
    keepArticle: async (claimed, keeping, now) => keepArticle(state, { claimed, keeping }, now),
  }
}
