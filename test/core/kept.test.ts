import { describe, expect, it } from 'vitest'
import {
  corrected,
  isBetterReading,
  keptArticleId,
  quoteMark,
  speakerKey,
  spokenQuotes,
  storyOf,
} from '../../src/core/kept.ts'
import type { ArticleId, FeedId, Quote, StoryArticle, StoryId } from '../../src/core/model.ts'
import { piece } from './story-of.ts'

describe('the id under which a piece is kept', () => {
  const id = 'piece' as ArticleId
  const feed = (name: string, common: boolean) => ({ id: name as FeedId, common })
  it('is shared for a page and for the words of a common feed', () => {
    expect(keptArticleId({ id, from: 'page' }, feed('own', false))).toBe('piece')
    expect(keptArticleId({ id, from: 'feed' }, feed('all', true))).toBe('piece')
  })
  it('is one of its own for the words of a feed that a server added', () => {
    const own = keptArticleId({ id, from: 'feed' }, feed('own', false))
    expect(own).not.toBe('piece')
    expect(own).not.toBe(keptArticleId({ id, from: 'feed' }, feed('other', false)))
    expect(own).not.toContain(':')
  })
})

describe('a second reading', () => {
  const page = { title: 'T', text: 'page', from: 'page' } as const
  const words = { title: 'T', text: 'words', from: 'feed' } as const
  it.each([
    {
      name: 'of the same page with another text is better',
      before: page,
      next: { ...page, text: 'corrected' },
      fromNewFeed: false,
      better: true,
    },
    {
      name: 'by another feed with another text of the page is better',
      before: page,
      next: { ...page, title: 'New' },
      fromNewFeed: true,
      better: true,
    },
    { name: 'that says the same is not', before: page, next: page, fromNewFeed: false, better: false },
    { name: 'by page is better than words', before: words, next: page, fromNewFeed: true, better: true },
    { name: 'by words is not better than a page', before: page, next: words, fromNewFeed: false, better: false },
    {
      name: 'of the same feed with other words is better',
      before: words,
      next: { ...words, text: 'more' },
      fromNewFeed: false,
      better: true,
    },
    {
      name: 'of another feed with other words is not',
      before: words,
      next: { ...words, text: 'more' },
      fromNewFeed: true,
      better: false,
    },
  ] as const)('$name', ({ before, next, fromNewFeed, better }) => {
    expect(isBetterReading(before, next, fromNewFeed)).toBe(better)
  })
})

describe('a viewer story', () => {
  const named = { id: 's' as StoryId, revision: 4 }
  const seen = (url: string, arrivedAt: number, from: 'page' | 'feed' = 'page') =>
    ({ url, arrivedAt, from }) as StoryArticle
  it('is led by the first to arrive', () => {
    const articles = [seen('a', 1), seen('b', 5)]
    expect(storyOf(named, articles)).toEqual({ ...named, firstAt: 1, lastAt: 5, lead: articles[0], articles })
  })
  it('is none when nothing of it is seen', () => {
    expect(storyOf(named, [])).toBeUndefined()
  })
  it.each([
    ['page first', [seen('a', 1), seen('a', 2, 'feed')]],
    ['words first', [seen('a', 1, 'feed'), seen('a', 2)]],
  ])('shows one address once, in its fuller reading: %s', (_, articles) => {
    const story = storyOf(named, articles)
    expect(story?.articles).toEqual([seen('a', 1)])
    expect(story).toMatchObject({ firstAt: 1, lastAt: 2 })
  })
})

it('brings spellings of a name together', () => {
  expect(speakerKey('Zoë  VARGA')).toBe(speakerKey('Zoe Varga'))
  expect(speakerKey('?!')).toBe('?!')
})

it('marks quotes by their words alone', () => {
  expect(quoteMark('One.')).toBe(quoteMark('One.'))
  expect(quoteMark('One.')).not.toBe(quoteMark('Two.'))
})

it('takes quotes of named speakers, one a place', () => {
  const quote = (start: number, name?: string) =>
    ({ text: 'x', start, end: start + 1, ...(name ? { speaker: { name } } : {}) }) satisfies Quote
  expect(spokenQuotes({ quotes: [quote(1, 'A'), quote(1, 'B'), quote(2), quote(3, 'C')] })).toEqual([
    quote(1, 'A'),
    quote(3, 'C'),
  ])
})

describe('what a publisher changed', () => {
  const words = 'We sail at dawn'
  const text = `The ferry waits. “${words},” said Ilse Varga. `.repeat(3)
  const spoken: Quote = { text: words, start: 18, end: 18 + words.length, speaker: { name: 'Ilse Varga' } }
  const before = { ...piece('The Post'), title: 'The ferry waits', text, quotes: [spoken], from: 'page' } as const

  it.each<[what: string, next: Partial<StoryArticle>, changed: StoryArticle['changed']]>([
    ['a headline', { title: 'The ferry sails' }, { titleAt: 9 }],
    ['no headline that differs in marks only', { title: 'The Ferry waits!' }, undefined],
    ['words that somebody said', { text: text.replaceAll('at dawn', 'at noon') }, { quoteAt: 9 }],
    ['no words where the text was cut', { text: 'The ferry waits.' }, undefined],
    ['nothing where the page takes the place of a feed', { from: 'feed', title: 'X' }, undefined],
    ['what it changed before stays told', { changed: { titleAt: 3 } }, { titleAt: 3 }],
  ])('%s', (_what, next, changed) => {
    const { changed: earlier, ...reading } = next
    const first: StoryArticle = earlier ? { ...before, changed: earlier } : before
    expect(corrected(first, { ...before, ...reading }, 9).changed).toEqual(changed)
  })
})
