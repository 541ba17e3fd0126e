/** Whether the line on which people reach us is open, and what is done when it hangs: a client of discord.js that lost its way is not found
 *  out by itself, and one that is torn down half-way may connect anew beside the next. A new process is sound: nothing is lost by it. */

/** Longer than discord.js needs for an outage's end, a session that is refused, and a start of many servers. */
const HANGS_MS = 10 * 60_000
const MINUTE_MS = 60_000

export type GatewayWatch = Readonly<{
  /** Discord wants us to wait before we introduce ourselves: for so long nothing hangs. */
  excuse(waitMs: number): void
  /** For /ready: undefined where it is open, else one line. */
  problem(): string | undefined
  /** To be called every now and then. */
  look(): Promise<void>
}>

export type GatewayWatching = Readonly<{
  isOpen(): boolean
  /** Whether Discord answers at all: in an outage a new process would be no better off. */
  isReachable(): Promise<boolean>
  /** Milliseconds that only ever grow. */
  elapsed(): number
  onHung(reason: string): void
}>

export function createGatewayWatch({ isOpen, isReachable, elapsed, onHung }: GatewayWatching): GatewayWatch {
  /** When it was open last, and since when it may be missed: an excuse lies in the future. */
  let openAt = elapsed()
  let missedAt = openAt
  let isLooking = false
  const silentFor = (): string => {
    const minutes = Math.floor((elapsed() - openAt) / MINUTE_MS)
    return minutes > 0 ? ` for ${minutes} min` : ''
  }
  const note = (): boolean => {
    if (!isOpen()) return false
    openAt = elapsed()
    missedAt = Math.max(missedAt, openAt)
    return true
  }
  return {
    excuse(waitMs) {
      missedAt = Math.max(missedAt, elapsed() + waitMs)
    },
    problem: () => (note() ? undefined : `the gateway is not connected${silentFor()}`),
    async look() {
      if (note() || isLooking || elapsed() - missedAt < HANGS_MS) return
      isLooking = true
      const reachable = await isReachable()
      isLooking = false
      if (note()) return
      if (reachable) onHung(`The gateway was not connected${silentFor()} although Discord answers`)
      else missedAt = elapsed()
    },
  }
}
