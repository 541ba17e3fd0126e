import { describe, expect, it, test } from 'vitest'
import type { Article, Match, TopicId } from '../../../src/core/model.ts'
import { summaryForTopic } from '../../../src/core/summary/for-topic.ts'
import { nearlyAsGood } from '../../../src/core/summary/nearly.ts'
import { summaryOf } from '../../../src/core/summary.ts'

const CLOSED =
  'The harbour bridge at Oakmoor was closed on Monday after a storm damaged one of its four cables, the town said.'
const STORM =
  'The storm reached the coast of Westmark on Sunday night and tore a steel cable of the bridge from a ferry on the north side.'
const LOOKED =
  'Engineers from Westmark will look at every cable of the Oakmoor bridge until Friday, the harbour office said.'
const CARS =
  'Some 14,000 cars cross the Oakmoor bridge each day, and buses will carry commuters of the town from Tuesday, the harbour office said.'
const PAID = 'The town of Oakmoor paid for the last repair of the bridge in 2022.'
const TRADE = 'Shops in the old town fear for their trade, and a baker there sells half of what she sold.'
const TITLE = 'Oakmoor closes its harbour bridge after a storm'
const TEXT = [CLOSED, STORM, LOOKED, CARS, PAID, TRADE].join('\n\n')

const match = (id: string, sentence: string, ...terms: string[]): Match => ({ topicId: id as TopicId, terms, sentence })
const article = (nearly: Article['nearly']): Article => {
  const more = nearly === undefined ? {} : { nearly }
  return { title: TITLE, summary: [CLOSED, LOOKED, CARS], ...more } as Partial<Article> as Article
}
const NEARLY = [
  { sentence: STORM, insteadOf: 2, at: 1 },
  { sentence: TRADE, insteadOf: 2, at: 2 },
]
const [WITH_STORM, WITH_TRADE, AS_IT_WAS] = [
  [CLOSED, STORM, LOOKED],
  [CLOSED, LOOKED, TRADE],
  [CLOSED, LOOKED, CARS],
]

describe('a summary for a topic', () => {
  it.each<[string, readonly Match[], readonly string[]]>([
    ['takes the match\u2019s sentence', [match('sea', STORM, 'ferry')], WITH_STORM],
    ['takes it without its dateline', [match('sea', `OAKMOOR (Coast) -- ${STORM}`, 'ferry')], WITH_STORM],
    ['takes none where nothing matched', [], AS_IT_WAS],
    ['takes none that is not nearly as good', [match('sea', 'A ferry is red.', 'ferry')], AS_IT_WAS],
    ['takes none where the title matched', [match('sea', TITLE, 'Oakmoor')], AS_IT_WAS],
    ['stays where it has the match\u2019s sentence', [match('sea', CARS, 'buses')], AS_IT_WAS],
    ['stays where it has a word of the topic', [match('sea', STORM, 'ferry', 'ENGINEERS')], AS_IT_WAS],
    ['knows whole words only', [match('sea', STORM, 'car')], WITH_STORM],
    [
      'stays where it tells of another topic',
      [match('sea', STORM, 'ferry'), match('north', CLOSED, 'Monday')],
      AS_IT_WAS,
    ],
    [
      'prefers the topic with the most terms',
      [match('a', STORM, 'ferry'), match('b', TRADE, 'baker', 'shops')],
      WITH_TRADE,
    ],
    ['prefers the lesser id of two', [match('b', TRADE, 'baker'), match('a', STORM, 'ferry')], WITH_STORM],
    ['... in whatever order they come', [match('a', STORM, 'ferry'), match('b', TRADE, 'baker')], WITH_STORM],
    [
      'takes the next topic\u2019s where the first has none',
      [match('a', 'A red.', 'red', 'hue'), match('b', TRADE, 'baker')],
      WITH_TRADE,
    ],
  ])('%s', (_name, matches, summary) => {
    expect(summaryForTopic(article(NEARLY), matches).summary).toEqual(summary)
  })

  it('has no alternatives left', () => {
    expect(summaryForTopic(article(NEARLY), [match('sea', STORM, 'ferry')])).not.toHaveProperty('nearly')
    expect(summaryForTopic(article(NEARLY), [])).not.toHaveProperty('nearly')
    expect(summaryForTopic(article(undefined), [match('sea', STORM, 'ferry')]).summary).toEqual(AS_IT_WAS)
  })
})

