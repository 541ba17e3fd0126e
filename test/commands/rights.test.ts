/** Who may do what, how often, and what nobody sees of another server (SECURITY.md P2, P3, Q1, Q2). */
import { describe, expect, it } from 'vitest'
import { customId } from '../../src/core/custom-id.ts'
import { storyIdOf } from '../../src/core/kept.ts'
import type { ArticleId } from '../../src/core/model.ts'
import type { Reply } from '../../src/core/reply.ts'
import { BELTRAN, CORVO } from '../contract/store/world.ts'
import { ALONE, buttonsOf, idOf, labelsOf, MANAGER, optionsOf, READER, STRANGER, textOf, useHouse } from './house.ts'
import { FOREIGN, newsroom, OWN } from './newsroom.ts'

const house = useHouse(newsroom)
const ORRIN = storyIdOf('article-orrin' as ArticleId)
const subscribed = async (options: Readonly<Record<string, string>>, by = MANAGER): Promise<Reply> =>
  house.press([await house.run('subscribe', options, by), 'Subscribe'], { by })

describe('how often', () => {
  it('a person may ask five times in any ten seconds, however they fall', async () => {
    house.stepMs = 0
    const ask = async () => textOf(await house.run('help', {}, READER))
    house.now = Math.ceil(house.now / 10_000) * 10_000 + 9_000
    for (let n = 0; n < 5; n += 1) expect(await ask()).toContain('/subscribe')
    house.now += 2_000
    expect(await ask()).toMatch(/^That was too fast for me\. It works again <t:\d+>\.$/)
    house.now += 7_999
    expect(await ask()).toMatch(/too fast/)
    house.now += 1
    expect(await ask()).toContain('/subscribe')
  })

  it('twenty a minute are answered in a server, also when all come at once', async () => {
    house.stepMs = 0
    const many = Array.from({ length: 40 }, (_, n) =>
      house.run('help', {}, { ...READER, personId: `person-${n}` as never }),
    )
    const texts = (await Promise.all(many)).map(textOf)
    expect(texts.filter((text) => text.includes('/subscribe'))).toHaveLength(20)
    expect(textOf(await house.run('help', {}, STRANGER))).toContain('/subscribe')
    house.now += 60_000
    expect(textOf(await house.run('help'))).toContain('/subscribe')
  })

  it('ten a minute make us fetch for a server', async () => {
    house.stepMs = 0
    house.strings.set('/none', { status: 404 })
    house.web({ allowPrivate: ['127.0.0.0/8'] })
    const url = house.strings.url('/none')
    const texts: string[] = []
    for (let n = 0; n < 12; n += 1) {
      const by = { ...MANAGER, personId: `person-${n}` as never }
      texts.push(textOf(await house.run('feeds add', { url }, by)))
    }
    expect(texts.filter((text) => text.includes('404'))).toHaveLength(10)
    expect(texts.slice(10).join()).toMatch(/too fast.*too fast/s)
    expect(house.strings.count()).toBe(10)
  })

  it('leafing has a measure of its own', async () => {
    house.stepMs = 300
    for (let n = 0; n < 12; n += 1)
      expect(textOf(await house.press('v1:quotes:page:t:-:1:next', { by: READER }))).toContain('Everyone')
    house.stepMs = 0
    for (let n = 0; n < 30; n += 1) await house.press('v1:quotes:page:t:-:1:next', { by: READER })
    expect(textOf(await house.press('v1:quotes:page:t:-:1:next', { by: READER }))).toMatch(/too fast/)
  })

  it('keeps what was asked for "Try again", for that person alone', async () => {
    house.stepMs = 0
    for (let n = 0; n < 5; n += 1) await house.run('help')
    const fast = await house.run('search', { words: 'fog' })
    house.now += 10_000
    expect(textOf(await house.press([fast, 'Try again'], { by: READER }))).toMatch(/not one of mine/)
    const again = await house.press([fast, 'Try again'])
    expect(textOf(again)).toContain('“fog” · 1 story')
    expect(again).toMatchObject({ how: 'update' })
  })
})

describe('how many', () => {
  it('subscriptions a server may have', async () => {
    house.limits = { ...house.limits, subscriptionsMax: 2 }
    await subscribed({ topic: 'nato' })
    await subscribed({ topic: 'ukraine' })
    expect(textOf(await subscribed({ topic: 'china' }))).toMatch(/has 2 subscriptions.*\/unsubscribe makes room/)
    expect(await house.store.subscriptions(BELTRAN)).toHaveLength(2)
  })
})

