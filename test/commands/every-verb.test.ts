import { describe, expect, it } from 'vitest'
import { commands, pressables } from '../../src/commands.ts'
import { customId } from '../../src/core/custom-id.ts'
import { storyIdOf } from '../../src/core/kept.ts'
import type { ArticleId } from '../../src/core/model.ts'
import type { Reply } from '../../src/core/reply.ts'
import { ALONE, idOf, MANAGER, optionsOf, READER, STRANGER, textOf, useHouse } from './house.ts'
import { newsroom } from './newsroom.ts'

const house = useHouse(newsroom)
const SERVER = MANAGER.serverId ?? ('' as never)
/** The story on the alliance, by its first piece. */
const ORRIN = storyIdOf('article-orrin' as ArticleId)
const GONE = 'A day ago' // names nothing that is kept

type Ask = () => Promise<Reply>
const press =
  (verb: string, args: readonly string[] = [], pressing: Parameters<typeof house.press>[1] = {}): Ask =>
  () =>
    house.press(['v1', verb, ...args].join(':'), pressing)
const asked =
  (label: string, options = {}, pressing: Parameters<typeof house.press>[1] = {}): Ask =>
  async () =>
    house.press([await house.run('subscribe', { topic: 'nato', ...options }), label], pressing)
const subscribed = async (options: Readonly<Record<string, string>> = { topic: 'nato' }): Promise<Reply> =>
  house.press([await house.run('subscribe', options), 'Subscribe'])
const onOne =
  (verb: string, pressing: Parameters<typeof house.press>[1] = {}, options = { topic: 'nato' }): Ask =>
  async () => {
    await subscribed(options)
    const [one] = await house.store.subscriptions(SERVER)
    return house.press(customId('subscriptions', verb, one?.id ?? ''), pressing)
  }
/** What a form asks, sent with other keywords. */
const typed =
  (form: Ask, words: string): Ask =>
  async () =>
    house.press(idOf(await form(), ''), { fields: { words } })

