import { describe, expect, test } from 'vitest'
import { createMatcher, type Matchable } from '../../src/core/match.ts'
import type { Match, Quote, Topic, TopicId } from '../../src/core/model.ts'
import { parseTopic } from '../../src/core/topic.ts'

function topic(typed: string, id = 'words'): Topic {
  const parse = parseTopic(typed, { id: id as TopicId })
  if (parse.kind === 'refused') throw new Error(JSON.stringify(parse.problems))
  return parse.topic
}
function article(more: Partial<Matchable>): Matchable {
  return { title: '', text: '', outlet: 'Harbour Wire', quotes: [], ...more }
}
function quote(name: string, start = 0): Quote {
  return { text: 'We will see', start, end: start + 11, speaker: { name } }
}
function matchOf(typed: string, more: Partial<Matchable>): Match | undefined {
  return createMatcher([topic(typed)]).match(article(more))[0]
}
const found = (typed: string, text: string): boolean => matchOf(typed, { text }) !== undefined

describe('what a topic finds', () => {
  test.each([
    ['a word, whatever its case and accents', 'Zürich', 'ZURICH', true],
    ['a whole word only', 'nato', 'The senator and the signatory', false],
    ['a word before a hyphen', 'NATO', 'a NATO-led mission', true],
    ['a word with a possessive', 'NATO', 'NATO’s flank', true],
    ['a phrase over a line break', 'air defence', 'new air\ndefence units', true],
    ['a phrase in order only', 'air defence', 'defence in the air', false],
    ['a phrase that begins again', 'a a b', 'a a a b', true],
    ['CJK inside a sentence', '東京', '今日の東京都知事', true],
    ['a beginning', 'sanction*', 'They sanctioned it', true],
    ['a beginning of a phrase', 'air def*', 'air defences', true],
    ['no beginning inside a word', 'nation*', 'a combination', false],
    ['an acronym in capitals', 'WHO', 'The WHO met.', true],
    ['an acronym with dots', 'US', 'The U.S. army', true],
    ['an acronym not in lower case', 'WHO', 'Those who met.', false],
    ['an acronym not at the start of a sentence', 'WHO', 'Who met?', false],
    ['no acronym in a line that is all capitals', 'WHO', 'SEE WHO CAME TODAY\nIt was full.', false],
    ['an acronym among acronyms', 'US', 'US, UK, EU', true],
    ['any of several', 'ferry, drone', 'a drone', true],
    ['all of several, one missing', 'drone, +harbour', 'a drone', false],
    ['all of several, all there', 'drone, +harbour, +night', 'at night a drone in the harbour', true],
    ['only what must be there', '+harbour, +night', 'night in the harbour', true],
    ['nothing where an exclusion stands', 'drone, -toy', 'a drone is a toy', false],
    [
      'nothing where an exclusion phrase stands, though the word stands elsewhere',
      'drone, -"toy drone"',
      'A toy drone. A drone.',
      false,
    ],
    ['a regular expression, whatever its case', '/f-?35s?/', 'two F-35s', true],
    ['letters that change length in lower case', 'istanbul', 'İSTANBUL', true],
  ])('%s', (...[, typed, text, expected]) => {
    expect(found(typed, text)).toBe(expected)
  })

  test('a look-alike takes away the words that it covers, and no more', () => {
    const kiev: Topic = { ...topic('Kiev'), lookalikes: [{ kind: 'words', text: 'chicken Kiev' }] }
    const matcher = createMatcher([kiev])
    expect(matcher.match(article({ text: 'Chicken Kiev for dinner.' }))).toEqual([])
    expect(matcher.match(article({ text: 'Chicken Kiev for dinner. The train to Kiev.' }))).toMatchObject([
      { terms: ['Kiev'], sentence: 'The train to Kiev.' },
    ])
  })

  test('a speaker with a full name is found under every spelling of it, and told as spelt', () => {
    const text = '"We will see," she said.'
    const wanted = 'speaker:"Олена Шевчук"'
    expect(matchOf(wanted, { text, quotes: [quote('Olena Schewtschuk')] })?.terms).toEqual(['Olena Schewtschuk'])
    expect(matchOf(wanted, { text, quotes: [quote('Oleh Shevchuk')] })).toBeUndefined()
    expect(matchOf('speaker:Шевчук', { text, quotes: [quote('Olena Shevchuk')] })).toBeUndefined()
    const matcher = createMatcher([topic(wanted, 'a')])
    matcher.remove('a' as never)
    expect(matcher.match(article({ text, quotes: [quote('Olena Shevchuk')] }))).toEqual([])
  })

  test('a speaker is found by whole words of the name, and only in quotes', () => {
    const text = 'Ada Linden spoke. "We will see," said Linden.'
    expect(matchOf('speaker:Linden', { text, quotes: [quote('Ada Linden', 19)] })).toMatchObject({
      terms: ['Ada Linden'],
      sentence: '"We will see," said Linden.',
    })
    expect(matchOf('speaker:"Ada Linden"', { text, quotes: [quote('Bo Linden')] })).toBeUndefined()
    expect(matchOf('speaker:Lind', { text, quotes: [quote('Ada Linden')] })).toBeUndefined()
    expect(matchOf('speaker:Linden', { text })).toBeUndefined()
    expect(
      matchOf('drone, -speaker:Linden', { text: `A drone. ${text}`, quotes: [quote('Ada Linden')] }),
    ).toBeUndefined()
  })

  test('a source narrows, and one of several is enough', () => {
    expect(matchOf('drone, source:Harbour', { text: 'a drone' })).toBeDefined()
    expect(matchOf('drone, source:Quay', { text: 'a drone' })).toBeUndefined()
    expect(matchOf('drone, source:Quay, source:"Harbour Wire"', { text: 'a drone' })).toBeDefined()
    expect(matchOf('drone, -source:Harbour', { text: 'a drone' })).toBeUndefined()
    expect(matchOf('source:Harbour', { title: 'Anything' })).toMatchObject({
      terms: ['Harbour Wire'],
      sentence: 'Anything',
    })
  })
})

