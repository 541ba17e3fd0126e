/** @discordjs/rest tells by the wall clock when a limit ends: one that is put back by an hour would keep us waiting for an hour more. */
import type { REST } from '@discordjs/rest'

/** What the clock may be put back unnoticed: no wait is told so exactly. */
const PUT_BACK_MS = 1_000

/** @returns to be called before each request: where the clock was put back since the last call, what was known of limits is forgotten */
export function steadyLimits(rest: Pick<REST, 'handlers' | 'globalReset' | 'globalDelay'>): () => void {
  let ahead = aheadMs()
  return () => {
    const before = ahead
    ahead = aheadMs()
    if (before - ahead < PUT_BACK_MS) return
    rest.handlers.clear()
    rest.globalReset = -1
    rest.globalDelay = null
  }
}

function aheadMs(): number {
  return Date.now() - performance.now()
}
