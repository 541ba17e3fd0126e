/** Who listens to the preview's events. What was said stands in the messages' file: a listener that fell behind comes back with
 *  the id of the last event it saw. */
import type { KeptMessage } from './messages.ts'
import type { OperatorStatus } from './page/wire.ts'

export type PreviewEvent = Readonly<
  { kind: 'message' | 'edit'; message: KeptMessage } | { kind: 'status'; status: OperatorStatus }
>
export type Listener = Readonly<{
  /** Events not yet taken, oldest first. `behind` when it was too slow: it is to be sent away. */
  take(): Readonly<{ events: readonly PreviewEvent[]; behind: boolean }>
  /** Returns at an event, after `maxMs`, or when the hub closes. */
  wait(maxMs: number): Promise<void>
  leave(): void
}>
export type Hub = Readonly<{
  publish(event: PreviewEvent): void
  /** Undefined where too many listen already. */
  join(): Listener | undefined
  listeners(): number
  isClosed(): boolean
  close(): void
}>

/** Tabs of one person. */
const LISTENERS_MAX = 32
/** A tab that sleeps is sent away instead of filling the memory. */
const WAITING_MAX = 500

export function createHub(): Hub {
  const members = new Set<Readonly<{ push(event: PreviewEvent): void; wake(): void }>>()
  let closed = false
  return {
    publish: (event) => {
      for (const member of members) member.push(event)
    },
    join() {
      if (closed || members.size >= LISTENERS_MAX) return undefined
      let waiting: PreviewEvent[] = []
      let behind = false
      let wake = () => {}
      const member = {
        push(event: PreviewEvent) {
          if (waiting.length < WAITING_MAX) waiting.push(event)
          else behind = true
          wake()
        },
        wake: () => wake(),
      }
      members.add(member)
      return {
        take() {
          const events = waiting
          waiting = []
          return { events, behind }
        },
        async wait(maxMs) {
          if (waiting.length > 0 || behind || closed) return
          const { promise, resolve } = Promise.withResolvers<void>()
          const timer = setTimeout(resolve, maxMs)
          wake = resolve
          await promise
          clearTimeout(timer)
        },
        leave() {
          members.delete(member)
          wake()
        },
      }
    },
    listeners: () => members.size,
    isClosed: () => closed,
    close() {
      closed = true
      for (const member of members) member.wake()
    },
  }
}
