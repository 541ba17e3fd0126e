/** /health, /ready and /metrics over HTTP for whoever watches the bot: on loopback, without anybody's data, only when a port was set. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Probes = Readonly<{
  /** Undefined when well; otherwise one line without secrets. */
  health(): string | undefined
  ready(): string | undefined
  /** In Prometheus' text format. */
  metrics(): Promise<string>
}>

/** A page of a stranger that had its name pointed here asks by that name. */
const HOSTS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
const TEXT_TYPE = 'text/plain; charset=utf-8'

/** @returns a closer; nothing listens without a port. Rejects when the port is taken */
export async function openStatusPage(
  port: number | undefined,
  probes: Probes,
): Promise<Readonly<{ close(): Promise<void> }>> {
  if (port === undefined) return { close: async () => undefined }
  const server = createServer((request, response) => void answer(request, response, probes))
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

type Answer = Readonly<{ status: number; text: string; type?: string }>

async function answer(request: IncomingMessage, response: ServerResponse, probes: Probes): Promise<void> {
  const { status, text, type = TEXT_TYPE } = await answerTo(request, probes)
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  response.end(text)
}

async function answerTo({ url, headers }: IncomingMessage, probes: Probes): Promise<Answer> {
  if (!HOSTS.test(headers.host ?? '')) return { status: 403, text: 'Ask by a loopback address.\n' }
  switch (url) {
    case '/health':
      return told(probes.health())
    case '/ready':
      return told(probes.ready())
    case '/metrics':
      try {
        return { status: 200, text: await probes.metrics(), type: METRICS_TYPE }
      } catch {
        return { status: 503, text: 'The metrics cannot be collected.\n' }
      }
    default:
      return { status: 404, text: 'There are /health, /ready and /metrics.\n' }
  }
}

function told(problem: string | undefined): Answer {
  return problem === undefined ? { status: 200, text: 'ok\n' } : { status: 503, text: `${problem}\n` }
}
