/** Subscribing: what is asked, saved, undone and refused, how often one may ask, and what a failure says. */
import { describe, expect, it } from 'vitest'
import type { Subscription } from '../../src/core/model.ts'
import type { Reply } from '../../src/core/reply.ts'
import { BELTRAN, CORVO, DAY, HOUR, MINUTE } from '../contract/store/world.ts'
import { buttonsOf, labelsOf, MANAGER, messageOf, READER, STRANGER, textOf, useHouse } from './house.ts'
import { COMMON, FOREIGN, newsroom } from './newsroom.ts'

const house = useHouse(newsroom)
const subscribe = async (options: Readonly<Record<string, string>> = { topic: 'nato' }, by = MANAGER): Promise<Reply> =>
  house.press([await house.run('subscribe', options, by), 'Subscribe'], { by })
const all = () => house.store.subscriptions(BELTRAN)
async function theOne(): Promise<Subscription> {
  const [one, ...others] = await all()
  if (!one || others.length > 0) throw new Error('There is not one subscription')
  return one
}
const SECONDS = 1_000

describe('subscribing', () => {
  it('saves what was proposed, and nothing before it is confirmed', async () => {
    const asked = await house.run('subscribe', { words: 'fog, +ice', channel: 'library' })
    expect(await all()).toEqual([])
    await house.press([await house.press([asked, 'How often…'], { values: ['daily'] }), 'Subscribe'])
    expect(await theOne()).toMatchObject({
      target: { kind: 'forum', serverId: BELTRAN, channelId: 'library' },
      follows: { kind: 'words' },
      rhythm: 'daily',
      perDayMax: 30,
      createdBy: MANAGER.personId,
      createdAt: house.now,
    })
  })

  it('pressed twice, saves once and opens what is there', async () => {
    const asked = await house.run('subscribe', { topic: 'nato' })
    await house.press([asked, 'Subscribe'])
    const again = await house.press([asked, 'Subscribe'])
    expect(textOf(again)).toBe('#harbour already gets 🧭 NATO.')
    expect(textOf(await house.press([again, 'Open it']))).toContain('NATO → #harbour')
    expect(await all()).toHaveLength(1)
  })

  it('is undone for ten minutes, and not for longer', async () => {
    const soon = await subscribe()
    house.now += 10 * MINUTE - house.stepMs
    expect(textOf(await house.press([soon, 'Undo']))).toBe('Undone: nothing is subscribed.')
    expect(await all()).toEqual([])
    const late = await subscribe()
    house.now += 10 * MINUTE
    expect(textOf(await house.press([late, 'Undo']))).toMatch(/^Ten minutes have passed\. \/unsubscribe/)
    expect(await all()).toHaveLength(1)
  })

  it.each([
    ['meadow', /not in this server/, 'of another server'],
    ['nowhere', /not in this server/, 'that nobody knows'],
    ['archive', /^You may not post in #archive yourself/, 'where the asker may not post'],
  ])('into %s is refused with the choices kept: a channel %s', async (channel, says) => {
    const reply = await house.run('subscribe', { topic: 'nato', channel })
    expect(textOf(reply)).toMatch(says)
    expect(messageOf(reply).tone).toBe('bad')
    const moved = await house.press([reply, 'Or post in another channel…'], { values: ['lighthouse'] })
    await house.press([moved, 'Subscribe'])
    expect((await theOne()).target).toEqual({ kind: 'thread', serverId: BELTRAN, channelId: 'lighthouse' })
  })

  it('names the permissions that are missing, at the question and at the end', async () => {
    const asked = await house.run('subscribe', { topic: 'nato' })
    house.standing = { kind: 'lacking', missing: ['Embed Links', 'Send Messages'] }
    for (const reply of [await house.press([asked, 'Subscribe']), await house.run('subscribe', { topic: 'nato' })])
      expect(textOf(reply)).toContain('I am missing Embed Links, Send Messages there.')
    expect(await all()).toEqual([])
  })

  it('is not more than a server may have', async () => {
    house.limits = { ...house.limits, subscriptionsMax: 1 }
    await subscribe()
    expect(textOf(await subscribe({ words: 'fog' }))).toMatch(/^This server has 1 subscription, .* makes room\.$/)
  })

  it('says when it looked at some of the articles only', async () => {
    const [row] = await house.store.recentArticles({ sinceAt: 0, limit: 1 }, { serverId: BELTRAN })
    if (!row) throw new Error('There is no news')
    const many = { ...house.store, recentArticles: async () => Array(2_000).fill(row) }
    house.instead = { store: many }
    const reply = await house.run('subscribe', { feed: COMMON })
    expect(textOf(reply)).toContain('Counted over the newest 2,000 articles only.')
  })

  it('takes no longer over it than a person waits, lets others in between, and says how far it looked', async () => {
    const [row] = await house.store.recentArticles({ sinceAt: 0, limit: 1 }, { serverId: BELTRAN })
    if (!row) throw new Error('There is no news')
    const many = { ...house.store, recentArticles: async () => Array(2_000).fill(row) }
    house.instead = { store: many, now: () => (house.now += 100) } // each look at the clock is a tenth of a second later
    let others = 0
    let next = setImmediate(function more() {
      others += 1
      next = setImmediate(more)
    })
    const text = textOf(await house.run('subscribe', { words: '/(fog|e).{0,99}q/' }))
    clearImmediate(next)
    const looked = Number(/Counted over the newest (\d+) articles only/.exec(text)?.[1])
    expect(looked).toBeGreaterThan(1)
    expect(looked).toBeLessThan(20)
    expect(others).toBeGreaterThanOrEqual(looked)
  })

  it('takes ten patterns a server, however they come, since each runs over every article', async () => {
    const patterns = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => `/fog${from + n}|ice/`).join(', ')
    await subscribe({ words: patterns(0, 9) })
    const over = await subscribe({ words: `${patterns(9, 2)}, fog` })
    expect(textOf(over)).toMatch(/^That would make 11 patterns in this server; I take 10/)
    const done = await subscribe({ words: `fog, ${patterns(9, 1)}` })
    const form = await house.press([await house.press([done, 'Settings']), 'Edit keywords'])
    const edited = await house.press([form, ''], { fields: { words: `fog, ${patterns(20, 2)}` } })
    expect(textOf(edited)).toMatch(/^That would make 11 patterns/)
    expect(textOf(await house.press([edited, 'Edit keywords']))).toContain('fog21')
    const [, last] = await all()
    const gone = await house.run('unsubscribe', { subscription: last?.id ?? '' })
    await subscribe({ words: patterns(30, 1) })
    expect(textOf(await house.press([gone, 'Undo']))).toMatch(/^That would make 11 patterns/)
    expect(textOf(await subscribe({ words: 'fog, +ice' }))).toContain('now gets')
    const other = await subscribe({ words: patterns(0, 9) }, STRANGER)
    expect(textOf(other)).toContain('#meadow now gets')
  })

  it('takes keywords with a mistake back in a form that holds them, with feed and channel kept', async () => {
    const refused = await house.run('subscribe', { words: '"fog', feed: 'The tide', channel: 'lighthouse' })
    expect(textOf(refused)).toMatch(/quotation mark is opened and never closed/)
    const form = await house.press([refused, 'Edit keywords'])
    const mended = await house.press([form, ''], { fields: { words: '"fog"' } })
    expect(textOf(mended)).toContain('Subscribe #lighthouse to "fog" in The tide?')
  })

  it('does not take a topic and keywords at once, and asks which', async () => {
    const both = await house.run('subscribe', { topic: 'nato', words: 'fog' })
    expect(labelsOf(both)).toEqual(['The topic', 'My keywords'])
    expect(textOf(await house.press([both, 'The topic']))).toContain('NATO?')
    expect(textOf(await house.press([both, 'My keywords']))).toContain('to fog?')
  })

  it('asks what to follow when nothing was said', async () => {
    expect(textOf(await house.run('subscribe'))).toMatch(/^Tell me what to follow/)
  })

  it('knows no feed of another server', async () => {
    for (const feed of [FOREIGN, 'The hollow', 'https://hollow.example/feed.xml'])
      expect(textOf(await house.run('subscribe', { feed }))).toMatch(/^I know no feed/)
    expect(textOf(await house.press(`v1:subscribe:feed:${FOREIGN}`))).toMatch(/^I know no feed/)
    expect(await house.complete('subscribe', 'feed', 'hollow')).toEqual([])
    expect(await house.complete('subscribe', 'feed', 'tid')).toEqual([{ name: 'The tide', value: COMMON }])
  })

  it('never says an address whole', async () => {
    const reply = await house.run('subscribe', { feed: 'https://tidal.example/feed?key=hush' })
    expect(textOf(reply)).toContain('tidal.example')
    expect(JSON.stringify(reply)).not.toContain('hush')
  })

  it.each(['Subscribe', 'Own keywords instead', 'How often…'])('forgets a question after a day: %s', async (label) => {
    const asked = await house.run('subscribe', { topic: 'nato' })
    house.now += DAY
    expect(textOf(await house.press([asked, label], { values: ['daily'] }))).toMatch(/^This proposal is too old/)
  })

  it('is confirmed in its own server and by nobody who may not', async () => {
    const asked = await house.run('subscribe', { topic: 'nato' })
    expect(textOf(await house.press([asked, 'Subscribe'], { by: STRANGER }))).toMatch(/^This proposal is too old/)
    expect(textOf(await house.press([asked, 'Subscribe'], { by: READER }))).toMatch(/Manage Server/)
    expect([...(await all()), ...(await house.store.subscriptions(CORVO))]).toEqual([])
  })
})

