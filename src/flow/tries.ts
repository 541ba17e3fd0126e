/** What this process itself tried and saw. A clock that is put forward or back, while the process runs or while it is down, falsifies every time
 *  that was saved; what is told here it does not touch. */
import { laterId } from '../core/advance.ts'
import type { MessageId } from '../core/model.ts'
import type { Now } from './ports.ts'

export type Tries = Readonly<{
  /** A request with this nonce is about to leave.
   *  @param wall - the machine's clock, at the pace of `elapsed` */
  begin(nonce: string, wall: number): void
  /** Milliseconds since this process first tried; undefined where another one did, or nobody, or where the machine's clock was put back since.
   *  A machine that slept counted nothing meanwhile, but its clock did: the longer time holds. */
  firstAgeMs(nonce: string, wall: number): number | undefined
  /** Milliseconds since the last try: of this process, or of one that was dead when this one began. */
  lastAgeMs(nonce: string): number
  /** It is known what became of it. */
  end(nonce: string): void
  /** The far side named a message. */
  see(messageId: MessageId): void
  /** The youngest message that the far side named: what is made from now on has a later id. */
  youngest(): MessageId | undefined
  /** The far side's clock showed this a moment ago, epoch milliseconds. */
  hear(at: number): void
  /** What that clock shows now at the least; undefined where it was never heard. */
  farAt(): number | undefined
}>

type Try = Readonly<{ firstAt: number; lastAt: number; wall: number }>

/** What stays open is read back; so many at once are more than there are lanes. */
const OPEN_MAX = 10_000

/** @param elapsed - milliseconds that only ever grow, from any beginning
 *  @param real - the same at the pace of the far side's clock: tests let the first one run faster */
export function createTries(elapsed: Now, real: Now = elapsed): Tries {
  const startedAt = elapsed()
  let heard: Readonly<{ at: number; since: number }> | undefined
  const open = new Map<string, Try>()
  let youngest: MessageId | undefined
  return {
    begin(nonce, wall) {
      const now = elapsed()
      const first = open.get(nonce) ?? { firstAt: now, wall }
      open.set(nonce, { ...first, lastAt: now })
      const [oldest] = open.keys()
      if (open.size > OPEN_MAX && oldest !== undefined) open.delete(oldest)
    },
    firstAgeMs(nonce, wall) {
      const first = open.get(nonce)
      if (!first || wall < first.wall) return undefined
      return Math.max(elapsed() - first.firstAt, wall - first.wall)
    },
    lastAgeMs: (nonce) => elapsed() - (open.get(nonce)?.lastAt ?? startedAt),
    end: (nonce) => void open.delete(nonce),
    see(messageId) {
      youngest = youngest === undefined ? messageId : laterId(youngest, messageId)
    },
    youngest: () => youngest,
    hear(at) {
      heard = { at, since: real() }
    },
    farAt: () => heard && heard.at + real() - heard.since,
  }
}
