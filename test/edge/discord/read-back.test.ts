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
  chat = createChat({ token, apiUrl, applicationId, now: Date.now, startWaitMs: 0 })
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

it('says that it saw too little rather than that nothing is there', async () => {
  const channel = place('channel')
  for (let n = 0; n < 2_100; n++) standIn.say({ channelId: channel.channelId, content: `chatter ${n}` })
  await post(channel, 'card-0')
  expect(await chat.find({ target: channel, nonce: 'card-0' }, never)).toMatchObject({ kind: 'blind' })
})
