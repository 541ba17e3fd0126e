import type { Dispatcher } from 'undici'
import type { Line } from './clients.ts'
import type { Stop } from './deadline.ts'
import { createSink, type Sink, type SinkEvents, type SinkPlan } from './sink.ts'
import { nameError } from './web-error.ts'

/** Header names are in lower case; values are latin1, so that every byte survives. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>
export type Head = Readonly<{ status: number; headers: Headers }>
export type Answer = Head & Readonly<{ bytes: Uint8Array }>

type Asking = Readonly<{
  origin: string
  path: string
  headers: Readonly<Record<string, string>>
  /** Sent by POST where there is one. */
  body?: string
  /** What to do with the body, decided when the head is there. */
  plan(head: Head): SinkPlan
}>

/** One request and its answer. Straight on undici's dispatch: its `request` builds a stream for every 304.
 *  @throws WebError */
export function exchange(line: Line, asking: Asking, stop: Stop): Promise<Answer> {
  return new Exchange(line, asking, stop).answer
}

/** A class, since each request makes one. */
class Exchange implements Dispatcher.DispatchHandler, SinkEvents {
  readonly answer: Promise<Answer>
  readonly #line: Line
  readonly #asking: Asking
  readonly #stop: Stop
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: Error) => void
  #leave: (() => void) | undefined
  #controller: Dispatcher.DispatchController | undefined
  #head: Head | undefined
  #sink: Sink | undefined
  #hasEnded = false

  constructor(line: Line, asking: Asking, stop: Stop) {
    this.#line = line
    this.#asking = asking
    this.#stop = stop
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
    const reason = stop.reason()
    if (reason) this.failed(reason)
    else this.#ask()
  }

  #ask(): void {
    this.#leave = this.#stop.onStop(() => this.failed(this.#stop.reason()))
    const { origin, path, headers, body } = this.#asking
    const method = body === undefined ? 'GET' : 'POST'
    this.#line.client.dispatch({ origin, path, headers, method, body: body ?? null }, this)
  }

  onRequestStart(started: Dispatcher.DispatchController): void {
    this.#controller = started
    // Aborted while it waited for the connection: nothing is sent.
    const reason = this.#stop.reason()
    if (reason) started.abort(reason)
  }

  onResponseStart(_started: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return // an interim answer; the real one follows
    this.#head = { status, headers }
    this.#line.answers++
    try {
      this.#sink = createSink(this.#asking.plan(this.#head), this)
    } catch (error) {
      this.failed(error) // the head alone says that the body is not wanted
    }
  }

  onResponseData(started: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#sink?.write(chunk) === false) started.pause()
  }

  onResponseEnd(): void {
    this.#hasEnded = true
    this.#sink?.end()
  }

  onResponseError(_started: Dispatcher.DispatchController, error: Error): void {
    this.failed(error)
  }

  drained(): void {
    this.#controller?.resume()
  }

  done(bytes: Uint8Array): void {
    this.#leave?.()
    if (this.#head) this.#resolve({ ...this.#head, bytes })
    if (!this.#hasEnded) this.#controller?.abort(new Error('Enough was read'))
  }

  failed(error: unknown): void {
    const named = nameError(error, this.#head?.status)
    this.#leave?.()
    this.#sink?.destroy()
    this.#reject(named)
    this.#controller?.abort(named)
  }
}
