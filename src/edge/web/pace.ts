import type { Stop } from './deadline.ts'
import { createGate, type Gate } from './gate.ts'
import { failure } from './web-error.ts'

/** Our turn at an origin: nobody else asks it until we leave. */
export type Turn = Readonly<{
  origin: string
  /** @param gapMs - the pause that the origin asked for, where it is longer than ours */
  leave(gapMs?: number): void
}>

/** One request in flight an origin and a pause between two (S12), and a bound on all that is in flight. */
export type Pace = Readonly<{
  /** Waits for our turn. @throws WebError 'stopped' when it is told to stop, or too many wait */
  enter(origin: string, stop: Stop): Promise<Turn>
}>

type PaceOptions = Readonly<{ gapMs(origin: string): number; inFlightMax: number; waitingMax: number }>

const GATES_SWEPT_AT = 4_096 // idle gates are dropped when there are so many

export function createPace(options: PaceOptions): Pace {
  const gates = new Map<string, Gate>()
  const all = createGate({ places: options.inFlightMax, gapMs: 0 })
  let entering = 0

  function gateOf(origin: string): Gate {
    if (gates.size >= GATES_SWEPT_AT) for (const [each, gate] of gates) if (gate.isIdle()) gates.delete(each)
    const gate = gates.get(origin) ?? createGate({ places: 1, gapMs: options.gapMs(origin) })
    gates.set(origin, gate)
    return gate
  }

  return {
    async enter(origin, stop) {
      if (stop.reason() || entering >= options.waitingMax) throw failure('stopped')
      const gate = gateOf(origin)
      entering++
      try {
        if (!gate.tryEnter()) await gate.enter(stop)
        if (!all.tryEnter())
          await all.enter(stop).catch((error) => {
            gate.leave()
            throw error
          })
      } finally {
        entering--
      }
      return {
        origin,
        leave(longerMs) {
          all.leave()
          gate.leave(longerMs)
        },
      }
    },
  }
}
