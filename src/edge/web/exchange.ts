import type { Dispatcher } from 'undici'
import type { Line } from './clients.ts'
import type { Stop } from './deadline.ts'
import { createSink, type Sink, type SinkPlan } from './sink.ts'
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
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  let controller: Dispatcher.DispatchController | undefined
  let head: Head | undefined
  let sink: Sink | undefined
  let leave = (): void => undefined
  const fail = (error: unknown) => {
    const named = nameError(error, head?.status)
    leave()
    sink?.destroy()
    reject(named)
    controller?.abort(named)
  }
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started
      // Aborted while it waited for the connection: nothing is sent.
      const reason = stop.reason()
      if (reason) started.abort(reason)
    },
    onResponseStart(started, status, headers) {
      if (status < 200) return // an interim answer; the real one follows
      head = { status, headers }
      line.answers++
      const received = head
      const done = (bytes: Uint8Array) => {
        leave()
        resolve({ ...received, bytes })
        if (!ended) started.abort(new Error('Enough was read'))
      }
      try {
        sink = createSink(asking.plan(received), { drained: () => started.resume(), done, failed: fail })
      } catch (error) {
        fail(error) // the head alone says that the body is not wanted
      }
    },
    onResponseData(started, chunk) {
      if (sink?.write(chunk) === false) started.pause()
    },
    onResponseEnd() {
      ended = true
      sink?.end()
    },
    onResponseError(_started, error) {
      fail(error)
    },
  }
  let ended = false
  const reason = stop.reason()
  if (reason) fail(reason)
  else {
    leave = stop.onStop(() => fail(stop.reason()))
    const { origin, path, headers, body } = asking
    line.client.dispatch(
      { origin, path, headers, method: body === undefined ? 'GET' : 'POST', body: body ?? null },
      handler,
    )
  }
  return promise
}