describe('what is nearly as good', () => {
  const told = summaryOf(TEXT, { title: TITLE })
  const swapped = (from: ReturnType<typeof summaryOf>) =>
    (from.nearly ?? []).map(
      ({ sentence }) => summaryForTopic({ ...article(undefined), ...from }, [match('a', sentence, 'x')]).summary,
    )

  test('is offered with its place', () => {
    expect(told.summary).toEqual([CLOSED, LOOKED, CARS])
    expect(told.nearly).toEqual([{ sentence: STORM, insteadOf: 2, at: 1 }])
  })

  test('is no sentence that scores far less', () => {
    expect(told.nearly?.map(({ sentence }) => sentence)).not.toContain(TRADE)
  })

  test.each([420, 400, 380])('keeps the first sentence, the order and %i characters', (chars) => {
    expect.hasAssertions()
    for (const summary of swapped(summaryOf(TEXT, { title: TITLE, chars }))) {
      expect(summary[0]).toBe(CLOSED)
      expect(summary.join(' ').length).toBeLessThanOrEqual(chars)
      expect(summary.length).toBeLessThanOrEqual(3)
      const places = summary.map((sentence) => TEXT.indexOf(sentence))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(places).not.toContain(-1)
    }
  })

  test('is nothing where the summary is one sentence', () => {
    expect(summaryOf(TEXT, { title: TITLE, sentences: 1 }).nearly).toBeUndefined()
    expect(summaryOf('').nearly).toBeUndefined()
  })
})

describe('nearlyAsGood', () => {
  const KNOWN = [
    'Ann left.',
    'Bob won two of them.',
    'Cid ran.',
    'Dee sat.',
    'Eve hid.',
    'Fay sang.',
    'He fell.',
    'Gus ate.',
  ]
  type Case = Readonly<{
    scores?: readonly number[]
    chosen?: readonly number[]
    charsMax?: number
    alike?: readonly number[]
  }>
  const offered = ({ scores = [9, 8, 7, 1, 7, 7, 7, 7], chosen = [0, 1, 2], charsMax = 420, alike = [] }: Case) => {
    const similarity = (a: number, b: number) => (alike.includes(a) && alike.includes(b) ? 0.9 : 0)
    const nearly = nearlyAsGood(KNOWN, { scores, similarity }, { chosen, charsMax })
    return nearly.map(({ sentence, insteadOf, at }) => [KNOWN.indexOf(sentence), insteadOf, at])
  }

  test.each<[string, Case, readonly (readonly number[])[]]>([
    [
      'is at most three, without one that hangs on another',
      {},
      [
        [4, 2, 2],
        [5, 2, 2],
        [7, 2, 2],
      ],
    ],
    [
      'is the best first, within a tenth',
      { scores: [9, 8, 7, 1, 6.31, 6.29, 1, 7.5] },
      [
        [7, 2, 2],
        [4, 2, 2],
      ],
    ],
    ['is what hangs on a sentence that stays', { chosen: [0, 2, 5], scores: [9, 1, 7, 1, 1, 8, 7, 1] }, [[6, 1, 2]]],
    ['is not what hangs on the one that goes', { chosen: [0, 2, 5], scores: [9, 1, 8, 1, 1, 7, 7, 1] }, []],
    ['leaves a sentence that another hangs on', { chosen: [0, 5, 6], scores: [9, 1, 1, 7, 1, 5, 7, 1] }, [[3, 2, 1]]],
    [
      'leaves the first sentence, the weakest of all',
      { chosen: [1, 2, 3], scores: [9, 2, 7, 8, 7, 1, 1, 1] },
      [[4, 1, 2]],
    ],
    [
      'repeats none that stays',
      { alike: [1, 4] },
      [
        [5, 2, 2],
        [7, 2, 2],
      ],
    ],
    [
      'may repeat the one that goes',
      { alike: [2, 4, 5] },
      [
        [4, 2, 2],
        [5, 2, 2],
        [7, 2, 2],
      ],
    ],
    [
      'has room',
      { charsMax: 39 },
      [
        [4, 2, 2],
        [7, 2, 2],
      ],
    ],
    ['is nothing beside one sentence or none', { chosen: [0] }, []],
    ['is nothing where nothing was chosen', { chosen: [] }, []],
  ])('%s', (_name, wanted, places) => {
    expect(offered(wanted)).toEqual(places)
  })
})
