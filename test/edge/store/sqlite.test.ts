import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  article,
  bring,
  claimItem,
  commonFeeds,
  HARBOUR,
  HOUR,
  keeping,
  MEADOW,
  MINUTE,
  notice,
  poll,
  seen,
  subscription,
  T0,
} from '../../contract/store/world.ts'
import { newFolder, open } from './folder.ts'

const LEASE = { lease: 'one', leaseMs: MINUTE }

let folder: ReturnType<typeof newFolder>
let path: string
beforeEach(() => {
  folder = newFolder()
  path = folder.path()
})
afterEach(() => folder.remove())

describe('after kill -9', () => {
  /** Adds notice after notice, and says each one that is saved. */
  const writer = (): string => `
    const { openStore } = await import(${JSON.stringify(new URL('../../../src/edge/store/sqlite.ts', import.meta.url).href)})
    const { notice } = await import(${JSON.stringify(new URL('../../contract/store/world.ts', import.meta.url).href)})
    const { store } = await openStore({ path: ${JSON.stringify(path)}, now: () => ${T0} })
    const claim = async () => store.claimDelivery({ lease: 'child', leaseMs: 3600000 }, ${T0})
    await store.addDelivery(notice(0), ${T0}); await claim()
    for (let n = 1; ; n++) { await store.addDelivery(notice(n), ${T0}); process.stdout.write(n + '\\n') }`

  it('has all that was acknowledged, whole, and opens at once without the leases of the dead', async () => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', writer()],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.split('\n').length > 40) child.kill('SIGKILL')
    })
    const [, signal] = await once(child, 'close')
    expect(signal).toBe('SIGKILL')
    const acknowledged = said.split('\n').filter((line) => line !== '').length
    const { store } = await open(path)
    expect(await store.check()).toBe('ok')
    const kept = (await store.deliveries(100_000)).length - 1
    expect(kept === acknowledged || kept === acknowledged + 1).toBe(true)
    expect((await store.claimDelivery(LEASE, T0))?.work.alert.notice).toBe('Notice 0')
    await store.close()
  })

  it('hands over as unsure, at once, what was being sent', async () => {
    const first = await open(path)
    await first.store.addDelivery(notice(1), T0)
    const claim = await first.store.claimDelivery(LEASE, T0)
    if (claim?.work.state !== 'queued') throw new Error('nothing due')
    const { dueAt: _dueAt, ...common } = claim.work
    const begun = { payload: '{}', firstAt: T0, lastAt: T0, shownRevision: 0 }
    await first.store.saveDelivery(claim, { ...common, state: 'sending', begun, leaseUntil: T0 + HOUR }, false)
    await first.store.close()
    const second = await open(path)
    expect((await second.store.claimDelivery(LEASE, T0))?.work).toMatchObject({
      state: 'unsure',
      begun: { payload: '{}' },
    })
    await second.store.close()
  })
})

describe('one transaction', () => {
  it('keeps nothing of an article whose alerts cannot be decided, and takes it again later', async () => {
    const { store } = await open(path)
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    await poll(store, { feed: 'tide', items: [seen('Heron')] }, T0)
    const claim = await claimItem(store, 'Heron', T0)
    const broken = keeping(article('Heron'), {
      alert: () => {
        throw new Error('a bug')
      },
    })
    await expect(store.keepArticle(claim, broken, T0)).rejects.toThrow('a bug')
    expect(await store.status('operator', T0)).toMatchObject({ articles: 0, itemsWaiting: 1 })
    expect((await store.search('"ferry"', { limit: 5 }, {})).total).toBe(0)
    expect(await store.keepArticle(claim, keeping(article('Heron')), T0)).toMatchObject({ kind: 'kept' })
    await store.close()
  })

  it('waits for a lock that another program holds for a moment', async () => {
    const { store } = await open(path)
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    const added = store.addDelivery(notice(1), T0)
    other.exec('rollback')
    expect(await added).toBe(true)
    other.close()
    await store.close()
  })
})

