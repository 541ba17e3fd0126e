import { expect, it } from 'vitest'
import type { Held } from './held.ts'
import { article, claimItem, commonFeeds, HOUR, item, keeping, MINUTE, poll, seen, T0 } from './world.ts'

const TERMS = { lease: 'one', leaseMs: MINUTE, max: 10 }

export function itemCases(held: Held): void {
  it('hands out what waits, oldest first, with the feed that brought it', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const dated = (name: string, publishedAt: number) => seen(name, { item: item(name, { publishedAt }) })
    await poll(store, { feed: 'tide', items: [dated('newer', T0 - MINUTE), dated('older', T0 - HOUR)] }, T0)
    await poll(store, { feed: 'tide', items: [dated('last', T0 - 2 * HOUR)] }, T0 + 1)
    const claims = await store.claimItems(TERMS, T0 + 2)
    expect(claims.map(({ work }) => work.item.guid)).toEqual(['older', 'newer', 'last'])
    expect(claims[0]?.work).toMatchObject({
      feed: { id: 'tide' },
      firstSeenAt: T0,
      attempts: 0,
      admission: { kind: 'alert' },
    })
  })

  it('keeps the feed order of undated items: feeds list the newest first', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('third'), seen('second'), seen('first')] }, T0)
    const claims = await store.claimItems(TERMS, T0)
    expect(claims.map(({ work }) => work.item.guid)).toEqual(['first', 'second', 'third'])
  })

  it('spreads a claim over hosts', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const at = (host: string, name: string) =>
      seen(name, { item: item(name, { url: `https://${host}.example/${name}` }) })
    await poll(store, { feed: 'tide', items: [at('b', 'b1'), at('a', 'a3'), at('a', 'a2'), at('a', 'a1')] }, T0)
    const claims = await store.claimItems({ ...TERMS, max: 2 }, T0)
    expect(claims.map(({ work }) => work.item.guid)).toEqual(['a1', 'b1'])
  })

  it('never hands one item to two workers, until the lease lapses; then that counts as an attempt', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')] }, T0)
    const [first] = await store.claimItems(TERMS, T0)
    if (!first) throw new Error('nothing waits')
    expect(await store.claimItems({ ...TERMS, lease: 'two' }, T0 + 1)).toEqual([])
    const [second] = await store.claimItems({ ...TERMS, lease: 'two' }, T0 + MINUTE)
    expect(second?.work).toMatchObject({ id: first.work.id, attempts: 1 })
    expect(await store.keepArticle(first, keeping(article('a')), T0 + MINUTE)).toEqual({ kind: 'lapsed' })
    expect((await store.status('operator', T0)).articles).toBe(0)
  })

  it('saves nothing after the time of its lease, even when nobody took it', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')] }, T0)
    const claim = await claimItem(store, 'a', T0)
    expect(await store.keepArticle(claim, keeping(article('a')), T0 + MINUTE)).toEqual({ kind: 'lapsed' })
  })

  it('reads an item once', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')] }, T0)
    const claim = await claimItem(store, 'a', T0)
    expect(await store.keepArticle(claim, keeping(article('a')), T0)).toMatchObject({ kind: 'kept' })
    expect(await store.keepArticle(claim, keeping(article('a')), T0)).toEqual({ kind: 'lapsed' })
    expect(await store.claimItems(TERMS, T0 + HOUR)).toEqual([])
  })

  it('reads once more, silently, what changed while it was read', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')] }, T0)
    const claim = await claimItem(store, 'a', T0)
    const changed = seen('a', { textHash: 'second', item: item('a', { title: 'Another title' }) })
    await poll(store, { feed: 'tide', items: [changed] }, T0 + 1)
    expect(await store.keepArticle(claim, keeping(article('a')), T0 + 2)).toMatchObject({ kind: 'kept' })
    const again = await claimItem(store, 'a', T0 + 3)
    expect(again.work).toMatchObject({ item: { title: 'Another title' }, admission: { kind: 'silent' }, attempts: 0 })
    await store.keepArticle(again, keeping(article('a', { title: 'Another title' })), T0 + 4)
    expect(await store.claimItems(TERMS, T0 + HOUR)).toEqual([])
  })

  it('reads again at the time that was said', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')] }, T0)
    await store.putItemBack(await claimItem(store, 'a', T0), T0 + HOUR)
    expect(await store.claimItems(TERMS, T0 + HOUR - 1)).toEqual([])
    expect((await store.claimItems(TERMS, T0 + HOUR))[0]?.work.attempts).toBe(1)
  })

  it('gives up an item that took its reader down a hundred times', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')] }, T0)
    let claims = 0
    for (let at = T0; at < T0 + 130 * MINUTE; at += MINUTE) claims += (await store.claimItems(TERMS, at)).length
    expect(claims).toBe(100)
  })

  it('does not read what is only marked as seen, or what nobody is there for any more', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await poll(store, { feed: 'tide', items: [seen('a')], admission: { kind: 'skip' } }, T0)
    expect(await store.claimItems(TERMS, T0)).toEqual([])
    await poll(store, { feed: 'tide', items: [seen('b')] }, T0)
    await store.keepCommonFeeds([], T0)
    expect(await store.claimItems(TERMS, T0)).toEqual([])
  })
}
