import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Log, ReaderLoss } from '../../flow/ports.ts'
import type { Job, ToChild, ToParent } from './job.ts'

export type WorkerLimits = Readonly<{
  /** From the handing over to the answer. */
  timeoutMs: number
  /** For starting up. */
  startMs: number
  /** V8's old space. */
  oldSpaceMb: number
  /** Resident memory of the child at any time: Buffers are not in V8's spaces. */
  rssMaxMb: number
  /** The module that the child runs; tests give one that misbehaves. */
  entry: string
}>

export type JobsEnd = Readonly<{ kind: 'done'; values: readonly unknown[]; rssBytes?: number }> | ReaderLoss

/** One child process. It does one job after the other, and dies of any that goes wrong. */
export type Worker = Readonly<{
  pid: number | undefined
  /** False when it died before it could take a job. */
  ready: Promise<boolean>
  exited: Promise<void>
  isAlive(): boolean
  /** One run at a time; its limits are for all its jobs together. */
  run(jobs: readonly Job[]): Promise<JobsEnd>
  /** Ends the run: nobody waits for it. */
  stop(): void
  tell(message: ToChild): void
  kill(): void
}>

export function startWorker(limits: WorkerLimits, log?: Log): Worker {
  const child = forkChild(limits)
  const ready = Promise.withResolvers<boolean>()
  const exited = Promise.withResolvers<void>()
  let settle: ((end: JobsEnd) => void) | undefined
  let killed = false
  const kill = () => {
    killed = true
    child.kill('SIGKILL')
  }
  const startTimer = setTimeout(() => child.kill('SIGKILL'), limits.startMs)
  const stderr = tailOf(child)
  child.on('message', (message: ToParent) => {
    if (message.kind === 'ready') {
      clearTimeout(startTimer)
      ready.resolve(true)
    } else settle?.(message.kind === 'done' ? message : crashed(message.error, log))
  })
  // A message to a child that has just died is lost with it.
  child.on('error', (error) => log?.debug('reader channel', { error: error.name }))
  child.once('exit', (code, signal) => {
    clearTimeout(startTimer)
    settle?.({ kind: 'lost', reason: isOutOfMemory(code, signal) ? 'too large' : 'crashed' })
    void ready.promise.then((started) => {
      if (!started && !killed)
        log?.error('reader did not start', { code: code ?? undefined, signal: signal ?? undefined, error: stderr() })
    })
    ready.resolve(false)
    exited.resolve()
  })
  const lose = (reason: ReaderLoss['reason']) => {
    settle?.({ kind: 'lost', reason })
    kill()
  }
  return {
    pid: child.pid,
    ready: ready.promise,
    exited: exited.promise,
    isAlive: () => child.exitCode === null && child.signalCode === null && child.connected,
    kill,
    tell(message) {
      if (child.connected) child.send(message)
    },
    stop: () => lose('stopped'),
    run(jobs) {
      const end = Promise.withResolvers<JobsEnd>()
      const timer = setTimeout(() => lose('too slow'), limits.timeoutMs)
      const watch = watchMemory(child.pid, limits.rssMaxMb, () => lose('too large'))
      settle = (how) => {
        settle = undefined
        clearTimeout(timer)
        clearInterval(watch)
        end.resolve(how)
      }
      child.send({ kind: 'jobs', jobs } satisfies ToChild)
      return end.promise
    },
  }
}

const ROOT = resolve(import.meta.dirname, '../../..')
/** Code alone: neither `.env` nor the database, which lie beside it. */
const READABLE = ['src/*', 'node_modules/*', 'package.json'].map((name) => resolve(ROOT, name))

const SEMI_SPACE_MB = 8 // half of V8's own: 30 MB less after a feed of 10 MB, no slower

function forkChild({ oldSpaceMb, entry }: WorkerLimits): ChildProcess {
  return fork(entry, [], {
    env: {},
    execArgv: [
      '--permission',
      ...[...READABLE, entry].map((path) => `--allow-fs-read=${path}`),
      `--max-old-space-size=${oldSpaceMb}`,
      `--max-semi-space-size=${SEMI_SPACE_MB}`,
      '--disable-warning=ExperimentalWarning',
    ],
    serialization: 'advanced', // bytes stay bytes
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

const STDERR_CHARS_MAX = 2_000 // the beginning of what Node says when it cannot start
function tailOf(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    if (text.length < STDERR_CHARS_MAX) text += part.slice(0, STDERR_CHARS_MAX)
  })
  return () => text
}

function crashed(error: string, log?: Log): ReaderLoss {
  log?.warn('reading failed', { error })
  return { kind: 'lost', reason: 'crashed' }
}

/** V8 aborts when its old space is full (128 + SIGABRT where a shell reports it); a SIGKILL that is not ours is the kernel's. */
function isOutOfMemory(code: number | null, signal: NodeJS.Signals | null): boolean {
  return signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134
}

const WATCH_MS = 25 // at 1 GB/s, what memory takes, a bomb gets 25 MB beyond the limit
/** Linux only: elsewhere V8's own limit must do. */
function watchMemory(pid: number | undefined, rssMaxMb: number, onOver: () => void): NodeJS.Timeout {
  return setInterval(async () => {
    if ((await rssMbOf(pid)) > rssMaxMb) onOver()
  }, WATCH_MS)
}

async function rssMbOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
  return Number(/VmRSS:\s*(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}
