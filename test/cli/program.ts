/** The real program as a child process, with a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '../..')

export type Ended = Readonly<{ code: number | null; out: string; err: string }>
export type Program = Readonly<{
  child: ChildProcess
  /** Resolves when `pattern` stands in what was printed so far; rejects when the program ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  ended: Promise<Ended>
}>

/** Where `npm test` lets processes share compiled code: the suite starts the program some hundred times. */
export const COMPILED: Readonly<Record<string, string>> = process.env['NODE_COMPILE_CACHE']
  ? { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] }
  : {}

/** Nothing of this machine's environment that the program reads is handed on. */
export function runProgram(args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const watchers = new Set<() => void>()
  const tell = (): void => {
    for (const watcher of watchers) watcher()
  }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
    tell()
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
    tell()
  })
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  return {
    child,
    ended,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(out)
          if (!found) return
          watchers.delete(look)
          resolve(found)
        }
        watchers.add(look)
        look()
        void ended.then(() => reject(new Error(`The program ended before it printed ${pattern}: ${out}${err}`)))
      }),
  }
}

/** A folder that is gone after the test, with a copy of config/ in it. */
export function scratch(): Readonly<{ dir: string; config: string; data: string; remove(): void }> {
  const dir = mkdtempSync(path.join(tmpdir(), 'pullquote-cli-'))
  const config = path.join(dir, 'config')
  cpSync(path.join(ROOT, 'config'), config, { recursive: true })
  return { dir, config, data: path.join(dir, 'data'), remove: () => rmSync(dir, { recursive: true, force: true }) }
}
