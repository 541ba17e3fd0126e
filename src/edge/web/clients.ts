import { Client } from 'undici'
import { type ConnectorWorld, guardedConnector, type Judged } from './connector.ts'
import type { WebLimits } from './limits.ts'

export type Line = {
  readonly client: Client
  /** Answers had on the present connection: above 0 it was kept, and may have been closed under us. */
  answers: number
}

/** One connection an origin, kept alive between requests; the least recently used are closed. */
export type Clients = Readonly<{
  lineTo(judged: Judged): Line
  close(): Promise<void>
}>

export function createClients(world: ConnectorWorld, limits: WebLimits): Clients {
  const lines = new Map<string, Line>()
  return {
    lineTo(judged) {
      const { origin } = judged.url
      const line = lines.get(origin) ?? open(judged, { world, limits })
      lines.delete(origin)
      lines.set(origin, line) // last in the map's order: the most recently used
      for (const [oldest, { client }] of lines) {
        if (lines.size <= limits.origins) break
        lines.delete(oldest)
        void client.close() // ends what is in flight first
      }
      return line
    },
    async close() {
      const all = [...lines.values()]
      lines.clear()
      await Promise.all(all.map(({ client }) => client.destroy()))
    },
  }
}

function open(judged: Judged, { world, limits }: Readonly<{ world: ConnectorWorld; limits: WebLimits }>): Line {
  const client = new Client(judged.url.origin, {
    connect: guardedConnector(judged, world),
    allowH2: false,
    pipelining: 1,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    keepAliveTimeout: limits.keepAliveMs,
    keepAliveMaxTimeout: limits.keepAliveMs,
  })
  const line: Line = { client, answers: 0 }
  client.on('connect', () => {
    line.answers = 0
  })
  return line
}
