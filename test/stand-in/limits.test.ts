import { existsSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkForm } from './limits/form.ts'
import { openSchema, SHARED_SCHEMA } from './schema.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

const QUIET = { allowed_mentions: { parse: [] } }
const V2 = 1 << 15

const times = <Value>(count: number, make: (at: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at))
const chars = (count: number): string => 'x'.repeat(count)
const button = (at: number): object => ({ type: 2, style: 1, label: 'Go', custom_id: `go-${at}` })
const link = { type: 2, style: 5, label: 'Read', url: 'https://news.example/a' }
const row = (...components: readonly object[]): object => ({ type: 1, components })
const option = (at: number): object => ({ label: `One ${at}`, value: `${at}` })
const select = (more: object = {}): object => ({ type: 3, custom_id: 'choose', options: times(3, option), ...more })
const text = (content: string): object => ({ type: 10, content })
const embed = (more: object): object => ({ embeds: [{ title: 'A title', ...more }] })
const rows = (...components: readonly object[]): object => ({ content: 'x', components })
const v2 = (...components: readonly object[]): object => ({ flags: V2, components })
const command = (more: object = {}): object => ({ name: 'latest', description: 'Shows the latest', ...more })
const words = (more: object = {}): object => ({ type: 3, name: 'words', description: 'Words', ...more })
const label = (component: object): object => ({ type: 18, label: 'Words', component })
const input = (more: object = {}): object => ({ type: 4, custom_id: 'words', style: 1, ...more })

/** At the limit, and over it. */
const MESSAGES: readonly (readonly [what: string, well: object, wrong: object])[] = [
  ['content of 2,000 characters', { content: chars(2_000) }, { content: chars(2_001) }],
  ['ten embeds', { embeds: times(10, () => ({ title: 'x' })) }, { embeds: times(11, () => ({ title: 'x' })) }],
  [
    '6,000 characters over all embeds',
    { embeds: times(2, () => ({ description: chars(3_000) })) },
    { embeds: times(2, () => ({ description: chars(3_001) })) },
  ],
  ['an embed title of 256', embed({ title: chars(256) }), embed({ title: chars(257) })],
  ['an embed description of 4,096', embed({ description: chars(4_096) }), embed({ description: chars(4_097) })],
  [
    '25 fields',
    embed({ fields: times(25, () => ({ name: 'a', value: 'b' })) }),
    embed({ fields: times(26, () => ({ name: 'a', value: 'b' })) }),
  ],
  [
    'a field value of 1,024',
    embed({ fields: [{ name: 'a', value: chars(1_024) }] }),
    embed({ fields: [{ name: 'a', value: chars(1_025) }] }),
  ],
  [
    'a field with a value',
    embed({ fields: [{ name: 'a', value: 'b' }] }),
    embed({ fields: [{ name: 'a', value: '' }] }),
  ],
  ['a footer of 2,048', embed({ footer: { text: chars(2_048) } }), embed({ footer: { text: chars(2_049) } })],
  ['an address of the web', embed({ url: 'https://news.example' }), embed({ url: 'news.example' })],
  ['five rows', rows(...times(5, (at) => row(button(at)))), rows(...times(6, (at) => row(button(at))))],
  ['five buttons a row', rows(row(...times(5, button))), rows(row(...times(6, button)))],
  ['a select alone in its row', rows(row(select())), rows(row(select(), button(1)))],
  ['custom ids that differ', rows(row(button(1), button(2))), rows(row(button(1), button(1)))],
  [
    'a custom id of 100',
    rows(row({ ...button(1), custom_id: chars(100) })),
    rows(row({ ...button(1), custom_id: chars(101) })),
  ],
  ['a button with a custom id', rows(row(button(1))), rows(row({ ...button(1), custom_id: '' }))],
  ['a link without a custom id', rows(row(link)), rows(row({ ...link, custom_id: 'x' }))],
  [
    'a link of 512',
    rows(row({ ...link, url: `https://${chars(504)}` })),
    rows(row({ ...link, url: `https://${chars(505)}` })),
  ],
  ['a button with something on it', rows(row(button(1))), rows(row({ ...button(1), label: '' }))],
  [
    'a button label of 80',
    rows(row({ ...button(1), label: chars(80) })),
    rows(row({ ...button(1), label: chars(81) })),
  ],
  ['25 options', rows(row(select({ options: times(25, option) }))), rows(row(select({ options: times(26, option) })))],
  ['max_values within the options', rows(row(select({ max_values: 3 }))), rows(row(select({ max_values: 4 })))],
  [
    'min_values within max_values',
    rows(row(select({ min_values: 2, max_values: 2 }))),
    rows(row(select({ min_values: 2 }))),
  ],
  ['option values that differ', rows(row(select())), rows(row(select({ options: [option(1), option(1)] })))],
  ['rows only, without the flag', rows(row(button(1))), { components: [text('hello')] }],
  ['no content with the flag', v2(text('hello')), { ...v2(text('hello')), content: 'x' }],
  ['no embeds with the flag', v2(text('hello')), { ...v2(text('hello')), embeds: [{ title: 'x' }] }],
  [
    '40 components, nested ones counted',
    v2({ type: 17, components: times(39, () => text('x')) }),
    v2({ type: 17, components: times(40, () => text('x')) }),
  ],
  [
    '4,000 characters over all texts',
    v2(...times(2, () => text(chars(2_000)))),
    v2(...times(2, () => text(chars(2_001)))),
  ],
  [
    'a section with an accessory',
    v2({ type: 9, components: [text('x')], accessory: button(1) }),
    v2({ type: 9, components: [text('x')] }),
  ],
  [
    'three texts a section',
    v2({ type: 9, components: times(3, () => text('x')), accessory: button(1) }),
    v2({ type: 9, components: times(4, () => text('x')), accessory: button(1) }),
  ],
  [
    'no container in a container',
    v2({ type: 17, components: [text('x')] }),
    v2({ type: 17, components: [{ type: 17, components: [text('x')] }] }),
  ],
  ['a nonce of 25', { content: 'x', nonce: chars(25) }, { content: 'x', nonce: chars(26) }],
  ['a nonce, to enforce one', { content: 'x', nonce: 'n', enforce_nonce: true }, { content: 'x', enforce_nonce: true }],
  [
    'roles named, or parsed',
    { content: 'x', allowed_mentions: { roles: ['123456789012345678'] } },
    { content: 'x', allowed_mentions: { parse: ['roles'], roles: ['123456789012345678'] } },
  ],
]

