import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ServerId, Target } from '../../../src/core/model.ts'
import { ALERTS, DIGEST, NOON, type Opened, opened } from './opened.ts'

let preview: Opened
beforeEach(async () => {
  preview = await opened()
})
afterEach(() => preview.close())

const signal = new AbortController().signal
const target: Target = { kind: 'channel', serverId: '1' as ServerId, channelId: ALERTS }
async function say(nonce: string, more: object = {}) {
  const payload = JSON.stringify({ content: `Said ${nonce}`, allowed_mentions: { parse: [] }, ...more })
  const outcome = await preview.chat.post({ target, payload, nonce }, signal)
  if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome))
  return outcome.message
}

describe('commands', () => {
  it('lists what can be typed, subcommands by their whole name', async () => {
    const list = (await (await preview.get('/api/commands')).json()) as { name: string }[]
    expect(list.map(({ name }) => name)).toEqual(['echo', 'shout', 'feeds add', 'feeds by'])
    expect(list[0]).toMatchObject({ options: [{ name: 'words', required: true, charsMax: 50 }, {}, {}, {}, {}] })
  })

  it('answers only you with flag 64, and keeps no message', async () => {
    const options = { words: 'Hi', loud: 'true', times: '2', where: '#digest', tone: 'Friendly' }
    const answer = await preview.post('/api/commands', {
      name: '/echo',
      options,
      channel: 'digest',
      zone: 'Europe/Prague',
    })
    const reply = (await answer.json()) as Record<string, number>
    expect(reply).toMatchObject({ kind: 'message', how: 'new', channel: 'digest', createdAt: NOON })
    expect((reply['flags'] ?? 0) & 64).toBe(64)
    expect(reply['interaction']).toMatchObject({
      text: '/echo words:Hi loud:true times:2 where:#digest tone:friendly',
      user: { username: 'you' },
    })
    const shown = JSON.stringify(reply['components']).replaceAll('\\', '')
    expect(shown).toContain(`"words":"Hi","loud":true,"times":2,"where":"${DIGEST}","tone":"friendly"`)
    expect(shown).toContain('Europe/Prague')
    expect(await (await preview.get('/api/messages?channel=digest')).json()).toEqual([])
  })

  it('takes UTC for a time zone that is none', async () => {
    const answer = await preview.post('/api/commands', { name: 'echo', options: { words: 'Hi' }, zone: 'Mars/Base' })
    expect(await answer.text()).toContain('UTC')
  })

  it('keeps an answer to everyone as a message of the channel', async () => {
    const reply = (await (await preview.post('/api/commands', { name: 'shout' })).json()) as { id: string }
    const [message] = (await (await preview.get('/api/messages')).json()) as object[]
    expect(message).toMatchObject({ id: reply.id, interaction: { text: '/shout' } })
  })

  it.each([
    ['"feeds add"', { name: 'feeds add', options: { url: 'x' } }, 'add'],
    ['options.subcommand', { name: 'feeds', options: { subcommand: 'add', url: 'x' } }, 'add'],
  ])('finds a subcommand by %s', async (_, body, shown) => {
    const answer = await preview.post('/api/commands', body)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(shown)
  })

  it.each([
    ['no name', {}, 'name: which command?'],
    ['an unknown name', { name: 'sing' }, 'There is no command /sing. There are: /echo, /shout, /feeds.'],
    ['an unknown subcommand', { name: 'feeds burn' }, '/feeds needs one of its subcommands: add, by.'],
    ['a subcommand of none', { name: 'echo loud' }, '/echo has no subcommands.'],
    ['a missing option', { name: 'echo', options: {} }, 'Option "words" is required: What to say'],
    ['an unknown option', { name: 'shout', options: { up: 1 } }, 'There is no option "up". There are: none.'],
    ['too long a text', { name: 'echo', options: { words: 'x'.repeat(51) } }, 'too long: 51 characters, at most 50.'],
    ['no number', { name: 'echo', options: { words: 'x', times: 'many' } }, 'Option "times" takes a number.'],
    ['no flag', { name: 'echo', options: { words: 'x', loud: 'aye' } }, 'takes true or false.'],
    [
      'an unknown channel',
      { name: 'echo', options: { words: 'x', where: '#sea' } },
      'takes a channel: #alerts, #digest.',
    ],
    ['no choice', { name: 'echo', options: { words: 'x', tone: 'sad' } }, 'takes one of: friendly, stern.'],
    ['options as a list', { name: 'echo', options: ['x'] }, 'options: not an object.'],
    [
      'a channel that is none',
      { name: 'shout', channel: 'sea' },
      'There is no channel "sea". There are: alerts, digest.',
    ],
    ['half a body', '{"name":', 'The body is not a JSON object.'],
  ])('answers %s with 400 and one clear line', async (_, body, line) => {
    const answer = await preview.post('/api/commands', body)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: string }).error).toContain(line)
  })

  it('proposes answers while somebody types, whatever is still missing', async () => {
    const options = { nobody: 'x', person: 5 }
    const asked = { name: 'feeds by', options, focused: 'person', typed: 'm' }
    const answer = await preview.post('/api/complete', asked)
    expect(await answer.json()).toEqual([
      { name: 'Mira Holt', value: 'Mira Holt' },
      { name: 'Marek Dvor', value: 'Marek Dvor' },
    ])
  })
})

