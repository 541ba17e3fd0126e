/** Answers to interactions. The token in the path is the secret; no other is asked for. */
import { unknownWebhook } from '../api-error.ts'
import type { Json } from '../json.ts'
import { withUploads } from '../messages/attachments.ts'
import { type Call, done, ok, param, type Reply, type Route, route } from '../route.ts'
import { showMessage } from '../world/show.ts'

const ORIGINAL = '/webhooks/{webhook_id}/{webhook_token}/messages/@original'
const MESSAGE = '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}'

export const INTERACTION_ROUTES: readonly Route[] = [
  route('POST /interactions/{interaction_id}/{interaction_token}/callback', callback, false),
  route(
    'POST /webhooks/{webhook_id}/{webhook_token}',
    (call) => {
      const message = call.interactions.followUp(tokenOf(call), withUploads(call))
      return ok(showMessage(message), `message ${message.id}`)
    },
    false,
  ),
  ...[ORIGINAL, MESSAGE].flatMap((path) => [
    route(`GET ${path}`, (call) => ok(showMessage(call.interactions.message(tokenOf(call), idOf(call)))), false),
    route(
      `PATCH ${path}`,
      (call) => {
        const before = call.interactions.message(tokenOf(call), idOf(call)).attachments
        const message = call.interactions.edit(tokenOf(call), idOf(call), withUploads(call, before))
        return ok(showMessage(message), `edited ${message.id}`)
      },
      false,
    ),
    route(
      `DELETE ${path}`,
      (call) => {
        const { id } = call.interactions.message(tokenOf(call), idOf(call))
        call.interactions.remove(tokenOf(call), id)
        return done(`deleted ${id}`)
      },
      false,
    ),
  ]),
]

const idOf = ({ params }: Call): string => params['message_id'] ?? '@original'

function tokenOf(call: Call): string {
  if (param(call, 'webhook_id') !== call.world.application.id) throw unknownWebhook()
  return param(call, 'webhook_token')
}

function callback(call: Call): Reply {
  const { body, interactions, query } = call
  const data = body['data']
  const filled: Json =
    data === undefined || call.uploads.length === 0
      ? body
      : { ...body, data: withUploads({ ...call, body: data as Json }) }
  const interaction = interactions.callback(param(call, 'interaction_id'), param(call, 'interaction_token'), filled)
  const { id, type, original, callback: kind } = interaction
  const effect = original ? `answered ${id} with ${original.id}` : `answered ${id}`
  if (query.get('with_response') !== 'true') return done(effect)
  return ok(
    {
      interaction: {
        id,
        type,
        channel_id: interaction.channel.id,
        ...(original ? { response_message_id: original.id, response_message_loading: original.loading } : {}),
      },
      ...(original ? { resource: { type: kind, message: showMessage(original) } } : {}),
    },
    effect,
  )
}
