import type { Store } from '../../../src/flow/ports/store.ts'

/** The store under test: a fresh, empty one for each case. */
export type Held = { store: Store }
