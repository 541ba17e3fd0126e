import { expect, it } from 'vitest'
import type { Held } from './held.ts'
import {
  addFeed,
  article,
  BELTRAN,
  bring,
  CORVO,
  cards,
  commonFeeds,
  HARBOUR,
  HOUR,
  MEADOW,
  match,
  PERSON,
  quoteIn,
  source,
  subscription,
  T0,
  words,
} from './world.ts'

const NEWS = { limit: 10 }
const FOR_BELTRAN = { serverId: BELTRAN }
const FOR_CORVO = { serverId: CORVO }

/** A feed that one server added never shows in another's alerts, Also in, search, quotes, latest or rehearsal. */
export function privacyCases(held: Held): void {
  it('hides a story that only a server own feed tells from everybody else, everywhere', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    await store.addSubscription(subscription('theirs', { target: MEADOW }), 10)
    const kept = await bring(store, { feed: 'lamp', name: 'Heron', alert: cards(T0) }, T0)
    expect(kept.queued).toBe(0)
    const { storyId } = kept
    for (const viewer of [FOR_CORVO, {}]) {
      expect(await store.story(storyId, viewer)).toBeUndefined()
      expect(await store.storyMatches(storyId, viewer)).toEqual([])
      expect(await store.search('"ferry"', NEWS, viewer)).toEqual({ rows: [], total: 0 })
      for (const asked of [{}, { topicId: 'sea' as never }, { feedId: 'lamp' as never }, { sinceAt: T0 }])
        expect(await store.latest({ ...NEWS, ...asked }, viewer)).toEqual({ rows: [], total: 0 })
      for (const asked of [{}, { speaker: 'Ilse Varga' }, { topicId: 'sea' as never }])
        expect(await store.quotes({ ...NEWS, ...asked }, viewer)).toEqual({ rows: [], total: 0 })
      expect(await store.speakers('ilse', 5, viewer)).toEqual([])
      for (const asked of [{}, { query: '"ferry"' }, { feedId: 'lamp' as never }])
        expect(await store.recentArticles({ sinceAt: 0, limit: 5, ...asked }, viewer)).toEqual([])
      expect(await store.status(viewer, T0)).toMatchObject({ feeds: 0, storiesToday: 0, articles: 0 })
    }
    expect(await store.story(storyId, FOR_BELTRAN)).toMatchObject({ id: storyId })
    expect((await store.search('"ferry"', NEWS, FOR_BELTRAN)).total).toBe(1)
    expect((await store.latest(NEWS, FOR_BELTRAN)).total).toBe(1)
    expect((await store.quotes(NEWS, FOR_BELTRAN)).total).toBe(1)
    expect(await store.speakers('ilse', 5, FOR_BELTRAN)).toEqual([{ name: 'Ilse Varga', quotes: 1 }])
    expect(await store.recentArticles({ sinceAt: 0, limit: 5 }, FOR_BELTRAN)).toHaveLength(1)
    expect(await store.status(FOR_BELTRAN, T0)).toMatchObject({ feeds: 1, storiesToday: 1, articles: 1 })
  })

  it('names a person of a private feed to nobody else, in no spelling and no count', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    const say = async (feed: string, name: string, speaker: string) => {
      const text = `Then "${name} sails at dawn" was said.`
      const quotes = [quoteIn(text, `${name} sails at dawn`, speaker)]
      await bring(store, { feed, name, article: article(name, { text, quotes }) }, T0)
    }
    await say('tide', 'Heron', 'Olena Shevchuk')
    await say('lamp', 'Ibis', 'Олена Шевчук')
    await say('lamp', 'Egret', 'Дмитро Кравчук')
    for (const viewer of [FOR_CORVO, {}]) {
      for (const typed of ['шевч', 'olena', ''])
        expect(await store.speakers(typed, 5, viewer)).toEqual([{ name: 'Olena Shevchuk', quotes: 1 }])
      expect(await store.speakers('kravchuk', 5, viewer)).toEqual([])
      expect((await store.quotes({ ...NEWS, speaker: 'Олена Шевчук' }, viewer)).total).toBe(1)
    }
    expect(await store.speakers('шевч', 5, FOR_BELTRAN)).toEqual([{ name: 'Олена Шевчук', quotes: 2 }])
    expect(await store.speakers('kravchuk', 5, FOR_BELTRAN)).toEqual([{ name: 'Дмитро Кравчук', quotes: 1 }])
  })

  it('leaves out of a shared story what only another server own feed says, its lead included', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    const { storyId } = await bring(store, { feed: 'lamp', name: 'Heron' }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis', joins: storyId }, T0 + HOUR)
    const theirs = await store.story(storyId, FOR_CORVO)
    expect(theirs).toMatchObject({ firstAt: T0 + HOUR, lastAt: T0 + HOUR, lead: { title: 'The ferry Ibis' } })
    expect(theirs?.articles).toHaveLength(1)
    const ours = await store.story(storyId, FOR_BELTRAN)
    expect(ours).toMatchObject({ firstAt: T0, lead: { title: 'The ferry Heron' } })
    expect(ours?.articles).toHaveLength(2)
    // The word stands only in the private article: the story must not answer to it.
    expect((await store.search('"heron"', NEWS, FOR_CORVO)).total).toBe(0)
    const [hit] = (await store.search('"ferry"', NEWS, FOR_CORVO)).rows
    expect(hit?.article.title).toBe('The ferry Ibis')
    expect(hit?.story.articles).toHaveLength(1)
  })

  it('does not let a newer article that others do not see hide the older one that they do', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'lamp', name: 'Ibis', joins: storyId }, T0 + HOUR)
    for (const found of [await store.latest(NEWS, FOR_CORVO), await store.search('"ferry"', NEWS, FOR_CORVO)]) {
      expect(found.total).toBe(1)
      expect(found.rows.map((hit) => hit.article.title)).toEqual(['The ferry Heron'])
    }
  })

  it('edits only the cards of servers that see what is new', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    await store.addSubscription(subscription('ours'), 10)
    await store.addSubscription(subscription('theirs', { target: MEADOW }), 10)
    const { storyId, queued } = await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)
    expect(queued).toBe(2)
    await bring(store, { feed: 'lamp', name: 'Ibis', joins: storyId }, T0)
    const wanted = Object.fromEntries(
      (await store.deliveries(10)).map(({ delivery }) => [delivery.alert.serverId, delivery.wantedRevision]),
    )
    expect(wanted).toEqual({ [BELTRAN]: 2, [CORVO]: 1 })
  })

  it('does not name a server own feed to others, even where it brought a shared piece', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'lamp', name: 'Heron' }, T0)
    expect((await store.story(storyId, FOR_CORVO))?.lead.feedIds).toEqual(['tide'])
    expect((await store.story(storyId, FOR_BELTRAN))?.lead.feedIds).toEqual(['lamp', 'tide'])
    expect((await store.latest({ ...NEWS, feedId: 'lamp' as never }, FOR_CORVO)).total).toBe(0)
    expect((await store.latest({ ...NEWS, feedId: 'lamp' as never }, FOR_BELTRAN)).total).toBe(1)
    expect(await store.recentArticles({ sinceAt: 0, limit: 5, feedId: 'lamp' as never }, FOR_CORVO)).toEqual([])
  })

  it.each([
    ['the shared feed first', ['tide', 'lamp']],
    ['the own feed first', ['lamp', 'tide']],
  ])('never lets the words of a server own feed stand in a piece that others see: %s', async (_, order) => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await addFeed(store, 'lamp', BELTRAN)
    const texts: Record<string, string> = { tide: 'Two public lines.', lamp: 'The paid words, in full.' }
    let storyId: Awaited<ReturnType<typeof bring>>['storyId'] | undefined
    for (const feed of order) {
      const own = article('Heron', { from: 'feed', text: texts[feed] ?? '' })
      const kept = await bring(store, { feed, name: 'Heron', article: own, ...(storyId ? { joins: storyId } : {}) }, T0)
      storyId ??= kept.storyId
    }
    if (!storyId) throw new Error('nothing kept')
    expect((await store.story(storyId, FOR_CORVO))?.articles.map(({ text }) => text)).toEqual(['Two public lines.'])
    expect((await store.search('"paid"', NEWS, FOR_CORVO)).total).toBe(0)
    // Nor is one piece shown as two to those who see both.
    expect((await store.story(storyId, FOR_BELTRAN))?.articles).toHaveLength(1)
  })

  it('keeps the words of two servers own feeds apart', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    await addFeed(store, 'oar', CORVO)
    await bring(
      store,
      { feed: 'lamp', name: 'Heron', article: article('Heron', { from: 'feed', text: 'Lamp words.' }) },
      T0,
    )
    await bring(
      store,
      { feed: 'oar', name: 'Heron', article: article('Heron', { from: 'feed', text: 'Oar words.' }) },
      T0,
    )
    const texts = async (viewer: typeof FOR_BELTRAN) =>
      (await store.recentArticles({ sinceAt: 0, limit: 5 }, viewer)).map(({ article: { text } }) => text)
    expect(await texts(FOR_BELTRAN)).toEqual(['Lamp words.'])
    expect(await texts(FOR_CORVO)).toEqual(['Oar words.'])
  })

  it('shows a server own words as matches to those who follow them, and after that to nobody', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const own = subscription('own', { follows: { kind: 'words', topic: words('smuggler') } })
    await store.addSubscription(own, 10)
    const matches = [match('sea', 'ferry'), match('words-smuggler', 'smuggler')]
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', matches }, T0)
    const topics = async (viewer: object) => (await store.storyMatches(storyId, viewer)).map(({ topicId }) => topicId)
    expect(await topics(FOR_BELTRAN)).toEqual(['sea', 'words-smuggler'])
    expect(await topics(FOR_CORVO)).toEqual(['sea'])
    const [hit] = (await store.search('"ferry"', NEWS, FOR_CORVO)).rows
    expect(hit?.matches.map(({ topicId }) => topicId)).toEqual(['sea'])
    const topicId = 'words-smuggler' as never
    expect((await store.latest({ ...NEWS, topicId }, FOR_CORVO)).total).toBe(0)
    expect((await store.latest({ ...NEWS, topicId }, FOR_BELTRAN)).total).toBe(1)
    expect((await store.quotes({ ...NEWS, topicId }, FOR_CORVO)).total).toBe(0)
    await store.removeSubscription(own.id, BELTRAN)
    expect(await topics(FOR_BELTRAN)).toEqual(['sea'])
  })

  it('keeps what a feed gave to everyone when config/ lists it no more, and its later words for those who added it', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await commonFeeds(store)
    expect(await addFeed(store, 'tide', BELTRAN)).toBe('added')
    await bring(store, { feed: 'tide', name: 'Ibis' }, T0 + 1)
    const titles = async (viewer: object) =>
      (await store.recentArticles({ sinceAt: 0, limit: 5 }, viewer)).map(({ article: { title } }) => title)
    expect(await titles(FOR_CORVO)).toEqual(['The ferry Heron'])
    expect(await titles(FOR_BELTRAN)).toEqual(['The ferry Ibis', 'The ferry Heron'])
  })

  it('shows to everyone what a server own feed brought, once config/ lists it', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    const { storyId } = await bring(store, { feed: 'lamp', name: 'Heron' }, T0)
    await store.keepCommonFeeds([source('lamp')], T0)
    expect(await store.story(storyId, FOR_CORVO)).toMatchObject({ id: storyId, lead: { feedIds: ['lamp'] } })
    expect((await store.search('"ferry"', NEWS, {})).total).toBe(1)
  })

  it('takes a feed back: who removed it sees its articles no more', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    const { storyId } = await bring(store, { feed: 'lamp', name: 'Heron' }, T0)
    await store.removeFeed('lamp' as never, BELTRAN)
    expect(await store.story(storyId, FOR_BELTRAN)).toBeUndefined()
  })

  it('hides a quote in the server that says it is wrong, and edits its card', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('ours'), 10)
    await store.addSubscription(subscription('theirs', { target: MEADOW }), 10)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)
    const { id: articleId, quotes } = article('Heron')
    const start = quotes[0]?.start ?? 0
    const hiding = { articleId, storyId, start, serverId: BELTRAN, personId: PERSON }
    expect(await store.hideQuote({ ...hiding, start: start + 1 }, T0)).toBe(false)
    expect(await store.hideQuote({ ...hiding, storyId: 'other' as never }, T0)).toBe(false)
    expect(await store.hideQuote(hiding, T0)).toBe(true)
    expect(await store.hideQuote(hiding, T0)).toBe(true)
    expect((await store.story(storyId, FOR_BELTRAN))?.lead.quotes).toEqual([])
    expect((await store.quotes(NEWS, FOR_BELTRAN)).total).toBe(0)
    expect(await store.speakers('varga', 5, FOR_BELTRAN)).toEqual([])
    expect((await store.search('"ferry"', NEWS, FOR_BELTRAN)).rows[0]?.article.quotes).toEqual([])
    expect((await store.story(storyId, FOR_CORVO))?.lead.quotes).toHaveLength(1)
    expect((await store.quotes(NEWS, FOR_CORVO)).total).toBe(1)
    const wanted = Object.fromEntries(
      (await store.deliveries(10))
        .map(({ delivery }) => [delivery.alert.target, delivery.wantedRevision] as const)
        .map(([target, revision]) => [target.kind === 'person' ? '' : target.channelId, revision]),
    )
    expect(wanted).toEqual({ [HARBOUR.channelId]: 2, [MEADOW.channelId]: 1 })
  })

  it('lets nobody hide a quote that he does not see', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    const { storyId } = await bring(store, { feed: 'lamp', name: 'Heron' }, T0)
    const { id: articleId, quotes } = article('Heron')
    const hiding = { articleId, storyId, start: quotes[0]?.start ?? 0, serverId: CORVO, personId: PERSON }
    expect(await store.hideQuote(hiding, T0)).toBe(false)
  })
}
