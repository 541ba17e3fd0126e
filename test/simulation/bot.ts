/** One life of the bot: its loops on ports that may take time, fail, or be the last thing it ever did. */
import { deliverStep } from '../../src/flow/deliver.ts'
import { digestStep } from '../../src/flow/digest.ts'
import { gatherStep } from '../../src/flow/gather.ts'
import { type Loop, runLoop } from '../../src/flow/loop.ts'
import type { Chat, Log, LoopName, Wake } from '../../src/flow/ports.ts'
import { createTopics, readStep } from '../../src/flow/read.ts'
import { createTries } from '../../src/flow/tries.ts'
import { nextWorkAt, reopen } from '../fakes/memory-store/reopening.ts'
import { HOUR, MINUTE, SEA, SECOND } from '../flow/stage.ts'
import { READER } from './press.ts'
import type { Life, Run } from './run.ts'

const WORKERS: Readonly<Record<LoopName, number>> = { gather: 1, read: 2, deliver: 3 }
/** How often lists are looked for; in life it is seconds, which here would only take time. */
const DIGEST_TICK_MS = 10 * MINUTE
/** Nothing is due: a sleep this long is no harm, and a jump of the clock or a new poll ends it. */
const IDLE_MS_MAX = 3 * HOUR

/** Starts the loops. `life.isOver` ends them wherever they are: whatever they wait for never comes. */
export function startBot(run: Run, { dropsLeases }: Readonly<{ dropsLeases: boolean }>): void {
  const life: Life = { isOver: false }
  if (dropsLeases) reopen(run.state, run.now())
  const store = mortal(run.store, { run, life, kind: 'store' })
  const wake = wakeOf(run, life)
  run.wakeUp = () => {
    for (const loop of ['gather', 'read', 'deliver'] as const) wake.call(loop)
  }
  const quiet = () => {}
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  let names = 0
  const chance = () => `lease-${run.lives}-${names++}`
  const common = { store, wake, log, now: run.now, chance }
  const web = mortal(run.web, { run, life, kind: 'web' })
  const reader = mortal(READER, { run, life, kind: 'reader' })
  const chat: Chat = mortal(run.chat, { run, life, kind: 'chat' })
  const stopped = new AbortController()
  const gather = { ...common, web, reader, intervalMs: 5 * MINUTE }
  const read = { ...common, web, reader, topics: createTopics([SEA]) }
  const onStop = () => {
    if (stopped.signal.aborted) return
    stopped.abort()
    run.restartSoon(life)
  }
  const deliver = { ...common, topics: [SEA], chat, tries: createTries(run.time.now), onStop }
  const never = new AbortController().signal
  const steps: Readonly<Record<LoopName, Loop['step']>> = {
    gather: (signal) => gatherStep(gather, signal),
    read: (signal) => readStep(read, signal),
    deliver: (signal) => deliverStep(deliver, signal),
  }
  for (const name of ['gather', 'read', 'deliver'] as const)
    for (let n = 0; n < WORKERS[name]; n++)
      void runLoop({ name, step: steps[name], wake, log }, name === 'deliver' ? stopped.signal : never, never)
  const tick = () => {
    if (life.isOver) return
    // A tick that throws is the next tick's matter.
    void digestStep(common).catch(quiet)
    run.time.at(run.time.now() + (run.isCalm ? HOUR : DIGEST_TICK_MS), tick)
  }
  tick()
}

type Watched = Readonly<{ run: Run; life: Life; kind: 'store' | 'web' | 'reader' | 'chat' }>

/** Every call may be the last: before its effect or after it. Nothing that belongs to a dead process has an effect. */
function mortal<Port extends object>(port: Port, { run, life, kind }: Watched): Port {
  const wrapped = Object.entries(port).map(([name, method]: [string, (...given: unknown[]) => Promise<unknown>]) => [
    name,
    async (...given: unknown[]) => {
      if (life.isOver) return gone()
      const fate = run.callsPort(kind, life)
      if (life.isOver) return gone()
      const pause = run.pauseMs(kind)
      if (pause > 0) {
        await run.time.sleep(pause)
        if (life.isOver) return gone()
      }
      if (fate === 'breaks') throw new Error(`Cannot ${name}: the disk is full`)
      const result = await method(...given)
      if (fate === 'last') run.kill(life)
      return life.isOver ? gone() : result
    },
  ])
  return Object.fromEntries(wrapped) as Port
}

const gone = (): Promise<never> => new Promise(() => {})

/** Sleeps until the store has work: a worker that asks in vain costs time and finds nothing. */
function wakeOf(run: Run, life: Life): Wake {
  const called = new Set<LoopName>()
  const sleepers = new Map<LoopName, Set<() => void>>()
  return {
    call(loop) {
      const waiting = sleepers.get(loop)
      if (!waiting || waiting.size === 0) called.add(loop)
      for (const wakeUp of [...(waiting ?? [])]) wakeUp()
    },
    wait(loop, maxMs, signal) {
      if (life.isOver) return gone()
      if (called.delete(loop) || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const waiting = sleepers.get(loop) ?? new Set()
        sleepers.set(loop, waiting)
        const now = run.now()
        const work = nextWorkAt(run.state, loop, now) - now
        const some = run.below(2 * SECOND)
        const ms = maxMs < 2 * SECOND || work <= 0 ? Math.min(maxMs, SECOND + some) : Math.min(work + some, IDLE_MS_MAX)
        const wakeUp = () => {
          cancel()
          waiting.delete(wakeUp)
          if (!life.isOver) resolve()
        }
        const cancel = run.time.at(run.time.now() + ms, wakeUp)
        waiting.add(wakeUp)
        signal.addEventListener('abort', wakeUp, { once: true })
      })
    },
  }
}
