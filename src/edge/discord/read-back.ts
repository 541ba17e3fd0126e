/** Reading a channel back: whether a message that may have been posted is there. History never returns the nonce, so the marker is
 *  looked for in the buttons' custom_ids. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Routes } from 'discord-api-types/v10'
import { z } from 'zod'
import { momentOf } from '../../core/advance.ts'
import { marksOf } from '../../core/marks.ts'
import type { ChannelId, MessageId, SentMessage, Target } from '../../core/model.ts'
import type { Chat, Found, History } from '../../flow/ports.ts'
import { failed } from './ask.ts'
import { type Asking, standingOf } from './standing.ts'

/** Pages of a hundred in one look; the next look goes on where it ended. A page costs a second, and the look is done within its lease. */
const PAGES_MAX = 20
const PAGE_ROWS = 100 // Discord's most
/** Each costs a request; the next look goes on with the rest. */
const THREADS_MAX = 40
/** Discord gives five pages in five seconds: the next ones are waited for, or a busy channel would be begun anew for ever. */
const PAGE_WAIT_MS_MAX = 6_000

const historyShape = z.array(
  z.looseObject({ id: z.string(), author: z.looseObject({ id: z.string() }), components: z.unknown() }),
)
const threadsShape = z.looseObject({
  threads: z.array(
    z.looseObject({
      id: z.string(),
      parent_id: z.string().nullish(),
      owner_id: z.string().nullish(),
      thread_metadata: z.looseObject({ archive_timestamp: z.string().nullish() }).nullish(),
    }),
  ),
  has_more: z.boolean().nullish(),
})

type Lookup = Parameters<Chat['find']>[0]
export type ReadingBack = Asking &
  Readonly<{ applicationId: string; privateChannel(personId: string): Promise<string> }>

/** Whether a message with this mark is there. An empty history proves nothing without the permission to read it (trap 11). */
export async function readBack(
  { target, nonce, afterId = '0' as MessageId }: Lookup,
  reading: ReadingBack,
): Promise<Found> {
  return answered(reading.signal, async () => {
    const lack = await blindness(target, reading)
    if (lack !== undefined) return { kind: 'blind', reason: lack }
    let readTo: MessageId | undefined
    for await (const stretch of stretches({ target, afterId }, reading)) {
      const ours = stretch.ours.find(({ components }) => JSON.stringify(components ?? []).includes(nonce))
      if (ours) return { kind: 'found', message: ours.message }
      readTo = stretch.readTo
    }
    return readTo === undefined ? { kind: 'absent' } : { kind: 'more', readTo }
  })
}

/** All messages of ours after a place, by their marks. */
export async function readHistory(
  { target, afterId }: Parameters<Chat['history']>[0],
  reading: ReadingBack,
): Promise<History> {
  const history = await answered<History | Readonly<{ kind: 'absent' }>>(reading.signal, async () => {
    const lack = await blindness(target, reading)
    if (lack !== undefined) return { kind: 'blind', reason: lack }
    const ours: Ours[] = []
    let readTo: MessageId | undefined
    for await (const stretch of stretches({ target, afterId }, reading)) {
      ours.push(...stretch.ours)
      readTo = stretch.readTo
    }
    const posted = ours.flatMap(({ components, message }) =>
      marksOf(components).map((marks) => ({ ...marks, message })),
    )
    return { kind: 'read', posted, ...(readTo === undefined ? {} : { readTo }) }
  })
  return history.kind === 'absent' ? { kind: 'blind', reason: 'the channel is gone' } : history
}

type Unread = Extract<History, { kind: 'later' | 'blind' | 'stop' }> | Readonly<{ kind: 'absent' }>

/** What the far side's refusals mean for whoever reads. */
async function answered<Answer>(signal: AbortSignal, read: () => Promise<Answer>): Promise<Answer | Unread> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'blind', reason: error.message }
    if (signal.aborted) return { kind: 'later', afterMs: 0, reason: 'stopped' }
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

