/** Files that came with a message, as Discord shows them afterwards. */
import { invalidForm } from '../api-error.ts'
import { type Json, recordsOf, textOf } from '../json.ts'
import type { MessageBody } from '../messages.ts'
import type { Call } from '../route.ts'

/** DISCORD.md: 10 MiB a file. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024
const FILES_MAX = 10

/** The body with its new files as attachments; an edit keeps those of `before` that it names. */
export function withUploads({ body, uploads, world, origin }: Call, before: readonly Json[] = []): MessageBody {
  const message: MessageBody = body
  const named = recordsOf(message.attachments)
  if (uploads.length === 0 && message.attachments === undefined) return message
  if (uploads.length > FILES_MAX)
    throw invalidForm([{ path: ['files'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 10 or fewer in length.' }])
  const files = uploads.map((upload): Json => {
    const at = /^files\[(\d+)\]$/.exec(upload.field)?.[1] ?? '0'
    if (upload.bytes > FILE_BYTES_MAX)
      throw invalidForm([{ path: ['files', at], code: 'BASE_TYPE_MAX_SIZE', message: 'File is too large.' }])
    const spec = named.find(({ id }) => String(id) === at)
    const id = world.newId()
    const filename = textOf(spec?.['filename']) || upload.name
    const url = `${origin}/cdn/attachments/${id}/${encodeURIComponent(filename)}`
    const description = textOf(spec?.['description'])
    return {
      id,
      filename,
      size: upload.bytes,
      url,
      proxy_url: url,
      content_type: upload.type,
      ...(description ? { description } : {}),
    }
  })
  const kept = before.filter(({ id }) => named.some((one) => one['id'] === id))
  return { ...message, attachments: [...(message.attachments === undefined ? before : kept), ...files] }
}
