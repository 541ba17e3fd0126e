/** What a server follows: moved, paused, edited, tried, ended, and never another server's. */
import { describe, expect, it } from 'vitest'
import { customId } from '../../src/core/custom-id.ts'
import type { ChannelId, Subscription } from '../../src/core/model.ts'
import type { Reply } from '../../src/core/reply.ts'
import { BELTRAN, MINUTE } from '../contract/store/world.ts'
import { labelsOf, MANAGER, messageOf, optionsOf, STRANGER, textOf, useHouse } from './house.ts'
import { newsroom } from './newsroom.ts'

const house = useHouse(newsroom)
const subscribe = async (options: Readonly<Record<string, string>> = { topic: 'nato' }, by = MANAGER): Promise<Reply> =>
  house.press([await house.run('subscribe', options, by), 'Subscribe'], { by })
const all = () => house.store.subscriptions(BELTRAN)
async function theOne(): Promise<Subscription> {
  const [one, ...others] = await all()
  if (!one || others.length > 0) throw new Error('There is not one subscription')
  return one
}
const UNKNOWN = 'There is no such subscription in this server.'

describe('what is followed', () => {
  it.each([
    'subscriptions:show',
    'subscriptions:pause',
    'subscriptions:resume',
    'subscriptions:rhythm',
    'subscriptions:style',
    'subscriptions:move',
    'subscriptions:edit',
    'subscriptions:edited',
    'subscriptions:test',
    'subscribe:undo',
    'subscribe:latest',
    'unsubscribe:chosen',
  ])('is unknown to another server: %s', async (verb) => {
    await subscribe({ words: 'fog' })
    const before = await theOne()
    const pressing = { by: STRANGER, values: ['daily'], fields: { words: 'ice' } }
    const reply = await house.press(
      `v1:${verb}:${before.id}`,
      verb === 'unsubscribe:chosen' ? { by: STRANGER } : pressing,
    )
    expect(textOf(reply)).toBe(UNKNOWN)
    expect(await theOne()).toEqual(before)
    expect(await house.store.deliveries(10)).toEqual([])
  })

  it('is not named for another server either', async () => {
    await subscribe()
    const { id } = await theOne()
    expect(textOf(await house.run('subscriptions', {}, STRANGER))).toMatch(/follows nothing yet/)
    expect(textOf(await house.run('unsubscribe', { subscription: id }, STRANGER))).toMatch(/follows nothing yet/)
    expect(await house.complete('unsubscribe', 'subscription', '', STRANGER)).toEqual([])
    const [choice] = await house.complete('unsubscribe', 'subscription', 'nato')
    expect(choice).toEqual({ name: '🧭 NATO → #harbour', value: id })
  })

  it('is paused and resumed', async () => {
    const shown = await house.press([await subscribe(), 'Settings'])
    const paused = await house.press([shown, 'Pause'])
    expect(textOf(paused)).toMatch(/⏸️ paused[\s\S]*✅ Saved/)
    expect((await theOne()).pausedAt).toBe(house.now)
    expect(textOf(await house.run('subscriptions'))).toContain('⏸️ paused')
    expect(textOf(await house.press([paused, 'Resume']))).not.toContain('paused')
    expect(await theOne()).not.toHaveProperty('pausedAt')
  })

  it('keeps the rhythm and style that were chosen, and neither that does not exist', async () => {
    const shown = await house.press([await subscribe(), 'Settings'])
    await house.press([shown, 'How often…'], { values: ['hourly'] })
    const styled = await house.press([shown, 'How it looks…'], { values: ['rich'] })
    await house.press([shown, 'How it looks…'], { values: ['gaudy'] })
    await house.press([shown, 'How often…'], { values: ['__proto__'] })
    expect(await theOne()).toMatchObject({ rhythm: 'hourly', style: 'rich' })
    expect(optionsOf(styled, 'How it looks…').find(({ chosen }) => chosen)?.value).toBe('rich')
  })

  it('moves to another channel, unless it is no place for it', async () => {
    const shown = await house.press([await subscribe(), 'Settings'])
    const move = (channel: string) => house.press([shown, 'Move to another channel…'], { values: [channel] })
    for (const channel of ['meadow', 'archive', 'nowhere']) expect(messageOf(await move(channel)).tone).toBe('bad')
    expect((await theOne()).target).toMatchObject({ channelId: 'harbour' })
    expect(textOf(await move('lighthouse'))).toContain('→ #lighthouse')
    expect((await theOne()).target).toEqual({ kind: 'thread', serverId: BELTRAN, channelId: 'lighthouse' })
  })

  it('moves later, when the permissions that were missing are there', async () => {
    const shown = await house.press([await subscribe(), 'Settings'])
    house.standing = { kind: 'lacking', missing: ['Send Messages in Threads'] }
    const lacking = await house.press([shown, 'Move to another channel…'], { values: ['lighthouse'] })
    expect(textOf(lacking)).toContain('I am missing Send Messages in Threads there.')
    expect((await theOne()).target).toMatchObject({ channelId: 'harbour' })
    house.standing = { kind: 'ready' }
    await house.press([lacking, 'Check again'])
    expect((await theOne()).target).toMatchObject({ channelId: 'lighthouse' })
  })

  it('does not become what another one in that channel is', async () => {
    await subscribe({ words: 'fog' })
    const done = await subscribe({ words: 'fog', channel: 'lighthouse' })
    const moved = await house.press([await house.press([done, 'Settings']), 'Move to another channel…'], {
      values: ['harbour'],
    })
    expect(textOf(moved)).toBe('#harbour already gets fog.')
    expect((await all()).map(({ target }) => 'channelId' in target && target.channelId)).toEqual([
      'harbour',
      'lighthouse',
    ])
  })

  it('has its keywords edited; a mistake comes back in the form', async () => {
    const form = await house.press([
      await house.press([await subscribe({ words: 'fog' }), 'Settings']),
      'Edit keywords',
    ])
    expect(textOf(form)).toBe('Keywords\nfog')
    const refused = await house.press([form, ''], { fields: { words: 'ice, /(/' } })
    expect(textOf(refused)).toMatch(/cannot read the pattern/)
    const again = await house.press([refused, 'Edit keywords'])
    expect(textOf(again)).toBe('Keywords\nice, /(/')
    expect(textOf(await house.press([again, ''], { fields: { words: 'ice' } }))).toMatch(/^ice → #harbour/)
  })

  it('has no keywords to edit where it is a topic', async () => {
    await subscribe()
    const { id } = await theOne()
    expect(textOf(await house.press(customId('subscriptions', 'edit', id)))).toMatch(/not one of mine/)
    await house.press(customId('subscriptions', 'edited', id), { fields: { words: 'ice' } })
    expect((await theOne()).follows.kind).toBe('topic')
  })

  it('sends a test through the outbox, and none where it could not arrive', async () => {
    const shown = await house.press([await subscribe(), 'Settings'])
    await house.press([shown, 'Send a test'])
    expect((await house.store.deliveries(10)).map(({ delivery }) => delivery.alert.notice)).toEqual([
      'This is a test: alerts on 🧭 NATO arrive in this channel.',
    ])
    house.standing = { kind: 'lacking', missing: ['View Channel'] }
    expect(textOf(await house.press([shown, 'Send a test']))).toContain('I am missing View Channel there.')
    expect(await house.store.deliveries(10)).toHaveLength(1)
  })

  it('pages when there are more than ten', async () => {
    for (let n = 1; n <= 12; n += 1) await house.store.addSubscription(await made(n), 50)
    const first = await house.run('subscriptions')
    expect(textOf(first)).toContain('word10')
    expect(textOf(first)).not.toContain('word11')
    const second = await house.press([first, '▶'])
    expect(textOf(second)).toMatch(/12 subscriptions\nword11 .*\nword12 /)
    expect(labelsOf(second)).toContain('2 / 2')
    expect(optionsOf(second, 'Open one…')).toHaveLength(2)
  })
})

async function made(n: number): Promise<Subscription> {
  const term = { kind: 'words', text: `word${n}` } as const
  const topic = { id: `w${n}`, name: `word${n}`, emoji: '🔎', color: 0, any: [term], all: [], none: [] } as never
  return {
    id: `sub${n}` as never,
    serverId: BELTRAN,
    target: { kind: 'channel', serverId: BELTRAN, channelId: 'harbour' as ChannelId },
    follows: { kind: 'words', topic },
    style: 'full',
    rhythm: 'each',
    perDayMax: 10,
    createdAt: house.now,
    createdBy: MANAGER.personId,
  }
}

describe('unsubscribing', () => {
  const stop = (subscription: string) => house.run('unsubscribe', { subscription })

  it('takes the one that is named, and offers all where none fits', async () => {
    await subscribe()
    await subscribe({ words: 'fog' })
    expect(textOf(await stop('zebra'))).toBe(`${UNKNOWN}\nChoose one of these:`)
    expect(optionsOf(await stop('harbour'), 'Choose a subscription…')).toHaveLength(2)
    expect(textOf(await stop('fog'))).toBe('#harbour no longer gets fog.')
    expect((await theOne()).follows.kind).toBe('topic')
  })

  it('is undone for ten minutes, here only', async () => {
    await subscribe()
    const before = await theOne()
    const gone = await stop('nato')
    expect(textOf(await house.press([gone, 'Undo'], { by: STRANGER }))).toMatch(/^Ten minutes have passed/)
    house.now += 9 * MINUTE
    expect(textOf(await house.press([gone, 'Undo']))).toBe('Undone: 🧭 NATO goes on as before.')
    expect(await theOne()).toEqual(before)
    expect(textOf(await house.press([gone, 'Undo']))).toBe('#harbour already gets 🧭 NATO.')
  })

  it('is not undone after ten minutes', async () => {
    await subscribe()
    const gone = await stop('nato')
    house.now += 10 * MINUTE
    expect(textOf(await house.press([gone, 'Undo']))).toMatch(/^Ten minutes have passed\. \/subscribe/)
    expect(await all()).toEqual([])
  })

  it('lists as many as a select takes, and says how to reach the others', async () => {
    for (let n = 1; n <= 27; n += 1) await house.store.addSubscription(await made(n), 50)
    const reply = await house.run('unsubscribe')
    expect(optionsOf(reply, 'Choose a subscription…')).toHaveLength(25)
    expect(textOf(reply)).toContain('25 of 27 are listed')
    expect(await house.complete('unsubscribe', 'subscription', 'word')).toHaveLength(25)
  })
})
