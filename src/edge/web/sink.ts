import type { Transform } from 'node:stream'
import {
  brotliDecompressSync,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  gunzipSync,
} from 'node:zlib'
import { failure } from './web-error.ts'

export type SinkPlan = Readonly<{
  /** The Content-Encoding as it came, '' for none. */
  coding: string
  rawBytesMax: number
  bytesMax: number
  /** Whole or nothing; otherwise what came before a limit or fault is enough. */
  whole: boolean
}>

/** Takes a body's chunks, decodes and counts them while they stream (S10), and calls `done` or `failed` once. */
export type Sink = Readonly<{
  /** @returns false when the caller should wait for `drained` */
  write(chunk: Uint8Array): boolean
  end(): void
  /** Forgets what it has: the caller gave up. */
  destroy(): void
}>
export type SinkEvents = Readonly<{ drained(): void; done(bytes: Uint8Array): void; failed(error: Error): void }>

export function createSink(plan: SinkPlan, events: SinkEvents): Sink {
  const coding = plan.coding.trim().toLowerCase()
  const parts: Uint8Array[] = []
  let [raw, size, over] = [0, 0, false]
  let decoder: Transform | undefined
  let small: Uint8Array[] | undefined = plan.whole && AT_ONCE.has(coding) ? [] : undefined
  const finish = (error?: Error) => {
    if (over) return
    over = true
    decoder?.destroy()
    if (error !== undefined && plan.whole) events.failed(error)
    else events.done(Buffer.concat(parts))
  }
  const keep = (part: Uint8Array) => {
    if (over) return
    size += part.length
    if (size > plan.bytesMax) return finish(failure('too large'))
    parts.push(part)
  }
  const open = (first: Uint8Array) => {
    const opened = DECODERS.get(coding)?.(first)
    opened?.on('data', keep)
    opened?.on('end', () => finish())
    opened?.on('error', (cause) => finish(failure('broken encoding', cause)))
    opened?.on('drain', events.drained)
    return opened
  }
  const stream = (chunk: Uint8Array): boolean => {
    const first = small === undefined ? chunk : Buffer.concat([...small, chunk])
    small = undefined
    decoder ??= open(first)
    if (decoder !== undefined) return decoder.write(first)
    finish(failure('broken encoding'))
    return true
  }
  /** What is more than a small body swells to is a bomb's, and goes the way that counts as it swells. */
  const atOnce = (chunks: readonly Uint8Array[]): void => {
    const body = Buffer.concat(chunks)
    try {
      const maxOutputLength = Math.min(plan.bytesMax, SMALL_BYTES)
      keep(AT_ONCE.get(coding)?.(body, maxOutputLength) ?? body)
      finish()
    } catch (error) {
      small = undefined
      if (isTooLarge(error)) {
        stream(body)
        decoder?.end()
      } else finish(failure('broken encoding', error))
    }
  }
  return {
    write(chunk) {
      if (over) return true
      raw += chunk.length
      if (raw > plan.rawBytesMax) finish(failure('too large'))
      else if (PLAIN.has(coding)) keep(chunk)
      else if (small !== undefined && raw <= SMALL_RAW_BYTES) small.push(chunk)
      else return stream(chunk)
      return true
    },
    end() {
      if (small !== undefined && small.length > 0) atOnce(small)
      else if (decoder === undefined) finish()
      else decoder.end()
    },
    destroy() {
      over = true
      decoder?.destroy()
    },
  }
}

const SMALL_RAW_BYTES = 48 * 1024 // nine feeds of ten: a stream and its turn on another thread cost ten times the work
const SMALL_BYTES = 1024 * 1024 // decoded in some 3 ms

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

const PLAIN: ReadonlySet<string> = new Set(['', 'identity'])
const OUTPUT_BYTES = 64 * 1024 // four times Node's: fewer turns of the loop for a large page
const ZSTD_WINDOW_LOG_MAX = 23 // 8 MB, what RFC 8878 asks decoders to support; Node's own limit is 128 MB a stream
const ZSTD_PARAMS = { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX }

type Decoder = (first: Uint8Array) => Transform
/** One coding: a list of several is in nobody's interest but a bomb's. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', () => createGunzip({ chunkSize: OUTPUT_BYTES })],
  ['x-gzip', () => createGunzip({ chunkSize: OUTPUT_BYTES })],
  ['br', () => createBrotliDecompress({ chunkSize: OUTPUT_BYTES })],
  ['zstd', () => createZstdDecompress({ chunkSize: OUTPUT_BYTES, params: ZSTD_PARAMS })],
  // The name means zlib's format, but some send the bare stream (RFC 9110, 8.4.1.2).
  ['deflate', (first) => (isZlib(first) ? createInflate : createInflateRaw)({ chunkSize: OUTPUT_BYTES })],
])

const AT_ONCE: ReadonlyMap<string, (body: Uint8Array, maxOutputLength: number) => Uint8Array> = new Map([
  ['gzip', (body: Uint8Array, maxOutputLength: number) => gunzipSync(body, { maxOutputLength })],
  ['br', (body: Uint8Array, maxOutputLength: number) => brotliDecompressSync(body, { maxOutputLength })],
])

/** RFC 1950: method 8 in the low bits, and both header bytes a multiple of 31. */
function isZlib([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0
}
