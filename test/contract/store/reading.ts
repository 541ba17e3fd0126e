import { expect, it } from 'vitest'
import { ftsQuery } from '../../../src/core/words.ts'
import type { Held } from './held.ts'
import { article, bring, commonFeeds, HOUR, match, quoteIn, T0 } from './world.ts'

const NEWS = { limit: 10 }

export function readingCases(held: Held): void {
  it('finds stories by their words in title, text and speakers, newest first, each once', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const { storyId } = await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis' }, T0 + 1)
    await bring(store, { feed: 'tide', name: 'Egret', joins: storyId }, T0 + 2)
    const found = async (typed: string) =>
      (await store.search(ftsQuery(typed), NEWS, {})).rows.map(({ article: { title } }) => title)
    expect(await found('ferry')).toEqual(['The ferry Egret', 'The ferry Ibis'])
    expect(await found('FERRY heron')).toEqual(['The ferry Heron'])
    expect(await found('"sails at dawn"')).toHaveLength(2)
    expect(await found('"dawn at sails"')).toEqual([])
    expect(await found('Ilse Varga')).toHaveLength(2)
    expect(await found('egr*')).toEqual(['The ferry Egret'])
    expect(await found('submarine')).toEqual([])
    const [hit] = (await store.search(ftsQuery('heron'), NEWS, {})).rows
    expect(hit).toMatchObject({ story: { id: storyId }, matches: [{ topicId: 'sea' }] })
    expect(hit?.story.articles).toHaveLength(2)
  })

  it('counts all hits and pages through them by offset', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    for (let n = 0; n < 5; n++) await bring(store, { feed: 'tide', name: `Boat${n}` }, T0 + n)
    const titles = async (offset: number) => {
      const { rows, total } = await store.search('"ferry"', { limit: 2, offset }, {})
      expect(total).toBe(5)
      return rows.map(({ article: { title } }) => title)
    }
    expect(await titles(0)).toEqual(['The ferry Boat4', 'The ferry Boat3'])
    expect(await titles(4)).toEqual(['The ferry Boat0'])
    expect(await titles(6)).toEqual([])
    expect((await store.latest({ limit: 2, offset: 2 }, {})).rows.map(({ article: { title } }) => title)).toEqual([
      'The ferry Boat2',
      'The ferry Boat1',
    ])
    expect((await store.quotes({ limit: 2, offset: 4 }, {})).rows).toHaveLength(1)
  })

  it.each([
    '',
    '"',
    '""',
    "'; drop table articles; --",
    'ferry" OR "1',
    'title:ferry',
    'ferry NOT heron',
    'NEAR(ferry heron)',
    '^ferry',
    'ferry AND',
    '(((',
    '*',
    '{title text} : ferry',
    '-ferry',
    '\u0000ferry',
    '\ud800',
    'c++ c# п\u2019ять 日本',
  ])('takes any typed search as words: %j', async (typed) => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    const { rows, total } = await store.search(ftsQuery(typed), NEWS, {})
    expect(rows).toHaveLength(total)
    expect((await store.search('"ferry"', NEWS, {})).total).toBe(1)
  })

  it.each([
    ['c++', 'A club for C++ and knitting.'],
    ['c#', 'A choir sings in C# tonight.'],
    ['日本', 'A ferry from 日本 arrives.'],
    ['हिन्दी', 'A paper in हिन्दी is printed.'],
    ['u.s.', 'The U.S. ferry arrives.'],
    ['п’ять', 'Було п’ять поромів.'],
    ['zürich', 'A boat on the lake of ZURICH.'],
  ])('finds %s in its text', async (typed, text) => {
    const { store } = held
    await commonFeeds(store, 'tide')
    // Near misses: a C without its sign, the same letters with other marks.
    const near = article('other', { text: 'Vitamin C, हान्दू, у бою, 日 and 本 apart, U boats, zuric.' })
    await bring(store, { feed: 'tide', name: 'other', article: near }, T0)
    await bring(store, { feed: 'tide', name: 'this', article: article('this', { text, title: 'This' }) }, T0)
    const { rows } = await store.search(ftsQuery(typed), NEWS, {})
    expect(rows.map(({ article: { title } }) => title)).toEqual(['This'])
  })

  it('lists the latest by topic, by feed and since a time', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'oar', name: 'Ibis', matches: [match('trade', 'ferry')] }, T0 + HOUR)
    const titles = async (asked: object) =>
      (await store.latest({ ...NEWS, ...asked }, {})).rows.map(({ article: { title } }) => title)
    expect(await titles({})).toEqual(['The ferry Ibis', 'The ferry Heron'])
    expect(await titles({ topicId: 'sea' })).toEqual(['The ferry Heron'])
    expect(await titles({ feedId: 'oar' })).toEqual(['The ferry Ibis'])
    expect(await titles({ sinceAt: T0 + 1 })).toEqual(['The ferry Ibis'])
    expect(await titles({ sinceAt: T0, topicId: 'sea', feedId: 'oar' })).toEqual([])
  })

  it('lists quotes by speaker, whatever part of the name is asked for, and by topic', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    const text = 'First "One is none," then "Two is enough," and nobody said "Three is a crowd," today.'
    const quotes = [
      quoteIn(text, 'One is none,', 'Ilse Varga'),
      quoteIn(text, 'Two is enough,', 'Bo Lindqvist'),
      { ...quoteIn(text, 'Three is a crowd,', ''), speaker: undefined },
    ].map(({ speaker, ...quote }) => (speaker ? { ...quote, speaker } : quote))
    await bring(
      store,
      { feed: 'tide', name: 'Ibis', article: article('Ibis', { text, quotes }), matches: [match('trade', 'crowd')] },
      T0 + 1,
    )
    const said = async (asked: object) =>
      (await store.quotes({ ...NEWS, ...asked }, {})).rows.map(({ quote }) => quote.text)
    expect(await said({})).toEqual(['One is none,', 'Two is enough,', 'The Heron sails at dawn,'])
    expect(await said({ speaker: 'Ilse Varga' })).toEqual(['One is none,', 'The Heron sails at dawn,'])
    expect(await said({ speaker: 'VARGA' })).toHaveLength(2)
    expect(await said({ speaker: 'arga' })).toEqual([])
    expect(await said({ topicId: 'trade' })).toHaveLength(2)
    expect(await said({ topicId: 'trade', speaker: 'lindqvist' })).toEqual(['Two is enough,'])
    const [row] = (await store.quotes({ ...NEWS, speaker: 'bo' }, {})).rows
    expect(row).toMatchObject({ quote: { speaker: { name: 'Bo Lindqvist' } }, article: { title: 'The ferry Ibis' } })
    expect(row?.article.text.slice(row.quote.start, row.quote.end)).toBe(row?.quote.text)
  })

  it('completes names of speakers, most quoted first', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'tide', name: 'Ibis' }, T0)
    const text = 'Then "One is none," was said.'
    const quotes = [quoteIn(text, 'One is none,', 'Ilan Vargas')]
    await bring(store, { feed: 'tide', name: 'Egret', article: article('Egret', { text, quotes }) }, T0)
    const names = async (typed: string, limit = 5) =>
      (await store.speakers(typed, limit, {})).map(({ name, quotes: n }) => `${name} ${n}`)
    expect(await names('varga')).toEqual(['Ilse Varga 2', 'Ilan Vargas 1'])
    expect(await names('IL', 1)).toEqual(['Ilse Varga 2'])
    expect(await names('ilan')).toEqual(['Ilan Vargas 1'])
    expect(await names('nobody')).toEqual([])
    expect(await names('')).toHaveLength(2)
  })

  it('follows one person over outlets and scripts', async () => {
    const { store } = held
    await commonFeeds(store, 'tide')
    const say = async (name: string, speaker: string, words: string) => {
      const text = `Then "${words}" was said.`
      await bring(
        store,
        { feed: 'tide', name, article: article(name, { text, quotes: [quoteIn(text, words, speaker)] }) },
        T0,
      )
    }
    await say('Heron', 'Olena Shevchuk', 'We sail at dawn')
    await say('Ibis', 'Олена Шевчук', 'Ми відпливаємо')
    await say('Egret', 'Olena Schewtschuk', 'Wir legen ab')
    await say('Crane', 'Oleh Shevchuk', 'I stay here')
    const said = async (speaker: string) =>
      (await store.quotes({ ...NEWS, speaker }, {})).rows.map(({ quote }) => quote.text).toSorted()
    const hers = ['We sail at dawn', 'Wir legen ab', 'Ми відпливаємо']
    for (const name of ['Olena Shevchuk', 'Олена Шевчук', 'Olena Schewtschuk']) expect(await said(name)).toEqual(hers)
    expect(await said('Oleh Shevchuk')).toEqual(['I stay here'])
    expect(await said('Шевчук')).toEqual(['I stay here', ...hers])
    expect(await store.speakers('шевч', 5, {})).toEqual([
      { name: 'Олена Шевчук', quotes: 3 },
      { name: 'Oleh Shevchuk', quotes: 1 },
    ])
    expect((await store.speakers('schewt', 5, {}))[0]).toEqual({ name: 'Olena Schewtschuk', quotes: 3 })
  })

  it('gives a rehearsal the articles of late', async () => {
    const { store } = held
    await commonFeeds(store, 'tide', 'oar')
    await bring(store, { feed: 'tide', name: 'Heron' }, T0)
    await bring(store, { feed: 'oar', name: 'Ibis' }, T0 + HOUR)
    const titles = async (asked: object) =>
      (await store.recentArticles({ sinceAt: T0, limit: 5, ...asked }, {})).map(({ article: { title } }) => title)
    expect(await titles({})).toEqual(['The ferry Ibis', 'The ferry Heron'])
    expect(await titles({ sinceAt: T0 + 1 })).toEqual(['The ferry Ibis'])
    expect(await titles({ query: '"heron"' })).toEqual(['The ferry Heron'])
    expect(await titles({ feedId: 'oar' })).toEqual(['The ferry Ibis'])
    expect(await titles({ limit: 1 })).toEqual(['The ferry Ibis'])
  })
}