describe('the latest story, posted now', () => {
  const latest = async (reply: Reply) => house.press([reply, 'Post the latest one now'])

  it('is queued once, for the channel', async () => {
    const done = await subscribe()
    expect(textOf(await latest(done))).toBe('📨 On its way: NATO to patrol Lake Orrin')
    expect(textOf(await latest(done))).toBe('The latest story was posted in this channel before.')
    const [queued, ...others] = await house.store.deliveries(10)
    expect(others).toEqual([])
    expect(queued?.delivery).toMatchObject({ state: 'queued', alert: { target: { channelId: 'harbour' } } })
  })

  it('is none where nothing of the last seven days matches', async () => {
    expect(textOf(await latest(await subscribe({ words: 'zanzibarcalm' })))).toMatch(/^No story of the last seven days/)
    const done = await subscribe()
    house.now += 7 * DAY + HOUR
    expect(textOf(await latest(done))).toMatch(/^No story of the last seven days/)
  })
})

describe('too fast', () => {
  it('is told when it works again, and one press runs it with the choices kept', async () => {
    house.stepMs = 0
    for (let n = 0; n < 5; n += 1) await house.run('subscribe', { words: `fog${n}` })
    const fast = await house.run('subscribe', { words: 'fog, +ice' })
    expect(textOf(fast)).toMatch(/^That was too fast for me/)
    const still = await house.press([fast, 'Try again'])
    expect(textOf(still)).toMatch(/^That was too fast for me/)
    house.now += 10 * SECONDS
    expect(textOf(await house.press([still, 'Try again']))).toContain('Matches fog, ice')
  })

  it('is one person’s, and what was asked is not told to another', async () => {
    house.stepMs = 0
    for (let n = 0; n < 6; n += 1) await house.run('search', { words: 'fog' })
    const fast = await house.run('search', { words: 'fog' })
    expect(textOf(await house.run('search', { words: 'fog' }, READER))).toContain('1 story')
    expect(textOf(await house.press([fast, 'Try again'], { by: READER }))).toMatch(/not one of mine/)
  })

  it('is a measure of its own for buttons', async () => {
    house.stepMs = 0
    const list = await house.run('feeds list')
    for (let n = 0; n < 30; n += 1) await house.press('v1:feeds:page:0:next')
    expect(textOf(await house.press('v1:feeds:page:0:next'))).toMatch(/^That was too fast for me/)
    expect(textOf(await house.run('feeds list'))).toBe(textOf(list))
  })
})

describe('trouble of our own', () => {
  it('is told with a code that stands in the log, and can be tried again', async () => {
    house.instead = { store: { ...house.store, search: () => Promise.reject(new Error('disk gone')) } }
    const reply = await house.run('search', { words: 'fog' })
    const code = /this code: (\S+)$/.exec(textOf(reply))?.[1]
    expect(house.logged.find(({ level }) => level === 'error')).toMatchObject({ event: 'command failed', code })
    expect(JSON.stringify(reply)).not.toContain('disk')
    house.instead = {}
    expect(textOf(await house.press([reply, 'Try again']))).toContain('1 story')
    expect(buttonsOf(reply)).toHaveLength(1)
  })
})
