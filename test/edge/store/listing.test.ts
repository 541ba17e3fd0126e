import { expect, it, onTestFinished } from 'vitest'
import { readFeed } from '../../../src/core/feed.ts'
import { itemKey } from '../../../src/core/identity.ts'
import { dump } from '../../../src/edge/store/dump.ts'
import { documentsOf, pollAll } from '../../flow/changing-feed.ts'
import { newFolder, open } from './folder.ts'

it.each([1, 2, 3])(
  'what left the feed and came back is kept, read whole or where it changed (SEED=%i)',
  async (seed) => {
    const documents = documentsOf(seed)
    const folder = newFolder()
    onTestFinished(() => folder.remove())
    const itemsAfter = async (doesRemember: boolean) => {
      const path = folder.path(`${doesRemember}.db`)
      const { store } = await open(path)
      const { said } = await pollAll(store, documents, doesRemember)
      await store.close()
      return { said, items: [...dump(path, 0)].filter(({ row }) => row === 'item') }
    }
    const [some, every] = [await itemsAfter(true), await itemsAfter(false)]
    expect(some).toEqual(every)
    const last = await readFeed(documents.at(-1) ?? Buffer.of(), { url: 'https://tide.example/' })
    const listed = last.kind === 'read' ? last.feed.items.map(itemKey) : []
    const kept = some.items.filter(({ leftAt }) => leftAt === undefined).map(({ key }) => key)
    expect(kept.toSorted()).toEqual([...new Set(listed)].toSorted())
  },
)