describe('why it matched', () => {
  test('terms are told as the text spells them, each once, title first', () => {
    const match = matchOf('drone, sanction*, WHO', {
      title: 'Drones and a DRONE',
      text: 'The W.H.O. sanctioned a drone. Sanctions followed.',
    })
    expect(match?.terms).toEqual(['DRONE', 'W.H.O.', 'sanctioned', 'Sanctions'])
    expect(match?.sentence).toBe('Drones and a DRONE')
  })

  test('the sentence of the text, where the title is silent', () => {
    const text = 'Mr. Linden went home.\n\nIt rained. In the harbour, a drone fell on a U.S. ferry. Nobody was hurt.'
    expect(matchOf('drone', { title: 'News', text })?.sentence).toBe('In the harbour, a drone fell on a U.S. ferry.')
  })

  test('a term within a longer one is left out', () => {
    expect(matchOf('harbour, harbour master', { text: 'The harbour master slept.' })?.terms).toEqual(['harbour master'])
  })

  test('a text without sentences gives the words around the place', () => {
    const sentence = matchOf('drone', { text: `${'word '.repeat(3000)}drone ${'word '.repeat(3000)}` })?.sentence ?? ''
    expect(sentence).toContain('word drone word')
    expect(sentence.length).toBeLessThanOrEqual(502)
    expect(sentence).toMatch(/^…word .* word…$/)
  })

  test('at most eight terms', () => {
    const words = Array.from({ length: 20 }, (_, n) => `word${n}`)
    expect(matchOf(words.join(','), { text: words.join(' ') })?.terms).toHaveLength(8)
  })
})

