import { expect, it } from 'vitest'
import type { Corpus, StoryCandidate } from '../../../src/core/story.ts'
import type { Held } from './held.ts'
import {
  addFeed,
  article,
  BELTRAN,
  bring,
  CORVO,
  cards,
  claimItem,
  commonFeeds,
  DAY,
  HOUR,
  keeping,
  MEADOW,
  poll,
  seen,
  sendNext,
  subscription,
  T0,
} from './world.ts'

export function articleCases(held: Held): void {
  it('keeps an article as it was read, in a story of its own', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const kept = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    expect(kept).toMatchObject({ kind: 'kept', joined: false, queued: 0, folded: 0, edits: 0 })
    const story = await store.story(kept.storyId, {})
    expect(story).toMatchObject({ id: kept.storyId, revision: 1, firstAt: T0, lastAt: T0 })
    expect(story?.articles).toEqual([{ ...article('Heron'), feedIds: ['tide'], arrivedAt: T0 }])
    expect(story?.lead).toEqual(story?.articles[0])
    expect(await store.storyMatches(kept.storyId, {})).toMatchObject([{ topicId: 'sea', terms: ['ferry'] }])
  })

  it('adds an article to the story that was chosen among those that share a term', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar')
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(
      store,
      {
        feed: 'tide',
        name: 'Plain',
        article: article('Plain', { signature: { terms: [['bread', 1]], shingles: [] } }),
      },
      T0,
    )
    const offered: StoryCandidate[] = []
    const joined = await bring(
      store,
      {
        feed: 'oar',
        name: 'Ibis',
        choose: (candidates) => {
          offered.push(...candidates)
          return { kind: 'joins', storyId, similarity: 0.9 }
        },
      },
      T0 + HOUR,
    )
    expect(joined).toMatchObject({ kind: 'kept', joined: true, storyId })
    const { title, signature, publishedAt, language, outlet } = article('Heron')
    expect(offered).toMatchObject([
      { storyId, lastAt: T0, articles: [{ title, signature, publishedAt, language, outlet }] },
    ])
    const story = await store.story(storyId, {})
    expect(story).toMatchObject({ revision: 2, firstAt: T0, lastAt: T0 + HOUR, lead: { title: 'The ferry Heron' } })
    expect(story?.articles.map(({ title }) => title)).toEqual(['The ferry Heron', 'The ferry Ibis'])
  })

  it('offers no story that nobody wrote about for three days', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    const offered: number[] = []
    const choose = (candidates: readonly StoryCandidate[]) => {
      offered.push(candidates.length)
      return { kind: 'new' } as const
    }
    await bring(store, { feed: 'tide', name: 'Ibis', choose }, T0 + 3 * DAY - 1)
    await bring(store, { feed: 'tide', name: 'Egret', choose }, T0 + 6 * DAY)
    expect(offered).toEqual([1, 0])
  })

  it('counts in how many articles a term stands', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis' }, T0)
    const counted = async (name: string, now: number) => {
      let seenCorpus: readonly number[] = []
      const choose = (_: unknown, { articles, frequency }: Corpus) => {
        seenCorpus = [articles, frequency('ferry'), frequency('Heron'), frequency('unheard')]
        return { kind: 'new' } as const
      }
      await bring(store, { feed: 'tide', name, choose }, now)
      return seenCorpus
    }
    expect(await counted('Egret', T0)).toEqual([2, 2, 1, 0])
    await store.sweep({ articleMs: DAY }, T0 + DAY)
    expect(await counted('Stork', T0 + DAY)).toEqual([0, 0, 0, 0])
  })

  it('knows a piece that another feed brings again', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar')
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    expect(await bring(store, { feed: 'oar', name: 'Heron' }, T0 + 1)).toMatchObject({
      kind: 'known',
      storyId,
      edits: 0,
    })
    const story = await store.story(storyId, {})
    expect(story).toMatchObject({ revision: 1 })
    expect(story?.articles).toHaveLength(1)
    expect(story?.lead.feedIds).toEqual(['oar', 'tide'])
  })

  it('alerts once, for those who follow and whose server sees the article', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    for (const wanted of [subscription('a'), subscription('b', { target: MEADOW })])
      await store.addSubscription(wanted, 10)
    const asked: string[][] = []
    const alert: Parameters<typeof keeping>[1] = {
      alert: (context) => {
        asked.push(context.subscriptions.map(({ id }) => id))
        return cards(T0)(context)
      },
    }
    expect(await bring(store, { feed: 'lamp', name: 'Heron', ...alert }, T0)).toMatchObject({ queued: 1 })
    await addFeed(store, 'lamp', CORVO)
    await addFeed(store, 'oar', CORVO)
    // Known to the first server for long; new to the second, which is asked alone.
    expect(await bring(store, { feed: 'oar', name: 'Heron', ...alert }, T0)).toMatchObject({ kind: 'known' })
    expect(asked).toEqual([['a']])
  })

  it('alerts a server that sees a known piece only now', async () => {
    const { store } = held
    await addFeed(store, 'lamp', BELTRAN)
    await addFeed(store, 'oar', CORVO)
    await store.addSubscription(subscription('a'), 10)
    await store.addSubscription(subscription('b', { target: MEADOW }), 10)
    await bring(store, { feed: 'lamp', name: 'Heron', alert: cards(T0) }, T0)
    const asked: string[] = []
    const again = await bring(
      store,
      {
        feed: 'oar',
        name: 'Heron',
        alert: (context) => {
          asked.push(...context.subscriptions.map(({ id }) => id))
          return cards(T0)(context)
        },
      },
      T0,
    )
    expect(again).toMatchObject({ kind: 'known', queued: 1 })
    expect(asked).toEqual(['b'])
  })

  it('asks those who follow the very feed that brings a known piece again', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await store.addSubscription(subscription('feed', { follows: { kind: 'feed', feedId: 'oar' as never } }), 10)
    await store.addSubscription(subscription('topic', { target: MEADOW }), 10)
    const again = await bring(store, { feed: 'oar', name: 'Heron', alert: cards(T0) }, T0)
    expect(again).toMatchObject({ kind: 'known', queued: 1 })
  })

  it('asks those who follow the story, and nobody who is paused', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await store.addSubscription(subscription('story', { follows: { kind: 'story', storyId } }), 10)
    await store.addSubscription(subscription('paused', { pausedAt: T0 }), 10)
    const asked: string[] = []
    await bring(
      store,
      {
        feed: 'tide',
        name: 'Ibis',
        joins: storyId,
        alert: ({ subscriptions }) => {
          asked.push(...subscriptions.map(({ id }) => id))
          return []
        },
      },
      T0,
    )
    expect(asked).toEqual(['story'])
  })

  it('raises no alert for a silent item, but edits the cards of its story', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await store.addSubscription(subscription('a'), 10)
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', alert: cards(T0) }, T0)
    await sendNext(store)
    const alert = () => {
      throw new Error('must not be asked')
    }
    const silent = await bring(
      store,
      { feed: 'tide', name: 'Ibis', joins: storyId, admission: { kind: 'silent' }, alert },
      T0,
    )
    expect(silent).toMatchObject({ queued: 0, edits: 1 })
  })

  it('shows the changed text of a piece that is read again', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await poll(store, { feed: 'tide', items: [seen('Heron', { textHash: 'second' })] }, T0 + 1)
    const corrected = article('Heron', {
      title: 'The ferry Heron, corrected',
      text: 'The ferry Heron never left Port Verde.',
    })
    const claim = await claimItem(store, 'Heron', T0 + 1)
    expect(await store.keepArticle(claim, keeping(corrected), T0 + 1)).toMatchObject({ kind: 'known', storyId })
    expect(await store.story(storyId, {})).toMatchObject({
      revision: 2,
      lead: { title: corrected.title, text: corrected.text, changed: { titleAt: T0 + 1 } },
    })
    expect((await store.search('"verde"', { limit: 5 }, {})).total).toBe(1)
    expect((await store.search('"amaro"', { limit: 5 }, {})).total).toBe(0)
    expect((await store.quotes({ limit: 5 }, {})).total).toBe(0)
  })

  it('prefers a page to the words of a feed, never the other way round', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar')
    const page = article('Heron')
    const own = article('Heron', { text: 'Two lines from the feed.', from: 'feed' })
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron', article: own }, T0)
    await bring(store, { feed: 'oar', name: 'Heron', article: page }, T0)
    expect((await store.story(storyId, {}))?.lead).toMatchObject({ from: 'page', text: page.text })
    await commonFeeds(store, 'tide', 'oar', 'lamp')
    await bring(store, { feed: 'lamp', name: 'Heron', article: own }, T0)
    expect((await store.story(storyId, {}))?.lead).toMatchObject({ from: 'page', text: page.text })
  })
}