async function blindness(target: Target, reading: ReadingBack): Promise<string | undefined> {
  if (target.kind === 'person') return undefined
  const standing = await standingOf(target, reading.applicationId, reading)
  if (standing.kind === 'unknown target') return 'the channel is gone or hidden'
  return standing.kind === 'lacking' ? `missing ${standing.missing.join(', ')}` : undefined
}

type Ours = Readonly<{ components: unknown; message: SentMessage }>
/** Messages of ours, oldest first. `readTo`: there is more after it. */
type Stretch = Readonly<{ ours: readonly Ours[]; readTo?: MessageId }>
type Place = Readonly<{ target: Target; afterId: string }>

async function* stretches({ target, afterId }: Place, reading: ReadingBack): AsyncGenerator<Stretch> {
  if (target.kind === 'forum') {
    yield* forumStretches(target, afterId, reading)
    return
  }
  const channelId = target.kind === 'person' ? await reading.privateChannel(target.personId) : target.channelId
  let after = afterId
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { ours, newest, isFull } = await pageAfter(channelId, after, reading)
    yield isFull ? { ours, readTo: newest } : { ours }
    if (!isFull) return
    after = newest
  }
}

type Page = Readonly<{ ours: readonly Ours[]; newest: MessageId; isFull: boolean }>

async function pageAfter(channelId: string, after: string, reading: ReadingBack): Promise<Page> {
  const query = new URLSearchParams({ after, limit: String(PAGE_ROWS) })
  const route = Routes.channelMessages(channelId)
  const messages = historyShape.parse(await patient(route, query, reading)).sort((a, b) => byId(a.id, b.id))
  const ours = messages
    .filter(({ author }) => author.id === reading.applicationId)
    .map(({ id, components }) => ({
      components,
      message: { channelId: channelId as ChannelId, messageId: id as MessageId },
    }))
  return { ours, newest: (messages.at(-1)?.id ?? after) as MessageId, isFull: messages.length >= PAGE_ROWS }
}

const byId = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : 1)

async function patient(route: `/${string}`, query: URLSearchParams, { ask, signal }: Asking): Promise<unknown> {
  const get = (): Promise<unknown> => ask((rest, abort) => rest.get(route, { query, signal: abort }), signal)
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

/** A forum post is a thread of ours younger than the place, shut since or not; its starter message has the thread's own id. */
async function* forumStretches(forum: Forum, afterId: string, reading: ReadingBack): AsyncGenerator<Stretch> {
  const open = threadsShape.parse(
    await patient(Routes.guildActiveThreads(forum.serverId), new URLSearchParams(), reading),
  )
  const ids = [...open.threads, ...(await shutThreads(forum, afterId, reading))]
    .filter(({ parent_id, owner_id }) => parent_id === forum.channelId && owner_id === reading.applicationId)
    .map(({ id }) => id)
    .filter((id) => BigInt(id) > BigInt(afterId))
  const threads = [...new Set(ids)].sort(byId)
  for (const [at, id] of threads.slice(0, THREADS_MAX).entries()) {
    const { ours } = await pageAfter(id, String(BigInt(id) - 1n), reading)
    yield at + 1 < threads.length ? { ours, readTo: id as MessageId } : { ours }
  }
}

type Shut = z.infer<typeof threadsShape>['threads']

/** Last shut first: a thread younger than the place was shut after it. */
async function shutThreads({ channelId }: Forum, afterId: string, reading: ReadingBack): Promise<Shut> {
  const since = momentOf(afterId as MessageId)
  const threads: Shut = []
  let before: string | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE_ROWS), ...(before ? { before } : {}) })
    const answer = threadsShape.parse(await patient(Routes.channelThreads(channelId, 'public'), query, reading))
    threads.push(...answer.threads)
    before = answer.threads.at(-1)?.thread_metadata?.archive_timestamp ?? undefined
    if (answer.has_more !== true || before === undefined || Date.parse(before) < since) return threads
  }
  throw new Unreadable('the forum shut more posts than can be read back')
}

class Unreadable extends Error {}
