/** A process beside ours whose methods are called over its IPC channel: Discord and the web are not where the runner is. */
import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'

type ArgumentOf<Method> = Method extends (argument: infer Argument) => unknown ? Argument : never
type ResultOf<Method> = Method extends (argument: never) => infer Result ? Awaited<Result> : never

export type Peer<Methods> = Readonly<{
  call<Name extends keyof Methods & string>(
    name: Name,
    argument?: ArgumentOf<Methods[Name]>,
  ): Promise<ResultOf<Methods[Name]>>
  close(): Promise<void>
}>

type Call = Readonly<{ id: number; name: string; argument: unknown }>
type Answer = Readonly<{ id: number; result?: unknown; error?: string }>
type Waiting = Readonly<{ resolve(result: unknown): void; reject(error: Error): void }>

/** @param file - beside this one; it calls `servePeer`
 *  @param options - handed over as JSON */
export async function startPeer<Methods>(file: string, options: object): Promise<Peer<Methods>> {
  const child = fork(path.join(import.meta.dirname, file), [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  child.on('message', ({ id, result, error }: Answer) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve(result)
    else one?.reject(new Error(error))
  })
  child.once('exit', () => {
    for (const one of waiting.values()) one.reject(new Error(`The peer ${file} ended`))
  })
  const send = (name: string, argument: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1
      waiting.set(calls, { resolve, reject })
      child.send({ id: calls, name, argument } satisfies Call)
    })
  await send('', undefined)
  return { call: (name, argument) => send(name, argument) as never, close: () => ended(child) }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.disconnect()
  })
}

/** In the peer: every method takes one plain object. It ends when the runner is gone. */
export function servePeer(methods: object): void {
  const named = methods as Readonly<Record<string, (argument: unknown) => unknown>>
  process.on('message', ({ id, name, argument }: Call) => {
    const answer = (given: Omit<Answer, 'id'>): void => {
      if (process.connected) process.send?.({ id, ...given })
    }
    const run = async (): Promise<unknown> => (name === '' ? undefined : named[name]?.(argument))
    run().then(
      (result) => answer({ result }),
      (error: unknown) => answer({ error: String(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}

/** What the runner handed over. */
export function peerOptions<Options>(): Options {
  return JSON.parse(process.argv[2] ?? '{}') as Options
}