describe('what broke', () => {
  it('is our fault, has a code that joins it with the log, and another try', async () => {
    house.instead = {
      store: {
        ...house.store,
        search: async () => {
          throw new Error('disk of /secret/path is gone')
        },
      },
    }
    const reply = await house.run('search', { words: 'fog' })
    expect(textOf(reply)).toMatch(/^That did not work, and it is my fault/)
    expect(JSON.stringify(reply)).not.toContain('secret')
    const [failed] = house.logged.filter(({ level }) => level === 'error')
    expect(failed).toMatchObject({ event: 'command failed', what: '/search' })
    expect(textOf(reply)).toContain(String(failed?.['code']))
    house.instead = {}
    expect(textOf(await house.press([reply, 'Try again']))).toContain('“fog” · 1 story')
  })

  it('proposes nothing while somebody types', async () => {
    const speakers = async () => Promise.reject(new Error('gone'))
    house.instead = { store: { ...house.store, speakers } }
    expect(await house.complete('quotes', 'speaker', 'il')).toEqual([])
  })
})

describe('another server', () => {
  it('does not see what one server reads for itself', async () => {
    await house.run('search', { words: 'burrow' }, STRANGER)
    const asks = [
      house.run('search', { words: 'burrow' }),
      house.run('search', { words: 'burrow' }, ALONE),
      house.run('latest'),
      house.run('quotes'),
      house.run('feeds list'),
      house.run('status'),
      house.run('subscribe', { words: 'burrow' }),
      house.press(customId('card', 'open'), { values: [storyIdOf('article-burrow' as ArticleId)] }),
    ]
    for (const reply of await Promise.all(asks)) {
      expect(textOf(reply)).not.toMatch(/The burrow|Hollow/)
      expect(textOf(reply)).not.toMatch(/posted 1 card/)
    }
    expect(textOf(await house.run('search', { words: 'burrow' }, STRANGER))).toContain('The burrow is closed')
  })

  it('is offered neither its feeds nor its subscriptions', async () => {
    await subscribed({ words: 'hush' })
    const names = (choices: readonly Readonly<{ name: string }>[]) => choices.map(({ name }) => name)
    expect(names(await house.complete('subscribe', 'feed', '', STRANGER))).not.toContain('The cove')
    expect(names(await house.complete('feeds remove', 'feed', '', STRANGER))).toEqual(['The hollow'])
    expect(await house.complete('unsubscribe', 'subscription', '', STRANGER)).toEqual([])
    expect(await house.complete('unsubscribe', 'subscription', '', ALONE)).toEqual([])
  })

  it('can neither read nor change its subscriptions, whatever ids it knows', async () => {
    await subscribed({ topic: 'nato' })
    const [one] = await house.store.subscriptions(BELTRAN)
    const id = one?.id ?? ''
    for (const verb of ['show', 'pause', 'resume', 'rhythm', 'style', 'move', 'edit', 'edited', 'test']) {
      const reply = await house.press(customId('subscriptions', verb, id), { by: STRANGER, values: ['meadow'] })
      expect(textOf(reply), verb).toBe('There is no such subscription in this server.')
    }
    for (const press of [customId('unsubscribe', 'chosen', id), customId('subscribe', 'undo', id)])
      expect(textOf(await house.press(press, { by: STRANGER }))).toMatch(/no such subscription/)
    expect(textOf(await house.press(customId('subscribe', 'latest', id), { by: STRANGER }))).toMatch(/no such/)
    expect(await house.store.subscriptions(BELTRAN)).toEqual([one])
    expect(house.far.posts).toEqual([])
  })

  it('cannot go on with its drafts, nor undo for it', async () => {
    const proposal = await house.run('subscribe', { feed: OWN })
    const draft = idOf(proposal, 'Subscribe')
    for (const verb of ['confirm', 'edit', 'move', 'again', 'all', 'rhythm', 'edited']) {
      const press = draft.replace(':confirm:', `:${verb}:`)
      expect(textOf(await house.press(press, { by: STRANGER, values: ['meadow'] })), verb).toMatch(/too old/)
    }
    const wrong = await house.run('subscribe', { words: '"hush' })
    expect(textOf(await house.press([wrong, 'Edit keywords'], { by: STRANGER }))).toMatch(/too old/)
    await subscribed({ topic: 'nato' })
    const gone = await house.run('unsubscribe', { subscription: 'nato' })
    expect(textOf(await house.press([gone, 'Undo'], { by: STRANGER }))).toMatch(/Ten minutes have passed/)
    expect(await house.store.subscriptions(CORVO)).toEqual([])
    expect(textOf(await house.press([gone, 'Undo']))).toMatch(/goes on as before/)
  })

  it('has no channel here: it is not found', async () => {
    const reply = await house.run('subscribe', { topic: 'nato', channel: 'meadow' })
    expect(textOf(reply)).toMatch(/^That channel is not in this server/)
    expect(textOf(await house.run('subscribe', { topic: 'nato', channel: 'nowhere' }))).toBe(textOf(reply))
  })

  it('keeps its feeds and its mutes to itself', async () => {
    expect(textOf(await house.run('subscribe', { feed: FOREIGN }))).toMatch(/^I know no feed hollow here/)
    expect(textOf(await house.run('feeds remove', { feed: FOREIGN }))).toMatch(/has not added such a feed/)
    await house.press(customId('card', 'muteTopic', ORRIN, 'nato'), { by: STRANGER })
    expect(await house.store.mutes(BELTRAN, house.now)).toEqual([])
    expect(await house.store.mutes(CORVO, house.now)).toHaveLength(1)
  })

  it('does not learn another one’s keywords from a story', async () => {
    await subscribed({ words: 'buoy, hush' })
    const menu = await house.press(customId('card', 'menu', ORRIN, 'm'), { by: STRANGER })
    expect(labelsOf(menu).join()).not.toContain('buoy')
    expect(textOf(await house.press(customId('card', 'muteTopic', ORRIN, 'w-anything'), { by: STRANGER }))).toMatch(
      /no longer here/,
    )
  })
})

