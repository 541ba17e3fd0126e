/** The port Chat on Discord, by a REST client of its own: edits of deferred answers must not queue behind a fan-out (DISCORD.md, trap 4). */
import { Routes } from 'discord-api-types/v10'
import { z } from 'zod'
import type { ChannelId, MessageId, Outcome, SentMessage, Target } from '../../core/model.ts'
import type { Chat, EditOutcome, Posting } from '../../flow/ports.ts'
import { type Ask, type AskOptions, createAsk, failed } from './ask.ts'
import { type ReadingBack, readBack, readHistory } from './read-back.ts'
import { type Asking, standingOf } from './standing.ts'

/** Discord refuses a longer thread name. */
const THREAD_NAME_CHARS_MAX = 100

export function createChat(options: AskOptions & Readonly<{ applicationId: string }>): Chat {
  const ask = createAsk(options)
  const { applicationId } = options
  const privateChannel = privateChannels(ask)
  const reading = (signal: AbortSignal): ReadingBack => ({
    ask,
    signal,
    applicationId,
    privateChannel: (personId) => privateChannel(personId, signal),
  })
  return {
    post: (posting, signal) => post(posting, { ask, signal, privateChannel }),
    edit: (message, payload, signal) => edit(message, payload, { ask, signal }),
    find: (lookup, signal) => readBack(lookup, reading(signal)),
    history: (lookup, signal) => readHistory(lookup, reading(signal)),
    check: createCheck(ask, applicationId),
  }
}

/** What the bot may do in a target; commands ask through the gateway's client, so that they do not wait behind a fan-out. */
export function createCheck(ask: Ask, applicationId: string): Chat['check'] {
  return async (target, signal) =>
    target.kind === 'person' ? { kind: 'ready' } : standingOf(target, applicationId, { ask, signal })
}

const idShape = z.looseObject({ id: z.string() })
const messageShape = z.looseObject({ id: z.string(), channel_id: z.string() })

type PrivateChannel = (personId: string, signal: AbortSignal) => Promise<string>

/** One channel a person, for ever: asked for once a start. */
function privateChannels(ask: Ask): PrivateChannel {
  const known = new Map<string, string>()
  return async (personId, signal) => {
    const found = known.get(personId)
    if (found) return found
    const body = { recipient_id: personId }
    const answer = await ask((rest, abort) => rest.post(Routes.userChannels(), { body, signal: abort }), signal)
    const { id } = idShape.parse(answer)
    known.set(personId, id)
    return id
  }
}

type Sending = Asking & Readonly<{ privateChannel: PrivateChannel }>

async function post({ target, payload, nonce }: Posting, sending: Sending): Promise<Outcome> {
  const { ask, signal } = sending
  const message: Readonly<Record<string, unknown>> = JSON.parse(payload)
  try {
    if (target.kind === 'forum') return await postInForum(target.channelId, message, sending)
    const channelId = await channelOf(target, sending)
    const body = { ...message, nonce, enforce_nonce: true }
    const route = Routes.channelMessages(channelId)
    const answer = messageShape.safeParse(await ask((rest, abort) => rest.post(route, { body, signal: abort }), signal))
    // A 200 that is not a message tells nothing.
    return answer.success
      ? sentAs(answer.data.channel_id, answer.data.id)
      : { kind: 'unsure', reason: 'an answer that is no message' }
  } catch (error) {
    return failed(error)
  }
}

function sentAs(channelId: string, messageId: string): Outcome {
  return { kind: 'sent', message: { channelId: channelId as ChannelId, messageId: messageId as MessageId } }
}

async function channelOf(
  target: Exclude<Target, { kind: 'forum' }>,
  { signal, privateChannel }: Sending,
): Promise<string> {
  return target.kind === 'person' ? privateChannel(target.personId, signal) : target.channelId
}

/** A thread's starter message has the thread's own id. */
async function postInForum(
  channelId: string,
  message: Readonly<Record<string, unknown>>,
  { ask, signal }: Asking,
): Promise<Outcome> {
  const body = { name: threadName(message), message }
  const answer = idShape.safeParse(
    await ask((rest, abort) => rest.post(Routes.threads(channelId), { body, signal: abort }), signal),
  )
  return answer.success
    ? sentAs(answer.data.id, answer.data.id)
    : { kind: 'unsure', reason: 'an answer that is no thread' }
}

const titledShape = z.looseObject({ embeds: z.array(z.looseObject({ title: z.string() })).min(1) })

function threadName(message: unknown): string {
  const read = titledShape.safeParse(message)
  const title = read.success ? (read.data.embeds[0]?.title ?? '') : ''
  // The title was escaped for markdown, which a thread's name does not know.
  return (
    title
      .replace(/\\(?=\W)/g, '')
      .slice(0, THREAD_NAME_CHARS_MAX)
      .toWellFormed() || 'Pullquote'
  )
}

async function edit(message: SentMessage, payload: string, { ask, signal }: Asking): Promise<EditOutcome> {
  try {
    const body: unknown = JSON.parse(payload)
    const route = Routes.channelMessage(message.channelId, message.messageId)
    await ask((rest, abort) => rest.patch(route, { body, signal: abort }), signal)
    return { kind: 'edited' }
  } catch (error) {
    const failure = failed(error)
    switch (failure.kind) {
      case 'deleted':
        return { kind: 'gone' }
      case 'unsure': // an edit may be repeated
        return { kind: 'notEdited', afterMs: 0, attempt: true, reason: failure.reason }
      case 'notSent':
        return { kind: 'notEdited', afterMs: failure.afterMs, attempt: failure.attempt, reason: failure.reason }
      case 'held':
      case 'dead':
      case 'stop':
        return failure
    }
  }
}
