import { describe, expect, it } from 'vitest'
import { type AlertContext, alertsFor } from '../../src/core/alert.ts'
import type {
  ArticleId,
  ChannelId,
  FeedId,
  MessageId,
  Mute,
  RoleId,
  ServerId,
  StoryId,
  Subscription,
  SubscriptionId,
  Target,
} from '../../src/core/model.ts'
import { match, piece, topic } from './story-of.ts'

const NOW = Date.UTC(2026, 10, 24, 12, 1)
const MIN = 60_000
const serverId = 'server' as ServerId
const channelId = 'channel' as ChannelId
const target: Target = { kind: 'channel', serverId, channelId }
const person = { kind: 'person', personId: 'p' } as unknown as Target
const told = {
  article: piece('The Post'),
  outlet: 'The Post',
  feedId: 'tide',
  matches: [match('NATO', 'NATO'), match('Sea', 'ferry')],
}

function subscription(name: string, more: Partial<Subscription> = {}): Subscription {
  return {
    id: name as SubscriptionId,
    serverId,
    target,
    follows: { kind: 'topic', topicId: topic('NATO').id },
    style: 'full',
    rhythm: 'each',
    perDayMax: 10,
    createdAt: 0,
    createdBy: 'someone' as Subscription['createdBy'],
    ...more,
  }
}

function context(subscriptions: readonly Subscription[], more: Partial<AlertContext> = {}): AlertContext {
  const nothing = {
    cardsToday: () => 0,
    waiting: () => 0,
    earlier: () => [],
    said: () => ({ developments: 0, lastAt: 0 }),
  }
  return { storyId: 'story' as StoryId, articleId: 'piece' as ArticleId, subscriptions, mutes: [], ...nothing, ...more }
}
const plan = (subscriptions: readonly Subscription[], more: Partial<AlertContext> = {}, news = {}) =>
  alertsFor({ ...told, ...news }, context(subscriptions, more), NOW)

it('says nothing where nobody asked', () => {
  expect(plan([])).toEqual([])
})

it('posts a card at once', () => {
  expect(plan([subscription('a', { mention: 'r' as RoleId })])).toEqual([
    {
      state: 'queued',
      dueAt: NOW,
      alert: {
        target,
        subject: { kind: 'card', storyId: 'story' },
        part: 0,
        serverId,
        subscriptionIds: ['a'],
        matches: [match('NATO', 'NATO')],
        style: 'full',
        mentions: ['r'],
      },
    },
  ])
})

describe('several subscriptions of one channel', () => {
  const sea = { kind: 'topic', topicId: topic('Sea').id } as const
  it('make one card: richest style, mentions united, all matches', () => {
    const [one, ...others] = plan([
      subscription('a', { style: 'compact', mention: 'r1' as RoleId }),
      subscription('b', { style: 'rich', mention: 'r2' as RoleId, follows: sea }),
      subscription('c', { style: 'full', mention: 'r1' as RoleId }),
    ])
    expect(others).toEqual([])
    expect(one?.alert).toMatchObject({
      subscriptionIds: ['a', 'b', 'c'],
      style: 'rich',
      mentions: ['r1', 'r2'],
      matches: told.matches,
    })
  })

  it('go by the earliest rhythm', () => {
    const rhythms = (...list: readonly Subscription['rhythm'][]) =>
      plan(list.map((rhythm, n) => subscription(String(n), { rhythm })))[0]
    expect(rhythms('daily', 'each')).toMatchObject({ state: 'queued' })
    expect(rhythms('daily', 'hourly')).toMatchObject({ state: 'folded', digestAt: Date.UTC(2026, 10, 24, 13) })
  })

  it('are listed for the one whose time is kept, so that pausing the other holds nothing back', () => {
    const [one] = plan([subscription('a', { rhythm: 'daily' }), subscription('b', { rhythm: 'hourly' })])
    expect(one?.alert.subscriptionIds).toEqual(['b', 'a'])
  })

  it('in several channels make a card each', () => {
    const other = { ...target, channelId: 'other' as ChannelId }
    const plans = plan([subscription('a'), subscription('b', { target: other }), subscription('c', { target: person })])
    expect(plans.map(({ alert }) => alert.target)).toEqual([target, other, person])
  })
})