/** Every verb that a custom_id may hold does what its label says. One that is new here fails until it has its row. */
const VERBS: Readonly<Record<string, readonly [ask: Ask, says: RegExp]>> = {
  'subscribe:topic': [press('subscribe:topic', ['nato']), /^Subscribe #harbour to .*NATO\?/],
  'subscribe:feed': [press('subscribe:feed', ['tide']), /to everything from The tide\?/],
  'subscribe:welcome': [press('subscribe:welcome', ['marker'], { values: ['nato'] }), /to .*NATO\?/],
  'subscribe:asTopic': [asked('Ukraine', { topic: 'Ukrane' }), /to .*Ukraine\?/],
  'subscribe:asWords': [asked('Follow “buoy” as a keyword', { topic: 'buoy' }), /to buoy\?[\s\S]*posted 1 card/],
  'subscribe:asFeed': [asked('The tide', { topic: '', feed: 'The tidd' }), /everything from The tide\?/],
  'subscribe:retype': [asked('Edit keywords', { topic: '', words: '"fog, ice' }), /^Keywords\n"fog, ice$/],
  'subscribe:retyped': [typed(asked('Edit keywords', { topic: '', words: '"fog' }), 'fog'), /to fog\?/],
  'subscribe:confirm': [asked('Subscribe'), /#harbour now gets .*NATO – every story, as it breaks/],
  'subscribe:again': [
    async () => {
      house.standing = { kind: 'lacking', missing: ['Embed Links'] }
      const lacking = await house.run('subscribe', { topic: 'nato' })
      house.standing = { kind: 'ready' }
      return house.press([lacking, 'Check again'])
    },
    /^Subscribe #harbour to .*NATO\?/,
  ],
  'subscribe:all': [asked('Show all 7', { topic: '', words: 'ferry' }), /ferry7[\s\S]*ferry1/],
  'subscribe:rhythm': [asked('How often…', {}, { values: ['daily'] }), /^Subscribe/],
  'subscribe:move': [
    asked('Or post in another channel…', { channel: 'meadow' }, { values: ['library'] }),
    /^Subscribe #library to .*NATO\?/,
  ],
  'subscribe:edit': [asked('Own keywords instead'), /^Keywords\n$/],
  'subscribe:edited': [typed(asked('Only some keywords', { topic: '', feed: 'tide' }), 'fog'), /to fog in The tide\?/],
  'subscribe:cancel': [asked('Cancel'), /Nothing was subscribed/],
  'subscribe:undo': [async () => house.press([await subscribed(), 'Undo']), /Undone: nothing is subscribed/],
  'subscribe:latest': [
    async () => house.press([await subscribed(), 'Post the latest one now']),
    /On its way: NATO to patrol Lake Orrin/,
  ],
  'unsubscribe:chosen': [
    async () => {
      await subscribed()
      const asking = await house.run('unsubscribe')
      const [first] = optionsOf(asking, 'Choose a subscription…')
      return house.press([asking, 'Choose a subscription…'], { values: [first?.value ?? ''] })
    },
    /#harbour no longer gets .*NATO/,
  ],
  'unsubscribe:undo': [
    async () => {
      await subscribed()
      return house.press([await house.run('unsubscribe', { subscription: 'nato' }), 'Undo'])
    },
    /Undone: .*NATO goes on as before/,
  ],
  'subscriptions:list': [press('subscriptions:list', ['0']), /follows nothing yet/],
  'subscriptions:show': [
    async () => house.press([await subscribed(), 'Settings']),
    /NATO → #harbour[\s\S]*30 cards a day/,
  ],
  'subscriptions:pause': [onOne('pause'), /paused[\s\S]*Saved/],
  'subscriptions:resume': [onOne('resume'), /Saved/],
  'subscriptions:rhythm': [onOne('rhythm', { values: ['hourly'] }), /one list an hour[\s\S]*Saved/],
  'subscriptions:style': [onOne('style', { values: ['compact'] }), /Saved/],
  'subscriptions:move': [onOne('move', { values: ['library'] }), /→ #library[\s\S]*Saved/],
  'subscriptions:edit': [onOne('edit', {}, { topic: '', words: 'fog, +ice' } as never), /^Keywords\nfog, \+ice$/],
  'subscriptions:edited': [
    onOne('edited', { fields: { words: 'fog' } }, { topic: '', words: 'ice' } as never),
    /fog → #harbour[\s\S]*Saved/,
  ],
  'subscriptions:test': [onOne('test'), /A test is on its way to #harbour/],
  'topics:page': [press('topics:page', ['0', 'next']), /NATO/],
  'topics:show': [press('topics:show', [], { values: ['nato'] }), /NATO\nMatches .*North Atlantic/],
  'latest:page': [press('latest:page', ['nato', '0', 'next']), /NATO · latest\n1 story/],
  'latest:open': [press('latest:open', ['-', 'marker']), /All topics · latest\n8 stories/],
  'search:page': [press('search:page', ['tZm9n', '0', 'next']), /“fog” · 1 story/],
  'quotes:page': [press('quotes:page', ['t', '-', '1', 'next']), /Everyone\n13 quotes/],
  'feeds:page': [press('feeds:page', ['0', 'next']), /3 feeds/],
  'feeds:open': [press('feeds:open', ['marker']), /3 feeds\nall of them answer/],
  'feeds:undo': [
    async () => house.press([await house.run('feeds remove', { feed: 'The cove' }), 'Undo']),
    /Undone: The cove is read as before/,
  ],
  'feeds:report': [
    async () => {
      house.strings.set(
        '/many.txt',
        Array.from({ length: 20 }, (_, n) => `ftp-${n} feed:ftp://none.test/${n}`).join('\n'),
      )
      house.web({ allowPrivate: ['127.0.0.0/8'] })
      return house.press([await house.run('feeds import', { url: house.strings.url('/many.txt') }), '▶'])
    },
    /20 feeds in the list/,
  ],
  'privacy:forgetMe': [press('privacy:forgetMe'), /Your id is taken/],
  'privacy:forgotMe': [press('privacy:forgotMe'), /Nothing of you is kept/],
  'privacy:forgetServer': [press('privacy:forgetServer'), /cannot be undone/],
  'privacy:forgotServer': [press('privacy:forgotServer'), /Nothing of this server is kept/],
  'privacy:keep': [press('privacy:keep'), /Nothing was deleted/],
  'help:dismiss': [press('help:dismiss', ['marker']), /Dismissed/],
  'card:open': [
    press('card:open', [], { values: [ORRIN] }),
    /NATO to patrol Lake Orrin[\s\S]*Also in The Orrin Herald/,
  ],
  'card:quotes': [press('card:quotes', [ORRIN, '0']), /6 quotes in this story/],
  'card:sources': [press('card:sources', [ORRIN]), /2 sources[\s\S]*The Port Amaro Post[\s\S]*The Orrin Herald/],
  'card:menu': [press('card:menu', [ORRIN, 'marker']), /This story, in this channel/],
  'card:muteSource': [press('card:muteSource', [ORRIN, 'article-orrin2']), /The Orrin Herald is muted in this channel/],
  'card:muteTopic': [press('card:muteTopic', [ORRIN, 'nato']), /NATO is muted in this channel/],
  'card:unmute': [press('card:unmute', [ORRIN, 'topic', 'nato']), /NATO is heard again/],
  'card:wrong': [
    async () => {
      const placeholder = 'A quote is wrong? Choose it, and it is hidden here'
      const menu = await house.press(customId('card', 'menu', ORRIN, 'marker'))
      const [first] = optionsOf(menu, placeholder)
      return house.press([menu, placeholder], { values: [first?.value ?? ''] })
    },
    /The quote is hidden in this server/,
  ],
  'again:command': [
    async () => {
      house.stepMs = 0
      for (let n = 0; n < 5; n += 1) await house.run('search', { words: 'fog' })
      const fast = await house.run('search', { words: 'fog' })
      house.now += 10_000
      return house.press([fast, 'Try again'])
    },
    /“fog” · 1 story/,
  ],
}

const THERE = pressables.flatMap(({ name, presses = {} }) =>
  Object.entries(presses).map(([verb, { access }]) => ({ name: `${name}:${verb}`, access })),
)

describe('each button, select and form', () => {
  it.each(THERE)('$name does what it says', async ({ name }) => {
    const row = VERBS[name]
    if (!row) throw new Error(`No row for "${name}"`)
    expect(textOf(await row[0]())).toMatch(row[1])
    expect(house.logged.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('has no row for a verb that is gone', () => {
    expect(Object.keys(VERBS).sort()).toEqual(THERE.map(({ name }) => name).sort())
  })

  it('asks for Manage Server when it runs, whoever it was shown to', async () => {
    for (const { name, access } of THERE) {
      const text = textOf(await house.press(`v1:${name}:x`, { by: READER }))
      expect(text.includes('Manage Server'), name).toBe(access === 'manager')
    }
  })

  it.each([
    'v1:%:',
    'v1:%:x:x:x:x:x:x:x:x',
    'v1:%:\u202e\u0000:-1:1e9',
    `v1:%:${'a'.repeat(60)}`,
    "v1:%:' or 1=1 --:0",
    'v1:%:t////:..:NaN',
  ])('takes a forged custom_id like %j, whoever presses', async (forged) => {
    const values = ['\u202e', '__proto__', "'; drop table feeds; --"]
    for (const { name } of THERE)
      for (const by of [MANAGER, STRANGER, ALONE])
        await house.press(forged.replace('%', name), { by, values, fields: { words: '"' } })
    expect(house.logged.filter(({ level }) => level === 'error')).toEqual([])
  })

  it.each([
    'v2:search:page:tZm9n:0',
    'v1:search:constructor',
    'v1:nothing:page',
    'v1::',
    '',
    `v1:search:page:${'a'.repeat(99)}`,
  ])('is not known when it is called %j', async (id) => {
    expect(textOf(await house.press(id))).toMatch(/not one of mine/)
  })

  it('says that a story is gone, with a way on', async () => {
    for (const verb of ['quotes', 'sources', 'menu', 'muteSource', 'muteTopic', 'unmute', 'wrong'])
      expect(textOf(await house.press(customId('card', verb, GONE, 'topic')))).toMatch(
        /no longer keep[\s\S]*still works/,
      )
  })

  it('knows no command without its name in /help', async () => {
    const text = textOf(await house.run('help', {}, ALONE))
    for (const { name, describe: what } of commands) expect(text).toContain(`/${name} ${what}`)
  })
})
