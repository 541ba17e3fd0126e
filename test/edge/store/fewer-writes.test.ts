import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { commonFeeds, poll, seen, T0 } from '../../contract/store/world.ts'
import { newFolder, open, openBefore } from './folder.ts'

it('items are known by their aliases after the update, under which they stand in another place', async () => {
  const folder = newFolder()
  onTestFinished(() => folder.remove())
  const path = folder.path()
  const { store: older } = await openBefore(path, '0009')
  await commonFeeds(older, 'tide')
  await older.close()
  const db = new DatabaseSync(path)
  db.exec(`update feeds set body = json_set(body, '$.firstPolledAt', ${T0}, '$.lastSuccessAt', ${T0})`)
  for (const [n, name] of ['a', 'b', 'c'].entries()) {
    db.exec(`insert into items (seq, id, feed_id, key, text_hash, state, first_seen_at, published_at)
      values (${n}, '${name}', 'tide', 'guid:${name}', 'first', 'read', ${T0}, ${T0})`)
    db.exec(`insert into item_aliases values ('tide', 'guid:${name}', ${n}), ('tide', 'link:${name}', ${n})`)
  }
  db.close()

  const { store } = await open(path)
  const items = ['a', 'b', 'd'].map((name) => seen(name, { key: `new:${name}` }))
  expect(await poll(store, { feed: 'tide', items }, T0)).toMatchObject({ fresh: 1, toRead: 1, gap: false })
  await store.close()
})
