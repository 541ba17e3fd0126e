import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChannelId, MessageId, PersonId, ServerId, Target } from '../../../src/core/model.ts'
import { ALERTS, DIGEST, NOON, type Opened, opened } from './opened.ts'

const signal = new AbortController().signal
const target = (channelId: ChannelId): Target => ({ kind: 'channel', serverId: '1' as ServerId, channelId })
const alerts = target(ALERTS)
const card = (nonce: string, title = 'Harbour reopens') =>
  JSON.stringify({
    content: title,
    embeds: [{ title, description: 'The harbour reopened.' }],
    components: [
      { type: 1, components: [{ type: 2, style: 2, label: 'Menu', custom_id: `v1:card:menu:s1:${nonce}` }] },
    ],
    allowed_mentions: { parse: [] },
  })

let open: Opened[] = []
const start = async (...given: Parameters<typeof opened>) => {
  const preview = await opened(...given)
  open.push(preview)
  return preview
}
afterEach(async () => {
  for (const preview of open) await preview.close()
  open = []
})

async function sent(preview: Opened, nonce: string, title?: string) {
  const outcome = await preview.chat.post({ target: alerts, payload: card(nonce, title), nonce }, signal)
  if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome))
  return outcome.message
}
const listed = async (preview: Opened, channel = 'alerts') =>
  (await preview.get(`/api/messages?channel=${channel}`)).json() as Promise<Record<string, unknown>[]>

describe('the chat of the preview', () => {
  it('keeps a message with an id of 17 to 19 digits, newest last', async () => {
    const preview = await start()
    const first = await sent(preview, 'one')
    preview.turn(1_000)
    const second = await sent(preview, 'two', 'Ferry strike called off')
    expect(first.messageId).toMatch(/^\d{17,19}$/)
    expect(BigInt(second.messageId) > BigInt(first.messageId)).toBe(true)
    expect(await listed(preview)).toMatchObject([
      { id: first.messageId, channel: 'alerts', createdAt: NOON, content: 'Harbour reopens' },
      { id: second.messageId, createdAt: NOON + 1_000, content: 'Ferry strike called off' },
    ])
  })

  it('orders ids like the messages when the clock jumps back', async () => {
    const preview = await start()
    const first = await sent(preview, 'one')
    preview.turn(-60_000)
    const second = await sent(preview, 'two')
    expect(BigInt(second.messageId) > BigInt(first.messageId)).toBe(true)
  })

  it('makes one message of a nonce within its window, and a second one after it', async () => {
    const preview = await start()
    const first = await sent(preview, 'same')
    preview.turn(4 * 60_000)
    expect(await sent(preview, 'same', 'Another text')).toEqual(first)
    preview.turn(2 * 60_000)
    expect(await sent(preview, 'same')).not.toEqual(first)
    expect(await listed(preview)).toHaveLength(2)
  })

  it('finds a message by the nonce in its custom_ids for ever, but not before `afterId`', async () => {
    const preview = await start()
    const message = await sent(preview, 'needle')
    preview.turn(30 * 24 * 3_600_000)
    const lookup = { target: alerts, nonce: 'needle' }
    expect(await preview.chat.find(lookup, signal)).toEqual({ kind: 'found', message })
    expect(await preview.chat.find({ ...lookup, afterId: '1' as MessageId }, signal)).toMatchObject({ kind: 'found' })
    expect(await preview.chat.find({ ...lookup, afterId: message.messageId }, signal)).toEqual({ kind: 'absent' })
    expect(await preview.chat.find({ ...lookup, nonce: 'other' }, signal)).toEqual({ kind: 'absent' })
    expect(await preview.chat.find({ ...lookup, target: target(DIGEST) }, signal)).toEqual({ kind: 'absent' })
  })

  it('marks an edit only when something changed', async () => {
    const preview = await start()
    const message = await sent(preview, 'one')
    preview.turn(5_000)
    expect(await preview.chat.edit(message, card('one'), signal)).toEqual({ kind: 'edited' })
    expect((await listed(preview))[0]).not.toHaveProperty('editedAt')
    expect(await preview.chat.edit(message, card('one', 'Also in the Tidewater'), signal)).toEqual({ kind: 'edited' })
    expect(await listed(preview)).toMatchObject([{ editedAt: NOON + 5_000, content: 'Also in the Tidewater' }])
  })

  it('says that a message is gone which is not there', async () => {
    const preview = await start()
    const nowhere = { channelId: ALERTS, messageId: '100000000000000099' as MessageId }
    expect(await preview.chat.edit(nowhere, card('one'), signal)).toEqual({ kind: 'gone' })
  })

  it('calls a message dead that Discord would refuse, and keeps nothing', async () => {
    const preview = await start()
    const payload = JSON.stringify({ content: 'x'.repeat(2_001) })
    expect(await preview.chat.post({ target: alerts, payload, nonce: 'one' }, signal)).toEqual({
      kind: 'dead',
      reason: '50035 Invalid Form Body: content: 2001 characters, at most 2000',
    })
    const cutOff = await preview.chat.post({ target: alerts, payload: '{"content":', nonce: 'two' }, signal)
    expect(cutOff).toMatchObject({ kind: 'dead' })
    expect(await listed(preview)).toEqual([])
  })

  it('holds what goes to a channel or person that it does not have', async () => {
    const preview = await start()
    const posting = { payload: card('one'), nonce: 'one' }
    const nowhere = target('100000000000000077' as ChannelId)
    const person: Target = { kind: 'person', personId: '5' as PersonId }
    expect(await preview.chat.post({ ...posting, target: nowhere }, signal)).toMatchObject({ kind: 'held' })
    expect(await preview.chat.post({ ...posting, target: person }, signal)).toMatchObject({ kind: 'held' })
    expect(await preview.chat.check(nowhere, signal)).toEqual({ kind: 'unknown target' })
    expect(await preview.chat.check(alerts, signal)).toEqual({ kind: 'ready' })
  })

  it('sends nothing once it was told to stop', async () => {
    const preview = await start()
    const stopped = AbortSignal.abort()
    const outcome = await preview.chat.post({ target: alerts, payload: card('one'), nonce: 'one' }, stopped)
    expect(outcome).toMatchObject({ kind: 'notSent', attempt: false })
    expect(await listed(preview)).toEqual([])
  })

  it('still has everything after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pullquote-preview-'))
    try {
      const database = join(folder, 'deep', 'preview.db')
      const before = await opened({ database })
      const message = await sent(before, 'one')
      await before.close()
      const after = await start({ database })
      expect(await sent(after, 'one')).toEqual(message)
      expect(await listed(after)).toHaveLength(1)
      await after.close()
      open = []
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('looks a channel up for commands', async () => {
    const preview = await start()
    const asker = {} as Parameters<typeof preview.places.channel>[1]
    expect(await preview.places.channel(ALERTS, asker)).toMatchObject({ name: 'alerts', mayAskerPost: true })
    expect(await preview.places.channel('5' as ChannelId, asker)).toBeUndefined()
  })
})
