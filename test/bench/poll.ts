/** What a poll costs: CPU seconds of our process for 1,000 polls over loopback, 95 % of them unchanged, against plain
 *  undici.request in the same run. The goal is 0.15 with everything (FEEDS.md). Usage: node test/bench/poll.ts [polls, at most 20000] */
import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Agent, request } from 'undici'
import { createReader } from '../../src/edge/reader/reader.ts'
import { createWeb } from '../../src/edge/web/web.ts'

const HOSTS = 32
const POLLS_MAX = 20_000
const CHANGED_EVERY = 20 // 5 % are not unchanged
const ITEM =
  '<item><title>The harbour of Little Pell opens</title><link>https://herald.example/1</link><description>It is open.</description></item>'
const FEED = gzipSync(`<rss version="2.0"><channel><title>Herald</title>${ITEM.repeat(50)}</channel></rss>`)
const TICKS_A_SECOND = 100 // USER_HZ, which Linux gives to every program
const ETAG = '"a1"'

if (process.send) serve()
else await measure(Math.min(Number(process.argv[2] ?? 2_000), POLLS_MAX))

/** In a process of its own, so that its time is not counted. */
function serve(): void {
  const ports: number[] = []
  for (let n = 0; n < HOSTS; n++) {
    const server = createServer((asked, answer) => {
      if (asked.headers['if-none-match'] === ETAG)
        answer.writeHead(304, { etag: ETAG, 'cache-control': 'max-age=300' }).end()
      else
        answer
          .writeHead(200, {
            etag: ETAG,
            'content-type': 'text/xml',
            'content-encoding': 'gzip',
            'content-length': FEED.length,
          })
          .end(FEED)
    })
    server.listen(0, '127.0.0.1', () => {
      ports.push((server.address() as AddressInfo).port)
      if (ports.length === HOSTS) process.send?.(ports)
    })
  }
  process.on('disconnect', () => process.exit())
}

async function measure(polls: number): Promise<void> {
  const server = fork(import.meta.filename, { execArgv: [] })
  const ports = await new Promise<number[]>((resolve) => server.once('message', (list) => resolve(list as number[])))
  const urls = ports.map((port) => `http://127.0.0.1:${port}/feed`)
  const never = new AbortController().signal

  const agent = new Agent({ connections: 1 })
  const plain = async (url: string, etag?: string) => {
    const headers = { 'accept-encoding': 'gzip', ...(etag ? { 'if-none-match': etag } : {}) }
    const { body } = await request(url, { dispatcher: agent, headers, signal: never })
    await body.arrayBuffer()
  }
  const web = createWeb({
    userAgent: 'Pullquote/bench',
    allowPrivate: ['127.0.0.0/8'],
    exemptOrigins: [],
    now: Date.now,
    hostGapMs: 0,
  })
  const guarded = async (url: string, etag?: string) =>
    web.download({ url, kind: 'feed', ...(etag ? { etag } : {}) }, never)
  const reader = createReader({ timeoutMs: 10_000 })
  const whole = async (url: string, etag?: string) => {
    const download = await guarded(url, etag)
    if (download.kind === 'fetched') await reader.readFeed(download, never)
  }

  const ways = { plain, guarded, whole }
  const best: Record<string, number> = {}
  for (const poll of Object.values(ways)) await pollAll(poll, urls, HOSTS * CHANGED_EVERY) // warm
  for (let round = 0; round < 3; round++)
    for (const [name, poll] of Object.entries(ways)) {
      const [from, childrenFrom] = [process.cpuUsage(), childSeconds(server.pid)]
      await pollAll(poll, urls, polls)
      const { user, system } = process.cpuUsage(from)
      const seconds = (user + system) / 1e6 + childSeconds(server.pid) - childrenFrom
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, (seconds / polls) * 1_000)
    }
  const { plain: base = 0, guarded: ours = 0, whole: all = 0 } = best
  const ratio = (seconds: number) => `${seconds.toFixed(3)} (${(seconds / base).toFixed(2)} x)`
  console.log(
    `${polls} polls, ${HOSTS} hosts, best of 3 rounds, CPU seconds for 1,000 polls with the reader's children`,
  )
  console.log(`undici.request ${base.toFixed(3)}; the web ${ratio(ours)}; the web and the reader ${ratio(all)}`)
  await Promise.all([web.close(), reader.close(), agent.close()])
  server.disconnect()
}

/** CPU seconds of our children so far, without the server; 0 where there is no /proc. */
function childSeconds(serverPid: number | undefined): number {
  let ticks = 0
  for (const pid of process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
    const [parent, user, system] = statOf(pid)
    if (parent === process.pid && Number(pid) !== serverPid) ticks += (user ?? 0) + (system ?? 0)
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

/** One poll in flight a host. */
async function pollAll(
  poll: (url: string, etag?: string) => Promise<unknown>,
  urls: readonly string[],
  polls: number,
): Promise<void> {
  const each = Math.ceil(polls / urls.length)
  await Promise.all(
    urls.map(async (url) => {
      for (let n = 0; n < each; n++) await poll(url, n % CHANGED_EVERY === 0 ? undefined : ETAG)
    }),
  )
}
