/** Card, digest or reply -> the JSON that Discord takes; the preview draws the very same. Only painters cut.
 *  `allowed_mentions` is set here and nowhere else: nothing is mentioned but the roles that a subscription names. */

import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import { ComponentType, MessageFlags } from 'discord-api-types/v10'
import type { Card } from './card.ts'
import type { RoleId } from './model.ts'
import { container } from './paint/blocks.ts'
import { embedCard, richCard } from './paint/card.ts'
import { MODAL_PLACEHOLDER_CHARS_MAX, MODAL_TITLE_CHARS_MAX, ROLES_MAX } from './paint/limits.ts'
import type { Message } from './paint/message.ts'
import type { Reply } from './reply.ts'
import { cut, oneLine } from './safe-text.ts'

export type PaintedReply = Readonly<
  | { kind: 'message'; how: 'new' | 'update'; message: Message }
  | { kind: 'form'; modal: APIModalInteractionResponseCallbackData }
  | { kind: 'silent' }
>

/** A message of embeds by default: those of components alone were seen to push empty notifications to phones. */
export function paintCard(card: Card): Message {
  const painted = card.style === 'rich' ? richCard(card) : embedCard(card)
  return { ...painted, ...mentioning(card.mentions) }
}

/** A message that nobody asked for in this moment (digest, notice, welcome), from the same blocks as replies. */
export function paintPosted(posted: Extract<Reply, { kind: 'message' }>, mentions: readonly RoleId[] = []): Message {
  return { flags: MessageFlags.IsComponentsV2, components: [container(posted)], ...mentioning(mentions) }
}

export function paintReply(reply: Reply): PaintedReply {
  switch (reply.kind) {
    case 'message': {
      const message = paintPosted(reply)
      const flags = MessageFlags.IsComponentsV2 | (reply.to === 'you' ? MessageFlags.Ephemeral : 0)
      return { kind: 'message', how: reply.how, message: { ...message, flags } }
    }
    case 'form':
      return { kind: 'form', modal: paintForm(reply) }
    case 'silent':
      return { kind: 'silent' }
  }
}

function paintForm(form: Extract<Reply, { kind: 'form' }>): APIModalInteractionResponseCallbackData {
  return {
    custom_id: form.id,
    title: cut(oneLine(form.title), MODAL_TITLE_CHARS_MAX),
    components: form.fields.map((field) => ({
      type: ComponentType.Label,
      label: cut(field.label, MODAL_TITLE_CHARS_MAX),
      component: {
        type: ComponentType.TextInput,
        custom_id: field.name,
        style: field.long ? 2 : 1,
        required: field.required,
        max_length: field.charsMax,
        ...(field.value ? { value: field.value.slice(0, field.charsMax) } : {}),
        ...(field.placeholder ? { placeholder: cut(field.placeholder, MODAL_PLACEHOLDER_CHARS_MAX) } : {}),
      },
    })),
  }
}

function mentioning(roles: readonly RoleId[]): Pick<Message, 'allowed_mentions'> {
  return { allowed_mentions: { parse: [], ...(roles.length > 0 ? { roles: roles.slice(0, ROLES_MAX) } : {}) } }
}
