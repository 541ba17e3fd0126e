/** A reader's child in which the input has won: the address of a document says what it does. */
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import type { ToChild, ToParent } from '../../../src/edge/reader/job.ts'
import { dieWithParent } from '../../../src/edge/reader/orphan.ts'

let siblings: readonly number[] = []
const meetSiblings = dieWithParent()
const hoard: unknown[] = []

const ACTS: Readonly<Record<string, (detail: string, jobs: number) => unknown>> = {
  company: (_detail, jobs) => jobs,
  pid: () => process.pid,
  siblings: () => siblings,
  environment: () => ({ ...process.env }),
  echo: () => 'echo',
  loop: () => {
    for (;;);
  },
  // V8's old space.
  objects: () => {
    for (;;) hoard.push({ at: hoard.length, text: `${hoard.length}` })
  },
  // Outside of V8's spaces; slowly enough for a watch that looks at times.
  buffers: async () => {
    for (;;) {
      hoard.push(Buffer.alloc(4_000_000, 1))
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  },
  grow: (megabytes) => {
    hoard.push(Buffer.alloc(Number(megabytes) * 1024 * 1024, 1))
    return process.pid
  },
  exit: () => process.exit(3),
  throw: () => {
    throw new TypeError('said by the input')
  },
  network: (port) =>
    new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => resolve('connected'))
      socket.on('error', (error) => resolve(errorCode(error)))
    }),
  disk: (path) => readFile(path, 'utf8').then(() => 'read', errorCode),
  spawn: () =>
    import('node:child_process')
      .then(({ spawn }) => {
        spawn('true')
        return 'spawned'
      })
      .catch(errorCode),
  worker: () =>
    import('node:worker_threads')
      .then(({ Worker }) => {
        new Worker('1', { eval: true })
        return 'started'
      })
      .catch(errorCode),
}

process.on('message', async (message: ToChild) => {
  if (message.kind === 'siblings') {
    siblings = message.pids
    meetSiblings(siblings)
    return
  }
  try {
    const values: unknown[] = []
    for (const { input } of message.jobs) {
      const [name = '', detail = ''] = 'url' in input ? input.url.split(' ') : []
      values.push(await ACTS[name]?.(detail, message.jobs.length))
    }
    tell({ kind: 'done', values, rssBytes: process.memoryUsage.rss() })
  } catch (error) {
    tell({ kind: 'failed', error: error instanceof Error ? error.name : '' })
  }
})
tell({ kind: 'ready' })

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function tell(message: ToParent): void {
  process.send?.(message)
}
