import { describe, expect, test } from 'vitest'
import type { StoryId } from '../../src/core/model.ts'
import { signatureOf } from '../../src/core/signature.ts'
import {
  chooseStory,
  STORY_CANDIDATES_MAX,
  STORY_WINDOW_MS,
  type StoryCandidate,
  type StoryMember,
  termsToLookUp,
} from '../../src/core/story.ts'
import { answer } from '../bench/adapter/stories.ts'
import { storyRows } from '../bench/stories-data.ts'
import { cpuMs } from '../fakes/cpu.ts'

const AT = Date.UTC(2031, 5, 2, 8)
const HOUR_MS = 3_600_000
const EMPTY = { articles: 0, frequency: () => 0 }

type Told = Readonly<{ title: string; text: string; outlet?: string; hours?: number; language?: string }>
const told = ({ title, text, outlet = 'Coast Wire', hours = 0, language = 'en' }: Told): StoryMember => ({
  title,
  signature: signatureOf(title, text),
  publishedAt: AT + hours * HOUR_MS,
  language,
  outlet,
})
const story = (id: string, ...articles: StoryMember[]): StoryCandidate => ({
  storyId: id as StoryId,
  lastAt: Math.max(...articles.map(({ publishedAt }) => publishedAt)),
  articles,
})

const QUAKE = {
  title: 'At least 7 dead after quake near Tamsk',
  text: 'At least 7 people died when a quake hit the town of Tamsk in Skarn before dawn on Monday. Teams with dogs searched the ruins of a school. The baker Jon Beck told how his shop fell down behind him. President Oda Brandvik declared three days of mourning.',
}
const QUAKE_AGAIN = {
  title: 'Earthquake shakes Skarn, killing 7',
  text: 'An earthquake struck near Tamsk in Skarn early on Monday, killing at least 7 people. A school collapsed, and rescuers were searching the rubble for pupils. “The ground rolled like the sea,” said the baker Jon Beck. Three days of mourning were ordered by president Oda Brandvik.',
  outlet: 'Oakmoor Herald',
}
const OTHER_QUAKE = {
  title: 'At least 3 dead after quake near Merrow',
  text: 'At least 3 people died when a quake hit the town of Merrow in Pelagia before dawn on Tuesday. Teams with dogs searched the ruins of a church. The fisherman Rui Antela told how his boat was thrown ashore. President Ewa Sol declared two days of mourning.',
  outlet: 'Oakmoor Herald',
}
const BUDGET = {
  title: 'Oda Brandvik sends her budget to parliament',
  text: 'President Oda Brandvik sent the budget of Nordland to parliament on Monday. It raises the tax on fuel and pays for two icebreakers. The opposition called it timid. A vote is due in June.',
  outlet: 'Oakmoor Herald',
}

