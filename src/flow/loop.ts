/** Runs a step for ever: again at once while there is work, then at the next call. The only place that catches what a step throws. */
import type { Log, LoopName, Wake } from './ports.ts'

/** A hint may be lost with a process; the store is asked again after this at the latest. */
const IDLE_MS_MAX = 5_000
/** A step that throws (a full disk, a bug) is not repeated at full speed. */
const BROKEN_WAIT_MS = 1_000

export type Loop = Readonly<{
  name: LoopName
  /** Does one claim's worth of work. @returns how much was done: 0 waits for a call */
  step(signal: AbortSignal): Promise<number>
  wake: Wake
  log: Log
}>

/** Ends when `stopping` aborts: the step under way finishes first. `deadline` is what the step's own waits obey. */
export async function runLoop(loop: Loop, stopping: AbortSignal, deadline: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      if ((await loop.step(deadline)) > 0) continue
      await loop.wake.wait(loop.name, IDLE_MS_MAX, stopping)
    } catch (error) {
      if (stopping.aborted) return
      loop.log.error('loop step failed', {
        loop: loop.name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
      await loop.wake.wait(loop.name, BROKEN_WAIT_MS, stopping)
    }
  }
}
