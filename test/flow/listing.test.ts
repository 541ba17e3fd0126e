import { expect, it } from 'vitest'
import { emptyState } from '../fakes/memory-store/state.ts'
import { createMemoryStore } from '../fakes/memory-store.ts'
import { documentsOf, pollAll } from './changing-feed.ts'

it.each([1, 2, 3, 4, 5, 6])(
  'a poll that reads only what is new keeps what one that reads all does (SEED=%i)',
  async (seed) => {
    const documents = documentsOf(seed)
    const [known, all] = [emptyState(), emptyState()]
    const some = await pollAll(createMemoryStore(known), documents, true)
    const every = await pollAll(createMemoryStore(all), documents, false)
    expect(some.said).toEqual(every.said)
    expect(known.items).toEqual(all.items)
    expect(some.items).toBeLessThan(every.items / 2)
  },
)
