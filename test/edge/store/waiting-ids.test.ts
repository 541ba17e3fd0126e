import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { article, claimItem, commonFeeds, HOUR, keeping, poll, seen, T0 } from '../../contract/store/world.ts'
import { newFolder, open, openBefore } from './folder.ts'

it('items keep their places after the update that makes their table anew, and those that waited are read', async () => {
  const folder = newFolder()
  onTestFinished(() => folder.remove())
  const path = folder.path()
  const { store: older } = await openBefore(path, '0010')
  await commonFeeds(older, 'tide')
  await poll(older, { feed: 'tide', items: [seen('read'), seen('waits'), seen('gone')] }, T0)
  const read = await claimItem(older, 'read', T0)
  await older.keepArticle(read, keeping(article('read')), T0)
  await poll(older, { feed: 'tide', items: [seen('read'), seen('waits')] }, T0 + 1)
  await older.close()
  const rowsBefore = rowsOf(path)
  expect(rowsBefore).toHaveLength(3)

  const { store } = await open(path)
  expect(rowsOf(path)).toEqual(rowsBefore)
  expect(await poll(store, { feed: 'tide', items: [seen('waits'), seen('new')] }, T0 + 2)).toMatchObject({ fresh: 1 })
  const waiting = await claimItem(store, 'waits', T0 + HOUR)
  expect(await store.keepArticle(waiting, keeping(article('waits')), T0 + HOUR)).toMatchObject({ kind: 'kept' })
  await store.close()
})

function rowsOf(path: string): readonly unknown[] {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare('select * from items order by seq').all()
  } finally {
    db.close()
  }
}
