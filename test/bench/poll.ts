/** What a poll costs: CPU seconds of our process and its children for 1,000 polls over loopback, 95 % of them unchanged, with everything
 *  (claims, the guard, the readers, the database on disk); beside undici alone and beside rss-parser's own parseURL in the same run.
 *  The goals: at most four times undici, less than parseURL, memory of the main process under twice undici's (FEEDS.md).
 *  Usage: node test/bench/poll.ts [feeds, at most 20000] [rounds] */
import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { serve } from './poll/server.ts'
import { openWay, WAYS, type WayName } from './poll/ways.ts'

const FEEDS_MAX = 20_000
const ROUNDS_MAX = 20
const WARM_ROUNDS = 2 // the first gets every document, and code is compiled
const TICKS_A_SECOND = 100 // USER_HZ, which Linux gives to every program

type Cost = Readonly<{ seconds: number; rssMb: number }>
type Order = Readonly<{ urls: readonly string[] } | { round: number }>

const role = process.argv[2]
if (role === 'server') await serve()
else if (process.send && isWay(role)) await obey(role)
else await measure(Math.min(Number(role ?? 5_000), FEEDS_MAX), Math.min(Number(process.argv[3] ?? 10), ROUNDS_MAX))

function isWay(name: string | undefined): name is WayName {
  return WAYS.some((way) => way === name)
}

async function measure(feeds: number, rounds: number): Promise<void> {
  const server = fork(import.meta.filename, ['server'], { execArgv: [] })
  const ports = (await heard(server)) as readonly number[]
  const urls = Array.from({ length: feeds }, (_, n) => `http://127.0.0.1:${ports[n % ports.length]}/${n}`)
  const ways = new Map(WAYS.map((name) => [name, fork(import.meta.filename, [name])]))
  for (const way of ways.values()) await told(way, { urls })
  const costs = new Map<WayName, Cost[]>(WAYS.map((name) => [name, []]))
  for (let round = 1; round <= WARM_ROUNDS + rounds; round++) {
    await told(server, round)
    // One after another: they share the machine, and its moods.
    for (const [name, way] of ways) {
      const cost = (await told(way, { round })) as Cost
      if (round > WARM_ROUNDS) costs.get(name)?.push(cost)
    }
  }
  for (const child of [...ways.values(), server]) child.disconnect()
  report(costs, { feeds, rounds })
}

function report(
  costs: ReadonlyMap<WayName, readonly Cost[]>,
  { feeds, rounds }: Readonly<Record<string, number>>,
): void {
  const of = (name: WayName) => {
    const all = costs.get(name) ?? []
    const seconds = Math.min(...all.map((cost) => cost.seconds))
    return { cpu: (seconds / (feeds ?? 1)) * 1_000, rssMb: all.at(-1)?.rssMb ?? 0 }
  }
  const [undici, parse, ours] = [of('undici'), of('parseURL'), of('ours')]
  const times = (cost: number, base: number) => `${(cost / base).toFixed(2)} x`
  console.log(
    `${feeds} feeds, 95 % unchanged, best of ${rounds} rounds: CPU seconds for 1,000 polls, memory of the main process`,
  )
  console.log(`undici alone      ${undici.cpu.toFixed(3)}            ${undici.rssMb.toFixed(0)} MB`)
  console.log(
    `rss-parser's parseURL ${parse.cpu.toFixed(3)} (${times(parse.cpu, undici.cpu)}) ${parse.rssMb.toFixed(0)} MB`,
  )
  console.log(
    `ours, store included  ${ours.cpu.toFixed(3)} (${times(ours.cpu, undici.cpu)}) ${ours.rssMb.toFixed(0)} MB (${times(ours.rssMb, undici.rssMb)})`,
  )
  const goals = {
    'at most 4 x undici': ours.cpu <= 4 * undici.cpu,
    'less than parseURL': ours.cpu < parse.cpu,
    'memory under 2 x undici': ours.rssMb < 2 * undici.rssMb,
  }
  for (const [goal, met] of Object.entries(goals)) console.log(`${met ? 'met   ' : 'MISSED'} ${goal}`)
}

function told(child: ChildProcess, message: Order | number): Promise<unknown> {
  const answer = heard(child)
  child.send(message)
  return answer
}

function heard(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('A process of the measurement ended'))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}

/** A way in a process of its own: opened by the first message, then one round a message. */
async function obey(name: WayName): Promise<void> {
  const opening = Promise.withResolvers<Awaited<ReturnType<typeof openWay>>>()
  process.on('message', async (order: Order) => {
    if ('urls' in order) {
      opening.resolve(await openWay(name, order.urls))
      process.send?.('ready')
      return
    }
    const way = await opening.promise
    const [from, childrenFrom] = [process.cpuUsage(), childSeconds()]
    await way.round()
    const { user, system } = process.cpuUsage(from)
    const seconds = (user + system) / 1e6 + childSeconds() - childrenFrom
    process.send?.({ seconds, rssMb: process.memoryUsage.rss() / 1e6 } satisfies Cost)
  })
  process.on('disconnect', async () => {
    await (await opening.promise).close()
    process.exit()
  })
}

/** CPU seconds of our children so far; 0 where there is no /proc. */
function childSeconds(): number {
  let ticks = 0
  for (const pid of process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
    const [parent, user, system] = statOf(pid)
    if (parent === process.pid) ticks += (user ?? 0) + (system ?? 0)
  }
  return ticks / TICKS_A_SECOND
}

/** Parent, user and system ticks (proc_pid_stat(5): fields 4, 14, 15); the name before them may hold spaces. */
function statOf(pid: string): readonly number[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? []
    return [1, 11, 12].map((at) => Number(fields[at]))
  } catch {
    return [] // ended in between
  }
}
