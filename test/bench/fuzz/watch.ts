import { readdirSync, readFileSync } from 'node:fs'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** What was seen while something ran. */
export type Seen = Readonly<{
  /** The longest time for which the loop could do nothing else, as Node measures it: waiting for a processor counts too. */
  delayMs: number
  /** The part of the longest such time in which this process itself was at work. */
  blockedMs: number
  /** The most memory that a child ever held, as the kernel counts it. Linux only, else 0. */
  childRssMb: number
}>

const TICK_MS = 10 // a fifth of what a block may last
const LOOK_MS = 100 // the kernel keeps the peak: only a child's last moments are missed, and those the reader itself tells

/** Watches this process's event loop and its children's memory until `stop`. */
export function watch(): { stop(): Seen } {
  const delay = monitorEventLoopDelay({ resolution: TICK_MS })
  delay.enable()
  let [tickedAt, cpuMs, blockedMs, childRssMb] = [performance.now(), ownCpuMs(), 0, 0]
  const tick = setInterval(() => {
    const [now, cpu] = [performance.now(), ownCpuMs()]
    blockedMs = Math.max(blockedMs, Math.min(now - tickedAt - TICK_MS, cpu - cpuMs))
    tickedAt = now
    cpuMs = cpu
  }, TICK_MS)
  const look = setInterval(() => {
    childRssMb = Math.max(childRssMb, ...childPids().map(peakRssMb))
  }, LOOK_MS)
  return {
    stop() {
      clearInterval(tick)
      clearInterval(look)
      delay.disable()
      return { delayMs: Math.max(0, delay.max / 1e6 - TICK_MS), blockedMs, childRssMb }
    },
  }
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Processor time that the children that live have used so far. Linux only, else undefined. */
export function childCpuMs(): number | undefined {
  const pids = childPids()
  return pids.length === 0 ? undefined : pids.map(cpuMsOf).reduce((sum, one) => sum + one, 0)
}

const TICKS_A_SECOND = 100 // USER_HZ, which Linux gives to every program
function cpuMsOf(pid: string): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_A_SECOND // user and system, fields 14 and 15
  } catch {
    return 0 // gone
  }
}

function childPids(): readonly string[] {
  try {
    const threads = readdirSync('/proc/self/task')
    return threads.flatMap((id) => readFileSync(`/proc/self/task/${id}/children`, 'latin1').split(' ').filter(Boolean))
  } catch {
    return []
  }
}

function peakRssMb(pid: string): number {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024
  } catch {
    return 0 // gone
  }
}
