/** What people do with the bot: commands, buttons, selects, forms. Each is sent over the gateway, and its answers are gathered here. */
import { randomBytes } from 'node:crypto'
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10'
import {
  alreadyAnswered,
  expiredToken,
  invalidForm,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './api-error.ts'
import { type Deed, payloadOf } from './interactions/payload.ts'
import { isRecord, type Json, numberOf, recordsOf } from './json.ts'
import { type MessageBody, remove, rewrite, write } from './messages.ts'
import { showMessage, showUser } from './world/show.ts'
import type { Channel, Message, User, World } from './world.ts'

/** How an interaction was answered so far. */
export type Answer = Readonly<{
  interactionId: string
  /** From the interaction to its first answer; absent where none came within 3 s. */
  ackMs?: number
  /** The first answer's type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 form. */
  callback?: number
  /** What the person sees of it: the answer (or the updated message), then the follow-ups. A deferred one that is not filled in has flag 128. */
  messages: readonly Json[]
  modal?: Json
  choices?: readonly Json[]
  /** No answer within 3 s: the person read "did not respond". */
  timedOut: boolean
}>

/** One interaction, as long as its token lives. */
export type Interaction = {
  readonly id: string
  readonly token: string
  readonly type: number
  readonly createdAt: number
  readonly sentAt: number
  readonly by: User
  readonly channel: Channel
  /** The message whose button was pressed. */
  readonly source: Message | undefined
  ackMs: number | undefined
  callback: number | undefined
  original: Message | undefined
  readonly followUps: Message[]
  modal: Json | undefined
  choices: readonly Json[] | undefined
  edited: boolean
  readonly waiting: (() => void)[]
}

export type Interactions = Readonly<{
  /** Does what a person does, and waits for the first answer; for a deferred one (5) until it is filled in. */
  send(deed: Deed): Promise<Answer>
  answerOf(interactionId: string): Answer
  find(id: string): Interaction | undefined
  withToken(token: string): Interaction | undefined
  callback(id: string, token: string, body: Json): Interaction
  followUp(token: string, body: MessageBody): Message
  message(token: string, messageId: string): Message
  edit(token: string, messageId: string, body: MessageBody): Message
  remove(token: string, messageId: string): void
}>

/** Discord's documentation, "Receiving and Responding". */
const ANSWER_WITHIN_MS = 3_000
const TOKEN_LIFE_MS = 15 * 60_000
/** How long a deferred answer is waited for, if the deed does not say. */
const FILL_WAIT_MS = 10_000
const KEPT_MAX = 5_000
const AUTOCOMPLETE = 4
const MODAL_SUBMIT = 5

type Hall = Readonly<{ world: World; all: Map<string, Interaction>; answerWithinMs: number }>

export function createInteractions(world: World, answerWithinMs: number = ANSWER_WITHIN_MS): Interactions {
  const hall: Hall = { world, all: new Map(), answerWithinMs }
  const byToken = (token: string): Interaction => live(hall, token)
  return {
    send: (deed) => send(hall, deed),
    find: (id) => hall.all.get(id),
    withToken: (token) => [...hall.all.values()].find((interaction) => interaction.token === token),
    answerOf: (id) => {
      const interaction = hall.all.get(id)
      if (!interaction) throw new Error(`Cannot show an answer: no interaction ${id}`)
      return answered(interaction)
    },
    callback: (id, token, body) => {
      const interaction = hall.all.get(id)
      if (interaction?.token !== token || world.now() - interaction.createdAt > answerWithinMs)
        throw unknownInteraction()
      if (interaction.callback !== undefined) throw alreadyAnswered()
      answer(hall, interaction, body)
      return interaction
    },
    followUp: (token, body) => followUp(hall, byToken(token), body),
    message: (token, messageId) => messageOf(byToken(token), messageId),
    edit: (token, messageId, body) => {
      const interaction = byToken(token)
      const message = messageOf(interaction, messageId)
      rewrite(world, message, body)
      interaction.edited = true
      wake(interaction)
      return message
    },
    remove: (token, messageId) => {
      const interaction = byToken(token)
      const message = messageOf(interaction, messageId)
      remove(world, interaction.channel, message)
      if (interaction.original === message) interaction.original = undefined
      const at = interaction.followUps.indexOf(message)
      if (at >= 0) interaction.followUps.splice(at, 1)
    },
  }
}

async function send({ world, all, answerWithinMs }: Hall, deed: Deed): Promise<Answer> {
  const opener = deed.kind === 'modal' ? all.get(deed.openedBy) : undefined
  const { payload, type, by, channel, source } = payloadOf(world, deed, opener)
  const interaction: Interaction = {
    id: world.newId(),
    token: `standin-interaction-${randomBytes(24).toString('base64url')}`,
    type,
    createdAt: world.now(),
    sentAt: performance.now(),
    by,
    channel,
    source,
    ackMs: undefined,
    callback: undefined,
    original: undefined,
    followUps: [],
    modal: undefined,
    choices: undefined,
    edited: false,
    waiting: [],
  }
  all.set(interaction.id, interaction)
  for (const id of [...all.keys()].slice(0, Math.max(0, all.size - KEPT_MAX))) all.delete(id)
  world.tell({
    name: 'INTERACTION_CREATE',
    data: { ...payload, id: interaction.id, token: interaction.token },
    intents: 0,
  })
  await until(interaction, answerWithinMs, () => interaction.callback !== undefined)
  const isDeferred = interaction.callback === InteractionResponseType.DeferredChannelMessageWithSource
  if (deed.until === 'edit' || (isDeferred && deed.until !== 'ack'))
    await until(interaction, deed.waitMs ?? FILL_WAIT_MS, () => interaction.edited || interaction.followUps.length > 0)
  return answered(interaction)
}

/** Resolves when `isMet`, or when the time is over. */
async function until(interaction: Interaction, withinMs: number, isMet: () => boolean): Promise<void> {
  const endAt = performance.now() + withinMs
  while (!isMet()) {
    const left = endAt - performance.now()
    if (left <= 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left)
      interaction.waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}

function wake(interaction: Interaction): void {
  for (const resolve of interaction.waiting.splice(0)) resolve()
}

function answered(interaction: Interaction): Answer {
  const { id, ackMs, callback, original, followUps, modal, choices } = interaction
  return {
    interactionId: id,
    ...(ackMs === undefined ? {} : { ackMs }),
    ...(callback === undefined ? {} : { callback }),
    messages: [...(original ? [original] : []), ...followUps].map(showMessage),
    ...(modal ? { modal } : {}),
    ...(choices ? { choices } : {}),
    timedOut: callback === undefined,
  }
}

/** Which first answers fit which interaction. */
function mayAnswer({ type, source }: Interaction, callback: number): boolean {
  const kinds = InteractionResponseType
  if (type === AUTOCOMPLETE) return callback === kinds.ApplicationCommandAutocompleteResult
  if (callback === kinds.UpdateMessage || callback === kinds.DeferredMessageUpdate) return source !== undefined
  if (callback === kinds.Modal) return type !== MODAL_SUBMIT
  return callback === kinds.ChannelMessageWithSource || callback === kinds.DeferredChannelMessageWithSource
}

function answer(hall: Hall, interaction: Interaction, body: Json): void {
  const kinds = InteractionResponseType
  const callback = numberOf(body['type'])
  if (!mayAnswer(interaction, callback))
    throw invalidForm([
      { path: ['type'], code: 'BASE_TYPE_CHOICES', message: `Type ${callback} does not fit this interaction` },
    ])
  const data = isRecord(body['data']) ? body['data'] : {}
  if (callback === kinds.ChannelMessageWithSource) interaction.original = reply(hall, interaction, { body: data })
  if (callback === kinds.DeferredChannelMessageWithSource)
    interaction.original = reply(hall, interaction, { body: data, loading: true })
  if (callback === kinds.UpdateMessage && interaction.source) rewrite(hall.world, interaction.source, data)
  if (callback === kinds.UpdateMessage || callback === kinds.DeferredMessageUpdate)
    interaction.original = interaction.source
  if (callback === kinds.ApplicationCommandAutocompleteResult) interaction.choices = recordsOf(data['choices'])
  if (callback === kinds.Modal) interaction.modal = data
  interaction.callback = callback
  interaction.ackMs = performance.now() - interaction.sentAt
  wake(interaction)
}

function reply(
  { world }: Hall,
  interaction: Interaction,
  said: Readonly<{ body: MessageBody; loading?: boolean }>,
): Message {
  const { body, loading = false } = said
  const { by, channel, id, type } = interaction
  const isHidden = (numberOf(body.flags) & MessageFlags.Ephemeral) !== 0
  const owners = channel.guildId ? { '0': channel.guildId } : { '0': '0' }
  return write(world, channel, {
    author: world.bot,
    // Nothing of a deferral is shown but "is thinking".
    body: loading ? { flags: 0 } : body,
    type: type === 2 ? 20 : 0,
    interaction: { id, type, user: showUser(by), authorizing_integration_owners: owners },
    loading,
    ...(isHidden ? { ephemeralTo: by.id } : {}),
  })
}

/** The first follow-up of a deferred answer fills it in (seen on Discord). */
function followUp(hall: Hall, interaction: Interaction, body: MessageBody): Message {
  if (interaction.callback === undefined) throw unknownWebhook()
  if (interaction.original?.loading) {
    rewrite(hall.world, interaction.original, body)
    interaction.edited = true
    wake(interaction)
    return interaction.original
  }
  const message = reply(hall, interaction, { body })
  interaction.followUps.push(message)
  wake(interaction)
  return message
}

function live({ world, all }: Hall, token: string): Interaction {
  const found = [...all.values()].find((interaction) => interaction.token === token)
  if (!found) throw unknownWebhook()
  if (world.now() - found.createdAt > TOKEN_LIFE_MS) throw expiredToken()
  return found
}

function messageOf(interaction: Interaction, messageId: string): Message {
  if (interaction.callback === undefined) throw unknownWebhook()
  const { original, followUps } = interaction
  const found = messageId === '@original' ? original : [original, ...followUps].find((one) => one?.id === messageId)
  if (!found) throw unknownMessage()
  return found
}
