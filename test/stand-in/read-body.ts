/** The body of a request: JSON, or JSON with files. */
import type { IncomingMessage } from 'node:http'
import { type ApiError, invalidJson } from './api-error.ts'
import { isRecord, type Json, recordsOf } from './json.ts'
import type { Upload } from './route.ts'

export type Read = Readonly<{ raw: unknown; body: Json; list: readonly Json[]; uploads: readonly Upload[] }>

/** Ten files of 10 MiB, and some. */
const BODY_BYTES_MAX = 120 * 1024 * 1024

/** @returns an error where the body is no JSON, to be answered after the token was looked at */
export async function readBody(request: IncomingMessage): Promise<Read | ApiError> {
  const bytes = await collect(request)
  const type = request.headers['content-type'] ?? ''
  if (bytes.length === 0) return { raw: undefined, body: {}, list: [], uploads: [] }
  try {
    if (type.startsWith('multipart/form-data')) return await readForm(bytes, type)
    return asRead(JSON.parse(bytes.toString('utf8')), [])
  } catch {
    return invalidJson()
  }
}

export async function collect(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += part.length
    if (size > BODY_BYTES_MAX) throw new Error('Cannot read a request: its body is too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function asRead(raw: unknown, uploads: readonly Upload[]): Read {
  return { raw, body: isRecord(raw) ? raw : {}, list: recordsOf(raw), uploads }
}

async function readForm(bytes: Buffer, type: string): Promise<Read> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const uploads: Upload[] = []
  let raw: unknown = {}
  for (const [field, value] of form.entries()) {
    if (typeof value !== 'string') uploads.push({ field, name: value.name, type: value.type, bytes: value.size })
    else if (field === 'payload_json') raw = JSON.parse(value)
  }
  return asRead(raw, uploads)
}
