/** Reading a channel back: whether a message that may have been posted is there. History never returns the nonce, so the marker is
 *  looked for in the buttons' custom_ids. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Routes } from 'discord-api-types/v10'
import { z } from 'zod'
import type { ChannelId, MessageId } from '../../core/model.ts'
import type { Chat, Found } from '../../flow/ports.ts'
import { failed } from './ask.ts'
import { type Asking, standingOf } from './standing.ts'

/** Pages of a hundred: more than a busy channel writes in an hour of downtime. */
const PAGES_MAX = 20
const PAGE_ROWS = 100 // Discord's most
/** Each costs a request; a forum of ours gets fewer in an hour. */
const THREADS_MAX = 100
/** Discord gives five pages in five seconds: the next ones are waited for, or a busy channel would be begun anew for ever. */
const PAGE_WAIT_MS_MAX = 6_000

const historyShape = z.array(
  z.looseObject({ id: z.string(), author: z.looseObject({ id: z.string() }), components: z.unknown() }),
)
const threadsShape = z.looseObject({
  threads: z.array(z.looseObject({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().nullish() })),
})

type Lookup = Parameters<Chat['find']>[0]
export type ReadingBack = Asking &
  Readonly<{ applicationId: string; privateChannel(personId: string): Promise<string> }>

/** An empty history proves nothing without the permission to read it (trap 11). */
export async function readBack(
  { target, nonce, afterId = '0' as MessageId }: Lookup,
  reading: ReadingBack,
): Promise<Found> {
  try {
    if (target.kind === 'person')
      return await inChannel(await reading.privateChannel(target.personId), { nonce, afterId }, reading)
    const standing = await standingOf(target, reading.applicationId, reading)
    if (standing.kind === 'unknown target') return { kind: 'blind', reason: 'the channel is gone or hidden' }
    if (standing.kind === 'lacking') return { kind: 'blind', reason: `missing ${standing.missing.join(', ')}` }
    const wanted = { nonce, afterId }
    return target.kind === 'forum'
      ? await inForum(target, wanted, reading)
      : await inChannel(target.channelId, wanted, reading)
  } catch (error) {
    const failure = failed(error)
    switch (failure.kind) {
      case 'stop':
        return failure
      case 'held':
      case 'dead':
        return { kind: 'blind', reason: failure.reason }
      case 'notSent':
        return { kind: 'later', afterMs: failure.afterMs, reason: failure.reason }
      case 'unsure':
        return { kind: 'later', afterMs: 0, reason: failure.reason }
      case 'deleted':
        return { kind: 'absent' }
    }
  }
}

type Wanted = Readonly<{ nonce: string; afterId: string }>

async function inChannel(channelId: string, { nonce, afterId }: Wanted, reading: ReadingBack): Promise<Found> {
  const { applicationId } = reading
  let after = afterId
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = new URLSearchParams({ after, limit: String(PAGE_ROWS) })
    const messages = historyShape.parse(await pageOf(channelId, query, reading))
    const ours = messages.find(
      ({ author, components }) => author.id === applicationId && JSON.stringify(components ?? []).includes(nonce),
    )
    if (ours) return { kind: 'found', message: { channelId: channelId as ChannelId, messageId: ours.id as MessageId } }
    if (messages.length < PAGE_ROWS) return { kind: 'absent' }
    after = messages.map(({ id }) => id).reduce((newest, id) => (BigInt(id) > BigInt(newest) ? id : newest))
  }
  return { kind: 'blind', reason: 'the channel wrote more than can be read back' }
}

async function pageOf(channelId: string, query: URLSearchParams, { ask, signal }: Asking): Promise<unknown> {
  const get = (): Promise<unknown> =>
    ask((rest, abort) => rest.get(Routes.channelMessages(channelId), { query, signal: abort }), signal)
  try {
    return await get()
  } catch (error) {
    const failure = failed(error)
    if (failure.kind !== 'notSent' || failure.attempt || failure.afterMs > PAGE_WAIT_MS_MAX) throw error
    await sleep(failure.afterMs, undefined, { signal })
    return get()
  }
}

type Forum = Readonly<{ channelId: ChannelId; serverId: string }>

/** A forum post is a thread of ours younger than the try, shut since or not; its starter message has the thread's own id. */
async function inForum(forum: Forum, { nonce, afterId }: Wanted, reading: ReadingBack): Promise<Found> {
  const { ask, signal, applicationId } = reading
  const own = async (route: `/${string}`): Promise<readonly string[]> =>
    threadsShape
      .parse(await ask((rest, abort) => rest.get(route, { signal: abort }), signal))
      .threads.filter(({ parent_id, owner_id }) => parent_id === forum.channelId && owner_id === applicationId)
      .map(({ id }) => id)
      .filter((id) => BigInt(id) > BigInt(afterId))
  const open = await own(Routes.guildActiveThreads(forum.serverId))
  const shut = await own(Routes.channelThreads(forum.channelId, 'public'))
  // The youngest first: it is seldom long ago.
  const threads = [...new Set([...open, ...shut])].sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1))
  for (const id of threads.slice(0, THREADS_MAX)) {
    const found = await inChannel(id, { nonce, afterId: String(BigInt(id) - 1n) }, reading)
    if (found.kind === 'found') return found
  }
  return threads.length > THREADS_MAX
    ? { kind: 'blind', reason: 'the forum got more posts than can be read back' }
    : { kind: 'absent' }
}
