/** A port on loopback: the one that was asked for, or the next free one. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where people expect a local page. */
const DEFAULT_PORT = 8_080
/** So many taken ports in a row mean that something else is wrong. */
const PORTS_TRIED_MAX = 100
/** The preview is for the person at this machine, nobody else's (SECURITY.md H3). */
const LOOPBACK = '127.0.0.1'

export type Listening = Readonly<{ kind: 'open'; port: number } | { kind: 'refused'; message: string }>

/** @param asked - undefined: 8080 or the next free one; 0: any free one; taken or forbidden: refused, never another */
export async function listen(server: Server, asked: number | undefined): Promise<Listening> {
  if (asked !== undefined) {
    const code = await tryPort(server, asked)
    return code === undefined
      ? { kind: 'open', port: portOf(server) }
      : { kind: 'refused', message: refusalOf(asked, code) }
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS_TRIED_MAX; port++) {
    const code = await tryPort(server, port)
    if (code === undefined) return { kind: 'open', port }
    if (code !== 'EADDRINUSE' && code !== 'EACCES') return { kind: 'refused', message: refusalOf(port, code) }
  }
  const last = DEFAULT_PORT + PORTS_TRIED_MAX - 1
  const message = `Cannot open the preview: ports ${DEFAULT_PORT} to ${last} are taken. Choose one yourself with PREVIEW_PORT.`
  return { kind: 'refused', message }
}

/** @returns undefined when it listens, otherwise the system's error code */
function tryPort(server: Server, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening)
      resolve(error.code ?? error.message)
    }
    const onListening = () => {
      server.off('error', onError)
      resolve(undefined)
    }
    server.once('error', onError)
    server.once('listening', onListening)
    server.listen(port, LOOPBACK)
  })
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function refusalOf(port: number, code: string): string {
  const why =
    code === 'EADDRINUSE'
      ? 'is taken. Stop what uses it, or choose another with PREVIEW_PORT.'
      : code === 'EACCES'
        ? 'may not be used by this user. Choose one above 1023 with PREVIEW_PORT.'
        : `cannot be used (${code}). Choose another with PREVIEW_PORT.`
  return `Cannot open the preview: port ${port} ${why}`
}
