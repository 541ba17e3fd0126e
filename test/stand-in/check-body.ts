/** What is wrong with a body: by Discord's own description, by the limits that it leaves out, and by a rule of ours (O1): nothing is posted
 *  without `allowed_mentions`. */
import type { Problem } from './api-error.ts'
import type { Violation } from './journal.ts'
import { isRecord, type Json, numberOf } from './json.ts'
import { checkCommand, checkCommands } from './limits/commands.ts'
import { checkChoices, checkForm } from './limits/form.ts'
import { checkMessage } from './limits/message.ts'
import { length, within } from './limits/problems.ts'
import type { Call } from './route.ts'
import type { Schema } from './schema.ts'

export type Checked = Pick<Violation, 'rule' | 'problems'>
type Sent = Readonly<{ path: readonly string[]; body: Json; flagsBefore: number }>

export function checkBody(
  route: string,
  call: Call,
  { raw, schema }: Readonly<{ raw: unknown; schema: Schema | undefined }>,
): readonly Checked[] {
  const messages = messagesIn(route, call)
  const silent = messages.filter(({ body }) => !isRecord(body['allowed_mentions']))
  const limits = [
    ...messages.flatMap(({ path, body, flagsBefore }) => within(path, checkMessage(body, flagsBefore))),
    ...otherLimits(route, call),
  ]
  const found: readonly Checked[] = [
    { rule: 'description', problems: schema?.checkBody(route, raw) ?? [] },
    { rule: 'limit', problems: limits },
    {
      rule: 'mentions',
      problems: silent.map(({ path }) => ({
        path: [...path, 'allowed_mentions'],
        code: 'MENTIONS_NOT_BOUNDED',
        message: 'A message goes out without allowed_mentions',
      })),
    },
  ]
  return found.filter(({ problems }) => problems.length > 0)
}

const MESSAGE = '/channels/{channel_id}/messages'
const WEBHOOK = '/webhooks/{webhook_id}/{webhook_token}'

/** The messages within a body. A deferral is none. */
function messagesIn(route: string, call: Call): readonly Sent[] {
  const { body } = call
  switch (route) {
    case `POST ${MESSAGE}`:
    case `POST ${WEBHOOK}`:
      return [{ path: [], body, flagsBefore: 0 }]
    case `PATCH ${MESSAGE}/{message_id}`:
    case `PATCH ${WEBHOOK}/messages/@original`:
    case `PATCH ${WEBHOOK}/messages/{message_id}`:
      return [{ path: [], body, flagsBefore: flagsBefore(call) }]
    case 'POST /interactions/{interaction_id}/{interaction_token}/callback': {
      const type = numberOf(body['type'])
      const data = isRecord(body['data']) ? body['data'] : {}
      return type === 4 || type === 7 ? [{ path: ['data'], body: data, flagsBefore: flagsBefore(call) }] : []
    }
    case 'POST /channels/{channel_id}/threads':
      return isRecord(body['message']) ? [{ path: ['message'], body: body['message'], flagsBefore: 0 }] : []
    default:
      return []
  }
}

/** The flags of the message that is edited: one of components alone stays so. */
function flagsBefore({ world, interactions, params, body }: Call): number {
  const { channel_id: channelId, message_id: messageId, interaction_id: id, webhook_token: token } = params
  if (channelId !== undefined) return world.channels.get(channelId)?.messages.get(messageId ?? '')?.flags ?? 0
  if (id !== undefined) return body['type'] === 7 ? (interactions.find(id)?.source?.flags ?? 0) : 0
  const interaction = interactions.withToken(token ?? '')
  const all = interaction ? [interaction.original, ...interaction.followUps] : []
  const found = messageId === undefined ? interaction?.original : all.find((one) => one?.id === messageId)
  return found?.flags ?? 0
}

function otherLimits(route: string, { body, list }: Call): readonly Problem[] {
  switch (route) {
    case 'POST /interactions/{interaction_id}/{interaction_token}/callback': {
      const data = isRecord(body['data']) ? body['data'] : {}
      if (body['type'] === 9) return within(['data'], checkForm(data))
      return body['type'] === 8 ? within(['data', 'choices'], checkChoices(data['choices'])) : []
    }
    case 'PUT /applications/{application_id}/commands':
    case 'PUT /applications/{application_id}/guilds/{guild_id}/commands':
      return checkCommands(list)
    case 'POST /applications/{application_id}/commands':
    case 'POST /applications/{application_id}/guilds/{guild_id}/commands':
      return checkCommand(body)
    case 'POST /channels/{channel_id}/threads':
    case `POST ${MESSAGE}/{message_id}/threads`:
      return [
        ...length(body, 'name', { min: 1, max: 100 }),
        ...(Array.isArray(body['applied_tags']) && body['applied_tags'].length > 5
          ? [{ path: ['applied_tags'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 5 or fewer in length.' }]
          : []),
      ]
    default:
      return []
  }
}
