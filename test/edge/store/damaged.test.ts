import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { damagedRows } from '../../../src/edge/store/damaged.ts'
import { bring, commonFeeds, MINUTE, notice, poll, seen, subscription, T0 } from '../../contract/store/world.ts'
import { newFolder, type Opened, open } from './folder.ts'

const LEASE = { lease: 'one', leaseMs: MINUTE, max: 9 }
/** What a damaged text may look like. */
const SPOILT = ['{"broken', '', 'null', '7', '{}', '[]', '"text"']

let folder: ReturnType<typeof newFolder>
let path: string
let opened: Opened
beforeEach(async () => {
  folder = newFolder()
  path = folder.path()
  opened = await open(path)
  const { store } = opened
  await commonFeeds(store, 'tide', 'oar')
  await bring(store, { feed: 'tide', name: 'Heron' }, T0)
  await poll(store, { feed: 'tide', items: [seen('b'), seen('a')] }, T0)
  await store.addSubscription(subscription('one'), 10)
  await store.addDelivery(notice(1), T0)
  await store.addDelivery(notice(2), T0)
})
afterEach(async () => {
  await opened.store.close()
  folder.remove()
})

function spoil(statement: string, text: string): void {
  const db = new DatabaseSync(path)
  db.prepare(statement).run(text)
  db.close()
}

describe.each(SPOILT)('a row that holds %j', (text) => {
  it('harms nobody else, in whatever table it stands', async () => {
    spoil("update deliveries set body = ? where seq = 1 or subject like 'card:%'", text)
    spoil("update feeds set body = ? where id = 'oar'", text)
    spoil("update items set body = ? where key = 'guid:a'", text)
    spoil('update subscriptions set body = ?', text)
    spoil('update articles set body = ?', text)
    spoil('update article_matches set terms = ?', text)
    spoil('insert or replace into feed_listings (feed_id, body) select id, ? from feeds', text)
    const { store } = opened
    expect((await store.claimDelivery(LEASE, T0))?.work.alert.notice).toBe('Notice 2')
    expect((await store.claimItems(LEASE, T0)).map(({ work }) => work.item.guid)).toEqual(['b'])
    expect(await store.allSubscriptions()).toEqual([])
    expect((await store.latest({ limit: 5 }, {})).rows).toEqual([])
    await bring(store, { feed: 'tide', name: 'Ibis' }, T0 + 2 * MINUTE)
    expect((await store.latest({ limit: 5 }, {})).rows).toHaveLength(1)
    expect((await store.claimFeeds(LEASE, T0 + 9 * MINUTE)).map(({ work }) => work.id)).toEqual(['tide'])
  })
})

it('are named by their table and id', () => {
  expect(damagedRows(path)).toEqual([])
  for (const text of SPOILT) {
    spoil("update feeds set body = ? where id = 'oar'", text)
    spoil("update items set admission = ? where key = 'guid:a'", text)
    const found = damagedRows(path)
    expect(found.map(({ table, rows }) => `${table} ${rows}`)).toEqual(['feeds 1', 'items 1'])
    expect(found[0]?.ids).toEqual(['oar'])
  }
})

it('a damaged feed of config/ begins anew without the silence of a first poll', async () => {
  const { store } = opened
  spoil("update feeds set body = ? where id = 'tide'", '{"broken')
  await commonFeeds(store, 'tide', 'oar')
  expect((await store.allFeeds()).map(({ id, firstPolledAt }) => [id, firstPolledAt !== undefined])).toEqual([
    ['oar', false],
    ['tide', true],
  ])
  expect(damagedRows(path)).toEqual([])
})