describe('buttons, selects and forms', () => {
  it('answers a press with what takes the message’s place', async () => {
    const answer = await preview.post('/api/press', { customId: 'v1:echo:again:x', values: ['a', 'b'] })
    const reply = (await answer.json()) as object
    expect(reply).toMatchObject({ kind: 'message', how: 'update' })
    expect(JSON.stringify(reply)).toContain('again x a,b')
  })

  it('changes a shared message for everyone', async () => {
    const { messageId } = await say('one', {
      content: undefined,
      flags: 32_768,
      components: [{ type: 10, content: 'Before' }],
    })
    await preview.post('/api/press', { customId: 'v1:echo:again:x', messageId })
    const [message] = (await (await preview.get('/api/messages')).json()) as { flags: number; editedAt: number }[]
    expect(message).toMatchObject({ id: messageId, flags: 32_768, editedAt: NOON })
    expect(JSON.stringify(message)).toContain('again x')
  })

  it('opens a form, and takes its fields back', async () => {
    const form = await (await preview.post('/api/press', { customId: 'v1:echo:ask' })).json()
    expect(form).toMatchObject({ kind: 'form', custom_id: 'v1:echo:told', title: 'Say more' })
    const told = await preview.post('/api/press', { customId: 'v1:echo:told', fields: { more: 'Tide is in' } })
    expect(await told.text()).toContain('told Tide is in')
  })

  it('says nothing where there is nothing to say', async () => {
    const answer = await preview.post('/api/press', { customId: 'v1:echo:nothing' })
    expect(await answer.json()).toEqual({ kind: 'silent' })
  })

  it('refuses a forged button in a message, not with an error', async () => {
    const answer = await preview.post('/api/press', { customId: 'v9:echo:again' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ kind: 'message', flags: 32_832 })
  })

  it('refuses ids, values and fields of the wrong shape', async () => {
    for (const body of [{}, { customId: 5 }, { customId: 'x'.repeat(101) }, { customId: 'v1:echo:again', values: 'a' }])
      expect((await preview.post('/api/press', body)).status).toBe(400)
  })
})

describe('the operator', () => {
  it('reads the status', async () => {
    expect(await (await preview.get('/api/status')).json()).toMatchObject({ feeds: 3, feedsUp: 2, posted: 2 })
  })

  it('sends a dead delivery again, and only a dead one', async () => {
    expect((await preview.post('/api/retry', { id: 'd1' })).status).toBe(200)
    expect(preview.retried).toEqual(['d1'])
    expect((await preview.post('/api/retry', { id: 'd2' })).status).toBe(404)
    expect((await preview.post('/api/retry', {})).status).toBe(400)
  })

  it('is healthy and ready without saying more', async () => {
    expect(await (await preview.get('/health')).json()).toEqual({ status: 'ok' })
    expect((await preview.get('/ready')).status).toBe(200)
  })

  it.each([
    ['says no', async () => false],
    ['breaks', async () => Promise.reject(new Error('no store'))],
  ])('is not ready while the bot %s', async (_, ready) => {
    const other = await opened({ ready })
    expect((await other.get('/ready')).status).toBe(503)
    expect((await other.get('/health')).status).toBe(200)
    await other.close()
  })

  it('names what is not there', async () => {
    const answer = await preview.get('/api/nothing')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: 'There is nothing at GET /api/nothing.' })
  })
})

describe('messages', () => {
  it('lists the newest of a channel, with a limit and a place to go on from', async () => {
    const ids: string[] = []
    for (const nonce of ['a', 'b', 'c']) ids.push((await say(nonce)).messageId)
    const read = async (query: string) => {
      const list = (await (await preview.get(`/api/messages?${query}`)).json()) as { id: string }[]
      return list.map(({ id }) => ids.indexOf(id))
    }
    expect(await read('')).toEqual([0, 1, 2])
    expect(await read('limit=2')).toEqual([1, 2])
    expect(await read(`limit=2&before=${ids[1]}`)).toEqual([0])
    expect((await preview.get('/api/messages?channel=sea')).status).toBe(400)
    expect((await preview.get('/api/messages?limit=none')).status).toBe(400)
  })
})