const COMMANDS: readonly (readonly [what: string, well: readonly object[], wrong: readonly object[]])[] = [
  [
    'a hundred commands',
    times(100, (at) => command({ name: `c${at}` })),
    times(101, (at) => command({ name: `c${at}` })),
  ],
  [
    '15 message commands',
    times(15, (at) => ({ type: 3, name: `c${at}` })),
    times(16, (at) => ({ type: 3, name: `c${at}` })),
  ],
  ['names that differ', [command(), command({ name: 'other' })], [command(), command()]],
  ['small letters', [command()], [command({ name: 'Latest' })]],
  ['a description of 100', [command({ description: chars(100) })], [command({ description: chars(101) })]],
  [
    'required options first',
    [command({ options: [words({ required: true }), words({ name: 'b' })] })],
    [command({ options: [words(), words({ name: 'b', required: true })] })],
  ],
  [
    'choices, or completing',
    [command({ options: [words({ autocomplete: true })] })],
    [command({ options: [words({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
  ],
  [
    '25 choices',
    [command({ options: [words({ choices: times(25, (at) => ({ name: `${at}`, value: `${at}` })) })] })],
    [command({ options: [words({ choices: times(26, (at) => ({ name: `${at}`, value: `${at}` })) })] })],
  ],
  [
    '8,000 characters a command',
    [command({ options: times(25, (at) => words({ name: `o${at}`, description: chars(100) })) })],
    [
      command({
        options: times(25, (at) =>
          words({
            name: `o${at}`,
            description: chars(100),
            choices: times(3, (n) => ({ name: `${n}${chars(99)}`, value: `${n}` })),
          }),
        ),
      }),
    ],
  ],
]

const FORMS: readonly (readonly [what: string, well: object, wrong: object])[] = [
  ['a title of 45', { title: chars(45) }, { title: chars(46) }],
  [
    'five rows',
    { components: times(5, (at) => label(input({ custom_id: `${at}` }))) },
    { components: times(6, (at) => label(input({ custom_id: `${at}` }))) },
  ],
  [
    'names that differ',
    { components: [label(input()), label(input({ custom_id: 'b' }))] },
    { components: [label(input()), label(input())] },
  ],
  [
    'a text of 4,000',
    { components: [label(input({ max_length: 4_000 }))] },
    { components: [label(input({ max_length: 4_001 }))] },
  ],
  [
    'a value that fits',
    { components: [label(input({ max_length: 3, value: 'abc' }))] },
    { components: [label(input({ max_length: 3, value: 'abcd' }))] },
  ],
  [
    'a placeholder of 100',
    { components: [label(input({ placeholder: chars(100) }))] },
    { components: [label(input({ placeholder: chars(101) }))] },
  ],
]

const CALLBACK = 'POST /interactions/{interaction_id}/{interaction_token}/callback'
const COMMANDS_ROUTE = 'PUT /applications/{application_id}/commands'
const isShared = existsSync(SHARED_SCHEMA)

describe.each([
  { judge: 'our own limits alone', openapi: 'none' },
  { judge: "Discord's description, too", openapi: SHARED_SCHEMA },
])('a body, judged by $judge', ({ openapi }) => {
  const isThere = openapi === 'none' || isShared
  let standIn: StandIn
  let channelId = ''
  beforeAll(async () => {
    standIn = await startStandIn({ rateLimits: 'off', ...(isThere ? { openapi } : {}) })
    channelId = standIn.makeChannel({ guildId: standIn.makeGuild().id }).id
  })
  afterAll(() => standIn.close())
  beforeEach(() => standIn.clearJournal())

  const ask = async (method: string, path: string, body: unknown): Promise<number> => {
    const headers = { authorization: `Bot ${standIn.token}`, 'content-type': 'application/json' }
    const url = `${standIn.apiUrl}/v10${path}`
    return (await fetch(url, { method, headers, body: JSON.stringify(body) })).status
  }
  const post = (body: object): Promise<number> => ask('POST', `/channels/${channelId}/messages`, { ...QUIET, ...body })
  const register = (commands: readonly object[]): Promise<number> =>
    ask('PUT', `/applications/${standIn.applicationId}/commands`, commands)

  it.skipIf(!isThere).each(MESSAGES)('may hold %s, and no more', async (_what, well, wrong) => {
    expect(await post(well)).toBe(200)
    expect(standIn.violations).toEqual([])
    expect(await post(wrong)).toBe(400)
    expect(standIn.violations.map(({ rule }) => rule)).toContain('limit')
  })

  it.skipIf(!isThere).each(COMMANDS)('of commands may hold %s, and no more', async (_what, well, wrong) => {
    expect(await register(well)).toBe(200)
    expect(standIn.violations).toEqual([])
    expect(await register(wrong)).toBe(400)
    expect(standIn.violations).not.toEqual([])
    expect(standIn.commands()).toHaveLength(well.length)
  })
})

describe('a form', () => {
  it.each(FORMS)('may hold %s, and no more', (_what, well, wrong) => {
    const form = { custom_id: 'ask', title: 'Ask', components: [label(input())] }
    expect(checkForm({ ...form, ...well })).toEqual([])
    expect(checkForm({ ...form, ...wrong })).not.toEqual([])
    if (!isShared) return
    expect(openSchema(SHARED_SCHEMA)?.checkBody(CALLBACK, { type: 9, data: { ...form, ...well } })).toEqual([])
  })
})

describe.skipIf(!isShared)("Discord's description", () => {
  const judge = openSchema(isShared ? SHARED_SCHEMA : 'none')
  const messages = 'POST /channels/{channel_id}/messages'
  const codes = (route: string, body: unknown): readonly string[] =>
    (judge?.checkBody(route, body) ?? []).map(({ path, code }) => `${path.join('.')} ${code}`)

  it.each([
    [messages, { contents: 'x' }, 'contents UNKNOWN_KEY'],
    [messages, { embeds: [{ titel: 'x' }] }, 'embeds.0.titel UNKNOWN_KEY'],
    [messages, rows(row({ ...button(1), colour: 1 })), 'components.0.components.0.colour UNKNOWN_KEY'],
    [messages, rows(row({ ...button(1), style: 9 })), 'components.0.components.0.style BASE_TYPE_CHOICES'],
    [messages, { content: 5 }, 'content BASE_TYPE_BAD_TYPE'],
    [messages, { components: [{ components: [] }] }, 'components.0.type BASE_TYPE_REQUIRED'],
    [CALLBACK, { type: 8, data: { choices: [{ name: 'a' }] } }, 'data.choices.0.value BASE_TYPE_REQUIRED'],
    [CALLBACK, { type: 99 }, 'type BASE_TYPE_CHOICES'],
    [
      COMMANDS_ROUTE,
      [command({ default_member_permissions: 'many' })],
      '0.default_member_permissions BASE_TYPE_BAD_TYPE',
    ],
  ])('finds what is wrong with %s %j', (route, body, expected) => {
    expect(codes(route, body)).toContain(expected)
  })

  it.each([
    [messages, { content: 'x', tts: false, nonce: 'n', enforce_nonce: true, flags: 4 }],
    ['POST /webhooks/{webhook_id}/{webhook_token}', { content: 'x', tts: false, nonce: 'n' }],
    ['PATCH /channels/{channel_id}/messages/{message_id}', { embeds: [], components: [] }],
    [CALLBACK, { type: 4, data: { content: 'x', tts: false, flags: 64, allowed_mentions: { parse: [] } } }],
    [CALLBACK, { type: 6 }],
    [COMMANDS_ROUTE, [command({ default_member_permissions: '32', contexts: [0, 1], integration_types: [0] })]],
    [
      CALLBACK,
      {
        type: 8,
        data: {
          choices: [
            { name: 'a', value: 'a' },
            { name: 'b', value: 'b' },
          ],
        },
      },
    ],
  ])('has nothing against %s %j', (route, body) => {
    expect(codes(route, body)).toEqual([])
  })
})
