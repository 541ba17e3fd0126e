import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ServerId, Target } from '../../../src/core/model.ts'
import { ALERTS, NOON, type Opened, opened } from './opened.ts'

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

describe('events', () => {
  /** Reads events until `count` came. */
  async function events(
    count: number,
    { query = '', seen, meanwhile }: { query?: string; seen?: string; meanwhile?(): Promise<void> } = {},
  ) {
    const answer = await preview.get(`/api/events${query}`, { headers: seen ? { 'last-event-id': seen } : {} })
    const decoder = new TextDecoder()
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    const found: { event: string | undefined; id: string | undefined; data: Record<string, unknown> }[] = []
    let text = ''
    let begun = false
    while (found.length < count) {
      const { value, done } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const field = (name: string) => part.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1]
        if (field('data')) found.push({ event: field('event'), id: field('id'), data: JSON.parse(field('data') ?? '') })
      }
      if (!begun) {
        begun = true
        await meanwhile?.()
      }
    }
    await reader.cancel()
    return found
  }

  it('tells of a message and of its edit', async () => {
    const found = await events(3, {
      meanwhile: async () => {
        const message = await say('one')
        await preview.chat.edit(message, JSON.stringify({ content: 'Other words' }), signal)
      },
    })
    expect(found).toMatchObject([
      { event: 'hello' },
      { event: 'message', id: '1', data: { content: 'Said one', channel: 'alerts' } },
      { event: 'edit', id: '2', data: { content: 'Other words', editedAt: NOON } },
    ])
  })

  it('resumes after the last event that was seen, in order', async () => {
    const first = await say('one')
    await say('two')
    await preview.chat.edit(first, JSON.stringify({ content: 'Other words' }), signal)
    const missed = await events(3, { seen: '1' })
    expect(missed).toMatchObject([
      { event: 'hello', id: '1' },
      { event: 'message', id: '2', data: { content: 'Said two' } },
      { event: 'edit', id: '3', data: { content: 'Other words' } },
    ])
    expect((await events(2, { query: '?after=2' })).at(-1)).toMatchObject({ event: 'edit', id: '3' })
  })

  it('sends a page to read anew that knows another file', async () => {
    await say('one')
    expect(await events(2, { seen: '900' })).toMatchObject([{}, { event: 'reset', id: '1' }])
  })

  it('sends the operator’s numbers to who listens', async () => {
    await preview.close()
    preview = await opened({ statusEveryMs: 5 })
    const found = await events(2)
    expect(found[1]).toMatchObject({ event: 'status', data: { storiesToday: 38 } })
  })

  it('sends away more tabs than anyone has', async () => {
    const stop = new AbortController()
    await Promise.all(Array.from({ length: 32 }, () => preview.get('/api/events', { signal: stop.signal })))
    expect((await preview.get('/api/events')).status).toBe(503)
    stop.abort()
  })
})

describe('pictures', () => {
  const url = 'https://pictures.example/a.png'
  const withPicture = { embeds: [{ title: 'x', thumbnail: { url } }] }
  const png = { bytes: new Uint8Array([137, 80, 78, 71]), contentType: 'image/png; charset=binary' }
  const asked = `/api/image?url=${encodeURIComponent(url)}`

  it('fetches what a message shows, and nothing else', async () => {
    await preview.close()
    const fetched: string[] = []
    preview = await opened({
      fetchImage: async (address) => {
        fetched.push(address)
        return png
      },
    })
    expect((await preview.get(asked)).status).toBe(404)
    await say('one', withPicture)
    const answer = await preview.get(asked)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png.bytes)
    await preview.get(asked)
    expect((await preview.get(`/api/image?url=${encodeURIComponent('http://169.254.169.254/')}`)).status).toBe(404)
    expect(fetched).toEqual([url])
  })

  it.each([
    ['html', async () => ({ ...png, contentType: 'text/html' })],
    ['a large one', async () => ({ ...png, bytes: new Uint8Array(5_000_001) })],
    ['nothing', async () => undefined],
    ['an error', async () => Promise.reject(new Error('refused'))],
  ])('passes nothing on for %s', async (_, fetchImage) => {
    await preview.close()
    preview = await opened({ fetchImage })
    await say('one', withPicture)
    const answer = await preview.get(asked)
    expect([answer.status, await answer.text()]).toEqual([204, ''])
  })
})