describe('chooseStory', () => {
  test('another outlet’s report of the same event joins, and says how similar it is', () => {
    const choice = chooseStory(told(QUAKE_AGAIN), [story('budget', told(BUDGET)), story('quake', told(QUAKE))], EMPTY)
    expect(choice).toEqual({ kind: 'joins', storyId: 'quake', similarity: expect.any(Number) })
    if (choice.kind === 'joins') expect(choice.similarity).toBeGreaterThan(0.42)
  })

  test.each([
    ['the same kind of event elsewhere', OTHER_QUAKE],
    ['another event with the same person', BUDGET],
  ])('%s is a new story', (_, article) => {
    expect(chooseStory(told(article), [story('quake', told(QUAKE), told(QUAKE_AGAIN))], EMPTY)).toEqual({ kind: 'new' })
  })

  test('nothing to join is a new story, and so is an article without words', () => {
    expect(chooseStory(told(QUAKE), [], EMPTY)).toEqual({ kind: 'new' })
    expect(chooseStory(told({ title: '', text: '' }), [story('quake', told(QUAKE))], EMPTY)).toEqual({ kind: 'new' })
    expect(chooseStory(told(QUAKE), [story('empty', told({ title: '', text: '' }))], EMPTY)).toEqual({ kind: 'new' })
  })

  test('the likelier of two stories wins, whatever their order', () => {
    const partly = told({ ...QUAKE, title: 'Quake at Tamsk', text: QUAKE.text.slice(0, 200) })
    const both = [story('quake', told(QUAKE)), story('partly', partly)]
    expect(chooseStory(told(QUAKE_AGAIN), [story('partly', partly)], EMPTY)).toMatchObject({ kind: 'joins' })
    for (const candidates of [both, both.toReversed()]) {
      expect(chooseStory(told(QUAKE_AGAIN), candidates, EMPTY)).toMatchObject({ storyId: 'quake' })
    }
  })

  test('finds the story behind many others', () => {
    const others = Array.from({ length: 30 }, (_, i) => story(`other-${i}`, told(OTHER_QUAKE)))
    expect(chooseStory(told(QUAKE_AGAIN), [...others, story('quake', told(QUAKE))], EMPTY)).toMatchObject({
      storyId: 'quake',
    })
  })

  test('the longer ago, the more it takes, and after the window nothing is enough', () => {
    const join = (hours: number) =>
      chooseStory(told({ ...QUAKE_AGAIN, hours }), [story('quake', told(QUAKE))], EMPTY).kind
    expect(join(1)).toBe('joins')
    expect(join(71)).toBe('new')
    const copy = (hours: number) =>
      chooseStory(told({ ...QUAKE, outlet: 'Other', hours }), [story('quake', told(QUAKE))], EMPTY).kind
    expect(copy(STORY_WINDOW_MS / HOUR_MS)).toBe('joins')
    expect(copy(STORY_WINDOW_MS / HOUR_MS + 1)).toBe('new')
    expect(copy(-2)).toBe('joins') // an older report that was read late
    const grownNow = { ...story('quake', told(QUAKE)), lastAt: AT + 200 * HOUR_MS } // both old, both read today
    expect(chooseStory(told(QUAKE_AGAIN), [grownNow], EMPTY).kind).toBe('joins')
  })

  test('an outlet’s second piece needs more in common than another outlet’s first', () => {
    const partly = { ...QUAKE_AGAIN, text: QUAKE_AGAIN.text.slice(0, 214) } // .45 similar
    const join = (outlet: string) => chooseStory(told({ ...partly, outlet }), [story('quake', told(QUAKE))], EMPTY).kind
    expect(join('Another')).toBe('joins')
    expect(join('Coast Wire')).toBe('new')
  })

  test('a report in another language joins when its names are all the same, on one day only', () => {
    const german = {
      title: 'Tamsk, Skarn: Jon Beck, Oda Brandvik',
      text: 'Tamsk, Skarn: Jon Beck und Oda Brandvik, Jon Beck und Oda Brandvik.',
      outlet: 'Bote',
      language: 'de',
    }
    const join = (article: Told) => chooseStory(told(article), [story('quake', told(QUAKE))], EMPTY).kind
    expect(join(german)).toBe('joins')
    expect(join({ ...german, hours: 25 })).toBe('new')
    expect(
      join({
        ...german,
        title: 'Beben in Tamsk',
        text: 'Ein Beben hat Tamsk in Skarn verwüstet. Präsidentin Oda Brandvik ordnete Trauer an.',
      }),
    ).toBe('new')
  })

  test('two short headlines on one subject are not one event', () => {
    const first = told({ title: 'Brandvik warns Tirsia', text: '' })
    expect(
      chooseStory(told({ title: 'Tirsia warns Brandvik', text: '', outlet: 'B' }), [story('a', first)], EMPTY).kind,
    ).toBe('new')
  })

  test('words that many articles hold count for less', () => {
    const candidates = [story('quake', told(QUAKE))]
    const names = new Set(['tamsk', 'skarn', 'jon', 'beck', 'oda', 'brandvik'])
    const common = { articles: 5000, frequency: (term: string) => (names.has(term) ? 2500 : 1) }
    expect(chooseStory(told(QUAKE_AGAIN), candidates, EMPTY).kind).toBe('joins')
    expect(chooseStory(told(QUAKE_AGAIN), candidates, common).kind).toBe('new')
  })

  test('takes a few milliseconds over as many candidates as a store gives', () => {
    const rows = storyRows().map((row) => told(row))
    const candidates = Array.from({ length: STORY_CANDIDATES_MAX }, (_, i) =>
      story(`s${i}`, ...Array.from({ length: 12 }, (__, j) => rows[(i * 7 + j) % rows.length] ?? told(QUAKE))),
    )
    const near = { ...told(QUAKE), publishedAt: AT }
    const times = Array.from({ length: 20 }, () => {
      const started = cpuMs()
      chooseStory(near, candidates, { articles: 9000, frequency: (term) => term.length })
      return cpuMs() - started
    }).sort((a, b) => a - b)
    expect(times[10]).toBeLessThan(60) // 2 ms here; a slow processor takes more
  })
})

describe('termsToLookUp', () => {
  test('gives the heaviest terms, and two reports of one event share some', () => {
    const [a, b] = [termsToLookUp(told(QUAKE).signature), termsToLookUp(told(QUAKE_AGAIN).signature)]
    expect(a.length).toBe(12)
    expect(a.filter((term) => b.includes(term))).toEqual(expect.arrayContaining(['tamsk', 'skarn']))
  })
})

test('invented news of six days, near misses included, falls into its events', () => {
  const rows = storyRows()
  const stories = rows.map((row) => (answer(row) as { story: string }).story)
  const together = (of: (i: number) => unknown, i: number) => rows.flatMap((_, j) => (of(j) === of(i) ? [j] : []))
  let precision = 0
  let recall = 0
  rows.forEach((row, i) => {
    const mine = together((j) => stories[j], i)
    const right = mine.filter((j) => rows[j]?.event === row.event).length
    precision += right / mine.length / rows.length
    recall += right / together((j) => rows[j]?.event, i).length / rows.length
  })
  expect(precision).toBeGreaterThan(0.94)
  expect(recall).toBeGreaterThan(0.9)
})