describe('a damaged row', () => {
  /** Breaks one row behind the store's back. */
  function breakRow(text: string): void {
    const other = new DatabaseSync(path)
    other.exec(text)
    other.close()
  }

  it('does not block the deliveries behind it', async () => {
    const { store } = await open(path)
    await store.addDelivery(notice(1), T0)
    await store.addDelivery(notice(2), T0)
    breakRow("update deliveries set body = '{' where seq = 1")
    expect((await store.claimDelivery(LEASE, T0))?.work.alert.notice).toBe('Notice 2')
    expect(await store.deliveries(5)).toHaveLength(1)
    expect((await store.status('operator', T0)).deliveries).toMatchObject({ dead: 1, queued: 1 })
    await store.close()
  })

  it('does not block items, feeds, subscriptions or articles beside it', async () => {
    const { store } = await open(path)
    await commonFeeds(store, 'tide', 'oar')
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId }, T0)
    await poll(store, { feed: 'tide', items: [seen('b'), seen('a')] }, T0)
    await store.addSubscription(subscription('one'), 10)
    await store.addSubscription(subscription('two', { follows: { kind: 'feed', feedId: 'tide' as never } }), 10)
    breakRow("update items set body = 'null' where key = 'guid:a'; update feeds set body = '' where id = 'oar'")
    breakRow("update subscriptions set body = '' where id = 'one'; update articles set body = '' where n = 1")
    expect((await store.claimItems({ ...LEASE, max: 5 }, T0)).map(({ work }) => work.item.guid)).toEqual(['b'])
    expect((await store.claimFeeds({ ...LEASE, max: 5 }, T0)).map(({ work }) => work.id)).toEqual(['tide'])
    expect((await store.subscriptions(subscription('one').serverId)).map(({ id }) => id)).toEqual(['two'])
    expect((await store.story(storyId, {}))?.articles.map(({ title }) => title)).toEqual(['The ferry Ibis'])
    await store.close()
  })
})

describe('a backup', () => {
  it('is a whole database of its own, and never overwrites a file', async () => {
    const { store } = await open(path)
    await commonFeeds(store, 'tide')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    const copy = folder.path('copy.db')
    await store.backup(copy)
    await expect(store.backup(copy)).rejects.toThrow('a file of that name is there')
    await expect(store.backup(path)).rejects.toThrow('a file of that name is there')
    expect(existsSync(`${copy}.part`)).toBe(false)
    const second = await open(copy)
    expect((await second.store.search('"ferry"', { limit: 5 }, {})).total).toBe(1)
    await second.store.close()
    await store.close()
  })
})

describe('the cache', () => {
  it('keeps values until their time, over a restart, by the clock it was given', async () => {
    let now = T0
    const first = await open(path, { now: () => now })
    await first.cache.set('undo', { id: 1, list: ['a'] }, MINUTE)
    await first.cache.set('gone', 'x', MINUTE)
    await first.cache.delete('gone')
    expect(await first.cache.get('gone')).toBeUndefined()
    await first.store.close()
    const second = await open(path, { now: () => now })
    now += MINUTE - 1
    expect(await second.cache.get('undo')).toEqual({ id: 1, list: ['a'] })
    now += 1
    expect(await second.cache.get('undo')).toBeUndefined()
    await second.store.close()
  })

  it('is swept of what expired', async () => {
    const { store, cache } = await open(path)
    await cache.set('short', 1, 1)
    await cache.set('long', 2, HOUR)
    await store.sweep({ articleMs: HOUR }, T0 + 1)
    await store.close()
    const db = new DatabaseSync(path)
    expect(db.prepare('select key from cache').all()).toMatchObject([{ key: 'long' }])
    db.close()
  })

  it('throws when the file is closed, instead of looking empty', async () => {
    const { store, cache } = await open(path)
    await store.close()
    await expect(cache.get('a')).rejects.toThrow('Cannot use the cache')
  })
})

it('gives lanes of different targets to different workers', async () => {
  const { store } = await open(path)
  await store.addDelivery(notice(1, HARBOUR), T0)
  await store.addDelivery(notice(2, MEADOW), T0)
  const claims = await Promise.all(
    ['one', 'two', 'three'].map((lease) => store.claimDelivery({ lease, leaseMs: MINUTE }, T0)),
  )
  expect(claims.map((claim) => claim?.work.alert.notice)).toEqual(['Notice 1', 'Notice 2', undefined])
  await store.close()
})

it('forgets articles that stand deep in the search index, whose own rows outgrow a number', async () => {
  const { store } = await open(path)
  await commonFeeds(store, 'tide')
  for (let n = 0; n < 40; n++) await bring(store, { feed: 'tide', name: `Boat${n}` }, T0 + n)
  expect(await store.sweep({ articleMs: HOUR }, T0 + 20 + HOUR)).toMatchObject({ articles: 21 })
  expect((await store.search('"ferry"', { limit: 5 }, {})).total).toBe(19)
  expect(await store.check()).toBe('ok')
  await store.close()
})
