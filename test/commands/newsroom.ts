/** Invented news: one story on the alliance by two outlets with six quotes, seven on ferries, and one that a single server reads. */
import { createMatcher } from '../../src/core/match.ts'
import type { Article, Quote, StoryId } from '../../src/core/model.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { addFeed, article, BELTRAN, bring, CORVO, HOUR, MINUTE, quoteIn, source, T0 } from '../contract/store/world.ts'
import { TOPICS } from './house.ts'

export const FERRIES = 7
/** Names of feeds, and the outlets they bring. */
export const COMMON = 'tide'
export const SECOND = 'herald'
/** Added by the first server. */
export const OWN = 'cove'
/** Added by the other server. */
export const FOREIGN = 'hollow'

const SAID = [
  ['We have agreed on twelve new ships', 'Ilse Varga'],
  ['Nobody will be left on the shore', 'Ilse Varga'],
  ['The ice will tell us when to leave', 'Tomas Brandl'],
  ['Our pilots have never seen such fog', 'Tomas Brandl'],
  ['That is a matter for the treasurer', 'Odile Marchetti'],
  ['I have counted every single buoy', 'Odile Marchetti'],
] as const
const ALLIANCE = `NATO will patrol Lake Orrin from spring. ${SAID.map(([words, name]) => `“${words}”, said ${name}.`).join(' ')}`

/** Brings everything within the hour after T0. @returns the moment after */
export async function newsroom(store: Store): Promise<number> {
  await store.keepCommonFeeds([source(COMMON), source(SECOND)], T0)
  await addFeed(store, OWN, BELTRAN)
  await addFeed(store, FOREIGN, CORVO)
  for (let n = 1; n <= FERRIES; n += 1) await keep(store, { feed: COMMON, name: `ferry${n}`, at: T0 + n * MINUTE })
  const alliance: Partial<Article> = { title: 'NATO to patrol Lake Orrin', text: ALLIANCE, quotes: said(ALLIANCE) }
  const first = await keep(store, { feed: COMMON, name: 'orrin', at: T0 + 20 * MINUTE, more: alliance })
  const copy = `NATO sends ships to Lake Orrin, its officers say. “${SAID[0][0]}”, said ${SAID[0][1]}.`
  await keep(store, {
    feed: SECOND,
    name: 'orrin2',
    at: T0 + 30 * MINUTE,
    joins: first.storyId,
    more: { title: 'Ships for Lake Orrin', outlet: 'The Orrin Herald', text: copy, quotes: [] },
  })
  await keep(store, {
    feed: FOREIGN,
    name: 'burrow',
    at: T0 + 40 * MINUTE,
    more: { title: 'The burrow is closed', outlet: 'The Hollow Leaf', from: 'feed' },
  })
  return T0 + HOUR
}

type Keeping = Readonly<{
  feed: string
  name: string
  at: number
  more?: Partial<Article>
  joins?: StoryId
}>

/** One piece, matched as reading matches it. */
export async function keep(store: Store, { feed, name, at, more, joins }: Keeping) {
  const kept = article(name, { publishedAt: at, ...more })
  const matches = createMatcher(TOPICS).match(kept)
  const followKeys = [`feed:${feed}`, ...matches.map(({ topicId }) => `topic:${topicId}`)]
  return bring(store, { feed, name, article: kept, matches, followKeys, ...(joins ? { joins } : {}) }, at)
}

function said(text: string): readonly Quote[] {
  return SAID.map(([words, name]) => quoteIn(text, words, name))
}
