import { describe, expect, test } from 'vitest'
import type { FeedWishes } from '../../src/core/feed/wishes.ts'
import { feedOf } from './feed-of.ts'

async function wishes(text: string): Promise<FeedWishes> {
  const { ttlMs, skipHours, skipDays, hub, self } = await feedOf(text)
  return Object.fromEntries(
    Object.entries({ ttlMs, skipHours, skipDays, hub, self }).filter(([, value]) => value !== undefined),
  )
}
const rss = (channel: string) => `<rss version="2.0"><channel>${channel}<item><title>T</title></item></channel></rss>`
const atom = (inner: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${inner}<entry><title>T</title></entry></feed>`

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SYNDICATION = 'xmlns:s="http://purl.org/rss/1.0/modules/syndication/"'

describe('the pace that a feed asks for', () => {
  test.each([
    ['<ttl>30</ttl>', HOUR_MS / 2],
    ['<ttl> 60 </ttl>', HOUR_MS],
    ['<ttl>1.5</ttl>', 90_000],
    ['<ttl>-5</ttl>', undefined],
    ['<ttl>soon</ttl>', undefined],
    ['<ttl>86400</ttl>', undefined], // seconds, taken for minutes: two months
    ['<sy:updatePeriod>hourly</sy:updatePeriod>', HOUR_MS],
    ['<sy:updatePeriod> Hourly\n</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>', HOUR_MS / 4],
    ['<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>', DAY_MS / 2],
    ['<sy:updatePeriod>weekly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>', 7 * DAY_MS],
    ['<sy:updatePeriod>monthly</sy:updatePeriod><sy:updateFrequency>30</sy:updateFrequency>', DAY_MS],
    ['<sy:updatePeriod>yearly</sy:updatePeriod>', undefined], // nobody polls once a year
    ['<sy:updatePeriod>whenever</sy:updatePeriod>', undefined],
    ['<sy:updateFrequency>2</sy:updateFrequency>', undefined],
    [`<s:updatePeriod ${SYNDICATION}>daily</s:updatePeriod>`, DAY_MS],
    ['<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>', HOUR_MS],
  ])('%s', async (channel, ttlMs) => {
    expect((await wishes(rss(channel))).ttlMs).toBe(ttlMs)
  })
})

describe('the hours and days on which a feed rests', () => {
  const hours = (list: readonly number[]) => list.map((hour) => `<hour>${hour}</hour>`).join('')
  const all = Array.from({ length: 24 }, (_, hour) => hour)
  test.each([
    [`<skipHours>${hours([22, 3, 3])}</skipHours>`, [3, 22]],
    [`<skipHours>\n ${hours([0, 24])}\n</skipHours>`, [0]],
    ['<skipHours><hour>01</hour><hour>x</hour><hour>25</hour><hour>-1</hour><hour>2.5</hour></skipHours>', [1]],
    ['<skipHours>1, 2,3</skipHours>', [1, 2, 3]],
    ['<skiphours><Hour>4</Hour></skiphours>', [4]],
    [`<skipHours>${hours(all.slice(1))}</skipHours>`, all.slice(1)],
    [`<skipHours>${hours(all)}</skipHours>`, undefined],
    ['<skipHours/>', undefined],
    ['<other xmlns="urn:x"><skipHours><hour>1</hour></skipHours></other>', undefined],
  ])('%s', async (channel, skipHours) => {
    expect((await wishes(rss(channel))).skipHours).toEqual(skipHours)
  })

  test.each([
    ['<skipDays><day>Sunday</day><day>Saturday</day></skipDays>', [0, 6]],
    ['<skipDays><day>mon</day><day> TUESDAY </day><day>tue</day></skipDays>', [1, 2]],
    ['<skipDays><day>Someday</day></skipDays>', undefined],
    ['<skipDays>Sunday Monday Tuesday Wednesday Thursday Friday Saturday</skipDays>', undefined],
  ])('%s', async (channel, skipDays) => {
    expect((await wishes(rss(channel))).skipDays).toEqual(skipDays)
  })

  test('the hours of an item are not the feed’s', async () => {
    const feed = '<rss><channel><item><skipHours><hour>1</hour></skipHours><ttl>5</ttl></item></channel></rss>'
    expect(await wishes(feed)).toEqual({})
  })
})

describe('WebSub: the hub and the address under which the hub knows the feed', () => {
  const HUB = { hub: 'https://hub.example/', self: 'https://feeds.example/self' }
  test.each([
    [
      'Atom',
      atom(
        '<link rel="self" href="/self"/><link rel="hub" href="https://hub.example/"/><link href="https://a.example/"/>',
      ),
      HUB,
    ],
    [
      'RSS with Atom’s links',
      rss(
        '<link>https://a.example/</link><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="/self"/><atom10:link xmlns:atom10="http://www.w3.org/2005/Atom" rel="HUB" href="https://hub.example/"/>',
      ),
      HUB,
    ],
    [
      'an undeclared prefix',
      rss('<atom:link rel="hub self" href="https://hub.example/"/>'),
      { hub: HUB.hub, self: HUB.hub },
    ],
    [
      'a relation written as an address',
      atom(
        '<link rel="http://www.iana.org/assignments/relation/self" href="/self"/><link rel="hub" href="https://hub.example/"/>',
      ),
      HUB,
    ],
    [
      'the first of several hubs',
      atom('<link rel="hub" href="https://hub.example/"/><link rel="hub" href="https://b.example/"/>'),
      { hub: HUB.hub },
    ],
    ['a hub that is no web address', atom('<link rel="hub" href="javascript:alert(1)"/>'), {}],
    ['links of an entry', '<feed><entry><link rel="hub" href="https://hub.example/"/></entry></feed>', {}],
    [
      'JSON Feed',
      '{"feed_url":"/self","hubs":[{"type":"rssCloud","url":"https://c.example"},{"type":"WebSub","url":"https://hub.example/"}],"items":[]}',
      HUB,
    ],
    ['JSON Feed with other shapes', '{"title":"F","feed_url":7,"hubs":{"type":"WebSub","url":"x"},"items":[]}', {}],
  ])('%s', async (_, text, expected) => {
    expect(await wishes(text)).toEqual(expected)
  })

  test('the link to a reader of the page is not mistaken for these', async () => {
    const feed = await feedOf(rss('<atom:link rel="self" href="/self"/><link>https://a.example/</link>'))
    expect(feed.link).toBe('https://a.example/')
  })
})
