/** Loaded before the program that is measured: tells its parent, once a second, how its event loop and memory do. */
import { monitorEventLoopDelay } from 'node:perf_hooks'

export type Gauge = Readonly<{
  /** Of this second, in ms, without the gauge's own step. */
  loopP99Ms: number
  loopMaxMs: number
  rssMb: number
  heapMb: number
  cpuMs: number
  /** Of the whole time since `reset`. The percentiles count turns of the loop; `held` is the share of the time in which somebody who comes
   *  waits for over 50 ms, which long turns cannot hide in. */
  all: Readonly<{ p50Ms: number; p99Ms: number; maxMs: number; held: number }>
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

process.on('message', (message) => {
  if (message !== 'reset') return
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
    cpuMs: (user + system) / 1_000,
    all: {
      p50Ms: ms(all.percentile(50)),
      p99Ms: ms(all.percentile(99)),
      maxMs: ms(all.max),
      held: heldMs / (performance.now() - since),
    },
  }
  second.reset()
  process.send?.(gauge)
}, 1_000).unref()
process.channel?.unref()
