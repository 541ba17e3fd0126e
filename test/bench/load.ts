/** The whole bot under the load that it is built for: 100,000 stories a day, 50,000 subscriptions, stories that reach up to a hundred channels
 *  and 20 posts a second in the mean, against the stand-in with Discord's real limits in another process, which also asks and
 *  subscribes meanwhile. Told: the delay from the poll that saw an item to its cards, the delay beyond the poll interval, the event loop,
 *  memory, and what was lost or doubled. The peer is a process that does nothing but measure the same: what holds it up is the machine.
 *  Usage: node test/bench/load.ts [--minutes 20] [--articles 20000] [--stories 100000] [--log bot.log] */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { openSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { FarAsk, FarReady, FarReport } from './load/far.ts'
import type { Gauge } from './load/gauge.ts'
import { furnish } from './load/house.ts'
import { type Delays, faultsOf, measured, tell } from './load/reckoning.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '4' },
    articles: { type: 'string', default: '20000' },
    stories: { type: 'string', default: '100000' },
    profile: { type: 'string' },
    /** Where the bot's own log goes: what it says of a page or a delivery that was late. */
    log: { type: 'string' },
  },
})
const GAUGE = path.join(import.meta.dirname, 'load/gauge.ts')
const ROOT = path.resolve(import.meta.dirname, '../..')
const MINUTE_MS = 60_000
/** The bot has started, and polled every feed once. */
const WARM_MS = 90_000
/** What was published last is posted by then: a poll interval, and a queue. */
const DRAIN_MS = 90_000
const READY_MS_MAX = 120_000

const began = Date.now()
const far = fork(path.join(import.meta.dirname, 'load/far.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] })
const ready = await heard<FarReady>(far, 'ready')
const folder = await furnish(ready, Number(values.articles))
console.log(`house furnished: ${((Date.now() - began) / 1_000).toFixed(0)} s`)
const gauges: Gauge[] = []
const bot = startBot()
const idleGauges: Gauge[] = []
const idle = spawn(process.execPath, ['--import', GAUGE, '--eval', 'setInterval(() => {}, 1_000)'], {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
})
idle.on('message', (gauged: Gauge) => idleGauges.push(gauged))
try {
  await sleep(WARM_MS)
  ask({ kind: 'start', storiesADay: Number(values.stories) })
  bot.send('reset')
  idle.send('reset')
  gauges.length = 0
  await sleep(Number(values.minutes) * MINUTE_MS)
  const [loaded, idleLoaded] = [gauges.slice(), idleGauges.slice()]
  ask({ kind: 'stop' })
  await sleep(DRAIN_MS)
  ask({ kind: 'report' })
  const report = await heard<FarReport>(far, 'report')
  const figures: Delays = measured(report, { bot: loaded, idle: idleLoaded })
  tell(figures)
  const faults = faultsOf(figures)
  for (const fault of faults) console.log(`short: ${fault}`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  const ended = new Promise((resolve) => bot.once('exit', resolve))
  bot.kill('SIGTERM')
  idle.kill()
  await Promise.race([ended, sleep(20_000)])
  ask({ kind: 'close' })
  rmSync(folder, { recursive: true, force: true })
}

function startBot(): ChildProcess {
  const profiling = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  const started = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...profiling, '--import', GAUGE, 'src/main.ts', 'start'],
    {
      cwd: ROOT,
      stdio: ['ignore', values.log ? openSync(values.log, 'w') : 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        CONFIG_DIR: path.join(folder, 'config'),
        DATA_DIR: path.join(folder, 'data'),
        DISCORD_TOKEN: ready.token,
        DISCORD_API_URL: ready.apiUrl,
        LOG_LEVEL: values.log ? 'info' : 'silent',
        ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8',
      },
    },
  )
  started.on('message', (gauged: Gauge) => gauges.push(gauged))
  started.once('exit', (code) => code !== 0 && code !== null && console.error(`the bot ended: ${code}`))
  return started
}

function ask(asked: FarAsk): void {
  far.send(asked)
}

function heard<Message>(from: ChildProcess, kind: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Cannot measure: no "${kind}" after ${READY_MS_MAX} ms`)),
      READY_MS_MAX,
    )
    const listen = (message: { kind: string }): void => {
      if (message.kind !== kind) return
      clearTimeout(timer)
      from.off('message', listen)
      resolve(message as Message)
    }
    from.on('message', listen)
  })
}