describe('topics come and go', () => {
  test('matches are in the order in which topics were added', () => {
    const matcher = createMatcher([topic('drone', 'a'), topic('ferry', 'b')])
    matcher.add(topic('drone, ferry', 'c'))
    const ids = matcher.match(article({ text: 'a ferry and a drone' })).map(({ topicId }) => topicId)
    expect(ids).toEqual(['a', 'b', 'c'])
  })

  test('a removed topic matches no more; others that share its words do', () => {
    const matcher = createMatcher([
      topic('drone, drone boat, dron*, /drone/, speaker:Linden, +source:Harbour', 'a'),
      topic('drone, dron*', 'b'),
    ])
    matcher.remove('a' as TopicId)
    matcher.remove('a' as TopicId)
    matcher.remove('never' as TopicId)
    const text = 'a drone boat'
    expect(matcher.match(article({ text, quotes: [quote('Linden')] })).map(({ topicId }) => topicId)).toEqual(['b'])
    matcher.remove('b' as TopicId)
    expect(matcher.match(article({ text }))).toEqual([])
    matcher.add(topic('boat', 'a'))
    expect(matcher.match(article({ text })).map(({ topicId }) => topicId)).toEqual(['a'])
  })

  test('a topic added again takes the place of what it was', () => {
    const matcher = createMatcher([topic('drone', 'a')])
    matcher.add(topic('ferry', 'a'))
    expect(matcher.match(article({ text: 'a drone' }))).toEqual([])
    expect(matcher.match(article({ text: 'a ferry' }))).toHaveLength(1)
  })

  test('random topics, added and removed, find what a plain search finds', () => {
    let seed = 7
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647
      return seed % below
    }
    const word = (): string => 'abcd'.charAt(random(4)).repeat(1 + random(2))
    const phrase = (): string => Array.from({ length: 1 + random(3) }, word).join(' ')
    const matcher = createMatcher()
    const kept = new Map<string, string>()
    for (let round = 0; round < 400; round++) {
      const id = `t${random(60)}`
      if (kept.delete(id)) matcher.remove(id as TopicId)
      else {
        const typed = phrase()
        kept.set(id, typed)
        matcher.add({ ...topic('x', id), any: [{ kind: 'words', text: typed }] })
      }
      const text = Array.from({ length: 12 }, word).join(' ')
      const expected = [...kept].filter(([, typed]) => ` ${text} `.includes(` ${typed} `)).map(([key]) => key)
      expect(
        matcher
          .match(article({ text }))
          .map(({ topicId }) => topicId as string)
          .sort(),
      ).toEqual(expected.sort())
    }
  })
})

test('a page of one word, ten thousand times, is judged like any other', () => {
  const text = 'drone '.repeat(10_000)
  expect(matchOf('drone, toy drone, dron*', { text })?.terms).toEqual(['drone'])
  expect(matchOf('drone, -ferry', { text: `${text} ferry` })).toBeUndefined()
})

describe('expressions of many servers', () => {
  const deep = `${'quiet '.repeat(300)}and then z9y, and Port Amaro-7`

  test('look at the beginning of a text where there are too many of them, and no further', () => {
    const some = createMatcher([topic('/z[0-9]y/', 'wanted')])
    expect(some.match(article({ text: deep }))).toHaveLength(1)
    const crowd = createMatcher([...crowdOf('[0-9]{90}[a-z]{40}'), topic('/z[0-9]y/', 'wanted')])
    expect(crowd.match(article({ text: deep }))).toEqual([])
    expect(crowd.match(article({ text: `Here is z9y. ${deep}` }))).toHaveLength(1)
  })

  test('cost a text nothing that has not their fixed words, and do not shorten it for others', () => {
    const matcher = createMatcher([...crowdOf('lantern[0-9]{90}[a-z]{40}'), topic('/Port Amaro-[0-9]/', 'wanted')])
    expect(matcher.match(article({ text: deep })).map(({ terms }) => terms)).toEqual([['Port Amaro-7']])
  })

  function crowdOf(expression: string): readonly Topic[] {
    return Array.from({ length: 1_200 }, (_, n) => topic(`/${expression}${[...String(n)].join('.')}/`, `crowd-${n}`))
  }
})
