import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ChannelId, ServerId } from '../../../src/core/model.ts'
import { createChat } from '../../../src/edge/discord/post.ts'
import { type StandIn, startStandIn } from '../../stand-in/stand-in.ts'

const HOUR = 3_600_000
/** More than any window of the stand-in's limits for a channel. */
const WINDOW_MS = 60_000

let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await standIn.close()
})

it('waits no longer for a limit when the clock is put back', async () => {
  const { apiUrl, token, applicationId } = standIn
  const guildId = standIn.makeGuild().id
  const channelId = standIn.makeChannel({ guildId, name: 'news' }).id
  const target = { kind: 'channel', serverId: guildId as ServerId, channelId: channelId as ChannelId } as const
  const chat = createChat({ token, apiUrl, applicationId, startWaitMs: 0 })
  let names = 0
  const post = () =>
    chat.post({ target, payload: '{"content":"Ferry"}', nonce: `n${names++}` }, new AbortController().signal)
  let outcome = await post()
  while (outcome.kind === 'sent') outcome = await post()
  expect(outcome).toMatchObject({ kind: 'notSent', reason: 'rate limit' })
  const { now } = Date
  vi.spyOn(Date, 'now').mockImplementation(() => now() - HOUR)
  const later = await post()
  expect(later.kind === 'notSent' ? later.afterMs : 0).toBeLessThan(WINDOW_MS)
})

it('hears from every answer what Discord’s own clock shows', async () => {
  const { apiUrl, token, applicationId } = standIn
  const channelId = standIn.makeChannel({ guildId: standIn.makeGuild().id, name: 'news' }).id
  const byMs = -40 * HOUR
  standIn.turnClock({ byMs })
  const heard: number[] = []
  const chat = createChat({ token, apiUrl, applicationId, startWaitMs: 0, onTime: (at) => heard.push(at) })
  const target = { kind: 'channel', serverId: '1' as ServerId, channelId: channelId as ChannelId } as const
  const before = Date.now() + byMs
  await chat.post({ target, payload: '{"content":"Ferry"}', nonce: 'n' }, new AbortController().signal)
  expect(heard).toHaveLength(1)
  // The header tells whole seconds.
  expect(heard[0]).toBeGreaterThan(before - 1_001)
  expect(heard[0]).toBeLessThanOrEqual(Date.now() + byMs)
})
