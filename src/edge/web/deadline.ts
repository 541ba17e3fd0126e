import { failure, type WebError } from './web-error.ts'

/** Tells those at work on a download when to stop. Not a signal: each download would make one, and
 *  most never look at it. */
export type Stop = Readonly<{
  /** Undefined while all is well. */
  reason(): WebError | undefined
  /** Calls `act` once, at the word. @returns forgets it */
  onStop(act: () => void): () => void
}>

/** The time of one download (S11): it runs while we work, not while we wait for our turn. */
export type Deadline = Stop &
  Readonly<{
    /** The same for those who know signals alone; its reason is the WebError. */
    signal(): AbortSignal
    /** The clock runs. @returns stops it */
    start(): () => void
    stop(): void
    /** Forgets the caller's signal, which may live for as long as the process. */
    end(): void
  }>

/** Stops at the caller's word, at ours, or when the time is over. */
export function createDeadline(totalMs: number, caller: AbortSignal): Deadline {
  return new DownloadDeadline(totalMs, caller)
}

/** A class, since each download makes one: its methods are made once. */
class DownloadDeadline implements Deadline {
  #leftMs: number
  #reason: WebError | undefined
  readonly #acts: (() => void)[] = []
  readonly #caller: AbortSignal
  readonly #forget: () => void

  constructor(totalMs: number, caller: AbortSignal) {
    this.#leftMs = totalMs
    this.#caller = caller
    this.#forget = onAbort(caller, () => this.stop())
    if (caller.aborted) this.stop()
  }

  reason(): WebError | undefined {
    return this.#reason
  }

  onStop(act: () => void): () => void {
    this.#acts.push(act)
    return () => {
      const at = this.#acts.indexOf(act)
      if (at >= 0) this.#acts.splice(at, 1)
    }
  }

  signal(): AbortSignal {
    const controller = new AbortController()
    if (this.#reason) controller.abort(this.#reason)
    else this.onStop(() => controller.abort(this.#reason))
    return controller.signal
  }

  stop(): void {
    this.#stopFor(failure('stopped', this.#caller.reason))
  }

  start(): () => void {
    const startedAt = performance.now()
    const timer = setTimeout(() => this.#stopFor(failure('timeout')), Math.max(this.#leftMs, 0))
    return () => {
      clearTimeout(timer)
      this.#leftMs -= performance.now() - startedAt
    }
  }

  end(): void {
    this.#forget()
  }

  #stopFor(why: WebError): void {
    this.#reason ??= why
    for (const act of this.#acts.splice(0)) act()
  }
}

/** What is to be done when a signal aborts. One signal goes with every download for as long as the process lives: a listener of its own for
 *  each would be looked for among all others when it goes. */
const acts = new WeakMap<AbortSignal, Set<() => void>>()

/** @returns forgets it */
function onAbort(signal: AbortSignal, act: () => void): () => void {
  const all = acts.get(signal) ?? listen(signal)
  all.add(act)
  return () => void all.delete(act)
}

function listen(signal: AbortSignal): Set<() => void> {
  const all = new Set<() => void>()
  acts.set(signal, all)
  signal.addEventListener('abort', () => {
    for (const act of all) act()
  })
  return all
}
