import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { followKey } from '../../../src/core/follow.ts'
import { HARBOUR, MEADOW, subscription, T0 } from '../../contract/store/world.ts'
import { newFolder, open, openBefore } from './folder.ts'

let folder: ReturnType<typeof newFolder>
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => folder.remove())

it('a speaker who was followed by spelling is followed as the person after the update', async () => {
  const path = folder.path()
  const { store } = await openBefore(path, '0008')
  const follows = { kind: 'speaker', name: 'Олена Шевчук' } as const
  await store.addSubscription(subscription('a', { target: HARBOUR, follows }), 9)
  await store.addSubscription(subscription('b', { target: MEADOW, follows: { kind: 'speaker', name: 'Sol' } }), 9)
  await store.close()
  const old = new DatabaseSync(path)
  old.exec(`update subscriptions set follow_key = 'speaker:олена шевчук' where id = '${subscription('a').id}'`)
  old.close()

  await (await open(path, { now: () => T0 })).store.close()
  const db = new DatabaseSync(path, { readOnly: true })
  const keys = db.prepare('select follow_key key from subscriptions order by seq').all()
  db.close()
  expect(keys).toMatchObject([
    { key: followKey({ kind: 'speaker', name: 'Olena Shevchuk' }) },
    { key: followKey({ kind: 'speaker', name: 'Sol' }) },
  ])
})
