import { describe, expect, it } from 'vitest'
import { cardOf, headlineOf, quotesOf } from '../../src/core/card.ts'
import { alertOf, MARKER, match, NOW, piece, quote, story, topic } from './story-of.ts'

const drawn = { topics: [topic('NATO'), topic('Sea')], marker: MARKER }
const card = (told: ReturnType<typeof story>, alert = alertOf()) => cardOf(told, alert, drawn)

it('tells a story by its lead', () => {
  expect(card(story(piece('The Post', { url: 'https://post.example/a(b)' })))).toEqual({
    storyId: 'story-of-16-chars',
    marker: MARKER,
    style: 'full',
    topics: [],
    outlet: 'The Post',
    publishedAt: NOW,
    headline: 'The ferry, told by The Post',
    url: 'https://post.example/a%28b%29',
    summary: ['The ferry left Port Amaro.', 'It carried three hundred.'],
    quotes: [],
    alsoIn: [],
    matched: [],
    quoteCount: 0,
    sourceCount: 1,
    mentions: [],
    changes: {},
  })
})

it.each([
  ['nothing', ''],
  ['white space', ' \n\t'],
  ['invisible characters', '\u200b\u200c\u200d\u2060\ufeff'],
  ['blank letters', '\u3164\uffa0'],
])('says that there is no title where it is %s', (_name, title) => {
  expect(headlineOf({ title })).toBe('(no title)')
})

it('links to no address that a browser should not open', () => {
  expect(
    card(story(piece('The Post', { url: 'javascript:alert(1)', image: 'data:image/png;base64,x' }))),
  ).not.toMatchObject({
    url: expect.anything(),
  })
})

it('names each other outlet once, and says when the story grew', () => {
  const grown = card(story(piece('The Post'), piece('Meridian'), piece('Meridian'), piece('Tidal\nNews')))
  expect(grown.alsoIn).toEqual(['Meridian', 'Tidal News'])
  expect(grown.sourceCount).toBe(3)
  expect(grown.grewAt).toBe(NOW + 60_000)
})

it('shows the first picture that any outlet has', () => {
  const told = story(piece('The Post', { image: 'nonsense' }), piece('Meridian', { image: 'https://m.example/p.png' }))
  expect(card(told).image).toBe('https://m.example/p.png')
})

it('names topics that were matched, and their terms once whatever their case', () => {
  const matches = [match('NATO', 'NATO', 'Nato'), match('secret', 'spy')]
  const told = card(story(), alertOf({ matches }))
  expect(told.topics.map(({ name }) => name)).toEqual(['NATO'])
  expect(told.matched).toEqual(['Nato', 'spy'])
})

describe('quotes', () => {
  const ours = [quote('We sail at dawn with everybody on board', 'Ilse Varga'), quote('nobody knows who said this')]
  const theirs = [
    quote('We sail at dawn, with everybody on board!', 'Ilse Varga'),
    quote('The harbour will be open again by noon', 'Odo Brandt', { setting: 'Tuesday' }),
  ]
  const told = story(piece('The Post', { quotes: ours }), piece('Meridian', { quotes: theirs }))

  it('are counted once, and only where somebody said them', () => {
    expect(quotesOf(told).map(({ quote: { text } }) => text)).toEqual([
      'We sail at dawn with everybody on board',
      'The harbour will be open again by noon',
    ])
    expect(card(told).quoteCount).toBe(2)
  })

  it('come from the lead, then from others, who are named', () => {
    expect(card(told).quotes).toEqual([
      { text: 'We sail at dawn with everybody on board', speaker: { name: 'Ilse Varga' } },
      {
        text: 'The harbour will be open again by noon',
        speaker: { name: 'Odo Brandt' },
        setting: 'Tuesday',
        from: 'Meridian',
      },
    ])
  })
})

it('tells what its publisher changed since it was posted, and nothing of before', () => {
  const told = story(piece('The Post', { changed: { titleAt: NOW + 5, quoteAt: NOW - 5 } }), piece('Meridian'))
  expect(card(told).changes).toEqual({})
  expect(cardOf(told, alertOf(), { ...drawn, postedAt: NOW }).changes).toEqual({ titleAt: NOW + 5 })
  expect(cardOf(told, alertOf(), { ...drawn, postedAt: NOW + 5 }).changes).toEqual({})
})
