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
  return new BodySink(plan, events)
}

/** A class, since each answer makes one, most of them for no body at all. */
class BodySink implements Sink {
  readonly #plan: SinkPlan
  readonly #events: SinkEvents
  readonly #coding: string
  readonly #parts: Uint8Array[] = []
  #raw = 0
  #size = 0
  #isOver = false
  #decoder: Transform | undefined
  #small: Uint8Array[] | undefined

  constructor(plan: SinkPlan, events: SinkEvents) {
    this.#plan = plan
    this.#events = events
    this.#coding = plan.coding.trim().toLowerCase()
    if (plan.whole && AT_ONCE.has(this.#coding)) this.#small = []
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver) return true
    this.#raw += chunk.length
    if (this.#raw > this.#plan.rawBytesMax) this.#finish(failure('too large'))
    else if (PLAIN.has(this.#coding)) this.#keep(chunk)
    else if (this.#small !== undefined && this.#raw <= SMALL_RAW_BYTES) this.#small.push(chunk)
    else return this.#stream(chunk)
    return true
  }

  end(): void {
    if (this.#small !== undefined && this.#small.length > 0) this.#atOnce(this.#small)
    else if (this.#decoder === undefined) this.#finish()
    else this.#decoder.end()
  }

  destroy(): void {
    this.#isOver = true
    this.#decoder?.destroy()
  }

  #finish(error?: Error): void {
    if (this.#isOver) return
    this.destroy()
    const parts = this.#parts
    if (error !== undefined && this.#plan.whole) this.#events.failed(error)
    else this.#events.done(parts.length > 1 ? Buffer.concat(parts) : (parts[0] ?? NOTHING))
  }

  #keep(part: Uint8Array): void {
    if (this.#isOver) return
    this.#size += part.length
    if (this.#size > this.#plan.bytesMax) this.#finish(failure('too large'))
    else this.#parts.push(part)
  }

  #stream(chunk: Uint8Array): boolean {
    const first = this.#small === undefined ? chunk : Buffer.concat([...this.#small, chunk])
    this.#small = undefined
    this.#decoder ??= this.#open(first)
    if (this.#decoder !== undefined) return this.#decoder.write(first)
    this.#finish(failure('broken encoding'))
    return true
  }

  #open(first: Uint8Array): Transform | undefined {
    const opened = DECODERS.get(this.#coding)?.(first)
    opened?.on('data', (part) => this.#keep(part))
    opened?.on('end', () => this.#finish())
    opened?.on('error', (cause) => this.#finish(failure('broken encoding', cause)))
    opened?.on('drain', () => this.#events.drained())
    return opened
  }

  /** What is more than a small body swells to is a bomb's, and goes the way that counts as it swells. */
  #atOnce(chunks: readonly Uint8Array[]): void {
    const body = Buffer.concat(chunks)
    try {
      const maxOutputLength = Math.min(this.#plan.bytesMax, SMALL_BYTES)
      this.#keep(AT_ONCE.get(this.#coding)?.(body, maxOutputLength) ?? body)
      this.#finish()
    } catch (error) {
      this.#small = undefined
      if (isTooLarge(error)) {
        this.#stream(body)
        this.#decoder?.end()
      } else this.#finish(failure('broken encoding', error))
    }
  }
}

const NOTHING = new Uint8Array(0)
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
