import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ChannelId, MessageId, ServerId, Target } from '../../../src/core/model.ts'
import { createChat } from '../../../src/edge/discord/post.ts'
import type { Chat } from '../../../src/flow/ports.ts'
import { type StandIn, startStandIn } from '../../stand-in/stand-in.ts'

const never = new AbortController().signal
const SCALE = 0.02 // five pages in a tenth of a second

let standIn: StandIn
let guildId = ''
let chat: Chat

beforeEach(async () => {
  standIn = await startStandIn({ rateLimits: { scale: SCALE } })
  guildId = standIn.makeGuild().id
  const { token, apiUrl, applicationId } = standIn
  chat = createChat({ token, apiUrl, applicationId, startWaitMs: 0 })
})
afterEach(() => standIn.close())

function place(kind: 'channel' | 'forum'): Exclude<Target, { kind: 'person' }> {
  const { id } = standIn.makeChannel({ guildId, kind: kind === 'forum' ? 'forum' : 'text' })
  return { kind, serverId: guildId as ServerId, channelId: id as ChannelId }
}

/** As our cards are marked. Waits out what the limits refuse. */
async function post(target: Target, nonce: string): Promise<void> {
  const button = { type: 2, style: 2, label: 'Sources', custom_id: `v1:card:sources:${nonce}` }
  const message = {
    embeds: [{ title: nonce }],
    components: [{ type: 1, components: [button] }],
    allowed_mentions: { parse: [] },
  }
  for (let tries = 0; tries < 50; tries++) {
    const outcome = await chat.post({ target, payload: JSON.stringify(message), nonce }, never)
    if (outcome.kind === 'sent') return
    if (outcome.kind !== 'notSent') throw new Error(`Cannot post ${nonce}: ${outcome.kind}`)
  }
  throw new Error(`Cannot post ${nonce}`)
}

it.each(['oldest', 'youngest'] as const)('finds the %s of many posts in a forum', async (which) => {
  const forum = place('forum')
  for (let n = 0; n < 25; n++) await post(forum, `post-${n}`)
  const nonce = which === 'oldest' ? 'post-0' : 'post-24'
  expect(await chat.find({ target: forum, nonce, afterId: '0' as MessageId }, never)).toMatchObject({ kind: 'found' })
  expect(await chat.find({ target: forum, nonce: 'post-x', afterId: '0' as MessageId }, never)).toEqual({
    kind: 'absent',
  })
})

it('finds a forum post that was shut since', async () => {
  const forum = place('forum')
  await post(forum, 'post-0')
  for (const { id } of standIn.threads({ channelId: forum.channelId }))
    standIn.setThread({ channelId: id, archived: true })
  expect(await chat.find({ target: forum, nonce: 'post-0' }, never)).toMatchObject({ kind: 'found' })
})

it('does not look into the posts that others made in a forum', async () => {
  const forum = place('forum')
  const theirs = standIn.makeChannel({ guildId, kind: 'thread', parentId: forum.channelId }).id
  expect(await chat.find({ target: forum, nonce: 'post-0' }, never)).toEqual({ kind: 'absent' })
  expect(standIn.requests().filter(({ path }) => path === `/channels/${theirs}/messages`)).toEqual([])
})

it('reads on where a busy channel has more pages than the limits give at once', async () => {
  const channel = place('channel')
  for (let n = 0; n < 700; n++) standIn.say({ channelId: channel.channelId, content: `chatter ${n}` })
  await post(channel, 'card-0')
  expect(await chat.find({ target: channel, nonce: 'card-0' }, never)).toMatchObject({ kind: 'found' })
})

it('says how far it came where a channel wrote more than one look reads, and finds it in the next', async () => {
  const channel = place('channel')
  for (let n = 0; n < 2_100; n++) standIn.say({ channelId: channel.channelId, content: `chatter ${n}` })
  await post(channel, 'card-0')
  const first = await chat.find({ target: channel, nonce: 'card-0' }, never)
  if (first.kind !== 'more') throw new Error(first.kind)
  const rest = { target: channel, afterId: first.readTo }
  expect(await chat.find({ ...rest, nonce: 'card-0' }, never)).toMatchObject({ kind: 'found' })
  expect(await chat.find({ ...rest, nonce: 'card-1' }, never)).toEqual({ kind: 'absent' })
})

it('reads a forum of many posts in several looks, and those that were shut a hundred at a time', async () => {
  const forum = place('forum')
  const names = Array.from({ length: 45 }, (_, n) => `post-${n}`)
  for (const name of names) await post(forum, name)
  for (const { id } of standIn.threads({ channelId: forum.channelId }).slice(0, 20))
    standIn.setThread({ channelId: id, archived: true })
  const first = await chat.find({ target: forum, nonce: 'post-44', afterId: '0' as MessageId }, never)
  if (first.kind !== 'more') throw new Error(first.kind)
  expect(await chat.find({ target: forum, nonce: 'post-44', afterId: first.readTo }, never)).toMatchObject({
    kind: 'found',
  })
})

it('tells all of ours in a channel by their marks, oldest first, and nothing of others', async () => {
  const channel = place('channel')
  const nonces = [1, 2, 3].map((n) => `nonce-of-twenty-four-c-${n}`)
  standIn.say({ channelId: channel.channelId, content: 'chatter' })
  for (const nonce of nonces) await post(channel, nonce)
  const all = await chat.history({ target: channel, afterId: '0' as MessageId }, never)
  if (all.kind !== 'read') throw new Error(all.kind)
  expect(all).not.toHaveProperty('readTo')
  expect(all.posted.map(({ mark }) => mark)).toEqual(nonces)
  const [first] = all.posted
  const rest = await chat.history({ target: channel, afterId: first?.message.messageId ?? ('0' as MessageId) }, never)
  expect(rest).toMatchObject({ kind: 'read', posted: [{ mark: nonces[1] }, { mark: nonces[2] }] })
  const gone = { kind: 'channel', serverId: guildId as ServerId, channelId: '1' as ChannelId } as const
  expect(await chat.history({ target: gone, afterId: '0' as MessageId }, never)).toMatchObject({ kind: 'blind' })
})
