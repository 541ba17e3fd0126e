/** Our own breaker (DISCORD.md, trap 10): ten thousand of 401, 403 and 429 in ten minutes ban the address; it opens at a tenth. */

/** Discord counts over ten minutes. */
const WINDOW_MS = 10 * 60_000
const REFUSALS_MAX = 1_000
const REFUSED: readonly number[] = [401, 403, 429]

export type Refusals = Readonly<{
  /** An answer came.
   *  @param scope - of a 429: Discord does not count what others used up ("shared": rate limits, "Invalid Request Limit") */
  count(status: number, scope?: string | null): void
  /** How long nothing may leave the house, 0 for nearly always. */
  waitMs(): number
}>

/** @param elapsed - milliseconds that only ever grow */
export function createRefusals(elapsed: () => number): Refusals {
  const times: number[] = []
  const forget = (): void => {
    while (times[0] !== undefined && elapsed() - times[0] >= WINDOW_MS) times.shift()
  }
  return {
    count(status, scope) {
      if (!REFUSED.includes(status) || scope === 'shared') return
      times.push(elapsed())
      if (times.length > REFUSALS_MAX) times.shift()
    },
    waitMs() {
      forget()
      const [oldest] = times
      return oldest === undefined || times.length < REFUSALS_MAX ? 0 : oldest + WINDOW_MS - elapsed()
    },
  }
}
