/** /health and /ready over HTTP for whoever watches the bot: on loopback, without data, only when a port was set. */
import { createServer } from 'node:http'

export type Probes = Readonly<{
  /** Undefined when well; otherwise one line without secrets. */
  health(): string | undefined
  ready(): string | undefined
}>

/** @returns a closer; nothing listens without a port. Rejects when the port is taken */
export async function openStatusPage(
  port: number | undefined,
  probes: Probes,
): Promise<Readonly<{ close(): Promise<void> }>> {
  if (port === undefined) return { close: async () => undefined }
  const server = createServer((request, response) => {
    const probe = request.url === '/health' ? probes.health : request.url === '/ready' ? probes.ready : undefined
    const problem = probe?.()
    response.writeHead(probe ? (problem === undefined ? 200 : 503) : 404, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    })
    response.end(probe ? `${problem ?? 'ok'}\n` : 'There are /health and /ready.\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
