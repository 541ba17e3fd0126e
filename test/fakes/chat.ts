/** The far side as Discord is: channels that keep messages, a nonce that is known for a while, a history that can be read. What goes
 *  wrong is written down beforehand. Its messages are a journal that the bot cannot write into except by posting. */
import { messageIdAt } from '../../src/core/advance.ts'
import { marksOf } from '../../src/core/marks.ts'
import type { ChannelId, MessageId, Outcome, Target } from '../../src/core/model.ts'
import type { Chat, EditOutcome, Found, History, Posting } from '../../src/flow/ports.ts'

export type FakeMessage = {
  readonly id: MessageId
  readonly channel: string
  readonly nonce: string
  readonly madeAt: number
  payload: string
  edits: { at: number; payload: string }[]
  isDeleted: boolean
}

/** How one post goes. `ok`: as it should. `lost`: it arrives, the answer does not. `late`: no answer, and it arrives after `afterMs`.
 *  `none`: no answer, and it never arrives. `throws`: a bug in the edge. Anything else is said, and nothing arrives. */
export type PostFate = Readonly<
  { kind: 'ok' | 'lost' | 'none' | 'throws' } | { kind: 'late'; afterMs: number } | { kind: 'says'; outcome: Outcome }
>

export type FakeChat = Readonly<{
  chat: Chat
  messages: readonly FakeMessage[]
  /** Posts that were asked for, whatever became of them. */
  posts: readonly Posting[]
  finds: readonly Readonly<{ nonce: string; afterId?: MessageId }>[]
  /** For the next post, and the next; afterwards all goes well. */
  fates: PostFate[]
  /** For the next edits. */
  editFates: EditOutcome[]
  /** For the next readings of a channel. */
  findFates: Found[]
  histories: readonly Readonly<{ channel: string; afterId: MessageId }>[]
  /** For the next stretches of history. */
  historyFates: History[]
  /** What is drawn for a post that has no fate yet. */
  fateOf: { draw: (posting: Posting) => PostFate }
  delete(id: MessageId): void
}>

/** Discord says "the past few minutes" (DISCORD.md, trap 12): the least that this can mean, with the bot's one minute inside. */
const NONCE_WINDOW_MS = 120_000
/** Few, so that a test comes to the end of a stretch. */
const HISTORY_ROWS = 5

export function createFakeChat(now: () => number): FakeChat {
  const messages: FakeMessage[] = []
  const posts: Posting[] = []
  const finds: { nonce: string; afterId?: MessageId }[] = []
  const fates: PostFate[] = []
  const editFates: EditOutcome[] = []
  const findFates: Found[] = []
  const histories: { channel: string; afterId: MessageId }[] = []
  const historyFates: History[] = []
  const fateOf: FakeChat['fateOf'] = { draw: () => ({ kind: 'ok' }) }
  const underway: { at: number; posting: Posting }[] = []
  let made = 0n

  const arrive = ({ target, payload, nonce }: Posting, at: number): FakeMessage => {
    const known = messages.find((message) => message.nonce === nonce && at - message.madeAt < NONCE_WINDOW_MS)
    // A forum post has no nonce (DISCORD.md, trap 12).
    if (known && target.kind !== 'forum') return known
    made += 1n
    const id = String(BigInt(messageIdAt(at)) + made) as MessageId
    const message: FakeMessage = {
      id,
      channel: channelOf(target),
      nonce,
      madeAt: at,
      payload,
      edits: [],
      isDeleted: false,
    }
    messages.push(message)
    return message
  }
  /** What was under way and has arrived by now. */
  const catchUp = () => {
    for (const one of underway.filter(({ at }) => at <= now()).sort((a, b) => a.at - b.at)) {
      underway.splice(underway.indexOf(one), 1)
      arrive(one.posting, one.at)
    }
  }
  const sent = (message: FakeMessage): Outcome =>
    message.isDeleted
      ? { kind: 'deleted' }
      : { kind: 'sent', message: { channelId: message.channel as ChannelId, messageId: message.id } }

  const chat: Chat = {
    async post(posting) {
      catchUp()
      posts.push(posting)
      const fate = fates.shift() ?? fateOf.draw(posting)
      switch (fate.kind) {
        case 'ok':
          return sent(arrive(posting, now()))
        case 'lost':
          arrive(posting, now())
          return { kind: 'unsure', reason: 'reset' }
        case 'late':
          underway.push({ at: now() + fate.afterMs, posting })
          return { kind: 'unsure', reason: 'time-out' }
        case 'none':
          return { kind: 'unsure', reason: '502' }
        case 'throws':
          throw new Error('a bug in the edge')
        case 'says':
          return fate.outcome
      }
    },
    async edit({ messageId }, payload) {
      catchUp()
      const fate = editFates.shift()
      if (fate && fate.kind !== 'edited') return fate
      const message = messages.find(({ id }) => id === messageId)
      if (!message || message.isDeleted) return { kind: 'gone' }
      message.payload = payload
      message.edits.push({ at: now(), payload })
      return { kind: 'edited' }
    },
    async find({ target, nonce, afterId }) {
      catchUp()
      finds.push({ nonce, ...(afterId ? { afterId } : {}) })
      const fate = findFates.shift()
      if (fate) return fate
      const found = messages.find(
        (message) =>
          message.channel === channelOf(target) &&
          !message.isDeleted &&
          BigInt(message.id) > BigInt(afterId ?? '0') &&
          // History never returns the nonce: the marker stands in the custom_ids.
          message.payload.includes(nonce),
      )
      return found
        ? { kind: 'found', message: { channelId: found.channel as ChannelId, messageId: found.id } }
        : { kind: 'absent' }
    },
    async history({ target, afterId }) {
      catchUp()
      histories.push({ channel: channelOf(target), afterId })
      const fate = historyFates.shift()
      if (fate) return fate
      const ours = messages.filter(
        (message) =>
          message.channel === channelOf(target) && !message.isDeleted && BigInt(message.id) > BigInt(afterId),
      )
      const posted = ours.slice(0, HISTORY_ROWS).flatMap(({ id, channel, payload }) =>
        marksOf(JSON.parse(payload)).map((marks) => ({
          ...marks,
          message: { channelId: channel as ChannelId, messageId: id },
        })),
      )
      const last = ours[HISTORY_ROWS - 1]
      return { kind: 'read', posted, ...(last && ours.length > HISTORY_ROWS ? { readTo: last.id } : {}) }
    },
    check: async () => ({ kind: 'ready' }),
  }
  return {
    chat,
    get messages() {
      catchUp()
      return messages
    },
    posts,
    finds,
    fates,
    editFates,
    findFates,
    histories,
    historyFates,
    fateOf,
    delete(id) {
      const message = messages.find((one) => one.id === id)
      if (message) message.isDeleted = true
    },
  }
}

function channelOf(target: Target): string {
  return target.kind === 'person' ? target.personId : target.channelId
}
