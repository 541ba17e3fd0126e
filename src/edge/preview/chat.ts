/** The port Chat behind the preview: Discord's rules, its nonce and its limits, over the messages of a local file. */
import { marksOf } from '../../core/marks.ts'
import type { ChannelId, Outcome, Target } from '../../core/model.ts'
import type { Chat, EditOutcome } from '../../flow/ports.ts'
import { messageFault } from './message-fault.ts'
import type { KeptMessage, MessageBody, Messages } from './messages.ts'

export type ChatWorld = Readonly<{
  messages: Messages
  now(): number
  isOpen(channelId: string): boolean
  /** Called after the message stands in the file. */
  onMessage(message: KeptMessage): void
}>

/** Discord's answers to what cannot be reached, in its words. */
const UNKNOWN_CHANNEL = '10003 Unknown Channel'
const NO_DIRECT_MESSAGES = '50007 Cannot send messages to this user: the preview has no direct messages'
/** Read in one go: a local file's rows cost microseconds each. */
const HISTORY_ROWS = 1_000
/** A failed write of the local file; it is a machine's trouble and may pass. */
const RETRY_MS = 1_000

export function createChat(world: ChatWorld): Chat {
  const { messages } = world
  return {
    async post({ target, payload, nonce }, signal) {
      if (signal.aborted) return { kind: 'notSent', afterMs: 0, attempt: false, reason: 'stopped' }
      const place = channelOf(target, world)
      if ('reason' in place) return { kind: 'held', reason: place.reason }
      const parsed = parseBody(payload, nonce)
      if ('reason' in parsed) return { kind: 'dead', reason: parsed.reason }
      return post(place.channelId, { body: parsed.body, nonce }, world)
    },
    async edit({ messageId }, payload, signal) {
      if (signal.aborted) return { kind: 'notEdited', afterMs: 0, attempt: false, reason: 'stopped' }
      const parsed = parseBody(payload)
      if ('reason' in parsed) return { kind: 'dead', reason: parsed.reason }
      return editMessage(messageId, parsed.body, world)
    },
    async find({ target, nonce, afterId }) {
      const place = channelOf(target, world)
      if ('reason' in place) return { kind: 'blind', reason: place.reason }
      const found = messages.find(place.channelId, nonce, afterId)
      return found ? { kind: 'found', message: sentOf(found) } : { kind: 'absent' }
    },
    async history({ target, afterId }) {
      const place = channelOf(target, world)
      if ('reason' in place) return { kind: 'blind', reason: place.reason }
      const list = messages.after(place.channelId, afterId, HISTORY_ROWS)
      const posted = list.flatMap((message) =>
        marksOf(message.body).map((marks) => ({ ...marks, message: sentOf(message) })),
      )
      const last = list.at(-1)
      return { kind: 'read', posted, ...(last && list.length === HISTORY_ROWS ? { readTo: last.id } : {}) }
    },
    async check(target) {
      return 'reason' in channelOf(target, world) ? { kind: 'unknown target' } : { kind: 'ready' }
    },
  }
}

type Place = Readonly<{ channelId: ChannelId } | { reason: string }>

function channelOf(target: Target, { isOpen }: ChatWorld): Place {
  if (target.kind === 'person') return { reason: NO_DIRECT_MESSAGES }
  return isOpen(target.channelId) ? { channelId: target.channelId } : { reason: UNKNOWN_CHANNEL }
}

/** The nonce is no part of what a message shows. */
function parseBody(payload: string, nonce?: string): Readonly<{ body: MessageBody } | { reason: string }> {
  const parsed: unknown = parseJson(payload)
  const fault = messageFault(nonce === undefined ? parsed : withNonce(parsed, nonce))
  if (fault) return { reason: `50035 Invalid Form Body: ${fault}` }
  const { nonce: _nonce, enforce_nonce: _enforced, ...body } = parsed as Record<string, unknown>
  return { body }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // `messageFault` names it
  }
}

const withNonce = (parsed: unknown, nonce: string): unknown =>
  typeof parsed === 'object' && parsed ? { ...parsed, nonce, enforce_nonce: true } : parsed

type Posted = Readonly<{ body: MessageBody; nonce: string }>

function post(channelId: ChannelId, { body, nonce }: Posted, { messages, now, onMessage }: ChatWorld): Outcome {
  try {
    const { message, isNew } = messages.add({ channelId, body, nonce, now: now() })
    if (isNew) onMessage(message)
    return { kind: 'sent', message: sentOf(message) }
  } catch (error) {
    // A commit that failed may have reached the disk: reading back tells.
    return { kind: 'unsure', reason: String(error) }
  }
}

function editMessage(id: KeptMessage['id'], body: MessageBody, { messages, now, onMessage }: ChatWorld): EditOutcome {
  try {
    const changed = messages.change(id, body, now())
    if (!changed) return { kind: 'gone' }
    if (changed.isChanged) onMessage(changed.message)
    return { kind: 'edited' }
  } catch (error) {
    return { kind: 'notEdited', afterMs: RETRY_MS, attempt: true, reason: String(error) }
  }
}

const sentOf = ({ channelId, id }: KeptMessage) => ({ channelId, messageId: id })