describe('becomes a list', () => {
  it.each([
    ['hourly', { rhythm: 'hourly' }, {}, {}, { reason: 'rhythm', digestAt: Date.UTC(2026, 10, 24, 13) }],
    ['daily', { rhythm: 'daily' }, {}, {}, { reason: 'rhythm', digestAt: Date.UTC(2026, 10, 25, 8) }],
    [
      'in quiet hours, as they end',
      { quietHours: { startMinute: 700, endMinute: 800, zone: 'UTC' } },
      {},
      {},
      { reason: 'quiet', digestAt: Date.UTC(2026, 10, 24, 13, 20) },
    ],
    [
      'hourly in quiet hours, as they end',
      { rhythm: 'hourly', quietHours: { startMinute: 700, endMinute: 800, zone: 'UTC' } },
      {},
      {},
      { reason: 'rhythm', digestAt: Date.UTC(2026, 10, 24, 13, 20) },
    ],
    [
      'over the day\u2019s cards',
      { perDayMax: 3 },
      { cardsToday: () => 3 },
      {},
      { reason: 'cap', digestAt: Date.UTC(2026, 10, 25, 8) },
    ],
    ['of a flood', {}, {}, { fold: 'flood' }, { reason: 'flood', digestAt: Date.UTC(2026, 10, 24, 12, 5) }],
    ['of a downtime', {}, {}, { fold: 'downtime' }, { reason: 'downtime', digestAt: Date.UTC(2026, 10, 24, 12, 5) }],
    ['where sixty wait', {}, { waiting: () => 60 }, {}, { reason: 'flood', digestAt: Date.UTC(2026, 10, 24, 12, 5) }],
    [
      'of a flood in quiet hours, as they end',
      { quietHours: { startMinute: 700, endMinute: 800, zone: 'UTC' } },
      {},
      { fold: 'flood' },
      { reason: 'flood', digestAt: Date.UTC(2026, 10, 24, 13, 20) },
    ],
  ] as const)('%s', (...[, more, seen, news, expected]) => {
    expect(plan([subscription('a', more)], seen, news)).toMatchObject([{ state: 'folded', ...expected }])
  })

  it('under a cap, no more than before it', () => {
    expect(plan([subscription('a', { perDayMax: 3 })], { cardsToday: () => 2 })).toMatchObject([{ state: 'queued' }])
    expect(plan([subscription('a')], { waiting: () => 59 })).toMatchObject([{ state: 'queued' }])
  })

  it('at one time for a whole flood', () => {
    const dueAt = (now: number) => {
      const [one] = alertsFor({ ...told, fold: 'flood' }, context([subscription('a')]), now)
      return one?.state === 'folded' ? one.digestAt : 0
    }
    expect(new Set([0, 1, 2, 3].map((minutes) => dueAt(NOW + minutes * MIN))).size).toBe(1)
  })
})

describe('a subscription', () => {
  it('hears only the sources that it named', () => {
    const sources = ['tide' as FeedId]
    expect(plan([subscription('a', { sources })])).toHaveLength(1)
    expect(plan([subscription('a', { sources })], {}, { feedId: 'other' })).toEqual([])
  })

  const mute = (what: Mute['what'], more: Partial<Mute> = {}): Mute => ({
    serverId,
    channelId,
    untilAt: NOW + 1,
    what,
    ...more,
  })
  it.each([
    ['a muted source is silent', mute({ kind: 'source', outlet: 'The Post' }), 0],
    ['another source is not', mute({ kind: 'source', outlet: 'Meridian' }), 1],
    ['a muted topic is silent', mute({ kind: 'topic', topicId: topic('NATO').id }), 0],
    ['another topic is not', mute({ kind: 'topic', topicId: topic('Sea').id }), 1],
    [
      'a mute of another channel is no mute',
      mute({ kind: 'source', outlet: 'The Post' }, { channelId: 'x' as ChannelId }),
      1,
    ],
    [
      'a mute of another server is no mute',
      mute({ kind: 'source', outlet: 'The Post' }, { serverId: 'x' as ServerId }),
      1,
    ],
  ])('%s', (_name, one, cards) => {
    expect(plan([subscription('a')], { mutes: [one] })).toHaveLength(cards)
  })

  it('of a feed is named no words that others of its server follow', () => {
    const [one] = plan([subscription('a', { follows: { kind: 'feed', feedId: 'tide' as FeedId } })])
    expect(one?.alert.matches).toEqual([])
  })
})

describe('a development', () => {
  const HOUR = 60 * MIN
  const message = { channelId, messageId: 'card' as MessageId }
  const article = piece('Meridian', { title: 'Ferry: 14 hurt', publishedAt: NOW })
  const earlier = () => [piece('The Post', { publishedAt: NOW - 2 * HOUR })]
  const said = (cardAge: number, developments = 0, lastAge = cardAge) => ({
    said: () => ({ card: { at: NOW - cardAge, message }, developments, lastAt: NOW - lastAge }),
  })
  const kinds = (more: Partial<AlertContext>, own: Partial<Subscription> = {}) =>
    plan([subscription('a', own)], { earlier, ...more }, { article }).map(({ alert }) => alert.subject.kind)

  it('replies to the card, without a ping, and leads with its own report', () => {
    const [, reply] = plan(
      [subscription('a', { mention: 'r' as RoleId })],
      { earlier, ...said(2 * HOUR, 1) },
      { article },
    )
    expect(reply).toMatchObject({
      state: 'queued',
      alert: {
        subject: { kind: 'development', storyId: 'story', n: 2 },
        mentions: [],
        development: { articleId: 'piece', replyTo: message },
      },
    })
  })

  it.each<[name: string, more: Partial<AlertContext>, own: Partial<Subscription>, told: boolean]>([
    ['is told an hour after the card', said(HOUR), {}, true],
    ['is not told before', said(HOUR - 1), {}, false],
    ['is not told within an hour of the last', said(9 * HOUR, 1, HOUR - 1), {}, false],
    ['is told three times', said(9 * HOUR, 2, HOUR), {}, true],
    ['is not told a fourth time', said(9 * HOUR, 3, HOUR), {}, false],
    ['is not told without a card to reply to', {}, {}, false],
    ['is not told in a forum', said(HOUR), { target: { ...target, kind: 'forum' } }, false],
    ['is not told where cards come as a list', said(HOUR), { rhythm: 'daily' }, false],
    ['is not told where nothing is new', { ...said(HOUR), earlier: () => [article] }, {}, false],
  ])('%s', (...[, more, own, expected]) => {
    expect(kinds(more, own).includes('development')).toBe(expected)
  })
})
