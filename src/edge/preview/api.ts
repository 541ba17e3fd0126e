/** The preview's routes. Handlers return values; what a person may read as an error is one line of JSON. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { DeliveryId } from '../../core/model.ts'
import type { Command, OptionSpec } from '../../flow/command.ts'
import { BadRequest, findChannel, PREVIEW_PERSON_ID, PREVIEW_SERVER_ID, readWord } from './asked.ts'
import { readAssets } from './assets.ts'
import { guard } from './guard.ts'
import { createImages } from './images.ts'
import type { WireCommand, WireOption } from './page/wire.ts'
import type { PreviewChannel, PreviewWorld } from './preview-world.ts'
import { answerCommand, answerComplete, answerPress, type From, RefusedReply } from './replies.ts'
import { isRecord } from './shape-fault.ts'
import { streamEvents } from './stream.ts'
import { wireMessage } from './wire-message.ts'

/** A form of five long fields, some times over. */
const BODY_BYTES_MAX = 64 * 1_024
const MESSAGES_DEFAULT = 1_000
const MESSAGES_MAX = 10_000
/** Says where the events go on, to whom reads the messages first. */
const CHANGE_HEADER = 'x-pullquote-change'
const ZONE_HEADER = 'x-pullquote-zone'

export function createApi(preview: PreviewWorld): Hono {
  const assets = readAssets({ token: preview.token, person: PREVIEW_PERSON_ID, server: PREVIEW_SERVER_ID })
  const images = createImages(preview)
  const app = new Hono()
  app.use(guard(preview.token))
  app.use(bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => c.json({ error: 'The request is too large.' }, 413) }))
  app.get('/', assets.page)
  app.get('/page/:name', assets.file)
  app.get('/health', (c) => health(c, async () => preview.messages.lastChange() >= 0))
  app.get('/ready', (c) => health(c, preview.ready))
  app.get('/api/channels', (c) => c.json(preview.channels))
  app.get('/api/messages', (c) => listMessages(c, preview))
  app.get('/api/events', (c) => streamEvents(c, preview))
  app.get('/api/commands', (c) => c.json(preview.commands.flatMap(wireCommands)))
  app.get('/api/status', async (c) => c.json(await preview.status()))
  app.get('/api/image', images)
  app.post('/api/commands', async (c) => c.json(await answerCommand(...(await asked(c, preview)), preview)))
  app.post('/api/complete', async (c) => c.json(await answerComplete(...(await asked(c, preview)), preview)))
  app.post('/api/press', async (c) => c.json(await answerPress(...(await asked(c, preview)), preview)))
  app.post('/api/retry', (c) => retry(c, preview))
  app.notFound((c) => c.json({ error: `There is nothing at ${c.req.method} ${c.req.path}.` }, 404))
  app.onError((error, c) => {
    if (error instanceof BadRequest) return c.json({ error: error.message }, 400)
    if (error instanceof RefusedReply) return c.json({ error: error.message }, 502)
    preview.log.error('preview request failed', { path: c.req.path, error: error.stack ?? error.message })
    return c.json({ error: 'That did not work, and it is our fault: the log says more.' }, 500)
  })
  return app
}

/** Without data: only whether (SECURITY.md H5). */
async function health(c: Context, isWell: () => Promise<boolean>): Promise<Response> {
  try {
    if (await isWell()) return c.json({ status: 'ok' })
  } catch {
    // What is wrong stands in the log of whom it concerns.
  }
  return c.json({ status: 'unavailable' }, 503)
}

function listMessages(c: Context, { channels, messages }: PreviewWorld): Response {
  const channel = channelAsked(c.req.query('channel'), channels)
  const limit = Math.trunc(Number(c.req.query('limit') ?? MESSAGES_DEFAULT))
  if (!(limit >= 1)) throw new BadRequest(`limit: a number from 1 to ${MESSAGES_MAX}.`)
  const beforeId = c.req.query('before')
  const change = messages.lastChange()
  const list = messages.list({
    channelId: channel.id,
    limit: Math.min(limit, MESSAGES_MAX),
    ...(beforeId ? { beforeId } : {}),
  })
  return c.json(
    list.map((message) => wireMessage(message, channels)),
    200,
    { [CHANGE_HEADER]: String(change) },
  )
}

function channelAsked(named: unknown, channels: readonly PreviewChannel[]): PreviewChannel {
  const channel = typeof named === 'string' ? findChannel(channels, named) : channels[0]
  if (channel) return channel
  throw new BadRequest(`There is no channel "${named}". There are: ${channels.map(({ name }) => name).join(', ')}.`)
}

async function asked(c: Context, { channels }: PreviewWorld): Promise<[Record<string, unknown>, From]> {
  const body = await bodyOf(c)
  const { channel, zone = c.req.header(ZONE_HEADER) } = body
  const channelId = channelAsked(channel, channels).id
  return [body, { channelId, ...(typeof zone === 'string' ? { zone } : {}) }]
}

async function bodyOf(c: Context): Promise<Record<string, unknown>> {
  const parsed: unknown = await c.req.json().catch(() => undefined)
  if (isRecord(parsed)) return parsed
  throw new BadRequest('The body is not a JSON object.')
}

async function retry(c: Context, preview: PreviewWorld): Promise<Response> {
  const { id } = await bodyOf(c)
  const { store, wake } = preview.world()
  const isBack = await store.retryDelivery(readWord(id, 'id', 100) as DeliveryId, preview.now())
  if (!isBack) return c.json({ error: 'There is no dead or held delivery with this id.' }, 404)
  wake.call('deliver')
  return c.json({ ok: true })
}

function wireCommands({ name, describe, options, subcommands }: Command): readonly WireCommand[] {
  if (!subcommands) return [{ name, describe, options: options.map(wireOption) }]
  return subcommands.map((sub) => ({
    name: `${name} ${sub.name}`,
    describe: sub.describe,
    options: sub.options.map(wireOption),
  }))
}

function wireOption({ name, describe, kind, required, completes, choices, charsMax }: OptionSpec): WireOption {
  return {
    name,
    describe,
    kind,
    required: required === true,
    completes: completes === true,
    choices: choices ?? [],
    ...(charsMax === undefined ? {} : { charsMax }),
  }
}
