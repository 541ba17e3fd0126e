/** The Store without a disk, for simulations and flow tests: plain lists, read from end to end. It passes the same contract. */
import type { Store } from '../../src/flow/ports/store.ts'
import { deliveryMethods } from './memory-store/deliveries.ts'
import { feedMethods } from './memory-store/feeds.ts'
import { houseMethods } from './memory-store/house.ts'
import { keepArticle } from './memory-store/keeping.ts'
import { readingMethods } from './memory-store/reading.ts'
import { emptyState, type State } from './memory-store/state.ts'
import { talkMethods } from './memory-store/talk.ts'

/** @param state - what it knows, for those who outlive its process */
export function createMemoryStore(state: State = emptyState()): Store {
  return {
    ...feedMethods(state),
    ...talkMethods(state),
    ...readingMethods(state),
    ...deliveryMethods(state),
    ...houseMethods(state),
    keepArticle: async (claimed, keeping, now) => keepArticle(state, { claimed, keeping }, now),
  }
}
