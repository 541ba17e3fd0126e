/** Server-sent events: messages, edits and the operator's numbers, resumed after the last event that was seen. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Listener, PreviewEvent } from './hub.ts'
import type { KeptMessage } from './messages.ts'
import type { PreviewWorld } from './preview-world.ts'
import { wireMessage } from './wire-message.ts'

/** Proxies and sleeping tabs notice a dead connection by it. */
const KEEP_ALIVE_MS = 15_000
/** After a restart of the bot the page is back at once. */
const RETRY_MS = 1_000
/** Who missed more than this reads the channel anew. */
const REPLAYED_MAX = 500

export function streamEvents(c: Context, preview: PreviewWorld): Response {
  const listener = preview.hub.join()
  if (!listener) return c.json({ error: 'Too many pages listen already: close some tabs.' }, 503)
  const asked = c.req.header('last-event-id') ?? c.req.query('after') ?? ''
  // What is said from here on waits in the listener; what was said before stands in the file.
  const before = preview.messages.lastChange()
  const after = /^\d{1,15}$/.test(asked) ? Number(asked) : before
  return streamSSE(
    c,
    async (stream) => {
      stream.onAbort(() => listener.leave())
      try {
        await replay(stream, { after, before }, preview)
        await follow(stream, listener, { preview, after: before })
      } finally {
        listener.leave()
      }
    },
    async (error) => preview.log.debug('events ended', { error: String(error) }),
  )
}

/** Names this start without telling its token: a page of an earlier one has to be read anew. */
function startOf({ token }: PreviewWorld): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 12)
}

async function replay(
  stream: SSEStreamingApi,
  { after, before }: Readonly<{ after: number; before: number }>,
  preview: PreviewWorld,
): Promise<void> {
  await stream.writeSSE({
    event: 'hello',
    id: String(Math.min(after, before)),
    data: JSON.stringify({ start: startOf(preview) }),
    retry: RETRY_MS,
  })
  const missed = after < before ? preview.messages.changesAfter(after, REPLAYED_MAX + 1) : []
  // A file that was begun anew counts from one again.
  if (after > before || missed.length > REPLAYED_MAX) {
    await stream.writeSSE({ event: 'reset', id: String(before), data: '{}' })
    return
  }
  for (const message of missed) await write(stream, eventOf(message, after), preview)
}

/** Somebody who never saw it gets it as new, even when it was edited since. */
function eventOf(message: KeptMessage, after: number): PreviewEvent {
  return { kind: message.madeBy > after ? 'message' : 'edit', message }
}

async function follow(
  stream: SSEStreamingApi,
  listener: Listener,
  { preview, after }: Readonly<{ preview: PreviewWorld; after: number }>,
): Promise<void> {
  while (!(stream.aborted || preview.hub.isClosed())) {
    const { events, behind } = listener.take()
    for (const event of events)
      if (!('message' in event) || event.message.change > after) await write(stream, event, preview)
    if (behind) return
    if (events.length > 0) continue
    const wokenAt = performance.now()
    await listener.wait(KEEP_ALIVE_MS)
    if (performance.now() - wokenAt >= KEEP_ALIVE_MS - 50) await stream.write(': still here\n\n')
  }
}

function write(stream: SSEStreamingApi, event: PreviewEvent, { channels }: PreviewWorld): Promise<void> {
  if (event.kind === 'status') return stream.writeSSE({ event: 'status', data: JSON.stringify(event.status) })
  const { message } = event
  return stream.writeSSE({
    event: event.kind,
    id: String(message.change),
    data: JSON.stringify(wireMessage(message, channels)),
  })
}
