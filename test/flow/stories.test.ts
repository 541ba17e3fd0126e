import { describe, expect, it } from 'vitest'
import { voices } from '../../src/core/story/voices.ts'
import { followed, lark, type News, publish, RETOLD } from './news.ts'
import { BELTRAN, CORVO, channel, HOUR, MINUTE, SECOND, source, useStage } from './stage.ts'

const stage = useStage()
const NEXT = 6 * MINUTE

describe('two outlets that tell one story', () => {
  const both = async (second: Partial<News>) => {
    await followed(stage, 'tide', 'moor')
    await stage.subscribe('a')
    publish(stage, 'tide', [lark(stage)])
    await stage.after(NEXT)
    publish(stage, 'moor', [lark(stage, { name: 'second', ...second })])
    await stage.after(NEXT)
  }

  it('make one card, which is edited without a call', async () => {
    await both({ title: 'Passengers of the ferry Northern Lark are safe after it ran aground', text: RETOLD })
    expect(stage.far.posts).toHaveLength(1)
    expect(stage.far.messages).toMatchObject([{ edits: [{ at: stage.now }] }])
    expect(stage.shown()[0]).toContain('Also in **The moor**')
    expect(stage.shown()[0]).toContain('2 sources')
    await stage.after(HOUR)
    expect(stage.far.messages[0]?.edits).toHaveLength(1)
  })

  it('make one card of the pieces that came before it was sent, without an edit', async () => {
    await followed(stage, 'tide', 'moor')
    await stage.subscribe('a')
    publish(stage, 'tide', [lark(stage)])
    publish(stage, 'moor', [
      lark(stage, { name: 'second', title: 'Ferry Northern Lark aground: all safe', text: RETOLD }),
    ])
    await stage.after(NEXT)
    expect(stage.far.messages).toMatchObject([{ edits: [] }])
    expect(stage.shown()[0]).toMatch(/Also in \*\*The (moor|tide)\*\*/)
  })

  it('are one voice where the second printed the first', async () => {
    await both({ title: 'Ferry Northern Lark runs aground off Skarholm' })
    const [row] = (await stage.store.latest({ limit: 5 }, {})).rows
    expect(row?.story.articles.map(({ outlet }) => outlet)).toEqual(['The tide', 'The moor'])
    expect(row && voices(row.story)).toMatchObject([{ outlet: 'The tide' }, { outlet: 'The moor', copyOf: 'The tide' }])
  })

  it('are edited once a minute at the most, however many join', async () => {
    await followed(stage, 'tide', 'moor', 'fen', 'isle', 'bay')
    await stage.subscribe('a')
    publish(stage, 'tide', [lark(stage)])
    await stage.after(NEXT)
    for (const [n, name] of ['moor', 'fen', 'isle', 'bay'].entries()) {
      publish(stage, name, [lark(stage, { name: `by-${name}`, text: RETOLD.map((one) => `${one} (${n})`) })])
      stage.now += n === 0 ? NEXT : 15 * SECOND
      const { nextPollAt } = (await stage.store.allFeeds()).find(({ id }) => id === name) ?? { nextPollAt: 0 }
      stage.now = Math.max(stage.now, nextPollAt)
      await stage.walk()
    }
    await stage.after(2 * MINUTE)
    const edits = stage.far.messages[0]?.edits ?? []
    expect(edits.length).toBeGreaterThan(0)
    const gaps = edits.slice(1).map(({ at }, n) => at - (edits[n]?.at ?? 0))
    expect(gaps.filter((gap) => gap < MINUTE)).toEqual([])
    expect(stage.shown()[0]).toContain('5 sources')
    expect(stage.far.posts).toHaveLength(1)
  })

  it('by the same address are one piece, that both feeds brought', async () => {
    await both({ name: 'same', url: 'http://tide.example/lark' })
    expect(stage.far.posts).toHaveLength(1)
    const [row] = (await stage.store.latest({ limit: 5 }, {})).rows
    expect(row?.story.articles).toMatchObject([{ feedIds: ['moor', 'tide'] }])
  })
})

describe('what comes next in a story', () => {
  const HELD = 'Owner of the ferry Northern Lark held after it ran aground off Skarholm: 14 hurt'
  const next = async (gap: number) => {
    await followed(stage, 'tide', 'moor')
    await stage.subscribe('a')
    publish(stage, 'tide', [lark(stage)])
    await stage.after(NEXT)
    await stage.after(gap)
    publish(stage, 'moor', [lark(stage, { name: 'held', title: HELD, text: RETOLD })])
    await stage.after(2 * HOUR)
  }

  it('is a short reply to its card, without a ping, and its card is edited too', async () => {
    await next(3 * HOUR)
    expect(stage.far.posts).toHaveLength(2)
    const [card, reply] = stage.far.messages
    expect(JSON.parse(reply?.payload ?? '{}')).toMatchObject({
      message_reference: { message_id: card?.id, fail_if_not_exists: false },
      embeds: [{ title: HELD }],
      allowed_mentions: { parse: [] },
    })
    expect(card?.edits.length).toBeGreaterThan(0)
  })

  it('is no reply where it comes at once, or says nothing new', async () => {
    await next(MINUTE)
    expect(stage.far.posts).toHaveLength(1)
  })
})

describe('a feed that one server added', () => {
  const added = async () => {
    await stage.feeds(source('tide'))
    await stage.store.addFeed({ source: source('secret'), serverId: CORVO, personId: 'p' as never, max: 9 }, stage.now)
    for (const name of ['tide', 'secret']) publish(stage, name, [])
    await stage.walk()
    await stage.subscribe('theirs', { serverId: CORVO, target: channel('theirs', CORVO) })
    await stage.subscribe('ours')
  }

  it('is heard by that server alone', async () => {
    await added()
    publish(stage, 'secret', [lark(stage)])
    await stage.after(NEXT)
    expect(stage.far.messages.map(({ channel: at }) => at)).toEqual(['theirs'])
    expect(await stage.store.latest({ limit: 5 }, { serverId: BELTRAN })).toMatchObject({ total: 0 })
  })

  it('adds nothing to a card that another server sees', async () => {
    await added()
    publish(stage, 'tide', [lark(stage)])
    await stage.after(NEXT)
    publish(stage, 'secret', [lark(stage, { name: 'second', text: RETOLD })])
    await stage.after(NEXT)
    expect(stage.shown()[0]).not.toContain('secret')
    expect(stage.far.messages.find(({ channel: at }) => at === 'harbour')?.edits).toEqual([])
    expect(stage.shown(channel('theirs').channelId)[0]).toContain('Also in **The secret**')
  })

  it('does not lead a card for those who see it only in another paper', async () => {
    await added()
    publish(stage, 'secret', [lark(stage)])
    await stage.after(NEXT)
    publish(stage, 'tide', [
      lark(stage, { name: 'second', text: RETOLD, title: 'Ferry Northern Lark: everybody safe' }),
    ])
    await stage.after(NEXT)
    expect(stage.shown()).toHaveLength(1)
    expect(stage.shown()[0]).not.toContain('secret')
    expect(stage.shown()[0]).toContain('The tide')
  })
})