describe('where the bot or the asker may not post', () => {
  it('nothing is promised, and the choices are kept', async () => {
    house.standing = { kind: 'lacking', missing: ['View Channel', 'Embed Links'] }
    const lacking = await house.run('subscribe', { words: 'fog' })
    expect(textOf(lacking)).toMatch(/can’t post in #harbour yet\. I am missing View Channel, Embed Links there/)
    const still = await house.press([lacking, 'Check again'])
    expect(textOf(still)).toMatch(/can’t post/)
    house.standing = { kind: 'ready' }
    expect(textOf(await house.press([still, 'Check again']))).toMatch(/^Subscribe #harbour to fog\?/)
  })

  it('is looked at again when it is confirmed, and by a test', async () => {
    const proposal = await house.run('subscribe', { topic: 'nato' })
    house.standing = { kind: 'lacking', missing: ['Send Messages'] }
    expect(textOf(await house.press([proposal, 'Subscribe']))).toMatch(/can’t post/)
    expect(await house.store.subscriptions(BELTRAN)).toEqual([])
    house.standing = { kind: 'ready' }
    const done = await house.press([proposal, 'Subscribe'])
    house.standing = { kind: 'lacking', missing: ['Send Messages'] }
    const settings = await house.press([done, 'Settings'])
    expect(textOf(await house.press([settings, 'Send a test']))).toMatch(/can’t post/)
    const moved = await house.press([settings, 'Move to another channel…'], { values: ['library'] })
    expect(textOf(moved)).toMatch(/can’t post in #library/)
    house.standing = { kind: 'ready' }
    expect(textOf(await house.press([moved, 'Check again']))).toMatch(/→ #library[\s\S]*Saved/)
  })

  it('an asker who may not post there gets nobody else to do it', async () => {
    const reply = await house.run('subscribe', { topic: 'nato', channel: 'archive' })
    expect(textOf(reply)).toMatch(/You may not post in #archive yourself/)
    expect(optionsOf(reply, 'nothing')).toEqual([])
    expect(buttonsOf(reply)).toEqual([])
    const moved = await house.press([reply, 'Or post in another channel…'], { values: ['lighthouse'] })
    expect(textOf(moved)).toMatch(/^Subscribe #lighthouse to/)
    await house.press([moved, 'Subscribe'])
    expect(await house.store.subscriptions(BELTRAN)).toMatchObject([
      { target: { kind: 'thread', channelId: 'lighthouse' } },
    ])
  })
})
