/** Loaded before the program that is measured: tells its parent, once a second, how its event loop and memory do. */
import diagnostics from 'node:diagnostics_channel'
import { constants, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'

export type Gauge = Readonly<{
  /** Of this second, in ms, without the gauge's own step. */
  loopP99Ms: number
  loopMaxMs: number
  rssMb: number
  heapMb: number
  /** What was left after the last whole collection; 0 before the first. */
  keptMb: number
  cpuMs: number
  /** Of the whole time since `reset`. The percentiles count turns of the loop; `held` is the share of the time in which somebody who comes
   *  waits for over 50 ms, which long turns cannot hide in. */
  all: Readonly<{
    p50Ms: number
    p99Ms: number
    maxMs: number
    held: number
    /** Commits wait for the disk, and the loop with them: their share of the time, and the longest. */
    committing: number
    commitMaxMs: number
    /** The most requests to Discord that left this process in any second: what waits before the other one is not its doing. */
    leftPerSecondMax: number
  }>
}>

const STEP_MS = 1
const MB = 2 ** 20
const NS_A_MS = 1e6
const second = monitorEventLoopDelay({ resolution: STEP_MS })
const all = monitorEventLoopDelay({ resolution: STEP_MS })
second.enable()
all.enable()
let cpu = process.cpuUsage()
const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / NS_A_MS - STEP_MS)

const LOOK_MS = 5
const HELD_MS = 50
let since = performance.now()
let lookedAt = since
let heldMs = 0
setInterval(() => {
  const now = performance.now()
  heldMs += Math.max(0, now - lookedAt - LOOK_MS - HELD_MS)
  lookedAt = now
}, LOOK_MS).unref()

/** Node's types do not know what a collection tells. */
type Collected = Readonly<{ detail?: Readonly<{ kind?: number }> }>
let keptMb = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if ((entry as Collected).detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR)
      keptMb = process.memoryUsage().heapUsed / MB
}).observe({ entryTypes: ['gc'] })

let commitMs = 0
let commitMaxMs = 0
const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function timed(text) {
  const began = performance.now()
  exec.call(this, text)
  if (text !== 'commit') return
  const tookMs = performance.now() - began
  commitMs += tookMs
  commitMaxMs = Math.max(commitMaxMs, tookMs)
}

const SECOND_MS = 1_000
const leftAt: number[] = []
let leftPerSecondMax = 0
diagnostics.subscribe('undici:client:sendHeaders', (message) => {
  const { request } = message as { request: { path: string } }
  // Answers to people do not count with the rest.
  if (!request.path.startsWith('/api/') || /\/(interactions|webhooks)\//.test(request.path)) return
  const now = performance.now()
  leftAt.push(now)
  while ((leftAt[0] ?? now) <= now - SECOND_MS) leftAt.shift()
  leftPerSecondMax = Math.max(leftPerSecondMax, leftAt.length)
})

process.on('message', (message) => {
  if (message !== 'reset') return
  commitMs = 0
  commitMaxMs = 0
  leftPerSecondMax = 0
  all.reset()
  since = performance.now()
  heldMs = 0
})
setInterval(() => {
  const { user, system } = process.cpuUsage(cpu)
  cpu = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  const gauge: Gauge = {
    loopP99Ms: ms(second.percentile(99)),
    loopMaxMs: ms(second.max),
    rssMb: rss / MB,
    heapMb: heapUsed / MB,
    keptMb,
    cpuMs: (user + system) / 1_000,
    all: {
      p50Ms: ms(all.percentile(50)),
      p99Ms: ms(all.percentile(99)),
      maxMs: ms(all.max),
      held: heldMs / (performance.now() - since),
      committing: commitMs / (performance.now() - since),
      commitMaxMs,
      leftPerSecondMax,
    },
  }
  second.reset()
  process.send?.(gauge)
}, 1_000).unref()
process.channel?.unref()
