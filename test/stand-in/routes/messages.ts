/** Messages of channels. */
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { invalidForm, missingPermissions, unknownMessage } from '../api-error.ts'
import type { Json } from '../json.ts'
import { withUploads } from '../messages/attachments.ts'
import { edit, history, mayPost, openChannel, remove, write } from '../messages.ts'
import { type Call, done, ok, param, type Reply, type Route, route } from '../route.ts'
import { showMessage } from '../world/show.ts'
import type { Message, World } from '../world.ts'

const PAGE_ROWS_MAX = 100

export const MESSAGE_ROUTES: readonly Route[] = [
  route('GET /channels/{channel_id}/messages', (call) => {
    const limit = call.query.get('limit')
    if (limit !== null && !(Number.isInteger(Number(limit)) && Number(limit) >= 1 && Number(limit) <= PAGE_ROWS_MAX))
      throw invalidForm([
        { path: ['limit'], code: 'NUMBER_TYPE_MAX', message: 'int value should be between 1 and 100.' },
      ])
    const page = history(call.world, param(call, 'channel_id'), call.query)
    return ok(page.map((message) => seen(call.world, message)))
  }),
  route('POST /channels/{channel_id}/messages', post),
  route('GET /channels/{channel_id}/messages/{message_id}', (call) => {
    const { channel, may } = openChannel(call.world, param(call, 'channel_id'))
    if (!(may & Bits.ReadMessageHistory)) throw missingPermissions()
    const message = channel.messages.get(param(call, 'message_id'))
    if (!message) throw unknownMessage()
    return ok(seen(call.world, message))
  }),
  route('PATCH /channels/{channel_id}/messages/{message_id}', (call) => {
    const at = { channelId: param(call, 'channel_id'), messageId: param(call, 'message_id') }
    const before = call.world.channels.get(at.channelId)?.messages.get(at.messageId)?.attachments
    const message = edit(call.world, at, withUploads(call, before))
    return ok(showMessage(message), `edited ${message.id}`)
  }),
  route('DELETE /channels/{channel_id}/messages/{message_id}', (call) => {
    const { channel, may } = openChannel(call.world, param(call, 'channel_id'))
    const message = channel.messages.get(param(call, 'message_id'))
    if (!message) throw unknownMessage()
    if (message.author.id !== call.world.bot.id && !(may & Bits.ManageMessages)) throw missingPermissions()
    remove(call.world, channel, message)
    return done(`deleted ${message.id}`)
  }),
  route('POST /channels/{channel_id}/typing', (call) => {
    mayPost(call.world, param(call, 'channel_id'), {})
    return done('typing')
  }),
]

function post(call: Call): Reply {
  const { world, nonces } = call
  const body = withUploads(call)
  const channel = mayPost(world, param(call, 'channel_id'), body)
  const known = body.enforce_nonce === true && body.nonce != null ? nonces.find(body.nonce) : undefined
  if (known) return ok({ ...showMessage(known), nonce: body.nonce }, `same ${known.id}`)
  const message = write(world, channel, { author: world.bot, body })
  nonces.keep(message)
  return ok({ ...showMessage(message), ...(body.nonce == null ? {} : { nonce: body.nonce }) }, `message ${message.id}`)
}

/** Other people's words are empty for a bot without the intent for them, save in private. */
function seen(world: World, message: Message): Json {
  const shown = showMessage(message)
  const isPrivate = world.channels.get(message.channelId)?.guildId === undefined
  // Both flags of the application: granted, and granted to a small bot.
  const mayRead = (world.application.flags & ((1 << 18) | (1 << 19))) !== 0
  if (message.author.id === world.bot.id || isPrivate || mayRead) return shown
  return { ...shown, content: '', embeds: [], components: [], attachments: [] }
}
