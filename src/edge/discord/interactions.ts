/** Interactions -> the same requests that the preview makes; replies -> callbacks. Discord wants a first answer within 3 s: what takes over one
 *  is deferred. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { REST } from 'discord.js'
import {
  type APIInteraction,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
  Routes,
} from 'discord-api-types/v10'
import type { PaintedReply } from '../../core/paint.ts'
import { type Reply, refusal } from '../../core/reply.ts'
import { en } from '../../core/say/en.ts'
import type { Choice } from '../../flow/command.ts'
import type { Log } from '../../flow/ports.ts'

/** DISCORD.md, trap 13. */
const DEFER_MS = 1_000

export type Responder = Readonly<{
  rest: REST
  applicationId: string
  paintReply(reply: Reply): PaintedReply
  log: Log
}>

type Interaction = Readonly<{
  id: string
  token: string
  type: APIInteraction['type']
  /** Where the button or form stood. */
  message?: Readonly<{ flags?: number }> | undefined
}>

/** Answers with what `run` returns: at once, or after a deferral. A form can only be a first answer. */
export async function respond(
  interaction: Interaction,
  run: () => Promise<Reply>,
  responder: Responder,
): Promise<void> {
  const replying = run()
  const timer = new AbortController()
  const first = await Promise.race([
    replying,
    sleep(DEFER_MS, undefined, { signal: timer.signal }).catch(() => undefined),
  ])
  timer.abort()
  if (first) return callback(interaction, firstAnswer(painted(first, responder), interaction), responder)
  const pressed = interaction.type === InteractionType.MessageComponent
  const body = pressed
    ? { type: InteractionResponseType.DeferredMessageUpdate }
    : { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } }
  await callback(interaction, body, responder)
  await later(interaction, painted(await replying, responder), responder)
}

export async function respondWithChoices(
  interaction: Interaction,
  choices: readonly Choice[],
  responder: Responder,
): Promise<void> {
  await callback(
    interaction,
    { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } },
    responder,
  )
}

/** A reply that cannot be painted is a bug of ours: the person is told, and the log says what it was. */
function painted(reply: Reply, { paintReply, log }: Responder): PaintedReply {
  try {
    return paintReply(reply)
  } catch (error) {
    log.error('reply not painted', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    return paintReply(refusal(en.errors.broken))
  }
}

function firstAnswer(answer: PaintedReply, interaction: Interaction): object {
  switch (answer.kind) {
    case 'message': {
      const updates = answer.how === 'update' && isOfBlocks(interaction)
      return {
        type: updates ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource,
        data: answer.message,
      }
    }
    case 'form':
      return { type: InteractionResponseType.Modal, data: answer.modal }
    case 'silent':
      return { type: InteractionResponseType.DeferredMessageUpdate }
  }
}

/** Only a message of components can become another one: Discord refuses to turn a message with text or embeds (a card, or one that a
 *  forger picked) into it, so that the answer comes beside it. */
function isOfBlocks({ message }: Interaction): boolean {
  return ((message?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0
}

/** After a deferral: the first message is filled in, or another one follows. */
async function later(
  interaction: Interaction,
  answer: PaintedReply,
  { rest, applicationId, log }: Responder,
): Promise<void> {
  if (answer.kind !== 'message') {
    if (answer.kind === 'form') log.warn('form came too late', { interactionId: interaction.id })
    return
  }
  const pressed = interaction.type === InteractionType.MessageComponent
  const fills = !pressed || (answer.how === 'update' && isOfBlocks(interaction))
  const options = { body: answer.message, auth: false }
  if (fills) await rest.patch(Routes.webhookMessage(applicationId, interaction.token, '@original'), options)
  else await rest.post(Routes.webhook(applicationId, interaction.token), options)
}

async function callback(interaction: Interaction, body: object, { rest, log }: Responder): Promise<void> {
  try {
    await rest.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false })
  } catch (error) {
    // The person sees "did not respond"; what the command did is kept all the same.
    log.warn('answer lost', { interactionId: interaction.id, error: String(error) })
  }
}

/** Manage Guild as Discord computed it for this very interaction. */
export function managesServer(permissions: string | undefined): boolean {
  if (permissions === undefined) return false
  const bits = BigInt(permissions)
  return (bits & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n
}
