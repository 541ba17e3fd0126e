/** The local page that stands in for Discord, and the port Chat behind it. Opened when there is no token. */
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { PaintedReply } from '../../core/paint.ts'
import type { Reply } from '../../core/reply.ts'
import type { Command, Places, Pressable, World } from '../../flow/command.ts'
import type { Chance, Chat, Log, Now } from '../../flow/ports.ts'
import { createApi } from './api.ts'
import { createChat } from './chat.ts'
import { createHub, type Hub } from './hub.ts'
import { createSeenImages } from './images.ts'
import { listen } from './listen.ts'
import { type KeptMessage, type Messages, openMessages } from './messages.ts'
import type { OperatorStatus } from './page/wire.ts'
import type { FetchedImage, PreviewChannel, PreviewWorld } from './preview-world.ts'

export type PreviewOptions = Readonly<{
  /** Asked for by a person: taken, it is refused. Without one: 8080 or the next free one. 0: any. */
  port?: number
  /** Path of the preview's own SQLite file. */
  database: string
  now: Now
  chance: Chance
  log: Log
  /** The first is the one that opens. */
  channels: readonly PreviewChannel[]
  commands: readonly Command[]
  /** What else answers to buttons. The commands do anyway. */
  pressables?: readonly Pressable[]
  /** Asked at every request: the world holds the chat that is opened here. */
  world(): World
  paintReply(reply: Reply): PaintedReply
  status(): Promise<OperatorStatus>
  /** For /ready; without it, a status that answers is ready. */
  ready?(): Promise<boolean>
  /** Through the guarded downloader, or from the sample wire. Undefined or missing: the page draws a placeholder. */
  fetchImage?(url: string, signal: AbortSignal): Promise<FetchedImage | undefined>
  /** How often the operator's numbers go to open pages. */
  statusEveryMs?: number
}>
export type OpenPreview = Readonly<{ kind: 'open'; url: string; chat: Chat; places: Places; close(): Promise<void> }>

/** A panel that follows without being a load. */
const STATUS_EVERY_MS = 2_000

export async function openPreview(
  options: PreviewOptions,
): Promise<OpenPreview | Readonly<{ kind: 'refused'; message: string }>> {
  const opened = tryOpen(options.database)
  if ('message' in opened) return { kind: 'refused', message: opened.message }
  const hub = createHub()
  const preview = previewWorld(options, opened.messages, hub)
  const server = createAdaptorServer({ fetch: createApi(preview).fetch }) as Server
  const listening = await listen(server, options.port)
  if (listening.kind === 'refused') {
    opened.messages.close()
    return listening
  }
  const timer = setInterval(statusTeller(preview), options.statusEveryMs ?? STATUS_EVERY_MS)
  timer.unref()
  return {
    kind: 'open',
    url: `http://127.0.0.1:${listening.port}/`,
    chat: createChat({
      messages: opened.messages,
      now: options.now,
      isOpen: (id) => options.channels.some((channel) => channel.id === id),
      onMessage: preview.announce,
    }),
    places: placesOf(options.channels),
    async close() {
      clearInterval(timer)
      hub.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      opened.messages.close()
    },
  }
}

function tryOpen(path: string): Readonly<{ messages: Messages } | { message: string }> {
  try {
    return { messages: openMessages(path) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      message: `Cannot open the preview's messages "${path}": ${why}. Close what else uses the file, or move it away to begin anew.`,
    }
  }
}

function previewWorld(options: PreviewOptions, messages: Messages, hub: Hub): PreviewWorld {
  let ephemerals = 0n
  return {
    channels: options.channels,
    commands: options.commands,
    pressables: [...options.commands, ...(options.pressables ?? [])],
    messages,
    hub,
    log: options.log,
    token: options.chance(),
    seenImages: createSeenImages(),
    now: options.now,
    world: options.world,
    paintReply: options.paintReply,
    status: options.status,
    ready: options.ready ?? (async () => Boolean(await options.status())),
    fetchImage: options.fetchImage ?? (async () => undefined),
    announce: (message: KeptMessage) =>
      hub.publish({ kind: message.editedAt === undefined ? 'message' : 'edit', message }),
    // Never stored, so it need not be one of Discord's; only different from every other.
    // A number beyond 2^53 counts in twos: two answers had one id, and only the first was drawn.
    nextEphemeralId: () => String(10n ** 16n + ++ephemerals),
  }
}

/** One question at a time: a slow store is not asked again before it answered. */
function statusTeller({ hub, status, log }: PreviewWorld): () => void {
  let asked = false
  return () => {
    if (asked || hub.listeners() === 0) return
    asked = true
    status()
      .then((answer) => hub.publish({ kind: 'status', status: answer }))
      .catch((error: unknown) => log.warn('status failed', { error: String(error) }))
      .finally(() => {
        asked = false
      })
  }
}

function placesOf(channels: readonly PreviewChannel[]): Places {
  return {
    async channel(id) {
      const channel = channels.find((one) => one.id === id)
      return channel && { id: channel.id, name: channel.name, kind: 'channel', mayAskerPost: true }
    },
  }
}
